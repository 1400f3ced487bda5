//! Edits of regional NAT gateways, and exactly what is done about each.

use super::{
    beyond::{Edit, does_exactly, drawing, kind},
    *,
};
use crate::model::{AvailabilityZoneAddress, RegionalNatGateway};

fn chosen(document: &mut Document) -> &mut RegionalNatGateway {
    kind(document, "nat-chosen").as_regional_nat_gateway_mut().unwrap()
}

fn zone(name: &str, addresses: &[&str]) -> AvailabilityZoneAddress {
    AvailabilityZoneAddress {
        availability_zone: name.to_owned(),
        allocation_ids: addresses.iter().map(|id| ResourceId::new(id).unwrap()).collect(),
    }
}

const EDITS: &[Edit] = &[
    (
        "regional",
        "a zone gets another address, and a third zone comes",
        |it| {
            chosen(it).availability_zone_addresses = vec![
                zone("eu-west-1a", &["eip-one"]),
                zone("eu-west-1b", &["eip-two"]),
                zone("eu-west-1c", &["eip-three"]),
            ];
        },
        &[(ActionKind::Update, "nat-chosen")],
    ),
    (
        "regional",
        "an address moves to another zone",
        |it| {
            chosen(it).availability_zone_addresses =
                vec![zone("eu-west-1a", &["eip-one"]), zone("eu-west-1c", &["eip-two"])];
        },
        &[(ActionKind::Update, "nat-chosen")],
    ),
    (
        "regional",
        "a zone is given up, and its address with it",
        |it| {
            chosen(it).availability_zone_addresses.truncate(1);
            it.topology.resources.remove("eip-two").unwrap();
        },
        &[(ActionKind::Update, "nat-chosen"), (ActionKind::Delete, "eip-two")],
    ),
    (
        "regional",
        "zones are left to AWS",
        |it| chosen(it).availability_zone_addresses.clear(),
        &[(ActionKind::Update, "rtb-chosen"), (ActionKind::Replace, "nat-chosen")],
    ),
    (
        "regional",
        "a gateway goes",
        |it| {
            kind(it, "rtb-left").as_route_table_mut().unwrap().routes.clear();
            it.topology.resources.remove("nat-left").unwrap();
        },
        &[(ActionKind::Update, "rtb-left"), (ActionKind::Delete, "nat-left")],
    ),
];

#[test]
fn edits_do_exactly_what_they_must() {
    EDITS.iter().for_each(does_exactly);
}

#[test]
fn it_costs_as_much_as_the_zones_that_it_serves() {
    let document = drawing("regional");
    let mut house = house_for(&document, 1);
    let made = house.plan(Some(&document));
    // Two gateways in two zones each, three addresses of ours and two of AWS's.
    let expected = 4.0 * 0.048 + 5.0 * 0.005;
    assert!((made.cost.adds - expected).abs() < 1e-9, "{:?}", made.cost);
    assert_eq!(house.run(Some(&document), None).0, End::Done);
    let gone = house.plan(None);
    assert!((gone.cost.removes - expected).abs() < 1e-9, "{:?}", gone.cost);
}

#[test]
fn an_internet_gateway_stays_while_a_regional_nat_gateway_has_addresses_behind_it() {
    let mut document = drawing("regional");
    let mut house = house_for(&document, 6);
    assert_eq!(house.run(Some(&document), None).0, End::Done);
    let live = house.state.known(SCOPE, None)[&ResourceId::new("nat-left").unwrap()].live.clone();
    document.topology.resources.remove("igw-left");
    let plan = house.plan(Some(&document));
    let problem = plan.problems.iter().find(|it| it.code == "deploy-mapped-addresses").unwrap();
    assert!(plan.has_errors() && problem.message.contains(&live), "{problem:?}");
    document.topology.resources.remove("nat-left");
    let table = kind(&mut document, "rtb-left").as_route_table_mut().unwrap();
    table.routes.clear();
    assert_eq!(house.run(Some(&document), None).0, End::Done);
}
