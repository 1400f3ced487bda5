//! `Delete`: what is named goes, with everything that cannot exist without it; mere mentions of what
//! went are removed from what stays.

use std::collections::BTreeSet;

use super::Planned;
use crate::{
    edit::{
        draft::{Draft, list},
        refusal::Refusal,
    },
    model::{ResourceId, ResourceKind},
    t,
};

pub(super) fn plan(mut draft: Draft<'_>, ids: &[ResourceId]) -> Result<Planned, Refusal> {
    for id in ids {
        draft.require(id)?;
    }
    let doomed = with_dependents(&draft, ids);
    refuse_implicit(&draft, &doomed)?;
    let label = match ids {
        [id] => t!("edit-label-delete", name = draft.label(id)),
        _ => t!("edit-label-delete-many", count = ids.len()),
    };
    note_company(&mut draft, ids, &doomed);
    note_freed_addresses(&mut draft, &doomed);
    forget(&mut draft, &doomed);
    drop_checks(&mut draft, &doomed);
    for id in &doomed {
        draft.remove(id);
    }
    draft.select(Vec::new());
    Ok(draft.finish(label))
}

/// The named resources and all whose required reference would lead nowhere.
fn with_dependents(draft: &Draft<'_>, ids: &[ResourceId]) -> BTreeSet<ResourceId> {
    let mut doomed: BTreeSet<ResourceId> = ids.iter().cloned().collect();
    let mut open: Vec<ResourceId> = ids.to_vec();
    while let Some(gone) = open.pop() {
        for (user, _) in draft.index().referrers(&gone) {
            if !doomed.contains(user) && needs(draft, user, &gone) {
                doomed.insert(user.clone());
                open.push(user.clone());
            }
        }
    }
    doomed
}

/// Whether `user` has a field that must name `gone`.
fn needs(draft: &Draft<'_>, user: &ResourceId, gone: &ResourceId) -> bool {
    draft.kind(user).is_some_and(|kind| {
        let mut kind = kind.clone();
        let orphaned = kind.map_references(&mut |id| (id != gone).then(|| id.clone()));
        !orphaned.is_empty()
    })
}

/// What AWS makes with a VPC can only go with the VPC.
fn refuse_implicit(draft: &Draft<'_>, doomed: &BTreeSet<ResourceId>) -> Result<(), Refusal> {
    for id in doomed {
        let Some(vpc) = draft.kind(id).and_then(ResourceKind::implicit_vpc) else {
            continue;
        };
        if doomed.contains(vpc) || draft.get(vpc).is_none() {
            continue;
        }
        let (name, vpc_name) = (draft.label(id), draft.label(vpc));
        let message = match draft.kind(id) {
            Some(ResourceKind::RouteTable(_)) => t!("edit-delete-main-table", name = name, vpc = vpc_name),
            Some(ResourceKind::NetworkAcl(_)) => t!("edit-delete-default-acl", name = name, vpc = vpc_name),
            _ => t!("edit-delete-default-group", name = name, vpc = vpc_name),
        };
        return Err(Refusal::new(message, [id.clone(), vpc.clone()]));
    }
    Ok(())
}

fn note_company(draft: &mut Draft<'_>, ids: &[ResourceId], doomed: &BTreeSet<ResourceId>) {
    let named: BTreeSet<&ResourceId> = ids.iter().collect();
    let company: Vec<String> =
        doomed.iter().filter(|id| !named.contains(id)).map(|id| draft.label(id)).collect();
    if !company.is_empty() {
        draft.note(t!("edit-note-deleted-too", count = company.len(), names = list(&company)));
    }
}

/// An Elastic IP is paid for and may be known to others, so it stays when its user goes.
fn note_freed_addresses(draft: &mut Draft<'_>, doomed: &BTreeSet<ResourceId>) {
    let mut freed = Vec::new();
    for id in doomed {
        let nat = draft.kind(id).and_then(ResourceKind::as_nat_gateway);
        freed.extend(nat.and_then(|nat| nat.allocation_id.clone()));
        if draft.kind(id).is_some_and(|kind| kind.as_instance().is_some()) {
            freed.extend(draft.index().users(id, "instance_id").cloned());
        }
    }
    let stays = |id: &ResourceId| {
        !doomed.contains(id) && draft.kind(id).is_some_and(|kind| kind.as_elastic_ip().is_some())
    };
    let names: Vec<String> = freed.iter().filter(|id| stays(id)).map(|id| draft.label(id)).collect();
    if !names.is_empty() {
        draft.note(t!("edit-note-addresses-stay", names = list(&names)));
    }
}

/// Removes the mentions of what goes from what stays, and says where routes went with them.
fn forget(draft: &mut Draft<'_>, doomed: &BTreeSet<ResourceId>) {
    let mut users: BTreeSet<ResourceId> = BTreeSet::new();
    for id in doomed {
        users.extend(draft.index().referrers(id).iter().map(|(user, _)| user.clone()));
    }
    let (mut tables, mut subnets) = (Vec::new(), Vec::new());
    for user in users.difference(doomed) {
        let routes = |kind: Option<&ResourceKind>| {
            kind.and_then(ResourceKind::as_route_table).map(|it| it.routes.len())
        };
        let before = routes(draft.kind(user));
        draft.change(user, |kind| {
            // What stays needs none of what goes, so nothing is orphaned here.
            kind.map_references(&mut |id| (!doomed.contains(id)).then(|| id.clone()));
        });
        if routes(draft.kind(user)) != before {
            tables.push(draft.label(user));
        }
        if draft.kind(user).is_some_and(|kind| kind.as_subnet().is_some()) {
            subnets.push(draft.label(user));
        }
    }
    if !subnets.is_empty() {
        draft.note(t!("edit-note-subnets-implicit", subnets = list(&subnets)));
    }
    if !tables.is_empty() {
        draft.note(t!("edit-note-routes-removed", tables = list(&tables)));
    }
}

/// A saved check that names what is gone can no longer be answered.
fn drop_checks(draft: &mut Draft<'_>, doomed: &BTreeSet<ResourceId>) {
    let names_gone = |text: &str| doomed.contains(text);
    let dropped: Vec<String> = draft
        .document()
        .checks
        .iter()
        .filter(|(_, check)| names_gone(&check.from) || names_gone(&check.to))
        .map(|(name, _)| name.clone())
        .collect();
    for name in &dropped {
        draft.set_check(name, None);
    }
    if !dropped.is_empty() {
        draft.note(t!("edit-note-checks-removed", names = list(&dropped)));
    }
}
