//! Which interfaces a drawing has, and with which addresses.

use std::{
    collections::BTreeSet,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use super::network::{Held, Interface};
use crate::model::{
    ConnectivityType, Index, Instance, NetworkInterface, Resource, ResourceId, ResourceKind, Subnet,
};

/// Stand-ins for public addresses come from 248.0.0.0/5, which nobody may use (RFC 1112): no
/// drawing's rule names it by accident. Each resource has [`STAND_INS_EACH`] of them.
const STAND_INS: u32 = u32::from_be_bytes([248, 0, 0, 0]);
const STAND_INS_EACH: usize = 64;

/// A public address: none, one that is known, or one that AWS will choose.
#[derive(Debug, Clone, Copy)]
enum Public {
    Unknown,
    Known(Ipv4Addr),
}

/// An interface whose address is not chosen yet.
struct Wanted {
    interface: Interface,
    fixed: Option<Ipv4Addr>,
    public: Option<Public>,
    /// Which of the resource's stand-ins it takes.
    stand_in: usize,
    /// Further private addresses, with their public ones.
    more: Vec<(Ipv4Addr, Option<Public>)>,
    ipv6: Vec<Ipv6Addr>,
    gets_ipv6: bool,
}

/// The place of the resource that a stand-in was given to.
pub(super) fn position_of(stand_in: IpAddr) -> Option<usize> {
    let IpAddr::V4(address) = stand_in else { return None };
    let number = u32::from(address).checked_sub(STAND_INS)?;
    Some(usize::try_from(number).ok()? / STAND_INS_EACH)
}

/// The interfaces in a subnet, with their addresses: fixed ones first, the others the lowest free ones
/// from the fifth on, in the order of ids.
pub(super) fn in_subnet(index: &Index, id: &ResourceId, subnet: &Subnet) -> Vec<Interface> {
    let mut wanted = Vec::new();
    let mut last = None;
    for (user, _) in index.referrers(id) {
        // A resource may mention the subnet in several fields.
        if last == Some(user) {
            continue;
        }
        last = Some(user);
        if let Some(resource) = index.get(user) {
            want(index, resource, (id, subnet), &mut wanted);
        }
    }
    let fixed = |it: &Wanted| {
        let more = it.more.iter().map(|more| IpAddr::V4(more.0));
        let ipv6 = it.ipv6.iter().copied().map(IpAddr::V6);
        it.fixed.map(IpAddr::V4).into_iter().chain(more).chain(ipv6).collect::<Vec<_>>()
    };
    let mut free = Free { subnet, taken: wanted.iter().flat_map(fixed).collect(), next_v4: 4, next_v6: 4 };
    wanted.into_iter().filter_map(|want| want.settle(index, &mut free)).collect()
}

/// The addresses that are left in a subnet.
struct Free<'a> {
    subnet: &'a Subnet,
    taken: BTreeSet<IpAddr>,
    next_v4: u32,
    next_v6: u128,
}

impl Free<'_> {
    fn v4(&mut self) -> Option<IpAddr> {
        let block = self.subnet.cidr_block;
        loop {
            let at = u32::from(block.network()).checked_add(self.next_v4)?;
            self.next_v4 += 1;
            let address = IpAddr::V4(Ipv4Addr::from(at));
            // The last address of a subnet is AWS's own, as the first four are.
            if at >= u32::from(block.broadcast()) {
                return None;
            }
            if self.taken.insert(address) {
                return Some(address);
            }
        }
    }

    fn v6(&mut self) -> Option<IpAddr> {
        let block = self.subnet.ipv6_cidr_block?;
        loop {
            let at = u128::from(block.network()).checked_add(self.next_v6)?;
            self.next_v6 += 1;
            let address = IpAddr::V6(Ipv6Addr::from(at));
            if at >= u128::from(block.broadcast()) {
                return None;
            }
            if self.taken.insert(address) {
                return Some(address);
            }
        }
    }
}

/// The interfaces that a resource has in a subnet.
fn want(index: &Index, resource: &Resource, place: (&ResourceId, &Subnet), out: &mut Vec<Wanted>) {
    let id = &resource.id;
    let here = |subnet: &ResourceId| subnet == place.0;
    let plain = || Wanted::new(id, place);
    match &resource.kind {
        ResourceKind::Instance(it) => out.push(instance(index, plain(), it, place.1)),
        ResourceKind::NetworkInterface(it) => out.push(network_interface(index, plain(), it, place.1)),
        ResourceKind::NatGateway(it) => {
            let allocation = it.allocation_id.as_ref();
            let allocation = allocation.filter(|_| it.connectivity_type == ConnectivityType::Public);
            let public = allocation.map(|id| of_elastic_ip(index, id));
            out.push(Wanted { fixed: it.private_ip, public, ..plain().translating() });
        }
        ResourceKind::InterfaceEndpoint(it) if it.subnet_ids.iter().any(here) => {
            let fixed = it.subnet_configurations.iter().find(|it| here(&it.subnet_id)).map(|it| it.ipv4);
            out.push(Wanted { fixed, ..plain().guarded_by(index, &it.security_group_ids) });
        }
        ResourceKind::InstanceConnectEndpoint(it) => {
            out.push(plain().guarded_by(index, &it.security_group_ids));
        }
        ResourceKind::LoadBalancer(it) => {
            for (at, mapping) in it.subnet_mappings.iter().enumerate().filter(|it| here(&it.1.subnet_id)) {
                let elastic = mapping.allocation_id.as_ref().map(|id| of_elastic_ip(index, id));
                let public = mapping.public_ip.map(Public::Known).or(elastic);
                let public = public.or_else(|| (!it.internal).then_some(Public::Unknown));
                let want = Wanted { fixed: mapping.private_ipv4_address, public, stand_in: at, ..plain() };
                out.push(if it.security_group_ids.is_empty() {
                    want.unguarded()
                } else {
                    want.guarded_by(index, &it.security_group_ids)
                });
            }
        }
        _ => {}
    }
}

fn instance(index: &Index, mut want: Wanted, it: &Instance, subnet: &Subnet) -> Wanted {
    let launched = it.associate_public_ip_address.unwrap_or(subnet.map_public_ip_on_launch);
    want.fixed = it.private_ip;
    want.more = it.secondary_private_ips.iter().map(|it| (*it, None)).collect();
    want.ipv6.clone_from(&it.ipv6_addresses);
    want.gets_ipv6 = subnet.assign_ipv6_address_on_creation;
    want.public = it.public_ip.map(Public::Known).or_else(|| launched.then_some(Public::Unknown));
    want.interface.source_dest_check = it.source_dest_check;
    want.map_elastic(index, "instance_id");
    want.guarded_by(index, &it.vpc_security_group_ids)
}

fn network_interface(index: &Index, mut want: Wanted, it: &NetworkInterface, subnet: &Subnet) -> Wanted {
    want.fixed = it.private_ip;
    want.more = it.secondary_private_ips.iter().map(|it| (*it, None)).collect();
    want.ipv6.clone_from(&it.ipv6_addresses);
    want.gets_ipv6 = subnet.assign_ipv6_address_on_creation;
    want.public = it.public_ip.map(Public::Known);
    want.interface.source_dest_check = it.source_dest_check;
    want.interface.host.clone_from(&it.instance_id);
    want.map_elastic(index, "network_interface_id");
    // The interfaces of AWS's own services may have no group, and then nothing guards them.
    if it.is_service_owned() && it.security_group_ids.is_empty() {
        return want.unguarded();
    }
    want.guarded_by(index, &it.security_group_ids)
}

fn of_elastic_ip(index: &Index, id: &ResourceId) -> Public {
    let known = index.kind(id).and_then(ResourceKind::as_elastic_ip).and_then(|it| it.public_ip);
    known.map_or(Public::Unknown, Public::Known)
}

impl Wanted {
    fn new(owner: &ResourceId, (id, subnet): (&ResourceId, &Subnet)) -> Self {
        Self {
            interface: Interface {
                owner: owner.clone(),
                host: None,
                subnet: id.clone(),
                vpc: subnet.vpc_id.clone(),
                address: IpAddr::V4(subnet.cidr_block.network()),
                public: None,
                addresses: Vec::new(),
                groups: Vec::new(),
                guarded: true,
                translates: false,
                source_dest_check: true,
            },
            fixed: None,
            public: None,
            stand_in: 0,
            more: Vec::new(),
            ipv6: Vec::new(),
            gets_ipv6: false,
        }
    }

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
    fn translating(mut self) -> Self {
        self.interface.translates = true;
        self.unguarded()
    }

    fn unguarded(mut self) -> Self {
        self.interface.guarded = false;
        self.interface.source_dest_check = false;
        self
    }

    /// Puts the Elastic IP addresses that name the owner on the private addresses they stand for.
    fn map_elastic(&mut self, index: &Index, field: &str) {
        for user in index.users(&self.interface.owner, field) {
            let Some(it) = index.kind(user).and_then(ResourceKind::as_elastic_ip) else { continue };
            let public = Some(it.public_ip.map_or(Public::Unknown, Public::Known));
            let more = self.more.iter_mut().find(|more| Some(more.0) == it.private_ip_address);
            match more {
                Some(more) => more.1 = public,
                None => self.public = public,
            }
        }
    }

    /// Chooses what is not fixed.
    fn settle(self, index: &Index, free: &mut Free<'_>) -> Option<Interface> {
        let first = self.fixed.map(IpAddr::V4).or_else(|| free.v4())?;
        let position = index.position(&self.interface.owner).unwrap_or_default();
        let public = |it: Option<Public>, at: usize| match it? {
            Public::Known(address) => Some(IpAddr::V4(address)),
            Public::Unknown => {
                let number = position * STAND_INS_EACH + at % STAND_INS_EACH;
                Some(IpAddr::V4(Ipv4Addr::from(STAND_INS.checked_add(u32::try_from(number).ok()?)?)))
            }
        };
        let mut interface = self.interface;
        interface.address = first;
        interface.public = public(self.public, self.stand_in);
        interface.addresses.push(Held { private: first, public: interface.public });
        for (at, (address, mapped)) in self.more.iter().enumerate() {
            let public = public(*mapped, self.stand_in + at + 1);
            interface.addresses.push(Held { private: IpAddr::V4(*address), public });
        }
        let mut ipv6: Vec<IpAddr> = self.ipv6.iter().copied().map(IpAddr::V6).collect();
        if ipv6.is_empty() && self.gets_ipv6 {
            ipv6.extend(free.v6());
        }
        // A global IPv6 address needs no translation: it is its own public one.
        let held = |private| Held { private, public: (!super::ends::is_private(private)).then_some(private) };
        interface.addresses.extend(ipv6.into_iter().map(held));
        Some(interface)
    }
}
