//! A plan cut down to some resources: what is done to them, what must be done before, and what leads to
//! them and would lead nowhere.

use std::collections::BTreeSet;

use super::{Action, ActionKind, Followers, Plan, Step};
use crate::{
    deploy::{cost::Cost, estimate::Estimate, observed::Observed},
    model::ResourceId,
};

/// Leaves the other resources as they are.
pub fn only(mut plan: Plan, resources: &BTreeSet<ResourceId>, observed: &Observed) -> Plan {
    let kept = selected(&plan, resources);
    let touched: BTreeSet<ResourceId> = kept
        .iter()
        .filter_map(|at| plan.actions.get(*at))
        .map(|action| action.resource.clone())
        .chain(resources.iter().cloned())
        .collect();
    let places = |kept: &BTreeSet<usize>, at: usize| kept.iter().position(|it| *it == at);
    let steps: BTreeSet<usize> = (0..plan.steps.len())
        .filter(|at| plan.steps.get(*at).is_some_and(|it| kept.contains(&it.action)))
        .collect();
    let renumbered = |step: &Step| {
        let after = step.after.iter().filter_map(|at| places(&steps, *at)).collect();
        Some(Step { action: places(&kept, step.action)?, after, ..step.clone() })
    };
    plan.steps = steps.iter().filter_map(|at| plan.steps.get(*at)).filter_map(renumbered).collect();
    let mut actions: Vec<Action> = kept.iter().filter_map(|at| plan.actions.get(*at).cloned()).collect();
    for action in &mut actions {
        action.after.retain(|id| touched.contains(id));
    }
    plan.actions = actions;
    plan.problems
        .retain(|it| it.subjects.is_empty() || it.subjects.iter().any(|it| touched.contains(&it.id)));
    plan.cost = Cost::of(&plan.actions, &plan.desired, observed);
    plan.estimate = Estimate::of(&plan.actions, &plan.steps, &Followers::of(&plan.steps));
    plan
}

/// The actions that are left.
fn selected(plan: &Plan, resources: &BTreeSet<ResourceId>) -> BTreeSet<usize> {
    let named = plan.actions.iter().enumerate().filter(|(_, it)| resources.contains(&it.resource));
    let mut kept: BTreeSet<usize> =
        named.filter(|(_, it)| it.kind != ActionKind::NoOp).map(|(at, _)| at).collect();
    let kind = |action: usize| plan.actions.get(action).map(|it| it.kind);
    loop {
        let before = kept.len();
        let made_anew: BTreeSet<usize> = plan
            .steps
            .iter()
            .enumerate()
            .filter(|(_, step)| kept.contains(&step.action))
            .filter(|(_, step)| matches!(kind(step.action), Some(ActionKind::Create | ActionKind::Replace)))
            .map(|(at, _)| at)
            .collect();
        for step in &plan.steps {
            if kept.contains(&step.action) {
                let needed = step.after.iter().filter_map(|at| plan.steps.get(*at)).map(|it| it.action);
                kept.extend(needed);
            } else if kind(step.action) == Some(ActionKind::Update) && !step.after.is_disjoint(&made_anew) {
                kept.insert(step.action);
            }
        }
        if kept.len() == before {
            return kept;
        }
    }
}
