//! The interfaces of a drawing and their addresses.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::Ipv4Addr,
};

use ipnet::Ipv4Net;

use crate::model::{ConnectivityType, Index, ResourceId, ResourceKind, Topology};

/// A network interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interface {
    /// The instance, NAT gateway or interface endpoint that it belongs to.
    pub owner: ResourceId,
    /// The subnet.
    pub subnet: ResourceId,
    /// The VPC.
    pub vpc: ResourceId,
    /// The private address: the fixed one, or one that AWS might choose.
    pub address: Ipv4Addr,
    /// A stand-in for its public address, where it has one.
    pub public: Option<Ipv4Addr>,
    /// Its security groups; empty for a NAT gateway, which has none.
    pub groups: Vec<ResourceId>,
    /// Whether security groups guard it at all.
    pub guarded: bool,
    /// Whether it drops what is neither from nor to itself.
    pub source_dest_check: bool,
}

/// A topology prepared for walks: its interfaces by owner and by address.
#[derive(Debug)]
pub struct Network<'a> {
    pub(super) topology: &'a Topology,
    pub(super) index: &'a Index,
    interfaces: Vec<Interface>,
    by_owner: BTreeMap<ResourceId, Vec<usize>>,
    by_address: BTreeMap<(ResourceId, Ipv4Addr), usize>,
    by_public: BTreeMap<Ipv4Addr, usize>,
}

/// Stand-ins for public addresses come from 198.18.0.0/15, which is used on no network but test
/// beds (RFC 2544): no drawing's rule names it by accident.
const PUBLIC_STAND_INS: u32 = u32::from_be_bytes([198, 18, 0, 0]);

impl<'a> Network<'a> {
    /// Gives every interface its address: fixed ones first, the others the lowest free one of their
    /// subnet from the fifth on, in the order of ids.
    pub fn new(topology: &'a Topology, index: &'a Index) -> Self {
        let mut network = Self {
            topology,
            index,
            interfaces: Vec::new(),
            by_owner: BTreeMap::new(),
            by_address: BTreeMap::new(),
            by_public: BTreeMap::new(),
        };
        let wanted = wanted(topology, index);
        let mut taken: BTreeSet<(ResourceId, Ipv4Addr)> =
            wanted.iter().filter_map(|it| it.fixed.map(|address| (it.vpc.clone(), address))).collect();
        let mut next: BTreeMap<ResourceId, u32> = BTreeMap::new();
        for want in wanted {
            let Some(address) = want.fixed.or_else(|| free_address(&want, &mut taken, &mut next)) else {
                continue;
            };
            network.add(want, address);
        }
        network
    }

    fn add(&mut self, want: Wanted, address: Ipv4Addr) {
        let at = self.interfaces.len();
        let stand_in =
            Ipv4Addr::from(PUBLIC_STAND_INS + u32::try_from(at % 0x1_ffff).unwrap_or_default() + 1);
        let public = want.has_public.then_some(stand_in);
        self.by_owner.entry(want.owner.clone()).or_default().push(at);
        self.by_address.entry((want.vpc.clone(), address)).or_insert(at);
        if let Some(public) = public {
            self.by_public.insert(public, at);
        }
        self.interfaces.push(Interface {
            owner: want.owner,
            subnet: want.subnet,
            vpc: want.vpc,
            address,
            public,
            groups: want.groups,
            guarded: want.guarded,
            source_dest_check: want.source_dest_check,
        });
    }

    /// Every interface.
    pub fn interfaces(&self) -> &[Interface] {
        &self.interfaces
    }

    /// The interfaces of an instance, NAT gateway or interface endpoint.
    pub fn of_owner(&self, owner: &ResourceId) -> impl Iterator<Item = &Interface> {
        let list = self.by_owner.get(owner).map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(|at| self.interfaces.get(*at))
    }

    /// The interface that has an address inside a VPC.
    pub fn at_address(&self, vpc: &ResourceId, address: Ipv4Addr) -> Option<&Interface> {
        self.by_address.get(&(vpc.clone(), address)).and_then(|at| self.interfaces.get(*at))
    }

    /// The interface behind a public address.
    pub fn at_public(&self, address: Ipv4Addr) -> Option<&Interface> {
        self.by_public.get(&address).and_then(|at| self.interfaces.get(*at))
    }

    /// What people call a resource.
    pub(super) fn label(&self, id: &ResourceId) -> String {
        self.topology.get(id).map_or_else(|| id.to_string(), |it| it.label().to_owned())
    }
}

struct Wanted {
    owner: ResourceId,
    subnet: ResourceId,
    vpc: ResourceId,
    block: Ipv4Net,
    fixed: Option<Ipv4Addr>,
    has_public: bool,
    groups: Vec<ResourceId>,
    guarded: bool,
    source_dest_check: bool,
}

fn wanted(topology: &Topology, index: &Index) -> Vec<Wanted> {
    let mut out = Vec::new();
    for resource in topology.iter() {
        match &resource.kind {
            ResourceKind::Instance(it) => {
                let Some(mut want) = in_subnet(topology, &resource.id, &it.subnet_id) else {
                    continue;
                };
                let subnet_maps = topology
                    .kind(&it.subnet_id)
                    .and_then(ResourceKind::as_subnet)
                    .is_some_and(|subnet| subnet.map_public_ip_on_launch);
                let elastic = index
                    .users(&resource.id, "instance_id")
                    .any(|user| matches!(topology.kind(user), Some(ResourceKind::ElasticIp(_))));
                want.fixed = it.private_ip;
                want.has_public = elastic || it.associate_public_ip_address.unwrap_or(subnet_maps);
                want.groups = or_default(index, &want.vpc, &it.vpc_security_group_ids);
                want.source_dest_check = it.source_dest_check;
                out.push(want);
            }
            ResourceKind::NatGateway(it) => {
                let Some(mut want) = in_subnet(topology, &resource.id, &it.subnet_id) else {
                    continue;
                };
                want.has_public =
                    it.connectivity_type == ConnectivityType::Public && it.allocation_id.is_some();
                want.guarded = false;
                want.source_dest_check = false;
                out.push(want);
            }
            ResourceKind::InterfaceEndpoint(it) => {
                for subnet in &it.subnet_ids {
                    let Some(mut want) = in_subnet(topology, &resource.id, subnet) else {
                        continue;
                    };
                    want.groups = or_default(index, &want.vpc, &it.security_group_ids);
                    out.push(want);
                }
            }
            _ => {}
        }
    }
    out
}

fn in_subnet(topology: &Topology, owner: &ResourceId, subnet: &ResourceId) -> Option<Wanted> {
    let fields = topology.kind(subnet)?.as_subnet()?;
    Some(Wanted {
        owner: owner.clone(),
        subnet: subnet.clone(),
        vpc: fields.vpc_id.clone(),
        block: fields.cidr_block,
        fixed: None,
        has_public: false,
        groups: Vec::new(),
        guarded: true,
        source_dest_check: true,
    })
}

/// Without a group of its own an interface gets the VPC's default group.
fn or_default(index: &Index, vpc: &ResourceId, groups: &[ResourceId]) -> Vec<ResourceId> {
    if groups.is_empty() {
        index.default_security_group(vpc).into_iter().cloned().collect()
    } else {
        groups.to_vec()
    }
}

fn free_address(
    want: &Wanted,
    taken: &mut BTreeSet<(ResourceId, Ipv4Addr)>,
    next: &mut BTreeMap<ResourceId, u32>,
) -> Option<Ipv4Addr> {
    let start = u32::from(want.block.network());
    let last = u32::from(want.block.broadcast());
    let at = next.entry(want.subnet.clone()).or_insert(start.checked_add(4)?);
    while *at < last {
        let address = Ipv4Addr::from(*at);
        *at += 1;
        if taken.insert((want.vpc.clone(), address)) {
            return Some(address);
        }
    }
    None
}
