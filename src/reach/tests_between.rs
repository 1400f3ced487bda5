//! Walks between networks: every gateway, open and with each of its faults.

use super::{
    Code, Direction, HopKind, Trace, Verdict,
    tests::{Drawing, codes, id, net},
};
use crate::{
    model::{
        Document, EgressOnlyInternetGateway, Instance, InternetGateway, Listener, LoadBalancer, NetworkAcl,
        RouteDestination, RouteTable, RouteTarget, SecurityGroup, SecurityGroupRule, SecurityGroupRulePeer,
        Subnet, SubnetMapping, Target, TargetGroup, TransitGateway, TransitGatewayPeeringAttachment,
        TransitGatewayRoute, TransitGatewayRouteTable, TransitGatewayVpcAttachment, Vpc,
        VpcPeeringConnection, VpnConnection, VpnGateway,
    },
    net::Protocol,
};

/// Three VPCs `a`, `b`, `c` of one host each (`host-a`, …) in subnets `net-a`, … with tables `table-a`,
/// …; every group lets 10.0.0.0/8 in on port 22.
fn three() -> Drawing {
    let mut d = Drawing(Document::new("three", "us-east-1"));
    for (at, name) in ["a", "b", "c"].into_iter().enumerate() {
        let of = |what: &str| format!("{what}-{name}");
        let vpc = id(&of("vpc"));
        d.put(vpc.as_str(), Vpc::new(net(&format!("10.{at}.0.0/16"))));
        d.put(&of("table"), RouteTable { main: true, ..RouteTable::new(vpc.clone()) });
        d.put(&of("acl"), NetworkAcl::default_of(vpc.clone()));
        d.put(&of("net"), Subnet::new(vpc.clone(), net(&format!("10.{at}.1.0/24")), "us-east-1a"));
        let mut group = SecurityGroup::new(vpc, name, name);
        group.ingress.push(SecurityGroupRule::tcp(22, SecurityGroupRulePeer::Ipv4(net("10.0.0.0/8"))));
        d.put(&of("sg"), group);
        let mut host = Instance::new(id(&of("net")));
        host.vpc_security_group_ids = vec![id(&of("sg"))];
        d.put(&of("host"), host);
    }
    d
}

fn kinds(trace: &Trace) -> Vec<HopKind> {
    trace.forward.iter().map(|it| it.kind).collect()
}

const FORWARD: Direction = Direction::Forward;
const REPLY: Direction = Direction::Reply;

fn peered() -> Drawing {
    let mut d = three();
    d.put("pcx", VpcPeeringConnection::new(id("vpc-a"), id("vpc-b")));
    d.route("table-a", "10.1.0.0/16", RouteTarget::VpcPeeringConnection(id("pcx")));
    d.route("table-b", "10.0.0.0/16", RouteTarget::VpcPeeringConnection(id("pcx")));
    d
}

#[test]
fn peering_needs_routes_on_both_sides_and_carries_nothing_through() {
    let mut d = peered();
    let trace = d.trace("host-a", "host-b", 22);
    assert_eq!(codes(&trace), []);
    assert!(kinds(&trace).contains(&HopKind::VpcPeeringConnection));
    assert!(d.works("host-b", "host-a", 22));
    assert_eq!(codes(&d.trace("host-a", "host-b", 23)), [(Code::EniSgRulesMismatch, FORWARD)]);
    assert_eq!(codes(&d.trace("host-a", "10.1.9.9", 22)), [(Code::EniAddressRestriction, FORWARD)]);
    assert_eq!(codes(&d.trace("host-a", "host-c", 22)), [(Code::DisconnectedVpcs, FORWARD)]);

    // Through `b` to `c`: a peering connection is no transit.
    d.put("pcx-2", VpcPeeringConnection::new(id("vpc-b"), id("vpc-c")));
    d.route("table-a", "10.2.0.0/16", RouteTarget::VpcPeeringConnection(id("pcx")));
    assert_eq!(codes(&d.trace("host-a", "host-c", 22)), [(Code::PcxRequiresAddressInVpcCidr, FORWARD)]);

    d.kind("table-b").as_route_table_mut().unwrap().routes.clear();
    assert_eq!(codes(&d.trace("host-a", "host-b", 22)), [(Code::NoRouteToDestination, REPLY)]);
    d.kind("pcx").as_vpc_peering_connection_mut().unwrap().auto_accept = false;
    assert_eq!(codes(&d.trace("host-a", "host-b", 22)), [(Code::BadStateRoute, FORWARD)]);
}

#[test]
fn groups_may_name_groups_across_a_peering_of_the_same_region() {
    let mut d = peered();
    let group = d.kind("sg-b").as_security_group_mut().unwrap();
    group.ingress = vec![SecurityGroupRule::tcp(22, SecurityGroupRulePeer::Group(id("sg-a")))];
    d.kind("sg-a").as_security_group_mut().unwrap().egress =
        vec![SecurityGroupRule::tcp(22, SecurityGroupRulePeer::Group(id("sg-b")))];
    assert_eq!(codes(&d.trace("host-a", "host-b", 22)), []);
    d.kind("vpc-b").as_vpc_mut().unwrap().region = Some("eu-west-1".to_owned());
    let found = codes(&d.trace("host-a", "host-b", 22));
    assert_eq!(found, [(Code::EniSgRulesMismatch, FORWARD), (Code::SgReferencesNotPreserved, FORWARD)]);
}

#[test]
fn a_route_through_a_prefix_list_and_a_blackhole() {
    let mut d = peered();
    let mut list = crate::model::ManagedPrefixList::new(5);
    list.entries.push(crate::model::PrefixListEntry {
        cidr: "10.1.0.0/16".parse().unwrap(),
        description: String::new(),
    });
    d.put("pl", list);
    let routes = &mut d.kind("table-a").as_route_table_mut().unwrap().routes;
    routes[0].destination = RouteDestination::ManagedPrefixList(id("pl"));
    assert_eq!(codes(&d.trace("host-a", "host-b", 22)), []);
    let rules = &mut d.kind("sg-b").as_security_group_mut().unwrap().ingress;
    rules[0].peer = SecurityGroupRulePeer::ManagedPrefixList(id("pl"));
    assert_eq!(codes(&d.trace("host-a", "host-b", 22)), [(Code::EniSgRulesMismatch, FORWARD)]);
    d.route("table-a", "10.1.1.0/24", RouteTarget::Blackhole("nat-gone".to_owned()));
    assert_eq!(codes(&d.trace("host-a", "host-b", 22)), [(Code::BadStateRoute, FORWARD)]);
}

/// All three VPCs on one transit gateway with one table.
fn attached() -> Drawing {
    let mut d = three();
    d.put("tgw", TransitGateway::default());
    let mut table = TransitGatewayRouteTable::new(id("tgw"));
    for name in ["a", "b", "c"] {
        let subnets = vec![id(&format!("net-{name}"))];
        let attachment = TransitGatewayVpcAttachment::new(id("tgw"), id(&format!("vpc-{name}")), subnets);
        d.put(&format!("att-{name}"), attachment);
        table.associations.push(id(&format!("att-{name}")));
        table.propagations.push(id(&format!("att-{name}")));
        d.route(&format!("table-{name}"), "10.0.0.0/8", RouteTarget::TransitGateway(id("tgw")));
    }
    d.put("tgw-rtb", table);
    d
}

fn tgw_table(d: &mut Drawing) -> &mut TransitGatewayRouteTable {
    d.kind("tgw-rtb").as_transit_gateway_route_table_mut().unwrap()
}

fn fixed(block: &str, to: Option<&str>) -> TransitGatewayRoute {
    TransitGatewayRoute {
        destination_cidr_block: block.parse().unwrap(),
        transit_gateway_attachment_id: to.map(id),
        blackhole: to.is_none(),
    }
}

#[test]
fn a_transit_gateway_needs_attachment_association_route_and_zone() {
    let mut d = attached();
    let trace = d.trace("host-a", "host-b", 22);
    assert_eq!(codes(&trace), []);
    assert!(kinds(&trace).contains(&HopKind::TransitGateway));
    // The answer finds no table of the transit gateway.
    tgw_table(&mut d).associations.retain(|it| *it != id("att-b"));
    assert_eq!(codes(&d.trace("host-a", "host-b", 22)), [(Code::TgwAttachMissingTgwRtbAssociation, REPLY)]);
    assert_eq!(codes(&d.trace("host-b", "host-a", 22)), [(Code::TgwAttachMissingTgwRtbAssociation, FORWARD)]);

    let mut d = attached();
    tgw_table(&mut d).propagations.retain(|it| *it != id("att-b"));
    assert_eq!(codes(&d.trace("host-a", "host-b", 22)), [(Code::TgwRtbNoRoute, FORWARD)]);
    tgw_table(&mut d).routes.push(fixed("10.1.0.0/16", Some("att-b")));
    assert!(d.works("host-a", "host-b", 22));
    tgw_table(&mut d).routes.push(fixed("10.1.1.0/24", None));
    assert_eq!(codes(&d.trace("host-a", "host-b", 22)), [(Code::TgwRtbBadStateRoute, FORWARD)]);

    let mut d = attached();
    // A static route wins over a propagated one of the same length, even when it leads elsewhere.
    tgw_table(&mut d).routes.push(fixed("10.1.0.0/16", Some("att-c")));
    let trace = d.trace("host-a", "host-b", 22);
    assert_eq!(trace.verdict(), Verdict::Blocked, "{trace:#?}");

    let mut d = attached();
    d.put("net-far", Subnet::new(id("vpc-a"), net("10.0.2.0/24"), "us-east-1b"));
    d.kind("host-a").as_instance_mut().unwrap().subnet_id = id("net-far");
    assert_eq!(codes(&d.trace("host-a", "host-b", 22)), [(Code::TgwRouteAzRestriction, FORWARD)]);
    d.0.topology.resources.remove(&id("att-a"));
    assert_eq!(codes(&d.trace("host-a", "host-b", 22)), [(Code::BadStateAttachment, FORWARD)]);
}

#[test]
fn the_list_of_an_attachments_subnet_is_asked() {
    let mut d = attached();
    let mut subnet = Subnet::new(id("vpc-b"), net("10.1.9.0/28"), "us-east-1a");
    subnet.network_acl_id = Some(id("closed"));
    d.put("net-tgw", subnet);
    d.put("closed", NetworkAcl::new(id("vpc-b")));
    let fields = d.kind("att-b").as_transit_gateway_vpc_attachment_mut().unwrap();
    fields.subnet_ids = vec![id("net-tgw")];
    let found = codes(&d.trace("host-a", "host-b", 22));
    assert_eq!(found, [(Code::SubnetAclRestriction, FORWARD), (Code::SubnetAclRestriction, REPLY)]);
}

#[test]
fn two_transit_gateways_peered() {
    let mut d = attached();
    // `c` moves to a transit gateway of its own.
    d.put("tgw-2", TransitGateway::default());
    d.put("peer", TransitGatewayPeeringAttachment::new(id("tgw"), id("tgw-2")));
    d.kind("att-c").as_transit_gateway_vpc_attachment_mut().unwrap().transit_gateway_id = id("tgw-2");
    d.kind("table-c").as_route_table_mut().unwrap().routes[0].target =
        RouteTarget::TransitGateway(id("tgw-2"));
    let table = tgw_table(&mut d);
    table.associations = vec![id("att-a"), id("att-b"), id("peer")];
    table.propagations = vec![id("att-a"), id("att-b")];
    table.routes = vec![fixed("10.2.0.0/16", Some("peer"))];
    let mut other = TransitGatewayRouteTable::new(id("tgw-2"));
    other.associations = vec![id("att-c"), id("peer")];
    other.propagations = vec![id("att-c")];
    d.put("tgw-rtb-2", other);
    assert_eq!(codes(&d.trace("host-a", "host-c", 22)), [(Code::TgwRtbNoRoute, REPLY)]);
    let other = d.kind("tgw-rtb-2").as_transit_gateway_route_table_mut().unwrap();
    other.routes = vec![fixed("10.0.0.0/15", Some("peer"))];
    assert_eq!(codes(&d.trace("host-a", "host-c", 22)), []);
    d.kind("peer").as_transit_gateway_peering_attachment_mut().unwrap().auto_accept = false;
    assert_eq!(codes(&d.trace("host-a", "host-c", 22)), [(Code::TgwRtbBadStateRoute, FORWARD)]);
}

#[test]
fn there_by_peering_and_back_by_transit_gateway() {
    let mut d = attached();
    d.put("pcx", VpcPeeringConnection::new(id("vpc-a"), id("vpc-b")));
    d.route("table-a", "10.1.0.0/16", RouteTarget::VpcPeeringConnection(id("pcx")));
    let trace = d.trace("host-a", "host-b", 22);
    assert_eq!(codes(&trace), []);
    assert!(kinds(&trace).contains(&HopKind::VpcPeeringConnection));
    assert!(trace.reply.iter().any(|it| it.kind == HopKind::TransitGateway));
}

#[test]
fn on_premises_by_virtual_private_gateway_and_by_vpn() {
    let mut d = three();
    let blocks = vec!["192.168.0.0/16".parse().unwrap()];
    d.put(
        "vgw",
        VpnGateway { vpc_id: Some(id("vpc-a")), on_premises_cidr_blocks: blocks, ..VpnGateway::default() },
    );
    assert_eq!(codes(&d.trace("host-a", "192.168.1.1", 22)), [(Code::NoRouteToDestination, FORWARD)]);
    d.kind("table-a").as_route_table_mut().unwrap().propagating_vgws = vec![id("vgw")];
    let trace = d.trace("host-a", "192.168.1.1", 22);
    assert_eq!(codes(&trace), []);
    assert!(kinds(&trace).ends_with(&[HopKind::VpnGateway, HopKind::OnPremises]));
    // A static route for the same block wins over what is propagated.
    d.route("table-a", "192.168.0.0/16", RouteTarget::Blackhole("eni-gone".to_owned()));
    assert_eq!(codes(&d.trace("host-a", "192.168.1.1", 22)), [(Code::BadStateRoute, FORWARD)]);

    let mut d = attached();
    let vpn = VpnConnection {
        transit_gateway_id: Some(id("tgw")),
        on_premises_cidr_blocks: vec!["10.200.0.0/16".parse().unwrap()],
        ..VpnConnection::default()
    };
    d.put("vpn", vpn);
    tgw_table(&mut d).associations.push(id("vpn"));
    tgw_table(&mut d).propagations.push(id("vpn"));
    assert_eq!(codes(&d.trace("host-a", "10.200.0.1", 22)), []);
    assert_eq!(codes(&d.trace("10.200.0.1", "host-a", 22)), []);
}

#[test]
fn groups_may_name_groups_across_a_transit_gateway_where_all_parts_support_it() {
    let mut d = attached();
    let group = d.kind("sg-b").as_security_group_mut().unwrap();
    group.ingress = vec![SecurityGroupRule::tcp(22, SecurityGroupRulePeer::Group(id("sg-a")))];
    let set = |d: &mut Drawing, [gateway, from, to]: [bool; 3]| {
        let it = d.kind("tgw").as_transit_gateway_mut().unwrap();
        it.security_group_referencing_support = gateway;
        for (name, supports) in [("att-a", from), ("att-b", to)] {
            let it = d.kind(name).as_transit_gateway_vpc_attachment_mut().unwrap();
            it.security_group_referencing_support = supports;
        }
    };
    set(&mut d, [true, true, true]);
    assert_eq!(codes(&d.trace("host-a", "host-b", 22)), []);
    for one_does_not in [[false, true, true], [true, false, true], [true, true, false]] {
        set(&mut d, one_does_not);
        let found = codes(&d.trace("host-a", "host-b", 22));
        assert_eq!(found, [(Code::SgReferencesNotPreserved, FORWARD)], "{one_does_not:?}");
    }
}

#[test]
fn the_nearest_of_two_hosts_with_one_address() {
    let mut d = three();
    d.kind("vpc-b").as_vpc_mut().unwrap().cidr_block = net("10.0.0.0/16");
    d.kind("net-b").as_subnet_mut().unwrap().cidr_block = net("10.0.1.0/24");
    for host in ["host-a", "host-b"] {
        d.kind(host).as_instance_mut().unwrap().private_ip = Some("10.0.1.50".parse().unwrap());
    }
    let mut twin = Instance::new(id("net-a"));
    twin.vpc_security_group_ids = vec![id("sg-a")];
    d.put("twin", twin);
    let trace = d.trace("twin", "10.0.1.50", 22);
    assert_eq!(trace.forward.last().unwrap().resource, Some(id("host-a")));
    assert_eq!(codes(&d.trace("twin", "host-b", 22)), [(Code::EniAddressRestriction, FORWARD)]);
}

#[test]
fn a_network_load_balancer_passes_on_to_a_healthy_target() {
    for preserve_client_ip in [false, true] {
        let mut d = three();
        d.put("net-lb", Subnet::new(id("vpc-a"), net("10.0.2.0/24"), "us-east-1a"));
        let mut client = Instance::new(id("net-lb"));
        client.vpc_security_group_ids = vec![id("sg-a")];
        d.put("client", client);
        let mut group = TargetGroup::new(id("vpc-a"), Protocol::Tcp, 22);
        group.preserve_client_ip = preserve_client_ip;
        let target = Target { target_id: Some(id("host-a")), ..Target::default() };
        group.targets.push(target);
        d.put("tg", group);
        let mut balancer = LoadBalancer::new(id("vpc-a"));
        balancer.internal = true;
        balancer.subnet_mappings.push(SubnetMapping {
            subnet_id: id("net-lb"),
            private_ipv4_address: None,
            public_ip: None,
            allocation_id: None,
        });
        let listener =
            Listener { protocol: Protocol::Tcp, tcp_udp: false, port: 80, target_group_ids: vec![id("tg")] };
        balancer.listeners.push(listener);
        d.put("nlb", balancer);
        let trace = d.trace("client", "nlb", 80);
        assert_eq!(codes(&trace), [], "{trace:#?}");
        assert_eq!(trace.forward.last().unwrap().resource, Some(id("host-a")));
        assert_eq!(codes(&d.trace("client", "nlb", 81)), [(Code::Elbv2ListenersMismatch, FORWARD)]);
        d.kind("tg").as_target_group_mut().unwrap().targets[0].unhealthy = true;
        assert_eq!(codes(&d.trace("client", "nlb", 80)), [(Code::Elbv2ListenerHasNoTg, FORWARD)]);
    }
}

#[test]
fn targets_see_the_client_or_the_load_balancer() {
    let mut d = three();
    d.put("net-lb", Subnet::new(id("vpc-a"), net("10.0.2.0/24"), "us-east-1a"));
    let mut client = Instance::new(id("net-lb"));
    client.vpc_security_group_ids = vec![id("sg-a")];
    client.private_ip = Some("10.0.2.50".parse().unwrap());
    d.put("client", client);
    let mut group = TargetGroup::new(id("vpc-a"), Protocol::Tcp, 22);
    group.targets.push(Target { target_id: Some(id("host-a")), ..Target::default() });
    d.put("tg", group);
    let mut balancer = LoadBalancer::new(id("vpc-a"));
    balancer.internal = true;
    balancer.subnet_mappings.push(SubnetMapping {
        subnet_id: id("net-lb"),
        private_ipv4_address: Some("10.0.2.60".parse().unwrap()),
        public_ip: None,
        allocation_id: None,
    });
    let target_group_ids = vec![id("tg")];
    balancer.listeners.push(Listener { protocol: Protocol::Tcp, tcp_udp: false, port: 80, target_group_ids });
    d.put("nlb", balancer);
    for (seen, preserved) in [("10.0.2.50/32", true), ("10.0.2.60/32", false)] {
        let peer = SecurityGroupRulePeer::Ipv4(net(seen));
        d.kind("sg-a").as_security_group_mut().unwrap().ingress = vec![SecurityGroupRule::tcp(22, peer)];
        for preserve_client_ip in [true, false] {
            d.kind("tg").as_target_group_mut().unwrap().preserve_client_ip = preserve_client_ip;
            let works = d.works("client", "nlb", 80);
            assert_eq!(works, preserved == preserve_client_ip, "{seen}, preserving: {preserve_client_ip}");
        }
    }
}

/// The VPC `a` with IPv6, both gateways, and a route outwards by the egress-only one.
fn six() -> Drawing {
    let mut d = three();
    d.kind("vpc-a").as_vpc_mut().unwrap().ipv6_cidr_blocks = vec!["2600:1f18::/56".parse().unwrap()];
    let subnet = d.kind("net-a").as_subnet_mut().unwrap();
    subnet.ipv6_cidr_block = Some("2600:1f18::/64".parse().unwrap());
    subnet.assign_ipv6_address_on_creation = true;
    let group = d.kind("sg-a").as_security_group_mut().unwrap();
    let anyone = SecurityGroupRulePeer::Ipv6("::/0".parse().unwrap());
    group.egress.push(SecurityGroupRule::all_traffic(anyone));
    d.kind("acl-a").as_network_acl_mut().unwrap().ingress.push(crate::model::AclRule {
        rule_number: 101,
        cidr_block: "::/0".parse().unwrap(),
        ..crate::model::AclRule::allow_all()
    });
    d.kind("acl-a").as_network_acl_mut().unwrap().egress.push(crate::model::AclRule {
        rule_number: 101,
        cidr_block: "::/0".parse().unwrap(),
        ..crate::model::AclRule::allow_all()
    });
    d.put("eigw", EgressOnlyInternetGateway { vpc_id: id("vpc-a") });
    d.put("igw", InternetGateway { vpc_id: Some(id("vpc-a")) });
    let route = crate::model::Route {
        destination: RouteDestination::Ipv6("::/0".parse().unwrap()),
        target: RouteTarget::EgressOnlyGateway(id("eigw")),
    };
    d.kind("table-a").as_route_table_mut().unwrap().routes.push(route);
    d
}

#[test]
fn ipv6_goes_out_and_in_by_the_right_gateways() {
    let mut d = six();
    let anyone = SecurityGroupRulePeer::Ipv6("::/0".parse().unwrap());
    let trace = d.trace("host-a", "2001:db8::7", 443);
    assert_eq!(codes(&trace), [], "{trace:#?}");
    assert!(kinds(&trace).contains(&HopKind::EgressOnlyInternetGateway));
    d.kind("sg-a").as_security_group_mut().unwrap().ingress.push(SecurityGroupRule::tcp(443, anyone));
    assert_eq!(codes(&d.trace("2001:db8::7", "host-a", 443)), [(Code::CannotRoute, REPLY)]);
    d.kind("table-a").as_route_table_mut().unwrap().routes[0].target = RouteTarget::Gateway(id("igw"));
    assert_eq!(codes(&d.trace("2001:db8::7", "host-a", 443)), []);
    assert_eq!(codes(&d.trace("host-a", "2001:db8::7", 443)), []);
}

#[test]
fn nat64_reaches_the_ipv4_internet() {
    let mut d = six();
    d.put("eip", crate::model::ElasticIp::default());
    d.put("nat", crate::model::NatGateway::public(id("net-pub"), Some(id("eip"))));
    d.put("table-pub", RouteTable::new(id("vpc-a")));
    d.route("table-pub", "0.0.0.0/0", RouteTarget::Gateway(id("igw")));
    let mut subnet = Subnet::new(id("vpc-a"), net("10.0.7.0/24"), "us-east-1a");
    subnet.route_table_id = Some(id("table-pub"));
    subnet.ipv6_cidr_block = Some("2600:1f18:0:7::/64".parse().unwrap());
    d.put("net-pub", subnet);
    let route = crate::model::Route {
        destination: RouteDestination::Ipv6("64:ff9b::/96".parse().unwrap()),
        target: RouteTarget::NatGateway(id("nat")),
    };
    d.kind("table-a").as_route_table_mut().unwrap().routes.push(route);
    for protocol in [Protocol::Tcp, Protocol::Icmp] {
        let trace = d.trace_protocol("host-a", "64:ff9b::8.8.8.8", protocol, 443);
        assert_eq!(codes(&trace), [], "{trace:#?}");
        assert!(kinds(&trace).contains(&HopKind::NatGateway));
    }
    // Any other IPv6 packet it does not carry.
    d.kind("table-a").as_route_table_mut().unwrap().routes[1].destination =
        RouteDestination::Ipv6("2001:db8::/32".parse().unwrap());
    let found = codes(&d.trace("host-a", "2001:db8::7", 443));
    assert_eq!(found, [(Code::CannotRoute, FORWARD)]);
}

#[test]
fn groups_of_an_interface_are_one_set_of_rules() {
    let mut d = peered();
    let mut group = SecurityGroup::new(id("vpc-b"), "https", "https");
    group.ingress.push(SecurityGroupRule::tcp(443, SecurityGroupRulePeer::Ipv4(net("10.0.0.0/8"))));
    d.put("sg-https", group);
    d.kind("host-b").as_instance_mut().unwrap().vpc_security_group_ids = vec![id("sg-b"), id("sg-https")];
    assert!(d.works("host-a", "host-b", 443) && d.works("host-a", "host-b", 22));
}

#[test]
fn a_private_nat_gateway_hides_the_client_from_groups() {
    let mut d = peered();
    let mut subnet = Subnet::new(id("vpc-a"), net("10.0.5.0/24"), "us-east-1a");
    subnet.route_table_id = Some(id("table-nat"));
    d.put("table-nat", RouteTable::new(id("vpc-a")));
    d.put("net-nat", subnet);
    d.put("nat", crate::model::NatGateway::private(id("net-nat")));
    d.route("table-nat", "10.1.0.0/16", RouteTarget::VpcPeeringConnection(id("pcx")));
    let routes = &mut d.kind("table-a").as_route_table_mut().unwrap().routes;
    routes[0].target = RouteTarget::NatGateway(id("nat"));
    // The address of the gateway is in the block that the group admits.
    let trace = d.trace("host-a", "host-b", 22);
    assert_eq!(codes(&trace), [], "{trace:#?}");
    let group = d.kind("sg-b").as_security_group_mut().unwrap();
    group.ingress = vec![SecurityGroupRule::tcp(22, SecurityGroupRulePeer::Group(id("sg-a")))];
    assert_eq!(codes(&d.trace("host-a", "host-b", 22)), [(Code::SgReferencesNotPreserved, FORWARD)]);
}
