//! Arrows that edit a route table.

use super::same_vpc;
use crate::{
    edit::{
        draft::{Draft, list},
        homes,
        refusal::Refusal,
    },
    model::{
        Kind, ResourceId, ResourceKind, Route, RouteDestination, RouteTarget,
        routing::{self, Association},
    },
    net::Ipv4Net,
    t,
};

/// The subnet's effective table sends everything to the target, whether that table is the main one
/// or shared; the note says which one it was and whom else it serves.
pub(super) fn from_subnet(
    draft: &mut Draft<'_>,
    subnet: &ResourceId,
    (to, kind): (&ResourceId, Kind),
) -> Result<(), Refusal> {
    let (table, _) = effective(draft, subnet)?;
    reach(draft, subnet, to, kind)?;
    set_default(draft, &table, to, kind);
    explain(draft, subnet, &table);
    Ok(())
}

/// The table sends everything to the target.
pub(super) fn from_table(
    draft: &mut Draft<'_>,
    table: &ResourceId,
    (to, kind): (&ResourceId, Kind),
) -> Result<(), Refusal> {
    reach(draft, table, to, kind)?;
    set_default(draft, table, to, kind);
    let served = served_by(draft, table);
    if served.is_empty() {
        draft.note(t!("edit-note-table-serves-none", table = draft.label(table)));
    } else {
        draft.note(t!(
            "edit-note-table-serves",
            table = draft.label(table),
            subnets = list(&labels(draft, &served))
        ));
    }
    Ok(())
}

/// The subnet's effective table gets the endpoint's route.
pub(super) fn to_endpoint_from_subnet(
    draft: &mut Draft<'_>,
    subnet: &ResourceId,
    endpoint: &ResourceId,
) -> Result<(), Refusal> {
    let (table, _) = effective(draft, subnet)?;
    to_endpoint(draft, &table, endpoint)?;
    explain(draft, subnet, &table);
    Ok(())
}

/// The table gets the endpoint's route.
pub(super) fn to_endpoint(
    draft: &mut Draft<'_>,
    table: &ResourceId,
    endpoint: &ResourceId,
) -> Result<(), Refusal> {
    same_vpc(draft, table, endpoint)?;
    draft.change(endpoint, |kind| {
        if let Some(it) = kind.as_gateway_endpoint_mut()
            && !it.route_table_ids.contains(table)
        {
            it.route_table_ids.push(table.clone());
        }
    });
    let (table, endpoint) = (draft.label(table), draft.label(endpoint));
    draft.note(t!("edit-note-endpoint-route", table = table, endpoint = endpoint));
    Ok(())
}

pub(super) fn effective(
    draft: &Draft<'_>,
    subnet: &ResourceId,
) -> Result<(ResourceId, Association), Refusal> {
    routing::effective_route_table(draft.topology(), draft.index(), subnet)
        .filter(|(table, _)| draft.kind(table).and_then(ResourceKind::as_route_table).is_some())
        .map(|(table, how)| (table.clone(), how))
        .ok_or_else(|| Refusal::new(t!("edit-no-table", subnet = draft.label(subnet)), [subnet.clone()]))
}

/// The target must lie in the VPC; an internet gateway that is free is attached on the way.
fn reach(draft: &mut Draft<'_>, from: &ResourceId, to: &ResourceId, kind: Kind) -> Result<(), Refusal> {
    let unattached = kind == Kind::InternetGateway && draft.topology().vpc_of(to).is_none();
    let vpc = draft.topology().vpc_of(from).cloned();
    let (true, Some(vpc)) = (unattached, vpc) else {
        return same_vpc(draft, from, to);
    };
    homes::one_gateway(draft, &vpc, Some(to))?;
    super::attach(draft, to, &vpc)?;
    draft.note(t!("edit-note-attached", gateway = draft.label(to), vpc = draft.label(&vpc)));
    Ok(())
}

fn set_default(draft: &mut Draft<'_>, table: &ResourceId, to: &ResourceId, kind: Kind) {
    set(draft, table, RouteDestination::Ipv4(Ipv4Net::default()), (to, kind));
}

/// The table sends a destination to the target; a note says so, and what it replaced.
pub(super) fn set(
    draft: &mut Draft<'_>,
    table: &ResourceId,
    destination: RouteDestination,
    (to, kind): (&ResourceId, Kind),
) {
    let Some(target) = RouteTarget::to(kind, to.clone()) else { return };
    let shown = destination.to_string();
    let mut replaced = None;
    draft.change(table, |kind| {
        let Some(table) = kind.as_route_table_mut() else {
            return;
        };
        match table.routes.iter_mut().find(|route| route.destination == destination) {
            Some(route) => replaced = Some(std::mem::replace(&mut route.target, target)),
            None => table.routes.push(Route { destination, target }),
        }
    });
    let (table, name) = (draft.label(table), draft.label(to));
    match replaced {
        Some(old) if old.resource() != Some(to) => {
            let old = old.resource().map_or_else(|| old.to_string(), |id| draft.label(id));
            draft.note(t!(
                "edit-note-route-replaced",
                table = table,
                destination = shown,
                to = name,
                old = old
            ));
        }
        Some(_) => draft.note(t!("edit-note-route-present", table = table, destination = shown, to = name)),
        None => draft.note(t!("edit-note-route-added", table = table, destination = shown, to = name)),
    }
}

/// Says which table an arrow from a subnet has edited, and which other subnets it serves.
pub(super) fn explain(draft: &mut Draft<'_>, subnet: &ResourceId, table: &ResourceId) {
    let name = draft.label(table);
    let how = routing::effective_route_table(draft.topology(), draft.index(), subnet).map(|(_, how)| how);
    let subnet_name = draft.label(subnet);
    match how {
        Some(Association::Explicit) => {
            draft.note(t!("edit-note-table-explicit", table = name.as_str(), subnet = subnet_name));
        }
        _ => draft.note(t!("edit-note-table-main", table = name.as_str(), subnet = subnet_name)),
    }
    let mut others = served_by(draft, table);
    others.retain(|id| id != subnet);
    if !others.is_empty() {
        draft.note(t!("edit-note-table-shared", table = name, subnets = list(&labels(draft, &others))));
    }
}

/// The subnets whose effective table this is.
fn served_by(draft: &Draft<'_>, table: &ResourceId) -> Vec<ResourceId> {
    let Some(vpc) = draft.topology().vpc_of(table) else {
        return Vec::new();
    };
    draft
        .index()
        .subnets_of(draft.topology(), vpc)
        .filter(|id| {
            routing::effective_route_table(draft.topology(), draft.index(), id)
                .is_some_and(|(its, _)| its == table)
        })
        .cloned()
        .collect()
}

fn labels(draft: &Draft<'_>, ids: &[ResourceId]) -> Vec<String> {
    ids.iter().map(|id| draft.label(id)).collect()
}
