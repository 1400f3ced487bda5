//! `Batch`: several commands, one step of undo.

use std::collections::BTreeSet;

use super::{Planned, plan as plan_one};
use crate::{
    edit::{command::Command, draft::Draft, refusal::Refusal},
    model::{Document, Index, Op},
    t,
};

/// Plans every command on what the ones before it left, then keeps only what differs in the end.
pub(super) fn plan(
    document: &Document,
    index: &Index,
    label: &str,
    commands: &[Command],
) -> Result<Planned, Refusal> {
    let mut working = document.clone();
    let mut index = index.clone();
    let mut ops = Vec::new();
    let mut notes = Vec::new();
    let mut select = None;
    for command in commands {
        let planned = plan_one(&working, &index, command)?;
        working.apply(&planned.transaction).map_err(|_| Refusal::new(t!("edit-stale"), []))?;
        if planned.transaction.touches_network() {
            index.refresh(&working.topology);
        }
        ops.extend(planned.transaction.ops);
        notes.extend(planned.notes);
        select = planned.select.or(select);
    }
    if let Some(ids) = &mut select {
        ids.retain(|id| working.topology.get(id).is_some());
    }
    let mut planned = coalesce(document, &working, &ops, label);
    planned.notes = notes;
    planned.select = select;
    Ok(planned)
}

/// One op per thing that was touched, from the first state to the last.
fn coalesce(before: &Document, after: &Document, ops: &[Op], label: &str) -> Planned {
    // Nothing is looked up while the ops are made.
    let index = Index::default();
    let mut draft = Draft::new(before, &index);
    let mut removed = BTreeSet::new();
    for op in ops {
        match op {
            Op::Put { id, .. } => match after.topology.get(id) {
                Some(resource) => draft.put(resource.clone()),
                None => {
                    removed.insert(id);
                }
            },
            Op::Place { id, .. } => draft.place(id, after.diagram.placements.get(id).copied()),
            Op::Lanes { vpc, .. } => {
                draft.set_lanes(vpc, after.diagram.lanes.get(vpc).cloned().unwrap_or_default());
            }
            Op::PutCheck { name, .. } => draft.set_check(name, after.checks.get(name).cloned()),
            Op::PutSuppression { of, .. } => draft.suppress(of, after.suppressions.get(of).cloned()),
            Op::PutSeverity { code, .. } => draft.set_severity(code, after.severities.get(code).copied()),
            Op::Region { .. } => draft.set_region(&after.topology.region),
            Op::Name { .. } => draft.set_name(&after.name),
        }
    }
    for id in removed {
        draft.remove(id);
    }
    draft.finish(label.to_owned())
}
