//! The way back. Security groups let replies of tracked connections pass; network ACLs and route
//! tables are asked again.

use super::{
    ends::{Goal, Start},
    filter::{Packet, Way},
    network::Interface,
    route::{Aim, choose},
    trace::{Code, Decision, HopKind},
    walk::{Crossing, Walker},
};
use crate::{
    model::{ResourceId, ResourceKind, RouteTarget, routing::EffectiveTarget},
    t,
};

/// Walks the reply of a packet that has arrived.
pub(super) fn walk_back(walker: &mut Walker<'_>, start: &Start, goal: &Goal) {
    let Some(arrived) = walker.arrived else { return };
    let outside = matches!(start, Start::Outside(_));
    match goal {
        Goal::Interface(to) => {
            let last = walker.crossings.last().cloned();
            let direct =
                last.as_ref().filter(|it| it.sender.vpc == to.vpc && arrived.source == it.packet.source);
            leave(walker, to, &arrived.reply(), direct.map(|it| &it.sender));
        }
        Goal::Service(id, _) if !left_by_internet(walker) => walker.hop(Some(id), HopKind::GatewayEndpoint),
        _ => walker.hop(None, HopKind::Internet),
    }
    if outside {
        walker.hop(None, HopKind::Internet);
        walker.step("internet", Decision::Delivered, t!("reach-delivered"));
        return;
    }
    come_home(walker, goal);
}

/// Whether the packet left through an internet gateway.
fn left_by_internet(walker: &Walker<'_>) -> bool {
    walker.trace.forward.iter().any(|hop| hop.kind == HopKind::InternetGateway)
}

/// The reply leaves the server: its subnet's network ACL, then the route towards the client.
fn leave(walker: &mut Walker<'_>, server: &Interface, reply: &Packet, client: Option<&Interface>) {
    walker.hop(Some(&server.owner), HopKind::Interface);
    walker.step("security group egress", Decision::Allowed, t!("reach-tracked"));
    if client.is_some_and(|client| client.subnet == server.subnet) {
        return;
    }
    walker.hop(Some(&server.subnet), HopKind::Subnet);
    walker.acl(&server.subnet, Way::Out, reply);
    let aim = Aim::Address(reply.destination);
    let (table, route) = choose(walker.network.topology, walker.network.index, &server.subnet, &aim);
    let table = table.map_or_else(String::new, |it| walker.network.label(&it));
    let Some(route) = route else {
        let destination = reply.destination.to_string();
        let detail = t!("reach-no-route", table = table, destination = destination);
        walker.block(Code::NoRouteToDestination, Some(&server.subnet), detail);
        return;
    };
    let destination = route.destination.to_string();
    match (&route.target, client) {
        (EffectiveTarget::Local, Some(_)) => {
            let because = t!("reach-route", table = table, destination = destination, target = "local");
            walker.step("route table", Decision::Forwarded, because);
        }
        (EffectiveTarget::Static { target: RouteTarget::Gateway(id), .. }, None) => {
            let because = t!(
                "reach-route",
                table = table,
                destination = destination,
                target = walker.network.label(id)
            );
            walker.step("route table", Decision::Forwarded, because);
            through_gateway(walker, id, server);
        }
        _ => {
            let detail = t!("reach-reply-elsewhere", table = table, destination = destination);
            walker.block(Code::CannotRoute, Some(&server.subnet), detail);
        }
    }
}

fn through_gateway(walker: &mut Walker<'_>, id: &ResourceId, server: &Interface) {
    walker.hop(Some(id), HopKind::InternetGateway);
    let gateway = walker.network.topology.kind(id).and_then(ResourceKind::as_internet_gateway);
    if gateway.is_none_or(|it| it.vpc_id.as_ref() != Some(&server.vpc)) {
        let detail = t!("reach-igw-not-attached", name = walker.network.label(id));
        walker.block(Code::BadStateRoute, Some(id), detail);
        return;
    }
    let because = t!("reach-igw-translates", name = walker.network.label(&server.owner));
    walker.step("internet gateway", Decision::Translated, because);
}

/// The reply passes every sender in reverse: the NAT gateways, then the client.
fn come_home(walker: &mut Walker<'_>, goal: &Goal) {
    let crossings = walker.crossings.clone();
    let mut behind: Option<&ResourceId> = match goal {
        Goal::Interface(to) if crossings.last().is_some_and(|it| it.sender.vpc == to.vpc) => Some(&to.subnet),
        _ => None,
    };
    if behind.is_none()
        && left_by_internet(walker)
        && let Some(last) = crossings.last()
        && let Some(gateway) = walker.network.index.internet_gateway(&last.sender.vpc)
    {
        let gateway = gateway.clone();
        walker.hop(Some(&gateway), HopKind::InternetGateway);
        let because = t!("reach-igw-translates", name = walker.network.label(&last.sender.owner));
        walker.step("internet gateway", Decision::Translated, because);
    }
    for (at, crossing) in crossings.iter().enumerate().rev() {
        arrive(walker, crossing, behind);
        behind = Some(&crossing.sender.subnet);
        let Some(inner) = at.checked_sub(1).and_then(|at| crossings.get(at)) else {
            continue;
        };
        if inner.sender.subnet != crossing.sender.subnet {
            walker.hop(Some(&crossing.sender.subnet), HopKind::Subnet);
            walker.acl(&crossing.sender.subnet, Way::Out, &inner.packet.reply());
        }
    }
    walker.step("network interface", Decision::Delivered, t!("reach-delivered"));
}

fn arrive(walker: &mut Walker<'_>, crossing: &Crossing, behind: Option<&ResourceId>) {
    let sender = &crossing.sender;
    if behind != Some(&sender.subnet) {
        walker.hop(Some(&sender.subnet), HopKind::Subnet);
        walker.acl(&sender.subnet, Way::In, &crossing.packet.reply());
    }
    if sender.guarded {
        walker.hop(Some(&sender.owner), HopKind::Interface);
        walker.step("security group ingress", Decision::Allowed, t!("reach-tracked"));
    } else {
        walker.hop(Some(&sender.owner), HopKind::NatGateway);
        walker.step("NAT gateway", Decision::Translated, t!("reach-nat-back"));
    }
}
