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
