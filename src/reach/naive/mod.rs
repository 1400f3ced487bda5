//! A second model of the walk, for tests: no index, no early knowledge, no shared code but the types.
//! It looks through every list in the plainest way, follows one packet step by step, and answers yes
//! or no.

mod gateways;

use std::net::IpAddr;

use ipnet::IpNet;

use self::gateways::{fits_acl, fits_group};
use super::{Flow, Interface, Network, Party};
use crate::{
    model::{
        AclRule, NetworkAcl, ResourceId, ResourceKind, RouteDestination, RouteTable, RouteTarget, RuleAction,
        SecurityGroupRulePeer, Subnet, Topology, Vpc,
    },
    net::Protocol,
};

#[derive(Debug, Clone, Copy, PartialEq)]
struct Header {
    from: IpAddr,
    to: IpAddr,
    sport: u16,
    dport: u16,
    icmp: (u8, u8),
    protocol: Protocol,
}

impl Header {
    fn back(self) -> Self {
        let icmp = match self.icmp {
            (8, 0) => (0, 0),
            (128, 0) => (129, 0),
            other => other,
        };
        Self { from: self.to, to: self.from, sport: self.dport, dport: self.sport, icmp, ..self }
    }
}

/// Where the packet is.
#[derive(Debug, Clone, Copy)]
enum At<'a> {
    /// About to leave a subnet; `host` is false for the interface of a transit gateway.
    Leaving { vpc: &'a ResourceId, subnet: &'a ResourceId, host: bool },
    /// In a VPC, looking for the holder of its destination.
    Inside { vpc: &'a ResourceId, from: Option<&'a ResourceId> },
    /// Between all VPCs, looking for the holder of a public address.
    Sky,
    /// In a transit gateway, come by this attachment, from this Availability Zone.
    Transit { gateway: &'a ResourceId, by: &'a ResourceId, zone: Option<&'a str> },
}

/// Where the packet ends.
#[derive(Debug, Clone, Copy)]
enum End<'a> {
    Host(&'a Interface),
    Internet,
    EgressOnly(&'a ResourceId),
    Premises(&'a ResourceId),
    Service(&'a ResourceId),
}

/// A translation to undo.
#[derive(Debug, Clone)]
struct Undo<'a> {
    host: Option<&'a Interface>,
    /// The VPC of a regional NAT gateway.
    regional: Option<&'a ResourceId>,
    outer: IpAddr,
    saved: Header,
    /// A load balancer that shows the client's address.
    transparent: bool,
}

/// What is known of a connection.
struct Connection<'a> {
    undo: Vec<Undo<'a>>,
    passed: Vec<ResourceId>,
    /// Whose packet this is, as far as groups can tell.
    sender: Option<&'a Interface>,
    wanted: Option<&'a Interface>,
    service: Option<&'a str>,
    choice: usize,
    reply: bool,
}

/// The target of the route that wins.
enum Taken {
    Local,
    Target(RouteTarget),
}

pub struct Naive<'a> {
    topology: &'a Topology,
    hosts: Vec<&'a Interface>,
}

/// The addresses that the random networks use outside.
pub const SERVICE: &str = "198.19.255.254";
const REGIONAL: &str = "198.19.255.253";

impl<'a> Naive<'a> {
    /// Addresses are those that the walk has given out.
    pub fn new(topology: &'a Topology, network: &'a Network<'a>) -> Self {
        Self { topology, hosts: network.interfaces().collect() }
    }

    /// Whether a flow works both ways, by any of the addresses that its parties have.
    pub fn works(&self, flow: &Flow) -> bool {
        for (start, from) in self.starts(flow) {
            for (wanted, service, to) in self.goals(flow, start) {
                let from = from.unwrap_or_else(|| {
                    let mut all = start.unwrap().addresses.iter().map(|it| it.private);
                    all.find(|it| it.is_ipv4() == to.is_ipv4()).unwrap_or(to)
                });
                let family = start.is_none_or(|it| it.has(from));
                if from.is_ipv4() == to.is_ipv4() && family {
                    let ping = from.is_ipv6() && flow.protocol == Protocol::Icmp;
                    let header = Header {
                        from,
                        to,
                        sport: flow.source_port,
                        dport: flow.port,
                        icmp: if ping { (128, 0) } else { flow.icmp },
                        protocol: if ping { Protocol::Icmpv6 } else { flow.protocol },
                    };
                    if (0..4).any(|choice| self.connects(start, wanted, service, header, choice)) {
                        return true;
                    }
                }
            }
        }
        false
    }

    fn starts(&self, flow: &Flow) -> Vec<(Option<&'a Interface>, Option<IpAddr>)> {
        match &flow.from {
            Party::Resource(id) => self.of(id).into_iter().map(|it| (Some(it), None)).collect(),
            Party::Address(address) => {
                let known = self.premises_of(*address).is_some() || !gateways::is_private(*address);
                if known { vec![(None, Some(*address))] } else { Vec::new() }
            }
            Party::Internet => panic!("the random flows name an address"),
        }
    }

    fn of(&self, id: &ResourceId) -> Vec<&'a Interface> {
        self.hosts.iter().copied().filter(|it| it.owner == *id || it.host.as_ref() == Some(id)).collect()
    }

    fn goals(
        &self,
        flow: &'a Flow,
        start: Option<&Interface>,
    ) -> Vec<(Option<&'a Interface>, Option<&'a str>, IpAddr)> {
        match &flow.to {
            Party::Resource(id) => {
                if let Some(ResourceKind::GatewayEndpoint(it)) = self.topology.kind(id) {
                    return vec![(None, Some(it.service_name.as_str()), SERVICE.parse().unwrap())];
                }
                let mut goals = Vec::new();
                for to in self.of(id) {
                    for held in &to.addresses {
                        goals.push((Some(to), None, held.private));
                        if start.is_none_or(|start| start.vpc != to.vpc) {
                            goals.extend(held.public.map(|public| (Some(to), None, public)));
                        }
                    }
                }
                goals
            }
            Party::Address(address) => vec![(None, None, *address)],
            Party::Internet => panic!("the random flows name an address"),
        }
    }

    /// Whether one header gets there and its answer back.
    fn connects(
        &self,
        start: Option<&'a Interface>,
        wanted: Option<&'a Interface>,
        service: Option<&'a str>,
        header: Header,
        choice: usize,
    ) -> bool {
        let connection = &mut Connection {
            undo: Vec::new(),
            passed: Vec::new(),
            sender: start,
            wanted,
            service,
            choice,
            reply: false,
        };
        let end = match start {
            Some(host) if host.has(header.to) => return wanted.is_none_or(|it| std::ptr::eq(it, host)),
            Some(host) => {
                let peer = self.named_by(host, header.to, connection);
                if !self.group(host, false, header, peer, connection) {
                    return false;
                }
                let at = At::Leaving { vpc: &host.vpc, subnet: &host.subnet, host: true };
                self.follow(at, header, connection)
            }
            None => match self.premises_of(header.from) {
                Some(gateway) => self.enter_from_premises(gateway, header, connection),
                // From outside only what somebody holds can be asked for.
                None if self.behind(header.to).is_none() => return false,
                None => self.follow(At::Sky, header, connection),
            },
        };
        let Some((end, arrived)) = end else { return false };
        connection.reply = true;
        let back = arrived.back();
        if start.is_none() && matches!(end, End::Internet) {
            return true;
        }
        let home = self.answer(end, back, connection);
        match (home, start) {
            (Some((End::Host(host), last)), Some(client)) => {
                std::ptr::eq(host, client) && last.to == header.from && last.from == header.to
            }
            (Some((End::Internet, last)), None) => {
                last.to == header.from && self.premises_of(header.from).is_none()
            }
            (Some((End::Premises(_), last)), None) => {
                last.to == header.from && self.premises_of(header.from).is_some()
            }
            _ => false,
        }
    }

    /// What comes back, and where it ends.
    fn answer(
        &self,
        end: End<'a>,
        back: Header,
        connection: &mut Connection<'a>,
    ) -> Option<(End<'a>, Header)> {
        match end {
            End::Host(host) => {
                let last = connection.undo.last().cloned();
                match last {
                    _ if !self.group(host, false, back, None, connection) => None,
                    Some(Undo { host: Some(balancer), transparent: true, saved, .. }) => {
                        connection.undo.pop();
                        let near = host.subnet == balancer.subnet
                            || (self.passes(&host.subnet, false, back)
                                && self.passes(&balancer.subnet, true, back));
                        let at = At::Leaving { vpc: &balancer.vpc, subnet: &balancer.subnet, host: true };
                        if near { self.follow(at, saved.back(), connection) } else { None }
                    }
                    _ => {
                        let at = At::Leaving { vpc: &host.vpc, subnet: &host.subnet, host: true };
                        self.follow(at, back, connection)
                    }
                }
            }
            End::Internet => self.follow(At::Sky, back, connection),
            End::EgressOnly(gateway) => {
                let vpc = match self.topology.kind(gateway).unwrap() {
                    ResourceKind::EgressOnlyInternetGateway(it) => &it.vpc_id,
                    _ => panic!("an egress-only gateway"),
                };
                self.follow(At::Inside { vpc, from: None }, back, connection)
            }
            End::Premises(gateway) => self.enter_from_premises(gateway, back, connection),
            End::Service(vpc) => self.follow(At::Inside { vpc, from: None }, back, connection),
        }
    }

    /// One packet, until it ends somewhere or is dropped.
    fn follow(
        &self,
        mut at: At<'a>,
        mut header: Header,
        c: &mut Connection<'a>,
    ) -> Option<(End<'a>, Header)> {
        for _ in 0..40 {
            match at {
                At::Sky => at = self.in_the_sky(&mut header, c)?,
                At::Inside { vpc, from } => match self.inside(vpc, from, &mut header, c)? {
                    Ok(next) => at = next,
                    Err(end) => return Some((end, header)),
                },
                At::Leaving { vpc, subnet, host } => {
                    let beside = self.hosts.iter().find(|it| it.vpc == *vpc && it.has(header.to));
                    if beside.is_some_and(|it| it.subnet == *subnet) {
                        at = At::Inside { vpc, from: host.then_some(subnet) };
                        continue;
                    }
                    if beside.is_none() && self.covers(subnet, header.to) {
                        return None;
                    }
                    if !self.passes(subnet, false, header) {
                        return None;
                    }
                    match self.by_route(vpc, subnet, &mut header, c)? {
                        Ok(next) => at = next,
                        Err(end) => return Some((end, header)),
                    }
                }
                At::Transit { gateway, by, zone } => match self.in_transit(gateway, by, zone, header, c)? {
                    Ok(next) => at = next,
                    Err(end) => return Some((end, header)),
                },
            }
            // The internet takes what nobody on the drawing has.
            if matches!(at, At::Sky) && self.behind(header.to).is_none() && !self.is_regional(header.to, c) {
                let good = c.wanted.is_none() || c.reply;
                return good.then_some((End::Internet, header));
            }
        }
        None
    }

    fn behind(&self, address: IpAddr) -> Option<(&'a Interface, IpAddr)> {
        let mut all = self.hosts.iter().flat_map(|it| it.addresses.iter().map(move |held| (*it, held)));
        all.find(|(_, held)| held.public == Some(address)).map(|(it, held)| (it, held.private))
    }

    fn is_regional(&self, address: IpAddr, c: &Connection<'_>) -> bool {
        c.reply && c.undo.last().is_some_and(|it| it.regional.is_some() && it.outer == address)
    }

    fn in_the_sky(&self, header: &mut Header, c: &mut Connection<'a>) -> Option<At<'a>> {
        c.sender = None;
        if self.is_regional(header.to, c) {
            let undo = c.undo.pop()?;
            *header = undo.saved.back();
            return Some(At::Inside { vpc: undo.regional?, from: None });
        }
        let (host, private) = self.behind(header.to)?;
        let gateway = self.topology.iter().any(|it| match &it.kind {
            ResourceKind::InternetGateway(it) => it.vpc_id.as_ref() == Some(&host.vpc),
            _ => false,
        });
        let shut = self.is_shut(&host.vpc, Some(&host.subnet), c.reply && host.translates);
        header.to = private;
        (gateway && !shut).then_some(At::Inside { vpc: &host.vpc, from: None })
    }

    /// Into the interface that has the address.
    fn inside(
        &self,
        vpc: &'a ResourceId,
        from: Option<&ResourceId>,
        header: &mut Header,
        c: &mut Connection<'a>,
    ) -> Option<Result<At<'a>, End<'a>>> {
        let host = *self.hosts.iter().find(|it| it.vpc == *vpc && it.has(header.to))?;
        if from != Some(&host.subnet) && !self.passes(&host.subnet, true, *header) {
            return None;
        }
        let out = At::Leaving { vpc: &host.vpc, subnet: &host.subnet, host: true };
        if c.reply {
            if let Some(undo) = c.undo.last().cloned() {
                let right = undo.host.is_some_and(|it| std::ptr::eq(it, host)) && undo.outer == header.to;
                c.undo.pop();
                *header = undo.saved.back();
                return right.then_some(Ok(out));
            }
            return self.group(host, true, *header, None, c).then_some(Err(End::Host(host)));
        }
        if !self.group(host, true, *header, c.sender, c) || host.translates {
            return None;
        }
        let balanced = c.undo.iter().any(|it| it.host.is_some_and(|it| self.is_balancer(it)));
        if c.wanted.is_some_and(|it| !std::ptr::eq(it, host)) && !balanced {
            return None;
        }
        if self.is_balancer(host) {
            return self.balance(host, header, c).then_some(Ok(out));
        }
        Some(Err(End::Host(host)))
    }

    fn is_balancer(&self, host: &Interface) -> bool {
        matches!(self.topology.kind(&host.owner), Some(ResourceKind::LoadBalancer(_)))
    }

    fn balance(&self, at: &'a Interface, header: &mut Header, c: &mut Connection<'a>) -> bool {
        let Some(ResourceKind::LoadBalancer(fields)) = self.topology.kind(&at.owner) else { return false };
        let mut targets = Vec::new();
        for listener in &fields.listeners {
            if listener.protocol != header.protocol || listener.port != header.dport {
                continue;
            }
            for group in &listener.target_group_ids {
                let Some(ResourceKind::TargetGroup(group)) = self.topology.kind(group) else { continue };
                for target in group.targets.iter().filter(|it| !it.unhealthy) {
                    let owner = target.target_id.as_ref().unwrap();
                    let host = self.hosts.iter().find(|it| it.owner == *owner && it.vpc == fields.vpc_id);
                    if let Some(host) = host
                        && (fields.enable_cross_zone_load_balancing
                            || self.zone(&host.subnet) == self.zone(&at.subnet))
                    {
                        targets.push((
                            host.address,
                            target.port.unwrap_or(group.port),
                            group.preserve_client_ip,
                        ));
                    }
                }
            }
        }
        let Some((to, dport, transparent)) = targets.get(c.choice).copied() else { return false };
        let saved = *header;
        (header.to, header.dport) = (to, dport);
        if !transparent {
            header.from = at.address;
        }
        c.undo.push(Undo { host: Some(at), regional: None, outer: header.from, saved, transparent });
        c.sender = Some(at);
        c.passed.retain(|it| *it != at.owner);
        let peer = self.named_by(at, to, c);
        self.group(at, false, *header, peer, c)
    }

    fn subnet(&self, id: &ResourceId) -> &'a Subnet {
        self.topology.kind(id).unwrap().as_subnet().unwrap()
    }

    fn vpc(&self, id: &ResourceId) -> &'a Vpc {
        self.topology.kind(id).unwrap().as_vpc().unwrap()
    }

    fn zone(&self, subnet: &ResourceId) -> &'a str {
        &self.subnet(subnet).availability_zone
    }

    fn covers(&self, subnet: &ResourceId, address: IpAddr) -> bool {
        let fields = self.subnet(subnet);
        let mut blocks = vec![IpNet::V4(fields.cidr_block)];
        blocks.extend(fields.ipv6_cidr_block.map(IpNet::V6));
        blocks.iter().any(|it| it.contains(&address))
    }

    fn owns(&self, vpc: &ResourceId, address: IpAddr) -> bool {
        self.vpc(vpc).all_cidr_blocks().any(|it| it.contains(&address))
    }

    fn table(&self, subnet: &ResourceId) -> &'a RouteTable {
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

    fn acl(&self, subnet: &ResourceId) -> &'a NetworkAcl {
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

    fn entries(&self, list: &ResourceId) -> Vec<IpNet> {
        match self.topology.kind(list) {
            Some(ResourceKind::ManagedPrefixList(it)) => it.entries.iter().map(|it| it.cidr).collect(),
            _ => Vec::new(),
        }
    }

    /// The winning route: every route that covers the address, sorted by length, then by who made it,
    /// then by its place.
    fn route(&self, subnet: &ResourceId, to: IpAddr) -> Option<Taken> {
        let table = self.table(subnet);
        let mut fitting: Vec<(u8, u8, usize, Taken)> = Vec::new();
        for block in self.vpc(&table.vpc_id).all_cidr_blocks() {
            if block.contains(&to) {
                fitting.push((block.prefix_len(), 3, usize::MAX, Taken::Local));
            }
        }
        for (at, route) in table.routes.iter().enumerate() {
            let (blocks, rank) = match &route.destination {
                RouteDestination::Ipv4(net) => (vec![IpNet::V4(*net)], 2),
                RouteDestination::Ipv6(net) => (vec![IpNet::V6(*net)], 2),
                RouteDestination::ManagedPrefixList(id) => (self.entries(id), 1),
                RouteDestination::PrefixList(_) => (Vec::new(), 1),
            };
            for block in blocks.into_iter().filter(|it| it.contains(&to)) {
                fitting.push((
                    block.prefix_len(),
                    rank,
                    usize::MAX - 1 - at,
                    Taken::Target(route.target.clone()),
                ));
            }
        }
        for gateway in &table.propagating_vgws {
            let Some(ResourceKind::VpnGateway(it)) = self.topology.kind(gateway) else { continue };
            for block in
                it.on_premises_cidr_blocks.iter().filter(|block| it.vpc_id.is_some() && block.contains(&to))
            {
                fitting.push((
                    block.prefix_len(),
                    0,
                    0,
                    Taken::Target(RouteTarget::Gateway(gateway.clone())),
                ));
            }
        }
        fitting.sort_by_key(|it| (it.0, it.1, it.2));
        fitting.pop().map(|it| it.3)
    }

    fn passes(&self, subnet: &ResourceId, inbound: bool, header: Header) -> bool {
        let acl = self.acl(subnet);
        let (rules, other) = if inbound { (&acl.ingress, header.from) } else { (&acl.egress, header.to) };
        let mut in_order: Vec<&AclRule> = rules.iter().collect();
        in_order.sort_by_key(|rule| rule.rule_number);
        for rule in in_order {
            if rule.cidr_block.contains(&other) && fits_acl(rule, header) {
                return rule.rule_action == RuleAction::Allow;
            }
        }
        false
    }

    fn group(
        &self,
        host: &Interface,
        inbound: bool,
        header: Header,
        peer: Option<&Interface>,
        c: &mut Connection<'_>,
    ) -> bool {
        if !host.guarded || (c.reply && c.passed.contains(&host.owner)) {
            return true;
        }
        c.passed.push(host.owner.clone());
        let other = if inbound { header.from } else { header.to };
        let mut rules = Vec::new();
        for id in &host.groups {
            let group = self.topology.kind(id).unwrap().as_security_group().unwrap();
            rules.extend(if inbound { group.ingress.clone() } else { group.egress.clone() });
        }
        rules.iter().any(|rule| {
            let side = match &rule.peer {
                SecurityGroupRulePeer::Ipv4(net) => IpNet::V4(*net).contains(&other),
                SecurityGroupRulePeer::Ipv6(net) => IpNet::V6(*net).contains(&other),
                SecurityGroupRulePeer::Group(id) => peer.is_some_and(|peer| peer.groups.contains(id)),
                SecurityGroupRulePeer::ManagedPrefixList(id) => {
                    self.entries(id).iter().any(|it| it.contains(&other))
                }
                SecurityGroupRulePeer::PrefixList(name) => c.service == Some(name),
            };
            side && fits_group(rule, header)
        })
    }
}
