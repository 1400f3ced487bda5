//! The logical graph: subnets, route tables, what routes lead to, services and the internet, with the
//! effective routes as edges. Plain data, made from a document.

use std::collections::BTreeMap;

use crate::{
    model::{
        ConnectivityType, Document, Index, Kind, ResourceId, ResourceKind, RouteTarget,
        routing::{self, Association, EffectiveTarget},
    },
    t,
    ui::{inspector::form::label_of, outline::tree::kind_name},
};

/// What a node of the map stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// A resource of the document.
    Resource(ResourceId),
    /// A regional service.
    Service(String),
    /// The internet.
    Internet,
    /// Something that is mentioned and not there, or a target by its AWS id.
    Unknown(String),
}

/// A node of the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapNode {
    /// What it stands for.
    pub place: Place,
    /// First line.
    pub title: String,
    /// Second line.
    pub detail: String,
    /// The kind, which decides its colour; nothing for what is no resource.
    pub kind: Option<Kind>,
}

/// An edge of the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapEdge {
    /// The place of the start in [`RouteGraph::nodes`].
    pub from: usize,
    /// The place of the end.
    pub to: usize,
    /// The destinations, or how a subnet came to its table.
    pub label: String,
    /// Whether it leads nowhere.
    pub dead: bool,
}

/// The whole map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RouteGraph {
    /// The nodes; subnets first.
    pub nodes: Vec<MapNode>,
    /// The edges.
    pub edges: Vec<MapEdge>,
}

/// Makes the map of a document.
pub fn route_graph(document: &Document, index: &Index) -> RouteGraph {
    let mut builder = Builder { document, index, places: BTreeMap::new(), graph: RouteGraph::default() };
    for subnet in index.of_kind(Kind::Subnet) {
        builder.subnet(subnet);
    }
    for table in index.of_kind(Kind::RouteTable) {
        builder.table(table);
    }
    builder.gateways();
    builder.graph
}

struct Builder<'a> {
    document: &'a Document,
    index: &'a Index,
    places: BTreeMap<Place, usize>,
    graph: RouteGraph,
}

impl Builder<'_> {
    fn node(&mut self, place: Place) -> usize {
        if let Some(at) = self.places.get(&place) {
            return *at;
        }
        let node = self.describe(place.clone());
        self.graph.nodes.push(node);
        let at = self.graph.nodes.len() - 1;
        self.places.insert(place, at);
        at
    }

    fn describe(&self, place: Place) -> MapNode {
        let (title, detail, kind) = match &place {
            Place::Resource(id) => {
                let kind = self.document.topology.kind(id);
                let detail = match kind {
                    Some(ResourceKind::Subnet(it)) => it.cidr_block.to_string(),
                    Some(ResourceKind::RouteTable(it)) if it.main => t!("panel-outline-main"),
                    Some(kind) => kind_name(kind.kind()),
                    None => t!("panel-map-missing"),
                };
                (label_of(&self.document.topology, id), detail, kind.map(ResourceKind::kind))
            }
            Place::Service(name) => (short_service(name).to_owned(), t!("panel-map-service"), None),
            Place::Internet => (t!("panel-map-internet"), String::new(), None),
            Place::Unknown(id) => (id.clone(), t!("panel-map-missing"), None),
        };
        MapNode { place, title, detail, kind }
    }

    fn resource(&mut self, id: &ResourceId) -> (usize, bool) {
        let there = self.document.topology.get(id).is_some();
        let place = if there { Place::Resource(id.clone()) } else { Place::Unknown(id.to_string()) };
        (self.node(place), !there)
    }

    fn edge(&mut self, from: usize, to: usize, label: String, dead: bool) {
        let twin = self.graph.edges.iter_mut().find(|edge| edge.from == from && edge.to == to);
        match twin {
            Some(edge) if label.is_empty() || edge.label == label => {}
            Some(edge) => edge.label = format!("{}, {label}", edge.label),
            None => self.graph.edges.push(MapEdge { from, to, label, dead }),
        }
    }

    fn subnet(&mut self, id: &ResourceId) {
        let from = self.node(Place::Resource(id.clone()));
        let Some((table, how)) = routing::effective_route_table(&self.document.topology, self.index, id)
        else {
            return;
        };
        let label = match how {
            Association::Explicit => String::new(),
            Association::Implicit => t!("panel-map-implicit"),
        };
        let (to, dead) = self.resource(&table.clone());
        self.edge(from, to, label, dead);
    }

    fn table(&mut self, id: &ResourceId) {
        let from = self.node(Place::Resource(id.clone()));
        for route in routing::effective_routes(&self.document.topology, self.index, id) {
            let label = route.destination.to_string();
            match route.target {
                EffectiveTarget::Local => {}
                EffectiveTarget::Endpoint(endpoint) | EffectiveTarget::Propagated(endpoint) => {
                    let (to, dead) = self.resource(&endpoint);
                    self.edge(from, to, short_service(&label).to_owned(), dead);
                }
                EffectiveTarget::Static { target: RouteTarget::Other(other), .. } => {
                    let to = self.node(Place::Unknown(other));
                    self.edge(from, to, label, false);
                }
                EffectiveTarget::Static { target, .. } => {
                    if let Some(target) = target.resource() {
                        let (to, dead) = self.resource(target);
                        self.edge(from, to, label, dead);
                    }
                }
            }
        }
    }

    /// What gateways and endpoints lead to.
    fn gateways(&mut self) {
        let document = self.document;
        for resource in document.topology.iter() {
            match &resource.kind {
                ResourceKind::InternetGateway(it) if it.vpc_id.is_some() => {
                    let from = self.node(Place::Resource(resource.id.clone()));
                    let to = self.node(Place::Internet);
                    self.edge(from, to, String::new(), false);
                }
                ResourceKind::NatGateway(it) => {
                    let from = self.node(Place::Resource(resource.id.clone()));
                    // What leaves a NAT gateway follows the table of the subnet in which it stands.
                    let table = routing::effective_route_table(&document.topology, self.index, &it.subnet_id);
                    if let Some((table, _)) = table {
                        let (to, dead) = self.resource(&table.clone());
                        let public = it.connectivity_type == ConnectivityType::Public;
                        let label =
                            if public { t!("panel-map-nat-public") } else { t!("panel-map-nat-private") };
                        self.edge(from, to, label, dead);
                    }
                }
                ResourceKind::GatewayEndpoint(it) => {
                    let from = self.node(Place::Resource(resource.id.clone()));
                    let to = self.node(Place::Service(it.service_name.clone()));
                    self.edge(from, to, String::new(), false);
                }
                ResourceKind::InterfaceEndpoint(it) => {
                    let at = self.node(Place::Resource(resource.id.clone()));
                    for subnet in &it.subnet_ids {
                        let (from, dead) = self.resource(subnet);
                        self.edge(from, at, t!("panel-map-interface"), dead);
                    }
                    let to = self.node(Place::Service(it.service_name.clone()));
                    self.edge(at, to, String::new(), false);
                }
                other => self.onward(&resource.id, other),
            }
        }
    }

    /// What the gateways between networks lead to.
    fn onward(&mut self, id: &ResourceId, kind: &ResourceKind) {
        let (document, index) = (self.document, self.index);
        let to: Vec<Place> = match kind {
            ResourceKind::EgressOnlyInternetGateway(_) => vec![Place::Internet],
            ResourceKind::RegionalNatGateway(it) => {
                index.internet_gateway(&it.vpc_id).cloned().map(Place::Resource).into_iter().collect()
            }
            // Beyond these, packets follow the tables of the other VPCs' subnets.
            ResourceKind::VpcPeeringConnection(it) => [Some(&it.vpc_id), it.peer_vpc_id.as_ref()]
                .into_iter()
                .flatten()
                .cloned()
                .map(Place::Resource)
                .collect(),
            ResourceKind::TransitGateway(_) => index
                .users(id, "transit_gateway_id")
                .filter(|user| {
                    let attached = document.topology.kind(user).map(ResourceKind::kind);
                    matches!(attached, Some(Kind::TransitGatewayVpcAttachment | Kind::VpnConnection))
                })
                .cloned()
                .map(Place::Resource)
                .collect(),
            ResourceKind::TransitGatewayVpcAttachment(it) => vec![Place::Resource(it.vpc_id.clone())],
            ResourceKind::VpnGateway(_) => {
                index.users(id, "vpn_gateway_id").cloned().map(Place::Resource).collect()
            }
            _ => Vec::new(),
        };
        let from = Place::Resource(id.clone());
        for to in to {
            let (from, to) = (self.node(from.clone()), self.node(to));
            self.edge(from, to, String::new(), false);
        }
    }
}

impl MapNode {
    /// The column in which it stands: packets go from left to right.
    pub fn column(&self) -> usize {
        match (&self.place, self.kind) {
            (_, Some(Kind::Subnet)) => 0,
            (_, Some(Kind::RouteTable)) => 1,
            (Place::Service(_) | Place::Internet, _) => 3,
            _ => 2,
        }
    }
}

impl RouteGraph {
    /// The row of each node in its column, top to bottom. A node stands near the middle of those that
    /// lead to it, so that few edges cross.
    pub fn rows(&self) -> Vec<f32> {
        let mut rows = vec![0.0; self.nodes.len()];
        for column in 0..=3 {
            let mut members: Vec<(f32, usize)> = self
                .nodes
                .iter()
                .enumerate()
                .filter(|(_, node)| node.column() == column)
                .map(|(at, _)| (self.pull(at, column, &rows), at))
                .collect();
            members.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let middle = members.len() as f32 / 2.0;
            for (row, (_, at)) in members.into_iter().enumerate() {
                if let Some(slot) = rows.get_mut(at) {
                    *slot = row as f32 + 0.5 - middle;
                }
            }
        }
        rows
    }

    /// The mean row of the nodes in earlier columns that lead to a node.
    fn pull(&self, at: usize, column: usize, rows: &[f32]) -> f32 {
        let before = self
            .edges
            .iter()
            .filter(|edge| edge.to == at)
            .filter(|edge| self.nodes.get(edge.from).is_some_and(|node| node.column() < column));
        let (sum, count) = before
            .filter_map(|edge| rows.get(edge.from))
            .fold((0.0, 0_u16), |(sum, count), row| (sum + row, count + 1));
        if count == 0 { 0.0 } else { sum / f32::from(count) }
    }
}

/// `s3` of `com.amazonaws.us-east-1.s3`.
fn short_service(name: &str) -> &str {
    name.strip_prefix("com.amazonaws.")
        .and_then(|rest| rest.split_once('.'))
        .map_or(name, |(_, service)| service)
}
