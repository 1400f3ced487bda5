//! The way back: who answers, who undoes a translation, and who waits for the answer. Everything
//! between is the same as on the way there.

use super::{
    ends::Start,
    filter::{Packet, Way},
    network::Interface,
    trace::{Code, Decision, HopKind},
    walk::{Arrival, Spot, TurnAt, Walker},
};
use crate::{model::ResourceKind, t};

impl<'n> Walker<'n> {
    /// The server answers.
    pub(super) fn answer(&mut self, place: Arrival<'n>, reply: Packet) {
        match place {
            Arrival::Interface(server) => {
                self.hop(Some(&server.owner), HopKind::Interface);
                self.groups(server, Way::Out, &reply, None);
                if !self.back_to_balancer(server, reply) {
                    self.leave(Spot::of(server), reply);
                }
            }
            Arrival::Internet => {
                self.hop(None, HopKind::Internet);
                if matches!(self.start, Start::Outside(_)) {
                    self.step("internet", Decision::Delivered, t!("reach-delivered"));
                } else {
                    self.answer_from_internet(reply);
                }
            }
            Arrival::EgressOnly(gateway) => {
                self.hop(None, HopKind::Internet);
                self.hop(Some(gateway), HopKind::EgressOnlyInternetGateway);
                if let Some(client) = self.network.at_public(reply.destination).map(|it| it.0) {
                    self.local(&client.vpc, reply, None);
                }
            }
            Arrival::OnPremises(gateway) => {
                self.hop(None, HopKind::OnPremises);
                self.enter_from_premises(gateway, reply);
            }
            Arrival::PeerVpc(connection, vpc) => {
                self.hop(None, HopKind::PeerVpc);
                self.hop(Some(connection), HopKind::VpcPeeringConnection);
                self.local(vpc, reply, None);
            }
            Arrival::Service(endpoint, vpc) => {
                self.hop(Some(endpoint), HopKind::GatewayEndpoint);
                self.local(vpc, reply, None);
            }
        }
    }

    /// The reply comes to whoever translated last, or home.
    pub(super) fn enter_back(&mut self, to: &'n Interface, packet: Packet) {
        if let Some(turn) = self.turns.last().copied() {
            let at = match turn.at {
                TurnAt::Interface(at) | TurnAt::Balancer(at, _) => at,
                TurnAt::Regional(..) => return self.lost(to),
            };
            if !std::ptr::eq(at, to) || packet.destination != turn.outer {
                return self.lost(to);
            }
            self.turns.pop();
            self.undo(at, turn.inner);
            return;
        }
        let expected = self.first.map(|first| (first.source, first.destination));
        let home = self.client.is_some_and(|client| std::ptr::eq(client, to));
        if !home || expected != Some((packet.destination, packet.source)) {
            return self.lost(to);
        }
        self.hop(Some(&to.owner), HopKind::Interface);
        self.groups(to, Way::In, &packet, None);
        self.step("network interface", Decision::Delivered, t!("reach-delivered"));
    }

    /// A translator puts the client's address back and sends the reply on.
    pub(super) fn undo(&mut self, at: &'n Interface, inner: Packet) {
        if at.translates {
            self.hop(Some(&at.owner), HopKind::NatGateway);
            self.step("NAT gateway", Decision::Translated, t!("reach-nat-back"));
        } else {
            let balancer = self.network.kind(&at.owner).and_then(ResourceKind::as_load_balancer);
            let kind = if balancer.is_some() { HopKind::LoadBalancer } else { HopKind::Interface };
            self.hop(Some(&at.owner), kind);
            self.groups(at, Way::In, &inner, None);
        }
        self.leave(Spot::of(at), inner.reply());
    }

    /// The reply ends where nobody waits for it.
    pub(super) fn lost(&mut self, to: &Interface) {
        let detail = t!("reach-reply-lost", name = self.label(&to.owner));
        self.block(Code::CannotRoute, Some(&to.owner), detail);
    }
}
