//! Look-ups derived from a topology, rebuilt when it changes. Never saved.

use std::{collections::BTreeMap, sync::Arc};

use indexmap::IndexMap;

use super::{
    id::ResourceId,
    resource::{Kind, Resource, ResourceKind},
    topology::Topology,
};

/// A table by id: a look-up costs the same however many ids there are, and the order is that in
/// which they came.
type ById<T> = IndexMap<ResourceId, T>;

/// Look-ups over one version of a topology.
#[derive(Debug, Clone, Default)]
pub struct Index {
    resources: ById<Arc<Resource>>,
    by_kind: BTreeMap<Kind, OfKind>,
    referrers: ById<Vec<(ResourceId, &'static str)>>,
    main_table: ById<ResourceId>,
    default_acl: ById<ResourceId>,
    default_group: ById<ResourceId>,
    attached_igw: ById<ResourceId>,
    attached_vgw: ById<ResourceId>,
    egress_only: ById<ResourceId>,
    table_endpoints: ById<Vec<ResourceId>>,
}

/// The resources of one kind, in the order of ids.
#[derive(Debug, Clone, Default)]
struct OfKind {
    ids: Vec<ResourceId>,
    resources: Vec<Arc<Resource>>,
}

impl Index {
    /// Builds all look-ups in one pass.
    pub fn new(topology: &Topology) -> Self {
        let mut index = Self::default();
        index.resources.reserve(topology.resources.len());
        for (id, resource) in &topology.resources {
            index.resources.insert(id.clone(), Arc::clone(resource));
            let of_kind = index.by_kind.entry(resource.kind.kind()).or_default();
            of_kind.ids.push(id.clone());
            of_kind.resources.push(Arc::clone(resource));
            resource.kind.each_reference(&mut |mention, to| index.refer(id, mention.root(), to));
            index.note_special(id, &resource.kind);
        }
        index
    }

    fn refer(&mut self, from: &ResourceId, field: &'static str, to: &ResourceId) {
        match self.referrers.get_mut(to) {
            Some(referrers) => referrers.push((from.clone(), field)),
            None => {
                self.referrers.insert(to.clone(), vec![(from.clone(), field)]);
            }
        }
    }

    fn note_special(&mut self, id: &ResourceId, kind: &ResourceKind) {
        match kind {
            ResourceKind::RouteTable(it) if it.main => {
                self.main_table.entry(it.vpc_id.clone()).or_insert_with(|| id.clone());
            }
            ResourceKind::NetworkAcl(it) if it.is_default => {
                self.default_acl.entry(it.vpc_id.clone()).or_insert_with(|| id.clone());
            }
            ResourceKind::SecurityGroup(it) if it.is_default => {
                self.default_group.entry(it.vpc_id.clone()).or_insert_with(|| id.clone());
            }
            ResourceKind::InternetGateway(it) => {
                if let Some(vpc) = &it.vpc_id {
                    self.attached_igw.entry(vpc.clone()).or_insert_with(|| id.clone());
                }
            }
            ResourceKind::VpnGateway(it) => {
                if let Some(vpc) = &it.vpc_id {
                    self.attached_vgw.entry(vpc.clone()).or_insert_with(|| id.clone());
                }
            }
            ResourceKind::EgressOnlyInternetGateway(it) => {
                self.egress_only.entry(it.vpc_id.clone()).or_insert_with(|| id.clone());
            }
            ResourceKind::GatewayEndpoint(it) => {
                for table in &it.route_table_ids {
                    self.table_endpoints.entry(table.clone()).or_default().push(id.clone());
                }
            }
            _ => {}
        }
    }

    /// The resource of this id. Faster than asking the topology where there are many.
    pub fn get(&self, id: &ResourceId) -> Option<&Resource> {
        self.resources.get(id).map(Arc::as_ref)
    }

    /// The fields of the resource of this id.
    pub fn kind(&self, id: &ResourceId) -> Option<&ResourceKind> {
        self.get(id).map(|resource| &resource.kind)
    }

    /// The place of a resource among all: a number that stands for it as long as this index does.
    pub fn position(&self, id: &ResourceId) -> Option<usize> {
        self.resources.get_index_of(id)
    }

    /// The resource at a place.
    pub fn at_position(&self, position: usize) -> Option<&Resource> {
        self.resources.get_index(position).map(|(_, resource)| resource.as_ref())
    }

    /// The ids of one kind, in order.
    pub fn of_kind(&self, kind: Kind) -> &[ResourceId] {
        self.by_kind.get(&kind).map_or(&[], |it| &it.ids)
    }

    /// The resources of one kind, in the order of ids.
    pub fn resources_of(&self, kind: Kind) -> impl Iterator<Item = &Resource> {
        self.by_kind.get(&kind).into_iter().flat_map(|it| &it.resources).map(Arc::as_ref)
    }

    /// Who mentions the resource, and in which of its own fields (`routes`); in the order of the
    /// mentioning ids.
    pub fn referrers(&self, id: &ResourceId) -> &[(ResourceId, &'static str)] {
        self.referrers.get(id).map_or(&[], Vec::as_slice)
    }

    /// The main route table of a VPC (the first by id, should a file have several).
    pub fn main_route_table(&self, vpc: &ResourceId) -> Option<&ResourceId> {
        self.main_table.get(vpc)
    }

    /// The default network ACL of a VPC.
    pub fn default_network_acl(&self, vpc: &ResourceId) -> Option<&ResourceId> {
        self.default_acl.get(vpc)
    }

    /// The default security group of a VPC.
    pub fn default_security_group(&self, vpc: &ResourceId) -> Option<&ResourceId> {
        self.default_group.get(vpc)
    }

    /// The internet gateway attached to a VPC (the first by id, should a file have several).
    pub fn internet_gateway(&self, vpc: &ResourceId) -> Option<&ResourceId> {
        self.attached_igw.get(vpc)
    }

    /// The virtual private gateway attached to a VPC (the first by id, should a file have several).
    pub fn vpn_gateway(&self, vpc: &ResourceId) -> Option<&ResourceId> {
        self.attached_vgw.get(vpc)
    }

    /// The egress-only internet gateway of a VPC (the first by id, should a file have several).
    pub fn egress_only_gateway(&self, vpc: &ResourceId) -> Option<&ResourceId> {
        self.egress_only.get(vpc)
    }

    /// The gateway endpoints that put a route into a table.
    pub fn endpoints_of_table(&self, table: &ResourceId) -> &[ResourceId] {
        self.table_endpoints.get(table).map_or(&[], Vec::as_slice)
    }

    /// The mentions of `id` by resources through a field of this name: `users(vpc, "vpc_id")`.
    pub fn users<'a>(&'a self, id: &ResourceId, field_root: &'a str) -> impl Iterator<Item = &'a ResourceId> {
        self.referrers(id).iter().filter(move |(_, field)| *field == field_root).map(|(user, _)| user)
    }

    /// The subnets of a VPC, in the order of ids.
    pub fn subnets_of<'a>(
        &'a self,
        topology: &'a Topology,
        vpc: &ResourceId,
    ) -> impl Iterator<Item = &'a ResourceId> {
        self.users(vpc, "vpc_id").filter(|id| matches!(topology.kind(id), Some(ResourceKind::Subnet(_))))
    }
}
