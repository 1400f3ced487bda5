//! From network to network: peering, transit gateways, virtual private gateways.

use std::net::IpAddr;

use ipnet::IpNet;

use super::{
    filter::{Packet, Way},
    network::{Interface, Network},
    route::{Aim, choose},
    trace::{Code, Decision, Direction, HopKind},
    walk::{Arrival, Spot, Walker},
};
use crate::{
    model::{
        Kind, ResourceId, ResourceKind, RouteTarget, TransitGatewayRouteTable, TransitGatewayVpcAttachment,
        Vpc, VpcPeeringConnection, routing::EffectiveTarget,
    },
    t,
};

/// How many transit gateways a packet passes at most.
const MOST_TRANSIT_GATEWAYS: usize = 8;

/// Where the table of a transit gateway sends a packet.
enum Transit<'n> {
    /// To this attachment, by the route to this block.
    To(&'n ResourceId, IpNet),
    /// Nowhere: a blackhole.
    Drop(IpNet),
    /// There is no route.
    NoRoute,
}

impl<'n> Walker<'n> {
    /// Over a peering connection: only from and to the two VPCs' own addresses.
    pub(super) fn peering(
        &mut self,
        id: &'n ResourceId,
        fields: &'n VpcPeeringConnection,
        spot: Spot<'n>,
        packet: Packet,
    ) {
        self.hop(Some(id), HopKind::VpcPeeringConnection);
        let ours = fields.vpc_id == *spot.vpc || fields.peer_vpc_id.as_ref() == Some(spot.vpc);
        if !ours || !fields.auto_accept {
            let detail = t!("reach-peering-not-active", name = self.label(id));
            self.block(Code::BadStateRoute, Some(id), detail);
            return;
        }
        let far = fields.other_side(spot.vpc).filter(|it| self.network.vpc(it).is_some());
        let blocks = &fields.peer_cidr_blocks;
        let undrawn = || blocks.is_empty() || blocks.iter().any(|block| block.contains(&packet.destination));
        let inside = far.map_or_else(undrawn, |far| self.network.is_in_vpc(far, packet.destination));
        let wrong =
            [(inside, packet.destination), (self.network.is_in_vpc(spot.vpc, packet.source), packet.source)];
        for (_, address) in wrong.into_iter().filter(|it| !it.0) {
            let detail = t!("reach-peering-transit", name = self.label(id), address = address);
            self.block(Code::PcxRequiresAddressInVpcCidr, Some(id), detail);
        }
        if !inside {
            return;
        }
        self.step("peering connection", Decision::Forwarded, t!("reach-passes"));
        match far {
            Some(far) => {
                if !same_region(self.network, spot.vpc, far) {
                    self.seen = None;
                }
                self.local(far, packet, None);
            }
            None => self.arrive(Arrival::PeerVpc(id, spot.vpc), "peer VPC", packet),
        }
    }

    /// Into a transit gateway by the attachment of the sender's VPC.
    pub(super) fn transit(&mut self, id: &'n ResourceId, spot: Spot<'n>, packet: Packet) {
        let Some((attachment, fields)) = attachment_of(self.network, id, spot.vpc) else {
            self.hop(Some(id), HopKind::TransitGateway);
            let detail = t!("reach-tgw-not-attached", name = self.label(id), vpc = self.label(spot.vpc));
            self.block(Code::BadStateAttachment, Some(id), detail);
            return;
        };
        match subnet_in_zone_of(self.network, fields, spot.subnet) {
            Some(at) if at != spot.subnet => {
                self.hop(Some(at), HopKind::Subnet);
                self.acl(at, Way::In, &packet);
            }
            Some(_) => {}
            None => {
                let zone = self.network.subnet(spot.subnet).map_or("", |it| it.availability_zone.as_str());
                let detail = t!("reach-tgw-zone", name = self.label(attachment), zone = zone);
                self.block(Code::TgwRouteAzRestriction, Some(attachment), detail);
            }
        }
        self.through_transit(id, attachment, Some(spot.subnet), packet, 0);
    }

    /// Through a transit gateway, from the attachment by which the packet came.
    fn through_transit(
        &mut self,
        id: &'n ResourceId,
        from: &'n ResourceId,
        origin: Option<&'n ResourceId>,
        packet: Packet,
        depth: usize,
    ) {
        self.hop(Some(id), HopKind::TransitGateway);
        if depth > MOST_TRANSIT_GATEWAYS {
            self.block(Code::CannotRoute, Some(id), t!("reach-loop", name = self.label(id)));
            return;
        }
        let network = self.network;
        let (name, answer) = match table_of(network, id, from) {
            Association::Table(table, fields) => {
                (self.label(table), look_up(network, fields, packet.destination))
            }
            Association::Default => (self.label(id), look_up_default(network, id, packet.destination)),
            Association::None => {
                let detail = t!("reach-tgw-no-association", name = self.label(from));
                self.block(Code::TgwAttachMissingTgwRtbAssociation, Some(from), detail);
                return;
            }
        };
        let destination = packet.destination.to_string();
        match answer {
            Transit::NoRoute => {
                let detail = t!("reach-no-route", table = name, destination = destination);
                self.block(Code::TgwRtbNoRoute, Some(id), detail);
            }
            Transit::Drop(block) => {
                let detail = t!("reach-tgw-blackhole", table = name, destination = block.to_string());
                self.block(Code::TgwRtbBadStateRoute, Some(id), detail);
            }
            Transit::To(attachment, block) => {
                let target = self.label(attachment);
                let because =
                    t!("reach-route", table = name, destination = block.to_string(), target = target);
                self.step("transit gateway", Decision::Forwarded, because);
                self.out_of_transit((id, from), attachment, origin, packet, depth);
            }
        }
    }

    fn out_of_transit(
        &mut self,
        (id, from): (&'n ResourceId, &'n ResourceId),
        attachment: &'n ResourceId,
        origin: Option<&'n ResourceId>,
        packet: Packet,
        depth: usize,
    ) {
        match self.network.kind(attachment) {
            Some(ResourceKind::TransitGatewayVpcAttachment(fields)) => {
                if !references_pass(self.network, id, from, attachment) {
                    self.seen = None;
                }
                let near = origin.and_then(|it| subnet_in_zone_of(self.network, fields, it));
                let Some(subnet) = near.or_else(|| fields.subnet_ids.first()) else {
                    let detail = t!("reach-tgw-no-subnet", name = self.label(attachment));
                    self.block(Code::BadStateAttachment, Some(attachment), detail);
                    return;
                };
                self.leave(Spot { vpc: &fields.vpc_id, subnet, interface: None }, packet);
            }
            Some(ResourceKind::TransitGatewayPeeringAttachment(fields)) => {
                self.seen = None;
                let other = if fields.transit_gateway_id == *id {
                    fields.peer_transit_gateway_id.as_ref()
                } else {
                    Some(&fields.transit_gateway_id)
                };
                let other = other.filter(|it| self.kind_of(it) == Some(Kind::TransitGateway));
                match other {
                    Some(other) if fields.auto_accept => {
                        self.through_transit(other, attachment, origin, packet, depth + 1);
                    }
                    _ => {
                        let detail = t!("reach-peering-not-active", name = self.label(attachment));
                        self.block(Code::TgwRtbBadStateRoute, Some(attachment), detail);
                    }
                }
            }
            Some(ResourceKind::VpnConnection(_)) => {
                self.arrive(Arrival::OnPremises(attachment), "on premises", packet);
            }
            _ => {
                let detail = t!("reach-unknown-target", target = attachment.as_str());
                self.block(Code::TgwRtbBadStateRoute, Some(id), detail);
            }
        }
    }

    /// To the networks on premises by a virtual private gateway.
    pub(super) fn vpn_gateway(&mut self, id: &'n ResourceId, spot: Spot<'n>, packet: Packet) {
        self.hop(Some(id), HopKind::VpnGateway);
        let fields = self.network.kind(id).and_then(ResourceKind::as_vpn_gateway);
        if fields.is_none_or(|it| it.vpc_id.as_ref() != Some(spot.vpc)) {
            let detail = t!("reach-igw-not-attached", name = self.label(id));
            self.block(Code::BadStateRoute, Some(id), detail);
            return;
        }
        if !self.network.is_in_vpc(spot.vpc, packet.source) {
            let detail = t!("reach-peering-transit", name = self.label(id), address = packet.source);
            self.block(Code::CannotRoute, Some(id), detail);
        }
        self.seen = None;
        self.step("virtual private gateway", Decision::Forwarded, t!("reach-passes"));
        self.arrive(Arrival::OnPremises(id), "on premises", packet);
    }

    /// From on premises by a virtual private gateway, or by the VPN connection of a transit gateway.
    pub(super) fn enter_from_premises(&mut self, id: &'n ResourceId, packet: Packet) {
        self.seen = None;
        match self.network.kind(id) {
            Some(ResourceKind::VpnGateway(fields)) => {
                self.hop(Some(id), HopKind::VpnGateway);
                match &fields.vpc_id {
                    Some(vpc) if self.network.is_in_vpc(vpc, packet.destination) => {
                        self.over_the_edge(id, vpc, packet);
                    }
                    _ => {
                        let detail =
                            t!("reach-peering-transit", name = self.label(id), address = packet.destination);
                        self.block(Code::CannotRoute, Some(id), detail);
                    }
                }
            }
            Some(ResourceKind::VpnConnection(fields)) => match &fields.transit_gateway_id {
                Some(gateway) => self.through_transit(gateway, id, None, packet, 0),
                None => self.block(Code::UnassociatedComponent, Some(id), t!("reach-no-such-interface")),
            },
            _ => {}
        }
    }

    /// The interface at a destination, as far as the groups of the sender may name it: in the same
    /// VPC, over peering within a region, or over a transit gateway that passes references on.
    pub(super) fn peer_of(&self, from: &'n Interface, destination: IpAddr) -> Option<&'n Interface> {
        let network = self.network;
        if let Some(to) = network.at_address(&from.vpc, destination) {
            return Some(to);
        }
        if self.service.is_some() || self.direction == Direction::Reply {
            return None;
        }
        let (_, route) = choose(network, &from.subnet, Aim::Address(destination));
        let EffectiveTarget::Static { target, .. } = &route?.target else { return None };
        match target {
            RouteTarget::VpcPeeringConnection(id) => {
                let fields = network.kind(id)?.as_vpc_peering_connection()?;
                let far = fields.other_side(&from.vpc)?;
                same_region(network, &from.vpc, far).then(|| network.at_address(far, destination))?
            }
            RouteTarget::TransitGateway(id) => {
                let (id, _) = network.known(id)?;
                let (attachment, _) = attachment_of(network, id, &from.vpc)?;
                let answer = match table_of(network, id, attachment) {
                    Association::Table(_, fields) => look_up(network, fields, destination),
                    Association::Default => look_up_default(network, id, destination),
                    Association::None => return None,
                };
                let Transit::To(to, _) = answer else { return None };
                let far = network.kind(to)?.as_transit_gateway_vpc_attachment()?;
                references_pass(network, id, attachment, to)
                    .then(|| network.at_address(&far.vpc_id, destination))?
            }
            _ => None,
        }
    }
}

fn same_region(network: &Network<'_>, one: &ResourceId, other: &ResourceId) -> bool {
    let region = |id| {
        let vpc = network.vpc(id);
        vpc.and_then(|it| it.region.as_deref()).unwrap_or(&network.topology.region)
    };
    region(one) == region(other)
}

/// Whether both attachments and the transit gateway let groups be named across.
fn references_pass(network: &Network<'_>, gateway: &ResourceId, from: &ResourceId, to: &ResourceId) -> bool {
    let attachment = |id: &ResourceId| {
        let fields = network.kind(id).and_then(ResourceKind::as_transit_gateway_vpc_attachment);
        fields.is_some_and(|it| it.security_group_referencing_support)
    };
    let gateway = network.kind(gateway).and_then(ResourceKind::as_transit_gateway);
    gateway.is_some_and(|it| it.security_group_referencing_support) && attachment(from) && attachment(to)
}

/// The attachment of a VPC to a transit gateway.
fn attachment_of<'n>(
    network: &'n Network<'n>,
    gateway: &ResourceId,
    vpc: &ResourceId,
) -> Option<(&'n ResourceId, &'n TransitGatewayVpcAttachment)> {
    let attached = network.index.users(vpc, "vpc_id");
    attached
        .filter_map(|id| Some((id, network.kind(id)?.as_transit_gateway_vpc_attachment()?)))
        .find(|(_, fields)| fields.transit_gateway_id == *gateway)
}

/// The attachment's subnet in the Availability Zone of another subnet.
fn subnet_in_zone_of<'n>(
    network: &'n Network<'n>,
    attachment: &'n TransitGatewayVpcAttachment,
    subnet: &ResourceId,
) -> Option<&'n ResourceId> {
    let zone = &network.subnet(subnet)?.availability_zone;
    let in_zone = |id: &&ResourceId| network.subnet(id).is_some_and(|it| it.availability_zone == *zone);
    attachment.subnet_ids.iter().find(in_zone)
}

/// Which table routes what comes in by an attachment.
enum Association<'n> {
    Table(&'n ResourceId, &'n TransitGatewayRouteTable),
    /// The table that AWS makes with the gateway, which is not drawn.
    Default,
    None,
}

fn table_of<'n>(network: &'n Network<'n>, gateway: &ResourceId, attachment: &ResourceId) -> Association<'n> {
    let mut drawn = false;
    for id in network.index.users(gateway, "transit_gateway_id") {
        let table = network.kind(id).and_then(ResourceKind::as_transit_gateway_route_table);
        let Some(table) = table else { continue };
        drawn = true;
        if table.associations.contains(attachment) {
            return Association::Table(id, table);
        }
    }
    let fields = network.kind(gateway).and_then(ResourceKind::as_transit_gateway);
    let by_default = !drawn && fields.is_some_and(|it| it.default_route_table_association);
    if by_default { Association::Default } else { Association::None }
}

/// The route that wins in a table of a transit gateway: the longest prefix, a static one before a
/// propagated one.
fn look_up<'n>(
    network: &'n Network<'n>,
    table: &'n TransitGatewayRouteTable,
    destination: IpAddr,
) -> Transit<'n> {
    let fixed = table
        .routes
        .iter()
        .filter(|it| it.destination_cidr_block.contains(&destination))
        .max_by_key(|it| it.destination_cidr_block.prefix_len());
    let learnt = propagated(network, &table.propagations, destination);
    match (fixed, learnt) {
        (Some(route), learnt)
            if learnt.is_none_or(|it| it.1.prefix_len() <= route.destination_cidr_block.prefix_len()) =>
        {
            match &route.transit_gateway_attachment_id {
                Some(id) if !route.blackhole => Transit::To(id, route.destination_cidr_block),
                _ => Transit::Drop(route.destination_cidr_block),
            }
        }
        (_, Some((id, block))) => Transit::To(id, block),
        _ => Transit::NoRoute,
    }
}

fn look_up_default<'n>(network: &'n Network<'n>, gateway: &ResourceId, destination: IpAddr) -> Transit<'n> {
    let fields = network.kind(gateway).and_then(ResourceKind::as_transit_gateway);
    let learns = fields.is_some_and(|it| it.default_route_table_propagation);
    let attachments = network.index.users(gateway, "transit_gateway_id");
    match propagated(network, attachments.filter(|_| learns), destination) {
        Some((id, block)) => Transit::To(id, block),
        None => Transit::NoRoute,
    }
}

/// The longest block around an address that attachments announce; the first one wins.
fn propagated<'n>(
    network: &'n Network<'n>,
    attachments: impl IntoIterator<Item = &'n ResourceId>,
    destination: IpAddr,
) -> Option<(&'n ResourceId, IpNet)> {
    let mut best: Option<(&ResourceId, IpNet)> = None;
    let mut offer = |id, block: IpNet| {
        if block.contains(&destination) && best.is_none_or(|it| it.1.prefix_len() < block.prefix_len()) {
            best = Some((id, block));
        }
    };
    for id in attachments {
        match network.kind(id) {
            Some(ResourceKind::TransitGatewayVpcAttachment(it)) => {
                let blocks = network.vpc(&it.vpc_id).into_iter().flat_map(Vpc::all_cidr_blocks);
                blocks.for_each(|block| offer(id, block));
            }
            Some(ResourceKind::VpnConnection(it)) => {
                it.on_premises_cidr_blocks.iter().for_each(|block| offer(id, *block));
            }
            _ => {}
        }
    }
    best
}
