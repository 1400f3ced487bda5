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
        taken.extend(peerings(topology, index, &taken));
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
    let users = |field: &'static str, kind: Option<Kind>| {
        let of_kind = move |id: &&ResourceId| {
            let its = topology.kind(id).map(ResourceKind::kind);
            its.is_some_and(|its| kind.is_none_or(|kind| kind == its))
        };
        index.users(id, field).filter(of_kind).cloned()
    };
    match topology.kind(id) {
        // A peering connection names one of its two sides in the same field; it comes along with both.
        Some(ResourceKind::Vpc(_)) => users("vpc_id", None)
            .filter(|id| topology.kind(id).is_none_or(|it| it.as_vpc_peering_connection().is_none()))
            .chain(users("resource_id", Some(Kind::FlowLog)))
            .collect(),
        Some(ResourceKind::Subnet(_)) => {
            users("subnet_id", None).chain(users("resource_id", Some(Kind::FlowLog))).collect()
        }
        Some(ResourceKind::NatGateway(nat)) => {
            nat.allocation_id.iter().chain(&nat.secondary_allocation_ids).cloned().collect()
        }
        Some(ResourceKind::RegionalNatGateway(nat)) => {
            nat.availability_zone_addresses.iter().flat_map(|it| &it.allocation_ids).cloned().collect()
        }
        Some(ResourceKind::Instance(_)) => users("instance_id", Some(Kind::ElasticIp)).collect(),
        Some(ResourceKind::NetworkInterface(_)) => {
            users("network_interface_id", Some(Kind::ElasticIp)).collect()
        }
        Some(ResourceKind::LoadBalancer(it)) => {
            it.subnet_mappings.iter().filter_map(|it| it.allocation_id.clone()).collect()
        }
        Some(ResourceKind::TransitGateway(_)) => {
            users("transit_gateway_id", Some(Kind::TransitGatewayRouteTable)).collect()
        }
        _ => Vec::new(),
    }
}

/// The peering connections of which both sides are copied.
fn peerings(topology: &Topology, index: &Index, taken: &BTreeSet<ResourceId>) -> Vec<ResourceId> {
    let both = |id: &&ResourceId| {
        let peering = topology.kind(id).and_then(ResourceKind::as_vpc_peering_connection);
        peering.is_some_and(|it| {
            taken.contains(&it.vpc_id) && it.peer_vpc_id.as_ref().is_some_and(|peer| taken.contains(peer))
        })
    };
    index.of_kind(Kind::VpcPeeringConnection).iter().filter(both).cloned().collect()
}

/// Containers before what they contain, and what is referred to before what refers to it.
pub(super) fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Vpc => 0,
        Kind::Subnet => 1,
        _ => 2,
    }
}
