//! A second model of the walk, for tests: no index, no early answer, no shared code but the types.
//! It asks every rule of every list in the plainest way and answers yes or no.

use std::net::IpAddr;

use super::{Flow, Interface, Network, Party};
use crate::{
    model::{
        AclRule, NetworkAcl, ResourceId, ResourceKind, RouteDestination, RouteTable, RouteTarget, RuleAction,
        SecurityGroupRulePeer, Subnet, Topology,
    },
    net::Protocol,
};

#[derive(Clone, Copy)]
struct Header {
    from: IpAddr,
    to: IpAddr,
    sport: u16,
    dport: u16,
    icmp: (u8, u8),
}

impl Header {
    fn back(self) -> Self {
        let icmp = if self.icmp == (8, 0) { (0, 0) } else { self.icmp };
        Self { from: self.to, to: self.from, sport: self.dport, dport: self.sport, icmp }
    }
}

/// Whether a flow between two instances, or between an instance and the internet, works both ways.
/// Addresses are those that the walk has given out; the outside party is `outside`.
pub fn works(network: &Network<'_>, topology: &Topology, flow: &Flow, outside: IpAddr) -> bool {
    let find = |party: &Party| match party {
        Party::Resource(id) => network.interfaces().find(|it| it.owner == *id).cloned(),
        _ => None,
    };
    let (from, to) = (find(&flow.from), find(&flow.to));
    let model = Naive { topology, network, protocol: flow.protocol };
    let mut header = Header {
        from: from.as_ref().map_or(outside, |it| it.address),
        to: outside,
        sport: flow.source_port,
        dport: flow.port,
        icmp: flow.icmp,
    };
    match (from, to) {
        (None, None) => true,
        (None, Some(to)) => model.inwards(header, &to),
        (Some(from), None) => model.group(&from, false, header, None) && model.outwards(&from, header, 0),
        (Some(from), Some(to)) if from.vpc == to.vpc => {
            header.to = to.address;
            model.inside(&from, &to, header)
        }
        (Some(_), Some(_)) => panic!("the random networks have one VPC"),
    }
}

struct Naive<'a> {
    topology: &'a Topology,
    network: &'a Network<'a>,
    protocol: Protocol,
}

impl Naive<'_> {
    fn subnet(&self, id: &ResourceId) -> &Subnet {
        self.topology.kind(id).unwrap().as_subnet().unwrap()
    }

    fn table(&self, subnet: &ResourceId) -> &RouteTable {
        let fields = self.subnet(subnet);
        for resource in self.topology.iter() {
            let ResourceKind::RouteTable(table) = &resource.kind else { continue };
            let chosen = fields.route_table_id.as_ref() == Some(&resource.id);
            let main = fields.route_table_id.is_none() && table.main && table.vpc_id == fields.vpc_id;
            if chosen || main {
                return table;
            }
        }
        panic!("no table")
    }

    fn acl(&self, subnet: &ResourceId) -> &NetworkAcl {
        let fields = self.subnet(subnet);
        for resource in self.topology.iter() {
            let ResourceKind::NetworkAcl(acl) = &resource.kind else { continue };
            let chosen = fields.network_acl_id.as_ref() == Some(&resource.id);
            let default = fields.network_acl_id.is_none() && acl.is_default && acl.vpc_id == fields.vpc_id;
            if chosen || default {
                return acl;
            }
        }
        panic!("no network ACL")
    }

    /// The winning static route for an address; local always wins inside the VPC here, because the
    /// random networks have no route inside the VPC's block.
    fn route(&self, subnet: &ResourceId, to: IpAddr) -> Option<RouteTarget> {
        let table = self.table(subnet);
        let mut best: Option<(u8, RouteTarget)> = None;
        for prefix in 0..=32u8 {
            for route in &table.routes {
                let RouteDestination::Ipv4(net) = route.destination else { continue };
                if net.prefix_len() == prefix
                    && ipnet::IpNet::V4(net).contains(&to)
                    && best.as_ref().is_none_or(|it| it.0 < prefix)
                {
                    best = Some((prefix, route.target.clone()));
                }
            }
        }
        best.map(|it| it.1)
    }

    fn passes(&self, subnet: &ResourceId, inbound: bool, header: Header) -> bool {
        let acl = self.acl(subnet);
        let (rules, other) = if inbound { (&acl.ingress, header.from) } else { (&acl.egress, header.to) };
        let mut in_order: Vec<&AclRule> = rules.iter().collect();
        in_order.sort_by_key(|rule| rule.rule_number);
        for rule in in_order {
            if rule.cidr_block.contains(&other) && self.fits(rule, header) {
                return rule.rule_action == RuleAction::Allow;
            }
        }
        false
    }

    fn fits(&self, rule: &AclRule, header: Header) -> bool {
        match (rule.protocol, self.protocol) {
            (Protocol::All, _) => true,
            (a, b) if a != b => false,
            (Protocol::Icmp, _) => {
                let kind = rule.icmp_type.is_none_or(|it| it == -1 || it == i16::from(header.icmp.0));
                kind && rule.icmp_code.is_none_or(|it| it == -1 || it == i16::from(header.icmp.1))
            }
            _ => rule.from_port.unwrap() <= header.dport && header.dport <= rule.to_port.unwrap(),
        }
    }

    fn group(&self, interface: &Interface, inbound: bool, header: Header, peer: Option<&Interface>) -> bool {
        let other = if inbound { header.from } else { header.to };
        let mut rules = Vec::new();
        for id in &interface.groups {
            let group = self.topology.kind(id).unwrap().as_security_group().unwrap();
            rules.extend(if inbound { group.ingress.clone() } else { group.egress.clone() });
        }
        rules.iter().any(|rule| {
            let side = match &rule.peer {
                SecurityGroupRulePeer::Ipv4(net) => ipnet::IpNet::V4(*net).contains(&other),
                SecurityGroupRulePeer::Group(id) => peer.is_some_and(|peer| peer.groups.contains(id)),
                _ => false,
            };
            let ports = match (rule.ip_protocol, self.protocol) {
                (Protocol::All, _) => true,
                (a, b) if a != b => false,
                (Protocol::Icmp, _) => {
                    let (kind, code) = (i32::from(header.icmp.0), i32::from(header.icmp.1));
                    [(rule.from_port, kind), (rule.to_port, code)]
                        .iter()
                        .all(|(want, is)| *want == Some(-1) || *want == Some(*is))
                }
                _ => {
                    rule.from_port.unwrap() <= i32::from(header.dport)
                        && i32::from(header.dport) <= rule.to_port.unwrap()
                }
            };
            side && ports
        })
    }

    fn inside(&self, from: &Interface, to: &Interface, header: Header) -> bool {
        let groups = self.group(from, false, header, Some(to)) && self.group(to, true, header, Some(from));
        if from.subnet == to.subnet {
            return groups;
        }
        groups
            && self.passes(&from.subnet, false, header)
            && self.passes(&to.subnet, true, header)
            && self.passes(&to.subnet, false, header.back())
            && self.passes(&from.subnet, true, header.back())
    }

    fn attached(&self, gateway: &ResourceId, vpc: &ResourceId) -> bool {
        let fields = self.topology.kind(gateway).unwrap().as_internet_gateway().unwrap();
        fields.vpc_id.as_ref() == Some(vpc)
    }

    fn inwards(&self, mut header: Header, to: &Interface) -> bool {
        header.to = to.address;
        let gateway = self.topology.iter().find(|it| match &it.kind {
            ResourceKind::InternetGateway(fields) => fields.vpc_id.as_ref() == Some(&to.vpc),
            _ => false,
        });
        let back = match self.route(&to.subnet, header.from) {
            Some(RouteTarget::Gateway(id)) => self.attached(&id, &to.vpc),
            _ => false,
        };
        gateway.is_some()
            && to.public.is_some()
            && self.passes(&to.subnet, true, header)
            && self.group(to, true, header, None)
            && self.passes(&to.subnet, false, header.back())
            && back
    }

    fn outwards(&self, from: &Interface, header: Header, turns: u8) -> bool {
        if turns > 3 || !self.passes(&from.subnet, false, header) {
            return false;
        }
        let back = self.passes(&from.subnet, true, header.back());
        match self.route(&from.subnet, header.to) {
            Some(RouteTarget::Gateway(id)) => self.attached(&id, &from.vpc) && from.public.is_some() && back,
            Some(RouteTarget::NatGateway(id)) => {
                let Some(nat) = self.network.interfaces().find(|it| it.owner == id) else {
                    return false;
                };
                let carried = matches!(self.protocol, Protocol::Tcp | Protocol::Udp | Protocol::Icmp);
                let crossing = nat.subnet == from.subnet
                    || (self.passes(&nat.subnet, true, header)
                        && self.passes(&nat.subnet, false, header.back())
                        && back);
                let translated = Header { from: nat.address, sport: 1024, ..header };
                carried && crossing && self.outwards(nat, translated, turns + 1)
            }
            _ => false,
        }
    }
}
