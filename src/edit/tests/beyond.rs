//! The kinds that lead out of a VPC or watch over it.

use super::{Bench, id, subnet, vpc};
use crate::{
    edit::Command,
    model::{Container, Kind},
};

fn place(kind: Kind, into: Container) -> Command {
    Command::Place { kind, into, at: None, name: None }
}

#[test]
fn each_kind_says_what_must_be_drawn_first() {
    let mut bench = Bench::with_subnets();
    let cases = [
        (Kind::VpcPeeringConnection, vpc("vpc-1"), "draw two VPCs first"),
        (Kind::TransitGatewayRouteTable, Container::Region, "draw this first: Transit gateway"),
        (Kind::TransitGatewayPeeringAttachment, Container::Region, "draw two transit gateways first"),
        (Kind::VpnConnection, Container::Region, "draw a virtual private gateway or a transit gateway first"),
        (Kind::FlowLog, Container::Region, "drop it onto a VPC or a subnet"),
        (Kind::EgressOnlyInternetGateway, Container::Region, "belongs to a VPC"),
        (Kind::NetworkInterface, vpc("vpc-1"), "stands in a subnet"),
        (Kind::InstanceConnectEndpoint, vpc("vpc-1"), "stands in a subnet"),
    ];
    for (kind, into, words) in cases {
        let message = bench.refusal(place(kind, into));
        assert!(message.contains(words), "{kind:?}: {message}");
    }
}

#[test]
fn what_a_vpc_can_have_once_is_refused_the_second_time() {
    let mut bench = Bench::with_subnets();
    let cases = [
        (Kind::EgressOnlyInternetGateway, vpc("vpc-1"), "`eigw-1` already"),
        (Kind::VpnGateway, vpc("vpc-1"), "`vgw-1` already"),
        (Kind::InstanceConnectEndpoint, subnet("subnet-2"), "`eice-1` already"),
        (Kind::TransitGatewayVpcAttachment, vpc("vpc-1"), "`tgw-1` already"),
        (Kind::VpcBlockPublicAccess, Container::Region, "`bpa-1` is on the drawing already"),
    ];
    for (kind, into, words) in cases {
        bench.place(kind, into.clone());
        let message = bench.refusal(place(kind, into));
        assert!(message.contains(words), "{kind:?}: {message}");
    }
}

#[test]
fn an_attachment_brings_its_gateway_and_stands_in_one_subnet_of_each_zone() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::Subnet, subnet_lane());
    let attachment = bench.place(Kind::TransitGatewayVpcAttachment, vpc("vpc-1"));
    let fields = bench.kind(attachment.as_str()).as_transit_gateway_vpc_attachment().unwrap();
    assert_eq!(fields.transit_gateway_id, id("tgw-1"));
    assert_eq!(fields.subnet_ids, [id("subnet-1"), id("subnet-2")]);
    let table = bench.kind("tgw-rtb-1-default").as_transit_gateway_route_table().unwrap();
    assert!(table.default_association_route_table && table.default_propagation_route_table);
    assert_eq!((&table.associations, &table.propagations), (&vec![attachment.clone()], &vec![attachment]));
}

fn subnet_lane() -> Container {
    super::lane("vpc-1", "us-east-1a")
}

#[test]
fn a_peering_joins_the_vpc_that_it_is_dropped_on_with_one_that_it_does_not_have_yet() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::Vpc, Container::Region);
    bench.place(Kind::Vpc, Container::Region);
    for other in ["vpc-1", "vpc-3"] {
        let placed = bench.place(Kind::VpcPeeringConnection, vpc("vpc-2"));
        let fields = bench.kind(placed.as_str()).as_vpc_peering_connection().unwrap();
        assert_eq!((&fields.vpc_id, fields.peer_vpc_id.as_ref()), (&id("vpc-2"), Some(&id(other))));
    }
    let message = bench.refusal(place(Kind::VpcPeeringConnection, vpc("vpc-2")));
    assert!(message.contains("already"), "{message}");
}

#[test]
fn a_vpn_connection_ends_at_the_gateway_of_the_vpc_or_else_at_a_transit_gateway() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::TransitGateway, Container::Region);
    bench.place(Kind::VpnConnection, Container::Region);
    let first = bench.kind("vpn-1").as_vpn_connection().unwrap();
    assert_eq!(first.transit_gateway_id, Some(id("tgw-1")));
    let table = bench.kind("tgw-rtb-1-default").as_transit_gateway_route_table().unwrap();
    assert_eq!(table.propagations, [id("vpn-1")]);
    bench.place(Kind::VpnGateway, vpc("vpc-1"));
    bench.place(Kind::VpnConnection, vpc("vpc-1"));
    let second = bench.kind("vpn-2").as_vpn_connection().unwrap();
    assert_eq!((&second.vpn_gateway_id, &second.transit_gateway_id), (&Some(id("vgw-1")), &None));
}

#[test]
fn a_flow_log_records_what_it_is_dropped_on_and_goes_with_it() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::FlowLog, subnet("subnet-1"));
    bench.place(Kind::FlowLog, vpc("vpc-1"));
    assert_eq!(bench.kind("fl-1").as_flow_log().unwrap().resource_id, id("subnet-1"));
    assert_eq!(bench.kind("fl-2").as_flow_log().unwrap().resource_id, id("vpc-1"));
    bench.delete(&["subnet-1"]);
    assert!(!bench.has("fl-1") && bench.has("fl-2"));
}

#[test]
fn a_load_balancer_stands_in_public_subnets_where_there_are_any() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::LoadBalancer, vpc("vpc-1"));
    let inner = bench.kind("lb-1").as_load_balancer().unwrap();
    assert!(inner.internal && inner.subnet_mappings.len() == 2);
    bench.place(Kind::RouteTable, vpc("vpc-1"));
    bench.place(Kind::InternetGateway, vpc("vpc-1"));
    bench.connect("subnet-2", "rtb-1");
    bench.connect("rtb-1", "igw-1");
    bench.place(Kind::LoadBalancer, vpc("vpc-1"));
    let outer = bench.kind("lb-2").as_load_balancer().unwrap();
    assert!(!outer.internal);
    assert_eq!(outer.subnet_mappings.iter().map(|it| &it.subnet_id).collect::<Vec<_>>(), [&id("subnet-2")]);
}

/// A drawing with one of each kind.
fn all_kinds() -> Bench {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::Vpc, Container::Region);
    bench.place(Kind::TransitGateway, Container::Region);
    bench.place(Kind::TransitGateway, Container::Region);
    for kind in Kind::ALL {
        let containers = [subnet("subnet-1"), vpc("vpc-1"), Container::Region];
        let placed = containers.into_iter().any(|into| bench.try_run(&place(*kind, into)).is_ok());
        assert!(placed, "{kind:?} can be placed");
    }
    bench
}

#[test]
fn every_kind_can_be_duplicated_and_deleted() {
    let bench = all_kinds();
    for resource in bench.document.topology.iter() {
        let mut copy = Bench::over(bench.document.clone());
        let duplicated = copy.try_run(&Command::Duplicate { ids: vec![resource.id.clone()] });
        assert!(duplicated.is_ok(), "{}: {duplicated:?}", resource.id);
        let lost: Vec<_> = copy
            .document
            .topology
            .iter()
            .flat_map(|it| it.kind.references())
            .filter(|it| copy.document.topology.get(&it.to).is_none())
            .collect();
        assert_eq!(lost, [], "after the copy of {}", resource.id);
        if resource.kind.implicit_vpc().is_none() {
            copy.delete(&[resource.id.as_str()]);
        }
    }
}

#[test]
fn a_copied_vpc_takes_its_gateways_and_only_the_peering_of_two_copied_ones_comes_along() {
    let mut bench = all_kinds();
    bench.run(Command::Duplicate { ids: vec![id("vpc-1")] });
    let count = |bench: &Bench, kind| bench.document.topology.of_kind(kind).count();
    assert_eq!(count(&bench, Kind::EgressOnlyInternetGateway), 2);
    assert_eq!(count(&bench, Kind::VpnGateway), 2);
    assert_eq!(count(&bench, Kind::TransitGatewayVpcAttachment), 2);
    assert_eq!(count(&bench, Kind::VpcPeeringConnection), 1);
    bench.run(Command::Duplicate { ids: vec![id("vpc-1"), id("vpc-2")] });
    assert_eq!(count(&bench, Kind::VpcPeeringConnection), 2);
    assert_eq!(count(&bench, Kind::VpcBlockPublicAccess), 1);
}

#[test]
fn two_vpcs_are_peered_by_an_arrow_and_routes_go_to_the_blocks_behind_it() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::Vpc, Container::Region);
    bench.connect("vpc-1", "vpc-2");
    let message = bench.refuse_connect("vpc-2", "vpc-1");
    assert!(message.contains("joined by `pcx-1` already"), "{message}");
    assert!(bench.refuse_connect("vpc-1", "vpc-1").contains("with itself"));
    bench.connect("subnet-1", "pcx-1");
    assert_eq!(bench.routes("rtb-1-main"), ["10.1.0.0/16 > pcx-1"]);
    bench.connect("rtb-2-main", "pcx-1");
    assert_eq!(bench.routes("rtb-2-main"), ["10.0.0.0/16 > pcx-1"]);
    bench.place(Kind::Vpc, Container::Region);
    let message = bench.refuse_connect("rtb-3-main", "pcx-1");
    assert!(message.contains("does not join VPC `vpc-3`"), "{message}");
}

#[test]
fn a_route_to_a_transit_gateway_needs_the_attachment_and_leads_to_the_other_vpcs() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::Vpc, Container::Region);
    bench.place(Kind::TransitGateway, Container::Region);
    let message = bench.refuse_connect("subnet-1", "tgw-1");
    assert!(message.contains("is not attached to transit gateway `tgw-1`"), "{message}");
    bench.connect("vpc-1", "tgw-1");
    bench.connect("subnet-1", "tgw-1");
    assert_eq!(bench.routes("rtb-1-main"), ["0.0.0.0/0 > tgw-1"], "nothing else is there to lead to");
    bench.connect("tgw-1", "vpc-2");
    bench.connect("subnet-1", "tgw-attach-1");
    assert_eq!(bench.routes("rtb-1-main"), ["0.0.0.0/0 > tgw-1", "10.1.0.0/16 > tgw-1"]);
    let table = bench.kind("tgw-rtb-1-default").as_transit_gateway_route_table().unwrap();
    assert_eq!(table.associations, [id("tgw-attach-1"), id("tgw-attach-2")]);
    bench.place(Kind::TransitGatewayRouteTable, Container::Region);
    bench.connect("tgw-attach-1", "tgw-rtb-1");
    let old = bench.kind("tgw-rtb-1-default").as_transit_gateway_route_table().unwrap();
    assert_eq!(old.associations, [id("tgw-attach-2")], "an attachment has one table");
    let message = bench.refuse_connect("vpc-1", "tgw-1");
    assert!(message.contains("attached to transit gateway `tgw-1` already"), "{message}");
}

#[test]
fn a_table_learns_from_the_virtual_private_gateway_that_it_is_connected_to() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::VpnGateway, Container::Region);
    bench.connect("subnet-1", "vgw-1");
    assert_eq!(bench.kind("vgw-1").as_vpn_gateway().unwrap().vpc_id, Some(id("vpc-1")));
    assert_eq!(bench.kind("rtb-1-main").as_route_table().unwrap().propagating_vgws, [id("vgw-1")]);
    bench.place(Kind::Vpc, Container::Region);
    let message = bench.refuse_connect("vpc-2", "vgw-1");
    assert!(message.contains("is attached to VPC `vpc-1`"), "{message}");
}

#[test]
fn other_ways_out_get_the_route_that_they_are_there_for() {
    let mut bench = Bench::with_subnets();
    bench.place(Kind::EgressOnlyInternetGateway, vpc("vpc-1"));
    bench.connect("subnet-1", "eigw-1");
    bench.place(Kind::RegionalNatGateway, vpc("vpc-1"));
    bench.connect("subnet-1", "nat-1");
    assert_eq!(bench.routes("rtb-1-main"), ["::/0 > eigw-1", "0.0.0.0/0 > nat-1"]);
    bench.place(Kind::NetworkInterface, subnet("subnet-2"));
    bench.connect("rtb-1-main", "eni-1");
    assert_eq!(bench.routes("rtb-1-main"), ["::/0 > eigw-1", "0.0.0.0/0 > eni-1"]);
    assert!(bench.refuse_connect("eni-1", "subnet-1").contains("the way its packets go"));
}

#[test]
fn arrows_hand_over_addresses_options_logs_and_targets() {
    let mut bench = all_kinds();
    bench.connect("eip-1", "eni-1");
    let address = bench.kind("eip-1").as_elastic_ip().unwrap();
    assert_eq!((&address.instance_id, &address.network_interface_id), (&None, &Some(id("eni-1"))));
    bench.connect("eni-1", "i-1");
    let interface = bench.kind("eni-1").as_network_interface().unwrap();
    assert_eq!((&interface.instance_id, interface.device_index), (&Some(id("i-1")), Some(1)));
    bench.connect("vpc-1", "dopt-1");
    assert_eq!(bench.kind("vpc-1").as_vpc().unwrap().dhcp_options_id, Some(id("dopt-1")));
    bench.connect("fl-1", "i-1");
    assert_eq!(bench.kind("fl-1").as_flow_log().unwrap().resource_id, id("i-1"));
    for member in ["eni-1", "eice-1", "lb-1"] {
        bench.connect(member, "sg-1-default");
        assert!(bench.kind(member).references().iter().any(|it| it.to == id("sg-1-default")), "{member}");
    }
    bench.connect("lb-1", "tg-1");
    bench.connect("tg-1", "i-1");
    let listener = &bench.kind("lb-1").as_load_balancer().unwrap().listeners[0];
    assert_eq!((listener.port, &listener.target_group_ids), (80, &vec![id("tg-1")]));
    assert_eq!(bench.kind("tg-1").as_target_group().unwrap().targets.len(), 1);
    bench.connect("vpn-1", "tgw-2");
    let connection = bench.kind("vpn-1").as_vpn_connection().unwrap();
    assert_eq!((&connection.vpn_gateway_id, &connection.transit_gateway_id), (&None, &Some(id("tgw-2"))));
}

#[test]
fn an_interface_and_a_virtual_private_gateway_move_and_everything_else_says_that_it_stays() {
    let mut bench = all_kinds();
    let other = bench.place(Kind::Subnet, vpc("vpc-2"));
    bench.connect("eni-1", "sg-1-default");
    bench.move_into("eni-1", Container::Subnet(other.clone()));
    let interface = bench.kind("eni-1").as_network_interface().unwrap();
    assert_eq!((&interface.subnet_id, interface.security_group_ids.len()), (&other, 0));
    bench.move_into("vgw-1", vpc("vpc-2"));
    assert_eq!(bench.kind("vgw-1").as_vpn_gateway().unwrap().vpc_id, Some(id("vpc-2")));
    bench.move_into("vgw-1", Container::Region);
    assert_eq!(bench.kind("vgw-1").as_vpn_gateway().unwrap().vpc_id, None);
    let stays = Command::MoveInto { id: id("eigw-1"), into: vpc("vpc-2"), at: None };
    assert!(bench.refusal(stays).contains("cannot change its VPC"));
}
