//! What each kind of gateway does to a packet, in the plainest way.

use std::net::IpAddr;

use ipnet::IpNet;

use super::{At, Connection, End, Header, Naive, REGIONAL, Taken, Undo};
use crate::{
    model::{
        AclRule, BlockMode, ExclusionMode, ResourceId, ResourceKind, RouteTarget, SecurityGroupRule,
        TransitGatewayRouteTable, TransitGatewayVpcAttachment,
    },
    net::Protocol,
    reach::Interface,
};

pub(super) fn is_private(address: IpAddr) -> bool {
    let blocks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"];
    blocks.iter().any(|it| it.parse::<IpNet>().unwrap().contains(&address))
}

pub(super) fn fits_acl(rule: &AclRule, header: Header) -> bool {
    match (rule.protocol, header.protocol) {
        (Protocol::All, _) => true,
        (a, b) if a != b => false,
        (Protocol::Icmp | Protocol::Icmpv6, _) => {
            let kind = rule.icmp_type.is_none_or(|it| it == -1 || it == i16::from(header.icmp.0));
            kind && rule.icmp_code.is_none_or(|it| it == -1 || it == i16::from(header.icmp.1))
        }
        _ => rule.from_port.unwrap() <= header.dport && header.dport <= rule.to_port.unwrap(),
    }
}

pub(super) fn fits_group(rule: &SecurityGroupRule, header: Header) -> bool {
    match (rule.ip_protocol, header.protocol) {
        (Protocol::All, _) => true,
        (a, b) if a != b => false,
        (Protocol::Icmp | Protocol::Icmpv6, _) => {
            let (kind, code) = (i32::from(header.icmp.0), i32::from(header.icmp.1));
            let wanted = [(rule.from_port, kind), (rule.to_port, code)];
            wanted.iter().all(|(want, is)| *want == Some(-1) || *want == Some(*is))
        }
        _ => {
            rule.from_port.unwrap() <= i32::from(header.dport)
                && i32::from(header.dport) <= rule.to_port.unwrap()
        }
    }
}

type Next<'a> = Option<Result<At<'a>, End<'a>>>;

impl<'a> Naive<'a> {
    fn key(&self, id: &ResourceId) -> &'a ResourceId {
        self.topology.resources.get_key_value(id).unwrap().0
    }

    /// Through what the winning route names.
    pub(super) fn by_route(
        &self,
        vpc: &'a ResourceId,
        subnet: &'a ResourceId,
        header: &mut Header,
        c: &mut Connection<'a>,
    ) -> Next<'a> {
        let mut to = header.to;
        if let Some(service) = c.service.filter(|_| !c.reply) {
            if self.serves(subnet, service) {
                let fits = header.protocol == Protocol::Tcp
                    || (header.protocol == Protocol::Icmp && header.icmp.0 == 8);
                return (fits && self.owns(vpc, header.from)).then_some(Err(End::Service(vpc)));
            }
            // An address that only a default route covers.
            to = "9.9.9.9".parse().unwrap();
        }
        let target = match self.route(subnet, to)? {
            Taken::Local => return Some(Ok(At::Inside { vpc, from: Some(subnet) })),
            Taken::Target(target) => target,
        };
        let id = self.key(target.resource()?);
        match self.topology.kind(id)? {
            ResourceKind::InternetGateway(it) => {
                let sender = self.hosts.iter().find(|it| it.vpc == *vpc && it.has(header.from))?;
                let held = sender.addresses.iter().find(|it| it.private == header.from)?;
                let open = it.vpc_id.as_ref() == Some(vpc) && !is_private(header.to);
                if !open || self.is_shut(vpc, Some(subnet), sender.translates) {
                    return None;
                }
                header.from = held.public?;
                c.sender = None;
                Some(Ok(At::Sky))
            }
            ResourceKind::VpnGateway(it) => {
                let open = it.vpc_id.as_ref() == Some(vpc) && self.owns(vpc, header.from);
                (open && (c.reply || c.wanted.is_none())).then_some(Err(End::Premises(id)))
            }
            ResourceKind::EgressOnlyInternetGateway(it) => {
                let open = it.vpc_id == *vpc && !c.reply && header.to.is_ipv6() && !is_private(header.to);
                if !open || self.is_shut(vpc, Some(subnet), true) {
                    return None;
                }
                c.sender = None;
                if self.behind(header.to).is_some() {
                    return Some(Ok(At::Sky));
                }
                c.wanted.is_none().then_some(Err(End::EgressOnly(id)))
            }
            ResourceKind::NatGateway(_) => self.nat(id, vpc, subnet, header, c).map(Ok),
            ResourceKind::RegionalNatGateway(_) => self.regional_nat(id, vpc, subnet, header, c).map(Ok),
            ResourceKind::Instance(_) => self.forwarder(id, subnet, header, c).map(Ok),
            ResourceKind::VpcPeeringConnection(it) => {
                let other = if it.vpc_id == *vpc { it.peer_vpc_id.as_ref()? } else { &it.vpc_id };
                let ours = it.vpc_id == *vpc || it.peer_vpc_id.as_ref() == Some(vpc);
                if self.vpc(vpc).region != self.vpc(other).region {
                    c.sender = None;
                }
                let fits = self.owns(other, header.to) && self.owns(vpc, header.from);
                (ours && it.auto_accept && fits)
                    .then_some(Ok(At::Inside { vpc: self.key(other), from: None }))
            }
            ResourceKind::TransitGateway(_) => {
                let (by, fields) = self.attachment(id, vpc)?;
                let zone = self.zone(subnet);
                let at = fields.subnet_ids.iter().find(|it| self.zone(it) == zone)?;
                let passes = at == subnet || self.passes(at, true, *header);
                passes.then_some(Ok(At::Transit { gateway: id, by, zone: Some(zone) }))
            }
            _ => None,
        }
    }

    /// Whether a gateway endpoint stands in the table of a subnet.
    fn serves(&self, subnet: &ResourceId, service: &str) -> bool {
        let table = self.table(subnet);
        self.topology.iter().any(|it| match &it.kind {
            ResourceKind::GatewayEndpoint(it) => {
                let mut tables = it.route_table_ids.iter().map(|id| self.topology.kind(id).unwrap());
                it.service_name == service
                    && tables.any(|it| std::ptr::eq(it.as_route_table().unwrap(), table))
            }
            _ => false,
        })
    }

    fn nat(
        &self,
        id: &'a ResourceId,
        vpc: &ResourceId,
        subnet: &ResourceId,
        header: &mut Header,
        c: &mut Connection<'a>,
    ) -> Option<At<'a>> {
        let nat = *self.hosts.iter().find(|it| it.owner == *id)?;
        let carried = matches!(header.protocol, Protocol::Tcp | Protocol::Udp | Protocol::Icmp);
        let again = c.undo.iter().any(|it| it.host.is_some_and(|it| it.owner == *id));
        let crosses = nat.subnet == *subnet || self.passes(&nat.subnet, true, *header);
        if nat.vpc != *vpc || c.reply || !carried || again || !crosses || header.from.is_ipv6() {
            return None;
        }
        let saved = *header;
        c.undo.push(Undo { host: Some(nat), regional: None, outer: nat.address, saved, transparent: false });
        c.sender = None;
        (header.from, header.sport) = (nat.address, 1024);
        Some(At::Leaving { vpc: &nat.vpc, subnet: &nat.subnet, host: true })
    }

    fn regional_nat(
        &self,
        id: &'a ResourceId,
        vpc: &'a ResourceId,
        subnet: &ResourceId,
        header: &mut Header,
        c: &mut Connection<'a>,
    ) -> Option<At<'a>> {
        let ResourceKind::RegionalNatGateway(fields) = self.topology.kind(id)? else { return None };
        let zones = &fields.availability_zone_addresses;
        let near = zones.is_empty() || zones.iter().any(|it| it.availability_zone == self.zone(subnet));
        let carried = matches!(header.protocol, Protocol::Tcp | Protocol::Udp | Protocol::Icmp);
        let gateway = self.topology.iter().any(|it| match &it.kind {
            ResourceKind::InternetGateway(it) => it.vpc_id.as_ref() == Some(vpc),
            _ => false,
        });
        let again = c.undo.iter().any(|it| it.regional.is_some());
        let fits = fields.vpc_id == *vpc
            && near
            && carried
            && gateway
            && !c.reply
            && !again
            && header.from.is_ipv4();
        if !fits || is_private(header.to) || self.is_shut(vpc, None, true) {
            return None;
        }
        let outer: IpAddr = REGIONAL.parse().unwrap();
        c.undo.push(Undo { host: None, regional: Some(vpc), outer, saved: *header, transparent: false });
        c.sender = None;
        (header.from, header.sport) = (outer, 1024);
        Some(At::Sky)
    }

    /// An instance that forwards, and translates what goes to public addresses.
    fn forwarder(
        &self,
        id: &ResourceId,
        subnet: &ResourceId,
        header: &mut Header,
        c: &mut Connection<'a>,
    ) -> Option<At<'a>> {
        let host = *self.hosts.iter().find(|it| it.owner == *id)?;
        let again = c.undo.iter().any(|it| it.host.is_some_and(|it| std::ptr::eq(it, host)));
        let crosses = host.subnet == *subnet || self.passes(&host.subnet, true, *header);
        if (again && !c.reply) || !crosses || host.source_dest_check {
            return None;
        }
        if !self.group(host, true, *header, c.sender, c) {
            return None;
        }
        let peer = self.named_by(host, header.to, c);
        if !self.group(host, false, *header, peer, c) {
            return None;
        }
        c.sender = None;
        if !c.reply && header.from.is_ipv4() && !is_private(header.to) {
            let saved = *header;
            c.undo.push(Undo {
                host: Some(host),
                regional: None,
                outer: host.address,
                saved,
                transparent: false,
            });
            header.from = host.address;
        }
        Some(At::Leaving { vpc: &host.vpc, subnet: &host.subnet, host: true })
    }

    pub(super) fn is_shut(&self, vpc: &ResourceId, subnet: Option<&ResourceId>, outbound: bool) -> bool {
        self.topology.iter().any(|it| {
            let ResourceKind::VpcBlockPublicAccess(it) = &it.kind else { return false };
            let mut both = false;
            let mut egress = false;
            for exclusion in &it.exclusions {
                let here = exclusion.vpc_id.as_ref() == Some(vpc)
                    || (subnet.is_some() && exclusion.subnet_id.as_ref() == subnet);
                match exclusion.internet_gateway_exclusion_mode {
                    ExclusionMode::AllowBidirectional => both |= here,
                    ExclusionMode::AllowEgress => egress |= here,
                }
            }
            match it.internet_gateway_block_mode {
                BlockMode::Off => false,
                _ if both => false,
                BlockMode::BlockIngress => !outbound,
                BlockMode::BlockBidirectional => !outbound || !egress,
            }
        })
    }

    fn attachment(
        &self,
        gateway: &ResourceId,
        vpc: &ResourceId,
    ) -> Option<(&'a ResourceId, &'a TransitGatewayVpcAttachment)> {
        self.topology.iter().find_map(|it| match &it.kind {
            ResourceKind::TransitGatewayVpcAttachment(fields)
                if fields.transit_gateway_id == *gateway && fields.vpc_id == *vpc =>
            {
                Some((&it.id, fields))
            }
            _ => None,
        })
    }

    fn transit_table(&self, gateway: &ResourceId, by: &ResourceId) -> Option<&'a TransitGatewayRouteTable> {
        self.topology.iter().find_map(|it| match &it.kind {
            ResourceKind::TransitGatewayRouteTable(fields)
                if fields.transit_gateway_id == *gateway && fields.associations.contains(by) =>
            {
                Some(fields)
            }
            _ => None,
        })
    }

    /// The attachment to which a table sends an address.
    fn transit_route(&self, table: &'a TransitGatewayRouteTable, to: IpAddr) -> Option<&'a ResourceId> {
        let mut best: Option<(u8, Option<&ResourceId>)> = None;
        for prefix in 0..=128u8 {
            for id in &table.propagations {
                let blocks: Vec<IpNet> = match self.topology.kind(id)? {
                    ResourceKind::TransitGatewayVpcAttachment(it) => {
                        self.vpc(&it.vpc_id).all_cidr_blocks().collect()
                    }
                    ResourceKind::VpnConnection(it) => it.on_premises_cidr_blocks.clone(),
                    _ => Vec::new(),
                };
                let fits = blocks.iter().any(|it| it.prefix_len() == prefix && it.contains(&to));
                if fits && best.is_none_or(|it| it.0 < prefix) {
                    best = Some((prefix, Some(id)));
                }
            }
            for route in &table.routes {
                let block = route.destination_cidr_block;
                if block.prefix_len() == prefix && block.contains(&to) {
                    let id = route.transit_gateway_attachment_id.as_ref();
                    best = Some((prefix, id.filter(|_| !route.blackhole)));
                }
            }
        }
        best?.1
    }

    fn names_pass(&self, gateway: &ResourceId, one: &ResourceId, other: &ResourceId) -> bool {
        let ResourceKind::TransitGateway(fields) = self.topology.kind(gateway).unwrap() else { return false };
        let supports = |id| match self.topology.kind(id) {
            Some(ResourceKind::TransitGatewayVpcAttachment(it)) => it.security_group_referencing_support,
            _ => false,
        };
        fields.security_group_referencing_support && supports(one) && supports(other)
    }

    pub(super) fn in_transit(
        &self,
        gateway: &'a ResourceId,
        by: &'a ResourceId,
        zone: Option<&'a str>,
        header: Header,
        c: &mut Connection<'a>,
    ) -> Next<'a> {
        let to = self.transit_route(self.transit_table(gateway, by)?, header.to)?;
        match self.topology.kind(to)? {
            ResourceKind::TransitGatewayVpcAttachment(it) => {
                if !self.names_pass(gateway, by, to) {
                    c.sender = None;
                }
                let near = it.subnet_ids.iter().find(|it| Some(self.zone(it)) == zone);
                let subnet = near.or(it.subnet_ids.first())?;
                Some(Ok(At::Leaving { vpc: &it.vpc_id, subnet, host: false }))
            }
            ResourceKind::TransitGatewayPeeringAttachment(it) => {
                c.sender = None;
                let peer = it.peer_transit_gateway_id.as_ref()?;
                let other = if it.transit_gateway_id == *gateway { peer } else { &it.transit_gateway_id };
                it.auto_accept.then_some(Ok(At::Transit { gateway: other, by: to, zone }))
            }
            ResourceKind::VpnConnection(_) => {
                (c.reply || c.wanted.is_none()).then_some(Err(End::Premises(to)))
            }
            _ => None,
        }
    }

    /// The gateway behind which an address lies.
    pub(super) fn premises_of(&self, address: IpAddr) -> Option<&'a ResourceId> {
        let found = self.topology.iter().find(|it| match &it.kind {
            ResourceKind::VpnGateway(it) => {
                it.vpc_id.is_some() && it.on_premises_cidr_blocks.iter().any(|it| it.contains(&address))
            }
            ResourceKind::VpnConnection(it) => {
                it.on_premises_cidr_blocks.iter().any(|it| it.contains(&address))
            }
            _ => false,
        });
        found.map(|it| &it.id)
    }

    pub(super) fn enter_from_premises(
        &self,
        gateway: &'a ResourceId,
        header: Header,
        c: &mut Connection<'a>,
    ) -> Option<(End<'a>, Header)> {
        c.sender = None;
        match self.topology.kind(gateway)? {
            ResourceKind::VpnGateway(it) => {
                let vpc = it.vpc_id.as_ref()?;
                if !self.owns(vpc, header.to) {
                    return None;
                }
                self.follow(At::Inside { vpc, from: None }, header, c)
            }
            ResourceKind::VpnConnection(it) => {
                let at = At::Transit { gateway: it.transit_gateway_id.as_ref()?, by: gateway, zone: None };
                self.follow(at, header, c)
            }
            _ => None,
        }
    }

    /// Whom the groups of a sender see behind an address.
    pub(super) fn named_by(&self, host: &Interface, to: IpAddr, c: &Connection<'_>) -> Option<&'a Interface> {
        let holder = |vpc: &ResourceId| self.hosts.iter().copied().find(|it| it.vpc == *vpc && it.has(to));
        if let Some(found) = holder(&host.vpc) {
            return Some(found);
        }
        if c.service.is_some() || c.reply {
            return None;
        }
        let Taken::Target(target) = self.route(&host.subnet, to)? else { return None };
        match target {
            RouteTarget::VpcPeeringConnection(id) => {
                let ResourceKind::VpcPeeringConnection(it) = self.topology.kind(&id)? else { return None };
                let other = if it.vpc_id == host.vpc { it.peer_vpc_id.as_ref()? } else { &it.vpc_id };
                (self.vpc(other).region == self.vpc(&host.vpc).region).then(|| holder(other))?
            }
            RouteTarget::TransitGateway(id) => {
                let (by, _) = self.attachment(&id, &host.vpc)?;
                let other = self.transit_route(self.transit_table(&id, by)?, to)?;
                let ResourceKind::TransitGatewayVpcAttachment(it) = self.topology.kind(other)? else {
                    return None;
                };
                self.names_pass(&id, by, other).then(|| holder(&it.vpc_id))?
            }
            _ => None,
        }
    }
}
