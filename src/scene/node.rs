//! What stands on the picture, before it is turned into lines and letters.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::model::{Container, Kind, ResourceId};

use super::{
    geometry::{Point, Rect},
    icon::Icon,
};

/// What a box on the picture stands for. Not every box is a resource: lanes, the region, services
/// and the internet are drawn too, and an interface endpoint has one box per subnet.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NodeId {
    /// The internet, outside.
    Internet,
    /// The frame of the region.
    Region,
    /// The lane of an Availability Zone in a VPC.
    Lane(ResourceId, String),
    /// A resource.
    Resource(ResourceId),
    /// The network interface of an interface endpoint in a subnet.
    EndpointInterface(ResourceId, ResourceId),
    /// A regional service beside a VPC: the VPC, and the service's name.
    Service(ResourceId, String),
}

impl NodeId {
    /// The resource that a click on the box selects.
    pub fn resource(&self) -> Option<&ResourceId> {
        match self {
            Self::Resource(id) | Self::EndpointInterface(id, _) => Some(id),
            _ => None,
        }
    }
}

/// What kind of box it is; decides its colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NodeKind {
    /// The internet.
    Internet,
    /// The region.
    Region,
    /// A lane.
    Lane,
    /// A subnet with a route to an internet gateway.
    PublicSubnet,
    /// Any other subnet.
    PrivateSubnet,
    /// A regional service.
    Service,
    /// The network interface of an interface endpoint.
    EndpointInterface,
    /// A resource of this kind (never a subnet).
    Resource(Kind),
}

/// How a box is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A frame with a title bar and room for others inside.
    Frame,
    /// A card: icon, title, subtitle.
    Card,
    /// A small chip: icon and title in one line (tables, network ACLs, groups, addresses, key pairs).
    Chip,
    /// An icon with its name that needs no frame: a pill on a VPC's border for a gateway, a large icon
    /// with its name below or beside it for a service and for the internet.
    Pin,
}

/// A mark on a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// What it says.
    pub kind: BadgeKind,
    /// Its few letters: `acl-app`, `2`, `rtb-private (main)`.
    pub text: String,
    /// The resource that it speaks of, which a click selects.
    pub resource: Option<ResourceId>,
}

/// What a badge is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BadgeKind {
    /// The effective route table of a subnet.
    RouteTable,
    /// The effective network ACL of a subnet.
    NetworkAcl,
    /// A security group of an instance or endpoint.
    SecurityGroup,
    /// A public address, Elastic or not.
    PublicAddress,
    /// A key pair.
    KeyPair,
    /// The DHCP options of a VPC.
    DhcpOptions,
    /// A flow log.
    FlowLog,
}

/// One box.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it stands for.
    pub id: NodeId,
    /// What it is drawn inside of: an index into [`Scene::nodes`], always smaller than its own.
    pub parent: Option<usize>,
    /// How deep it is nested; the region is 0.
    pub depth: u8,
    /// Where it stands, in world coordinates.
    pub rect: Rect,
    /// The point that its [`Placement`](crate::model::Placement) is relative to: moving the box to
    /// `corner` is the placement `corner - origin`.
    pub origin: Point,
    /// How it is drawn.
    pub shape: Shape,
    /// Which colours it has.
    pub kind: NodeKind,
    /// Its icon.
    pub icon: Option<Icon>,
    /// First line: the name.
    pub title: String,
    /// Second line: block, type, address.
    pub subtitle: String,
    /// Marks, left to right.
    pub badges: Vec<Badge>,
    /// What a screen reader says: `Subnet public-a, 10.0.0.0/24, public`.
    pub accessible_name: String,
}

/// What an arrow leads to; decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ArrowKind {
    /// To an internet gateway.
    InternetGateway,
    /// To a NAT gateway.
    NatGateway,
    /// To a gateway endpoint.
    GatewayEndpoint,
    /// To an instance or network interface that forwards.
    Instance,
    /// To another network: by a peering connection, a transit gateway or a virtual private gateway.
    Network,
    /// From a gateway or NAT gateway outwards, from an endpoint to its service.
    Onward,
    /// Its target is gone.
    Blackhole,
    /// To a target that this program does not know.
    Other,
}

/// A routed arrow.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrow {
    /// The box at which it starts.
    pub from: NodeId,
    /// The box at which it ends.
    pub to: NodeId,
    /// What it leads to.
    pub kind: ArrowKind,
    /// Its bends, first and last on the borders of the two boxes.
    pub points: Vec<Point>,
    /// The destination, or several with a count.
    pub label: String,
    /// Where the label's middle stands.
    pub label_at: Point,
    /// The route table that it comes from.
    pub route_table: Option<ResourceId>,
    /// How many equal arrows it stands for.
    pub count: usize,
}

/// The whole picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scene {
    /// The boxes, containers before what they contain: painting in this order is right.
    pub nodes: Vec<Node>,
    /// The arrows, painted after the boxes.
    pub arrows: Vec<Arrow>,
    /// What encloses everything.
    pub bounds: Rect,
    by_id: IndexMap<NodeId, usize>,
    interfaces: BTreeMap<ResourceId, Vec<usize>>,
    shelves: BTreeMap<ResourceId, Point>,
}

impl Scene {
    /// Puts the parts together. `shelves` are the corners of the VPCs' shelves.
    pub(super) fn new(nodes: Vec<Node>, arrows: Vec<Arrow>, shelves: BTreeMap<ResourceId, Point>) -> Self {
        let by_id = nodes.iter().enumerate().map(|(at, node)| (node.id.clone(), at)).collect();
        let mut interfaces: BTreeMap<ResourceId, Vec<usize>> = BTreeMap::new();
        for (at, node) in nodes.iter().enumerate() {
            if let NodeId::EndpointInterface(endpoint, _) = &node.id {
                interfaces.entry(endpoint.clone()).or_default().push(at);
            }
        }
        let rects = nodes.iter().map(|node| node.rect);
        let bounds = rects.reduce(|all, one| all.union(&one)).unwrap_or_default();
        let mut scene = Self { nodes, arrows: Vec::new(), bounds, by_id, interfaces, shelves };
        scene.set_arrows(arrows);
        scene
    }

    /// Puts the arrows in.
    pub(super) fn set_arrows(&mut self, arrows: Vec<Arrow>) {
        for point in arrows.iter().flat_map(|arrow| arrow.points.iter()) {
            self.bounds = self.bounds.union(&Rect::from_size(point.x, point.y, 0.0, 0.0));
        }
        self.arrows = arrows;
    }

    /// The place of a box in [`Scene::nodes`].
    pub fn position(&self, id: &NodeId) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The box of this id.
    pub fn node(&self, id: &NodeId) -> Option<&Node> {
        self.nodes.get(self.position(id)?)
    }

    /// Every box that a resource is drawn as: its own, or one per subnet for an interface endpoint.
    /// Empty for an Elastic IP that is a badge.
    pub fn positions_of(&self, id: &ResourceId) -> Vec<usize> {
        if let Some(at) = self.position(&NodeId::Resource(id.clone())) {
            return vec![at];
        }
        self.interfaces.get(id).cloned().unwrap_or_default()
    }

    /// The box of a container.
    pub fn container(&self, container: &Container) -> Option<&Node> {
        self.node(&match container {
            Container::Region => NodeId::Region,
            Container::Vpc(id) | Container::Subnet(id) => NodeId::Resource(id.clone()),
            Container::Lane(vpc, zone) => NodeId::Lane(vpc.clone(), zone.clone()),
        })
    }

    /// The point that placements of resources of `kind` inside `container` are relative to: the
    /// shelf's corner for tables, network ACLs and groups of a VPC, the container's corner else.
    pub fn origin_in(&self, container: &Container, kind: Kind) -> Option<Point> {
        let on_shelf = super::draft::on_shelf(kind);
        match container {
            Container::Region => Some(Point::default()),
            Container::Vpc(id) if on_shelf => self.shelves.get(id).copied(),
            _ => self.container(container).map(|node| node.rect.corner()),
        }
    }
}
