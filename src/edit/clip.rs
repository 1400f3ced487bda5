//! What Copy takes and Paste puts in.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Document, Index, Kind, Placement, Resource, ResourceId, ResourceKind, Topology};

/// Copied resources with their placements; references among them are renamed at paste.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clip {
    /// The region that they come from; zones and service names follow when it is another one.
    pub region: String,
    /// The resources, containers first.
    pub resources: Vec<Resource>,
    /// Their placements, where they had one.
    pub placements: Vec<(ResourceId, Placement)>,
    /// The drawn lanes of the VPCs among them.
    pub lanes: BTreeMap<ResourceId, Vec<String>>,
}

impl Clip {
    /// Copies resources with what they contain: a VPC with all that belongs to it, a subnet with its
    /// instances and NAT gateways, and each of those with its Elastic IP. What does not exist is left out.
    pub fn of(document: &Document, index: &Index, ids: &[ResourceId]) -> Self {
        let topology = &document.topology;
        let mut taken = BTreeSet::new();
        let mut open: Vec<ResourceId> = ids.iter().filter(|id| topology.get(id).is_some()).cloned().collect();
        while let Some(id) = open.pop() {
            if taken.contains(&id) {
                continue;
            }
            open.extend(company(topology, index, &id));
            taken.insert(id);
        }
        let mut resources: Vec<Resource> = taken.iter().filter_map(|id| topology.get(id)).cloned().collect();
        resources.sort_by_key(|resource| rank(resource.kind.kind()));
        let diagram = &document.diagram;
        let placed = |id: &ResourceId| diagram.placements.get(id).map(|it| (id.clone(), *it));
        let lanes = |id: &ResourceId| diagram.lanes.get(id).map(|it| (id.clone(), it.clone()));
        Self {
            region: topology.region.clone(),
            resources,
            placements: taken.iter().filter_map(placed).collect(),
            lanes: taken.iter().filter_map(lanes).collect(),
        }
    }

    /// Whether there is nothing to paste.
    pub fn is_empty(&self) -> bool {
        self.resources.is_empty()
    }
}

/// What is copied along with a resource.
fn company(topology: &Topology, index: &Index, id: &ResourceId) -> Vec<ResourceId> {
    match topology.kind(id) {
        Some(ResourceKind::Vpc(_)) => index.users(id, "vpc_id").cloned().collect(),
        Some(ResourceKind::Subnet(_)) => index.users(id, "subnet_id").cloned().collect(),
        Some(ResourceKind::NatGateway(nat)) => nat.allocation_id.iter().cloned().collect(),
        Some(ResourceKind::Instance(_)) => {
            let is_address =
                |id: &&ResourceId| topology.kind(id).is_some_and(|it| it.as_elastic_ip().is_some());
            index.users(id, "instance_id").filter(is_address).cloned().collect()
        }
        _ => Vec::new(),
    }
}

/// Containers before what they contain, and what is referred to before what refers to it.
pub(super) fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Vpc => 0,
        Kind::Subnet => 1,
        _ => 2,
    }
}
