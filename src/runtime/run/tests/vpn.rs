//! VPN connections that others moved to another router or made at gateways of ours: accepted, and what is
//! theirs left.

use super::{
    Folder, Goal, block_on,
    drift::{Case, each_is_accepted, kind},
};
use crate::{
    cloud::{Call, Change as CloudChange, DescribeKind, Spec, Tags, TransitRoute},
    deploy::drift::{Change, accept},
};

/// Somebody makes a customer gateway.
fn router(folder: &Folder, address: &str, bgp_asn: i64, tags: Tags) -> String {
    let spec =
        Spec::CustomerGateway { ip_address: address.to_owned(), bgp_asn, device_name: "theirs".to_owned() };
    folder.made(&Call::CreateObject { spec: Box::new(spec), tags, client_token: None })
}

fn moved(folder: &Folder, connection: &str, customer_gateway_id: &str) {
    let change = CloudChange::ModifyVpnConnection { customer_gateway_id: customer_gateway_id.to_owned() };
    folder.outside(&Call::ChangeObject { id: folder.live(connection), change });
    folder.cloud(|cloud| cloud.advance(3_600_000));
}

fn stands(folder: &Folder, kind: DescribeKind, id: &str) -> bool {
    folder.objects(kind).iter().any(|it| it.id == id)
}

fn vpn() -> Folder {
    let folder = Folder::of("tests/support/vpn.vpcscape.json");
    folder.run(Goal::Deploy, None);
    folder
}

const CHANGES: &[Case] = &[
    (
        "static routes of a connection",
        "vpn-plant",
        |at| {
            let change = CloudChange::CreateVpnConnectionRoute {
                destination_cidr_block: "192.168.30.0/24".to_owned(),
            };
            vec![Call::ChangeObject { id: at.live("vpn-plant"), change }]
        },
        |it| kind(it, "vpn-plant").as_vpn_connection().unwrap().on_premises_cidr_blocks.len() == 3,
    ),
    (
        "a table of a transit gateway with a connection",
        "tgw-rtb-hub",
        |at| {
            let destination_cidr_block = "10.66.0.0/16".to_owned();
            let route = TransitRoute { destination_cidr_block, attachment_id: None };
            let change = CloudChange::CreateTransitGatewayRoute { route };
            vec![Call::ChangeObject { id: at.live("tgw-rtb-hub"), change }]
        },
        |it| {
            let table = kind(it, "tgw-rtb-hub").as_transit_gateway_route_table().unwrap();
            let to = |at: usize| table.routes[at].transit_gateway_attachment_id.as_ref();
            table.routes.len() == 2
                && to(0).is_some_and(|it| it.as_str() == "vpn-lab")
                && table.associations.iter().any(|it| it.as_str() == "vpn-lab")
        },
    ),
    (
        "a propagation ended",
        "tgw-rtb-hub",
        |at| {
            let attachment_id = at.live("att-lab");
            let end = CloudChange::DisableTransitGatewayRouteTablePropagation { attachment_id };
            at.outside(&Call::ChangeObject { id: at.live("tgw-rtb-hub"), change: end });
            at.cloud(|cloud| cloud.advance(600_000));
            Vec::new()
        },
        |it| {
            let table = kind(it, "tgw-rtb-hub").as_transit_gateway_route_table().unwrap();
            table.propagations.len() == 1 && table.propagations[0].as_str() == "vpn-lab"
        },
    ),
];

#[test]
fn changes_to_connections_and_to_the_tables_that_know_them_are_accepted() {
    each_is_accepted(&Folder::of("tests/support/vpn.vpcscape.json"), CHANGES);
}

#[test]
fn a_connection_that_others_moved_to_their_router_is_accepted_and_the_router_left() {
    // A connection with static routes does not mind the number of its router.
    for (connection, address, asn, drawn_asn) in [
        ("vpn-plant", "198.51.100.9", 65_044, None),
        ("vpn-spare", "198.51.100.8", 65_099, Some(65_099)),
        ("vpn-lab", "198.51.100.7", 65_098, Some(65_098)),
    ] {
        let folder = vpn();
        let theirs = router(&folder, address, asn, Tags::new());
        moved(&folder, connection, &theirs);
        let found = folder.drift();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].0, found[0].1.as_str()), (Change::Changed, connection));
        let document = folder.accept(connection);
        let drawn = kind(&document, connection).as_vpn_connection().unwrap();
        assert_eq!(drawn.customer_gateway_ip.unwrap().to_string(), address);
        assert_eq!(drawn.bgp_asn, drawn_asn);
        assert_eq!(folder.drift(), [], "{connection}");
        // What is left to do is to remove the router that we made and that nothing uses any more.
        let plan = folder.plan(Goal::Deploy);
        let calls: Vec<&Call> = plan.actions.iter().flat_map(|it| &it.calls).collect();
        let [Call::DeleteObject { kind: DescribeKind::CustomerGateways, id }] = calls.as_slice() else {
            panic!("{calls:?}");
        };
        assert_ne!(*id, theirs);
        folder.run(Goal::Deploy, None);
        assert_eq!(folder.calls(), 0);
        folder.run(Goal::Destroy, None);
        assert_eq!(folder.objects(DescribeKind::VpnConnections), []);
        let left = folder.objects(DescribeKind::CustomerGateways);
        assert_eq!(left.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), [theirs.as_str()], "not ours");
    }
}

#[test]
fn another_device_with_the_same_address_and_number_is_the_drawn_router() {
    let folder = vpn();
    let theirs = router(&folder, "203.0.113.11", 65_010, Tags::new());
    moved(&folder, "vpn-spare", &theirs);
    assert_eq!(folder.drift(), []);
    folder.run(Goal::Deploy, None);
    assert!(stands(&folder, DescribeKind::CustomerGateways, &theirs));
    assert_eq!(folder.calls(), 0);
}

/// The connection that somebody makes.
fn connection(folder: &Folder, router: &str, gateway: &str) -> String {
    let at = |prefix: &str| gateway.starts_with(prefix).then(|| folder.live(gateway));
    let spec = Spec::VpnConnection {
        customer_gateway_id: router.to_owned(),
        vpn_gateway_id: at("vgw-"),
        transit_gateway_id: at("tgw-"),
        static_routes_only: gateway.starts_with("vgw-"),
        routes: Vec::new(),
        transit_gateway_attachment_id: None,
    };
    let tags = Tags::from([("Name".to_owned(), "by hand".to_owned())]);
    let made = folder.made(&Call::CreateObject { spec: Box::new(spec), tags, client_token: None });
    folder.cloud(|cloud| cloud.advance(3_600_000));
    made
}

#[test]
fn a_connection_that_others_made_at_a_gateway_of_ours_is_accepted() {
    for gateway in ["vgw-plant", "tgw-hub"] {
        let folder = vpn();
        let theirs = router(&folder, "198.51.100.9", 65_044, Tags::new());
        let added = connection(&folder, &theirs, gateway);
        let found = folder.listed();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].0, &found[0].1), (Change::Added, &added));
        assert!(found[0].2.contains(&folder.live(gateway)), "{found:?}");
        assert!(found[0].2.contains("198.51.100.9"), "{found:?}");
        let sight = block_on(folder.open().unwrap().sight()).unwrap();
        let before = folder.drawn();
        let items = sight.drift(&before);
        let besides = accept(&sight, &before, &items, &items[0]).unwrap().besides;
        assert!(besides.iter().any(|it| it.contains(&theirs)), "{besides:?}");
        let document = folder.accept(&added);
        let drawn = kind(&document, &added).as_vpn_connection().unwrap();
        let end = drawn.vpn_gateway_id.as_ref().or(drawn.transit_gateway_id.as_ref());
        assert_eq!(end.unwrap().as_str(), gateway);
        assert_eq!(drawn.customer_gateway_ip.unwrap().to_string(), "198.51.100.9");
        folder.marked(1);
        folder.run(Goal::Destroy, None);
        assert_eq!(folder.objects(DescribeKind::VpnConnections), [], "it was accepted");
        assert!(stands(&folder, DescribeKind::CustomerGateways, &theirs), "its router is not ours");
    }
}

#[test]
fn a_connection_that_was_not_accepted_stays() {
    let folder = vpn();
    let theirs = router(&folder, "198.51.100.9", 65_044, Tags::new());
    let added = connection(&folder, &theirs, "vgw-plant");
    folder.run(Goal::Deploy, None);
    assert_eq!(folder.listed().len(), 1, "a deploy leaves it");
    folder.destroy(false);
    assert!(stands(&folder, DescribeKind::VpnConnections, &added));
    assert!(stands(&folder, DescribeKind::CustomerGateways, &theirs));
}

#[test]
fn a_router_of_another_drawing_is_refused() {
    let folder = vpn();
    let other = Tags::from([("vpcscape:document".to_owned(), "another".to_owned())]);
    let theirs = router(&folder, "198.51.100.9", 65_044, other);
    moved(&folder, "vpn-plant", &theirs);
    let why = folder.refused(&folder.live("vpn-plant"));
    assert!(why.contains(&theirs) && why.contains("another drawing"), "{why}");
    let added = connection(&folder, &theirs, "vgw-plant");
    let why = folder.refused(&added);
    assert!(why.contains(&theirs) && why.contains("another drawing"), "{why}");
}
