//! `Set`: one field of one resource changes.

use std::collections::BTreeSet;

use super::Planned;
use crate::{
    edit::{
        draft::{Draft, kind_name},
        homes,
        refusal::Refusal,
    },
    model::{Field, Home, Reference, ResourceId, ResourceKind, targets},
    t,
};

pub(super) fn plan(
    mut draft: Draft<'_>,
    id: &ResourceId,
    field: &Field,
    to: &ResourceKind,
) -> Result<Planned, Refusal> {
    let resource = draft.require(id)?;
    let (before, name) = (resource.kind.clone(), resource.label().to_owned());
    if before.kind() != to.kind() {
        let kind = kind_name(before.kind());
        return Err(Refusal::new(t!("edit-set-kind", name = name, kind = kind), [id.clone()]));
    }
    refuse_flags(id, &name, &before, to)?;
    refuse_references(&draft, id, &before, to)?;
    refuse_vpc(&draft, id, &name, &before, to)?;
    draft.change(id, |kind| kind.clone_from(to));
    if let ResourceKind::Subnet(subnet) = to {
        let zone = subnet.availability_zone.trim();
        if zone.is_empty() {
            return Err(Refusal::new(t!("edit-zone-empty"), [id.clone()]));
        }
        if draft.kind(&subnet.vpc_id).is_some() && before != *to {
            draft.ensure_lane(&subnet.vpc_id, &subnet.availability_zone);
        }
    }
    if moves(&before, to) {
        draft.place_at(id, None);
    }
    Ok(draft.finish(t!("edit-label-set", field = field, name = name)))
}

/// Whether the new fields put the resource into another container, where its place means nothing.
fn moves(before: &ResourceKind, to: &ResourceKind) -> bool {
    let zone = |kind: &ResourceKind| kind.as_subnet().map(|it| it.availability_zone.clone());
    before.home() != to.home() || zone(before) != zone(to)
}

/// Whether a table is the main one is a matter of the whole VPC; whether AWS made an ACL or a group
/// is a fact.
fn refuse_flags(
    id: &ResourceId,
    name: &str,
    before: &ResourceKind,
    to: &ResourceKind,
) -> Result<(), Refusal> {
    let message = match (before, to) {
        (ResourceKind::RouteTable(a), ResourceKind::RouteTable(b)) if a.main != b.main => {
            t!("edit-set-main", name = name)
        }
        (ResourceKind::NetworkAcl(a), ResourceKind::NetworkAcl(b)) if a.is_default != b.is_default => {
            t!("edit-set-default", name = name)
        }
        (ResourceKind::SecurityGroup(a), ResourceKind::SecurityGroup(b)) if a.is_default != b.is_default => {
            t!("edit-set-default", name = name)
        }
        _ => return Ok(()),
    };
    Err(Refusal::new(message, [id.clone()]))
}

/// A reference that is new must lead to a resource of the kind that the field speaks of. One that
/// led nowhere before, as in an imported file, may stay while something else is mended.
fn refuse_references(
    draft: &Draft<'_>,
    id: &ResourceId,
    before: &ResourceKind,
    to: &ResourceKind,
) -> Result<(), Refusal> {
    let old: BTreeSet<(String, ResourceId)> =
        before.references().into_iter().map(|it| (last_name(&it.field).to_owned(), it.to)).collect();
    for Reference { field, to } in to.references() {
        if old.contains(&(last_name(&field).to_owned(), to.clone())) {
            continue;
        }
        let Some(found) = draft.get(&to) else {
            return Err(Refusal::new(t!("edit-set-missing", field = &field, to = &to), [id.clone()]));
        };
        let (expected, kind) = (targets::of(last_name(&field)), found.kind.kind());
        if let Some(expected) = expected.filter(|expected| !expected.contains(&kind)) {
            let message = t!(
                "edit-set-wrong-kind",
                field = &field,
                to = found.label(),
                kind = kind_name(kind),
                expected = expected.iter().copied().map(kind_name).collect::<Vec<_>>().join(" / "),
            );
            return Err(Refusal::new(message, [id.clone(), to]));
        }
    }
    Ok(())
}

/// The VPC of a resource changes only where AWS can do that: an internet gateway's attachment.
fn refuse_vpc(
    draft: &Draft<'_>,
    id: &ResourceId,
    name: &str,
    before: &ResourceKind,
    to: &ResourceKind,
) -> Result<(), Refusal> {
    match to {
        _ if before == to => return Ok(()),
        ResourceKind::InternetGateway(gateway) => {
            return gateway.vpc_id.as_ref().map_or(Ok(()), |vpc| homes::one_gateway(draft, vpc, Some(id)));
        }
        ResourceKind::VpnGateway(gateway) => {
            return gateway
                .vpc_id
                .as_ref()
                .map_or(Ok(()), |vpc| homes::one_vpn_gateway(draft, vpc, Some(id)));
        }
        _ => {}
    }
    if own_vpc(before) == own_vpc(to) || own_vpc(before).is_some_and(|vpc| draft.get(vpc).is_none()) {
        return Ok(());
    }
    let message = t!("edit-move-stays", kind = kind_name(to.kind()), name = name);
    Err(Refusal::new(message, [id.clone()]))
}

fn own_vpc(kind: &ResourceKind) -> Option<&ResourceId> {
    match (kind, kind.home()) {
        // The two gateways are attached and detached as one likes.
        (ResourceKind::InternetGateway(_) | ResourceKind::VpnGateway(_), _) => None,
        (_, Home::Vpc(vpc)) => Some(vpc),
        _ => None,
    }
}

/// `gateway_id` of `routes[2].gateway_id`, `subnet_ids` of `subnet_ids[0]`.
fn last_name(field: &Field) -> &str {
    let last = field.as_str().rsplit('.').next().unwrap_or_default();
    last.split('[').next().unwrap_or_default()
}
