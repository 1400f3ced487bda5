//! What is open between two parties, for all ports at once: the same walk, carrying the set of ports
//! that every filter so far lets pass, and telling no story.

use std::net::IpAddr;

use super::{
    ends::{goals, starts},
    filter::Packet,
    flow::{Flow, Party},
    network::Network,
    trace::Direction,
    walk::{TurnAt, Walker},
};
use crate::net::{PortRange, PortSet, Protocol};

/// The ports that people ask for first.
const KNOWN_PORTS: [u16; 4] = [443, 22, 80, 53];

/// What one party reaches at another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Open {
    /// The TCP ports.
    pub tcp: PortSet,
    /// The UDP ports.
    pub udp: PortSet,
    /// Whether an echo request is answered.
    pub ping: bool,
}

impl Open {
    /// Everything gets through.
    pub fn everything() -> Self {
        Self { tcp: PortSet::all(), udp: PortSet::all(), ping: true }
    }

    /// Whether nothing gets through.
    pub fn is_nothing(&self) -> bool {
        self.tcp.is_empty() && self.udp.is_empty() && !self.ping
    }

    /// Adds what is open on another way.
    pub fn add(&mut self, other: &Self) {
        self.tcp.add(&other.tcp);
        self.udp.add(&other.udp);
        self.ping |= other.ping;
    }

    /// How much is open, to compare two answers by.
    pub(super) fn weight(&self) -> u64 {
        let count = |set: &PortSet| -> u64 {
            set.ranges().iter().map(|it| u64::from(it.to) - u64::from(it.from) + 1).sum()
        };
        2 * (count(&self.tcp) + count(&self.udp)) + u64::from(self.ping)
    }

    /// A protocol and a port that are open, for a closer look; of several the best known.
    pub fn example(&self) -> Option<(Protocol, u16)> {
        let port = |set: &PortSet| {
            let known = KNOWN_PORTS.into_iter().find(|it| set.contains(*it));
            known.or_else(|| set.ranges().first().map(|it| it.from))
        };
        let tcp = port(&self.tcp).map(|it| (Protocol::Tcp, it));
        let udp = || port(&self.udp).map(|it| (Protocol::Udp, it));
        tcp.or_else(udp).or_else(|| self.ping.then_some((Protocol::Icmp, 0)))
    }

    fn only(protocol: Protocol, port: u16) -> Self {
        let ports = PortSet::from(PortRange::single(port));
        match protocol {
            Protocol::Tcp => Self { tcp: ports, ..Self::default() },
            Protocol::Udp => Self { udp: ports, ..Self::default() },
            _ => Self::default(),
        }
    }
}

/// Everything that is open from one party to another, and whose answers come back.
pub fn open(network: &Network<'_>, from: &Party, to: &Party) -> Open {
    let flow = Flow::new(from.clone(), to.clone(), Protocol::Tcp, 0);
    let mut found = Open::default();
    for start in starts(network, &flow) {
        for goal in goals(network, &flow, start) {
            let Some(source) = start.source(goal.destination) else { continue };
            let mut ask = |flow: &Flow, open: Open| {
                let walker = Walker::new(network, flow, start, goal, Some(open)).run(source);
                found.add(&walker.open.unwrap_or_default());
            };
            match goal.balancer {
                // A load balancer answers at its listeners' ports only, each with targets of its own.
                Some(fields) => {
                    for listener in &fields.listeners {
                        let both = [Protocol::Tcp, Protocol::Udp];
                        for protocol in
                            both.into_iter().filter(|it| listener.tcp_udp || listener.protocol == *it)
                        {
                            let flow = Flow { port: listener.port, protocol, ..flow.clone() };
                            ask(&flow, Open::only(protocol, listener.port));
                        }
                    }
                }
                None => ask(&flow, Open::everything()),
            }
            if found == Open::everything() {
                return found;
            }
        }
    }
    found
}

impl Walker<'_> {
    /// Leaves of what is open that which a filter lets pass; false where the walk is about one port.
    /// `ports` tells what the filter lets pass of a set, `allows` what it says to one packet: once the
    /// port is another than the one that was asked for, all packets have the same.
    pub(super) fn narrow(
        &mut self,
        packet: &Packet,
        ports: impl Fn(&Packet, &PortSet) -> PortSet,
        allows: impl Fn(&Packet) -> bool,
    ) -> bool {
        let Some(mut open) = self.open.take() else { return false };
        let reply = self.direction == Direction::Reply;
        let fixed = reply || self.turns.iter().any(|it| matches!(it.at, TurnAt::Balancer(..)));
        for (protocol, set) in [(Protocol::Tcp, &mut open.tcp), (Protocol::Udp, &mut open.udp)] {
            let packet = Packet { protocol, ..*packet };
            if !set.is_empty() && !fixed {
                *set = ports(&packet, set);
            } else if !set.is_empty() && !allows(&packet) {
                *set = PortSet::none();
            }
        }
        if open.ping {
            let (protocol, icmp) = match (packet.source, reply) {
                (IpAddr::V4(_), false) => (Protocol::Icmp, (8, 0)),
                (IpAddr::V4(_), true) => (Protocol::Icmp, (0, 0)),
                (IpAddr::V6(_), false) => (Protocol::Icmpv6, (128, 0)),
                (IpAddr::V6(_), true) => (Protocol::Icmpv6, (129, 0)),
            };
            open.ping = allows(&Packet { protocol, icmp, ..*packet });
        }
        self.open = Some(open);
        true
    }
}
