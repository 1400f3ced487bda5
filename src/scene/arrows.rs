//! Which arrows there are: the effective routes of the subnets, and where gateways and endpoints lead.

use std::collections::BTreeMap;

use crate::{
    model::{
        Index, Kind, Resource, ResourceId, ResourceKind, RouteDestination, RouteTarget, Topology,
        routing::{self, EffectiveTarget},
    },
    t,
};

use super::{
    beyond, draft, measure,
    node::{ArrowKind, NodeId, Scene},
    words,
};

/// So many subnets of one lane whose routes are the same keep arrows of their own; more become one
/// arrow from the lane.
const SEPARATE: usize = 3;

/// An arrow without a way. `to` is `None` where the target is nowhere on the picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    pub from: NodeId,
    pub to: Option<NodeId>,
    pub kind: ArrowKind,
    pub label: String,
    pub route_table: Option<ResourceId>,
    pub count: usize,
}

/// Where a route leads, once looked up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Target {
    kind: ArrowKind,
    to: Option<NodeId>,
    /// What to call it where it is nowhere on the picture.
    name: String,
}

/// All arrows of the picture, in a fixed order.
pub(super) fn collect(topology: &Topology, index: &Index, scene: &Scene) -> Vec<Wanted> {
    let mut arrows = Vec::new();
    for (table, subnets) in served(topology, index) {
        let targets = targets(topology, index, table, scene);
        for lane in by_lane(index, &subnets).values() {
            for (target, destinations) in &targets {
                arrows.extend(from_lane(index, table, lane, target, destinations));
            }
        }
    }
    arrows.extend(onward(topology, index, scene));
    arrows
}

/// The subnets that each route table serves.
fn served<'a>(topology: &'a Topology, index: &'a Index) -> BTreeMap<&'a ResourceId, Vec<&'a ResourceId>> {
    let mut served: BTreeMap<&ResourceId, Vec<&ResourceId>> = BTreeMap::new();
    for subnet in index.of_kind(Kind::Subnet) {
        if let Some((table, _)) = routing::effective_route_table(topology, index, subnet) {
            served.entry(table).or_default().push(subnet);
        }
    }
    served
}

fn by_lane<'a>(index: &Index, subnets: &[&'a ResourceId]) -> BTreeMap<NodeId, Vec<&'a ResourceId>> {
    let mut lanes: BTreeMap<NodeId, Vec<&ResourceId>> = BTreeMap::new();
    for id in subnets {
        let Some(subnet) = index.kind(id).and_then(ResourceKind::as_subnet) else {
            continue;
        };
        let lane = NodeId::Lane(subnet.vpc_id.clone(), subnet.availability_zone.clone());
        lanes.entry(lane).or_default().push(id);
    }
    lanes
}

/// The targets of a table's routes with their destinations; local routes lead nowhere else.
fn targets(
    topology: &Topology,
    index: &Index,
    table: &ResourceId,
    scene: &Scene,
) -> BTreeMap<Target, Vec<RouteDestination>> {
    let vpc = topology.vpc_of(table);
    let mut targets: BTreeMap<Target, Vec<RouteDestination>> = BTreeMap::new();
    for route in routing::effective_routes(topology, index, table) {
        let target = match &route.target {
            EffectiveTarget::Local => continue,
            EffectiveTarget::Endpoint(id) => on_picture(scene, id, ArrowKind::GatewayEndpoint),
            EffectiveTarget::Propagated(id) => on_picture(scene, id, ArrowKind::Network),
            EffectiveTarget::Static { target, .. } => static_target(topology, index, scene, vpc, target),
        };
        targets.entry(target).or_default().push(route.destination);
    }
    targets
}

fn static_target(
    topology: &Topology,
    index: &Index,
    scene: &Scene,
    vpc: Option<&ResourceId>,
    target: &RouteTarget,
) -> Target {
    let Some(id) = target.resource() else {
        return Target { kind: ArrowKind::Other, to: None, name: measure::clean(&target.to_string()) };
    };
    let is_here = topology.vpc_of(id).is_some_and(|of| Some(of) == vpc);
    let kind = match topology.kind(id) {
        Some(ResourceKind::InternetGateway(_) | ResourceKind::EgressOnlyInternetGateway(_)) if is_here => {
            ArrowKind::InternetGateway
        }
        Some(ResourceKind::NatGateway(_) | ResourceKind::RegionalNatGateway(_)) if is_here => {
            ArrowKind::NatGateway
        }
        Some(ResourceKind::Instance(_) | ResourceKind::NetworkInterface(_)) if is_here => ArrowKind::Instance,
        Some(ResourceKind::VpnGateway(_)) if is_here => ArrowKind::Network,
        Some(ResourceKind::VpcPeeringConnection(it))
            if vpc.is_some_and(|vpc| it.vpc_id == *vpc || it.peer_vpc_id.as_ref() == Some(vpc)) =>
        {
            ArrowKind::Network
        }
        Some(ResourceKind::TransitGateway(_)) if attached(index, id, vpc).is_some() => ArrowKind::Network,
        Some(ResourceKind::Other(_)) => ArrowKind::Other,
        _ => ArrowKind::Blackhole,
    };
    // A transit gateway stands outside: the way to it leads through the attachment on the border.
    match attached(index, id, vpc) {
        Some(attachment) if kind == ArrowKind::Network => on_picture(scene, attachment, kind),
        _ => on_picture(scene, id, kind),
    }
}

/// The attachment of a VPC to a transit gateway.
fn attached<'a>(index: &'a Index, gateway: &ResourceId, vpc: Option<&ResourceId>) -> Option<&'a ResourceId> {
    index.users(gateway, "transit_gateway_id").find(|id| {
        let attachment = index.kind(id).and_then(ResourceKind::as_transit_gateway_vpc_attachment);
        attachment.is_some_and(|it| Some(&it.vpc_id) == vpc)
    })
}

fn on_picture(scene: &Scene, id: &ResourceId, kind: ArrowKind) -> Target {
    let node = NodeId::Resource(id.clone());
    let to = scene.position(&node).map(|_| node);
    Target { kind, to, name: id.to_string() }
}

fn from_lane(
    index: &Index,
    table: &ResourceId,
    subnets: &[&ResourceId],
    target: &Target,
    destinations: &[RouteDestination],
) -> Vec<Wanted> {
    let arrow = |from: NodeId, count: usize| Wanted {
        from,
        to: target.to.clone(),
        kind: target.kind,
        label: label(index, destinations, target, count),
        route_table: Some(table.clone()),
        count,
    };
    if subnets.len() <= SEPARATE {
        return subnets.iter().map(|id| arrow(NodeId::Resource((*id).clone()), 1)).collect();
    }
    let lane = subnets.first().and_then(|id| index.kind(id)).and_then(ResourceKind::as_subnet);
    lane.map(|subnet| NodeId::Lane(subnet.vpc_id.clone(), subnet.availability_zone.clone()))
        .map(|from| arrow(from, subnets.len()))
        .into_iter()
        .collect()
}

/// The longest label before the destinations are counted instead of listed.
const LISTED: usize = 2;

fn label(index: &Index, destinations: &[RouteDestination], target: &Target, count: usize) -> String {
    let names: Vec<String> = destinations.iter().map(|it| destination(index, it)).collect();
    let mut text = match names.as_slice() {
        [first, rest @ ..] if names.len() > LISTED => {
            t!("scene-more-destinations", first = first, count = rest.len())
        }
        _ => names.join(", "),
    };
    if target.to.is_none() {
        text = t!("scene-label-unknown", label = text, target = &target.name);
    }
    if count > 1 { t!("scene-label-count", label = text, count = count) } else { text }
}

fn destination(index: &Index, destination: &RouteDestination) -> String {
    match destination {
        RouteDestination::PrefixList(name) => {
            t!("scene-prefix-list", service = measure::clean(words::short_service(name)))
        }
        RouteDestination::ManagedPrefixList(id) => {
            t!(
                "scene-prefix-list",
                service = measure::clean(index.get(id).map_or(id.as_str(), Resource::label))
            )
        }
        other => other.to_string(),
    }
}

/// From gateways to the internet, from NAT gateways to their internet gateway, from endpoints to their
/// service.
fn onward(topology: &Topology, index: &Index, scene: &Scene) -> Vec<Wanted> {
    let mut arrows = Vec::new();
    let mut add = |from: NodeId, to: NodeId| {
        let both = scene.position(&from).is_some() && scene.position(&to).is_some();
        if both {
            let (kind, label) = (ArrowKind::Onward, String::new());
            arrows.push(Wanted { from, to: Some(to), kind, label, route_table: None, count: 1 });
        }
    };
    for gateway in index.of_kind(Kind::InternetGateway) {
        if topology.vpc_of(gateway).is_some_and(|vpc| topology.get(vpc).is_some()) {
            add(NodeId::Resource(gateway.clone()), NodeId::Internet);
        }
    }
    for nat in index.of_kind(Kind::NatGateway) {
        if let Some(gateway) = way_out(topology, index, nat) {
            add(NodeId::Resource(nat.clone()), NodeId::Resource(gateway.clone()));
        }
    }
    for (from, to) in beyond::joined(index) {
        add(from, to);
    }
    for endpoint in index.of_kind(Kind::GatewayEndpoint) {
        if let Some((vpc, service)) = draft::served(index, endpoint) {
            let service = NodeId::Service(vpc.clone(), service.to_owned());
            add(NodeId::Resource(endpoint.clone()), service);
        }
    }
    for endpoint in index.of_kind(Kind::InterfaceEndpoint) {
        let Some((vpc, service)) = draft::served(index, endpoint) else {
            continue;
        };
        let service = NodeId::Service(vpc.clone(), service.to_owned());
        for at in scene.positions_of(endpoint) {
            if let Some(node) = scene.nodes.get(at) {
                add(node.id.clone(), service.clone());
            }
        }
    }
    arrows
}

/// The internet gateway that the subnet of a public NAT gateway routes to.
fn way_out<'a>(topology: &'a Topology, index: &'a Index, nat: &ResourceId) -> Option<&'a ResourceId> {
    use crate::model::ConnectivityType;
    let nat = topology.kind(nat)?.as_nat_gateway()?;
    if nat.connectivity_type != ConnectivityType::Public
        || !routing::is_public(topology, index, &nat.subnet_id)
    {
        return None;
    }
    let subnet = topology.kind(&nat.subnet_id)?.as_subnet()?;
    index.internet_gateway(&subnet.vpc_id)
}

#[cfg(test)]
mod tests;
