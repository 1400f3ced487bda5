//! The way there.

use super::{
    ends::{ANYONE, Goal, Start, destination, goals, is_private, is_shared, starts},
    filter::{GroupAnswer, Packet, Peer, Way, ask_acl, ask_groups},
    flow::{Flow, Party},
    network::{Interface, Network},
    reply,
    route::{Aim, choose},
    trace::{Blocker, Code, Decision, Direction, Hop, HopKind, Step, Trace},
};
use crate::{
    model::{ResourceId, ResourceKind, RouteTarget, routing, routing::EffectiveTarget},
    net::Protocol,
    t,
};

/// The lowest port that a NAT gateway uses: rules must let all of 1024-65535 back in.
const NAT_PORT: u16 = 1024;

/// Follows a flow forward and back. Where a party stands for several addresses (the internet, an
/// endpoint in several subnets), the answer is that of the one that gets furthest.
pub fn walk(network: &Network<'_>, flow: &Flow) -> Trace {
    let mut best: Option<Trace> = None;
    for start in starts(network, flow) {
        for goal in goals(network, flow, &start) {
            let trace = Walker::new(network, flow).run(&start, &goal);
            if trace.blockers.is_empty() {
                return trace;
            }
            if best.as_ref().is_none_or(|best| trace.blockers.len() < best.blockers.len()) {
                best = Some(trace);
            }
        }
    }
    best.unwrap_or_else(|| nobody(flow))
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

/// A sender at the border of its subnet, with the packet as it left: what a reply comes back to.
#[derive(Debug, Clone)]
pub(super) struct Crossing {
    pub sender: Interface,
    pub packet: Packet,
}

/// One walk.
pub(super) struct Walker<'n> {
    pub network: &'n Network<'n>,
    flow: &'n Flow,
    pub trace: Trace,
    pub direction: Direction,
    /// The senders so far: the client, then each NAT gateway.
    pub crossings: Vec<Crossing>,
    /// The packet as it arrived, once it has.
    pub arrived: Option<Packet>,
    service: Option<String>,
}

impl<'n> Walker<'n> {
    fn new(network: &'n Network<'n>, flow: &'n Flow) -> Self {
        Self {
            network,
            flow,
            trace: Trace::default(),
            direction: Direction::Forward,
            crossings: Vec::new(),
            arrived: None,
            service: None,
        }
    }

    fn run(mut self, start: &Start, goal: &Goal) -> Trace {
        if let Goal::Service(_, name) = goal {
            self.service = Some(name.clone());
        }
        let destination = destination(start, goal);
        let mut packet = Packet {
            source: ANYONE,
            destination,
            protocol: self.flow.protocol,
            source_port: self.flow.source_port,
            destination_port: self.flow.port,
            icmp: self.flow.icmp,
        };
        match start {
            Start::Interface(from) => {
                packet.source = from.address;
                self.start_at(from, packet, goal);
            }
            Start::Outside(address) => {
                packet.source = *address;
                self.start_outside(packet, goal);
            }
        }
        if self.arrived.is_some() {
            self.direction = Direction::Reply;
            reply::walk_back(&mut self, start, goal);
        }
        self.trace
    }

    fn start_outside(&mut self, packet: Packet, goal: &Goal) {
        self.hop(None, HopKind::Internet);
        self.step("internet", Decision::Forwarded, t!("reach-from-internet", address = packet.source));
        match goal {
            Goal::Interface(to) => self.through_gateway_inwards(to, packet),
            Goal::Outside(_) | Goal::Service(..) => self.deliver(None, HopKind::Internet, packet),
            Goal::Nobody(address) => {
                self.block(Code::EniAddressRestriction, None, t!("reach-no-one-has", address = *address));
            }
        }
    }

    fn start_at(&mut self, from: &Interface, packet: Packet, goal: &Goal) {
        self.hop(Some(&from.owner), HopKind::Interface);
        self.groups(from, Way::Out, &packet, private_peer(from, goal));
        self.leave(from, packet, goal);
    }

    /// From an interface to the border of its subnet and along the route that wins there.
    fn leave(&mut self, sender: &Interface, packet: Packet, goal: &Goal) {
        self.crossings.push(Crossing { sender: sender.clone(), packet });
        if let Goal::Interface(to) = goal
            && to.subnet == sender.subnet
            && packet.destination == to.address
        {
            self.enter(to, packet, Some(&sender.subnet));
            return;
        }
        self.hop(Some(&sender.subnet), HopKind::Subnet);
        self.acl(&sender.subnet, Way::Out, &packet);
        let aim = self.service.clone().map_or(Aim::Address(packet.destination), Aim::Service);
        let (table, route) = choose(self.network.topology, self.network.index, &sender.subnet, &aim);
        let table_name = table.as_ref().map_or_else(String::new, |it| self.network.label(it));
        let Some(route) = route else {
            self.no_route(sender, &table_name, packet, goal);
            return;
        };
        let because = t!(
            "reach-route",
            table = table_name,
            destination = route.destination.to_string(),
            target = target_name(self.network, &route.target)
        );
        self.step("route table", Decision::Forwarded, because);
        match &route.target {
            EffectiveTarget::Local => self.local(sender, packet, goal),
            EffectiveTarget::Endpoint(id) => self.gateway_endpoint(id, packet),
            EffectiveTarget::Static { target: RouteTarget::Gateway(id), .. } => {
                self.through_gateway_outwards(id, sender, packet, goal);
            }
            EffectiveTarget::Static { target: RouteTarget::NatGateway(id), .. } => {
                self.nat(id, sender, packet, goal);
            }
            EffectiveTarget::Static { target: RouteTarget::Instance(id), .. } => {
                self.middlebox(id, sender, packet, goal);
            }
            EffectiveTarget::Propagated(id) => {
                let detail = t!("reach-unknown-target", target = id);
                self.block(Code::CannotRoute, Some(&sender.subnet), detail);
            }
            EffectiveTarget::Static { target: name, .. } => {
                let name = name.to_string();
                let detail = t!("reach-unknown-target", target = name);
                self.block(Code::CannotRoute, Some(&sender.subnet), detail);
            }
        }
    }

    fn no_route(&mut self, sender: &Interface, table: &str, packet: Packet, goal: &Goal) {
        let far =
            matches!(goal, Goal::Interface(to) if to.vpc != sender.vpc && packet.destination == to.address);
        let code = if far { Code::DisconnectedVpcs } else { Code::NoRouteToDestination };
        let destination = self.service.clone().unwrap_or_else(|| packet.destination.to_string());
        let detail = t!("reach-no-route", table = table, destination = destination);
        self.block(code, Some(&sender.subnet), detail);
    }

    fn local(&mut self, sender: &Interface, packet: Packet, goal: &Goal) {
        match goal {
            Goal::Interface(to) if to.vpc == sender.vpc && to.address == packet.destination => {
                self.enter(to, packet, Some(&sender.subnet));
            }
            _ => {
                let detail = t!("reach-no-one-has", address = packet.destination);
                self.block(Code::EniAddressRestriction, Some(&sender.vpc), detail);
            }
        }
    }

    /// Through an internet gateway outwards, with its one-to-one translation.
    fn through_gateway_outwards(&mut self, id: &ResourceId, sender: &Interface, packet: Packet, goal: &Goal) {
        self.hop(Some(id), HopKind::InternetGateway);
        let attached = self.network.topology.kind(id).and_then(ResourceKind::as_internet_gateway);
        if attached.is_none_or(|it| it.vpc_id.as_ref() != Some(&sender.vpc)) {
            let detail = t!("reach-igw-not-attached", name = self.network.label(id));
            self.block(Code::BadStateRoute, Some(id), detail);
            return;
        }
        if is_private(packet.destination) {
            let code = if is_shared(packet.destination) {
                Code::IgwDestinationAddressNotInRfc6598Egress
            } else {
                Code::IgwDestinationAddressNotInRfc1918Egress
            };
            self.block(code, Some(id), t!("reach-igw-private-destination", address = packet.destination));
            return;
        }
        let mut outside = packet;
        if let Some(public) = sender.public {
            outside.source = public;
            let because = t!("reach-igw-translates", name = self.network.label(&sender.owner));
            self.step("internet gateway", Decision::Translated, because);
        } else {
            let detail = t!("reach-igw-no-public", name = self.network.label(&sender.owner));
            self.block(Code::IgwPublicIpAssociationForEgress, Some(id), detail);
        }
        match goal {
            Goal::Interface(to) => self.through_gateway_inwards(to, outside),
            _ => self.deliver(None, HopKind::Internet, outside),
        }
    }

    /// From the internet through the gateway of the destination's VPC.
    fn through_gateway_inwards(&mut self, to: &Interface, packet: Packet) {
        let Some(gateway) = self.network.index.internet_gateway(&to.vpc) else {
            let detail = t!("reach-no-igw", vpc = self.network.label(&to.vpc));
            self.block(Code::UnassociatedComponent, Some(&to.vpc), detail);
            return;
        };
        let gateway = gateway.clone();
        self.hop(Some(&gateway), HopKind::InternetGateway);
        if to.public.is_some() {
            let because = t!("reach-igw-translates", name = self.network.label(&to.owner));
            self.step("internet gateway", Decision::Translated, because);
        } else {
            let detail = t!("reach-igw-no-public-in", name = self.network.label(&to.owner));
            self.block(Code::IgwPrivateIpAssociationForIngress, Some(&gateway), detail);
        }
        self.enter(to, Packet { destination: to.address, ..packet }, None);
    }

    fn nat(&mut self, id: &ResourceId, sender: &Interface, packet: Packet, goal: &Goal) {
        let Some(nat) = self.network.of_owner(id).next().cloned() else {
            self.block(Code::BadStateRoute, Some(id), t!("reach-nat-gone", name = id.as_str()));
            return;
        };
        if nat.vpc != sender.vpc {
            let detail = t!("reach-nat-other-vpc", name = self.network.label(id));
            self.block(Code::NgwRequiresSourceInVpc, Some(id), detail);
            return;
        }
        if nat.subnet != sender.subnet {
            self.hop(Some(&nat.subnet), HopKind::Subnet);
            self.acl(&nat.subnet, Way::In, &packet);
        }
        self.hop(Some(id), HopKind::NatGateway);
        let protocol = packet.protocol;
        if !matches!(protocol, Protocol::Tcp | Protocol::Udp | Protocol::Icmp) {
            let detail = t!("reach-nat-protocol", name = self.network.label(id), protocol = protocol);
            self.block(Code::CannotRoute, Some(id), detail);
        }
        if self.crossings.iter().any(|it| it.sender.owner == *id) {
            self.block(Code::CannotRoute, Some(id), t!("reach-loop", name = self.network.label(id)));
            return;
        }
        self.step("NAT gateway", Decision::Translated, t!("reach-nat-translates", address = nat.address));
        let translated = Packet { source: nat.address, source_port: NAT_PORT, ..packet };
        self.leave(&nat, translated, goal);
    }

    /// An instance that forwards. Towards the internet it is taken to translate like a NAT instance.
    fn middlebox(&mut self, id: &ResourceId, sender: &Interface, packet: Packet, goal: &Goal) {
        let Some(host) = self.network.of_owner(id).next().cloned() else {
            self.block(Code::BadStateRoute, Some(id), t!("reach-nat-gone", name = id.as_str()));
            return;
        };
        if self.crossings.iter().any(|it| it.sender.owner == *id) {
            self.block(Code::CannotRoute, Some(id), t!("reach-loop", name = self.network.label(id)));
            return;
        }
        if host.subnet != sender.subnet {
            self.hop(Some(&host.subnet), HopKind::Subnet);
            self.acl(&host.subnet, Way::In, &packet);
        }
        self.hop(Some(id), HopKind::Interface);
        self.groups(&host, Way::In, &packet, Peer { interface: Some(sender), service: None });
        if host.source_dest_check {
            let detail = t!("reach-source-dest-check", name = self.network.label(id));
            self.block(Code::EniSourceDestCheckRestriction, Some(id), detail);
        }
        self.groups(&host, Way::Out, &packet, private_peer(&host, goal));
        let outwards = !matches!(goal, Goal::Interface(to) if to.address == packet.destination);
        let packet = if outwards { Packet { source: host.address, ..packet } } else { packet };
        self.leave(&host, packet, goal);
    }

    fn gateway_endpoint(&mut self, id: &ResourceId, packet: Packet) {
        self.hop(Some(id), HopKind::GatewayEndpoint);
        let echo = packet.protocol == Protocol::Icmp && packet.icmp.0 == 8;
        if packet.protocol != Protocol::Tcp && !echo {
            let detail = t!("reach-endpoint-protocol", protocol = packet.protocol);
            self.block(Code::VpceGatewayProtocolRestriction, Some(id), detail);
        }
        self.step("gateway endpoint", Decision::Delivered, t!("reach-delivered"));
        self.arrived = Some(packet);
    }

    /// Over the border of the destination's subnet and into its interface.
    fn enter(&mut self, to: &Interface, packet: Packet, from_subnet: Option<&ResourceId>) {
        if from_subnet != Some(&to.subnet) {
            self.hop(Some(&to.subnet), HopKind::Subnet);
            self.acl(&to.subnet, Way::In, &packet);
        }
        self.hop(Some(&to.owner), HopKind::Interface);
        let sender = self.crossings.last().map(|it| it.sender.clone());
        let visible = sender.as_ref().filter(|it| it.vpc == to.vpc && it.address == packet.source);
        self.groups(to, Way::In, &packet, Peer { interface: visible, service: None });
        if !to.guarded {
            let detail = t!("reach-nat-unsolicited", name = self.network.label(&to.owner));
            self.block(Code::NgwDestAddressPreservation, Some(&to.owner), detail);
            return;
        }
        self.step("network interface", Decision::Delivered, t!("reach-delivered"));
        self.arrived = Some(packet);
    }

    fn deliver(&mut self, resource: Option<&ResourceId>, kind: HopKind, packet: Packet) {
        self.hop(resource, kind);
        self.step("internet", Decision::Delivered, t!("reach-delivered"));
        self.arrived = Some(packet);
    }

    fn groups(&mut self, interface: &Interface, way: Way, packet: &Packet, peer: Peer<'_>) {
        if !interface.guarded {
            return;
        }
        let service = self.service.clone();
        let peer = Peer { interface: peer.interface, service: service.as_deref() };
        let what = if way == Way::In { "security group ingress" } else { "security group egress" };
        match ask_groups(self.network, interface, way, packet, peer) {
            GroupAnswer::Allowed { group, at } => {
                let because = t!("reach-group-allows", group = self.network.label(&group), number = at + 1);
                self.step(what, Decision::Allowed, because);
            }
            GroupAnswer::NoMatch => self.groups_deny(interface, what, Code::EniSgRulesMismatch),
            GroupAnswer::NoRules => self.groups_deny(interface, what, Code::SgHasNoRules),
        }
    }

    fn groups_deny(&mut self, interface: &Interface, what: &'static str, code: Code) {
        let names: Vec<String> = interface.groups.iter().map(|id| self.network.label(id)).collect();
        let detail =
            t!("reach-group-denies", groups = names.join(", "), name = self.network.label(&interface.owner));
        self.deny(what, code, Some(&interface.owner), detail);
    }

    /// Asks the network ACL of a subnet.
    pub fn acl(&mut self, subnet: &ResourceId, way: Way, packet: &Packet) {
        let (topology, index) = (self.network.topology, self.network.index);
        let Some((id, _)) = routing::effective_network_acl(topology, index, subnet) else {
            return;
        };
        let Some(acl) = topology.kind(id).and_then(ResourceKind::as_network_acl) else {
            return;
        };
        let (rules, what) = match way {
            Way::In => (&acl.ingress, "network ACL ingress"),
            Way::Out => (&acl.egress, "network ACL egress"),
        };
        let answer = ask_acl(rules, way, packet);
        let number = answer.rule_number.map_or_else(|| "*".to_owned(), |number| number.to_string());
        let name = self.network.label(id);
        if answer.allowed {
            self.step(what, Decision::Allowed, t!("reach-acl-allows", acl = name, number = number));
        } else {
            let detail = t!("reach-acl-denies", acl = name, number = number);
            self.deny(what, Code::SubnetAclRestriction, Some(subnet), detail);
        }
    }

    /// Begins a hop, unless the walk stands there already.
    pub fn hop(&mut self, resource: Option<&ResourceId>, kind: HopKind) {
        let hops = self.hops();
        if hops.last().is_some_and(|last| last.resource.as_ref() == resource && last.kind == kind) {
            return;
        }
        hops.push(Hop { resource: resource.cloned(), kind, steps: Vec::new() });
    }

    fn hops(&mut self) -> &mut Vec<Hop> {
        match self.direction {
            Direction::Forward => &mut self.trace.forward,
            Direction::Reply => &mut self.trace.reply,
        }
    }

    /// Notes what happened at the present hop.
    pub fn step(&mut self, what: &'static str, decision: Decision, because: String) {
        if let Some(hop) = self.hops().last_mut() {
            hop.steps.push(Step { what, decision, because });
        }
    }

    fn deny(&mut self, what: &'static str, code: Code, resource: Option<&ResourceId>, detail: String) {
        self.step(what, Decision::Denied, detail.clone());
        let blocker = Blocker { code, resource: resource.cloned(), direction: self.direction, detail };
        self.trace.blockers.push(blocker);
    }

    /// Notes something in the way.
    pub fn block(&mut self, code: Code, resource: Option<&ResourceId>, detail: String) {
        self.deny("path", code, resource, detail);
    }
}

fn private_peer<'g>(from: &Interface, goal: &'g Goal) -> Peer<'g> {
    let interface = match goal {
        Goal::Interface(to) if to.vpc == from.vpc => Some(to),
        _ => None,
    };
    Peer { interface, service: None }
}

fn target_name(network: &Network<'_>, target: &EffectiveTarget) -> String {
    match target {
        EffectiveTarget::Local => "local".to_owned(),
        EffectiveTarget::Endpoint(id) | EffectiveTarget::Propagated(id) => network.label(id),
        EffectiveTarget::Static { target, .. } => {
            target.resource().map_or_else(|| target.to_string(), |id| network.label(id))
        }
    }
}
