//! What stands on the picture, before it is turned into lines and letters.

use crate::model::{Kind, ResourceId};

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
    /// A regional service beside the VPC, by its service name.
    Service(String),
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
    /// An icon with its title below, without a border (gateways on the border, services, the internet).
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
    /// To an instance that forwards.
    Instance,
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
}

impl Scene {
    /// The box of this id. Walks all; keep an index where it is asked often.
    pub fn node(&self, id: &NodeId) -> Option<&Node> {
        self.nodes.iter().find(|node| &node.id == id)
    }
}
