//! The walk against the naive model, on random small networks.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use super::{Code, Flow, Network, Party, Verdict, naive, walk};
use crate::{
    model::{
        AclRule, ConnectivityType, Document, ElasticIp, Instance, InternetGateway, NatGateway, NetworkAcl,
        Resource, ResourceId, ResourceKind, Route, RouteDestination, RouteTable, RouteTarget, RuleAction,
        SecurityGroup, SecurityGroupRule, SecurityGroupRulePeer, Subnet, Vpc,
    },
    net::{Protocol, cidr},
};

const OUTSIDE: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));

fn id(text: &str) -> ResourceId {
    ResourceId::new(text).unwrap()
}

fn net(text: &str) -> ipnet::Ipv4Net {
    cidr::parse_ipv4(text).unwrap()
}

/// Numbers from which a network is made; each draws on the next.
struct Dice<'a> {
    numbers: std::slice::Iter<'a, u8>,
}

impl Dice<'_> {
    fn roll(&mut self, sides: u8) -> u8 {
        self.numbers.next().copied().unwrap_or(0) % sides
    }

    fn one_in(&mut self, sides: u8) -> bool {
        self.roll(sides) == 0
    }

    fn pick<T: Clone>(&mut self, list: &[T]) -> T {
        let sides = u8::try_from(list.len()).unwrap();
        list[usize::from(self.roll(sides))].clone()
    }
}

const BLOCKS: &[&str] =
    &["0.0.0.0/0", "0.0.0.0/0", "10.0.0.0/16", "10.0.1.0/24", "203.0.113.0/24", "203.0.113.7/32"];
const SUBNETS: &[&str] = &["public", "private", "data"];
const HOSTS: &[&str] = &["a", "b", "c"];

fn put(document: &mut Document, name: &str, kind: impl Into<ResourceKind>) {
    document.topology.resources.insert(id(name), Arc::new(Resource::new(id(name), name, kind)));
}

fn ports(dice: &mut Dice<'_>) -> (u16, u16) {
    dice.pick(&[(22, 22), (443, 443), (0, 65535), (1024, 65535), (32768, 60999), (1, 1023)])
}

fn acl_rules(dice: &mut Dice<'_>) -> Vec<AclRule> {
    (0..=dice.roll(4))
        .map(|_| {
            let protocol =
                dice.pick(&[Protocol::All, Protocol::Tcp, Protocol::Tcp, Protocol::Udp, Protocol::Icmp]);
            let (from, to) = ports(dice);
            let icmp = protocol == Protocol::Icmp;
            AclRule {
                rule_number: u16::from(dice.roll(200)) + 1,
                protocol,
                rule_action: if dice.one_in(4) { RuleAction::Deny } else { RuleAction::Allow },
                cidr_block: ipnet::IpNet::V4(net(dice.pick(BLOCKS))),
                from_port: protocol.has_ports().then_some(from),
                to_port: protocol.has_ports().then_some(to),
                icmp_type: icmp.then(|| dice.pick(&[-1, 8, 0])),
                icmp_code: icmp.then_some(-1),
            }
        })
        .collect()
}

fn group_rules(dice: &mut Dice<'_>) -> Vec<SecurityGroupRule> {
    (0..dice.roll(3))
        .map(|_| {
            let ip_protocol =
                dice.pick(&[Protocol::All, Protocol::Tcp, Protocol::Tcp, Protocol::Udp, Protocol::Icmp]);
            let (from, to) = ports(dice);
            let peer = if dice.one_in(3) {
                SecurityGroupRulePeer::Group(id(dice.pick(&["g0", "g1"])))
            } else {
                SecurityGroupRulePeer::Ipv4(net(dice.pick(BLOCKS)))
            };
            let (from_port, to_port) = match ip_protocol {
                Protocol::All => (None, None),
                Protocol::Icmp => (Some(dice.pick(&[-1, 8])), Some(-1)),
                _ => (Some(i32::from(from)), Some(i32::from(to))),
            };
            SecurityGroupRule { ip_protocol, from_port, to_port, peer, description: String::new() }
        })
        .collect()
}

fn network(numbers: &[u8]) -> Document {
    let dice = &mut Dice { numbers: numbers.iter() };
    let mut d = Document::new("random", "us-east-1");
    let vpc = || id("vpc");
    put(&mut d, "vpc", Vpc::new(net("10.0.0.0/16")));
    put(&mut d, "igw", InternetGateway { vpc_id: (!dice.one_in(6)).then(vpc) });
    for name in ["acl", "acl-x"] {
        let mut acl = NetworkAcl::default_of(vpc());
        acl.is_default = name == "acl";
        if dice.one_in(2) {
            (acl.ingress, acl.egress) = (acl_rules(dice), acl_rules(dice));
        }
        put(&mut d, name, acl);
    }
    for name in ["main", "t1", "t2"] {
        let mut table = RouteTable { main: name == "main", ..RouteTable::new(vpc()) };
        for destination in ["0.0.0.0/0", "203.0.113.0/24"] {
            let target = match dice.roll(5) {
                0 | 1 => RouteTarget::Gateway(id("igw")),
                2 | 3 => RouteTarget::NatGateway(id("nat")),
                _ => continue,
            };
            table.routes.push(Route { destination: RouteDestination::Ipv4(net(destination)), target });
        }
        put(&mut d, name, table);
    }
    for (at, name) in SUBNETS.iter().enumerate() {
        let mut subnet = Subnet::new(vpc(), net(&format!("10.0.{at}.0/24")), "us-east-1a");
        subnet.route_table_id = dice.pick(&[None, Some("t1"), Some("t2")]).map(id);
        subnet.network_acl_id = dice.pick(&[None, Some("acl-x")]).map(id);
        subnet.map_public_ip_on_launch = dice.one_in(2);
        put(&mut d, name, subnet);
    }
    hosts(dice, &mut d);
    d
}

fn hosts(dice: &mut Dice<'_>, d: &mut Document) {
    put(d, "eip", ElasticIp::default());
    let nat = NatGateway {
        subnet_id: id(dice.pick(SUBNETS)),
        connectivity_type: if dice.one_in(6) { ConnectivityType::Private } else { ConnectivityType::Public },
        allocation_id: Some(id("eip")),
        secondary_allocation_ids: Vec::new(),
        private_ip: None,
    };
    put(d, "nat", nat);
    for name in ["g0", "g1"] {
        let mut group = SecurityGroup::new(id("vpc"), name, name);
        group.ingress = group_rules(dice);
        if dice.one_in(3) {
            group.egress = group_rules(dice);
        }
        put(d, name, group);
    }
    for name in HOSTS {
        let mut host = Instance::new(id(dice.pick(SUBNETS)));
        host.vpc_security_group_ids =
            dice.pick(&[vec!["g0"], vec!["g1"], vec!["g0", "g1"]]).into_iter().map(id).collect();
        host.associate_public_ip_address = dice.pick(&[None, None, Some(true), Some(false)]);
        put(d, name, host);
    }
}

/// Flows in an ordinary test run; `VPCSCAPE_FLOWS` asks for more.
const FLOWS: usize = 60_000;

#[test]
fn the_walk_agrees_with_the_naive_model() {
    let flows = std::env::var("VPCSCAPE_FLOWS").ok().and_then(|it| it.parse().ok()).unwrap_or(FLOWS);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let numbers = prop::collection::vec(any::<u8>(), 220);
    let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
    let (mut done, mut reachable) = (0, 0);
    while done < flows {
        let numbers = numbers.new_tree(&mut runner).unwrap().current();
        let document = network(&numbers);
        let index = document.topology.index();
        let network = Network::new(&document.topology, &index);
        for flow in flows_of(&numbers) {
            let trace = walk(&network, &flow);
            let expected = naive::works(&network, &document.topology, &flow, OUTSIDE);
            let found = trace.verdict() == Verdict::Reachable;
            assert_eq!(found, expected, "{flow:?} in the network of {numbers:?}: {trace:#?}");
            done += 1;
            reachable += usize::from(found);
            for blocker in &trace.blockers {
                *seen.entry(blocker.code).or_default() += 1;
            }
        }
    }
    assert!(
        reachable * 20 > done,
        "only {reachable} of {done} flows work: the networks are too hostile to tell much"
    );
    let expected = [
        Code::NoRouteToDestination,
        Code::EniSgRulesMismatch,
        Code::SgHasNoRules,
        Code::SubnetAclRestriction,
        Code::IgwPublicIpAssociationForEgress,
        Code::IgwPrivateIpAssociationForIngress,
        Code::UnassociatedComponent,
        Code::BadStateRoute,
        Code::CannotRoute,
    ];
    for code in expected {
        assert!(seen.contains_key(&code), "no flow was blocked by {}", code.as_str());
    }
}

fn flows_of(numbers: &[u8]) -> Vec<Flow> {
    let host = |at: usize| Party::Resource(id(HOSTS[at]));
    let outside = || Party::Address(OUTSIDE);
    let pairs = [
        (host(0), host(1)),
        (host(1), host(2)),
        (host(2), outside()),
        (host(0), outside()),
        (outside(), host(1)),
        (outside(), host(0)),
    ];
    let port = [22, 443, 8080][usize::from(numbers[0] % 3)];
    let protocols = [Protocol::Tcp, Protocol::Udp, Protocol::Icmp, Protocol::Number(47)];
    let flow = |(from, to): (Party, Party), protocol| Flow::new(from, to, protocol, port);
    pairs.iter().flat_map(|pair| protocols.map(|protocol| flow(pair.clone(), protocol))).collect()
}
