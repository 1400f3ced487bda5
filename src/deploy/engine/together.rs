//! Looking at many objects with one call: of all that a run does, asking for states is what would take
//! most of the calls that an account allows.

use super::{Engine, RowState, Slot, policy::FIRST_LOOK_MS};
use crate::{
    cloud::{Call, DescribeKind},
    deploy::plan::{Step, Until, Work},
};

/// So many objects are asked for in one call at most.
const MOST_ASKED: usize = 100;

/// Who would look within this time looks now, with others.
const TOGETHER_MS: u64 = 2_500;

impl Engine {
    /// Adds to a call that looks at the state of one object those of the same kind that others would look
    /// at soon: a hundred instances are asked for as fast as one, and for the price of one.
    pub(super) fn join(&mut self, kind: DescribeKind, call: &mut Call, now_ms: u64) -> Vec<usize> {
        let name = call.name();
        let Call::Describe { ids, .. } = call else { return Vec::new() };
        let soon = |at: &usize| match self.slots.get(*at) {
            Some(Slot::Ready) => true,
            Some(Slot::Sleeping(_, until)) => *until <= now_ms + TOGETHER_MS,
            _ => false,
        };
        let lookers = self.lookers.get(&kind).into_iter().flatten().copied();
        let others: Vec<usize> = lookers.filter(soon).take(MOST_ASKED - 1).collect();
        let mut joined = Vec::new();
        for at in others {
            let Some((step, task)) = self.plan.steps.get(at).zip(self.task(at, now_ms)) else { continue };
            let Some(Call::Describe { ids: own, .. }) = task.call(step, self.world()) else { continue };
            ids.extend(own);
            let action = step.action;
            self.row(action, RowState::Running, name.to_owned());
            self.set(at, Slot::Flying(task));
            joined.push(at);
        }
        joined
    }

    /// Puts the next step to sleep if it is only beginning to wait for what takes seconds: at once nothing
    /// would be seen yet.
    pub(super) fn looks_later(&mut self, now_ms: u64) -> bool {
        let Some(at) = self.ready.first().copied() else { return false };
        let is_new = matches!(self.slots.get(at), Some(Slot::Ready));
        let work = self.plan.steps.get(at).map(|step| &step.work);
        let takes_seconds = matches!(work, Some(Work::Wait { until, .. }) if *until != Until::Available);
        if !is_new || !takes_seconds {
            return false;
        }
        let Some(task) = self.task(at, now_ms) else { return false };
        self.set(at, Slot::Sleeping(task, now_ms + FIRST_LOOK_MS));
        true
    }

    /// Where one of several ids is unknown, EC2 answers for none: each asks for itself.
    pub(super) fn ask_alone(&mut self, at: usize, now_ms: u64) {
        let Some(Slot::Flying(task)) = self.slots.get(at) else { return };
        let mut task = task.clone();
        task.ask_alone();
        self.resume(at, task, now_ms, now_ms, None);
    }
}

/// The kind of object whose state a step looks at next, if it is about to.
pub(super) fn looks_at(steps: &[Step], at: usize, slot: &Slot) -> Option<DescribeKind> {
    let step = steps.get(at)?;
    match (slot, &step.work) {
        (Slot::Ready, Work::Wait { describe, .. }) => Some(*describe),
        (Slot::Sleeping(task, _), _) => task.looks_at(step),
        _ => None,
    }
}
