use super::*;
use crate::{
    model::{Document, InternetGateway, Route, Subnet},
    scene::{build, samples},
};

fn node(key: &str) -> NodeId {
    NodeId::Resource(samples::id(key))
}

fn arrows(document: &Document) -> Vec<Wanted> {
    let index = document.topology.index();
    let scene = build(document, &index);
    collect(&document.topology, &index, &scene)
}

fn find<'a>(arrows: &'a [Wanted], from: &NodeId, to: &NodeId) -> &'a Wanted {
    arrows.iter().find(|arrow| arrow.from == *from && arrow.to.as_ref() == Some(to)).unwrap()
}

#[test]
fn the_tutorial_has_its_routes_and_where_they_lead_on() {
    let arrows = arrows(&samples::private_endpoints());
    let public = find(&arrows, &node("subnet-public"), &node("igw-main"));
    assert_eq!((public.kind, public.label.as_str()), (ArrowKind::InternetGateway, "0.0.0.0/0"));
    assert_eq!(public.route_table, Some(samples::id("rtb-public")));
    let private = find(&arrows, &node("subnet-private"), &node("nat-a"));
    assert_eq!((private.kind, private.label.as_str()), (ArrowKind::NatGateway, "0.0.0.0/0"));
    let storage = find(&arrows, &node("subnet-private"), &node("vpce-s3"));
    assert_eq!((storage.kind, storage.label.as_str()), (ArrowKind::GatewayEndpoint, "s3 prefix list"));
    let service =
        |name: &str| NodeId::Service(samples::id("vpc-main"), format!("com.amazonaws.us-east-1.{name}"));
    assert_eq!(find(&arrows, &node("igw-main"), &NodeId::Internet).kind, ArrowKind::Onward);
    assert_eq!(find(&arrows, &node("nat-a"), &node("igw-main")).kind, ArrowKind::Onward);
    assert_eq!(find(&arrows, &node("vpce-s3"), &service("s3")).kind, ArrowKind::Onward);
    let interface = NodeId::EndpointInterface(samples::id("vpce-ssm"), samples::id("subnet-private"));
    assert_eq!(find(&arrows, &interface, &service("ssm")).kind, ArrowKind::Onward);
    assert_eq!(arrows.len(), 7);
}

#[test]
fn a_subnet_without_an_explicit_table_gets_the_main_one() {
    let mut document = samples::bastion_nat();
    let subnet = Subnet::new(samples::id("vpc-main"), "10.0.2.0/24".parse().unwrap(), "us-east-1a");
    samples::put(&mut document, "subnet-implicit", subnet);
    let arrows = arrows(&document);
    let implicit = find(&arrows, &node("subnet-implicit"), &node("nat-a"));
    assert_eq!(implicit.route_table, Some(samples::id("rtb-private")));
}

#[test]
fn routes_to_what_is_detached_or_gone_are_blackholes() {
    let mut document = samples::bastion_nat();
    samples::put(&mut document, "igw-main", InternetGateway { vpc_id: None });
    document.topology.resources.remove(&samples::id("nat-a"));
    let arrows = arrows(&document);
    assert_eq!(find(&arrows, &node("subnet-public"), &node("igw-main")).kind, ArrowKind::Blackhole);
    let gone = arrows.iter().find(|arrow| arrow.from == node("subnet-private")).unwrap();
    assert_eq!((gone.kind, gone.to.as_ref()), (ArrowKind::Blackhole, None));
    assert!(gone.label.contains("nat-a"), "{}", gone.label);
    let index = document.topology.index();
    let scene = build(&document, &index);
    let stub = scene.arrows.iter().find(|arrow| arrow.from == node("subnet-private")).unwrap();
    assert_eq!(stub.points.len(), 2);
}

#[test]
fn many_equal_routes_of_one_lane_become_one_arrow_with_a_count() {
    let mut document = samples::bastion_nat();
    for number in 0..5 {
        let block = format!("10.0.{}.0/24", 10 + number);
        let mut subnet = Subnet::new(samples::id("vpc-main"), block.parse().unwrap(), "us-east-1b");
        subnet.route_table_id = Some(samples::id("rtb-public"));
        samples::put(&mut document, &format!("subnet-many-{number}"), subnet);
    }
    let arrows = arrows(&document);
    let lane = NodeId::Lane(samples::id("vpc-main"), "us-east-1b".to_owned());
    let merged = find(&arrows, &lane, &node("igw-main"));
    assert_eq!((merged.count, merged.label.as_str()), (5, "0.0.0.0/0 × 5"));
    assert!(!arrows.iter().any(|arrow| arrow.from == node("subnet-many-0")));
    let single = find(&arrows, &node("subnet-public"), &node("igw-main"));
    assert_eq!(single.count, 1);
}

#[test]
fn long_lists_of_destinations_are_counted() {
    let mut document = samples::bastion_nat();
    let table = document.topology.resources.get_mut(&samples::id("rtb-public")).unwrap();
    let table = std::sync::Arc::make_mut(table).kind.as_route_table_mut().unwrap();
    for number in 0..3 {
        let destination = RouteDestination::Ipv4(format!("192.168.{number}.0/24").parse().unwrap());
        table.routes.push(Route { destination, target: RouteTarget::Gateway(samples::id("igw-main")) });
    }
    let arrows = arrows(&document);
    let arrow = find(&arrows, &node("subnet-public"), &node("igw-main"));
    assert_eq!(arrow.label, "0.0.0.0/0 and 3 more");
}
