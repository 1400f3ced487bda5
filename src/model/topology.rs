//! The network itself: a region and its resources.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    id::ResourceId,
    index::Index,
    resource::{Kind, Resource, ResourceKind},
};

/// A region and the resources in it. The order is that of the ids, so that all output is
/// deterministic; the resources are shared, so that a snapshot for background work is cheap.
#[derive(Debug, Clone, PartialEq)]
pub struct Topology {
    /// The region, such as `us-east-1`.
    pub region: String,
    /// The resources by id.
    pub resources: BTreeMap<ResourceId, Arc<Resource>>,
}

/// What a resource is drawn inside of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Container {
    /// The region itself.
    Region,
    /// A VPC: on its border or its shelf of tables, network ACLs and groups.
    Vpc(ResourceId),
    /// The lane of an Availability Zone of a VPC.
    Lane(ResourceId, String),
    /// A subnet.
    Subnet(ResourceId),
}

/// What a resource's own fields say about where it belongs; the resource named need not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home<'a> {
    /// To the region only.
    Region,
    /// It is a VPC.
    Itself,
    /// To this VPC.
    Vpc(&'a ResourceId),
    /// To the VPC of this subnet.
    Subnet(&'a ResourceId),
}

impl ResourceKind {
    /// Where it belongs.
    pub fn home(&self) -> Home<'_> {
        match self {
            Self::Vpc(_) => Home::Itself,
            Self::Subnet(it) => Home::Vpc(&it.vpc_id),
            Self::RouteTable(it) => Home::Vpc(&it.vpc_id),
            Self::NetworkAcl(it) => Home::Vpc(&it.vpc_id),
            Self::SecurityGroup(it) => Home::Vpc(&it.vpc_id),
            Self::GatewayEndpoint(it) => Home::Vpc(&it.vpc_id),
            Self::InterfaceEndpoint(it) => Home::Vpc(&it.vpc_id),
            Self::EgressOnlyInternetGateway(it) => Home::Vpc(&it.vpc_id),
            Self::RegionalNatGateway(it) => Home::Vpc(&it.vpc_id),
            Self::LoadBalancer(it) => Home::Vpc(&it.vpc_id),
            Self::TargetGroup(it) => Home::Vpc(&it.vpc_id),
            Self::TransitGatewayVpcAttachment(it) => Home::Vpc(&it.vpc_id),
            Self::InternetGateway(it) => it.vpc_id.as_ref().map_or(Home::Region, Home::Vpc),
            Self::VpnGateway(it) => it.vpc_id.as_ref().map_or(Home::Region, Home::Vpc),
            Self::NatGateway(it) => Home::Subnet(&it.subnet_id),
            Self::Instance(it) => Home::Subnet(&it.subnet_id),
            Self::NetworkInterface(it) => Home::Subnet(&it.subnet_id),
            Self::InstanceConnectEndpoint(it) => Home::Subnet(&it.subnet_id),
            Self::ElasticIp(_)
            | Self::KeyPair(_)
            | Self::VpcPeeringConnection(_)
            | Self::TransitGateway(_)
            | Self::TransitGatewayPeeringAttachment(_)
            | Self::TransitGatewayRouteTable(_)
            | Self::VpnConnection(_)
            | Self::ManagedPrefixList(_)
            | Self::DhcpOptions(_)
            | Self::FlowLog(_)
            | Self::VpcBlockPublicAccess(_)
            | Self::Other(_) => Home::Region,
        }
    }
}

impl Topology {
    /// An empty region.
    pub fn new(region: impl Into<String>) -> Self {
        Self { region: region.into(), resources: BTreeMap::new() }
    }

    /// The resource of this id.
    pub fn get(&self, id: &ResourceId) -> Option<&Resource> {
        self.resources.get(id).map(Arc::as_ref)
    }

    /// The fields of the resource of this id.
    pub fn kind(&self, id: &ResourceId) -> Option<&ResourceKind> {
        self.get(id).map(|resource| &resource.kind)
    }

    /// Every resource, in the order of ids.
    pub fn iter(&self) -> impl Iterator<Item = &Resource> {
        self.resources.values().map(Arc::as_ref)
    }

    /// Every resource of one kind, in the order of ids. Walks all; `Index::of_kind` does not.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Resource> {
        self.iter().filter(move |resource| resource.kind.kind() == kind)
    }

    /// What the resource is drawn inside of. A reference that leads nowhere counts as the region.
    pub fn container(&self, id: &ResourceId) -> Container {
        let in_vpc = |vpc: &ResourceId| match self.kind(vpc) {
            Some(ResourceKind::Vpc(_)) => Container::Vpc(vpc.clone()),
            _ => Container::Region,
        };
        let in_subnet = |subnet: &ResourceId| match self.kind(subnet) {
            Some(ResourceKind::Subnet(_)) => Container::Subnet(subnet.clone()),
            _ => Container::Region,
        };
        let Some(kind) = self.kind(id) else {
            return Container::Region;
        };
        match (kind.home(), kind) {
            (Home::Vpc(vpc), ResourceKind::Subnet(subnet)) => match in_vpc(vpc) {
                Container::Vpc(vpc) => Container::Lane(vpc, subnet.availability_zone.clone()),
                _ => Container::Region,
            },
            (Home::Vpc(vpc), _) => in_vpc(vpc),
            (Home::Subnet(subnet), _) => in_subnet(subnet),
            (Home::Region | Home::Itself, _) => Container::Region,
        }
    }

    /// The VPC that a resource belongs to, directly or by its subnet; a VPC belongs to itself.
    pub fn vpc_of(&self, id: &ResourceId) -> Option<&ResourceId> {
        let (id, resource) = self.resources.get_key_value(id)?;
        match resource.kind.home() {
            Home::Region => None,
            Home::Itself => Some(id),
            Home::Vpc(vpc) => Some(vpc),
            Home::Subnet(subnet) => self.vpc_of_subnet(subnet),
        }
    }

    fn vpc_of_subnet(&self, id: &ResourceId) -> Option<&ResourceId> {
        self.kind(id)?.as_subnet().map(|subnet| &subnet.vpc_id)
    }

    /// An id that is free, from a kind's prefix and a name.
    pub fn free_id(&self, kind: Kind, name: &str) -> ResourceId {
        Self::fresh_id(kind, name, |id| self.resources.contains_key(id))
    }

    /// An id that is not `taken`, from a kind's prefix and a name: `subnet-public`, `subnet-public-2`.
    pub fn fresh_id(kind: Kind, name: &str, taken: impl Fn(&ResourceId) -> bool) -> ResourceId {
        let bare = name.strip_prefix(kind.id_prefix()).unwrap_or(name);
        let wanted = ResourceId::from_name(kind.id_prefix(), bare);
        if !taken(&wanted) {
            return wanted;
        }
        let mut number = 2;
        loop {
            let id = wanted.numbered(number);
            if !taken(&id) {
                return id;
            }
            number += 1;
        }
    }

    /// The indexes of this topology.
    pub fn index(&self) -> Index {
        Index::new(self)
    }
}
