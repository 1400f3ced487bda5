//! Arrows that associate one resource with another.

use super::same_vpc;
use crate::{
    edit::{draft::Draft, refusal::Refusal},
    model::{ConnectivityType, ResourceId, ResourceKind},
    t,
};

/// The subnet is served by this table from now on.
pub(super) fn table(draft: &mut Draft<'_>, subnet: &ResourceId, table: &ResourceId) -> Result<(), Refusal> {
    same_vpc(draft, subnet, table)?;
    draft.change(subnet, |kind| {
        if let Some(it) = kind.as_subnet_mut() {
            it.route_table_id = Some(table.clone());
        }
    });
    let (subnet, table) = (draft.label(subnet), draft.label(table));
    draft.note(t!("edit-note-associated", subnet = subnet, table = table));
    Ok(())
}

/// The subnet is guarded by this network ACL from now on.
pub(super) fn acl(draft: &mut Draft<'_>, subnet: &ResourceId, acl: &ResourceId) -> Result<(), Refusal> {
    same_vpc(draft, subnet, acl)?;
    draft.change(subnet, |kind| {
        if let Some(it) = kind.as_subnet_mut() {
            it.network_acl_id = Some(acl.clone());
        }
    });
    let (subnet, acl) = (draft.label(subnet), draft.label(acl));
    draft.note(t!("edit-note-guarded", subnet = subnet, acl = acl));
    Ok(())
}

/// The endpoint gets a network interface in the subnet. It has at most one in a zone.
pub(super) fn interface(
    draft: &mut Draft<'_>,
    subnet: &ResourceId,
    endpoint: &ResourceId,
) -> Result<(), Refusal> {
    same_vpc(draft, subnet, endpoint)?;
    let zone_of = |id: &ResourceId| Some(draft.kind(id)?.as_subnet()?.availability_zone.clone());
    let zone = zone_of(subnet);
    let present = draft.kind(endpoint).and_then(ResourceKind::as_interface_endpoint);
    let present = present.map_or(&[][..], |it| it.subnet_ids.as_slice());
    if present.contains(subnet) {
        return Ok(());
    }
    if let Some(other) = present.iter().find(|other| zone_of(other) == zone) {
        let message = t!(
            "edit-second-interface",
            endpoint = draft.label(endpoint),
            other = draft.label(other),
            zone = zone.unwrap_or_default(),
        );
        return Err(Refusal::new(message, [endpoint.clone(), subnet.clone(), other.clone()]));
    }
    draft.change(endpoint, |kind| {
        if let Some(it) = kind.as_interface_endpoint_mut() {
            it.subnet_ids.push(subnet.clone());
        }
    });
    Ok(())
}

/// The instance, interface, endpoint or load balancer becomes a member of the group.
pub(super) fn group(draft: &mut Draft<'_>, member: &ResourceId, group: &ResourceId) -> Result<(), Refusal> {
    same_vpc(draft, member, group)?;
    draft.change(member, |kind| {
        let groups = match kind {
            ResourceKind::Instance(it) => &mut it.vpc_security_group_ids,
            ResourceKind::InterfaceEndpoint(it) => &mut it.security_group_ids,
            ResourceKind::NetworkInterface(it) => &mut it.security_group_ids,
            ResourceKind::InstanceConnectEndpoint(it) => &mut it.security_group_ids,
            ResourceKind::LoadBalancer(it) => &mut it.security_group_ids,
            _ => return,
        };
        if !groups.contains(group) {
            groups.push(group.clone());
        }
    });
    Ok(())
}

/// The instance is opened by this key.
pub(super) fn key_pair(draft: &mut Draft<'_>, instance: &ResourceId, key: &ResourceId) {
    let mut replaced = None;
    draft.change(instance, |kind| {
        if let Some(it) = kind.as_instance_mut() {
            replaced = it.key_pair_id.replace(key.clone());
        }
    });
    if let Some(old) = replaced.filter(|old| old != key) {
        let (instance, old) = (draft.label(instance), draft.label(&old));
        draft.note(t!("edit-note-key-replaced", instance = instance, old = old));
    }
}

/// The address leads to the NAT gateway, instance or interface, and no longer to what it led to before.
pub(super) fn address(draft: &mut Draft<'_>, address: &ResourceId, to: &ResourceId) -> Result<(), Refusal> {
    let nat = draft.kind(to).and_then(ResourceKind::as_nat_gateway);
    if nat.is_some_and(|nat| nat.connectivity_type == ConnectivityType::Private) {
        return Err(Refusal::new(t!("edit-private-nat", nat = draft.label(to)), [to.clone()]));
    }
    let goes_to_nat = nat.is_some();
    release(draft, address, to);
    let mut left_over = None;
    if goes_to_nat {
        draft.change(to, |kind| {
            if let Some(it) = kind.as_nat_gateway_mut() {
                it.secondary_allocation_ids.retain(|id| id != address);
                left_over = it.allocation_id.replace(address.clone());
            }
        });
    } else {
        left_over = other_address_of(draft, address, to);
        if let Some(old) = &left_over {
            set_user(draft, old, None);
        }
        set_user(draft, address, Some(to));
    }
    if let Some(old) = left_over.filter(|old| old != address) {
        draft.note(t!("edit-note-address-replaced", to = draft.label(to), old = draft.label(&old)));
    }
    Ok(())
}

/// Takes the address from whoever has it but `to`.
fn release(draft: &mut Draft<'_>, address: &ResourceId, to: &ResourceId) {
    let gateways = ["allocation_id", "secondary_allocation_ids"];
    let mut owners: Vec<ResourceId> =
        gateways.iter().flat_map(|field| draft.index().users(address, field)).cloned().collect();
    if let Some(it) = draft.kind(address).and_then(ResourceKind::as_elastic_ip) {
        owners.extend(it.instance_id.iter().chain(&it.network_interface_id).cloned());
    }
    owners.retain(|owner| owner != to);
    set_user(draft, address, None);
    for owner in owners {
        draft.change(&owner, |kind| {
            if let Some(it) = kind.as_nat_gateway_mut() {
                it.allocation_id = it.allocation_id.take().filter(|id| id != address);
                it.secondary_allocation_ids.retain(|id| id != address);
            }
        });
        draft.note(t!(
            "edit-note-address-taken",
            address = draft.label(address),
            owner = draft.label(&owner)
        ));
    }
}

/// The instance or interface that the address leads to; another one gives it another private address.
fn set_user(draft: &mut Draft<'_>, address: &ResourceId, to: Option<&ResourceId>) {
    let is_interface = to.and_then(|to| draft.kind(to)).is_some_and(|it| it.as_network_interface().is_some());
    draft.change(address, |kind| {
        let Some(it) = kind.as_elastic_ip_mut() else { return };
        let (instance, interface) = if is_interface { (None, to) } else { (to, None) };
        let stays = it.instance_id.as_ref() == instance && it.network_interface_id.as_ref() == interface;
        if !stays {
            it.private_ip_address = None;
        }
        (it.instance_id, it.network_interface_id) = (instance.cloned(), interface.cloned());
    });
}

/// Another address of the same instance or interface: it has one for its primary private address.
fn other_address_of(draft: &Draft<'_>, address: &ResourceId, to: &ResourceId) -> Option<ResourceId> {
    let users = ["instance_id", "network_interface_id"];
    let mut addresses = users.iter().flat_map(|field| draft.index().users(to, field));
    addresses
        .find(|id| {
            let other = draft.kind(id).and_then(ResourceKind::as_elastic_ip);
            *id != address && other.is_some_and(|it| it.private_ip_address.is_none())
        })
        .cloned()
}
