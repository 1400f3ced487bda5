use super::{Bench, id, subnet, vpc};
use crate::{
    edit::{Command, plan},
    model::{Container, Kind, Route, RouteDestination, RouteTarget, RuleLevel, Suppressed, Tags},
};

#[test]
fn a_field_changes_and_its_reference_must_fit() {
    let mut bench = Bench::with_subnets();
    bench.set("subnet-1", "map_public_ip_on_launch", |kind| {
        kind.as_subnet_mut().unwrap().map_public_ip_on_launch = true;
    });
    assert!(bench.subnet("subnet-1").map_public_ip_on_launch);
    for (to, words) in
        [("rtb-9", "not on the drawing"), ("acl-1-default", "must name a resource of the kind Route table")]
    {
        let command = bench.set_command("subnet-1", "route_table_id", |kind| {
            kind.as_subnet_mut().unwrap().route_table_id = Some(id(to));
        });
        let message = bench.refusal(command);
        assert!(message.contains(words), "{message}");
    }
    let command = bench.set_command("rtb-1-main", "routes", |kind| {
        let route =
            |target| Route { destination: RouteDestination::Ipv4("0.0.0.0/0".parse().unwrap()), target };
        kind.as_route_table_mut().unwrap().routes = vec![route(RouteTarget::NatGateway(id("subnet-1")))];
    });
    let message = bench.refusal(command);
    assert!(message.contains("routes[0].nat_gateway_id"), "{message}");
}

#[test]
fn facts_and_kinds_are_not_fields() {
    let mut bench = Bench::with_subnets();
    let main =
        bench.set_command("rtb-1-main", "main", |kind| kind.as_route_table_mut().unwrap().main = false);
    assert!(bench.refusal(main).contains("make main"));
    let group = bench.set_command("sg-1-default", "is_default", |kind| {
        kind.as_security_group_mut().unwrap().is_default = false;
    });
    assert!(bench.refusal(group).contains("cease to be it"));
    let kind =
        bench.set_command("subnet-1", "kind", |kind| *kind = crate::model::ElasticIp::default().into());
    assert!(bench.refusal(kind).contains("stays of the kind Subnet"));
    bench.place(Kind::Vpc, Container::Region);
    let vpc =
        bench.set_command("subnet-1", "vpc_id", |kind| kind.as_subnet_mut().unwrap().vpc_id = id("vpc-2"));
    assert!(bench.refusal(vpc).contains("cannot change its VPC"));
    let zone = bench.set_command("subnet-1", "availability_zone", |kind| {
        kind.as_subnet_mut().unwrap().availability_zone.clear();
    });
    assert!(bench.refusal(zone).contains("needs a name"));
}

#[test]
fn a_field_that_holds_the_value_already_changes_nothing() {
    let mut bench = Bench::with_subnets();
    assert!(bench.set("subnet-1", "cidr_block", |_| {}).transaction.is_empty());
}

#[test]
fn names_and_tags() {
    let mut bench = Bench::with_subnets();
    bench.run(Command::Rename { id: id("subnet-1"), name: " \u{d37c}\u{be14}\u{b9ad}\n ".to_owned() });
    assert_eq!(bench.get("subnet-1").name, "\u{d37c}\u{be14}\u{b9ad}");
    let tags = Tags::from([("team".to_owned(), "network".to_owned())]);
    bench.run(Command::SetTags { id: id("subnet-1"), tags: tags.clone() });
    assert_eq!(bench.get("subnet-1").tags, tags);
    let name = Tags::from([("Name".to_owned(), "x".to_owned())]);
    assert!(bench.refusal(Command::SetTags { id: id("subnet-1"), tags: name }).contains("rename it"));
    bench.run(Command::SetName { name: "Tutorial".to_owned() });
    assert_eq!(bench.document.name, "Tutorial");
    assert!(bench.refusal(Command::SetName { name: " ".to_owned() }).contains("needs a name"));
}

#[test]
fn a_lane_with_subnets_stays() {
    let mut bench = Bench::with_subnets();
    let zones = ["us-east-1c", "us-east-1b", "us-east-1c"].map(str::to_owned).to_vec();
    let planned = bench.run(Command::SetLanes { vpc: id("vpc-1"), zones });
    assert_eq!(bench.document.diagram.lanes[&id("vpc-1")], ["us-east-1c", "us-east-1b", "us-east-1a"]);
    assert!(planned.notes.join("").contains("`us-east-1a` stay"), "{:?}", planned.notes);
}

#[test]
fn the_region_takes_zones_and_services_along() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::GatewayEndpoint, vpc("vpc-1"));
    bench.place(Kind::InterfaceEndpoint, subnet("subnet-1"));
    bench.run(Command::SetRegion { region: "ap-northeast-2".to_owned() });
    assert_eq!(bench.document.topology.region, "ap-northeast-2");
    assert_eq!(bench.subnet("subnet-2").availability_zone, "ap-northeast-2b");
    let endpoint = bench.kind("vpce-s3").as_gateway_endpoint().unwrap();
    assert_eq!(endpoint.service_name, "com.amazonaws.ap-northeast-2.s3");
    let endpoint = bench.kind("vpce-ssm").as_interface_endpoint().unwrap();
    assert_eq!(endpoint.service_name, "com.amazonaws.ap-northeast-2.ssm");
    assert_eq!(bench.document.diagram.lanes[&id("vpc-1")], ["ap-northeast-2a", "ap-northeast-2b"]);
    assert!(bench.refusal(Command::SetRegion { region: "Seoul!".to_owned() }).contains("`Seoul!`"));
}

#[test]
fn a_batch_is_one_step_of_what_differs_in_the_end() {
    let mut bench = Bench::with_subnets();
    let place = |kind, into| Command::Place { kind, into, at: None, name: None };
    let commands = vec![
        place(Kind::Instance, subnet("subnet-1")),
        place(Kind::Instance, subnet("subnet-1")),
        Command::Rename { id: id("i-2"), name: "web".to_owned() },
        Command::Delete { ids: vec![id("i-1")] },
    ];
    let batch = Command::Batch { label: "Add web".to_owned(), commands };
    let planned = bench.run(batch);
    assert_eq!(planned.transaction.label, "Add web");
    assert_eq!(planned.transaction.ops.len(), 1, "{:?}", planned.transaction.ops);
    assert_eq!(bench.get("i-2").name, "web");
    let half = Command::Batch {
        label: String::new(),
        commands: vec![place(Kind::KeyPair, Container::Region), place(Kind::Instance, Container::Region)],
    };
    assert!(plan(&bench.document, &bench.index, &half).is_err(), "all or nothing");
}

#[test]
fn a_finding_is_suppressed_with_a_reason_until_its_resource_goes() {
    let mut bench = Bench::with_subnets();
    let of = Suppressed { code: "subnet-full".to_owned(), resource: id("subnet-1") };
    let suppress =
        |reason: Option<&str>| Command::Suppress { of: of.clone(), reason: reason.map(ToOwned::to_owned) };
    assert!(bench.refusal(suppress(Some("  "))).contains("say why"));
    bench.run(suppress(Some("it is never\nfull")));
    assert_eq!(bench.document.suppressions.get(&of).map(String::as_str), Some("it is neverfull"));
    bench.run(suppress(None));
    assert!(bench.document.suppressions.is_empty());
    bench.run(suppress(Some("again")));
    let deleted = bench.run(Command::Delete { ids: vec![id("subnet-1")] });
    assert!(bench.document.suppressions.is_empty());
    bench.document.apply(&deleted.transaction.invert()).unwrap();
    assert!(bench.document.suppressions.contains_key(&of), "undo brings it back");
}

#[test]
fn a_rule_gets_another_severity_and_its_own_again() {
    let mut bench = Bench::with_subnets();
    let set = |level| Command::SetSeverity { code: "subnet-full".to_owned(), level };
    bench.run(set(Some(RuleLevel::Off)));
    assert_eq!(bench.document.severities.get("subnet-full"), Some(&RuleLevel::Off));
    assert!(bench.run(set(Some(RuleLevel::Off))).transaction.is_empty());
    bench.run(set(None));
    assert!(bench.document.severities.is_empty());
}
