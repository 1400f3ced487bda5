//! The walk itself: from interface to subnet border to route target, there and back.

use std::net::IpAddr;

use super::{
    ends::{Goal, Start, Who, goals, starts},
    filter::{Packet, Way},
    flow::{Flow, Party},
    network::{Interface, Network},
    open::Open,
    route::{Aim, choose, choose_in},
    steps::target_name,
    trace::{Blocker, Code, Decision, Direction, HopKind, Trace, Verdict},
};
use crate::{
    model::{Kind, ResourceId, ResourceKind, RouteTarget, routing::EffectiveTarget},
    net::Protocol,
    t,
};

/// More borders than any real path crosses: beyond them a packet goes round in circles.
const MOST_BORDERS: usize = 24;

/// Types and codes of ICMP.
const ECHO_REQUEST: (u8, u8) = (8, 0);
const ECHO_REQUEST_V6: (u8, u8) = (128, 0);

/// The port of the resolver.
const DNS: u16 = 53;

/// Follows a flow forward and back. Where a party stands for several addresses (the internet, a host
/// with several interfaces, an endpoint in several subnets), the answer is that of the one that gets
/// furthest.
pub fn walk(network: &Network<'_>, flow: &Flow) -> Trace {
    let mut best: Option<(bool, usize, Trace)> = None;
    for start in starts(network, flow) {
        for goal in goals(network, flow, start) {
            let Some(source) = start.source(goal.destination) else { continue };
            let Walker { trace, arrived, .. } = Walker::new(network, flow, start, goal, None).run(source);
            let arrived = arrived.is_some();
            if trace.verdict() == Verdict::Reachable {
                return trace;
            }
            let rank = (!arrived, trace.blockers.len());
            if best.as_ref().is_none_or(|best| rank < (best.0, best.1)) {
                best = Some((rank.0, rank.1, trace));
            }
        }
    }
    best.map_or_else(|| nobody(flow), |best| best.2)
}

fn nobody(flow: &Flow) -> Trace {
    let resource = match (&flow.from, &flow.to) {
        (Party::Resource(id), _) | (_, Party::Resource(id)) => Some(id.clone()),
        _ => None,
    };
    let detail = t!("reach-no-such-interface");
    let blocker =
        Blocker { code: Code::UnassociatedComponent, resource, direction: Direction::Forward, detail };
    Trace { blockers: vec![blocker], ..Trace::default() }
}

/// Where a packet stands before it crosses a subnet's border: an interface, or that of a transit
/// gateway's attachment, which has no owner on the drawing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'n> {
    pub vpc: &'n ResourceId,
    pub subnet: &'n ResourceId,
    pub interface: Option<&'n Interface>,
}

impl<'n> Spot<'n> {
    pub fn of(interface: &'n Interface) -> Self {
        Self { vpc: &interface.vpc, subnet: &interface.subnet, interface: Some(interface) }
    }
}

/// A translation that the reply has to undo.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn<'n> {
    pub at: TurnAt<'n>,
    /// The packet as it came.
    pub inner: Packet,
    /// The source under which it went on.
    pub outer: IpAddr,
}

/// Who translates.
#[derive(Debug, Clone, Copy)]
pub(super) enum TurnAt<'n> {
    /// A NAT gateway or an instance that forwards.
    Interface(&'n Interface),
    /// A regional NAT gateway of a VPC.
    Regional(&'n ResourceId, &'n ResourceId),
    /// A load balancer; whether targets see the client's address.
    Balancer(&'n Interface, bool),
}

/// Where a packet has arrived.
#[derive(Debug, Clone, Copy)]
pub(super) enum Arrival<'n> {
    /// At an interface of the drawing.
    Interface(&'n Interface),
    /// In the internet.
    Internet,
    /// In the internet, by this egress-only gateway.
    EgressOnly(&'n ResourceId),
    /// Behind a virtual private gateway or a VPN connection.
    OnPremises(&'n ResourceId),
    /// In a VPC that is not drawn, by a peering connection from this VPC.
    PeerVpc(&'n ResourceId, &'n ResourceId),
    /// At a service, by a gateway endpoint in this VPC.
    Service(&'n ResourceId, &'n ResourceId),
}

/// One walk.
pub(super) struct Walker<'n> {
    pub network: &'n Network<'n>,
    flow: &'n Flow,
    pub start: Start<'n>,
    pub goal: Goal<'n>,
    pub trace: Trace,
    pub direction: Direction,
    pub service: Option<&'n str>,
    /// The interface that asks, where it is one of the drawing.
    pub client: Option<&'n Interface>,
    /// The packet as it set out.
    pub first: Option<Packet>,
    /// Whose packet it is, for group rules: none once the path has hidden it.
    pub seen: Option<&'n Interface>,
    /// The interfaces whose groups track the connection.
    pub passed: Vec<&'n ResourceId>,
    /// The sender that lacks a public address, and its private one.
    pub imagined: Option<(&'n Interface, IpAddr)>,
    pub turns: Vec<Turn<'n>>,
    /// The hosts that have forwarded the packet, and how they saw it.
    pub forwarders: Vec<(&'n Interface, Packet)>,
    arrived: Option<(Arrival<'n>, Packet)>,
    borders: usize,
    /// What is still open, of a walk that is about all ports: it then tells no story.
    pub open: Option<Open>,
}

impl<'n> Walker<'n> {
    pub fn new(
        network: &'n Network<'n>,
        flow: &'n Flow,
        start: Start<'n>,
        goal: Goal<'n>,
        open: Option<Open>,
    ) -> Self {
        let client = match start {
            Start::Interface(from, _) => Some(from),
            _ => None,
        };
        let service = match goal.who {
            Who::Service(name) => Some(name),
            _ => None,
        };
        Self {
            network,
            flow,
            start,
            goal,
            trace: Trace::default(),
            direction: Direction::Forward,
            service,
            client,
            first: None,
            seen: client,
            passed: Vec::new(),
            imagined: None,
            turns: Vec::new(),
            forwarders: Vec::new(),
            arrived: None,
            borders: 0,
            open,
        }
    }

    /// Walks there and back.
    pub fn run(mut self, source: IpAddr) -> Self {
        let mut packet = Packet {
            source,
            destination: self.goal.destination,
            protocol: self.flow.protocol,
            source_port: self.flow.source_port,
            destination_port: self.flow.port,
            icmp: self.flow.icmp,
        };
        if source.is_ipv6() && (packet.protocol, packet.icmp) == (Protocol::Icmp, ECHO_REQUEST) {
            // Who pings an IPv6 address means the echo request of ICMPv6.
            (packet.protocol, packet.icmp) = (Protocol::Icmpv6, ECHO_REQUEST_V6);
        }
        self.first = Some(packet);
        match self.start {
            Start::Interface(from, _) if from.has(packet.destination) => {
                // What a host sends to itself never leaves it.
                self.hop(Some(&from.owner), HopKind::Interface);
                if self.is_wanted(from, packet) {
                    self.step("network interface", Decision::Delivered, t!("reach-delivered"));
                }
            }
            Start::Interface(from, _) if self.is_for_the_platform(from, packet) => {
                self.hop(Some(&from.owner), HopKind::Interface);
                self.hop(None, HopKind::Platform);
                self.step("path", Decision::Delivered, t!("reach-platform"));
            }
            Start::Interface(from, _) => {
                self.hop(Some(&from.owner), HopKind::Interface);
                let peer = self.peer_of(from, packet.destination);
                self.groups(from, Way::Out, &packet, peer);
                self.leave(Spot::of(from), packet);
            }
            Start::Outside(_) => self.enter_from_outside(packet),
            Start::OnPremises(gateway, _) => {
                self.hop(None, HopKind::OnPremises);
                let because = t!("reach-from-premises", address = packet.source);
                self.step("on premises", Decision::Forwarded, because);
                self.enter_from_premises(gateway, packet);
            }
        }
        if let Some((place, packet)) = self.arrived {
            self.direction = Direction::Reply;
            self.forwarders.clear();
            self.borders = 0;
            self.answer(place, packet.reply());
        }
        self
    }

    /// Whether AWS itself answers next to the host: the resolver, the clock, the metadata. No rule,
    /// list or route stands between.
    fn is_for_the_platform(&self, from: &Interface, packet: Packet) -> bool {
        let dns = packet.destination_port == DNS && packet.protocol.has_ports();
        let vpc = self.network.vpc(&from.vpc);
        let resolves = dns && vpc.is_some_and(|it| it.enable_dns_support);
        let base = vpc.and_then(|it| u32::from(it.cidr_block.network()).checked_add(2));
        match packet.destination {
            IpAddr::V4(address) if Some(u32::from(address)) == base => resolves,
            IpAddr::V4(address) => match address.octets() {
                [169, 254, 169, 253] => resolves,
                [169, 254, 169, 123 | 254] => true,
                _ => false,
            },
            IpAddr::V6(address) => match address.segments() {
                [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x253] => resolves,
                [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x123 | 0x254] => true,
                _ => false,
            },
        }
    }

    /// The first packet of an outside client.
    fn enter_from_outside(&mut self, packet: Packet) {
        self.hop(None, HopKind::Internet);
        self.step("internet", Decision::Forwarded, t!("reach-from-internet", address = packet.source));
        let destination = packet.destination;
        if let Some((to, private)) = self.network.at_public(destination) {
            self.gateway_inwards(to, private, packet);
        } else if let Who::Interface(to) = self.goal.who {
            // It has no public address: nothing carries the packet there. What would stop it at the
            // interface is still worth telling.
            let detail = t!("reach-igw-no-public-in", name = self.label(&to.owner));
            self.block(Code::IgwPrivateIpAssociationForIngress, Some(&to.owner), detail);
            self.enter(to, packet, None);
        } else if super::ends::is_private(destination) {
            let detail = t!("reach-private-from-outside", address = destination);
            self.block(Code::IgwPrivateIpAssociationForIngress, None, detail);
        } else if matches!(self.flow.to, Party::Address(_)) {
            self.block(Code::EniAddressRestriction, None, t!("reach-no-one-has", address = destination));
        } else {
            self.arrive(Arrival::Internet, "internet", packet);
        }
    }

    /// From a spot to the border of its subnet and along the route that wins there.
    pub(super) fn leave(&mut self, spot: Spot<'n>, packet: Packet) {
        if self.open.as_ref().is_some_and(Open::is_nothing) {
            return;
        }
        self.borders += 1;
        if self.borders > MOST_BORDERS {
            self.block(
                Code::CannotRoute,
                Some(spot.subnet),
                t!("reach-loop", name = self.label(spot.subnet)),
            );
            return;
        }
        match self.network.at_address(spot.vpc, packet.destination) {
            Some(to) if to.subnet == *spot.subnet => {
                // An attachment's interface hands over inside the subnet, which still asks the list.
                let behind = spot.interface.map(|_| spot.subnet);
                self.enter(to, packet, behind);
                return;
            }
            None if self.network.is_in_subnet(spot.subnet, packet.destination) => {
                self.no_one_has(spot.vpc, packet);
                return;
            }
            _ => {}
        }
        self.hop(Some(spot.subnet), HopKind::Subnet);
        self.acl(spot.subnet, Way::Out, &packet);
        let aim = match self.service.filter(|_| self.direction == Direction::Forward) {
            Some(service) => Aim::Service(service),
            None => Aim::Address(packet.destination),
        };
        let (table, route) = choose(self.network, spot.subnet, aim);
        let table = table.map_or_else(String::new, |it| self.label(it));
        let Some(route) = route else {
            self.no_route(spot, &table, packet);
            return;
        };
        let because = t!(
            "reach-route",
            table = table,
            destination = route.destination.to_string(),
            target = target_name(self.network, &route.target)
        );
        self.step("route table", Decision::Forwarded, because);
        self.follow(spot, &route.target, packet);
    }

    /// Hands a packet to the target of a route.
    fn follow(&mut self, spot: Spot<'n>, target: &EffectiveTarget, packet: Packet) {
        let network = self.network;
        let known = |id: &ResourceId| network.known(id);
        let target = match target {
            EffectiveTarget::Local => return self.local(spot.vpc, packet, Some(spot.subnet)),
            EffectiveTarget::Endpoint(id) => {
                if let Some((id, _)) = known(id) {
                    self.gateway_endpoint(id, spot, packet);
                }
                return;
            }
            EffectiveTarget::Propagated(id) => {
                if let Some((id, _)) = known(id) {
                    self.vpn_gateway(id, spot, packet);
                }
                return;
            }
            EffectiveTarget::Static { target, .. } => target,
        };
        let Some(id) = target.resource() else {
            let name = target.to_string();
            let (code, detail) = match target {
                RouteTarget::Blackhole(_) => (Code::BadStateRoute, t!("reach-blackhole", target = name)),
                _ => (Code::CannotRoute, t!("reach-unknown-target", target = name)),
            };
            self.block(code, Some(spot.subnet), detail);
            return;
        };
        match known(id) {
            Some((id, ResourceKind::InternetGateway(_))) => self.gateway_outwards(id, spot, packet),
            Some((id, ResourceKind::VpnGateway(_))) => self.vpn_gateway(id, spot, packet),
            Some((id, ResourceKind::EgressOnlyInternetGateway(_))) => self.egress_only(id, spot, packet),
            Some((id, ResourceKind::NatGateway(_))) => self.nat(id, spot, packet),
            Some((id, ResourceKind::RegionalNatGateway(it))) => self.regional_nat(id, it, spot, packet),
            Some((id, ResourceKind::Instance(_) | ResourceKind::NetworkInterface(_))) => {
                self.middlebox(id, Some(spot), packet);
            }
            Some((id, ResourceKind::VpcPeeringConnection(it))) => self.peering(id, it, spot, packet),
            Some((id, ResourceKind::TransitGateway(_))) => self.transit(id, spot, packet),
            Some((id, _)) => {
                let detail = t!("reach-unknown-target", target = self.label(id));
                self.block(Code::CannotRoute, Some(spot.subnet), detail);
            }
            None => {
                self.block(
                    Code::BadStateRoute,
                    Some(spot.subnet),
                    t!("reach-blackhole", target = id.as_str()),
                );
            }
        }
    }

    fn no_route(&mut self, spot: Spot<'n>, table: &str, packet: Packet) {
        let far =
            matches!(self.goal.who, Who::Interface(to) if to.vpc != *spot.vpc && to.has(packet.destination));
        let far = far && self.direction == Direction::Forward;
        let code = if far { Code::DisconnectedVpcs } else { Code::NoRouteToDestination };
        let service = self.service.filter(|_| self.direction == Direction::Forward);
        let destination = service.map_or_else(|| packet.destination.to_string(), str::to_owned);
        let detail = t!("reach-no-route", table = table, destination = destination);
        self.block(code, Some(spot.subnet), detail);
    }

    /// To whoever has the address inside a VPC.
    pub(super) fn local(&mut self, vpc: &'n ResourceId, packet: Packet, from_subnet: Option<&ResourceId>) {
        match self.network.at_address(vpc, packet.destination) {
            Some(to) => self.enter(to, packet, from_subnet),
            None => self.no_one_has(vpc, packet),
        }
    }

    fn no_one_has(&mut self, vpc: &ResourceId, packet: Packet) {
        let address = packet.destination;
        if let Some(subnet) = self.network.subnet_around(vpc, address) {
            let detail = t!("reach-no-host", subnet = self.label(subnet), address = address);
            self.block(Code::EniAddressRestriction, Some(subnet), detail);
        } else {
            let detail = t!("reach-no-subnet", vpc = self.label(vpc), address = address);
            self.block(Code::EniAddressRestriction, Some(vpc), detail);
        }
    }

    /// Over the border of a subnet and into an interface.
    pub(super) fn enter(&mut self, to: &'n Interface, packet: Packet, from_subnet: Option<&ResourceId>) {
        if from_subnet != Some(&to.subnet) {
            self.hop(Some(&to.subnet), HopKind::Subnet);
            self.acl(&to.subnet, Way::In, &packet);
        }
        if self.direction == Direction::Reply {
            self.enter_back(to, packet);
            return;
        }
        let balancer = self.network.kind(&to.owner).and_then(ResourceKind::as_load_balancer);
        let kind = if balancer.is_some() { HopKind::LoadBalancer } else { HopKind::Interface };
        self.hop(Some(&to.owner), kind);
        self.groups(to, Way::In, &packet, self.seen);
        if to.translates {
            let detail = t!("reach-nat-unsolicited", name = self.label(&to.owner));
            self.block(Code::NgwDestAddressPreservation, Some(&to.owner), detail);
            return;
        }
        let balanced = self.turns.iter().any(|turn| matches!(turn.at, TurnAt::Balancer(..)));
        if !balanced && !self.is_wanted(to, packet) {
            return;
        }
        if let Some(fields) = balancer {
            self.balance(fields, to, packet);
            return;
        }
        self.step("network interface", Decision::Delivered, t!("reach-delivered"));
        let endpoint = matches!(self.network.kind(&to.owner), Some(ResourceKind::InterfaceEndpoint(_)));
        if endpoint && self.trace.blockers.is_empty() {
            self.hop(Some(&to.owner), HopKind::InterfaceEndpoint);
            self.step("interface endpoint", Decision::Delivered, t!("reach-delivered"));
        }
        self.arrived = Some((Arrival::Interface(to), packet));
    }

    /// Whether the interface that has the address is the one that was meant.
    fn is_wanted(&mut self, to: &Interface, packet: Packet) -> bool {
        match self.goal.who {
            Who::Interface(wanted) if !std::ptr::eq(wanted, to) => {
                let (name, wanted) = (self.label(&to.owner), self.label(&wanted.owner));
                let detail =
                    t!("reach-other-has", address = packet.destination, name = name, wanted = wanted);
                self.block(Code::EniAddressRestriction, Some(&to.owner), detail);
                false
            }
            _ => true,
        }
    }

    /// Notes that the packet has left the drawing for good, or that the reply is where it belongs.
    pub(super) fn arrive(&mut self, place: Arrival<'n>, what: &'static str, packet: Packet) {
        let kind = match place {
            Arrival::OnPremises(_) => HopKind::OnPremises,
            Arrival::PeerVpc(..) => HopKind::PeerVpc,
            _ => HopKind::Internet,
        };
        self.hop(None, kind);
        let waits = match (self.start, place) {
            _ if self.direction == Direction::Forward => !matches!(self.goal.who, Who::Interface(_)),
            (Start::Outside(address), Arrival::Internet)
            | (Start::OnPremises(_, address), Arrival::OnPremises(_)) => {
                address == packet.destination && self.turns.is_empty()
            }
            _ => false,
        };
        if !waits {
            if self.direction == Direction::Reply {
                let detail = t!("reach-reply-away", place = kind.title(), address = packet.destination);
                self.block(Code::CannotRoute, None, detail);
            } else {
                let detail = t!("reach-no-one-has", address = packet.destination);
                self.block(Code::EniAddressRestriction, None, detail);
            }
            return;
        }
        self.step(what, Decision::Delivered, t!("reach-delivered"));
        if self.direction == Direction::Forward {
            self.arrived = Some((place, packet));
        }
    }

    /// A service takes the packet behind a gateway endpoint.
    pub(super) fn arrive_at_service(&mut self, id: &'n ResourceId, vpc: &'n ResourceId, packet: Packet) {
        self.step("gateway endpoint", Decision::Delivered, t!("reach-delivered"));
        self.arrived = Some((Arrival::Service(id, vpc), packet));
    }

    /// By the route table of an internet or virtual private gateway into its VPC: usually local, else
    /// through an appliance.
    pub(super) fn over_the_edge(&mut self, gateway: &ResourceId, vpc: &'n ResourceId, packet: Packet) {
        let network = self.network;
        let table = network.index.users(gateway, "gateway_ids").find(|id| {
            let table = network.kind(id).and_then(ResourceKind::as_route_table);
            table.is_some_and(|it| it.vpc_id == *vpc)
        });
        let route = table.and_then(|table| {
            choose_in(network, table, Aim::Address(packet.destination)).map(|route| (table, route))
        });
        if let Some((table, route)) = route
            && let EffectiveTarget::Static { target, .. } = &route.target
        {
            let because = t!(
                "reach-route",
                table = self.label(table),
                destination = route.destination.to_string(),
                target = target_name(network, &route.target)
            );
            self.step("route table", Decision::Forwarded, because);
            let target = target.resource().and_then(|id| network.known(id));
            if let Some((id, _)) = target {
                self.middlebox(id, None, packet);
            } else {
                let detail = t!("reach-blackhole", target = target_name(network, &route.target));
                self.block(Code::BadStateRoute, Some(vpc), detail);
            }
            return;
        }
        self.local(vpc, packet, None);
    }

    /// The transit gateways' VPN connections and the like, by kind.
    pub(super) fn kind_of(&self, id: &ResourceId) -> Option<Kind> {
        self.network.kind(id).map(ResourceKind::kind)
    }
}
