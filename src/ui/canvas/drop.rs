//! Where a drop would go, and whether it would be taken.

use std::collections::BTreeSet;

use super::tools::Around;
use crate::{
    edit::{self, Dragged},
    model::{Container, Kind, ResourceId},
    scene::{NodeId, NodeKind, Point, Shape, is_chip, size},
};

/// What a drop at the pointer would come to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Aim {
    /// The box that lights up.
    pub target: Option<NodeId>,
    /// The container of a drop.
    pub container: Option<Container>,
    /// The reason why not, in a sentence.
    pub refusal: Option<String>,
}

/// The container under a point for what is dragged, and whether it takes it.
pub fn aim(around: &Around<'_>, what: &Dragged, at: Point, carried: &BTreeSet<ResourceId>) -> Aim {
    let kind = kind_of(around, what).unwrap_or(Kind::Other);
    let (target, container) = container_at(around, (kind, matches!(what, Dragged::New(_))), at, carried);
    let verdict = edit::drop_verdict(around.session.document(), around.session.index(), what, &container);
    Aim { target: Some(target), container: Some(container), refusal: verdict.err().map(|it| it.message) }
}

/// The kind of what is dragged.
pub fn kind_of(around: &Around<'_>, what: &Dragged) -> Option<Kind> {
    match what {
        Dragged::New(kind) => Some(*kind),
        Dragged::Existing(id) => {
            around.session.document().topology.kind(id).map(crate::model::ResourceKind::kind)
        }
    }
}

/// The container that a box stands for, if it holds others.
pub fn container_of(id: &NodeId, kind: NodeKind) -> Option<Container> {
    match (id, kind) {
        (NodeId::Region, _) => Some(Container::Region),
        (NodeId::Lane(vpc, zone), _) => Some(Container::Lane(vpc.clone(), zone.clone())),
        (NodeId::Resource(id), NodeKind::Resource(Kind::Vpc)) => Some(Container::Vpc(id.clone())),
        (NodeId::Resource(id), NodeKind::PublicSubnet | NodeKind::PrivateSubnet) => {
            Some(Container::Subnet(id.clone()))
        }
        _ => None,
    }
}

/// The innermost container at a point on the level where a kind lives: what belongs to a VPC hangs over
/// that VPC's lanes and subnets, what belongs to the region over everything.
fn container_at(
    around: &Around<'_>,
    (kind, new): (Kind, bool),
    at: Point,
    carried: &BTreeSet<ResourceId>,
) -> (NodeId, Container) {
    let level = |container: &Container| match kind {
        // Where a new one is dropped says what it is for; where it stands later means nothing.
        Kind::FlowLog if new => true,
        Kind::VpcPeeringConnection | Kind::VpnConnection if new => {
            matches!(container, Container::Vpc(_) | Container::Region)
        }
        Kind::ElasticIp
        | Kind::KeyPair
        | Kind::VpcPeeringConnection
        | Kind::TransitGateway
        | Kind::TransitGatewayPeeringAttachment
        | Kind::TransitGatewayRouteTable
        | Kind::VpnConnection
        | Kind::ManagedPrefixList
        | Kind::DhcpOptions
        | Kind::FlowLog
        | Kind::VpcBlockPublicAccess
        | Kind::Other => matches!(container, Container::Region),
        Kind::RouteTable
        | Kind::NetworkAcl
        | Kind::SecurityGroup
        | Kind::InternetGateway
        | Kind::GatewayEndpoint
        | Kind::EgressOnlyInternetGateway
        | Kind::RegionalNatGateway
        | Kind::TransitGatewayVpcAttachment
        | Kind::VpnGateway
        | Kind::LoadBalancer
        | Kind::TargetGroup => matches!(container, Container::Vpc(_) | Container::Region),
        Kind::Vpc
        | Kind::Subnet
        | Kind::Instance
        | Kind::NatGateway
        | Kind::InterfaceEndpoint
        | Kind::NetworkInterface
        | Kind::InstanceConnectEndpoint => true,
    };
    for position in around.cache.spatial.hits(at) {
        let Some(node) = around.cache.node(position) else {
            continue;
        };
        if node.shape != Shape::Frame || around.cache.is_within(position, carried) {
            continue;
        }
        if let Some(container) = container_of(&node.id, node.kind).filter(level) {
            return (node.id.clone(), container);
        }
    }
    (NodeId::Region, Container::Region)
}

/// The size with which a new box of a kind will appear, about.
pub fn size_of(kind: Kind) -> (f32, f32) {
    match kind {
        Kind::Vpc => (size::VPC_WIDTH, size::VPC_HEIGHT),
        Kind::Subnet => (size::SUBNET_WIDTH, size::SUBNET_HEIGHT),
        Kind::InternetGateway
        | Kind::GatewayEndpoint
        | Kind::EgressOnlyInternetGateway
        | Kind::RegionalNatGateway
        | Kind::VpnGateway
        | Kind::TransitGatewayVpcAttachment => (size::CHIP_WIDTH, size::PILL_HEIGHT),
        Kind::InterfaceEndpoint => (size::CARD_WIDTH, size::CARD_HEIGHT),
        kind if is_chip(kind) => (size::CHIP_WIDTH, size::CHIP_HEIGHT),
        _ => (size::CARD_WIDTH, size::CARD_HEIGHT),
    }
}

/// The corner of a new box whose drop happens at `at`: frames hang by their title, the rest by its middle.
pub fn corner_of(kind: Kind, at: Point) -> Point {
    let (width, height) = size_of(kind);
    match kind {
        Kind::Vpc | Kind::Subnet => Point::new(at.x - 40.0, at.y - 14.0),
        _ => Point::new(at.x - width / 2.0, at.y - height / 2.0),
    }
}

/// How near an edge must come to another one to be drawn to it, in units of the drawing.
const MAGNET: f32 = 14.0;

/// A corner drawn to the edges of its future neighbours and to the margins of the container, so that
/// boxes put in by hand stand in line; as it is while Alt is held.
pub fn align(
    around: &Around<'_>,
    container: &Container,
    corner: Point,
    carried: &BTreeSet<ResourceId>,
) -> Point {
    let frame = around.cache.scene.container(container);
    let (Some(frame), false) = (frame, around.modifiers.alt) else {
        return corner;
    };
    let margin = match container {
        Container::Lane(..) => Some((size::LANE_PAD, size::LANE_HEADER)),
        Container::Subnet(_) => Some((size::SUBNET_PAD, size::SUBNET_HEADER)),
        Container::Region | Container::Vpc(_) => None,
    };
    let mut lefts: Vec<f32> = margin.map(|(left, _)| frame.rect.left + left).into_iter().collect();
    let mut tops: Vec<f32> = margin.map(|(_, top)| frame.rect.top + top).into_iter().collect();
    for position in around.cache.spatial.in_rect(&frame.rect) {
        let Some(node) = around.cache.node(position) else {
            continue;
        };
        let beside =
            node.parent.and_then(|parent| around.cache.node(parent)).is_some_and(|it| it.id == frame.id);
        if beside && !around.cache.is_within(position, carried) {
            lefts.push(node.rect.left);
            tops.push(node.rect.top);
        }
    }
    Point::new(pull(corner.x, &lefts), pull(corner.y, &tops))
}

fn pull(value: f32, edges: &[f32]) -> f32 {
    let off = |edge: &f32| (edge - value).abs();
    let nearest = edges.iter().copied().min_by(|a, b| off(a).total_cmp(&off(b)));
    nearest.filter(|edge| off(edge) <= MAGNET).unwrap_or(value)
}

/// A corner of the drawing as a place inside of a container, in whole numbers; nothing for what the
/// layout places better by itself: what sits on a border or on the shelf of a VPC.
pub fn place_in(around: &Around<'_>, container: &Container, kind: Kind, corner: Point) -> Option<(i32, i32)> {
    let is_free = match container {
        Container::Region | Container::Lane(..) | Container::Subnet(_) => true,
        Container::Vpc(_) => false,
    };
    let origin = around.cache.scene.origin_in(container, kind).filter(|_| is_free)?;
    Some(((corner.x - origin.x).round() as i32, (corner.y - origin.y).round() as i32))
}
