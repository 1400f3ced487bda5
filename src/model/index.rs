//! Look-ups derived from a topology, rebuilt when it changes. Never saved.

use std::collections::BTreeMap;

use super::{
    id::{Field, ResourceId},
    resource::{Kind, ResourceKind},
    topology::Topology,
};

/// One resource's mention of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The field that holds the mention.
    pub field: Field,
    /// The resource that is mentioned; it need not exist.
    pub to: ResourceId,
}

/// Look-ups over one version of a topology.
#[derive(Debug, Clone, Default)]
pub struct Index {
    by_kind: BTreeMap<Kind, Vec<ResourceId>>,
    referrers: BTreeMap<ResourceId, Vec<(ResourceId, Field)>>,
    main_table: BTreeMap<ResourceId, ResourceId>,
    default_acl: BTreeMap<ResourceId, ResourceId>,
    default_group: BTreeMap<ResourceId, ResourceId>,
    attached_igw: BTreeMap<ResourceId, ResourceId>,
    table_endpoints: BTreeMap<ResourceId, Vec<ResourceId>>,
}

impl Index {
    /// Builds all look-ups in one pass.
    pub fn new(topology: &Topology) -> Self {
        let mut index = Self::default();
        for resource in topology.iter() {
            index.by_kind.entry(resource.kind.kind()).or_default().push(resource.id.clone());
            for reference in resource.kind.references() {
                let entry = index.referrers.entry(reference.to).or_default();
                entry.push((resource.id.clone(), reference.field));
            }
            index.note_special(&resource.id, &resource.kind);
        }
        index
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
            ResourceKind::GatewayEndpoint(it) => {
                for table in &it.route_table_ids {
                    self.table_endpoints.entry(table.clone()).or_default().push(id.clone());
                }
            }
            _ => {}
        }
    }

    /// The ids of one kind, in order.
    pub fn of_kind(&self, kind: Kind) -> &[ResourceId] {
        self.by_kind.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// Who mentions the resource, and in which field; in the order of the mentioning ids.
    pub fn referrers(&self, id: &ResourceId) -> &[(ResourceId, Field)] {
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

    /// The gateway endpoints that put a route into a table.
    pub fn endpoints_of_table(&self, table: &ResourceId) -> &[ResourceId] {
        self.table_endpoints.get(table).map_or(&[], Vec::as_slice)
    }

    /// The mentions of `id` by resources through a field of this name: `users(vpc, "vpc_id")`.
    pub fn users<'a>(&'a self, id: &ResourceId, field_root: &'a str) -> impl Iterator<Item = &'a ResourceId> {
        self.referrers(id).iter().filter(move |(_, field)| field.root() == field_root).map(|(user, _)| user)
    }

    /// The subnets of a VPC, in the order of ids.
    pub fn subnets_of<'a>(&'a self, topology: &'a Topology, vpc: &ResourceId) -> impl Iterator<Item = &'a ResourceId> {
        self.users(vpc, "vpc_id").filter(|id| matches!(topology.kind(id), Some(ResourceKind::Subnet(_))))
    }
}
