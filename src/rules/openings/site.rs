//! The place at which a walk was stopped first, with what the edits ask about it.

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::{
    model::{Document, Index, Kind, ResourceId, ResourceKind, Subnet},
    net::PortRange,
    reach::{Blocker, Decision, Direction, Flow, Hop, HopKind, Interface, Network, Party, Trace},
};

/// The place of the first blocker.
pub(super) struct Site<'a> {
    pub document: &'a Document,
    pub index: &'a Index,
    pub network: &'a Network<'a>,
    pub flow: &'a Flow,
    pub trace: &'a Trace,
    pub blocker: &'a Blocker,
    /// The hops of the blocked way up to the blocker.
    pub before: &'a [Hop],
    /// What was asked there.
    pub what: &'static str,
}

/// One end of a flow.
pub(super) struct Side<'a> {
    /// Its interfaces, where it is on the drawing.
    pub interfaces: Vec<&'a Interface>,
    /// Its address, where it is none of the drawing's.
    pub outside: Option<IpAddr>,
    /// Whether it is the internet as a whole.
    pub internet: bool,
    /// The gateway endpoint that it is.
    pub service: Option<&'a ResourceId>,
}

impl<'a> Site<'a> {
    /// The place of the first blocker of a walk.
    pub fn new(
        document: &'a Document,
        index: &'a Index,
        network: &'a Network<'a>,
        flow: &'a Flow,
        trace: &'a Trace,
    ) -> Option<Self> {
        let blocker = trace.blockers.first()?;
        let hops = match blocker.direction {
            Direction::Forward => &trace.forward,
            Direction::Reply => &trace.reply,
        };
        let denied =
            |hop: &Hop| hop.steps.iter().find(|it| it.decision == Decision::Denied).map(|it| it.what);
        let (at, what) = hops.iter().enumerate().find_map(|(at, hop)| Some((at, denied(hop)?)))?;
        let before = hops.get(..=at)?;
        Some(Self { document, index, network, flow, trace, blocker, before, what })
    }

    /// The fields of a resource.
    pub fn kind(&self, id: &ResourceId) -> Option<&'a ResourceKind> {
        self.index.kind(id)
    }

    /// What people call a resource.
    pub fn label(&self, id: &ResourceId) -> String {
        self.network.label(id)
    }

    /// Whether the way back is blocked.
    pub fn is_reply(&self) -> bool {
        super::is_reply(self.blocker.direction)
    }

    /// The side to which the blocked packet goes.
    pub fn destination(&self) -> Side<'a> {
        self.side(!self.is_reply())
    }

    /// The side that a filter asks about: who sent what comes in, who gets what goes out.
    pub fn other_side(&self) -> Side<'a> {
        let comes_in = self.what.ends_with("ingress");
        self.side(comes_in == self.is_reply())
    }

    fn side(&self, server: bool) -> Side<'a> {
        let party = if server { &self.flow.to } else { &self.flow.from };
        let mut side = Side { interfaces: Vec::new(), outside: None, internet: false, service: None };
        match party {
            Party::Internet => side.internet = true,
            Party::Resource(id) => match self.index.get(id) {
                Some(it) if it.kind.kind() == Kind::GatewayEndpoint => side.service = Some(&it.id),
                _ => side.interfaces = self.network.of_owner(id).collect(),
            },
            Party::Address(address) => {
                side.interfaces = self.network.with_address(*address).collect();
                if side.interfaces.is_empty() {
                    side.interfaces.extend(self.network.at_public(*address).map(|it| it.0));
                }
                if side.interfaces.is_empty() {
                    side.outside = Some(*address);
                }
            }
        }
        side
    }

    /// The interfaces that stand between: NAT gateways, load balancers, hosts that forward.
    pub fn between(&self) -> Vec<&'a Interface> {
        let hops = self.trace.forward.iter().filter(|hop| {
            matches!(hop.kind, HopKind::NatGateway | HopKind::LoadBalancer | HopKind::Interface)
        });
        let ids = hops.filter_map(|hop| hop.resource.as_ref());
        ids.flat_map(|id| self.network.of_owner(id)).collect()
    }

    /// The subnet whose route table was asked last, and its fields.
    pub fn spot(&self) -> Option<(&'a ResourceId, &'a Subnet)> {
        let last = self.before.len().saturating_sub(1);
        let routed = |(at, hop): &(usize, &Hop)| {
            let asked = hop.steps.iter().any(|it| it.what == "route table");
            hop.kind == HopKind::Subnet && (asked || *at == last)
        };
        let id = self.before.iter().enumerate().rev().find(routed)?.1.resource.as_ref()?;
        let id = &self.index.get(id)?.id;
        Some((id, self.kind(id)?.as_subnet()?))
    }

    /// The last resource of some kind that the packet has passed.
    pub fn passed(&self, kinds: &[Kind]) -> Option<&'a ResourceId> {
        let ids = self.before.iter().rev().filter_map(|hop| hop.resource.as_ref());
        let mut found = ids.filter_map(|id| self.index.get(id));
        found.find(|it| kinds.contains(&it.kind.kind())).map(|it| &it.id)
    }

    /// The ports that the server may be asked at: the flow's, or those behind a load balancer.
    pub fn ports(&self) -> Vec<u16> {
        let mut ports = vec![self.flow.port];
        let balanced = self.trace.forward.iter().any(|hop| hop.kind == HopKind::LoadBalancer);
        for it in self.index.resources_of(Kind::TargetGroup).filter(|_| balanced) {
            if let ResourceKind::TargetGroup(group) = &it.kind {
                let own = group.targets.iter().filter_map(|target| target.port);
                ports.extend(own.chain([group.port]));
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        ports.retain(|port| seen.insert(*port));
        ports
    }

    /// The ports that replies go to.
    pub fn reply_ports(&self) -> PortRange {
        let port = self.flow.source_port;
        if PortRange::EPHEMERAL.contains(port) { PortRange::EPHEMERAL } else { PortRange::single(port) }
    }

    /// The blocks of an interface's subnet.
    pub fn subnet_blocks(&self, interface: &Interface) -> Vec<IpNet> {
        let subnet = self.kind(&interface.subnet).and_then(ResourceKind::as_subnet);
        let Some(subnet) = subnet else { return Vec::new() };
        let six = subnet.ipv6_cidr_block.map(IpNet::V6);
        std::iter::once(IpNet::V4(subnet.cidr_block)).chain(six).collect()
    }

    /// The interface's own address as a block where it is fixed; else AWS may choose any of its subnet.
    pub fn own_blocks(&self, interface: &Interface) -> Vec<IpNet> {
        let fixed = match self.kind(&interface.owner) {
            Some(ResourceKind::Instance(it)) => it.private_ip,
            Some(ResourceKind::NetworkInterface(it)) => it.private_ip,
            Some(ResourceKind::NatGateway(it)) => it.private_ip,
            _ => None,
        };
        let own = fixed.map(|address| IpNet::from(IpAddr::V4(address)));
        own.into_iter().chain(self.subnet_blocks(interface)).collect()
    }
}

/// Every IPv4 address, then every IPv6 one.
pub(super) fn everywhere() -> [IpNet; 2] {
    [IpNet::V4(Ipv4Net::default()), IpNet::V6(Ipv6Net::default())]
}
