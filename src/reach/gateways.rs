//! The gateways of a VPC: to the internet and back, NAT, appliances, endpoints.

use std::net::{IpAddr, Ipv4Addr};

use super::{
    ends::{is_private, is_shared},
    filter::{Packet, Way},
    network::Interface,
    trace::{Code, Decision, Direction, HopKind},
    walk::{Arrival, Spot, Turn, TurnAt, Walker},
};
use crate::{
    model::{
        BlockMode, ExclusionMode, Kind, RegionalNatGateway, ResourceId, ResourceKind, VpcBlockPublicAccess,
    },
    net::{PortSet, Protocol},
    t,
};

/// The lowest port that a NAT gateway uses: rules must let all of 1024-65535 back in.
const NAT_PORT: u16 = 1024;
/// Stands for the public address that a sender lacks.
const IMAGINED: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 19, 255, 252));
/// Stands for the public addresses of regional NAT gateways.
const REGIONAL_STAND_IN: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 19, 255, 253));

impl<'n> Walker<'n> {
    /// Through an internet gateway outwards, with its one-to-one translation.
    pub(super) fn gateway_outwards(&mut self, id: &'n ResourceId, spot: Spot<'n>, packet: Packet) {
        self.hop(Some(id), HopKind::InternetGateway);
        let attached = self.network.kind(id).and_then(ResourceKind::as_internet_gateway);
        if attached.is_none_or(|it| it.vpc_id.as_ref() != Some(spot.vpc)) {
            let detail = t!("reach-igw-not-attached", name = self.label(id));
            self.block(Code::BadStateRoute, Some(id), detail);
            return;
        }
        if is_private(packet.destination) {
            let shared = matches!(packet.destination, IpAddr::V4(it) if is_shared(it));
            let code = if shared {
                Code::IgwDestinationAddressNotInRfc6598Egress
            } else {
                Code::IgwDestinationAddressNotInRfc1918Egress
            };
            self.block(code, Some(id), t!("reach-igw-private-destination", address = packet.destination));
            return;
        }
        let sender = self.network.at_address(spot.vpc, packet.source);
        let nat = sender.is_some_and(|it| it.translates);
        self.block_public_access(id, spot.vpc, Some(spot.subnet), nat);
        let mut outside = packet;
        if let Some(public) = sender.and_then(|it| it.public_of(packet.source)) {
            outside.source = public;
            if public != packet.source {
                let name = sender.map_or_else(String::new, |it| self.label(&it.owner));
                self.step("internet gateway", Decision::Translated, t!("reach-igw-translates", name = name));
            }
        } else {
            let name = sender.map_or_else(|| packet.source.to_string(), |it| self.label(&it.owner));
            let detail = t!("reach-igw-no-public", name = name);
            self.block(Code::IgwPublicIpAssociationForEgress, Some(id), detail);
            // The rest of the way is told as if the sender had a public address.
            self.imagined = sender.map(|it| (it, packet.source));
            outside.source = IMAGINED;
        }
        self.outside(outside);
    }

    /// Out there: to a public address of the drawing, or to the internet.
    fn outside(&mut self, packet: Packet) {
        self.seen = None;
        if self.direction == Direction::Reply && self.back_to_regional_nat(packet) {
            return;
        }
        match self.behind(packet.destination) {
            Some((to, private)) => self.gateway_inwards(to, private, packet),
            None => self.arrive(Arrival::Internet, "internet", packet),
        }
    }

    /// The interface behind a public address, real or imagined.
    fn behind(&self, address: IpAddr) -> Option<(&'n Interface, IpAddr)> {
        if address == IMAGINED { self.imagined } else { self.network.at_public(address) }
    }

    /// The answer of the internet to a packet that went out by an internet gateway.
    pub(super) fn answer_from_internet(&mut self, reply: Packet) {
        if self.back_to_regional_nat(reply) {
            return;
        }
        if let Some((to, private)) = self.behind(reply.destination) {
            self.gateway_inwards(to, private, reply);
        }
    }

    /// From the internet through the gateway of the destination's VPC.
    pub(super) fn gateway_inwards(&mut self, to: &'n Interface, private: IpAddr, packet: Packet) {
        let Some(gateway) = self.network.index.internet_gateway(&to.vpc) else {
            let detail = t!("reach-no-igw", vpc = self.label(&to.vpc));
            self.block(Code::UnassociatedComponent, Some(&to.vpc), detail);
            return;
        };
        self.hop(Some(gateway), HopKind::InternetGateway);
        let answer = self.direction == Direction::Reply && to.translates;
        self.block_public_access(gateway, &to.vpc, Some(&to.subnet), answer);
        if private != packet.destination {
            let because = t!("reach-igw-translates", name = self.label(&to.owner));
            self.step("internet gateway", Decision::Translated, because);
        }
        self.seen = None;
        self.over_the_edge(gateway, &to.vpc, Packet { destination: private, ..packet });
    }

    /// Through an egress-only internet gateway: IPv6, outwards.
    pub(super) fn egress_only(&mut self, id: &'n ResourceId, spot: Spot<'n>, packet: Packet) {
        self.hop(Some(id), HopKind::EgressOnlyInternetGateway);
        let gateway = self.network.kind(id).and_then(ResourceKind::as_egress_only_internet_gateway);
        if gateway.is_none_or(|it| it.vpc_id != *spot.vpc) {
            let detail = t!("reach-igw-not-attached", name = self.label(id));
            self.block(Code::BadStateRoute, Some(id), detail);
            return;
        }
        if self.direction == Direction::Reply {
            // It lets nothing out that did not come by it.
            self.block(Code::CannotRoute, Some(id), t!("reach-reply-untracked", name = self.label(id)));
            return;
        }
        if packet.destination.is_ipv4() || is_private(packet.destination) {
            let detail = t!("reach-egress-only", address = packet.destination);
            self.block(Code::CannotRoute, Some(id), detail);
            return;
        }
        self.block_public_access(id, spot.vpc, Some(spot.subnet), true);
        self.seen = None;
        self.step("egress-only gateway", Decision::Forwarded, t!("reach-passes"));
        match self.network.at_public(packet.destination) {
            Some((to, private)) => self.gateway_inwards(to, private, packet),
            None => self.arrive(Arrival::EgressOnly(id), "internet", packet),
        }
    }

    /// Asks Block Public Access at a gateway to the internet. `outbound` is what only ever starts
    /// inside: the traffic of NAT and egress-only gateways.
    fn block_public_access(
        &mut self,
        gateway: &ResourceId,
        vpc: &ResourceId,
        subnet: Option<&ResourceId>,
        outbound: bool,
    ) {
        let settings = self.network.index.resources_of(Kind::VpcBlockPublicAccess);
        let blocks = settings.filter_map(|it| it.kind.as_vpc_block_public_access());
        if blocks.into_iter().any(|it| is_blocked(it, vpc, subnet, outbound)) {
            let detail = t!("reach-block-public-access", vpc = self.label(vpc));
            self.block(Code::VpcBlockPublicAccessEnabled, Some(gateway), detail);
        }
    }

    /// Through a NAT gateway: into its subnet, and out of it again from its own address.
    pub(super) fn nat(&mut self, id: &'n ResourceId, spot: Spot<'n>, packet: Packet) {
        let Some(nat) = self.network.of_owner(id).next() else {
            self.block(Code::BadStateRoute, Some(id), t!("reach-nat-gone", name = id.as_str()));
            return;
        };
        if nat.vpc != *spot.vpc {
            let detail = t!("reach-nat-other-vpc", name = self.label(id));
            self.block(Code::NgwRequiresSourceInVpc, Some(id), detail);
            return;
        }
        if nat.subnet != *spot.subnet {
            self.hop(Some(&nat.subnet), HopKind::Subnet);
            self.acl(&nat.subnet, Way::In, &packet);
        }
        self.hop(Some(id), HopKind::NatGateway);
        if !self.can_translate(id, packet) {
            return;
        }
        self.step("NAT gateway", Decision::Translated, t!("reach-nat-translates", address = nat.address));
        self.turns.push(Turn { at: TurnAt::Interface(nat), inner: packet, outer: nat.address });
        self.seen = None;
        let mut outer = Packet { source: nat.address, source_port: NAT_PORT, ..packet };
        if let Some(embedded) = embedded(packet.destination) {
            outer.destination = embedded;
            if packet.protocol == Protocol::Icmpv6 {
                (outer.protocol, outer.icmp) = (Protocol::Icmp, (8, 0));
            }
        }
        self.leave(Spot::of(nat), outer);
    }

    /// What every NAT gateway asks of a packet.
    fn can_translate(&mut self, id: &'n ResourceId, packet: Packet) -> bool {
        if self.direction == Direction::Reply {
            self.block(Code::CannotRoute, Some(id), t!("reach-reply-untracked", name = self.label(id)));
            return false;
        }
        let protocol = packet.protocol;
        let carried = match packet.source {
            IpAddr::V4(_) => matches!(protocol, Protocol::Tcp | Protocol::Udp | Protocol::Icmp),
            IpAddr::V6(_) => {
                let fits = matches!(protocol, Protocol::Tcp | Protocol::Udp | Protocol::Icmpv6);
                fits && embedded(packet.destination).is_some()
            }
        };
        if !carried {
            let detail = t!("reach-nat-protocol", name = self.label(id), protocol = protocol);
            self.block(Code::CannotRoute, Some(id), detail);
            if packet.source.is_ipv6() {
                return false;
            }
        }
        let again = self.turns.iter().any(|turn| match turn.at {
            TurnAt::Interface(at) | TurnAt::Balancer(at, _) => at.owner == *id,
            TurnAt::Regional(other, _) => other == id,
        });
        if again {
            self.block(Code::CannotRoute, Some(id), t!("reach-loop", name = self.label(id)));
        }
        !again
    }

    /// Through a regional NAT gateway, which has its own way to the internet.
    pub(super) fn regional_nat(
        &mut self,
        id: &'n ResourceId,
        fields: &'n RegionalNatGateway,
        spot: Spot<'n>,
        packet: Packet,
    ) {
        self.hop(Some(id), HopKind::NatGateway);
        if fields.vpc_id != *spot.vpc {
            let detail = t!("reach-nat-other-vpc", name = self.label(id));
            self.block(Code::NgwRequiresSourceInVpc, Some(id), detail);
            return;
        }
        if !self.can_translate(id, packet) {
            return;
        }
        let zone = self.network.subnet(spot.subnet).map(|it| it.availability_zone.as_str());
        let zones = &fields.availability_zone_addresses;
        let at = zones.iter().find(|it| Some(it.availability_zone.as_str()) == zone);
        if !zones.is_empty() && at.is_none() {
            let zone = zone.unwrap_or_default();
            let detail = t!("reach-regional-zone", name = self.label(id), zone = zone);
            self.block(Code::RegionalNgwRouteAzRestriction, Some(id), detail);
        }
        let allocation = at.or_else(|| zones.first()).and_then(|it| it.allocation_ids.first());
        let elastic = allocation.and_then(|id| self.network.kind(id)).and_then(ResourceKind::as_elastic_ip);
        let public = elastic.and_then(|it| it.public_ip).map_or(REGIONAL_STAND_IN, IpAddr::V4);
        self.step("NAT gateway", Decision::Translated, t!("reach-nat-translates", address = public));
        self.turns.push(Turn { at: TurnAt::Regional(id, spot.vpc), inner: packet, outer: public });
        let Some(gateway) = self.network.index.internet_gateway(spot.vpc) else {
            let detail = t!("reach-no-igw", vpc = self.label(spot.vpc));
            self.block(Code::UnassociatedComponent, Some(spot.vpc), detail);
            return;
        };
        self.hop(Some(gateway), HopKind::InternetGateway);
        if is_private(packet.destination) {
            let detail = t!("reach-igw-private-destination", address = packet.destination);
            self.block(Code::IgwDestinationAddressNotInRfc1918Egress, Some(gateway), detail);
            return;
        }
        self.block_public_access(gateway, spot.vpc, None, true);
        self.outside(Packet { source: public, source_port: NAT_PORT, ..packet });
    }

    /// Whether a reply goes to a regional NAT gateway; it is then sent home.
    fn back_to_regional_nat(&mut self, reply: Packet) -> bool {
        let Some(Turn { at: TurnAt::Regional(id, vpc), inner, outer }) = self.turns.last().copied() else {
            return false;
        };
        if outer != reply.destination {
            return false;
        }
        self.turns.pop();
        if let Some(gateway) = self.network.index.internet_gateway(vpc) {
            self.hop(Some(gateway), HopKind::InternetGateway);
        }
        self.hop(Some(id), HopKind::NatGateway);
        self.step("NAT gateway", Decision::Translated, t!("reach-nat-back"));
        self.local(vpc, inner.reply(), None);
        true
    }

    /// Through a host that forwards. Towards the internet it is taken to translate like a NAT instance.
    pub(super) fn middlebox(&mut self, id: &'n ResourceId, from: Option<Spot<'n>>, packet: Packet) {
        let Some(host) = self.network.of_owner(id).next() else {
            self.block(Code::BadStateRoute, Some(id), t!("reach-nat-gone", name = id.as_str()));
            return;
        };
        let again = |it: &(&Interface, Packet)| std::ptr::eq(it.0, host) && it.1 == packet;
        let translated = |turn: &Turn<'_>| matches!(turn.at, TurnAt::Interface(at) if std::ptr::eq(at, host));
        if self.forwarders.iter().any(again)
            || self.turns.iter().any(translated) && self.direction == Direction::Forward
        {
            self.block(Code::CannotRoute, Some(id), t!("reach-loop", name = self.label(id)));
            return;
        }
        self.forwarders.push((host, packet));
        if from.is_none_or(|from| host.subnet != *from.subnet) {
            self.hop(Some(&host.subnet), HopKind::Subnet);
            self.acl(&host.subnet, Way::In, &packet);
        }
        self.hop(Some(id), HopKind::Interface);
        self.groups(host, Way::In, &packet, self.seen);
        if host.source_dest_check {
            let detail = t!("reach-source-dest-check", name = self.label(id));
            self.block(Code::EniSourceDestCheckRestriction, Some(id), detail);
        }
        let peer = self.peer_of(host, packet.destination);
        self.groups(host, Way::Out, &packet, peer);
        self.seen = None;
        let outwards = from.is_some() && packet.source.is_ipv4() && !is_private(packet.destination);
        if outwards && self.direction == Direction::Forward {
            self.turns.push(Turn { at: TurnAt::Interface(host), inner: packet, outer: host.address });
            self.leave(Spot::of(host), Packet { source: host.address, ..packet });
        } else {
            self.leave(Spot::of(host), packet);
        }
    }

    /// To a service by a gateway endpoint.
    pub(super) fn gateway_endpoint(&mut self, id: &'n ResourceId, spot: Spot<'n>, packet: Packet) {
        self.hop(Some(id), HopKind::GatewayEndpoint);
        if let Some(open) = &mut self.open {
            open.udp = PortSet::none();
        }
        let echo = packet.protocol == Protocol::Icmp && packet.icmp.0 == 8;
        if packet.protocol != Protocol::Tcp && !echo {
            let detail = t!("reach-endpoint-protocol", protocol = packet.protocol);
            self.block(Code::VpceGatewayProtocolRestriction, Some(id), detail);
        }
        if !self.network.is_in_vpc(spot.vpc, packet.source) {
            let detail = t!("reach-endpoint-source", address = packet.source);
            self.block(Code::VpceGatewayEgressSourceAddressRestriction, Some(id), detail);
        }
        self.arrive_at_service(id, spot.vpc, packet);
    }
}

/// The IPv4 address inside one of 64:ff9b::/96, which NAT64 turns into it.
fn embedded(address: IpAddr) -> Option<IpAddr> {
    let IpAddr::V6(address) = address else { return None };
    let [0x64, 0xff9b, 0, 0, 0, 0, high, low] = address.segments() else { return None };
    Some(IpAddr::V4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))))
}

/// Whether a setting of Block Public Access stops traffic of a VPC's subnet.
fn is_blocked(
    settings: &VpcBlockPublicAccess,
    vpc: &ResourceId,
    subnet: Option<&ResourceId>,
    outbound: bool,
) -> bool {
    let excluded = |mode: ExclusionMode| {
        settings.exclusions.iter().any(|it| {
            let here =
                it.vpc_id.as_ref() == Some(vpc) || (subnet.is_some() && it.subnet_id.as_ref() == subnet);
            here && it.internet_gateway_exclusion_mode == mode
        })
    };
    let open = excluded(ExclusionMode::AllowBidirectional);
    match settings.internet_gateway_block_mode {
        BlockMode::Off => false,
        BlockMode::BlockIngress => !open && !outbound,
        BlockMode::BlockBidirectional => !(open || outbound && excluded(ExclusionMode::AllowEgress)),
    }
}
