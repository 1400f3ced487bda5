//! `SetMainRouteTable`: another table serves every subnet without an association of its own.

use super::Planned;
use crate::{
    edit::{
        draft::{Draft, list},
        refusal::Refusal,
    },
    model::{ResourceId, ResourceKind},
    t,
};

pub(super) fn plan(mut draft: Draft<'_>, table: &ResourceId) -> Result<Planned, Refusal> {
    let resource = draft.require(table)?;
    let name = resource.label().to_owned();
    let Some(fields) = resource.kind.as_route_table() else {
        return Err(Refusal::new(t!("edit-main-not-table", name = name), [table.clone()]));
    };
    let vpc = fields.vpc_id.clone();
    let others: Vec<ResourceId> = draft.index().users(&vpc, "vpc_id").cloned().collect();
    for other in others {
        if draft.kind(&other).and_then(ResourceKind::as_route_table).is_some_and(|it| it.main) {
            set_main(&mut draft, &other, false);
        }
    }
    set_main(&mut draft, table, true);
    let served = implicitly_served(&draft, &vpc);
    if served.is_empty() {
        draft.note(t!("edit-main-serves-none", table = name.as_str()));
    } else {
        draft.note(t!("edit-main-serves", table = name.as_str(), subnets = list(&served)));
    }
    Ok(draft.finish(t!("edit-label-main", name = name)))
}

fn set_main(draft: &mut Draft<'_>, table: &ResourceId, main: bool) {
    draft.change(table, |kind| {
        if let Some(table) = kind.as_route_table_mut() {
            table.main = main;
        }
    });
}

fn implicitly_served(draft: &Draft<'_>, vpc: &ResourceId) -> Vec<String> {
    draft
        .index()
        .subnets_of(draft.topology(), vpc)
        .filter_map(|id| draft.get(id))
        .filter(|it| it.kind.as_subnet().is_some_and(|subnet| subnet.route_table_id.is_none()))
        .map(|it| it.label().to_owned())
        .collect()
}
