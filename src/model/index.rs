//! Look-ups derived from a topology, brought up to date when it changes. Never saved.

mod follow;

#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc};

use indexmap::IndexMap;

pub use self::follow::Change;

use super::{
    id::ResourceId,
    kinds::Instance,
    resource::{Kind, Resource, ResourceKind},
    topology::{Home, Topology},
};

/// A table by id: a look-up costs the same however many ids there are, and the order is that in
/// which they came.
type ById<T> = IndexMap<ResourceId, T, foldhash::fast::RandomState>;

/// Look-ups over one version of a topology.
#[derive(Debug, Clone, Default, PartialEq)]
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
#[derive(Debug, Clone, Default, PartialEq)]
struct OfKind {
    ids: Vec<ResourceId>,
    resources: Vec<Arc<Resource>>,
}

/// What a VPC has one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sole {
    MainTable,
    DefaultAcl,
    DefaultGroup,
    InternetGateway,
    VpnGateway,
    EgressOnly,
}

/// What a resource is the only one of, and for which VPC.
fn sole(kind: &ResourceKind) -> Option<(Sole, &ResourceId)> {
    match kind {
        ResourceKind::RouteTable(it) => it.main.then_some((Sole::MainTable, &it.vpc_id)),
        ResourceKind::NetworkAcl(it) => it.is_default.then_some((Sole::DefaultAcl, &it.vpc_id)),
        ResourceKind::SecurityGroup(it) => it.is_default.then_some((Sole::DefaultGroup, &it.vpc_id)),
        ResourceKind::InternetGateway(it) => it.vpc_id.as_ref().map(|vpc| (Sole::InternetGateway, vpc)),
        ResourceKind::VpnGateway(it) => it.vpc_id.as_ref().map(|vpc| (Sole::VpnGateway, vpc)),
        ResourceKind::EgressOnlyInternetGateway(it) => Some((Sole::EgressOnly, &it.vpc_id)),
        _ => None,
    }
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

    /// Notes what is asked by the VPC or by the route table; of several of a kind, the first by id.
    fn note_special(&mut self, id: &ResourceId, kind: &ResourceKind) {
        if let ResourceKind::GatewayEndpoint(fields) = kind {
            for table in &fields.route_table_ids {
                let endpoints = self.table_endpoints.entry(table.clone()).or_default();
                endpoints.insert(endpoints.partition_point(|it| it <= id), id.clone());
            }
        }
        let Some((what, vpc)) = sole(kind) else { return };
        let first = self.sole_table(what).entry(vpc.clone()).or_insert_with(|| id.clone());
        if id < first {
            first.clone_from(id);
        }
    }

    fn sole_table(&mut self, what: Sole) -> &mut ById<ResourceId> {
        match what {
            Sole::MainTable => &mut self.main_table,
            Sole::DefaultAcl => &mut self.default_acl,
            Sole::DefaultGroup => &mut self.default_group,
            Sole::InternetGateway => &mut self.attached_igw,
            Sole::VpnGateway => &mut self.attached_vgw,
            Sole::EgressOnly => &mut self.egress_only,
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

    /// The VPC that a resource belongs to, directly or by its subnet; a VPC belongs to itself.
    pub fn vpc_of(&self, id: &ResourceId) -> Option<&ResourceId> {
        let resource = self.get(id)?;
        match resource.kind.home() {
            Home::Region => None,
            Home::Itself => Some(&resource.id),
            Home::Vpc(vpc) => Some(vpc),
            Home::Subnet(subnet) => self.kind(subnet)?.as_subnet().map(|subnet| &subnet.vpc_id),
        }
    }

    /// Every resource, in the order of ids.
    pub fn resources(&self) -> impl Iterator<Item = &Resource> {
        self.resources.values().map(Arc::as_ref)
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

    /// Whether an instance is launched with a public address: by its own switch, else by its subnet's.
    pub fn is_launched_public(&self, instance: &Instance) -> bool {
        let subnet = self.kind(&instance.subnet_id).and_then(ResourceKind::as_subnet);
        let by_subnet = subnet.is_some_and(|it| it.map_public_ip_on_launch);
        instance.associate_public_ip_address.unwrap_or(by_subnet)
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
