//! Edits of VPN connections, and exactly what is done about each.

use std::sync::Arc;

use super::{
    beyond::{Edit, differing, does_exactly, drawing, kind},
    *,
};
use crate::{
    cloud::{DescribeKind, Spec},
    model::VpnConnection,
};

fn connection<'a>(document: &'a mut Document, id: &str) -> &'a mut VpnConnection {
    kind(document, id).as_vpn_connection_mut().unwrap()
}

const EDITS: &[Edit] = &[
    (
        "vpn",
        "static routes come and go",
        |it| {
            let plant = connection(it, "vpn-plant");
            plant.on_premises_cidr_blocks.remove(0);
            plant.on_premises_cidr_blocks.push("192.168.30.0/24".parse().unwrap());
        },
        &[(ActionKind::Update, "vpn-plant")],
    ),
    (
        "vpn",
        "a connection moves to another router, whose old gateway goes",
        |it| connection(it, "vpn-plant").customer_gateway_ip = Some("203.0.113.77".parse().unwrap()),
        &[(ActionKind::Update, "vpn-plant"), (ActionKind::Delete, "vpn-plant")],
    ),
    (
        "vpn",
        "a router begins to speak BGP",
        |it| connection(it, "vpn-plant").bgp_asn = Some(65_020),
        &[(ActionKind::Replace, "vpn-plant"), (ActionKind::Delete, "vpn-plant")],
    ),
    (
        "vpn",
        "what a router announces is no call",
        |it| connection(it, "vpn-spare").on_premises_cidr_blocks.clear(),
        &[],
    ),
    (
        "vpn",
        "a connection is renamed with its customer gateway",
        |it| {
            Arc::make_mut(it.topology.resources.get_mut("vpn-spare").unwrap()).name = "second".to_owned();
        },
        &[(ActionKind::Update, "vpn-spare")],
    ),
    (
        "vpn",
        "a connection ends, and its customer gateway with it",
        |it| drop(it.topology.resources.remove("vpn-spare")),
        &[(ActionKind::Delete, "vpn-spare"), (ActionKind::Delete, "vpn-spare")],
    ),
    (
        "vpn",
        "a connection leaves a transit gateway's tables before it ends",
        |it| {
            it.topology.resources.remove("vpn-lab");
            let table = kind(it, "tgw-rtb-hub").as_transit_gateway_route_table_mut().unwrap();
            table.associations.retain(|it| it.as_str() != "vpn-lab");
            table.propagations.retain(|it| it.as_str() != "vpn-lab");
            table.routes.clear();
        },
        &[
            (ActionKind::Update, "tgw-rtb-hub"),
            (ActionKind::Delete, "vpn-lab"),
            (ActionKind::Delete, "vpn-lab"),
        ],
    ),
    (
        "vpn",
        "a connection moves from a gateway of a VPC to a transit gateway",
        |it| {
            let spare = connection(it, "vpn-spare");
            spare.vpn_gateway_id = None;
            spare.transit_gateway_id = Some(ResourceId::new("tgw-hub").unwrap());
        },
        &[(ActionKind::Replace, "vpn-spare")],
    ),
    (
        "vpn",
        "a connection with static routes loses its gateway, and its routes with it",
        |it| connection(it, "vpn-plant").vpn_gateway_id = None,
        &[(ActionKind::Replace, "vpn-plant")],
    ),
];

#[test]
fn edits_do_exactly_what_they_must() {
    EDITS.iter().for_each(does_exactly);
}

fn objects(house: &mut House, kind: DescribeKind) -> Vec<crate::cloud::LiveObject> {
    let mut seen = Observed::default();
    let call = Call::describe_all(kind);
    let reply = house.ask(&call).unwrap();
    seen.take(&call, reply);
    seen.objects.into_values().collect()
}

#[test]
fn each_connection_has_a_router_of_its_own_and_static_routes_where_it_must() {
    let document = drawing("vpn");
    let mut house = house_for(&document, 5);
    assert_eq!(house.run(Some(&document), None).0, End::Done);
    let routers = objects(&mut house, DescribeKind::CustomerGateways);
    let numbers: BTreeSet<(String, i64)> = routers
        .iter()
        .map(|it| match &it.spec {
            Spec::CustomerGateway { ip_address, bgp_asn, .. } => (ip_address.clone(), *bgp_asn),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [("203.0.113.10", 65_000), ("203.0.113.10", 4_200_000_001), ("203.0.113.11", 65_010)];
    assert_eq!(numbers, expected.map(|(ip, asn)| (ip.to_owned(), asn)).into());
    let routes: BTreeSet<Vec<String>> = objects(&mut house, DescribeKind::VpnConnections)
        .into_iter()
        .map(|it| match it.spec {
            Spec::VpnConnection { routes, .. } => routes,
            other => panic!("{other:?}"),
        })
        .collect();
    let plant = vec!["192.168.10.0/24".to_owned(), "192.168.20.0/24".to_owned()];
    assert_eq!(routes, [Vec::new(), plant].into());
}

#[test]
fn a_customer_gateway_without_its_connection_is_used_or_goes() {
    let document = drawing("vpn");
    let mut house = house_for(&document, 9);
    let before = house.inventory();
    // The run ends when the first customer gateway is there and no connection is.
    let mut cut = 0;
    while objects(&mut house, DescribeKind::CustomerGateways).is_empty() {
        house = house_for(&document, 9);
        cut += 1;
        assert_eq!(house.run(Some(&document), Some(cut)).0, End::Crashed);
    }
    assert!(objects(&mut house, DescribeKind::VpnConnections).is_empty());
    let mut goes = house.clone();
    assert_eq!(goes.run(None, None).0, End::Done);
    assert_eq!(goes.inventory(), before);
    assert_eq!(house.run(Some(&document), None).0, End::Done);
    assert_eq!(objects(&mut house, DescribeKind::CustomerGateways).len(), 3);
    let again = house.plan(Some(&document));
    assert!(again.is_empty(), "{:?}", differing(&again));
}

#[test]
fn the_router_of_an_erased_connection_goes_whenever_the_run_is_cut_off() {
    let document = drawing("vpn");
    let mut erased = document.clone();
    for id in ["vpn-plant", "vpn-spare", "vpn-lab"] {
        erased.topology.resources.remove(id);
    }
    let table = kind(&mut erased, "tgw-rtb-hub").as_transit_gateway_route_table_mut().unwrap();
    table.associations.retain(|it| it.as_str() != "vpn-lab");
    table.propagations.retain(|it| it.as_str() != "vpn-lab");
    table.routes.clear();
    let mut stands = house_for(&document, 4);
    assert_eq!(stands.run(Some(&document), None).0, End::Done);
    let effects = stands.clone().run(Some(&erased), None).1;
    for cut in 0..effects {
        let mut house = stands.clone();
        assert_eq!(house.run(Some(&erased), Some(cut)).0, End::Crashed);
        assert_eq!(house.run(Some(&erased), None).0, End::Done);
        assert!(objects(&mut house, DescribeKind::CustomerGateways).is_empty(), "crash after {cut}");
    }
}

#[test]
fn what_a_gateway_propagates_is_in_the_table_and_no_drift() {
    let document = drawing("vpn");
    let mut house = house_for(&document, 3);
    assert_eq!(house.run(Some(&document), None).0, End::Done);
    let known = house.state.known(SCOPE, None);
    let live = |id: &str| known[&ResourceId::new(id).unwrap()].live.clone();
    let learnt = |house: &mut House| {
        let observed = house.observe(&known, &Desired::new(&document, "eu-central-1"));
        let table = observed.route_tables[&live("rtb-plant")].clone();
        let propagated = table.routes.into_iter().filter(|it| it.origin == "EnableVgwRoutePropagation");
        propagated
            .map(|it| {
                assert_eq!((it.gateway_id, it.state.as_str()), (Some(live("vgw-plant")), "active"));
                it.destination_cidr_block.unwrap()
            })
            .collect::<Vec<String>>()
    };
    assert_eq!(learnt(&mut house), ["192.168.10.0/24", "192.168.20.0/24"]);
    assert!(house.plan(Some(&document)).is_empty());
    // A static route to the same destination stands beside it and goes alone.
    let mut both = document.clone();
    let route = "{\"destination_cidr_block\": \"192.168.20.0/24\", \"gateway_id\": \"vgw-plant\"}";
    let table = kind(&mut both, "rtb-plant").as_route_table_mut().unwrap();
    table.routes.push(serde_json::from_str(route).unwrap());
    assert_eq!(house.run(Some(&both), None).0, End::Done);
    assert!(house.plan(Some(&both)).is_empty());
    assert_eq!(house.run(Some(&document), None).0, End::Done);
    assert_eq!(learnt(&mut house), ["192.168.10.0/24", "192.168.20.0/24"]);
    // Without its connection the gateway has nothing to tell.
    let mut alone = document.clone();
    alone.topology.resources.remove("vpn-plant");
    assert_eq!(house.run(Some(&alone), None).0, End::Done);
    assert_eq!(learnt(&mut house), Vec::<String>::new());
}

#[test]
fn a_plan_says_what_a_connection_cannot_do_without() {
    let mut document = drawing("vpn");
    connection(&mut document, "vpn-plant").customer_gateway_ip = None;
    connection(&mut document, "vpn-lab").bgp_asn = None;
    let mut house = house_for(&document, 1);
    let plan = house.plan(Some(&document));
    let codes: BTreeSet<&str> = plan.problems.iter().map(|it| it.code).collect();
    assert!(plan.has_errors() && codes.contains("deploy-vpn-router"), "{codes:?}");
    assert!(codes.contains("deploy-vpn-routes"), "{codes:?}");
}

#[test]
fn a_connection_costs_and_its_customer_gateway_does_not() {
    let document = drawing("vpn");
    let mut house = house_for(&document, 1);
    let made = house.plan(Some(&document));
    assert!((made.cost.adds - 0.15).abs() < 1e-9, "{:?}", made.cost);
    assert_eq!(house.run(Some(&document), None).0, End::Done);
    let gone = house.plan(None);
    assert!((gone.cost.removes - 0.15).abs() < 1e-9, "{:?}", gone.cost);
}
