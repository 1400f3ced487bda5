//! Walks over the tutorial's network, step by step, and over its faults.

use std::sync::Arc;

use super::{Code, Direction, Flow, HopKind, Network, Party, Trace, Verdict, walk};
use crate::{
    model::{
        AclRule, ConnectivityType, Document, ElasticIp, GatewayEndpoint, Instance, InterfaceEndpoint,
        InternetGateway, NatGateway, NetworkAcl, Resource, ResourceId, ResourceKind, Route, RouteDestination,
        RouteTable, RouteTarget, SecurityGroup, SecurityGroupRule, SecurityGroupRulePeer, Subnet, Vpc,
    },
    net::{Protocol, cidr},
};

pub(super) fn id(text: &str) -> ResourceId {
    ResourceId::new(text).unwrap()
}

pub(super) fn net(text: &str) -> ipnet::Ipv4Net {
    cidr::parse_ipv4(text).unwrap()
}

pub(super) struct Drawing(pub Document);

impl Drawing {
    pub fn put(&mut self, name: &str, kind: impl Into<ResourceKind>) {
        self.0.topology.resources.insert(id(name), Arc::new(Resource::new(id(name), name, kind)));
    }

    pub fn kind(&mut self, name: &str) -> &mut ResourceKind {
        &mut Arc::make_mut(self.0.topology.resources.get_mut(&id(name)).unwrap()).kind
    }

    pub fn route(&mut self, table: &str, destination: &str, target: RouteTarget) {
        let destination = RouteDestination::Ipv4(net(destination));
        self.kind(table).as_route_table_mut().unwrap().routes.push(Route { destination, target });
    }

    pub fn trace(&self, from: &str, to: &str, port: u16) -> Trace {
        self.trace_protocol(from, to, Protocol::Tcp, port)
    }

    pub fn trace_protocol(&self, from: &str, to: &str, protocol: Protocol, port: u16) -> Trace {
        let index = self.0.topology.index();
        let network = Network::new(&self.0.topology, &index);
        let party = |text| Party::parse(&self.0.topology, text).unwrap();
        walk(&network, &Flow::new(party(from), party(to), protocol, port))
    }

    pub fn works(&self, from: &str, to: &str, port: u16) -> bool {
        self.trace(from, to, port).verdict() == Verdict::Reachable
    }
}

pub(super) fn codes(trace: &Trace) -> Vec<(Code, Direction)> {
    trace.blockers.iter().map(|it| (it.code, it.direction)).collect()
}

/// The tutorial's network after a step: 2 with hosts, 3 gateway, 4 route, 6 NAT.
fn tutorial(step: u8) -> Drawing {
    let mut d = Drawing(Document::new("tutorial", "us-east-1"));
    let vpc = || id("vpc");
    d.put("vpc", Vpc::new(net("10.0.0.0/16")));
    for (name, main) in [("main", true), ("public-table", false)] {
        d.put(name, RouteTable { main, ..RouteTable::new(vpc()) });
    }
    d.put("acl", NetworkAcl::default_of(vpc()));
    d.put("sg-default", SecurityGroup::default_of(vpc(), id("sg-default")));
    for (name, block, table) in
        [("public", "10.0.0.0/24", "public-table"), ("private", "10.0.1.0/24", "main")]
    {
        let mut subnet = Subnet::new(vpc(), net(block), "us-east-1a");
        subnet.map_public_ip_on_launch = name == "public";
        subnet.route_table_id = Some(id(table));
        d.put(name, subnet);
    }
    let operator = SecurityGroupRulePeer::Ipv4(net("203.0.113.7/32"));
    for (name, peer) in
        [("sg-bastion", operator), ("sg-host", SecurityGroupRulePeer::Group(id("sg-bastion")))]
    {
        let mut group = SecurityGroup::new(vpc(), name, name);
        group.ingress.push(SecurityGroupRule::tcp(22, peer));
        d.put(name, group);
    }
    for (name, subnet, group) in [("bastion", "public", "sg-bastion"), ("host", "private", "sg-host")] {
        let mut instance = Instance::new(id(subnet));
        instance.vpc_security_group_ids = vec![id(group)];
        d.put(name, instance);
    }
    if step >= 3 {
        d.put("igw", InternetGateway { vpc_id: Some(vpc()) });
    }
    if step >= 4 {
        d.route("public-table", "0.0.0.0/0", RouteTarget::Gateway(id("igw")));
    }
    if step >= 6 {
        d.put("eip", ElasticIp::default());
        let subnet_id = id("public");
        let connectivity_type = ConnectivityType::Public;
        d.put(
            "nat",
            NatGateway {
                subnet_id,
                connectivity_type,
                allocation_id: Some(id("eip")),
                secondary_allocation_ids: Vec::new(),
                private_ip: None,
            },
        );
        d.route("main", "0.0.0.0/0", RouteTarget::NatGateway(id("nat")));
    }
    d
}

#[test]
fn the_tutorial_step_by_step() {
    let flows = [
        ("internet", "bastion", 22),
        ("bastion", "internet", 443),
        ("bastion", "host", 22),
        ("internet", "host", 22),
        ("host", "internet", 443),
        ("host", "internet", 43),
    ];
    let table = [
        (2, [false, false, true, false, false, false]),
        (3, [false, false, true, false, false, false]),
        (4, [true, true, true, false, false, false]),
        (6, [true, true, true, false, true, true]),
    ];
    for (step, expected) in table {
        let drawing = tutorial(step);
        let found = flows.map(|(from, to, port)| drawing.works(from, to, port));
        assert_eq!(found, expected, "after step {step}");
    }
}

#[test]
fn the_reasons_are_those_of_the_tutorial() {
    let d = tutorial(2);
    assert_eq!(
        codes(&d.trace("internet", "bastion", 22)),
        [(Code::UnassociatedComponent, Direction::Forward)]
    );
    assert_eq!(codes(&d.trace("host", "internet", 443)), [(Code::NoRouteToDestination, Direction::Forward)]);
    let d = tutorial(3);
    // The packet comes in by the gateway; it is the reply that finds no route.
    assert_eq!(codes(&d.trace("internet", "bastion", 22)), [(Code::NoRouteToDestination, Direction::Reply)]);
    let d = tutorial(6);
    let found = codes(&d.trace("internet", "host", 22));
    assert_eq!(found[0], (Code::IgwPrivateIpAssociationForIngress, Direction::Forward));
    assert_eq!(
        codes(&d.trace("internet", "nat", 443)),
        [(Code::NgwDestAddressPreservation, Direction::Forward)]
    );
    let via: Vec<HopKind> = d.trace("host", "internet", 443).forward.iter().map(|hop| hop.kind).collect();
    assert!(via.contains(&HopKind::NatGateway) && via.contains(&HopKind::InternetGateway));
}

#[test]
fn endpoints_beat_the_nat_and_work_without_it() {
    let mut d = tutorial(6);
    let service = "com.amazonaws.us-east-1.s3".to_owned();
    d.put(
        "s3",
        GatewayEndpoint { vpc_id: id("vpc"), service_name: service, route_table_ids: vec![id("main")] },
    );
    let trace = d.trace("host", "s3", 443);
    assert_eq!(trace.verdict(), Verdict::Reachable, "{trace:#?}");
    assert!(trace.forward.iter().all(|hop| hop.kind != HopKind::NatGateway));
    let trace = d.trace_protocol("host", "s3", Protocol::Udp, 443);
    assert_eq!(codes(&trace), [(Code::VpceGatewayProtocolRestriction, Direction::Forward)]);
    // Out of the table the service is reached by the NAT gateway, and by nothing without that.
    d.kind("s3").as_gateway_endpoint_mut().unwrap().route_table_ids.clear();
    assert!(d.works("host", "s3", 443));
    d.kind("main").as_route_table_mut().unwrap().routes.clear();
    assert_eq!(codes(&d.trace("host", "s3", 443)), [(Code::NoRouteToDestination, Direction::Forward)]);

    let mut endpoint = InterfaceEndpoint {
        vpc_id: id("vpc"),
        service_name: "com.amazonaws.us-east-1.ssm".to_owned(),
        subnet_ids: vec![id("public")],
        security_group_ids: vec![id("sg-bastion")],
        private_dns_enabled: false,
        subnet_configurations: Vec::new(),
    };
    d.put("ssm", endpoint.clone());
    assert_eq!(codes(&d.trace("host", "ssm", 443)), [(Code::EniSgRulesMismatch, Direction::Forward)]);
    let mut group = SecurityGroup::new(id("vpc"), "https", "https");
    group.ingress.push(SecurityGroupRule::tcp(443, SecurityGroupRulePeer::Ipv4(net("10.0.0.0/16"))));
    d.put("sg-https", group);
    endpoint.security_group_ids = vec![id("sg-https")];
    d.put("ssm", endpoint);
    assert!(d.works("host", "ssm", 443));
}

#[test]
fn network_acls_are_stateless_and_in_order() {
    let mut d = tutorial(6);
    let rule = |rule_number, from, to| AclRule {
        rule_number,
        protocol: Protocol::Tcp,
        from_port: Some(from),
        to_port: Some(to),
        ..AclRule::allow_all()
    };
    let mut acl = NetworkAcl::new(id("vpc"));
    acl.ingress = vec![rule(100, 22, 22)];
    acl.egress = vec![rule(100, 443, 443)];
    d.put("acl-private", acl);
    d.kind("private").as_subnet_mut().unwrap().network_acl_id = Some(id("acl-private"));
    assert_eq!(codes(&d.trace("bastion", "host", 22)), [(Code::SubnetAclRestriction, Direction::Reply)]);
    assert_eq!(codes(&d.trace("host", "internet", 443)), [(Code::SubnetAclRestriction, Direction::Reply)]);
    let acl = d.kind("acl-private").as_network_acl_mut().unwrap();
    acl.egress.push(rule(200, 1024, 65535));
    acl.ingress.push(rule(200, 1024, 65535));
    assert!(d.works("bastion", "host", 22) && d.works("host", "internet", 443));
    // A lower number that denies wins, wherever it stands in the list.
    let deny = AclRule { rule_action: crate::model::RuleAction::Deny, ..rule(50, 0, 65535) };
    d.kind("acl-private").as_network_acl_mut().unwrap().ingress.push(deny);
    let found = codes(&d.trace("bastion", "host", 22));
    assert_eq!(found, [(Code::SubnetAclRestriction, Direction::Forward)]);
}

#[test]
fn the_nats_own_subnet_is_asked_too() {
    let mut d = tutorial(6);
    let mut acl = NetworkAcl::default_of(id("vpc"));
    acl.is_default = false;
    // Replies to a NAT gateway come to any port from 1024 on; Linux's own range is not enough.
    acl.ingress = vec![
        AclRule { cidr_block: "10.0.0.0/16".parse().unwrap(), ..AclRule::allow_all() },
        AclRule {
            rule_number: 200,
            protocol: Protocol::Tcp,
            from_port: Some(32768),
            to_port: Some(60999),
            ..AclRule::allow_all()
        },
    ];
    d.put("acl-public", acl);
    d.kind("public").as_subnet_mut().unwrap().network_acl_id = Some(id("acl-public"));
    assert_eq!(codes(&d.trace("host", "internet", 443)), [(Code::SubnetAclRestriction, Direction::Reply)]);
}

#[test]
fn within_a_subnet_no_network_acl_is_asked() {
    let mut d = tutorial(4);
    d.put("closed", NetworkAcl::new(id("vpc")));
    d.kind("private").as_subnet_mut().unwrap().network_acl_id = Some(id("closed"));
    let mut twin = Instance::new(id("private"));
    twin.vpc_security_group_ids = vec![id("sg-bastion")];
    d.put("twin", twin);
    assert!(d.works("twin", "host", 22));
    let found = codes(&d.trace("bastion", "host", 22));
    assert_eq!(
        found,
        [(Code::SubnetAclRestriction, Direction::Forward), (Code::SubnetAclRestriction, Direction::Reply)]
    );
}

#[test]
fn a_nat_in_a_private_subnet_and_a_private_nat_lead_nowhere() {
    let mut d = tutorial(6);
    d.kind("nat").as_nat_gateway_mut().unwrap().subnet_id = id("private");
    assert_eq!(codes(&d.trace("host", "internet", 443)), [(Code::CannotRoute, Direction::Forward)]);
    let mut d = tutorial(6);
    let nat = d.kind("nat").as_nat_gateway_mut().unwrap();
    (nat.connectivity_type, nat.allocation_id) = (ConnectivityType::Private, None);
    let found = codes(&d.trace("host", "internet", 443));
    assert_eq!(found, [(Code::IgwPublicIpAssociationForEgress, Direction::Forward)]);
}

#[test]
fn an_instance_that_forwards_needs_its_check_off() {
    let mut d = tutorial(4);
    d.route("main", "0.0.0.0/0", RouteTarget::Instance(id("bastion")));
    let group = d.kind("sg-bastion").as_security_group_mut().unwrap();
    group.ingress.push(SecurityGroupRule::all_traffic(SecurityGroupRulePeer::Ipv4(net("10.0.0.0/16"))));
    let found = codes(&d.trace("host", "internet", 443));
    assert_eq!(found, [(Code::EniSourceDestCheckRestriction, Direction::Forward)]);
    d.kind("bastion").as_instance_mut().unwrap().source_dest_check = false;
    assert!(d.works("host", "internet", 443));
}

#[test]
fn the_longest_prefix_wins_even_when_it_leads_nowhere() {
    let mut d = tutorial(6);
    d.put("spare", InternetGateway::default());
    d.route("main", "198.51.100.0/24", RouteTarget::Gateway(id("spare")));
    assert_eq!(codes(&d.trace("host", "198.51.100.9", 443)), [(Code::BadStateRoute, Direction::Forward)]);
    assert!(d.works("host", "198.51.101.9", 443));
}

#[test]
fn every_blocker_is_named_not_only_the_first() {
    let mut d = tutorial(4);
    d.kind("sg-bastion").as_security_group_mut().unwrap().egress.clear();
    d.kind("public").as_subnet_mut().unwrap().map_public_ip_on_launch = false;
    let found = codes(&d.trace("bastion", "internet", 443));
    let expected = [
        (Code::SgHasNoRules, Direction::Forward),
        (Code::IgwPublicIpAssociationForEgress, Direction::Forward),
    ];
    assert_eq!(found, expected);
}

#[test]
fn names_of_parties_are_read_or_refused_with_a_reason() {
    let d = tutorial(2);
    let read = |text| Party::parse(&d.0.topology, text);
    assert_eq!(read("internet"), Ok(Party::Internet));
    assert_eq!(read("10.0.0.9"), Ok(Party::Address("10.0.0.9".parse().unwrap())));
    assert!(read("vpc").unwrap_err().to_string().contains("has no network interface"));
    assert!(read("nowhere").unwrap_err().to_string().starts_with("`nowhere` is no resource id"));
}

#[test]
fn a_missing_public_address_is_the_only_blocker_named() {
    let mut d = tutorial(6);
    d.kind("bastion").as_instance_mut().unwrap().associate_public_ip_address = Some(false);
    let found = codes(&d.trace("bastion", "internet", 443));
    assert_eq!(found, [(Code::IgwPublicIpAssociationForEgress, Direction::Forward)]);
    // To the public address of a neighbour, too.
    let mut twin = Instance::new(id("public"));
    twin.public_ip = Some("203.0.113.99".parse().unwrap());
    let anyone = SecurityGroupRulePeer::Ipv4(net("0.0.0.0/0"));
    d.kind("sg-default").as_security_group_mut().unwrap().ingress.push(SecurityGroupRule::tcp(22, anyone));
    d.put("twin", twin);
    let found = codes(&d.trace("bastion", "203.0.113.99", 22));
    assert_eq!(found, [(Code::IgwPublicIpAssociationForEgress, Direction::Forward)]);
}

#[test]
fn what_stays_beside_the_host_is_asked_of_no_rule() {
    let mut d = tutorial(2);
    let group = d.kind("sg-host").as_security_group_mut().unwrap();
    (group.ingress, group.egress) = (Vec::new(), Vec::new());
    assert!(d.works("host", "host", 80));
    for (address, port, works) in [
        ("10.0.0.2", 53, true),
        ("10.0.0.2", 80, false),
        ("169.254.169.254", 80, true),
        ("169.254.169.253", 53, true),
    ] {
        assert_eq!(d.works("host", address, port), works, "{address}:{port}");
    }
    d.kind("vpc").as_vpc_mut().unwrap().enable_dns_support = false;
    assert!(!d.works("host", "10.0.0.2", 53));
}

#[test]
fn a_nat_gateway_sends_no_reply_of_a_connection_that_it_has_not_seen() {
    let mut d = tutorial(6);
    // The bastion is reached by the internet gateway, and answers by the NAT gateway.
    let nat_subnet = Subnet::new(id("vpc"), net("10.0.9.0/24"), "us-east-1a");
    d.put("nat-subnet", nat_subnet);
    d.kind("nat-subnet").as_subnet_mut().unwrap().route_table_id = Some(id("nat-table"));
    d.put("nat-table", RouteTable::new(id("vpc")));
    d.route("nat-table", "0.0.0.0/0", RouteTarget::Gateway(id("igw")));
    d.kind("nat").as_nat_gateway_mut().unwrap().subnet_id = id("nat-subnet");
    d.kind("public-table").as_route_table_mut().unwrap().routes[0].target =
        RouteTarget::NatGateway(id("nat"));
    let trace = d.trace("internet", "bastion", 22);
    assert_eq!(codes(&trace), [(Code::CannotRoute, Direction::Reply)]);
    assert_eq!(trace.blockers[0].resource, Some(id("nat")));
}

#[test]
fn block_public_access_stops_what_its_mode_says() {
    use crate::model::{BlockExclusion, BlockMode, ExclusionMode, VpcBlockPublicAccess};
    const SHUT: Code = Code::VpcBlockPublicAccessEnabled;
    let excluded = |subnet: &str, internet_gateway_exclusion_mode| BlockExclusion {
        vpc_id: None,
        subnet_id: Some(id(subnet)),
        internet_gateway_exclusion_mode,
    };
    let both = [(SHUT, Direction::Forward), (SHUT, Direction::Reply)];
    let table = [
        (BlockMode::Off, None, [false, false, false]),
        (BlockMode::BlockIngress, None, [true, true, false]),
        (BlockMode::BlockBidirectional, None, [true, true, true]),
        (BlockMode::BlockBidirectional, Some(ExclusionMode::AllowEgress), [true, true, false]),
        (BlockMode::BlockBidirectional, Some(ExclusionMode::AllowBidirectional), [false, false, false]),
    ];
    for (mode, exclusion, shut) in table {
        let mut d = tutorial(6);
        let settings = VpcBlockPublicAccess {
            internet_gateway_block_mode: mode,
            exclusions: exclusion.into_iter().map(|mode| excluded("public", mode)).collect(),
        };
        d.put("bpa", settings);
        let flows = [("internet", "bastion", 22), ("bastion", "internet", 443), ("host", "internet", 443)];
        for ((from, to, port), shut) in flows.into_iter().zip(shut) {
            let expected: &[(Code, Direction)] = if shut { &both } else { &[] };
            assert_eq!(codes(&d.trace(from, to, port)), expected, "{mode:?} {exclusion:?}, {from} to {to}");
        }
    }
}

#[test]
fn the_list_of_the_nats_subnet_is_asked_on_the_way_there() {
    let mut d = tutorial(6);
    let mut acl = NetworkAcl::default_of(id("vpc"));
    acl.is_default = false;
    let deny = crate::model::RuleAction::Deny;
    let block = "10.0.1.0/24".parse().unwrap();
    acl.ingress.push(AclRule {
        rule_number: 10,
        rule_action: deny,
        cidr_block: block,
        ..AclRule::allow_all()
    });
    d.put("acl-public", acl);
    d.kind("public").as_subnet_mut().unwrap().network_acl_id = Some(id("acl-public"));
    assert_eq!(codes(&d.trace("host", "internet", 443)), [(Code::SubnetAclRestriction, Direction::Forward)]);
}
