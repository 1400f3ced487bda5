//! `MoveInto`: a box is dropped into another container.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::Planned;
use crate::{
    edit::{
        draft::{Draft, kind_name, list, vpc_of_container},
        fresh, homes,
        refusal::Refusal,
    },
    model::{Container, Instance, Kind, NetworkInterface, ResourceId, ResourceKind, Subnet},
    t,
};

pub(super) fn plan(
    mut draft: Draft<'_>,
    id: &ResourceId,
    into: &Container,
    at: Option<(i32, i32)>,
) -> Result<Planned, Refusal> {
    let resource = draft.require(id)?;
    let (kind, name) = (resource.kind.kind(), resource.label().to_owned());
    let now = draft.topology().container(id);
    let home = target(&draft, id, kind, into)?;
    if home != now {
        rehome(&mut draft, id, &home)?;
    }
    if let Container::Lane(vpc, zone) = &home {
        draft.ensure_lane(vpc, zone);
    }
    if home == *into && at.is_some() {
        draft.place_at(id, at);
    } else if home != now {
        draft.place_at(id, None);
    }
    Ok(draft.finish(t!("edit-label-move", name = name)))
}

/// Where the resource comes to live; a drop on the frame in which it lives already changes nothing.
fn target(draft: &Draft<'_>, id: &ResourceId, kind: Kind, into: &Container) -> Result<Container, Refusal> {
    let now = draft.topology().container(id);
    let own_frame = match &now {
        Container::Lane(vpc, _) => *into == Container::Vpc(vpc.clone()),
        _ => false,
    };
    if own_frame || *into == now {
        return Ok(now);
    }
    homes::home(draft, kind, into)
}

fn rehome(draft: &mut Draft<'_>, id: &ResourceId, home: &Container) -> Result<(), Refusal> {
    match (draft.require(id)?.kind.clone(), home) {
        (ResourceKind::Subnet(subnet), Container::Lane(vpc, zone)) => {
            move_subnet(draft, id, &subnet, vpc, zone)
        }
        (ResourceKind::Instance(instance), Container::Subnet(subnet)) => {
            move_instance(draft, id, instance, subnet);
            Ok(())
        }
        (ResourceKind::NatGateway(mut nat), Container::Subnet(subnet)) => {
            drop_foreign_routes(draft, id, draft.topology().vpc_of(subnet));
            nat.subnet_id = subnet.clone();
            draft.change(id, |kind| *kind = nat.into());
            Ok(())
        }
        (ResourceKind::InternetGateway(_), _) => move_gateway(draft, id, home),
        (ResourceKind::InterfaceEndpoint(it), Container::Subnet(subnet)) => {
            move_interface(draft, id, &it.vpc_id, &it.subnet_ids, subnet)
        }
        (ResourceKind::VpnGateway(_), _) => move_vpn_gateway(draft, id, home),
        (ResourceKind::NetworkInterface(it), Container::Subnet(subnet)) => {
            move_network_interface(draft, id, it, subnet);
            Ok(())
        }
        (ResourceKind::InstanceConnectEndpoint(mut it), Container::Subnet(subnet)) => {
            keep_groups(draft, id, &mut it.security_group_ids, draft.topology().vpc_of(subnet));
            it.subnet_id = subnet.clone();
            draft.change(id, |kind| *kind = it.into());
            Ok(())
        }
        (kind, _) => {
            let message = t!("edit-move-stays", kind = kind_name(kind.kind()), name = draft.label(id));
            Err(Refusal::new(message, [id.clone()]))
        }
    }
}

/// Another lane changes the zone. Another VPC takes only an empty subnet, which then starts there on
/// the main table and the default network ACL.
fn move_subnet(
    draft: &mut Draft<'_>,
    id: &ResourceId,
    subnet: &Subnet,
    vpc: &ResourceId,
    zone: &str,
) -> Result<(), Refusal> {
    let mut subnet = subnet.clone();
    zone.clone_into(&mut subnet.availability_zone);
    if subnet.vpc_id != *vpc {
        let users: Vec<ResourceId> =
            draft.index().referrers(id).iter().map(|(user, _)| user.clone()).collect();
        if !users.is_empty() {
            let names: Vec<String> = users.iter().map(|user| draft.label(user)).collect();
            let message = t!("edit-move-subnet-used", name = draft.label(id), users = list(&names));
            return Err(Refusal::new(message, std::iter::once(id.clone()).chain(users)));
        }
        if !fresh::is_free_in(draft, vpc, &subnet.cidr_block) {
            let prefix = subnet.cidr_block.prefix_len();
            subnet.cidr_block = fresh::free_subnet_block_of(draft, vpc, prefix).ok_or_else(|| {
                Refusal::new(t!("edit-no-subnet-block", vpc = draft.label(vpc)), [vpc.clone()])
            })?;
            draft.note(t!("edit-note-new-block", name = draft.label(id), block = subnet.cidr_block));
        }
        if subnet.route_table_id.take().is_some() | subnet.network_acl_id.take().is_some() {
            draft.note(t!("edit-note-associations-dropped", name = draft.label(id), vpc = draft.label(vpc)));
        }
        subnet.vpc_id = vpc.clone();
    }
    draft.change(id, |kind| *kind = subnet.into());
    Ok(())
}

fn move_instance(draft: &mut Draft<'_>, id: &ResourceId, mut instance: Instance, subnet: &ResourceId) {
    let vpc = draft.topology().vpc_of(subnet).cloned();
    let name = draft.label(id);
    let block = draft.kind(subnet).and_then(ResourceKind::as_subnet).map(|it| it.cidr_block);
    if let (Some(address), Some(block)) = (instance.private_ip, block)
        && !block.contains(&address)
    {
        instance.private_ip = None;
        draft.note(t!("edit-note-address-dropped", name = name.as_str(), address = address, block = block));
    }
    keep_groups(draft, id, &mut instance.vpc_security_group_ids, vpc.as_ref());
    forget_addresses(draft, subnet, &mut instance.secondary_private_ips, &mut instance.ipv6_addresses);
    drop_foreign_routes(draft, id, vpc.as_ref());
    instance.subnet_id = subnet.clone();
    draft.change(id, |kind| *kind = instance.into());
}

/// A group cannot leave its VPC: a member that moves to another one loses it.
fn keep_groups(
    draft: &mut Draft<'_>,
    id: &ResourceId,
    groups: &mut Vec<ResourceId>,
    vpc: Option<&ResourceId>,
) {
    let before = groups.len();
    let topology = draft.topology();
    groups.retain(|group| topology.vpc_of(group).is_none_or(|its| Some(its) == vpc));
    if groups.len() != before {
        draft.note(t!("edit-note-groups-dropped", name = draft.label(id)));
    }
}

/// Further addresses that the new subnet does not have are AWS's to choose again.
fn forget_addresses(
    draft: &Draft<'_>,
    subnet: &ResourceId,
    private: &mut Vec<Ipv4Addr>,
    ipv6: &mut Vec<Ipv6Addr>,
) {
    let Some(subnet) = draft.kind(subnet).and_then(ResourceKind::as_subnet) else { return };
    private.retain(|address| subnet.cidr_block.contains(address));
    ipv6.retain(|address| subnet.ipv6_cidr_block.is_some_and(|block| block.contains(address)));
}

fn move_network_interface(
    draft: &mut Draft<'_>,
    id: &ResourceId,
    mut interface: NetworkInterface,
    subnet: &ResourceId,
) {
    let vpc = draft.topology().vpc_of(subnet).cloned();
    let block = draft.kind(subnet).and_then(ResourceKind::as_subnet).map(|it| it.cidr_block);
    if let (Some(address), Some(block)) = (interface.private_ip, block)
        && !block.contains(&address)
    {
        interface.private_ip = None;
        draft.note(t!("edit-note-address-dropped", name = draft.label(id), address = address, block = block));
    }
    keep_groups(draft, id, &mut interface.security_group_ids, vpc.as_ref());
    forget_addresses(draft, subnet, &mut interface.secondary_private_ips, &mut interface.ipv6_addresses);
    drop_foreign_routes(draft, id, vpc.as_ref());
    interface.subnet_id = subnet.clone();
    draft.change(id, |kind| *kind = interface.into());
}

fn move_vpn_gateway(draft: &mut Draft<'_>, id: &ResourceId, home: &Container) -> Result<(), Refusal> {
    let vpc = vpc_of_container(draft.topology(), home).cloned();
    if let Some(vpc) = &vpc {
        homes::one_vpn_gateway(draft, vpc, Some(id))?;
        drop_foreign_routes(draft, id, Some(vpc));
    }
    draft.change(id, |kind| {
        if let Some(gateway) = kind.as_vpn_gateway_mut() {
            gateway.vpc_id = vpc;
        }
    });
    Ok(())
}

fn move_gateway(draft: &mut Draft<'_>, id: &ResourceId, home: &Container) -> Result<(), Refusal> {
    let vpc = vpc_of_container(draft.topology(), home).cloned();
    if let Some(vpc) = &vpc {
        homes::one_gateway(draft, vpc, Some(id))?;
        drop_foreign_routes(draft, id, Some(vpc));
    } else if !draft.index().referrers(id).is_empty() {
        draft.note(t!("edit-note-detached-routes", gateway = draft.label(id)));
    }
    draft.change(id, |kind| {
        if let Some(gateway) = kind.as_internet_gateway_mut() {
            gateway.vpc_id = vpc;
        }
    });
    Ok(())
}

/// Takes the routes to `id` out of the tables of other VPCs: a route cannot leave its VPC.
fn drop_foreign_routes(draft: &mut Draft<'_>, id: &ResourceId, vpc: Option<&ResourceId>) {
    let tables: Vec<ResourceId> = draft
        .index()
        .users(id, "routes")
        .filter(|table| draft.topology().vpc_of(table) != vpc)
        .cloned()
        .collect();
    for table in tables {
        draft.change(&table, |kind| {
            if let Some(table) = kind.as_route_table_mut() {
                table.routes.retain(|route| route.target.resource() != Some(id));
            }
        });
        draft.note(t!("edit-note-routes-dropped", table = draft.label(&table), target = draft.label(id)));
    }
}

/// Moves the only interface of an endpoint; among several the drop does not say which one is meant.
fn move_interface(
    draft: &mut Draft<'_>,
    id: &ResourceId,
    vpc: &ResourceId,
    subnets: &[ResourceId],
    into: &ResourceId,
) -> Result<(), Refusal> {
    let name = draft.label(id);
    if draft.topology().vpc_of(into) != Some(vpc) {
        let kind = kind_name(Kind::InterfaceEndpoint);
        return Err(Refusal::new(t!("edit-move-stays", kind = kind, name = name), [id.clone()]));
    }
    if subnets.contains(into) {
        return Ok(());
    }
    if subnets.len() > 1 {
        let message = t!("edit-move-interfaces", name = name, count = subnets.len());
        return Err(Refusal::new(message, [id.clone()]));
    }
    draft.change(id, |kind| {
        if let Some(endpoint) = kind.as_interface_endpoint_mut() {
            endpoint.subnet_ids = vec![into.clone()];
        }
    });
    Ok(())
}
