//! Which boxes there are and which stands in which, before anything has a place.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::{
    model::{Document, Home, Index, Kind, Placement, Resource, ResourceId, ResourceKind, Topology},
    t,
};

use super::{
    badges,
    geometry::{Point, Rect},
    icon::Icon,
    measure,
    node::{Node, NodeId, NodeKind, Shape},
    size, words,
};

/// Where in its container a box stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// Wherever there is room.
    Free,
    /// In the row of lanes of a VPC.
    Lane,
    /// On the border of a VPC towards the internet.
    UpperBorder,
    /// On the border of a VPC towards the services.
    LowerBorder,
    /// On the shelf of a VPC.
    Shelf,
    /// Beside the VPC that it is named after.
    Service,
}

/// A box without a place. Its rectangle is relative to its container's corner.
#[derive(Debug)]
pub(super) struct Draft {
    pub node: Node,
    pub slot: Slot,
    pub children: Vec<usize>,
    pub placement: Option<Placement>,
    /// The service that an endpoint leads to.
    pub serves: Option<String>,
}

/// All boxes. The first is the internet, the second the region; both exist always.
#[derive(Debug)]
pub(super) struct Drafts {
    pub list: Vec<Draft>,
    pub of_container: IndexMap<NodeId, usize>,
}

/// The place of the internet in the list.
pub(super) const INTERNET: usize = 0;
/// The place of the region in the list.
pub(super) const REGION: usize = 1;

/// Everything that making drafts looks at.
struct Source<'a> {
    topology: &'a Topology,
    index: &'a Index,
    placements: &'a BTreeMap<ResourceId, Placement>,
}

/// Makes the boxes of a document.
pub(super) fn drafts(
    document: &Document,
    index: &Index,
    placements: &BTreeMap<ResourceId, Placement>,
) -> Drafts {
    let source = Source { topology: &document.topology, index, placements };
    let mut drafts =
        Drafts { list: Vec::with_capacity(document.topology.resources.len()), of_container: IndexMap::new() };
    drafts.add(internet(), Slot::Free, None, None);
    drafts.add(region(&document.topology.region), Slot::Free, None, None);
    for id in index.of_kind(Kind::Vpc) {
        drafts.add_resource(&source, id);
        drafts.add_lanes(document, index, id);
    }
    for id in index.of_kind(Kind::Subnet) {
        drafts.add_resource(&source, id);
    }
    for kind in CONTENT {
        for id in index.of_kind(*kind) {
            drafts.add_resource(&source, id);
        }
    }
    for id in index.of_kind(Kind::InterfaceEndpoint) {
        drafts.add_interface_endpoint(&source, id);
    }
    for id in index.of_kind(Kind::NatGateway) {
        drafts.add_resource(&source, id);
    }
    drafts.add_services(index);
    drafts
}

/// The kinds between subnets and interface endpoints, in the order in which the layout places them.
const CONTENT: &[Kind] = &[
    Kind::RouteTable,
    Kind::NetworkAcl,
    Kind::SecurityGroup,
    Kind::TargetGroup,
    Kind::LoadBalancer,
    Kind::InternetGateway,
    Kind::EgressOnlyInternetGateway,
    Kind::RegionalNatGateway,
    Kind::VpnGateway,
    Kind::TransitGatewayVpcAttachment,
    Kind::GatewayEndpoint,
    Kind::Instance,
    Kind::NetworkInterface,
    Kind::InstanceConnectEndpoint,
    Kind::VpcPeeringConnection,
    Kind::TransitGateway,
    Kind::TransitGatewayPeeringAttachment,
    Kind::VpnConnection,
    Kind::Other,
    Kind::TransitGatewayRouteTable,
    Kind::ManagedPrefixList,
    Kind::DhcpOptions,
    Kind::VpcBlockPublicAccess,
    Kind::FlowLog,
    Kind::KeyPair,
    Kind::ElasticIp,
];

impl Drafts {
    /// The draft at a place of the list.
    pub fn get(&self, at: usize) -> Option<&Draft> {
        self.list.get(at)
    }

    /// Where a box stands in the list, for the containers of others.
    fn find(&self, id: &NodeId) -> Option<usize> {
        self.of_container.get(id).copied()
    }

    fn add(&mut self, node: Node, slot: Slot, parent: Option<usize>, placement: Option<Placement>) -> usize {
        let at = self.list.len();
        if node.shape == Shape::Frame {
            self.of_container.insert(node.id.clone(), at);
        }
        let depth = parent.and_then(|parent| self.get(parent)).map_or(0, |parent| parent.node.depth + 1);
        let node = Node { parent, depth, ..node };
        self.list.push(Draft { node, slot, children: Vec::new(), placement, serves: None });
        if let Some(parent) = parent.and_then(|parent| self.list.get_mut(parent)) {
            parent.children.push(at);
        }
        at
    }

    fn add_resource(&mut self, source: &Source<'_>, id: &ResourceId) {
        let Some(resource) = source.index.get(id) else {
            return;
        };
        if badges::is_badge(source.index, id) {
            return;
        }
        let (parent, in_vpc) = self.container(source, &resource.kind);
        let (shape, slot) = stand(resource.kind.kind(), in_vpc);
        let node = resource_node(source, resource, shape);
        let at = self.add(node, slot, Some(parent), source.placements.get(id).copied());
        if slot == Slot::LowerBorder {
            self.serve(at, served(source.index, id).map(|(_, service)| service));
        }
    }

    /// The box that a resource stands in, the region's where its own does not exist; and whether it
    /// stands in a VPC outside of the lanes.
    fn container(&self, source: &Source<'_>, kind: &ResourceKind) -> (usize, bool) {
        let of_kind = |id: &ResourceId, wanted: Kind| {
            let id = Some(id).filter(|id| source.index.kind(id).is_some_and(|it| it.kind() == wanted));
            id.map(|id| NodeId::Resource(id.clone()))
        };
        let (container, in_vpc) = match (kind, kind.home()) {
            (ResourceKind::Subnet(subnet), Home::Vpc(vpc)) => {
                let zone = subnet.availability_zone.clone();
                (of_kind(vpc, Kind::Vpc).map(|_| NodeId::Lane(vpc.clone(), zone)), false)
            }
            (_, Home::Vpc(vpc)) => (of_kind(vpc, Kind::Vpc), true),
            (_, Home::Subnet(subnet)) => (of_kind(subnet, Kind::Subnet), false),
            (_, Home::Region | Home::Itself) => (None, false),
        };
        let in_vpc = in_vpc && container.is_some();
        (container.and_then(|id| self.find(&id)).unwrap_or(REGION), in_vpc)
    }

    fn add_lanes(&mut self, document: &Document, index: &Index, vpc: &ResourceId) {
        let Some(parent) = self.find(&NodeId::Resource(vpc.clone())) else {
            return;
        };
        let drawn = document.diagram.lanes.get(vpc).map_or(&[][..], Vec::as_slice);
        let mut used: BTreeSet<&str> = index
            .subnets_of(&document.topology, vpc)
            .filter_map(|id| index.kind(id)?.as_subnet())
            .map(|subnet| subnet.availability_zone.as_str())
            .collect();
        let mut zones: Vec<&str> = Vec::new();
        let mut seen = BTreeSet::new();
        for zone in drawn {
            used.remove(zone.as_str());
            if seen.insert(zone.as_str()) {
                zones.push(zone);
            }
        }
        zones.extend(used);
        for zone in zones {
            self.add(lane(vpc, zone), Slot::Lane, Some(parent), None);
        }
    }

    /// A card per subnet, or a chip where the endpoint has no subnet to stand in.
    fn add_interface_endpoint(&mut self, source: &Source<'_>, id: &ResourceId) {
        let Some(resource) = source.index.get(id) else {
            return;
        };
        let Some(endpoint) = resource.kind.as_interface_endpoint() else {
            return;
        };
        let subnets: BTreeSet<&ResourceId> = endpoint.subnet_ids.iter().collect();
        let mut any = false;
        for subnet in subnets {
            let is_subnet = matches!(source.index.kind(subnet), Some(ResourceKind::Subnet(_)));
            let Some(parent) = self.find(&NodeId::Resource(subnet.clone())).filter(|_| is_subnet) else {
                continue;
            };
            let node = interface_node(source, resource, &endpoint.service_name, subnet);
            let at = self.add(node, Slot::Free, Some(parent), None);
            self.serve(at, Some(&endpoint.service_name));
            any = true;
        }
        if !any {
            self.add_resource(source, id);
        }
    }

    fn serve(&mut self, at: usize, service: Option<&str>) {
        if let Some(draft) = self.list.get_mut(at) {
            draft.serves = service.map(str::to_owned);
        }
    }

    fn add_services(&mut self, index: &Index) {
        let gateways =
            index.of_kind(Kind::GatewayEndpoint).iter().chain(index.of_kind(Kind::InterfaceEndpoint));
        for id in gateways {
            let Some((vpc, name)) = served(index, id) else {
                continue;
            };
            let node = NodeId::Service(vpc.clone(), name.to_owned());
            let is_vpc = self.find(&NodeId::Resource(vpc.clone())).is_some();
            if is_vpc && !self.of_container.contains_key(&node) {
                let at = self.add(service(node.clone(), name), Slot::Service, Some(REGION), None);
                self.of_container.insert(node, at);
            }
        }
    }
}

/// The VPC and the service of an endpoint.
pub(super) fn served<'a>(index: &'a Index, endpoint: &ResourceId) -> Option<(&'a ResourceId, &'a str)> {
    match index.kind(endpoint)? {
        ResourceKind::GatewayEndpoint(it) => Some((&it.vpc_id, &it.service_name)),
        ResourceKind::InterfaceEndpoint(it) => Some((&it.vpc_id, &it.service_name)),
        _ => None,
    }
}

/// What stands on the shelf of a VPC, beside its lanes.
pub(super) fn on_shelf(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::RouteTable
            | Kind::NetworkAcl
            | Kind::SecurityGroup
            | Kind::InterfaceEndpoint
            | Kind::LoadBalancer
            | Kind::TargetGroup
    )
}

/// What is as small as a name: on a shelf, or in the region.
pub fn is_chip(kind: Kind) -> bool {
    let in_region = matches!(
        kind,
        Kind::KeyPair
            | Kind::ElasticIp
            | Kind::TransitGatewayRouteTable
            | Kind::ManagedPrefixList
            | Kind::DhcpOptions
            | Kind::FlowLog
            | Kind::VpcBlockPublicAccess
    );
    in_region || on_shelf(kind)
}

/// How and where a kind stands; what lost its VPC stands in the region.
fn stand(kind: Kind, in_vpc: bool) -> (Shape, Slot) {
    match kind {
        Kind::Vpc | Kind::Subnet => (Shape::Frame, Slot::Free),
        Kind::InternetGateway
        | Kind::EgressOnlyInternetGateway
        | Kind::RegionalNatGateway
        | Kind::VpnGateway
            if in_vpc =>
        {
            (Shape::Pin, Slot::UpperBorder)
        }
        Kind::GatewayEndpoint | Kind::TransitGatewayVpcAttachment if in_vpc => {
            (Shape::Pin, Slot::LowerBorder)
        }
        kind if on_shelf(kind) => (Shape::Chip, if in_vpc { Slot::Shelf } else { Slot::Free }),
        kind if is_chip(kind) => (Shape::Chip, Slot::Free),
        _ => (Shape::Card, Slot::Free),
    }
}

fn resource_node(source: &Source<'_>, resource: &Resource, shape: Shape) -> Node {
    let face = words::face(source.topology, source.index, resource);
    let kind = match &resource.kind {
        ResourceKind::Subnet(_) if face.icon == Icon::PublicSubnet => NodeKind::PublicSubnet,
        ResourceKind::Subnet(_) => NodeKind::PrivateSubnet,
        other => NodeKind::Resource(other.kind()),
    };
    let badges = match &resource.kind {
        ResourceKind::Vpc(it) => badges::of_vpc(source.index, &resource.id, it),
        ResourceKind::Subnet(_) => badges::of_subnet(source.topology, source.index, &resource.id),
        ResourceKind::Instance(it) => badges::of_instance(source.index, &resource.id, it),
        ResourceKind::NatGateway(it) => badges::of_nat_gateway(source.index, it),
        ResourceKind::NetworkInterface(it) => badges::of_network_interface(source.index, &resource.id, it),
        ResourceKind::InstanceConnectEndpoint(it) => {
            let vpc = source.topology.vpc_of(&resource.id);
            badges::of_groups(source.index, &it.security_group_ids, vpc)
        }
        _ => Vec::new(),
    };
    Node {
        shape,
        kind,
        icon: Some(face.icon),
        title: face.title,
        subtitle: face.subtitle,
        badges,
        accessible_name: face.accessible_name,
        ..bare(NodeId::Resource(resource.id.clone()))
    }
}

fn interface_node(source: &Source<'_>, resource: &Resource, service: &str, subnet: &ResourceId) -> Node {
    let title = measure::clean(resource.label());
    let service = words::service_title(service);
    let subnet_name = measure::clean(source.index.get(subnet).map_or("", Resource::label));
    let kind = words::kind_name(Kind::InterfaceEndpoint);
    let groups = resource.kind.as_interface_endpoint().map_or(&[][..], |it| &it.security_group_ids);
    let vpc = resource.kind.as_interface_endpoint().map(|it| &it.vpc_id);
    Node {
        shape: Shape::Card,
        kind: NodeKind::EndpointInterface,
        icon: Some(Icon::Endpoint),
        accessible_name: t!(
            "scene-interface-in",
            kind = kind,
            name = &title,
            service = &service,
            subnet = subnet_name
        ),
        title,
        subtitle: t!("scene-interface", service = service),
        badges: badges::of_groups(source.index, groups, vpc),
        ..bare(NodeId::EndpointInterface(resource.id.clone(), subnet.clone()))
    }
}

/// A box of which nothing is known yet.
pub(super) fn bare(id: NodeId) -> Node {
    Node {
        id,
        parent: None,
        depth: 0,
        rect: Rect::default(),
        origin: Point::default(),
        shape: Shape::Card,
        kind: NodeKind::Region,
        icon: None,
        title: String::new(),
        subtitle: String::new(),
        badges: Vec::new(),
        accessible_name: String::new(),
    }
}

fn internet() -> Node {
    let title = t!("scene-internet");
    let width = size::SERVICE_ICON + size::CARD_PAD + measure::width(&title, size::TEXT_FRAME).ceil();
    Node {
        shape: Shape::Pin,
        kind: NodeKind::Internet,
        icon: Some(Icon::Internet),
        accessible_name: title.clone(),
        title,
        rect: Rect::from_size(0.0, 0.0, width, size::SERVICE_ICON),
        ..bare(NodeId::Internet)
    }
}

fn region(name: &str) -> Node {
    let title = t!("scene-region", name = measure::clean(name));
    Node {
        shape: Shape::Frame,
        kind: NodeKind::Region,
        icon: Some(Icon::Region),
        accessible_name: title.clone(),
        title,
        ..bare(NodeId::Region)
    }
}

fn lane(vpc: &ResourceId, zone: &str) -> Node {
    let title = t!("scene-zone", name = measure::clean(zone));
    Node {
        shape: Shape::Frame,
        kind: NodeKind::Lane,
        accessible_name: title.clone(),
        title,
        ..bare(NodeId::Lane(vpc.clone(), zone.to_owned()))
    }
}

fn service(id: NodeId, name: &str) -> Node {
    let title = words::service_title(name);
    Node {
        shape: Shape::Pin,
        kind: NodeKind::Service,
        icon: Some(words::service_icon(name)),
        accessible_name: t!("scene-service", name = &title),
        title,
        subtitle: t!("scene-service-note"),
        ..bare(id)
    }
}
