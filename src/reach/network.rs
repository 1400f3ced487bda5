//! A topology prepared for walks: look-ups by owner and by address.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::OnceLock,
};

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

/// A topology prepared for walks. Whatever it needs to know of a subnet, a VPC or a route table it
/// finds out when the first packet comes there, so that one walk after an edit costs little.
#[derive(Debug)]
pub struct Network<'a> {
    pub(super) topology: &'a Topology,
    pub(super) index: &'a Index,
    /// In the order of the subnets' ids.
    subnets: Vec<OnceLock<Hosts>>,
    /// In the order of the VPCs' ids: their subnets.
    vpcs: Vec<OnceLock<Vec<(IpNet, usize)>>>,
    /// In the order of the route tables' ids; then one for each VPC.
    tables: Vec<OnceLock<Table>>,
    /// The subnets by what their addresses begin with.
    neighbourhoods: OnceLock<IndexMap<Neighbourhood, Vec<usize>>>,
    /// The known public addresses, and who has them.
    known_public: OnceLock<IndexMap<IpAddr, ResourceId>>,
    outside: OnceLock<Vec<IpAddr>>,
}

/// The interfaces in a subnet.
#[derive(Debug)]
struct Hosts {
    interfaces: Vec<Interface>,
    /// The private addresses, in order, and whose they are.
    by_address: Vec<(IpAddr, usize)>,
}

impl Hosts {
    fn new(index: &Index, id: &ResourceId) -> Self {
        let subnet = index.kind(id).and_then(ResourceKind::as_subnet);
        let interfaces = subnet.map_or_else(Vec::new, |subnet| addresses::in_subnet(index, id, subnet));
        let all = interfaces
            .iter()
            .enumerate()
            .flat_map(|(at, it)| it.addresses.iter().map(move |held| (held.private, at)));
        let mut by_address: Vec<(IpAddr, usize)> = all.collect();
        by_address.sort_unstable();
        Self { interfaces, by_address }
    }

    fn at(&self, address: IpAddr) -> Option<&Interface> {
        let first = self.by_address.partition_point(|it| it.0 < address);
        let (found, at) = self.by_address.get(first)?;
        if *found == address { self.interfaces.get(*at) } else { None }
    }
}

/// What all addresses of a subnet begin with: the largest IPv4 subnet is a /16, the largest IPv6 one
/// a /44.
type Neighbourhood = (bool, u64);

fn neighbourhood(address: IpAddr) -> Neighbourhood {
    match address {
        IpAddr::V4(address) => (false, u64::from(u32::from(address) >> 16)),
        IpAddr::V6(address) => (true, u64::try_from(u128::from(address) >> 84).unwrap_or_default()),
    }
}

fn cells<T>(count: usize) -> Vec<OnceLock<T>> {
    std::iter::repeat_with(OnceLock::new).take(count).collect()
}

impl<'a> Network<'a> {
    /// Prepares nothing yet: see the type.
    pub fn new(topology: &'a Topology, index: &'a Index) -> Self {
        let count = |kind| index.of_kind(kind).len();
        Self {
            topology,
            index,
            subnets: cells(count(Kind::Subnet)),
            vpcs: cells(count(Kind::Vpc)),
            tables: cells(count(Kind::RouteTable) + count(Kind::Vpc)),
            neighbourhoods: OnceLock::new(),
            known_public: OnceLock::new(),
            outside: OnceLock::new(),
        }
    }

    /// Every interface, subnet by subnet.
    pub fn interfaces(&self) -> impl Iterator<Item = &Interface> {
        (0..self.subnets.len()).filter_map(|at| self.hosts(at)).flat_map(|hosts| &hosts.interfaces)
    }

    fn hosts(&self, subnet: usize) -> Option<&Hosts> {
        let id = self.index.of_kind(Kind::Subnet).get(subnet)?;
        Some(self.subnets.get(subnet)?.get_or_init(|| Hosts::new(self.index, id)))
    }

    fn hosts_of(&self, subnet: &ResourceId) -> Option<&Hosts> {
        self.hosts(self.index.of_kind(Kind::Subnet).binary_search(subnet).ok()?)
    }

    /// The interfaces of a resource; of an instance also those attached to it.
    pub fn of_owner(&self, owner: &ResourceId) -> impl Iterator<Item = &Interface> + use<'_, 'a> {
        let mut found = Vec::new();
        self.each_of_owner(owner, &mut found);
        if matches!(self.kind(owner), Some(ResourceKind::Instance(_))) {
            for user in self.index.users(owner, "instance_id") {
                self.each_of_owner(user, &mut found);
            }
        }
        found.into_iter()
    }

    fn each_of_owner<'n>(&'n self, owner: &ResourceId, found: &mut Vec<&'n Interface>) {
        let mut visit = |subnet: &ResourceId| {
            let hosts = self.hosts_of(subnet);
            found.extend(hosts.into_iter().flat_map(|it| &it.interfaces).filter(|it| it.owner == *owner));
        };
        match self.kind(owner) {
            Some(ResourceKind::Instance(it)) => visit(&it.subnet_id),
            Some(ResourceKind::NetworkInterface(it)) => visit(&it.subnet_id),
            Some(ResourceKind::NatGateway(it)) => visit(&it.subnet_id),
            Some(ResourceKind::InstanceConnectEndpoint(it)) => visit(&it.subnet_id),
            Some(ResourceKind::InterfaceEndpoint(it)) => it.subnet_ids.iter().for_each(visit),
            Some(ResourceKind::LoadBalancer(it)) => {
                let mut subnets: Vec<&ResourceId> =
                    it.subnet_mappings.iter().map(|it| &it.subnet_id).collect();
                subnets.dedup();
                subnets.into_iter().for_each(visit);
            }
            _ => {}
        }
    }

    /// The interfaces that have a private address, in all VPCs.
    pub fn with_address(&self, address: IpAddr) -> impl Iterator<Item = &Interface> {
        let near = self.neighbourhoods.get_or_init(|| self.all_neighbourhoods());
        let subnets = near.get(&neighbourhood(address)).map_or(&[][..], Vec::as_slice);
        subnets.iter().filter_map(move |at| self.hosts(*at)?.at(address))
    }

    fn all_neighbourhoods(&self) -> IndexMap<Neighbourhood, Vec<usize>> {
        let mut all: IndexMap<Neighbourhood, Vec<usize>> = IndexMap::new();
        for (at, id) in self.index.of_kind(Kind::Subnet).iter().enumerate() {
            let Some(subnet) = self.subnet(id) else { continue };
            let first = IpAddr::V4(subnet.cidr_block.network());
            all.entry(neighbourhood(first)).or_default().push(at);
            if let Some(block) = subnet.ipv6_cidr_block {
                all.entry(neighbourhood(IpAddr::V6(block.network()))).or_default().push(at);
            }
        }
        all
    }

    /// The interface that has an address inside a VPC.
    pub fn at_address(&self, vpc: &ResourceId, address: IpAddr) -> Option<&Interface> {
        let mut subnets = self.subnets_of(vpc)?.iter().filter(|(block, _)| block.contains(&address));
        subnets.find_map(|(_, at)| self.hosts(*at)?.at(address))
    }

    /// The blocks of a VPC's subnets, and the places of these.
    fn subnets_of(&self, vpc: &ResourceId) -> Option<&[(IpNet, usize)]> {
        let at = self.index.of_kind(Kind::Vpc).binary_search(vpc).ok()?;
        let subnets = self.vpcs.get(at)?.get_or_init(|| {
            let all = self.index.of_kind(Kind::Subnet);
            let users = self.index.users(vpc, "vpc_id");
            let places = users.filter_map(|id| Some((self.subnet(id)?, all.binary_search(id).ok()?)));
            let blocks = places.flat_map(|(subnet, at)| {
                let ipv6 = subnet.ipv6_cidr_block.map(IpNet::V6);
                std::iter::once(IpNet::V4(subnet.cidr_block)).chain(ipv6).map(move |block| (block, at))
            });
            blocks.collect()
        });
        Some(subnets)
    }

    /// The subnet of a VPC around an address.
    pub(super) fn subnet_around(&self, vpc: &ResourceId, address: IpAddr) -> Option<&'a ResourceId> {
        let (_, at) = self.subnets_of(vpc)?.iter().find(|(block, _)| block.contains(&address))?;
        self.index.of_kind(Kind::Subnet).get(*at)
    }

    /// The interface behind a public address, and the private address that it stands for.
    pub fn at_public(&self, address: IpAddr) -> Option<(&Interface, IpAddr)> {
        let find = |it: &'_ Interface| it.addresses.iter().find(|held| held.public == Some(address)).copied();
        if address.is_ipv6() {
            return self.with_address(address).find_map(|it| Some((it, find(it)?.private)));
        }
        let owner = match addresses::position_of(address) {
            Some(position) => &self.index.at_position(position)?.id,
            None => self.known_public().get(&address)?,
        };
        self.of_owner(owner).find_map(|it| Some((it, find(it)?.private)))
    }

    fn known_public(&self) -> &IndexMap<IpAddr, ResourceId> {
        self.known_public.get_or_init(|| {
            let mut known = IndexMap::new();
            let mut add = |address: Option<Ipv4Addr>, owner: &ResourceId| {
                if let Some(address) = address {
                    known.entry(IpAddr::V4(address)).or_insert_with(|| owner.clone());
                }
            };
            for it in self.index.resources_of(Kind::Instance) {
                add(it.kind.as_instance().and_then(|it| it.public_ip), &it.id);
            }
            for it in self.index.resources_of(Kind::NetworkInterface) {
                add(it.kind.as_network_interface().and_then(|it| it.public_ip), &it.id);
            }
            for it in self.index.resources_of(Kind::LoadBalancer) {
                for mapping in it.kind.as_load_balancer().into_iter().flat_map(|it| &it.subnet_mappings) {
                    add(mapping.public_ip, &it.id);
                }
            }
            for it in self.index.resources_of(Kind::ElasticIp) {
                let Some(fields) = it.kind.as_elastic_ip() else { continue };
                let users = self.index.referrers(&it.id).iter().map(|(user, _)| user);
                let owners = fields.network_interface_id.iter().chain(&fields.instance_id).chain(users);
                for owner in owners.filter(|_| fields.public_ip.is_some()) {
                    add(fields.public_ip, owner);
                }
            }
            known
        })
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
        let tables = self.index.of_kind(Kind::RouteTable);
        let at = tables.binary_search(id).ok();
        let of_vpc = || Some(tables.len() + self.index.of_kind(Kind::Vpc).binary_search(id).ok()?);
        let cell = self.tables.get(at.or_else(of_vpc)?)?;
        Some(cell.get_or_init(|| Table::new(self, id)))
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
