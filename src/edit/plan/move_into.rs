//! `MoveInto`: a box is dropped into another container.

use super::Planned;
use crate::{
    edit::{
        draft::{Draft, kind_name, list, vpc_of_container},
        fresh, homes,
        refusal::Refusal,
    },
    model::{Container, Instance, Kind, ResourceId, ResourceKind, Subnet},
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
    let before = instance.vpc_security_group_ids.len();
    let topology = draft.topology();
    instance
        .vpc_security_group_ids
        .retain(|group| topology.vpc_of(group).is_none_or(|its| Some(its) == vpc.as_ref()));
    if instance.vpc_security_group_ids.len() != before {
        draft.note(t!("edit-note-groups-dropped", name = name));
    }
    drop_foreign_routes(draft, id, vpc.as_ref());
    instance.subnet_id = subnet.clone();
    draft.change(id, |kind| *kind = instance.into());
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
