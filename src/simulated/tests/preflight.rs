//! What is found out about a plan before anything is made.

use std::collections::{BTreeMap, BTreeSet};

use super::bench::{REGION, address, ask, cloud, made, named, subnet, vpc};
use crate::{
    cloud::{Call, Spec},
    deploy::{Desired, DocumentId, Observed, Plan, Preflight, Request, RunId, Stamp, plan},
    interop::native,
    model::{Document, Instance, ResourceId, ResourceKind},
    problem::{Problem, Severity},
    simulated::{Faults, Limits, SimulatedCloud},
};

fn template() -> Document {
    let mut document =
        native::read(include_bytes!("../../../saved-topologies/bastion-nat.vpcscape.json")).unwrap();
    document.topology = Desired::new(&document, REGION).topology;
    document
}

fn planned(document: &Document, destroy: bool) -> Plan {
    let desired = Desired::new(document, REGION);
    let request = Request {
        desired: if destroy { Desired::nothing(REGION) } else { desired },
        destroy,
        only_run: false,
        is_back: false,
        account: "simulated".to_owned(),
        stamp: Stamp { document: DocumentId::from_number(1), run: RunId::from_number(1) },
        known: BTreeMap::new(),
        lost_keys: BTreeSet::new(),
        attempts: BTreeMap::new(),
        problems: Vec::new(),
    };
    plan(request, &Observed::default())
}

/// Every finding as `code resource`, and the calls that were made.
fn look(document: &Document, cloud: &mut SimulatedCloud) -> (Vec<Problem>, Vec<Call>) {
    let plan = planned(document, false);
    let mut preflight = Preflight::new(&plan);
    let mut asked = Vec::new();
    loop {
        let calls = preflight.next_round();
        if calls.is_empty() {
            return (preflight.finish(), asked);
        }
        for call in calls {
            let result = ask(cloud, &call);
            preflight.take(&call, result);
            asked.push(call);
        }
    }
}

fn short(found: &[Problem]) -> Vec<String> {
    let subject = |it: &Problem| it.subjects.first().map(|it| it.id.to_string()).unwrap_or_default();
    found.iter().map(|it| format!("{} {} {}", it.severity.as_str(), it.code, subject(it))).collect()
}

fn edit_instance(document: &mut Document, id: &str, change: impl FnOnce(&mut Instance)) {
    let id = ResourceId::new(id).unwrap();
    let mut resource = document.topology.get(&id).unwrap().clone();
    let ResourceKind::Instance(instance) = &mut resource.kind else { panic!("{id} is no instance") };
    change(instance);
    document.topology.resources.insert(id, std::sync::Arc::new(resource));
}

#[test]
fn nothing_is_found_where_nothing_is_wrong_and_nothing_is_changed_by_asking() {
    let mut cloud = cloud();
    let before = cloud.clone();
    let (found, asked) = look(&template(), &mut cloud);
    assert_eq!(short(&found), Vec::<String>::new());
    assert!(asked.iter().all(|call| !call.is_write()));
    let before = SimulatedCloud { calls: cloud.calls.clone(), ..before };
    assert_eq!(cloud, before, "asking changed something");
    let asked: Vec<&Call> = asked.iter().filter(|call| matches!(call, Call::DryRun { .. })).collect();
    let names: BTreeSet<&str> = asked.iter().map(|call| call.name()).collect();
    assert_eq!(names.len(), asked.len(), "one dry run for each kind of call");
    for name in ["CreateVpc", "CreateNatGateway", "RunInstances", "CreateRoute", "AssociateRouteTable"] {
        assert!(names.contains(name), "{names:?}");
    }
    assert!(!names.contains("ModifyVpcAttribute"), "it has no dry run");
}

#[test]
fn a_missing_permission_is_named_with_the_action_that_needs_it() {
    let denied_actions = vec!["CreateNatGateway".to_owned(), "CreateRoute".to_owned()];
    let mut cloud = cloud().with_faults(Faults { denied_actions, ..Faults::default() });
    let (found, _) = look(&template(), &mut cloud);
    let codes: Vec<&str> = found.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["preflight-permission", "preflight-permission"]);
    assert!(found[0].message.contains("`CreateNatGateway`"), "{}", found[0].message);
    assert!(found[1].message.contains("`CreateRoute`"), "{}", found[1].message);
    assert!(found[0].help.as_ref().unwrap().contains("ec2:CreateNatGateway"));
}

#[test]
fn everything_is_found_at_once() {
    let mut c = cloud();
    for block in ["172.16.0.0/16", "172.17.0.0/16", "172.18.0.0/16", "10.0.0.0/20"] {
        vpc(&mut c, block);
    }
    (0..5).for_each(|_| drop(address(&mut c)));
    let taken = Call::CreateKeyPair {
        key_name: "tutorial".to_owned(),
        key_type: "ed25519".to_owned(),
        tags: named("someone else's"),
    };
    made(&mut c, taken);
    let mut document = template();
    edit_instance(&mut document, "i-bastion", |it| it.instance_type = "t9z.huge".to_owned());
    let (found, _) = look(&document, &mut c);
    assert_eq!(
        short(&found),
        [
            "error preflight-instance-type i-bastion",
            "error preflight-key-pair key-tutorial",
            "warning preflight-cidr vpc-tutorial",
            "error preflight-quota vpc-tutorial",
            "error preflight-quota eip-nat",
        ]
    );
    assert!(found[2].message.contains("10.0.0.0/20"), "{}", found[2].message);
    let told = &found[4];
    assert!(told.message.contains("its quota `EC2-VPC Elastic IPs` (L-0263D0A3) is 5"), "{}", told.message);
    assert!(told.help.as_ref().unwrap().contains("quotas/L-0263D0A3?region="), "{:?}", told.help);
}

/// A drawing of the repository, moved here.
fn drawing(name: &str) -> Document {
    let path = format!("tests/support/{name}.vpcscape.json");
    let mut document = native::read(&std::fs::read(path).unwrap()).unwrap();
    document.topology = Desired::new(&document, REGION).topology;
    document
}

fn object(spec: Spec) -> Call {
    Call::CreateObject { spec: Box::new(spec), tags: named("someone else's"), client_token: None }
}

/// What is found of quotas: the subject, the message and the help of each.
fn quotas(document: &Document, cloud: &mut SimulatedCloud) -> Vec<(String, String, String)> {
    let found = look(document, cloud).0.into_iter().filter(|it| it.code == "preflight-quota");
    found
        .map(|it| {
            let is_default = it.message.contains("by default");
            let severity = if is_default { Severity::Warning } else { Severity::Error };
            assert_eq!(it.severity, severity, "only a default may have been raised: {}", it.message);
            (it.subjects[0].id.to_string(), it.message, it.help.unwrap())
        })
        .collect()
}

#[test]
fn a_quota_is_named_with_its_code_and_the_page_where_it_is_seen() {
    // Not everybody may ask Service Quotas.
    let denied_actions = vec!["GetServiceQuota".to_owned()];
    let mut c = cloud().with_faults(Faults { denied_actions, ..Faults::default() });
    for _ in 0..5 {
        made(&mut c, object(Spec::VpnGateway { amazon_side_asn: None, attachments: Vec::new() }));
    }
    let found = quotas(&drawing("vpn"), &mut c);
    let [(on, message, help)] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(on, "vgw-plant");
    assert!(message.contains("has 5 here, the plan makes 1"), "{message}");
    assert!(
        message.contains("`Virtual private gateways per Region` (L-7029FAB6) is 5 by default"),
        "{message}"
    );
    let starts = help.contains("https://console.aws.amazon.com/servicequotas/");
    assert!(starts && help.contains("/services/ec2/quotas/L-7029FAB6?region=eu-central-1"), "{help}");
    assert!(help.contains("may have been raised"), "{help}");
    assert!(help.contains("`servicequotas:GetServiceQuota`"), "{help}");
    // Nobody needs that permission to deploy.
    let codes: Vec<&str> = look(&drawing("vpn"), &mut c).0.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["preflight-quota"]);
}

#[test]
fn the_accounts_own_quota_counts_and_is_asked_only_where_the_default_would_not_do() {
    let question = |asked: &[Call]| {
        let asked: Vec<&Call> = asked.iter().filter(|it| it.name() == "GetServiceQuota").collect();
        asked.into_iter().cloned().collect::<Vec<Call>>()
    };
    let mut c = cloud();
    let (found, asked) = look(&drawing("vpn"), &mut c);
    assert_eq!((short(&found), question(&asked)), (Vec::new(), Vec::new()));
    for _ in 0..5 {
        made(&mut c, object(Spec::VpnGateway { amazon_side_asn: None, attachments: Vec::new() }));
    }
    let (found, asked) = look(&drawing("vpn"), &mut c);
    let (service_code, quota_code) = ("ec2".to_owned(), "L-7029FAB6".to_owned());
    assert_eq!(question(&asked), [Call::GetServiceQuota { service_code, quota_code }]);
    assert_eq!(short(&found), ["error preflight-quota vgw-plant"]);
    assert!(
        found[0].message.contains("its quota `Virtual private gateways per Region` (L-7029FAB6) is 5"),
        "{}",
        found[0].message
    );
    // Raised by one, there is room.
    let mut c = c.with_limits(Limits { vpn_gateways: 6, ..Limits::default() });
    assert_eq!(short(&look(&drawing("vpn"), &mut c).0), Vec::<String>::new());
}

#[test]
fn what_others_have_counts_of_every_kind() {
    let mut c = cloud();
    for at in 0..48 {
        let router = Spec::CustomerGateway {
            ip_address: format!("198.51.100.{at}"),
            bgp_asn: 65_000,
            device_name: String::new(),
        };
        made(&mut c, object(router));
    }
    let network = vpc(&mut c, "10.0.0.0/16");
    for at in 0..49 {
        let resource_id = subnet(&mut c, &network, &format!("10.0.{at}.0/24"), "a");
        let internet_gateway_exclusion_mode = "allow-egress".to_owned();
        let spec = Spec::VpcBlockPublicAccessExclusion { resource_id, internet_gateway_exclusion_mode };
        made(&mut c, object(spec));
    }
    for at in 0..100 {
        let spec = Spec::ManagedPrefixList {
            prefix_list_name: format!("list {at}"),
            address_family: "IPv4".to_owned(),
            max_entries: 1,
            entries: Vec::new(),
            version: 1,
        };
        made(&mut c, object(spec));
    }
    let named = |found: Vec<(String, String, String)>, name: &str, on: &str, help: &str| {
        let it = found.iter().find(|it| it.1.contains(name)).unwrap_or_else(|| panic!("{name}: {found:#?}"));
        assert!(it.0 == on && it.2.contains(help), "{it:?}");
    };
    let found = quotas(&drawing("vpn"), &mut c);
    named(found, "`Customer gateways per Region` (L-4FB7FF5D)", "vpn-lab", "quotas/L-4FB7FF5D");
    let found = quotas(&drawing("blocked"), &mut c);
    named(found, "exclusions per account per Region` is 50 by default", "bpa-account", "AWS Support");
    let found = quotas(&drawing("joined"), &mut c);
    named(found, "`Prefix lists per Region`", "pl-partners", "AWS Support");
}

#[test]
fn regional_nat_gateways_count_in_the_zones_that_they_serve() {
    let mut c = cloud();
    let network = vpc(&mut c, "10.0.0.0/16");
    let public = subnet(&mut c, &network, "10.0.0.0/24", "a");
    for _ in 0..5 {
        let call = Call::CreateNatGateway {
            subnet_id: public.clone(),
            connectivity_type: "private".to_owned(),
            allocation_id: None,
            private_ip_address: None,
            tags: named("someone else's"),
            client_token: None,
        };
        made(&mut c, call);
    }
    let found = quotas(&drawing("regional"), &mut c);
    let [(on, message, _)] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(on, "nat-chosen");
    assert!(message.contains("eu-central-1a") && message.contains("makes 2"), "{message}");
    assert!(message.contains("`NAT gateways per Availability Zone` (L-FE5A380F)"), "{message}");
}

#[test]
fn a_transit_gateway_has_room_of_its_own() {
    let mut document = drawing("vpn");
    let table = document.topology.resources["tgw-rtb-hub"].clone();
    for at in 0..20 {
        let mut another = (*table).clone();
        another.id = ResourceId::new(&format!("tgw-rtb-{at}")).unwrap();
        let fields = another.kind.as_transit_gateway_route_table_mut().unwrap();
        (fields.associations, fields.propagations, fields.routes) = Default::default();
        document.topology.resources.insert(another.id.clone(), std::sync::Arc::new(another));
    }
    let found = quotas(&document, &mut cloud());
    let [(on, message, _)] = found.as_slice() else { panic!("{found:#?}") };
    assert!(on.starts_with("tgw-rtb-") && message.contains("of hub: "), "{message}");
    assert!(
        message.contains("its quota `Transit gateway route tables per transit gateway` (L-43872EB7) is 20"),
        "{message}"
    );
    let mut c = cloud();
    for _ in 0..5 {
        made(&mut c, object(transit_gateway()));
    }
    let found = quotas(&drawing("vpn"), &mut c);
    let [(on, message, _)] = found.as_slice() else { panic!("{found:#?}") };
    assert!(on == "tgw-hub" && message.contains("`Transit gateways per account` (L-A2478D36)"), "{message}");
}

fn transit_gateway() -> Spec {
    Spec::TransitGateway {
        description: String::new(),
        amazon_side_asn: None,
        default_route_table_association: false,
        default_route_table_propagation: false,
        dns_support: true,
        security_group_referencing_support: false,
    }
}

#[test]
fn zones_and_images_that_are_not_there_are_found() {
    let missing_images = vec!["ami-0123456789abcdef0".to_owned()];
    let mut c = cloud().with_faults(Faults { missing_images, ..Faults::default() });
    let mut document = template();
    edit_instance(&mut document, "i-bastion", |it| it.ami = "ami-0123456789abcdef0".to_owned());
    edit_instance(&mut document, "i-private", |it| it.ami = "resolve:ssm:/no/such/parameter".to_owned());
    let id = ResourceId::new("subnet-private").unwrap();
    let mut resource = document.topology.get(&id).unwrap().clone();
    resource.kind.as_subnet_mut().unwrap().availability_zone = format!("{REGION}z");
    document.topology.resources.insert(id, std::sync::Arc::new(resource));
    let (found, _) = look(&document, &mut c);
    assert_eq!(
        short(&found),
        [
            "error preflight-zone subnet-private",
            "error preflight-image i-bastion",
            "error preflight-image i-private",
        ]
    );
    assert!(found[0].help.as_ref().unwrap().contains("eu-central-1c"), "{:?}", found[0].help);
}

#[test]
fn a_plan_to_remove_everything_asks_for_permissions_only() {
    let plan = planned(&template(), true);
    assert!(Preflight::new(&plan).next_round().is_empty(), "there is nothing to remove");
}
