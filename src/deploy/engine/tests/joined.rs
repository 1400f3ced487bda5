//! Edits of what joins networks, leads out of them or watches over them, and exactly what is done
//! about each.

use super::{
    beyond::{Edit, does_exactly, drawing, kind},
    *,
};
use crate::model::{ManagedPrefixList, PrefixListEntry, TransitGatewayRouteTable};

fn list(document: &mut Document) -> &mut ManagedPrefixList {
    kind(document, "pl-partners").as_managed_prefix_list_mut().unwrap()
}

fn table<'a>(document: &'a mut Document, id: &str) -> &'a mut TransitGatewayRouteTable {
    kind(document, id).as_transit_gateway_route_table_mut().unwrap()
}

fn id(text: &str) -> ResourceId {
    ResourceId::new(text).unwrap()
}

fn entry(cidr: &str) -> PrefixListEntry {
    PrefixListEntry { cidr: cidr.parse().unwrap(), description: "new".to_owned() }
}

const EDITS: &[Edit] = &[
    (
        "joined",
        "a prefix list loses, gets and rewords blocks",
        |it| {
            list(it).entries.remove(0);
            list(it).entries[0].description = "the south".to_owned();
            list(it).entries.push(entry("203.0.113.0/24"));
        },
        &[(ActionKind::Update, "pl-partners")],
    ),
    (
        "joined",
        "a prefix list gets more room for more blocks",
        |it| {
            list(it).max_entries = 9;
            list(it).entries.extend((0..7).map(|nth| entry(&format!("203.0.113.{}/32", nth * 2))));
        },
        &[(ActionKind::Update, "pl-partners")],
    ),
    (
        "joined",
        "a prefix list shrinks",
        |it| {
            list(it).entries.truncate(1);
            list(it).max_entries = 1;
        },
        &[(ActionKind::Update, "pl-partners")],
    ),
    (
        "joined",
        "names resolve in the other direction",
        |it| {
            let peering = kind(it, "pcx-office-store").as_vpc_peering_connection_mut().unwrap();
            peering.requester_allow_remote_vpc_dns_resolution = false;
            peering.accepter_allow_remote_vpc_dns_resolution = true;
        },
        &[(ActionKind::Update, "pcx-office-store")],
    ),
    (
        "joined",
        "two networks part",
        |it| {
            kind(it, "rtb-desk").as_route_table_mut().unwrap().routes.remove(0);
            kind(it, "rtb-store").as_route_table_mut().unwrap().routes.clear();
            it.topology.resources.remove("pcx-office-store").unwrap();
        },
        &[
            (ActionKind::Update, "rtb-desk"),
            (ActionKind::Update, "rtb-store"),
            (ActionKind::Delete, "pcx-office-store"),
        ],
    ),
    (
        "joined",
        "another set of DHCP options stands beside the old one until the VPC has it",
        |it| {
            kind(it, "dopt-office").as_dhcp_options_mut().unwrap().domain_name =
                Some("desk.example".to_owned())
        },
        &[
            (ActionKind::Replace, "dopt-office"),
            (ActionKind::Update, "vpc-office"),
            (ActionKind::Delete, "dopt-office"),
        ],
    ),
    (
        "joined",
        "the VPC takes AWS's default set again",
        |it| {
            kind(it, "vpc-office").as_vpc_mut().unwrap().dhcp_options_id = None;
            it.topology.resources.remove("dopt-office").unwrap();
        },
        &[(ActionKind::Update, "vpc-office"), (ActionKind::Delete, "dopt-office")],
    ),
    (
        "joined",
        "another table routes what comes in by the gateway",
        |it| {
            kind(it, "rtb-edge").as_route_table_mut().unwrap().gateway_ids.clear();
            kind(it, "rtb-desk").as_route_table_mut().unwrap().gateway_ids.push(id("igw-office"));
        },
        &[(ActionKind::Update, "rtb-desk")],
    ),
    (
        "watched",
        "the table learns nothing any more, and all traffic is recorded",
        |it| {
            kind(it, "rtb-bench").as_route_table_mut().unwrap().propagating_vgws.clear();
            kind(it, "fl-bench").as_flow_log_mut().unwrap().traffic_type = crate::model::TrafficType::All;
        },
        &[(ActionKind::Update, "rtb-bench"), (ActionKind::Replace, "fl-bench")],
    ),
    (
        "transit",
        "a network moves over to another table",
        |it| {
            table(it, "tgw-rtb-spokes").associations.retain(|it| *it != id("att-red"));
            table(it, "tgw-rtb-hub").associations.push(id("att-red"));
            table(it, "tgw-rtb-spokes").propagations.push(id("att-blue"));
        },
        &[(ActionKind::Update, "tgw-rtb-hub"), (ActionKind::Update, "tgw-rtb-spokes")],
    ),
    (
        "transit",
        "routes come, go and lead elsewhere",
        |it| {
            let routes = &mut table(it, "tgw-rtb-spokes").routes;
            routes[0].blackhole = false;
            routes[0].transit_gateway_attachment_id = Some(id("att-shared"));
            routes.remove(1);
            routes.push(crate::model::TransitGatewayRoute {
                destination_cidr_block: "10.77.0.0/16".parse().unwrap(),
                transit_gateway_attachment_id: None,
                blackhole: true,
            });
        },
        &[(ActionKind::Update, "tgw-rtb-spokes")],
    ),
    (
        "transit",
        "an attachment leaves a zone, the gateway gets other words",
        |it| {
            let attachment = kind(it, "att-red").as_transit_gateway_vpc_attachment_mut().unwrap();
            attachment.subnet_ids.pop();
            attachment.appliance_mode_support = true;
            kind(it, "tgw-hub").as_transit_gateway_mut().unwrap().description = "the middle".to_owned();
        },
        &[(ActionKind::Update, "tgw-hub"), (ActionKind::Update, "att-red")],
    ),
    (
        "transit",
        "a network leaves",
        |it| {
            kind(it, "rtb-blue").as_route_table_mut().unwrap().routes.clear();
            table(it, "tgw-rtb-spokes").associations.retain(|it| *it != id("att-blue"));
            table(it, "tgw-rtb-hub").propagations.retain(|it| *it != id("att-blue"));
            it.topology.resources.remove("att-blue").unwrap();
        },
        &[(ActionKind::Update, "rtb-blue"), (ActionKind::Delete, "att-blue")],
    ),
];

#[test]
fn edits_do_exactly_what_they_must() {
    EDITS.iter().for_each(does_exactly);
}

#[test]
fn a_connection_to_another_region_is_left_pending_and_the_plan_says_so() {
    let mut document = drawing("joined");
    let peering = kind(&mut document, "pcx-office-store").as_vpc_peering_connection_mut().unwrap();
    peering.peer_region = Some("eu-north-1".to_owned());
    let plan = house_for(&document, 4).plan(Some(&document));
    let found = plan.problems.iter().filter(|it| it.code == "deploy-accept-elsewhere");
    assert_eq!(found.count(), 1, "{:?}", plan.problems);
    assert!(!plan.has_errors(), "{:?}", plan.problems);
}
