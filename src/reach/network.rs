//! A topology prepared for walks: look-ups by owner and by address.

use std::{net::IpAddr, sync::OnceLock};

use indexmap::IndexMap;
use ipnet::IpNet;

use super::{addresses, ends, route::Table};
use crate::model::{Index, Kind, ResourceId, ResourceKind, Subnet, Topology, Vpc};

/// A network interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interface {
    /// The instance, NAT gateway, endpoint, load balancer or interface resource that it belongs to.
    pub owner: ResourceId,
    /// The instance that an interface resource is attached to.
    pub host: Option<ResourceId>,
    /// The subnet.
    pub subnet: ResourceId,
    /// The VPC.
    pub vpc: ResourceId,
    /// The primary private address: the fixed one, or one that AWS might choose.
    pub address: IpAddr,
    /// The public address of the primary one, known or a stand-in.
    pub public: Option<IpAddr>,
    /// All addresses; the primary one first.
    pub addresses: Vec<Held>,
    /// Its security groups.
    pub groups: Vec<ResourceId>,
    /// Whether security groups guard it at all.
    pub guarded: bool,
    /// Whether it is that of a NAT gateway.
    pub translates: bool,
    /// Whether it drops what is neither from nor to itself.
    pub source_dest_check: bool,
}

/// An address of an interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// What the interface itself knows.
    pub private: IpAddr,
    /// What the internet sees: for a global IPv6 address the same.
    pub public: Option<IpAddr>,
}

impl Interface {
    /// The public address that stands for one of its private ones.
    pub fn public_of(&self, private: IpAddr) -> Option<IpAddr> {
        self.addresses.iter().find(|it| it.private == private).and_then(|it| it.public)
    }

    /// Whether it has this private address.
    pub fn has(&self, address: IpAddr) -> bool {
        self.addresses.iter().any(|it| it.private == address)
    }
}

/// A topology prepared for walks: its interfaces by owner and by address.
#[derive(Debug)]
pub struct Network<'a> {
    pub(super) topology: &'a Topology,
    pub(super) index: &'a Index,
    interfaces: Vec<Interface>,
    by_owner: IndexMap<ResourceId, Vec<usize>>,
    by_address: IndexMap<IpAddr, Vec<usize>>,
    by_public: IndexMap<IpAddr, (usize, IpAddr)>,
    /// By the ids of route tables and VPCs.
    tables: IndexMap<ResourceId, OnceLock<Table>>,
    outside: OnceLock<Vec<IpAddr>>,
}

impl<'a> Network<'a> {
    /// Gives every interface its addresses.
    pub fn new(topology: &'a Topology, index: &'a Index) -> Self {
        let mut network = Self {
            topology,
            index,
            interfaces: addresses::interfaces(topology, index),
            by_owner: IndexMap::new(),
            by_address: IndexMap::new(),
            by_public: IndexMap::new(),
            tables: IndexMap::new(),
            outside: OnceLock::new(),
        };
        let ids = index.of_kind(Kind::RouteTable).iter().chain(index.of_kind(Kind::Vpc));
        network.tables = ids.map(|id| (id.clone(), OnceLock::new())).collect();
        for (at, interface) in network.interfaces.iter().enumerate() {
            for owner in std::iter::once(&interface.owner).chain(&interface.host) {
                network.by_owner.entry(owner.clone()).or_default().push(at);
            }
            for held in &interface.addresses {
                network.by_address.entry(held.private).or_default().push(at);
                if let Some(public) = held.public {
                    network.by_public.entry(public).or_insert((at, held.private));
                }
            }
        }
        network
    }

    /// Every interface.
    pub fn interfaces(&self) -> &[Interface] {
        &self.interfaces
    }

    /// The interfaces of a resource; of an instance also those attached to it.
    pub fn of_owner(&self, owner: &ResourceId) -> impl Iterator<Item = &Interface> {
        let list = self.by_owner.get(owner).map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(|at| self.interfaces.get(*at))
    }

    /// The interfaces that have a private address, in all VPCs.
    pub fn with_address(&self, address: IpAddr) -> impl Iterator<Item = &Interface> {
        let list = self.by_address.get(&address).map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(|at| self.interfaces.get(*at))
    }

    /// The interface that has an address inside a VPC.
    pub fn at_address(&self, vpc: &ResourceId, address: IpAddr) -> Option<&Interface> {
        self.with_address(address).find(|it| it.vpc == *vpc)
    }

    /// The interface behind a public address, and the private address that it stands for.
    pub fn at_public(&self, address: IpAddr) -> Option<(&Interface, IpAddr)> {
        let (at, private) = self.by_public.get(&address)?;
        Some((self.interfaces.get(*at)?, *private))
    }

    /// The fields of a resource.
    pub(super) fn kind(&self, id: &ResourceId) -> Option<&'a ResourceKind> {
        self.index.kind(id)
    }

    /// The same id as the resource itself holds it, and its fields.
    pub(super) fn known(&self, id: &ResourceId) -> Option<(&'a ResourceId, &'a ResourceKind)> {
        self.index.get(id).map(|it| (&it.id, &it.kind))
    }

    /// The blocks of a prefix list of the drawing.
    pub(super) fn list_entries(&self, list: &ResourceId) -> impl Iterator<Item = IpNet> + use<'a> {
        let list = self.kind(list).and_then(ResourceKind::as_managed_prefix_list);
        list.into_iter().flat_map(|list| list.entries.iter().map(|it| it.cidr))
    }

    /// A prefix list that AWS maintains, by its name or id, where the drawing has its blocks.
    pub(super) fn list_named(&self, name: &str) -> Option<&'a ResourceId> {
        let lists = self.index.resources_of(Kind::ManagedPrefixList);
        lists.into_iter().find(|it| it.name == name || it.id.as_str() == name).map(|it| &it.id)
    }

    /// A route table by its id, or the local routes of a VPC by that one's.
    pub(super) fn table(&self, id: &ResourceId) -> Option<&Table> {
        self.tables.get(id).map(|cell| cell.get_or_init(|| Table::new(self, id)))
    }

    /// One public address of each region that the rules of the drawing tell apart.
    pub(super) fn outside_addresses(&self) -> &[IpAddr] {
        self.outside.get_or_init(|| ends::outside_addresses(self))
    }

    pub(super) fn subnet(&self, id: &ResourceId) -> Option<&'a Subnet> {
        self.kind(id).and_then(ResourceKind::as_subnet)
    }

    pub(super) fn vpc(&self, id: &ResourceId) -> Option<&'a Vpc> {
        self.kind(id).and_then(ResourceKind::as_vpc)
    }

    /// Whether an address lies in a block of a VPC.
    pub(super) fn is_in_vpc(&self, vpc: &ResourceId, address: IpAddr) -> bool {
        self.vpc(vpc).is_some_and(|vpc| vpc.all_cidr_blocks().any(|block| block.contains(&address)))
    }

    /// Whether an address lies in a subnet.
    pub(super) fn is_in_subnet(&self, subnet: &ResourceId, address: IpAddr) -> bool {
        self.subnet(subnet).is_some_and(|subnet| match address {
            IpAddr::V4(address) => subnet.cidr_block.contains(&address),
            IpAddr::V6(address) => subnet.ipv6_cidr_block.is_some_and(|block| block.contains(&address)),
        })
    }

    /// What people call a resource.
    pub fn label(&self, id: &ResourceId) -> String {
        self.index.get(id).map_or_else(|| id.to_string(), |it| it.label().to_owned())
    }
}
