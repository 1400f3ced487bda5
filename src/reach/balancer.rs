//! Network load balancers: a listener, a group, a healthy target, and the way back.

use super::{
    filter::{Packet, Way},
    network::{Interface, Network},
    trace::{Code, Decision, HopKind},
    walk::{Spot, Turn, TurnAt, Walker},
};
use crate::{
    model::{Listener, LoadBalancer, ResourceId, ResourceKind, Target, TargetGroup},
    net::Protocol,
    t,
};

/// How many targets a walk tries at most.
const MOST_TARGETS: usize = 16;

/// How many targets may be tried behind a load balancer.
pub(super) fn choices(network: &Network<'_>, fields: &LoadBalancer) -> usize {
    let groups = fields.listeners.iter().map(|listener| groups_of(network, listener));
    let most = groups.map(|groups| groups.iter().map(|group| group.targets.len()).sum::<usize>()).max();
    most.unwrap_or(1).clamp(1, MOST_TARGETS)
}

fn groups_of<'n>(network: &'n Network<'n>, listener: &Listener) -> Vec<&'n TargetGroup> {
    let group = |id| network.kind(id).and_then(ResourceKind::as_target_group);
    listener.target_group_ids.iter().filter_map(group).collect()
}

impl<'n> Walker<'n> {
    /// From the interface of a load balancer to the target of the present choice.
    pub(super) fn balance(&mut self, fields: &'n LoadBalancer, at: &'n Interface, packet: Packet) {
        let name = self.label(&at.owner);
        let port = packet.destination_port;
        let takes = |it: &&Listener| {
            let protocol = it.protocol == packet.protocol
                || (it.tcp_udp && matches!(packet.protocol, Protocol::Tcp | Protocol::Udp));
            protocol && it.port == port
        };
        let Some(listener) = fields.listeners.iter().find(takes) else {
            let detail = t!("reach-lb-no-listener", name = name, protocol = packet.protocol, port = port);
            self.block(Code::Elbv2ListenersMismatch, Some(&at.owner), detail);
            return;
        };
        let network = self.network;
        let groups = groups_of(network, listener);
        let healthy = groups
            .iter()
            .flat_map(|group| group.targets.iter().map(move |target| (*group, target)))
            .filter(|(_, target)| !target.unhealthy);
        let found: Vec<(&TargetGroup, &Target, Packet)> = healthy
            .filter_map(|(group, target)| {
                address_of(network, fields, target).map(|address| {
                    let destination_port = target.port.unwrap_or(group.port);
                    (group, target, Packet { destination: address, destination_port, ..packet })
                })
            })
            .collect();
        if found.is_empty() {
            let detail = t!("reach-lb-no-target", name = name);
            self.block(Code::Elbv2ListenerHasNoTg, Some(&at.owner), detail);
            return;
        }
        let near: Vec<_> = found
            .into_iter()
            .filter(|it| fields.enable_cross_zone_load_balancing || is_near(network, at, &it.2))
            .collect();
        let Some((group, _, onward)) = near.get(self.goal.choice.checked_rem(near.len()).unwrap_or_default())
        else {
            let detail = t!("reach-lb-zone", name = name);
            self.block(Code::Elbv2NoTargetsInAz, Some(&at.owner), detail);
            return;
        };
        let mut onward = *onward;
        let because = t!("reach-lb-forwards", address = onward.destination, port = onward.destination_port);
        self.step("load balancer", Decision::Translated, because);
        if !group.preserve_client_ip {
            onward.source = at.address;
        }
        let turn = TurnAt::Balancer(at, group.preserve_client_ip);
        self.turns.push(Turn { at: turn, inner: packet, outer: onward.source });
        self.seen = Some(at);
        self.passed.retain(|it| **it != at.owner);
        let peer = self.peer_of(at, onward.destination);
        self.groups(at, Way::Out, &onward, peer);
        self.leave(Spot::of(at), onward);
    }

    /// Where targets see the client's address, AWS still brings the reply to the load balancer.
    pub(super) fn back_to_balancer(&mut self, server: &'n Interface, reply: Packet) -> bool {
        let Some(Turn { at: TurnAt::Balancer(at, true), inner, .. }) = self.turns.last().copied() else {
            return false;
        };
        self.turns.pop();
        if server.subnet != at.subnet {
            self.hop(Some(&server.subnet), HopKind::Subnet);
            self.acl(&server.subnet, Way::Out, &reply);
            self.hop(Some(&at.subnet), HopKind::Subnet);
            self.acl(&at.subnet, Way::In, &reply);
        }
        self.undo(at, inner);
        true
    }
}

/// The address of a target: given, or that of the instance's primary interface.
fn address_of(network: &Network<'_>, fields: &LoadBalancer, target: &Target) -> Option<std::net::IpAddr> {
    if let Some(address) = target.ip {
        return Some(address);
    }
    let id: &ResourceId = target.target_id.as_ref()?;
    let mut interfaces = network.of_owner(id);
    interfaces.find(|it| it.vpc == fields.vpc_id && it.host.is_none()).map(|it| it.address)
}

/// Whether a target stands in the Availability Zone of the load balancer's interface. One outside the
/// VPC counts as everywhere.
fn is_near(network: &Network<'_>, at: &Interface, onward: &Packet) -> bool {
    let zone = |subnet| network.subnet(subnet).map(|it| it.availability_zone.as_str());
    network.at_address(&at.vpc, onward.destination).is_none_or(|to| zone(&to.subnet) == zone(&at.subnet))
}
