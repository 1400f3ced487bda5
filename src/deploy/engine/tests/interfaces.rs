//! Edits of network interfaces, of their addresses and of those of NAT gateways, and exactly what is
//! done about each.

use std::sync::Arc;

use super::{
    beyond::{Edit, differing, does_exactly, drawing, kind},
    *,
};
use crate::model::{Instance, NetworkInterface, Resource, ResourceKind};

/// Every how many effects a crash comes.
const STEP: usize = 5;

fn id(text: &str) -> ResourceId {
    ResourceId::new(text).unwrap()
}

fn interface<'a>(document: &'a mut Document, id: &str) -> &'a mut NetworkInterface {
    kind(document, id).as_network_interface_mut().unwrap()
}

fn wall(document: &mut Document) -> &mut Instance {
    kind(document, "i-wall").as_instance_mut().unwrap()
}

fn remove(document: &mut Document, id: &str) {
    document.topology.resources.remove(id).unwrap();
}

fn copy(document: &mut Document, of: &str, to: &str) {
    let kind = kind(document, of).clone();
    let new = Resource { id: id(to), name: to.to_owned(), tags: BTreeMap::new(), kind };
    document.topology.resources.insert(id(to), Arc::new(new));
}

const EDITS: &[Edit] = &[
    (
        "interfaces",
        "an interface moves from one use to another",
        |it| {
            let inside = kind(it, "eni-inside").as_network_interface_mut().unwrap();
            inside.instance_id = None;
            inside.source_dest_check = true;
            inside.description = "for later".to_owned();
            inside.secondary_private_ips = vec!["10.70.1.22".parse().unwrap()];
            kind(it, "eni-spare").as_network_interface_mut().unwrap().instance_id = Some(id("i-wall"));
        },
        &[(ActionKind::Update, "eni-inside"), (ActionKind::Update, "eni-spare")],
    ),
    (
        "watched",
        "a NAT gateway gives an address back",
        |it| {
            kind(it, "nat-lab").as_nat_gateway_mut().unwrap().secondary_allocation_ids.clear();
            it.topology.resources.remove("eip-more").unwrap();
        },
        &[(ActionKind::Update, "nat-lab"), (ActionKind::Delete, "eip-more")],
    ),
    (
        "interfaces",
        "addresses come and go",
        |it| {
            let wall = kind(it, "i-wall").as_instance_mut().unwrap();
            wall.secondary_private_ips = vec!["10.70.0.22".parse().unwrap(), "10.70.0.23".parse().unwrap()];
            kind(it, "eip-spare").as_elastic_ip_mut().unwrap().private_ip_address = None;
            kind(it, "eip-spare").as_elastic_ip_mut().unwrap().network_interface_id = Some(id("eni-inside"));
        },
        &[(ActionKind::Update, "eip-spare"), (ActionKind::Update, "i-wall")],
    ),
    (
        "interfaces",
        "an interface goes while its instance stays",
        |it| {
            kind(it, "rtb-back").as_route_table_mut().unwrap().routes.clear();
            it.topology.resources.remove("eni-inside").unwrap();
        },
        &[(ActionKind::Update, "rtb-back"), (ActionKind::Delete, "eni-inside")],
    ),
    (
        "interfaces",
        "an instance goes while its interface stays",
        |it| {
            kind(it, "eni-inside").as_network_interface_mut().unwrap().instance_id = None;
            it.topology.resources.remove("i-wall").unwrap();
        },
        &[(ActionKind::Update, "eni-inside"), (ActionKind::Delete, "i-wall")],
    ),
    (
        "interfaces",
        "an instance is made anew, and its interface comes along",
        |it| wall(it).ami = "ami-0123456789abcdef0".to_owned(),
        &[(ActionKind::Replace, "i-wall"), (ActionKind::Update, "eni-inside")],
    ),
    (
        "interfaces",
        "two interfaces change their places",
        |it| {
            interface(it, "eni-inside").device_index = Some(2);
            interface(it, "eni-spare").instance_id = Some(id("i-wall"));
            interface(it, "eni-spare").device_index = Some(1);
        },
        &[(ActionKind::Update, "eni-inside"), (ActionKind::Update, "eni-spare")],
    ),
    (
        "interfaces",
        "one comes before another that has the first place",
        |it| {
            copy(it, "eni-inside", "eni-early");
            let early = interface(it, "eni-early");
            early.private_ip = None;
            early.secondary_private_ips.clear();
            interface(it, "eni-spare").instance_id = Some(id("i-wall"));
        },
        &[(ActionKind::Create, "eni-early"), (ActionKind::Update, "eni-spare")],
    ),
    (
        "interfaces",
        "an address goes from the instance to an interface",
        |it| {
            wall(it).secondary_private_ips.clear();
            interface(it, "eni-spare").secondary_private_ips.push("10.70.0.21".parse().unwrap());
        },
        &[(ActionKind::Update, "i-wall"), (ActionKind::Update, "eni-spare")],
    ),
    (
        "interfaces",
        "another interface takes the place of one with all its addresses",
        |it| {
            copy(it, "eni-spare", "eni-next");
            let address = kind(it, "eip-spare").as_elastic_ip_mut().unwrap();
            address.network_interface_id = Some(id("eni-next"));
            remove(it, "eni-spare");
        },
        &[
            (ActionKind::Update, "eip-spare"),
            (ActionKind::Create, "eni-next"),
            (ActionKind::Delete, "eni-spare"),
        ],
    ),
    (
        "interfaces",
        "an address goes from a further interface to the instance, which gets other groups",
        |it| {
            let address = kind(it, "eip-spare").as_elastic_ip_mut().unwrap();
            (address.network_interface_id, address.private_ip_address) = (None, None);
            address.instance_id = Some(id("i-wall"));
            wall(it).vpc_security_group_ids = vec![id("sg-plant")];
            wall(it).source_dest_check = true;
        },
        &[(ActionKind::Update, "eip-spare"), (ActionKind::Update, "i-wall")],
    ),
    (
        "interfaces",
        "routes lead to the instance, which has several interfaces",
        |it| {
            let table = kind(it, "rtb-back").as_route_table_mut().unwrap();
            table.routes[0].target = crate::model::RouteTarget::Instance(id("i-wall"));
        },
        &[(ActionKind::Update, "rtb-back")],
    ),
    (
        "watched",
        "a NAT gateway gets another address, which an interface gives up, and another main one",
        |it| {
            let gateway = kind(it, "nat-lab").as_nat_gateway_mut().unwrap();
            gateway.allocation_id = Some(id("eip-more"));
            gateway.secondary_allocation_ids = vec![id("eip-nat")];
        },
        &[(ActionKind::Replace, "nat-lab")],
    ),
];

#[test]
fn edits_do_exactly_what_they_must() {
    EDITS.iter().for_each(does_exactly);
}

#[test]
fn each_edit_survives_a_crash() {
    for (at, (name, what, edit, _)) in EDITS.iter().enumerate() {
        let mut document = drawing(name);
        let mut made = house_for(&document, 9);
        assert_eq!(made.run(Some(&document), None).0, End::Done, "{what}");
        edit(&mut document);
        let mut whole = made.clone();
        let (ended, effects) = whole.run(Some(&document), None);
        assert_eq!(ended, End::Done, "{what}");
        for cut in (at % STEP..effects).step_by(STEP) {
            let mut house = made.clone();
            assert_eq!(house.run(Some(&document), Some(cut)).0, End::Crashed, "{what}, after {cut}");
            assert_eq!(house.run(Some(&document), None).0, End::Done, "{what}, after {cut}");
            house.check_nothing_twice();
            let again = house.plan(Some(&document));
            assert!(again.is_empty(), "{what}, after {cut}: {:?}", differing(&again));
        }
    }
}

#[test]
fn a_gateway_takes_over_the_address_of_an_interface() {
    let mut document = drawing("interfaces");
    let mut house = house_for(&document, 5);
    let before = house.inventory();
    assert_eq!(house.run(Some(&document), None).0, End::Done);
    let address = kind(&mut document, "eip-spare").as_elastic_ip_mut().unwrap();
    (address.network_interface_id, address.private_ip_address) = (None, None);
    let gateway = crate::model::NatGateway::public(id("subnet-front"), Some(id("eip-spare")));
    let new = Resource {
        id: id("nat-new"),
        name: "new".to_owned(),
        tags: BTreeMap::new(),
        kind: ResourceKind::NatGateway(gateway),
    };
    document.topology.resources.insert(id("nat-new"), Arc::new(new));
    assert_eq!(house.run(Some(&document), None).0, End::Done);
    assert!(house.plan(Some(&document)).is_empty());
    // And back again.
    remove(&mut document, "nat-new");
    kind(&mut document, "eip-spare").as_elastic_ip_mut().unwrap().network_interface_id =
        Some(id("eni-spare"));
    assert_eq!(house.run(Some(&document), None).0, End::Done);
    assert!(house.plan(Some(&document)).is_empty());
    assert_eq!(house.run(None, None).0, End::Done);
    assert_eq!(house.inventory(), before);
}

#[test]
fn a_primary_interface_of_its_own_is_refused_in_words() {
    let mut document = drawing("interfaces");
    interface(&mut document, "eni-inside").device_index = Some(0);
    let plan = house_for(&document, 5).plan(Some(&document));
    assert!(plan.problems.iter().any(|it| it.code == "deploy-unknown-field"), "{:?}", plan.problems);
}
