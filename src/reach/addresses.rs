//! Which interfaces a drawing has, and with which addresses.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use ipnet::{Ipv4Net, Ipv6Net};

use super::network::{Held, Interface};
use crate::model::{
    ConnectivityType, ElasticIp, Index, Instance, LoadBalancer, NetworkInterface, Resource, ResourceId,
    ResourceKind, Topology,
};

/// Stand-ins for public addresses come from 198.18.0.0/15, which is used on no network but test
/// beds (RFC 2544): no drawing's rule names it by accident.
const PUBLIC_STAND_INS: u32 = u32::from_be_bytes([198, 18, 0, 0]);

/// A public address: none, one that is known, or one that AWS will choose.
#[derive(Debug, Clone, Copy)]
enum Public {
    Unknown,
    Known(Ipv4Addr),
}

/// An interface whose address is not chosen yet.
struct Wanted {
    interface: Interface,
    block: Ipv4Net,
    ipv6_block: Option<Ipv6Net>,
    fixed: Option<Ipv4Addr>,
    public: Option<Public>,
    /// Further private addresses, with their public ones.
    more: Vec<(Ipv4Addr, Option<Public>)>,
    ipv6: Vec<Ipv6Addr>,
    gets_ipv6: bool,
}

/// Gives every interface its addresses: fixed ones first, the others the lowest free one of their
/// subnet from the fifth on, in the order of ids.
pub(super) fn interfaces(topology: &Topology, index: &Index) -> Vec<Interface> {
    let wanted = wanted(topology, index);
    let fixed = |it: &Wanted| {
        let all: Vec<IpAddr> = it
            .fixed
            .into_iter()
            .chain(it.more.iter().map(|more| more.0))
            .map(IpAddr::V4)
            .chain(it.ipv6.iter().copied().map(IpAddr::V6))
            .collect();
        let vpc = it.interface.vpc.clone();
        all.into_iter().map(move |address| (vpc.clone(), address))
    };
    let mut taken: BTreeSet<(ResourceId, IpAddr)> = wanted.iter().flat_map(fixed).collect();
    let mut next: BTreeMap<(ResourceId, bool), u128> = BTreeMap::new();
    let mut stand_ins = (PUBLIC_STAND_INS + 1..).map(Ipv4Addr::from);
    let mut out = Vec::with_capacity(wanted.len());
    for want in wanted {
        let Some(first) = want.fixed.map(IpAddr::V4).or_else(|| free_v4(&want, &mut taken, &mut next)) else {
            continue;
        };
        let stand_in = stand_ins.next();
        let mut public = |it: Option<Public>, stand_in: Option<Ipv4Addr>| match it? {
            Public::Known(address) => Some(IpAddr::V4(address)),
            Public::Unknown => stand_in.or_else(|| stand_ins.next()).map(IpAddr::V4),
        };
        let mut interface = want.interface.clone();
        interface.address = first;
        interface.public = public(want.public, stand_in);
        interface.addresses.push(Held { private: first, public: interface.public });
        for (address, mapped) in &want.more {
            let public = public(*mapped, None);
            interface.addresses.push(Held { private: IpAddr::V4(*address), public });
        }
        let mut ipv6: Vec<IpAddr> = want.ipv6.iter().copied().map(IpAddr::V6).collect();
        if ipv6.is_empty() && want.gets_ipv6 {
            ipv6.extend(free_v6(&want, &mut taken, &mut next));
        }
        // A global IPv6 address needs no translation: it is its own public one.
        let held = |private| Held { private, public: (!super::ends::is_private(private)).then_some(private) };
        interface.addresses.extend(ipv6.into_iter().map(held));
        out.push(interface);
    }
    out
}

fn wanted(topology: &Topology, index: &Index) -> Vec<Wanted> {
    let mut out = Vec::new();
    for resource in topology.iter() {
        let id = &resource.id;
        match &resource.kind {
            ResourceKind::Instance(it) => out.extend(instance(topology, index, id, it)),
            ResourceKind::NetworkInterface(it) => out.extend(network_interface(topology, index, id, it)),
            ResourceKind::NatGateway(it) => out.extend(in_subnet(topology, id, &it.subnet_id).map(|want| {
                let public = it.connectivity_type == ConnectivityType::Public;
                let allocation = it.allocation_id.as_ref().filter(|_| public);
                let public = allocation.map(|id| of_elastic_ip(topology, id));
                Wanted { fixed: it.private_ip, public, ..want.unguarded() }
            })),
            ResourceKind::InterfaceEndpoint(it) => {
                for subnet in &it.subnet_ids {
                    let fixed = it.subnet_configurations.iter().find(|it| it.subnet_id == *subnet);
                    out.extend(in_subnet(topology, id, subnet).map(|want| {
                        let want = Wanted { fixed: fixed.map(|it| it.ipv4), ..want };
                        want.guarded_by(index, &it.security_group_ids)
                    }));
                }
            }
            ResourceKind::InstanceConnectEndpoint(it) => {
                let want = in_subnet(topology, id, &it.subnet_id);
                out.extend(want.map(|want| want.guarded_by(index, &it.security_group_ids)));
            }
            ResourceKind::LoadBalancer(it) => load_balancer(topology, index, resource, it, &mut out),
            _ => {}
        }
    }
    out
}

fn instance(topology: &Topology, index: &Index, id: &ResourceId, it: &Instance) -> Option<Wanted> {
    let mut want = in_subnet(topology, id, &it.subnet_id)?;
    let subnet = topology.kind(&it.subnet_id)?.as_subnet()?;
    let elastic = elastic_ips(topology, index, id, "instance_id");
    let launched = it.associate_public_ip_address.unwrap_or(subnet.map_public_ip_on_launch);
    want.fixed = it.private_ip;
    want.more = it.secondary_private_ips.iter().map(|it| (*it, None)).collect();
    want.ipv6.clone_from(&it.ipv6_addresses);
    want.gets_ipv6 = subnet.assign_ipv6_address_on_creation;
    want.public = it.public_ip.map(Public::Known).or_else(|| launched.then_some(Public::Unknown));
    want.interface.source_dest_check = it.source_dest_check;
    want.map_elastic(&elastic);
    Some(want.guarded_by(index, &it.vpc_security_group_ids))
}

fn network_interface(
    topology: &Topology,
    index: &Index,
    id: &ResourceId,
    it: &NetworkInterface,
) -> Option<Wanted> {
    let mut want = in_subnet(topology, id, &it.subnet_id)?;
    let subnet = topology.kind(&it.subnet_id)?.as_subnet()?;
    want.fixed = it.private_ip;
    want.more = it.secondary_private_ips.iter().map(|it| (*it, None)).collect();
    want.ipv6.clone_from(&it.ipv6_addresses);
    want.gets_ipv6 = subnet.assign_ipv6_address_on_creation;
    want.public = it.public_ip.map(Public::Known);
    want.interface.source_dest_check = it.source_dest_check;
    want.interface.host.clone_from(&it.instance_id);
    want.map_elastic(&elastic_ips(topology, index, id, "network_interface_id"));
    // The interfaces of AWS's own services may have no group, and then nothing guards them.
    if it.is_service_owned() && it.security_group_ids.is_empty() {
        return Some(want.unguarded_host());
    }
    Some(want.guarded_by(index, &it.security_group_ids))
}

fn load_balancer(
    topology: &Topology,
    index: &Index,
    resource: &Resource,
    it: &LoadBalancer,
    out: &mut Vec<Wanted>,
) {
    for mapping in &it.subnet_mappings {
        let Some(want) = in_subnet(topology, &resource.id, &mapping.subnet_id) else { continue };
        let elastic = mapping.allocation_id.as_ref().map(|id| of_elastic_ip(topology, id));
        let public = mapping.public_ip.map(Public::Known).or(elastic);
        let public = public.or_else(|| (!it.internal).then_some(Public::Unknown));
        let want = Wanted { fixed: mapping.private_ipv4_address, public, ..want };
        out.push(if it.security_group_ids.is_empty() {
            want.unguarded_host()
        } else {
            want.guarded_by(index, &it.security_group_ids)
        });
    }
}

/// The Elastic IP addresses of an instance or an interface.
fn elastic_ips<'a>(
    topology: &'a Topology,
    index: &'a Index,
    id: &ResourceId,
    field: &'static str,
) -> Vec<&'a ElasticIp> {
    let users = index.referrers(id).iter().filter(|(_, mention)| *mention == field);
    users.filter_map(|(user, _)| topology.kind(user).and_then(ResourceKind::as_elastic_ip)).collect()
}

fn of_elastic_ip(topology: &Topology, id: &ResourceId) -> Public {
    let known = topology.kind(id).and_then(ResourceKind::as_elastic_ip).and_then(|it| it.public_ip);
    known.map_or(Public::Unknown, Public::Known)
}

fn in_subnet(topology: &Topology, owner: &ResourceId, subnet: &ResourceId) -> Option<Wanted> {
    let fields = topology.kind(subnet)?.as_subnet()?;
    Some(Wanted {
        interface: Interface {
            owner: owner.clone(),
            host: None,
            subnet: subnet.clone(),
            vpc: fields.vpc_id.clone(),
            address: IpAddr::V4(fields.cidr_block.network()),
            public: None,
            addresses: Vec::new(),
            groups: Vec::new(),
            guarded: true,
            translates: false,
            source_dest_check: true,
        },
        block: fields.cidr_block,
        ipv6_block: fields.ipv6_cidr_block,
        fixed: None,
        public: None,
        more: Vec::new(),
        ipv6: Vec::new(),
        gets_ipv6: false,
    })
}

impl Wanted {
    /// Without a group of its own an interface gets the VPC's default group.
    fn guarded_by(mut self, index: &Index, groups: &[ResourceId]) -> Self {
        self.interface.groups = if groups.is_empty() {
            index.default_security_group(&self.interface.vpc).into_iter().cloned().collect()
        } else {
            groups.to_vec()
        };
        self
    }

    /// That of a NAT gateway.
    fn unguarded(mut self) -> Self {
        self.interface.translates = true;
        self.unguarded_host()
    }

    fn unguarded_host(mut self) -> Self {
        self.interface.guarded = false;
        self.interface.source_dest_check = false;
        self
    }

    /// Puts Elastic IP addresses on the private addresses that they stand for.
    fn map_elastic(&mut self, elastic: &[&ElasticIp]) {
        for it in elastic {
            let public = Some(it.public_ip.map_or(Public::Unknown, Public::Known));
            let more = self.more.iter_mut().find(|more| Some(more.0) == it.private_ip_address);
            match more {
                Some(more) => more.1 = public,
                None => self.public = public,
            }
        }
    }
}

fn free_v4(
    want: &Wanted,
    taken: &mut BTreeSet<(ResourceId, IpAddr)>,
    next: &mut BTreeMap<(ResourceId, bool), u128>,
) -> Option<IpAddr> {
    let start = u128::from(u32::from(want.block.network()));
    let last = u128::from(u32::from(want.block.broadcast()));
    let address = |at: u128| u32::try_from(at).ok().map(|at| IpAddr::V4(Ipv4Addr::from(at)));
    free(want, (start, last, false), taken, next, address)
}

fn free_v6(
    want: &Wanted,
    taken: &mut BTreeSet<(ResourceId, IpAddr)>,
    next: &mut BTreeMap<(ResourceId, bool), u128>,
) -> Option<IpAddr> {
    let block = want.ipv6_block?;
    let (start, last) = (u128::from(block.network()), u128::from(block.broadcast()));
    free(want, (start, last, true), taken, next, |at| Some(IpAddr::V6(Ipv6Addr::from(at))))
}

fn free(
    want: &Wanted,
    (start, last, ipv6): (u128, u128, bool),
    taken: &mut BTreeSet<(ResourceId, IpAddr)>,
    next: &mut BTreeMap<(ResourceId, bool), u128>,
    address: impl Fn(u128) -> Option<IpAddr>,
) -> Option<IpAddr> {
    // The first four addresses of a subnet and the last one are AWS's own.
    let at = next.entry((want.interface.subnet.clone(), ipv6)).or_insert(start.checked_add(4)?);
    while *at < last {
        let address = address(*at)?;
        *at += 1;
        if taken.insert((want.interface.vpc.clone(), address)) {
            return Some(address);
        }
    }
    None
}
