//! What is asked on the way - groups, network ACLs - and how it is told.

use super::{
    filter::{GroupAnswer, Packet, Peer, Way, ask_acl, ask_groups, ports_of_acl, ports_of_groups},
    network::{Interface, Network},
    open::Open,
    trace::{Blocker, Code, Decision, Direction, Hop, HopKind, Step},
    walk::Walker,
};
use crate::{
    model::{ResourceId, ResourceKind, routing::EffectiveTarget},
    net::PortSet,
    t,
};

impl<'n> Walker<'n> {
    /// Asks the groups of an interface; of one that the connection has passed already, the reply is
    /// tracked.
    pub(super) fn groups(
        &mut self,
        interface: &'n Interface,
        way: Way,
        packet: &Packet,
        peer: Option<&Interface>,
    ) {
        if !interface.guarded {
            return;
        }
        let what = if way == Way::In { "security group ingress" } else { "security group egress" };
        if self.direction == Direction::Reply && self.passed.contains(&&interface.owner) {
            self.step(what, Decision::Allowed, t!("reach-tracked"));
            return;
        }
        self.passed.push(&interface.owner);
        let network = self.network;
        let names = Peer { interface: peer, service: self.service };
        let ports = |packet: &Packet, within: &PortSet| {
            ports_of_groups(network, interface, way, packet, names, within)
        };
        let allows = |packet: &Packet| {
            matches!(ask_groups(network, interface, way, packet, names), GroupAnswer::Allowed { .. })
        };
        if self.narrow(packet, ports, allows) {
            return;
        }
        match ask_groups(network, interface, way, packet, names) {
            GroupAnswer::Allowed { group, at } => {
                let because = t!("reach-group-allows", group = self.label(&group), number = at + 1);
                self.step(what, Decision::Allowed, because);
            }
            GroupAnswer::NoMatch => {
                let code = self.mismatch(interface, way, packet, peer);
                self.groups_deny(interface, what, code);
            }
            GroupAnswer::NoRules => self.groups_deny(interface, what, Code::SgHasNoRules),
        }
    }

    /// No rule matches: either none is meant for this, or the path hides whose packet it is.
    fn mismatch(&self, interface: &Interface, way: Way, packet: &Packet, peer: Option<&Interface>) -> Code {
        let hidden = self.client.filter(|_| way == Way::In && peer.is_none());
        let would = hidden.is_some_and(|client| {
            let peer = Peer { interface: Some(client), service: None };
            matches!(ask_groups(self.network, interface, way, packet, peer), GroupAnswer::Allowed { .. })
        });
        if would { Code::SgReferencesNotPreserved } else { Code::EniSgRulesMismatch }
    }

    fn groups_deny(&mut self, interface: &Interface, what: &'static str, code: Code) {
        let names: Vec<String> = interface.groups.iter().map(|id| self.label(id)).collect();
        let (groups, name) = (names.join(", "), self.label(&interface.owner));
        let detail = if code == Code::SgReferencesNotPreserved {
            t!("reach-group-hidden", groups = groups, name = name)
        } else {
            t!("reach-group-denies", groups = groups, name = name)
        };
        self.deny(what, code, Some(&interface.owner), detail);
    }

    /// Asks the network ACL of a subnet.
    pub(super) fn acl(&mut self, subnet: &ResourceId, way: Way, packet: &Packet) {
        let Some(fields) = self.network.subnet(subnet) else { return };
        let default = || self.network.index.default_network_acl(&fields.vpc_id);
        let Some(id) = fields.network_acl_id.as_ref().or_else(default) else { return };
        let Some(acl) = self.network.kind(id).and_then(ResourceKind::as_network_acl) else {
            return;
        };
        let (rules, what) = match way {
            Way::In => (&acl.ingress, "network ACL ingress"),
            Way::Out => (&acl.egress, "network ACL egress"),
        };
        let ports = |packet: &Packet, within: &PortSet| ports_of_acl(rules, way, packet, within);
        if self.narrow(packet, ports, |packet| ask_acl(rules, way, packet).allowed) {
            return;
        }
        let answer = ask_acl(rules, way, packet);
        let number = answer.rule_number.map_or_else(|| "*".to_owned(), |number| number.to_string());
        let name = self.label(id);
        if answer.allowed {
            self.step(what, Decision::Allowed, t!("reach-acl-allows", acl = name, number = number));
        } else {
            let detail = t!("reach-acl-denies", acl = name, number = number);
            self.deny(what, Code::SubnetAclRestriction, Some(subnet), detail);
        }
    }

    /// Begins a hop, unless the walk stands there already.
    pub(super) fn hop(&mut self, resource: Option<&ResourceId>, kind: HopKind) {
        if self.open.is_some() {
            return;
        }
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
    pub(super) fn step(&mut self, what: &'static str, decision: Decision, because: String) {
        if let Some(hop) = self.hops().last_mut() {
            hop.steps.push(Step { what, decision, because });
        }
    }

    fn deny(&mut self, what: &'static str, code: Code, resource: Option<&ResourceId>, detail: String) {
        if let Some(open) = &mut self.open {
            *open = Open::default();
            return;
        }
        self.step(what, Decision::Denied, detail.clone());
        let blocker = Blocker { code, resource: resource.cloned(), direction: self.direction, detail };
        self.trace.blockers.push(blocker);
    }

    /// Notes something in the way.
    pub(super) fn block(&mut self, code: Code, resource: Option<&ResourceId>, detail: String) {
        self.deny("path", code, resource, detail);
    }

    /// What people call a resource.
    pub(super) fn label(&self, id: &ResourceId) -> String {
        self.network.label(id)
    }
}

/// What a route's target is called.
pub(super) fn target_name(network: &Network<'_>, target: &EffectiveTarget) -> String {
    match target {
        EffectiveTarget::Local => "local".to_owned(),
        EffectiveTarget::Endpoint(id) | EffectiveTarget::Propagated(id) => network.label(id),
        EffectiveTarget::Static { target, .. } => {
            target.resource().map_or_else(|| target.to_string(), |id| network.label(id))
        }
    }
}
