//! The rows of the outline: region, VPCs, lanes, subnets, and what stands in them.

use std::collections::BTreeMap;

use crate::{
    model::{Container, Document, Kind, Resource, ResourceId, ResourceKind},
    t, words,
};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// Stays the same while the thing exists.
    pub key: String,
    /// What a click selects; the region and lanes select nothing.
    pub id: Option<ResourceId>,
    /// How deep it stands.
    pub depth: u8,
    /// The name.
    pub title: String,
    /// Block, type or address.
    pub detail: String,
    /// What a screen reader says: kind and name.
    pub name: String,
    /// How many rows stand directly below it.
    pub children: usize,
    /// Whether these are shown.
    pub open: bool,
}

/// What the kind is called.
pub fn kind_name(kind: Kind) -> String {
    words::text(&format!("kind-{}", kind.as_str()), &[])
}

/// The rows of a document, top to bottom: all without a search, else those that match with what
/// encloses them. `closed` has the keys of the branches whose rows below are hidden.
pub fn rows(document: &Document, query: &str, closed: &[String]) -> Vec<Branch> {
    let mut tree = Tree {
        document,
        within: BTreeMap::new(),
        query: query.trim().to_lowercase(),
        closed,
        out: Vec::new(),
    };
    for resource in document.topology.iter() {
        tree.within.entry(document.topology.container(&resource.id)).or_default().push(&resource.id);
    }
    let topology = &document.topology;
    let order = |id: &&ResourceId| {
        let resource = topology.get(id);
        (resource.map(|it| it.kind.kind()), resource.map(|it| it.label().to_owned()))
    };
    for ids in tree.within.values_mut() {
        ids.sort_by_cached_key(order);
    }
    tree.region();
    tree.out
}

struct Tree<'a> {
    document: &'a Document,
    within: BTreeMap<Container, Vec<&'a ResourceId>>,
    query: String,
    closed: &'a [String],
    out: Vec<Branch>,
}

impl Tree<'_> {
    fn region(&mut self) {
        let region = &self.document.topology.region;
        let at = self.push(Branch {
            key: "region".to_owned(),
            id: None,
            depth: 0,
            title: region.clone(),
            detail: t!("panel-outline-region"),
            name: t!("panel-outline-region-name", region = region),
            children: 0,
            open: true,
        });
        self.resources(at, &Container::Region, 1);
        self.close(at, true);
    }

    fn resources(&mut self, parent: usize, container: &Container, depth: u8) {
        for id in self.within.get(container).cloned().unwrap_or_default() {
            let Some(resource) = self.document.topology.get(id) else { continue };
            let at = self.push(leaf(resource, depth));
            match resource.kind.kind() {
                Kind::Vpc => {
                    self.lanes(at, id, depth + 1);
                    self.resources(at, &Container::Vpc(id.clone()), depth + 1);
                }
                Kind::Subnet => self.resources(at, &Container::Subnet(id.clone()), depth + 1),
                _ => {}
            }
            let matches = self.matches(resource);
            if self.close(at, matches) {
                self.count(parent);
            }
        }
    }

    fn lanes(&mut self, parent: usize, vpc: &ResourceId, depth: u8) {
        let mut zones = self.document.diagram.lanes.get(vpc).cloned().unwrap_or_default();
        let used = self.within.keys().filter_map(|container| match container {
            Container::Lane(of, zone) if of == vpc => Some(zone.clone()),
            _ => None,
        });
        let more: Vec<String> = used.filter(|zone| !zones.contains(zone)).collect();
        zones.extend(more);
        for zone in zones {
            let at = self.push(Branch {
                key: format!("{vpc}/{zone}"),
                id: None,
                depth,
                title: zone.clone(),
                detail: t!("panel-outline-zone"),
                name: t!("panel-outline-zone-name", zone = &zone),
                children: 0,
                open: true,
            });
            self.resources(at, &Container::Lane(vpc.clone(), zone.clone()), depth + 1);
            let matches = self.query.is_empty() || zone.to_lowercase().contains(&self.query);
            if self.close(at, matches) {
                self.count(parent);
            }
        }
    }

    fn push(&mut self, branch: Branch) -> usize {
        self.out.push(branch);
        self.out.len() - 1
    }

    fn count(&mut self, at: usize) {
        if let Some(branch) = self.out.get_mut(at) {
            branch.children += 1;
        }
    }

    /// Ends a branch: takes its row away when neither it nor anything below matches the search, and
    /// hides the rows below when it is closed. A search opens everything. Returns whether it stays.
    fn close(&mut self, at: usize, matches: bool) -> bool {
        let below = self.out.len() > at + 1;
        if !matches && !below {
            self.out.truncate(at);
            return false;
        }
        let searching = !self.query.is_empty();
        if let Some(branch) = self.out.get_mut(at)
            && !searching
            && self.closed.contains(&branch.key)
        {
            branch.open = false;
            self.out.truncate(at + 1);
        }
        true
    }

    fn matches(&self, resource: &Resource) -> bool {
        if self.query.is_empty() {
            return true;
        }
        let branch = leaf(resource, 0);
        let tags = resource.tags.iter().map(|(key, value)| format!("{key} {value}"));
        let own = [branch.name, branch.detail, resource.id.as_str().to_owned()];
        own.into_iter().chain(tags).any(|text| text.to_lowercase().contains(&self.query))
    }
}

fn leaf(resource: &Resource, depth: u8) -> Branch {
    let kind = kind_name(resource.kind.kind());
    Branch {
        key: resource.id.as_str().to_owned(),
        id: Some(resource.id.clone()),
        depth,
        title: resource.label().to_owned(),
        detail: detail(&resource.kind).unwrap_or_else(|| kind.clone()),
        name: format!("{kind} {}", resource.label()),
        children: 0,
        open: true,
    }
}

/// What tells things of one kind apart at a glance.
fn detail(kind: &ResourceKind) -> Option<String> {
    match kind {
        ResourceKind::Vpc(it) => Some(it.cidr_block.to_string()),
        ResourceKind::Subnet(it) => Some(it.cidr_block.to_string()),
        ResourceKind::Instance(it) => Some(it.instance_type.clone()),
        ResourceKind::RouteTable(it) if it.main => Some(t!("panel-outline-main")),
        ResourceKind::NetworkAcl(it) if it.is_default => Some(t!("panel-outline-default-acl")),
        ResourceKind::SecurityGroup(it) if it.is_default => Some(t!("panel-outline-default-group")),
        ResourceKind::GatewayEndpoint(it) => Some(it.service_name.clone()),
        ResourceKind::InterfaceEndpoint(it) => Some(it.service_name.clone()),
        ResourceKind::NetworkInterface(it) => it.private_ip.map(|address| address.to_string()),
        ResourceKind::TransitGatewayRouteTable(it) if it.default_association_route_table => {
            Some(t!("panel-outline-default-transit-table"))
        }
        ResourceKind::VpnConnection(it) => it.customer_gateway_ip.map(|address| address.to_string()),
        ResourceKind::TargetGroup(it) => Some(format!("{} {}", it.protocol, it.port)),
        _ => None,
    }
}
