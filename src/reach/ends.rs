//! Where a flow starts and ends: interfaces, services, and addresses of the internet.

use std::{collections::BTreeSet, net::Ipv4Addr};

use super::{
    flow::{Flow, Party},
    network::{Interface, Network},
};
use crate::model::{ResourceId, ResourceKind, RouteDestination, SecurityGroupRulePeer};

/// Any address of the internet that no rule names.
pub(super) const ANYONE: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
/// Stands for the addresses of a regional service: public, and in no one's rule by accident.
pub(super) const SERVICE_STAND_IN: Ipv4Addr = Ipv4Addr::new(198, 19, 255, 254);
/// Where a packet starts.
#[derive(Debug, Clone)]
pub(super) enum Start {
    Interface(Interface),
    Outside(Ipv4Addr),
}

/// Where it wants to go.
#[derive(Debug, Clone)]
pub(super) enum Goal {
    Interface(Interface),
    Outside(Ipv4Addr),
    Service(ResourceId, String),
    Nobody(Ipv4Addr),
}

pub(super) fn is_private(address: Ipv4Addr) -> bool {
    address.is_private() || is_shared(address)
}

pub(super) fn is_shared(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    a == 100 && (64..128).contains(&b)
}

pub(super) fn starts(network: &Network<'_>, flow: &Flow) -> Vec<Start> {
    match &flow.from {
        Party::Resource(id) => network.of_owner(id).cloned().map(Start::Interface).collect(),
        Party::Address(address) => {
            let inside = network.interfaces().iter().find(|it| it.address == *address);
            match inside.or_else(|| network.at_public(*address)) {
                Some(interface) => vec![Start::Interface(interface.clone())],
                None if is_private(*address) => Vec::new(),
                None => vec![Start::Outside(*address)],
            }
        }
        Party::Internet => outside_addresses(network).into_iter().map(Start::Outside).collect(),
    }
}

pub(super) fn goals(network: &Network<'_>, flow: &Flow, start: &Start) -> Vec<Goal> {
    match &flow.to {
        Party::Resource(id) => match network.topology.kind(id) {
            Some(ResourceKind::GatewayEndpoint(it)) => {
                vec![Goal::Service(id.clone(), it.service_name.clone())]
            }
            _ => network.of_owner(id).cloned().map(Goal::Interface).collect(),
        },
        Party::Address(address) => {
            let inside = match start {
                Start::Interface(from) => network.at_address(&from.vpc, *address),
                Start::Outside(_) => None,
            };
            let other = || network.interfaces().iter().find(|it| it.address == *address);
            match inside.or_else(|| network.at_public(*address)).or_else(other) {
                Some(interface) => vec![Goal::Interface(interface.clone())],
                None if is_private(*address) => vec![Goal::Nobody(*address)],
                None => vec![Goal::Outside(*address)],
            }
        }
        Party::Internet => outside_addresses(network).into_iter().map(Goal::Outside).collect(),
    }
}

/// One public address of each region that the rules of the drawing tell apart: any other address of
/// the internet is treated like one of these.
fn outside_addresses(network: &Network<'_>) -> Vec<Ipv4Addr> {
    let mut found = BTreeSet::new();
    let mut add = |net: ipnet::Ipv4Net| {
        found.insert(net.network());
        found.extend(u32::from(net.broadcast()).checked_add(1).map(Ipv4Addr::from));
    };
    for resource in network.topology.iter() {
        match &resource.kind {
            ResourceKind::SecurityGroup(group) => {
                for rule in group.ingress.iter().chain(&group.egress) {
                    if let SecurityGroupRulePeer::Ipv4(net) = rule.peer {
                        add(net);
                    }
                }
            }
            ResourceKind::NetworkAcl(acl) => {
                for rule in acl.ingress.iter().chain(&acl.egress) {
                    if let ipnet::IpNet::V4(net) = rule.cidr_block {
                        add(net);
                    }
                }
            }
            ResourceKind::RouteTable(table) => {
                for route in &table.routes {
                    if let RouteDestination::Ipv4(net) = route.destination {
                        add(net);
                    }
                }
            }
            _ => {}
        }
    }
    let public = |it: &Ipv4Addr| {
        !is_private(*it)
            && !it.is_unspecified()
            && !it.is_loopback()
            && !it.is_link_local()
            && !it.is_multicast()
            && it.octets().first().is_some_and(|first| *first < 240)
            && network.at_public(*it).is_none()
    };
    std::iter::once(ANYONE).chain(found.into_iter().filter(public)).collect()
}

/// The address that a client uses: the private one inside a VPC, the public one from elsewhere.
pub(super) fn destination(start: &Start, goal: &Goal) -> Ipv4Addr {
    match (start, goal) {
        (Start::Interface(from), Goal::Interface(to)) if from.vpc == to.vpc => to.address,
        (_, Goal::Interface(to)) => to.public.unwrap_or(to.address),
        (_, Goal::Outside(address) | Goal::Nobody(address)) => *address,
        (_, Goal::Service(..)) => SERVICE_STAND_IN,
    }
}
