//! How long a plan takes: each step as long as such a step usually takes, one after the other where one
//! waits for another, and no faster than calls may follow each other.

use std::collections::{BTreeSet, VecDeque};

use super::{
    engine::{BURST, CALLS_PER_SECOND, patience},
    plan::{Action, ActionKind, Followers, Step, Work},
};
use crate::cloud::Call;

/// How long a describing call takes, in milliseconds.
const LOOK_MS: u64 = 150;
/// How long a call takes of which nothing is known.
const CALL_MS: u64 = 350;

/// How long a plan takes, and what decides about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Estimate {
    /// From the first call to the end, in milliseconds.
    pub total_ms: u64,
    /// How long each action takes once nothing is in its way, in milliseconds; in the plan's order.
    pub actions: Vec<u64>,
    /// The actions that the end waits for: the longest chain of steps.
    pub critical: BTreeSet<usize>,
}

impl Estimate {
    /// Works it out.
    pub(super) fn of(all: &[Action], steps: &[Step], followers: &Followers) -> Self {
        let mut mends = vec![0; all.len()];
        for step in steps.iter().filter(|step| matches!(step.work, Work::Mend(_))) {
            if let Some(mends) = mends.get_mut(step.action) {
                *mends += 1;
            }
        }
        let costs: Vec<u64> = steps.iter().map(|step| cost(all, step, &mends)).collect();
        let ends = ends(steps, &costs, followers);
        let mut actions = vec![0; all.len()];
        for (step, cost) in steps.iter().zip(&costs) {
            if let Some(action) = actions.get_mut(step.action) {
                *action += cost;
            }
        }
        let doing = all.iter().filter(|action| action.kind != ActionKind::NoOp);
        let calls: u64 = doing.map(|action| action.calls.len() as u64).sum();
        let looks = steps.len() as u64;
        let floor = (calls + looks).saturating_sub(BURST) * 1_000 / CALLS_PER_SECOND;
        let longest = ends.iter().copied().max().unwrap_or_default();
        Self { total_ms: longest.max(floor), actions, critical: critical(steps, &costs, &ends) }
    }
}

/// How long one step usually takes, in milliseconds; `mends` counts the mending steps of each action.
fn cost(actions: &[Action], step: &Step, mends: &[u64]) -> u64 {
    let Some(action) = actions.get(step.action) else { return CALL_MS };
    match &step.work {
        Work::Create { .. } => {
            let makes = action.calls.iter().filter(|call| call.tags().is_some());
            makes.map(Call::usual_ms).max().unwrap_or(CALL_MS)
        }
        Work::Find => LOOK_MS,
        Work::Mend(_) => {
            let mends = mends.get(step.action).copied().unwrap_or_default().max(1);
            LOOK_MS + (action.calls.len() as u64).div_ceil(mends) * CALL_MS
        }
        Work::Wait { until, .. } => patience(*until).usual_secs * 1_000,
        Work::Remove(call) => call.usual_ms(),
    }
}

/// When each step is over, counted from the beginning; 0 for those in a circle.
fn ends(steps: &[Step], costs: &[u64], followers: &Followers) -> Vec<u64> {
    let mut open: Vec<usize> = steps.iter().map(|step| step.after.len()).collect();
    let mut ends = vec![0; steps.len()];
    let mut begins = vec![0; steps.len()];
    let mut ready: VecDeque<usize> =
        open.iter().enumerate().filter(|(_, open)| **open == 0).map(|(at, _)| at).collect();
    while let Some(at) = ready.pop_front() {
        let end = begins.get(at).copied().unwrap_or_default() + costs.get(at).copied().unwrap_or_default();
        if let Some(place) = ends.get_mut(at) {
            *place = end;
        }
        for follower in followers.after(at) {
            if let Some(begin) = begins.get_mut(*follower) {
                *begin = end.max(*begin);
            }
            if let Some(open) = open.get_mut(*follower) {
                *open -= 1;
                if *open == 0 {
                    ready.push_back(*follower);
                }
            }
        }
    }
    ends
}

/// The actions of the longest chain, found from its end.
fn critical(steps: &[Step], costs: &[u64], ends: &[u64]) -> BTreeSet<usize> {
    let mut chain = BTreeSet::new();
    let mut at = (0..steps.len()).max_by_key(|at| ends.get(*at).copied().unwrap_or_default());
    while let Some(now) = at {
        let Some(step) = steps.get(now) else { break };
        chain.insert(step.action);
        let cost = costs.get(now).copied().unwrap_or_default();
        let begin = ends.get(now).copied().unwrap_or_default().saturating_sub(cost);
        at = step.after.iter().copied().find(|before| begin > 0 && ends.get(*before) == Some(&begin));
    }
    chain
}

/// A time in words: `40 s`, `3 min 20 s`.
pub fn duration(ms: u64) -> String {
    let secs = ms.div_ceil(1_000);
    match (secs / 60, secs % 60) {
        (0, secs) => crate::t!("deploy-secs", secs = secs),
        (minutes, 0) => crate::t!("deploy-minutes", minutes = minutes),
        (minutes, secs) => crate::t!("deploy-minutes-secs", minutes = minutes, secs = secs),
    }
}
