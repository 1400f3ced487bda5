//! The walk against the naive model, on random small networks of three VPCs and all gateways.

mod networks;

use std::{collections::BTreeMap, net::IpAddr};

pub(crate) use self::networks::network;
use self::networks::{Dice, HOSTS, OUTSIDE, OUTSIDE_V6, id};
use super::{Code, Flow, HopKind, Matrix, Network, Party, Verdict, naive::Naive, open, walk};
use crate::net::Protocol;

/// How many flows each network is asked about.
const FLOWS_EACH: usize = 40;
/// Flows in an ordinary test run; `VPCSCAPE_FLOWS` asks for more.
const FLOWS: usize = 40_000;

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

#[test]
fn the_walk_agrees_with_the_naive_model() {
    let flows = std::env::var("VPCSCAPE_FLOWS").ok().and_then(|it| it.parse().ok()).unwrap_or(FLOWS);
    let mut blockers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut done, mut reachable, mut seed) = (0, 0, 0);
    while done < flows {
        seed += 1;
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
            done += 1;
            reachable += usize::from(found);
            for blocker in &trace.blockers {
                *blockers.entry(blocker.code.as_str()).or_default() += 1;
            }
            if found {
                for hop in trace.forward.iter().chain(&trace.reply) {
                    *places.entry(hop.kind.as_str()).or_default() += 1;
                }
            }
        }
    }
    println!("{reachable} of {done} flows work\nblocked by {blockers:#?}\nthrough {places:#?}");
    assert!(reachable * 20 > done, "only {reachable} of {done} flows work: too hostile to tell much");
    for code in Code::ALL {
        assert!(blockers.contains_key(code.as_str()), "no flow was blocked by {}", code.as_str());
    }
    for kind in HopKind::ALL {
        // No flow names what is beside the host or in a VPC that is not drawn: other tests do.
        let elsewhere = matches!(kind, HopKind::Platform | HopKind::PeerVpc);
        assert!(elsewhere || places.contains_key(kind.as_str()), "no flow went through {}", kind.as_str());
    }
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
