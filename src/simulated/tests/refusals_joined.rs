//! What EC2 refuses of what joins networks, leads out of them or watches over them, with its codes.

use super::bench::{cloud, create_route, made, ok, refused, subnet, table, vpc, wait};
use crate::{
    cloud::{
        AttachmentOptions, Call, Change, DescribeKind, PrefixEntry, RouteDestination, RouteTarget, Spec,
        Tags, TransitRoute,
    },
    simulated::SimulatedCloud,
};

fn create(spec: Spec) -> Call {
    Call::CreateObject { spec: Box::new(spec), tags: Tags::new(), client_token: None }
}

fn change(id: &str, change: Change) -> Call {
    Call::ChangeObject { id: id.to_owned(), change }
}

fn delete(kind: DescribeKind, id: &str) -> Call {
    Call::DeleteObject { kind, id: id.to_owned() }
}

fn peering(vpc: &str, peer: &str) -> Spec {
    Spec::VpcPeeringConnection {
        vpc_id: vpc.to_owned(),
        peer_vpc_id: peer.to_owned(),
        peer_owner_id: None,
        peer_region: None,
        requester_dns: false,
        accepter_dns: false,
    }
}

fn state(cloud: &mut SimulatedCloud, kind: DescribeKind, id: &str) -> String {
    match ok(cloud, Call::describe_ids(kind, [id])) {
        crate::cloud::Reply::Described(crate::cloud::Live::Objects(mut objects)) => objects.remove(0).state,
        other => panic!("{other:?}"),
    }
}

fn to(table: &str, block: &str, target: RouteTarget) -> Call {
    Call::CreateRoute {
        route_table_id: table.to_owned(),
        destination: RouteDestination::Ipv4(block.to_owned()),
        target,
    }
}

#[test]
fn a_peering_is_one_per_pair_and_fails_where_blocks_overlap() {
    let cloud = &mut cloud();
    let (a, b) = (vpc(cloud, "10.1.0.0/16"), vpc(cloud, "10.2.0.0/16"));
    assert_eq!(refused(cloud, create(peering(&a, &a))), "InvalidParameterValue");
    assert_eq!(refused(cloud, create(peering(&a, "vpc-0000000000000dead"))), "InvalidVpcID.NotFound");
    let id = made(cloud, create(peering(&a, &b)));
    assert_eq!(refused(cloud, create(peering(&b, &a))), "VpcPeeringConnectionAlreadyExists");
    let accept = change(&id, Change::AcceptVpcPeeringConnection);
    assert_eq!(refused(cloud, accept.clone()), "InvalidStateTransition", "it is not there yet");
    wait(cloud);
    let dns = Change::ModifyVpcPeeringConnectionOptions { requester_dns: true, accepter_dns: false };
    assert_eq!(refused(cloud, change(&id, dns.clone())), "InvalidStateTransition");
    ok(cloud, accept);
    wait(cloud);
    ok(cloud, change(&id, dns));
    let from = table(cloud, &a);
    ok(cloud, to(&from, "10.2.0.0/16", RouteTarget::VpcPeeringConnection(id.clone())));
    let third = vpc(cloud, "10.3.0.0/16");
    let elsewhere = table(cloud, &third);
    let stray = to(&elsewhere, "10.2.0.0/16", RouteTarget::VpcPeeringConnection(id.clone()));
    assert_eq!(refused(cloud, stray), "InvalidParameterValue");
    assert_eq!(refused(cloud, Call::DeleteVpc { vpc_id: b.clone() }), "DependencyViolation");
    ok(cloud, delete(DescribeKind::VpcPeeringConnections, &id));
    assert_eq!(one!(cloud, RouteTables, &from).routes[1].state, "blackhole");
    let overlapping = vpc(cloud, "10.1.0.0/20");
    let failing = made(cloud, create(peering(&a, &overlapping)));
    cloud.advance(5_000);
    assert_eq!(state(cloud, DescribeKind::VpcPeeringConnections, &failing), "failed");
}

#[test]
fn a_prefix_list_keeps_to_its_room_its_family_and_its_version() {
    let cloud = &mut cloud();
    let entry = |cidr: &str| PrefixEntry { cidr: cidr.to_owned(), description: String::new() };
    let list = |max_entries, entries| Spec::ManagedPrefixList {
        prefix_list_name: "partners".to_owned(),
        address_family: "IPv4".to_owned(),
        max_entries,
        entries,
        version: 1,
    };
    let two = vec![entry("192.0.2.0/24"), entry("198.51.100.0/24")];
    assert_eq!(refused(cloud, create(list(1, two.clone()))), "PrefixListMaxEntriesExceeded");
    assert_eq!(refused(cloud, create(list(3, vec![entry("2001:db8::/32")]))), "InvalidParameterValue");
    let id = made(cloud, create(list(2, two)));
    let modify = |current_version, max_entries, add| Change::ModifyManagedPrefixList {
        current_version,
        prefix_list_name: "partners".to_owned(),
        max_entries,
        add,
        remove: Vec::new(),
    };
    let third = vec![entry("203.0.113.0/24")];
    assert_eq!(refused(cloud, change(&id, modify(1, Some(3), Vec::new()))), "IncorrectState");
    wait(cloud);
    assert_eq!(refused(cloud, change(&id, modify(7, None, third.clone()))), "PrefixListVersionMismatch");
    assert_eq!(refused(cloud, change(&id, modify(1, None, third.clone()))), "PrefixListMaxEntriesExceeded");
    let both = modify(1, Some(3), third.clone());
    assert_eq!(refused(cloud, change(&id, both)), "InvalidParameterCombination");
    ok(cloud, change(&id, modify(1, Some(3), Vec::new())));
    wait(cloud);
    ok(cloud, change(&id, modify(1, None, third)));
    wait(cloud);
    let vpc_id = vpc(cloud, "10.4.0.0/16");
    let group = super::bench::group(cloud, &vpc_id, "web");
    let rule = crate::cloud::SecurityGroupRule {
        cidr_ipv4: None,
        prefix_list_id: Some(id.clone()),
        ..super::fixture::https()
    };
    let rules = vec![rule];
    ok(
        cloud,
        Call::AuthorizeSecurityGroupRules {
            group_id: group.clone(),
            egress: false,
            rules,
            tags: Tags::new(),
        },
    );
    assert_eq!(refused(cloud, delete(DescribeKind::ManagedPrefixLists, &id)), "DependencyViolation");
    ok(cloud, Call::DeleteSecurityGroup { group_id: group });
    ok(cloud, delete(DescribeKind::ManagedPrefixLists, &id));
    wait(cloud);
    assert_eq!(refused(cloud, delete(DescribeKind::ManagedPrefixLists, &id)), "InvalidPrefixListID.NotFound");
}

#[test]
fn a_virtual_private_gateway_serves_one_vpc_and_leaves_it_before_it_goes() {
    let cloud = &mut cloud();
    let (a, b) = (vpc(cloud, "10.5.0.0/16"), vpc(cloud, "10.6.0.0/16"));
    let gateway = || create(Spec::VpnGateway { amazon_side_asn: None, attachments: Vec::new() });
    let (first, second) = (made(cloud, gateway()), made(cloud, gateway()));
    let attach = |vpc: &str| Change::AttachVpnGateway { vpc_id: vpc.to_owned() };
    let table_id = table(cloud, &a);
    let learn = change(&table_id, Change::EnableVgwRoutePropagation { gateway_id: first.clone() });
    assert_eq!(refused(cloud, learn.clone()), "Gateway.NotAttached");
    ok(cloud, change(&first, attach(&a)));
    assert_eq!(refused(cloud, change(&first, attach(&b))), "VpnGatewayAttachmentLimitExceeded");
    assert_eq!(refused(cloud, change(&second, attach(&a))), "VpnGatewayAttachmentLimitExceeded");
    wait(cloud);
    ok(cloud, learn);
    ok(cloud, create_route(&table_id, "172.16.0.0/12", &first));
    assert_eq!(refused(cloud, delete(DescribeKind::VpnGateways, &first)), "IncorrectState");
    assert_eq!(refused(cloud, Call::DeleteVpc { vpc_id: a.clone() }), "DependencyViolation");
    let edge = |gateway: &str| Change::AssociateRouteTable { gateway_id: gateway.to_owned() };
    assert_eq!(refused(cloud, change(&table_id, edge(&second))), "InvalidParameterValue");
    ok(cloud, change(&table_id, edge(&first)));
    assert_eq!(refused(cloud, change(&table_id, edge(&first))), "Resource.AlreadyAssociated");
    ok(cloud, change(&first, Change::DetachVpnGateway { vpc_id: a.clone() }));
    assert!(one!(cloud, RouteTables, &table_id).propagating_vgws.is_empty());
    let again = change(&first, Change::DetachVpnGateway { vpc_id: a });
    assert_eq!(refused(cloud, again), "InvalidVpnGatewayAttachment.NotFound");
    wait(cloud);
    ok(cloud, delete(DescribeKind::VpnGateways, &first));
}

fn attachment(gateway: &str, vpc: &str, subnets: &[&str]) -> Spec {
    Spec::TransitGatewayVpcAttachment {
        transit_gateway_id: gateway.to_owned(),
        vpc_id: vpc.to_owned(),
        subnet_ids: subnets.iter().map(|id| (*id).to_owned()).collect(),
        options: AttachmentOptions {
            appliance_mode_support: false,
            dns_support: true,
            ipv6_support: false,
            security_group_referencing_support: false,
        },
    }
}

#[test]
fn a_transit_gateway_takes_each_vpc_once_and_one_table_per_attachment() {
    let cloud = &mut cloud();
    let gateway = made(
        cloud,
        create(Spec::TransitGateway {
            description: String::new(),
            amazon_side_asn: None,
            default_route_table_association: true,
            default_route_table_propagation: true,
            dns_support: true,
            security_group_referencing_support: false,
        }),
    );
    let vpc_id = vpc(cloud, "10.7.0.0/16");
    let (one, other) =
        (subnet(cloud, &vpc_id, "10.7.0.0/24", "a"), subnet(cloud, &vpc_id, "10.7.1.0/24", "a"));
    assert_eq!(refused(cloud, create(attachment(&gateway, &vpc_id, &[&one]))), "IncorrectState");
    cloud.advance(100_000);
    let twice = create(attachment(&gateway, &vpc_id, &[&one, &other]));
    assert_eq!(refused(cloud, twice), "DuplicateSubnetsInSameZone");
    let from = table(cloud, &vpc_id);
    let route = to(&from, "10.0.0.0/8", RouteTarget::TransitGateway(gateway.clone()));
    assert_eq!(refused(cloud, route.clone()), "InvalidTransitGatewayID.NotFound");
    let joined = made(cloud, create(attachment(&gateway, &vpc_id, &[&one])));
    let again = create(attachment(&gateway, &vpc_id, &[&one]));
    assert_eq!(refused(cloud, again), "DuplicateTransitGatewayAttachment");
    assert_eq!(refused(cloud, Call::DeleteSubnet { subnet_id: one }), "DependencyViolation");
    cloud.advance(100_000);
    ok(cloud, route);
    let table_spec = Spec::TransitGatewayRouteTable {
        transit_gateway_id: gateway.clone(),
        default_association_route_table: false,
        default_propagation_route_table: false,
        associations: Vec::new(),
        propagations: Vec::new(),
        routes: Vec::new(),
    };
    let spokes = made(cloud, create(table_spec));
    let associate = Change::AssociateTransitGatewayRouteTable { attachment_id: joined.clone() };
    assert_eq!(refused(cloud, change(&spokes, associate)), "Resource.AlreadyAssociated");
    let part = Change::DisassociateTransitGatewayRouteTable { attachment_id: joined.clone() };
    assert_eq!(refused(cloud, change(&spokes, part)), "InvalidAssociation.NotFound");
    let hole = TransitRoute { destination_cidr_block: "10.9.0.0/16".to_owned(), attachment_id: None };
    let hole = change(&spokes, Change::CreateTransitGatewayRoute { route: hole });
    ok(cloud, hole.clone());
    assert_eq!(refused(cloud, hole), "RouteAlreadyExists");
    assert_eq!(refused(cloud, delete(DescribeKind::TransitGateways, &gateway)), "IncorrectState");
    assert_eq!(refused(cloud, Call::DeleteVpc { vpc_id }), "DependencyViolation");
    ok(cloud, delete(DescribeKind::TransitGatewayVpcAttachments, &joined));
    assert_eq!(one!(cloud, RouteTables, &from).routes[1].state, "blackhole");
    cloud.advance(100_000);
    ok(cloud, delete(DescribeKind::TransitGateways, &gateway));
    cloud.advance(100_000);
    let gone = Call::describe_ids(DescribeKind::TransitGatewayRouteTables, [spokes]);
    assert_eq!(refused(cloud, gone), "InvalidRouteTableID.NotFound", "its tables go with it");
}

#[test]
fn what_watches_or_is_told_by_dhcp_is_refused_twice_or_in_use() {
    let cloud = &mut cloud();
    let vpc_id = vpc(cloud, "10.10.0.0/16");
    let subnet_id = subnet(cloud, &vpc_id, "10.10.0.0/24", "a");
    let nothing =
        Spec::DhcpOptions { domain_name: None, domain_name_servers: Vec::new(), ntp_servers: Vec::new() };
    assert_eq!(refused(cloud, create(nothing)), "MissingParameter");
    let options = made(
        cloud,
        create(Spec::DhcpOptions {
            domain_name: Some("lab.example".to_owned()),
            domain_name_servers: Vec::new(),
            ntp_servers: Vec::new(),
        }),
    );
    let take = |set: &str| Change::AssociateDhcpOptions { dhcp_options_id: set.to_owned() };
    assert_eq!(
        refused(cloud, change(&vpc_id, take("dopt-0000000000000dead"))),
        "InvalidDhcpOptionID.NotFound"
    );
    ok(cloud, change(&vpc_id, take(&options)));
    assert_eq!(refused(cloud, delete(DescribeKind::DhcpOptions, &options)), "DependencyViolation");
    ok(cloud, change(&vpc_id, take("default")));
    ok(cloud, delete(DescribeKind::DhcpOptions, &options));
    let log = Spec::FlowLog {
        resource_id: subnet_id.clone(),
        traffic_type: "ALL".to_owned(),
        log_destination_type: "s3".to_owned(),
        log_destination: "arn:aws:s3:::logs".to_owned(),
        iam_role_arn: None,
    };
    ok(cloud, create(log.clone()));
    assert_eq!(refused(cloud, create(log)), "FlowLogAlreadyExists");
    let endpoint = Spec::InstanceConnectEndpoint {
        subnet_id,
        security_group_ids: Vec::new(),
        preserve_client_ip: false,
    };
    ok(cloud, create(endpoint.clone()));
    assert_eq!(refused(cloud, create(endpoint)), "ResourceLimitExceeded");
}
