//! What changes inside a copy: references, blocks, addresses, names that must be unique.

use std::{collections::BTreeSet, net::Ipv4Addr};

use super::Paste;
use crate::{
    edit::{
        draft::{Draft, kind_name},
        fresh, homes,
        refusal::Refusal,
    },
    model::{Container, Field, Home, Kind, Resource, ResourceId, ResourceKind, Subnet, Vpc},
    net::{Ipv4Net, cidr},
    t,
};

impl Paste<'_> {
    /// Makes the copy fit its new place. `home` is `None` for what lies in a copied container.
    pub(super) fn settle(
        &mut self,
        old: &ResourceId,
        copy: &mut Resource,
        home: Option<&Container>,
    ) -> Result<(), Refusal> {
        let vpc = self.new_vpc(&copy.kind, home);
        let parent = self.parent(&copy.kind, home);
        self.leave_behind(&mut copy.kind);
        let orphaned = self.rename_references(&mut copy.kind, vpc.as_ref());
        set_parent(&mut copy.kind, parent, vpc.as_ref());
        self.refuse_orphan(copy, &orphaned)?;
        let name = copy.name.clone();
        match &mut copy.kind {
            ResourceKind::Vpc(it) => self.settle_vpc(old, it)?,
            ResourceKind::Subnet(it) => self.settle_subnet(old, it, home.is_some(), &name)?,
            ResourceKind::Instance(it) => {
                it.private_ip = self.address(old, it.private_ip, &it.subnet_id);
                self.settle_addresses(old, &mut it.secondary_private_ips, &it.subnet_id);
                it.ipv6_addresses.clear();
            }
            ResourceKind::NetworkInterface(it) => {
                it.private_ip = self.address(old, it.private_ip, &it.subnet_id);
                self.settle_addresses(old, &mut it.secondary_private_ips, &it.subnet_id);
                it.ipv6_addresses.clear();
                if it.instance_id.is_none() {
                    it.device_index = None;
                }
            }
            ResourceKind::KeyPair(it) => it.key_name = self.key_name(&it.key_name),
            ResourceKind::RouteTable(it) => {
                it.main &= home.is_none() && self.is_first(vpc.as_ref(), Kind::RouteTable)
            }
            ResourceKind::NetworkAcl(it) => {
                it.is_default &= home.is_none() && self.is_first(vpc.as_ref(), Kind::NetworkAcl);
            }
            ResourceKind::SecurityGroup(it) => {
                it.is_default &= home.is_none() && self.is_first(vpc.as_ref(), Kind::SecurityGroup);
                if !it.is_default {
                    it.group_name = group_name(&self.draft, &it.vpc_id, &it.group_name);
                }
            }
            ResourceKind::InternetGateway(it) => {
                self.settle_gateway(it.vpc_id.is_some(), &mut it.vpc_id, &name)
            }
            ResourceKind::VpnGateway(it) => self.settle_vpn_gateway(&mut it.vpc_id, &name),
            _ => {}
        }
        Ok(())
    }

    /// Takes from a copy what only its original can have: the place on an instance, the attachments
    /// of a transit gateway's table, the part of a default table.
    fn leave_behind(&self, kind: &mut ResourceKind) {
        let copied = |id: &ResourceId| self.ids.contains_key(id);
        match kind {
            ResourceKind::NetworkInterface(it) => it.instance_id = it.instance_id.take().filter(copied),
            ResourceKind::TransitGatewayRouteTable(it) => {
                it.associations.retain(copied);
                if !copied(&it.transit_gateway_id) {
                    it.default_association_route_table = false;
                    it.default_propagation_route_table = false;
                }
            }
            _ => {}
        }
    }

    /// A copy cannot be without what it must name.
    fn refuse_orphan(&self, copy: &Resource, orphaned: &[Field]) -> Result<(), Refusal> {
        if orphaned.is_empty() {
            return Ok(());
        }
        let known = |id: &ResourceId| self.draft.get(id).is_some() || self.ids.values().any(|new| new == id);
        let missing =
            copy.kind.references().into_iter().find(|it| orphaned.contains(&it.field) && !known(&it.to));
        let Some(missing) = missing else {
            return Ok(());
        };
        let kind = kind_name(copy.kind.kind());
        Err(Refusal::new(t!("edit-paste-needs", kind = kind, name = copy.label(), other = &missing.to), []))
    }

    /// The id, on the new drawing, of what the copy must name: its subnet, or else its VPC.
    fn parent(&self, kind: &ResourceKind, home: Option<&Container>) -> Option<ResourceId> {
        match (home, kind) {
            (Some(Container::Subnet(subnet)), _) => Some(subnet.clone()),
            (None, kind) => match kind.home() {
                Home::Subnet(subnet) => Some(self.new_id(subnet)),
                _ => None,
            },
            _ => None,
        }
    }

    /// References to copies lead to the copies. Others stay if they lead into the same VPC, to
    /// something of the region or from there, except where only one may use a thing: addresses, and
    /// the one route that a table has for an endpoint's service. Returns the fields that must name
    /// something and would name nothing.
    fn rename_references(&self, kind: &mut ResourceKind, vpc: Option<&ResourceId>) -> Vec<Field> {
        let exclusive = matches!(kind, ResourceKind::ElasticIp(_) | ResourceKind::GatewayEndpoint(_));
        let of_region = matches!(kind.home(), Home::Region);
        let topology = self.draft.topology();
        kind.map_references(&mut |id| {
            if let Some(new) = self.ids.get(id) {
                return Some(new.clone());
            }
            let found = topology.kind(id)?;
            let shared = !exclusive && found.as_elastic_ip().is_none();
            let same_vpc = of_region || topology.vpc_of(id).is_none_or(|its| Some(its) == vpc);
            (shared && same_vpc).then(|| id.clone())
        })
    }

    /// Further addresses, as [`Self::address`] does it for the primary one.
    fn settle_addresses(&self, old: &ResourceId, addresses: &mut Vec<Ipv4Addr>, subnet: &ResourceId) {
        *addresses = addresses.iter().filter_map(|it| self.address(old, Some(*it), subnet)).collect();
    }

    /// A VPC has one virtual private gateway; a copy for which there is no room stands beside it.
    fn settle_vpn_gateway(&mut self, vpc_id: &mut Option<ResourceId>, name: &str) {
        let full = vpc_id.as_ref().is_some_and(|vpc| homes::one_vpn_gateway(&self.draft, vpc, None).is_err());
        if full {
            *vpc_id = None;
            self.draft.note(t!("edit-note-vpn-gateway-unattached", gateway = name));
        }
    }

    fn settle_vpc(&mut self, old: &ResourceId, vpc: &mut Vpc) -> Result<(), Refusal> {
        let mut used = fresh::vpc_blocks(&self.draft);
        let mut pairs = Vec::new();
        for block in std::iter::once(&mut vpc.cidr_block).chain(&mut vpc.secondary_cidr_blocks) {
            let before = *block;
            if used.iter().any(|other| cidr::overlap(other, block)) {
                *block = fresh::free_vpc_block(&used, block.prefix_len())
                    .ok_or_else(|| Refusal::new(t!("edit-no-vpc-block"), []))?;
            }
            used.push(*block);
            pairs.push((before, *block));
        }
        // The blocks of IPv6 are the world's: no second VPC has the same ones.
        vpc.ipv6_cidr_blocks.clear();
        self.blocks.insert(old.clone(), pairs);
        Ok(())
    }

    fn settle_subnet(
        &mut self,
        old: &ResourceId,
        subnet: &mut Subnet,
        is_root: bool,
        name: &str,
    ) -> Result<(), Refusal> {
        let before = subnet.cidr_block;
        if is_root {
            if !fresh::is_free_in(&self.draft, &subnet.vpc_id, &before) {
                subnet.cidr_block =
                    fresh::free_subnet_block_of(&self.draft, &subnet.vpc_id, before.prefix_len())
                        .ok_or_else(|| self.block_refusal(&subnet.vpc_id))?;
                self.draft.note(t!("edit-note-new-block", name = name, block = subnet.cidr_block));
            }
        } else if let Some(original) = self.original_vpc(old) {
            let pairs = self.blocks.get(&original).map_or(&[][..], Vec::as_slice);
            let pair = pairs.iter().find(|(from, _)| from.contains(&before));
            if let Some(moved) = pair.and_then(|(from, to)| shifted_block(from, to, &before)) {
                subnet.cidr_block = moved;
            }
        }
        subnet.ipv6_cidr_block = None;
        subnet.assign_ipv6_address_on_creation = false;
        self.blocks.insert(old.clone(), vec![(before, subnet.cidr_block)]);
        Ok(())
    }

    fn original_vpc(&self, old: &ResourceId) -> Option<ResourceId> {
        let original = self.originals.get(old)?;
        original.kind.as_subnet().map(|it| it.vpc_id.clone())
    }

    /// In a copied subnet the same host part; in another one only an address that is free there.
    fn address(&self, old: &ResourceId, address: Option<Ipv4Addr>, subnet: &ResourceId) -> Option<Ipv4Addr> {
        let address = address?;
        let original = self.originals.get(old);
        let old_subnet = original.and_then(|it| match it.kind.home() {
            Home::Subnet(subnet) => Some(subnet),
            _ => None,
        });
        if let Some(pairs) = old_subnet.and_then(|id| self.blocks.get(id)) {
            let (from, to) = pairs.first()?;
            return if from.contains(&address) { shifted(from, to, address) } else { None };
        }
        let block = self.draft.kind(subnet)?.as_subnet()?.cidr_block;
        let taken = self
            .draft
            .index()
            .users(subnet, "subnet_id")
            .any(|id| self.draft.kind(id).is_some_and(|kind| has_address(kind, address)));
        (block.contains(&address) && !taken).then_some(address)
    }

    fn key_name(&self, wanted: &str) -> String {
        let keys = self.draft.of_kind(Kind::KeyPair).into_iter().filter_map(|it| it.kind.as_key_pair());
        let taken: BTreeSet<String> = keys.map(|it| it.key_name.clone()).collect();
        fresh::first_free(&taken, wanted)
    }

    /// A VPC has one internet gateway; a copy for which there is no room stands beside it.
    fn settle_gateway(&mut self, attached: bool, vpc_id: &mut Option<ResourceId>, name: &str) {
        let full = vpc_id.as_ref().is_some_and(|vpc| homes::one_gateway(&self.draft, vpc, None).is_err());
        if attached && full {
            *vpc_id = None;
            self.draft.note(t!("edit-note-unattached", gateway = name));
        }
    }

    /// Whether no copy so far is what AWS makes of this kind with the VPC.
    fn is_first(&self, vpc: Option<&ResourceId>, kind: Kind) -> bool {
        let Some(vpc) = vpc else {
            return false;
        };
        !self
            .draft
            .touched_of(kind)
            .filter_map(|id| self.draft.kind(id))
            .any(|it| it.kind() == kind && it.implicit_vpc() == Some(vpc))
    }
}

fn set_parent(kind: &mut ResourceKind, subnet: Option<ResourceId>, vpc: Option<&ResourceId>) {
    let of_subnet = match kind {
        ResourceKind::NatGateway(it) => Some(&mut it.subnet_id),
        ResourceKind::Instance(it) => Some(&mut it.subnet_id),
        ResourceKind::NetworkInterface(it) => Some(&mut it.subnet_id),
        ResourceKind::InstanceConnectEndpoint(it) => Some(&mut it.subnet_id),
        _ => None,
    };
    if let Some(field) = of_subnet {
        *field = subnet.unwrap_or_else(|| field.clone());
        return;
    }
    let of_vpc = match kind {
        ResourceKind::InternetGateway(it) => {
            it.vpc_id = vpc.cloned();
            return;
        }
        ResourceKind::VpnGateway(it) => {
            it.vpc_id = vpc.cloned();
            return;
        }
        ResourceKind::Subnet(it) => &mut it.vpc_id,
        ResourceKind::RouteTable(it) => &mut it.vpc_id,
        ResourceKind::NetworkAcl(it) => &mut it.vpc_id,
        ResourceKind::SecurityGroup(it) => &mut it.vpc_id,
        ResourceKind::GatewayEndpoint(it) => &mut it.vpc_id,
        ResourceKind::InterfaceEndpoint(it) => &mut it.vpc_id,
        ResourceKind::EgressOnlyInternetGateway(it) => &mut it.vpc_id,
        ResourceKind::RegionalNatGateway(it) => &mut it.vpc_id,
        ResourceKind::TransitGatewayVpcAttachment(it) => &mut it.vpc_id,
        ResourceKind::LoadBalancer(it) => &mut it.vpc_id,
        ResourceKind::TargetGroup(it) => &mut it.vpc_id,
        _ => return,
    };
    if let Some(vpc) = vpc {
        of_vpc.clone_from(vpc);
    }
}

/// Whether an instance or interface has this private address.
fn has_address(kind: &ResourceKind, address: Ipv4Addr) -> bool {
    match kind {
        ResourceKind::Instance(it) => {
            it.private_ip == Some(address) || it.secondary_private_ips.contains(&address)
        }
        ResourceKind::NetworkInterface(it) => {
            it.private_ip == Some(address) || it.secondary_private_ips.contains(&address)
        }
        _ => false,
    }
}

/// A group's name is unique in its VPC whatever the case of its letters.
fn group_name(draft: &Draft<'_>, vpc: &ResourceId, wanted: &str) -> String {
    let groups = draft.of_kind(Kind::SecurityGroup).into_iter().filter_map(|it| it.kind.as_security_group());
    let taken: BTreeSet<String> =
        groups.filter(|it| it.vpc_id == *vpc).map(|it| it.group_name.to_lowercase()).collect();
    if !taken.contains(&wanted.to_lowercase()) {
        return wanted.to_owned();
    }
    fresh::first_free(&taken, &wanted.to_lowercase())
}

/// The address as far from `to`'s first one as `address` is from `from`'s.
fn shifted(from: &Ipv4Net, to: &Ipv4Net, address: Ipv4Addr) -> Option<Ipv4Addr> {
    let distance = u32::from(address).checked_sub(u32::from(from.network()))?;
    u32::from(to.network()).checked_add(distance).map(Ipv4Addr::from).filter(|it| to.contains(it))
}

fn shifted_block(from: &Ipv4Net, to: &Ipv4Net, block: &Ipv4Net) -> Option<Ipv4Net> {
    let network = shifted(from, to, block.network())?;
    Ipv4Net::new(network, block.prefix_len()).ok().filter(|it| to.contains(it))
}
