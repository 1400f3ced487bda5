//! The walk against the naive model, on random small networks of three VPCs and all gateways.

mod networks;

use std::{
    collections::{BTreeMap, BTreeSet},
    net::IpAddr,
};

pub(crate) use self::networks::{Dice, network};
use self::networks::{HOSTS, OUTSIDE, OUTSIDE_V6, id};
use super::{Code, Flow, HopKind, Matrix, Network, Party, Trace, Verdict, naive::Naive, open, walk};
use crate::{
    model::{Document, ResourceKind},
    net::Protocol,
};

/// How many flows each network is asked about.
const FLOWS_EACH: usize = 40;
/// Flows in an ordinary test run, which is about a minute on one core; `VPCSCAPE_FLOWS` asks for more.
const FLOWS: usize = 60_000;
/// The same for the matrix, port by port.
const PORT_FLOWS: usize = 80_000;
/// Of so many pairs of a network one is asked at every port, so that there are more networks.
const PAIRS: u64 = 5;

fn flows_of(seed: u64) -> Vec<Flow> {
    let mut dice = Dice::new(seed ^ 0xf10f);
    let address = |text: &str| Party::Address(text.parse::<IpAddr>().unwrap());
    let outside = [OUTSIDE, OUTSIDE, OUTSIDE_V6, "192.168.0.9", "10.200.0.9"];
    let nowhere = ["10.1.9.9", "10.0.1.200", "100.64.0.9", "172.16.0.9"];
    let clients: Vec<&str> =
        HOSTS.iter().copied().filter(|it| !matches!(*it, "nlb" | "s3" | "vpce")).collect();
    let flow = |_| {
        let from = match dice.up_to(4) {
            0 => address(dice.pick(&outside)),
            _ => Party::Resource(id(dice.pick(&clients))),
        };
        let to = match dice.up_to(9) {
            0 | 1 => address(dice.pick(&outside)),
            2 => address(dice.pick(&nowhere)),
            _ => Party::Resource(id(dice.pick(HOSTS))),
        };
        let protocols = [
            Protocol::Tcp,
            Protocol::Tcp,
            Protocol::Tcp,
            Protocol::Udp,
            Protocol::Icmp,
            Protocol::Number(47),
        ];
        Flow::new(
            from,
            to,
            dice.pick(&protocols),
            dice.pick(&[22, 443, 443, 8080, 1, 1023, 1024, 60999, 65535]),
        )
    };
    // What is between two places outside is no question to this drawing.
    let s3 = Party::Resource(id("s3"));
    let inside = |flow: &Flow| {
        let to_outside = matches!(flow.to, Party::Address(_)) || flow.to == s3;
        !(matches!(flow.from, Party::Address(_)) && to_outside)
    };
    (0..FLOWS_EACH).map(flow).filter(inside).collect()
}

/// What was seen in a run.
#[derive(Debug, Default)]
struct Seen {
    networks: usize,
    flows: usize,
    reachable: usize,
    blockers: BTreeMap<&'static str, usize>,
    places: BTreeMap<&'static str, usize>,
}

impl Seen {
    fn trace(&mut self, trace: &Trace) {
        let found = trace.verdict() == Verdict::Reachable;
        self.flows += 1;
        self.reachable += usize::from(found);
        for blocker in &trace.blockers {
            *self.blockers.entry(blocker.code.as_str()).or_default() += 1;
        }
        for hop in trace.forward.iter().chain(&trace.reply).filter(|_| found) {
            *self.places.entry(hop.kind.as_str()).or_default() += 1;
        }
    }
}

/// How many flows this run is about.
fn wanted(usual: usize) -> usize {
    std::env::var("VPCSCAPE_FLOWS").ok().and_then(|it| it.parse().ok()).unwrap_or(usual)
}

/// Looks at the networks of the seeds from 1 on, until there are enough flows.
fn over_networks(flows: usize, mut look: impl FnMut(u64, &mut Seen)) -> Seen {
    let mut seen = Seen::default();
    for seed in 1.. {
        if seen.flows >= flows {
            break;
        }
        look(seed, &mut seen);
        seen.networks += 1;
    }
    seen
}

#[test]
fn the_walk_agrees_with_the_naive_model() {
    let seen = over_networks(wanted(FLOWS), |seed, seen| {
        let document = network(seed);
        let index = document.topology.index();
        let network = Network::new(&document.topology, &index);
        let model = Naive::new(&document.topology, &network);
        for flow in flows_of(seed) {
            let trace = walk(&network, &flow);
            let expected = model.works(&flow);
            let found = trace.verdict() == Verdict::Reachable;
            assert_eq!(found, expected, "{flow:?} in the network of seed {seed}: {trace:#?}");
            let open = open(&network, &flow.from, &flow.to);
            let at_port = match flow.protocol {
                Protocol::Tcp => open.tcp.contains(flow.port),
                Protocol::Udp => open.udp.contains(flow.port),
                Protocol::Icmp => open.ping,
                _ => found,
            };
            assert_eq!(found, at_port, "{flow:?} in the network of seed {seed}: {open:?}, {trace:#?}");
            seen.trace(&trace);
        }
    });
    println!("{seen:#?}");
    let Seen { reachable, flows, blockers, places, .. } = seen;
    assert!(reachable * 20 > flows, "only {reachable} of {flows} flows work: too hostile to tell much");
    for code in Code::ALL {
        assert!(blockers.contains_key(code.as_str()), "no flow was blocked by {}", code.as_str());
    }
    for kind in HopKind::ALL {
        // No flow names what is beside the host or in a VPC that is not drawn: other tests do.
        let elsewhere = matches!(kind, HopKind::Platform | HopKind::PeerVpc);
        assert!(elsewhere || places.contains_key(kind.as_str()), "no flow went through {}", kind.as_str());
    }
}

/// The ports at which an answer can change: from one of them up to the next, all are treated alike, so
/// that asking for these is asking for every port.
fn edges(document: &Document) -> Vec<u16> {
    let mut edges = BTreeSet::from([0]);
    let mut range = |from: Option<u16>, to: Option<u16>| {
        edges.extend(from);
        edges.extend(to.and_then(|it| it.checked_add(1)));
    };
    for resource in document.topology.iter() {
        match &resource.kind {
            ResourceKind::NetworkAcl(acl) => {
                acl.ingress.iter().chain(&acl.egress).for_each(|it| range(it.from_port, it.to_port));
            }
            ResourceKind::SecurityGroup(group) => {
                for rule in group.ingress.iter().chain(&group.egress) {
                    let port = |it: Option<i32>| it.and_then(|it| u16::try_from(it).ok());
                    range(port(rule.from_port), port(rule.to_port));
                }
            }
            ResourceKind::LoadBalancer(it) => {
                it.listeners.iter().for_each(|it| range(Some(it.port), Some(it.port)));
            }
            _ => {}
        }
    }
    // The resolver answers at its own port.
    range(Some(53), Some(53));
    edges.into_iter().collect()
}

#[test]
fn the_matrix_agrees_with_walk_and_model_at_every_port() {
    let outside = [OUTSIDE, OUTSIDE_V6].map(|it| Party::Address(it.parse().unwrap()));
    let parties: Vec<Party> = HOSTS.iter().map(|it| Party::Resource(id(it))).chain(outside).collect();
    let is_client = |party: &Party| !["nlb", "s3", "vpce"].iter().any(|it| *party == Party::Resource(id(it)));
    let is_outside =
        |party: &Party| matches!(party, Party::Address(_)) || *party == Party::Resource(id("s3"));
    let seen = over_networks(wanted(PORT_FLOWS), |seed, seen| {
        let document = network(seed);
        let (index, edges) = (document.topology.index(), edges(&document));
        let network = Network::new(&document.topology, &index);
        let model = Naive::new(&document.topology, &network);
        let matrix = Matrix::new(&network, parties.clone());
        let mut dice = Dice::new(seed ^ 0x9047);
        for (row, from) in parties.iter().enumerate().filter(|it| is_client(it.1)) {
            for (column, to) in parties.iter().enumerate() {
                if row == column || (is_outside(from) && is_outside(to)) || dice.up_to(PAIRS - 1) > 0 {
                    continue;
                }
                let open = matrix.at(row, column).unwrap();
                let mut ask = |protocol: Protocol, port: u16, expected: bool| {
                    let flow = Flow::new(from.clone(), to.clone(), protocol, port);
                    let trace = walk(&network, &flow);
                    let both = (trace.verdict() == Verdict::Reachable, model.works(&flow));
                    assert_eq!(both, (expected, expected), "{flow:?}, seed {seed}: {open:?}, {trace:#?}");
                    seen.trace(&trace);
                };
                for port in &edges {
                    ask(Protocol::Tcp, *port, open.tcp.contains(*port));
                    ask(Protocol::Udp, *port, open.udp.contains(*port));
                }
                ask(Protocol::Icmp, 0, open.ping);
            }
        }
    });
    println!("{seen:#?}");
    assert!(seen.reachable * 20 > seen.flows, "{seen:#?}: too hostile to tell much");
}

#[test]
fn the_matrix_says_what_each_pair_says() {
    for seed in 1..60 {
        let mut document = network(seed);
        // Hosts that are alike, in one subnet and in two.
        let twins = [("ha", "ha-x"), ("ha", "ha-y"), ("hb", "hb-x"), ("hc", "hc-x")];
        for (name, twin) in twins {
            let original = document.topology.resources.get(&id(name)).unwrap();
            let mut resource = (**original).clone();
            (resource.id, resource.name) = (id(twin), twin.to_owned());
            document.topology.resources.insert(id(twin), resource.into());
        }
        let index = document.topology.index();
        let network = Network::new(&document.topology, &index);
        let mut parties: Vec<Party> = HOSTS.iter().map(|it| Party::Resource(id(it))).collect();
        parties.extend(twins.map(|it| Party::Resource(id(it.1))));
        parties.push(Party::Address(OUTSIDE.parse().unwrap()));
        let matrix = Matrix::new(&network, parties.clone());
        assert!(matrix.class_count() < parties.len(), "seed {seed}: twins are not alike");
        for (row, from) in parties.iter().enumerate() {
            for (column, to) in parties.iter().enumerate().filter(|it| it.0 != row) {
                let cell = matrix.at(row, column).unwrap();
                assert_eq!(*cell, open(&network, from, to), "{from:?} to {to:?}, seed {seed}");
            }
        }
    }
}
