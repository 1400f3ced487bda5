//! Where a flow starts and ends: interfaces, services, and addresses outside.

use std::{
    collections::BTreeSet,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use ipnet::IpNet;

use super::{
    balancer,
    flow::{Flow, Party},
    network::{Interface, Network},
};
use crate::model::{
    Kind, LoadBalancer, ResourceId, ResourceKind, RouteDestination, SecurityGroupRulePeer,
    routing::on_premises_blocks,
};

/// Any address of the internet that no rule names.
const ANYONE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
/// The same for IPv6.
const ANYONE_V6: IpAddr = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1));
/// Stands for the addresses of a regional service: public, and in no one's rule by accident.
pub(super) const SERVICE_STAND_IN: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 19, 255, 254));

/// Where a packet starts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Start<'n> {
    /// An interface, by this address of it where one was asked for.
    Interface(&'n Interface, Option<IpAddr>),
    /// An address of the internet.
    Outside(IpAddr),
    /// An address behind a virtual private gateway or a VPN connection.
    OnPremises(&'n ResourceId, IpAddr),
}

/// Where it wants to go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Goal<'n> {
    pub destination: IpAddr,
    pub who: Who<'n>,
    /// The load balancer that is asked, and which of its targets the packet is to get.
    pub balancer: Option<&'n LoadBalancer>,
    pub choice: usize,
}

/// Who is meant by a destination.
#[derive(Debug, Clone, Copy)]
pub(super) enum Who<'n> {
    /// This interface, not another one of the same address.
    Interface(&'n Interface),
    /// Whoever has the address.
    Anyone,
    /// A regional service, by its name.
    Service(&'n str),
}

impl Start<'_> {
    /// The source address of a packet to this destination: one of the same family.
    pub fn source(&self, destination: IpAddr) -> Option<IpAddr> {
        let address = match self {
            Self::Outside(address) | Self::OnPremises(_, address) | Self::Interface(_, Some(address)) => {
                Some(*address)
            }
            Self::Interface(from, None) => {
                let fits = |it: &&super::network::Held| it.private.is_ipv4() == destination.is_ipv4();
                from.addresses.iter().find(fits).map(|it| it.private)
            }
        };
        address.filter(|it| it.is_ipv4() == destination.is_ipv4())
    }
}

/// Whether an address is used inside networks only: RFC 1918, RFC 6598, and unique local ones.
pub(super) fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_private() || is_shared(address),
        IpAddr::V6(address) => address.is_unique_local(),
    }
}

/// Whether an address is in the space shared by operators, RFC 6598.
pub(super) fn is_shared(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    a == 100 && (64..128).contains(&b)
}

pub(super) fn starts<'n>(network: &'n Network<'n>, flow: &Flow) -> Vec<Start<'n>> {
    match &flow.from {
        Party::Resource(id) => network.of_owner(id).map(|it| Start::Interface(it, None)).collect(),
        Party::Internet => network.outside_addresses().iter().copied().map(Start::Outside).collect(),
        Party::Address(address) => {
            let inside = network.with_address(*address).map(|it| Start::Interface(it, Some(*address)));
            let mut starts: Vec<Start<'n>> = inside.collect();
            if let Some((interface, private)) = network.at_public(*address).filter(|_| starts.is_empty()) {
                starts.push(Start::Interface(interface, Some(private)));
            }
            if starts.is_empty() {
                let behind = premises(network, *address);
                starts.extend(behind.into_iter().map(|it| Start::OnPremises(it, *address)));
            }
            if starts.is_empty() && !is_private(*address) {
                starts.push(Start::Outside(*address));
            }
            starts
        }
    }
}

/// The gateways and VPN connections behind which an address lies.
fn premises<'n>(network: &'n Network<'n>, address: IpAddr) -> Vec<&'n ResourceId> {
    let around = |block: &IpNet| block.contains(&address);
    let gateways = network
        .index
        .of_kind(Kind::VpnGateway)
        .iter()
        .filter(|id| on_premises_blocks(network.topology, network.index, id).iter().any(around));
    let connections = network.index.resources_of(Kind::VpnConnection).filter(|it| match &it.kind {
        ResourceKind::VpnConnection(it) => {
            it.transit_gateway_id.is_some() && it.on_premises_cidr_blocks.iter().any(around)
        }
        _ => false,
    });
    gateways.chain(connections.map(|it| &it.id)).collect()
}

pub(super) fn goals<'n>(network: &'n Network<'n>, flow: &'n Flow, start: Start<'n>) -> Vec<Goal<'n>> {
    let mut goals = Vec::new();
    let mut add = |who, destination: IpAddr, to: Option<&Interface>| {
        let balancer = to.and_then(|to| network.kind(&to.owner)).and_then(ResourceKind::as_load_balancer);
        let choices = balancer.map_or(1, |fields| balancer::choices(network, fields));
        goals.extend((0..choices).map(|choice| Goal { destination, who, balancer, choice }));
    };
    match &flow.to {
        Party::Resource(id) => match network.kind(id) {
            Some(ResourceKind::GatewayEndpoint(it)) => {
                add(Who::Service(&it.service_name), SERVICE_STAND_IN, None);
            }
            _ => {
                for to in network.of_owner(id) {
                    for destination in names_of(start, to) {
                        add(Who::Interface(to), destination, Some(to));
                    }
                }
            }
        },
        Party::Address(address) => {
            let to = network.with_address(*address).next();
            add(Who::Anyone, *address, to.or_else(|| network.at_public(*address).map(|it| it.0)));
        }
        Party::Internet => {
            for address in network.outside_addresses() {
                add(Who::Anyone, *address, None);
            }
        }
    }
    goals
}

/// The addresses by which a client can ask for an interface: private ones from inside, public ones
/// from elsewhere.
fn names_of(start: Start<'_>, to: &Interface) -> Vec<IpAddr> {
    let beside = matches!(start, Start::Interface(from, _) if from.vpc == to.vpc);
    let outside = matches!(start, Start::Outside(_));
    let mut names = Vec::new();
    for held in &to.addresses {
        names.extend((!outside).then_some(held.private));
        names.extend(held.public.filter(|public| !beside && (outside || *public != held.private)));
    }
    if names.is_empty() {
        names.push(to.address);
    }
    names.retain(|name| start.source(*name).is_some());
    names
}

/// One public address of each region that the rules of the drawing tell apart: any other address of
/// the internet is treated like one of these.
pub(super) fn outside_addresses(network: &Network<'_>) -> Vec<IpAddr> {
    let mut found = BTreeSet::new();
    let mut six = false;
    let mut add = |net: IpNet| {
        found.insert(net.network());
        found.extend(match net {
            IpNet::V4(net) => u32::from(net.broadcast()).checked_add(1).map(|it| IpAddr::V4(it.into())),
            IpNet::V6(net) => u128::from(net.broadcast()).checked_add(1).map(|it| IpAddr::V6(it.into())),
        });
    };
    let kinds = [Kind::Vpc, Kind::SecurityGroup, Kind::NetworkAcl, Kind::RouteTable, Kind::ManagedPrefixList];
    for resource in kinds.into_iter().flat_map(|kind| network.index.resources_of(kind)) {
        match &resource.kind {
            ResourceKind::Vpc(it) => six |= !it.ipv6_cidr_blocks.is_empty(),
            ResourceKind::SecurityGroup(group) => {
                for rule in group.ingress.iter().chain(&group.egress) {
                    match rule.peer {
                        SecurityGroupRulePeer::Ipv4(net) => add(IpNet::V4(net)),
                        SecurityGroupRulePeer::Ipv6(net) => add(IpNet::V6(net)),
                        _ => {}
                    }
                }
            }
            ResourceKind::NetworkAcl(acl) => {
                acl.ingress.iter().chain(&acl.egress).for_each(|rule| add(rule.cidr_block));
            }
            ResourceKind::RouteTable(table) => {
                for route in &table.routes {
                    match route.destination {
                        RouteDestination::Ipv4(net) => add(IpNet::V4(net)),
                        RouteDestination::Ipv6(net) => add(IpNet::V6(net)),
                        _ => {}
                    }
                }
            }
            ResourceKind::ManagedPrefixList(list) => list.entries.iter().for_each(|it| add(it.cidr)),
            _ => {}
        }
    }
    let public = |it: &IpAddr| (six || it.is_ipv4()) && is_global(*it) && network.at_public(*it).is_none();
    let found = found.into_iter().filter(public);
    std::iter::once(ANYONE).chain(six.then_some(ANYONE_V6)).chain(found).collect()
}

fn is_global(it: IpAddr) -> bool {
    let local = match it {
        IpAddr::V4(it) => it.is_link_local() || it.octets().first().is_some_and(|first| *first >= 240),
        IpAddr::V6(it) => it.is_unicast_link_local(),
    };
    !(local || is_private(it) || it.is_unspecified() || it.is_loopback() || it.is_multicast())
}
