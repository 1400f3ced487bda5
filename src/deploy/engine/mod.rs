//! The engine: told what happened, it answers what to do next. It makes no calls, keeps no time and
//! writes no files, so that the same engine runs against EC2, in the simulated cloud and in a test.
//!
//! Everything whose dependencies are done runs at once, up to a bound. A failure stops only what
//! depends on it. Before each call that changes something there is an intent for the journal.

mod policy;
mod poll;
mod task;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use policy::{HIDDEN_MS, MAX_IN_FLIGHT, back_off};
use task::{Found, Task, Verdict, World};

use super::{
    ids::Ids,
    journal::{JournalRecord, Outcome},
    plan::{Plan, Step, Work},
};
use crate::{
    cloud::{Call, CloudError, ErrorKind, Reply},
    model::ResourceKind,
    t,
};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineEvent {
    /// The run begins.
    Start,
    /// A call was answered.
    Replied {
        /// Which.
        ticket: u64,
        /// What came.
        result: Result<Reply, CloudError>,
    },
    /// Time passed.
    Woke,
    /// The user wants it to stop: calls under way end, no new one starts.
    Cancel,
}

/// Something to do. The effects of one step are carried out in their order: what is to be appended
/// is on disk before a later call is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineEffect {
    /// Write a line of the journal, durably.
    Append(JournalRecord),
    /// Make a call and answer with its ticket.
    Call {
        /// Comes back with the reply.
        ticket: u64,
        /// The call.
        call: Call,
    },
    /// Wake the engine then, in milliseconds of the clock that its events carry.
    WakeAt {
        /// When.
        at_ms: u64,
    },
    /// Tell the user.
    Report(Progress),
}

/// The state of one action of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RowState {
    /// Not begun.
    #[default]
    Waiting,
    /// Under way.
    Running,
    /// Done.
    Done,
    /// Failed.
    Failed,
    /// Not begun, or not finished, because something before it failed or the run was cancelled.
    Skipped,
}

/// What a user sees of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// An action has another state or does something else.
    Row {
        /// The place in the plan's actions.
        action: usize,
        /// Its state.
        state: RowState,
        /// What it does, waits for, or what went wrong.
        detail: String,
    },
    /// A line for the log.
    Log {
        /// What happened.
        text: String,
        /// Whether it is an error.
        is_error: bool,
    },
}

/// The state of one step.
#[derive(Debug, Clone)]
enum Slot {
    Waiting,
    Ready,
    Flying(Box<Task>),
    Sleeping(Box<Task>, u64),
    Done,
    Failed,
    Skipped,
}

impl Slot {
    fn is_over(&self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Skipped)
    }
}

/// A call under way.
#[derive(Debug, Clone)]
struct Flight {
    step: usize,
    call: Call,
    seq: Option<u64>,
}

/// A run under way.
#[derive(Debug)]
pub struct Engine {
    plan: Plan,
    ids: Ids,
    slots: Vec<Slot>,
    /// How many of each step's dependencies are not done.
    open: Vec<usize>,
    followers: Vec<Vec<usize>>,
    rows: Vec<RowState>,
    flights: BTreeMap<u64, Flight>,
    next_ticket: u64,
    next_seq: u64,
    cancelled: bool,
    started: bool,
    effects: Vec<EngineEffect>,
}

impl Engine {
    /// An engine for a plan; `first_seq` is the number of the run's next intent.
    pub fn new(plan: Plan, first_seq: u64) -> Self {
        let mut followers = vec![Vec::new(); plan.steps.len()];
        for (at, step) in plan.steps.iter().enumerate() {
            for before in &step.after {
                if let Some(list) = followers.get_mut(*before) {
                    list.push(at);
                }
            }
        }
        Self {
            ids: plan.ids.clone(),
            slots: vec![Slot::Waiting; plan.steps.len()],
            open: plan.steps.iter().map(|step| step.after.len()).collect(),
            followers,
            rows: vec![RowState::Waiting; plan.actions.len()],
            flights: BTreeMap::new(),
            next_ticket: 0,
            next_seq: first_seq,
            cancelled: false,
            started: false,
            effects: Vec::new(),
            plan,
        }
    }

    /// The plan that is carried out.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The objects that are known now.
    pub fn ids(&self) -> &Ids {
        &self.ids
    }

    /// The states of the actions.
    pub fn rows(&self) -> &[RowState] {
        &self.rows
    }

    /// Whether nothing is left to do or under way.
    pub fn is_over(&self) -> bool {
        self.started && self.flights.is_empty() && self.slots.iter().all(Slot::is_over)
    }

    /// Whether everything was done.
    pub fn succeeded(&self) -> bool {
        self.is_over() && self.slots.iter().all(|slot| matches!(slot, Slot::Done))
    }

    /// Whether the user stopped it.
    pub fn was_cancelled(&self) -> bool {
        self.cancelled
    }

    /// Takes in what happened at `now_ms` of any clock that only goes forward, and says what to do.
    pub fn step(&mut self, now_ms: u64, event: EngineEvent) -> Vec<EngineEffect> {
        match event {
            EngineEvent::Start => self.start(),
            EngineEvent::Replied { ticket, result } => self.replied(ticket, result, now_ms),
            EngineEvent::Woke => {}
            EngineEvent::Cancel => self.cancel(),
        }
        self.launch(now_ms);
        std::mem::take(&mut self.effects)
    }

    fn start(&mut self) {
        self.started = true;
        for at in 0..self.slots.len() {
            self.free(at);
        }
        // An action without steps is done at once.
        for action in 0..self.rows.len() {
            self.settle_row(action, String::new());
        }
    }

    fn free(&mut self, at: usize) {
        if self.open.get(at) == Some(&0)
            && let Some(slot @ Slot::Waiting) = self.slots.get_mut(at)
        {
            *slot = Slot::Ready;
        }
    }

    /// Sends what is ready, as far as the bound allows, and asks to be woken for what sleeps.
    fn launch(&mut self, now_ms: u64) {
        let mut wake: Option<u64> = None;
        let mut at = 0;
        while at < self.slots.len() {
            let room = self.flights.len() < MAX_IN_FLIGHT && !self.cancelled;
            match self.slots.get(at) {
                Some(Slot::Ready) if room => {
                    if let Some(step) = self.plan.steps.get(at) {
                        let task = Box::new(Task::new(step, self.world(), now_ms));
                        self.send(at, task, now_ms);
                    }
                }
                Some(Slot::Sleeping(task, until)) if *until <= now_ms && room => {
                    let task = task.clone();
                    self.send(at, task, now_ms);
                }
                Some(Slot::Sleeping(_, until)) => {
                    let until = (*until).max(now_ms);
                    wake = Some(wake.map_or(until, |wake: u64| wake.min(until)));
                }
                _ => {}
            }
            at += 1;
        }
        // What waits only for room is sent at the next reply.
        if let Some(at_ms) = wake.filter(|at_ms| *at_ms > now_ms) {
            self.effects.push(EngineEffect::WakeAt { at_ms });
        }
    }

    fn world(&self) -> World<'_> {
        World { desired: &self.plan.desired, ids: &self.ids, stamp: &self.plan.stamp }
    }

    fn send(&mut self, at: usize, task: Box<Task>, now_ms: u64) {
        let Some(step) = self.plan.steps.get(at).cloned() else { return };
        let Some(call) = task.call(&step, self.world()) else {
            self.done(at, &step, None);
            self.launch_followers_later(now_ms);
            return;
        };
        let seq = call.is_write().then(|| {
            let seq = self.next_seq;
            self.next_seq += 1;
            self.effects.push(EngineEffect::Append(JournalRecord::Intent {
                seq,
                action: call.name().to_owned(),
                resource: step.resource.clone(),
                token: call.client_token().map(str::to_owned),
            }));
            seq
        });
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        self.row(step.action, RowState::Running, call.name().to_owned());
        self.flights.insert(ticket, Flight { step: at, call: call.clone(), seq });
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Slot::Flying(task);
        }
        self.effects.push(EngineEffect::Call { ticket, call });
    }

    /// A step without a call freed others that stand before it in the list.
    fn launch_followers_later(&mut self, now_ms: u64) {
        self.effects.push(EngineEffect::WakeAt { at_ms: now_ms });
    }

    fn replied(&mut self, ticket: u64, result: Result<Reply, CloudError>, now_ms: u64) {
        let Some(flight) = self.flights.remove(&ticket) else { return };
        let at = flight.step;
        let Some(step) = self.plan.steps.get(at).cloned() else { return };
        if let Some(seq) = flight.seq {
            self.effects
                .push(EngineEffect::Append(JournalRecord::Outcome { seq, outcome: outcome(&result) }));
        }
        let Some(Slot::Flying(task)) = self.slots.get(at) else { return };
        let mut task = task.clone();
        let verdict = task.react(&step, &flight.call, result, self.world(), now_ms);
        match verdict {
            Verdict::Next => self.resume(at, task, now_ms, now_ms, None),
            Verdict::Image { name, id } => {
                self.ids.images.insert(name, id);
                self.resume(at, task, now_ms, now_ms, None);
            }
            Verdict::Pause { ms, detail } => {
                // Spread, so that steps that began together do not ask together for ever.
                let spread = (at as u64).wrapping_mul(37) % 251;
                self.row(step.action, RowState::Running, detail);
                self.resume(at, task, now_ms, now_ms + ms + spread, Some(()));
            }
            Verdict::Done(found) => self.done(at, &step, found),
            Verdict::Failed(message) => self.failed(at, &step, message),
        }
    }

    /// The step goes on now or later; not at all once the run is cancelled.
    fn resume(&mut self, at: usize, task: Box<Task>, now_ms: u64, at_ms: u64, pause: Option<()>) {
        if self.cancelled {
            self.skip(at);
            return;
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Slot::Sleeping(task, if pause.is_some() { at_ms } else { now_ms });
        }
    }

    fn done(&mut self, at: usize, step: &Step, found: Option<Found>) {
        if let Some(found) = found {
            self.bind(step, found);
        }
        for (resource, live) in &step.ends {
            if self.ids.get(resource) == Some(live.as_str()) {
                self.ids.unbind(resource);
            }
            self.effects.push(EngineEffect::Append(JournalRecord::Ended {
                resource: resource.clone(),
                id: live.clone(),
            }));
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Slot::Done;
        }
        for follower in self.followers.get(at).cloned().unwrap_or_default() {
            if let Some(open) = self.open.get_mut(follower) {
                *open -= 1;
            }
            self.free(follower);
        }
        self.settle_row(step.action, String::new());
    }

    fn bind(&mut self, step: &Step, found: Found) {
        let kind = self.plan.desired.topology.kind(&step.resource).map(ResourceKind::kind);
        let Some(kind) = kind else { return };
        self.ids.bind(step.resource.clone(), found.live.clone());
        self.log(t!("deploy-log-bound", resource = &step.resource, id = found.live.clone()), false);
        self.effects.push(EngineEffect::Append(JournalRecord::Bound {
            resource: step.resource.clone(),
            kind: kind.as_str().to_owned(),
            id: found.live,
            made: found.made,
        }));
    }

    fn failed(&mut self, at: usize, step: &Step, message: String) {
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Slot::Failed;
        }
        let title = self.plan.actions.get(step.action).map(|action| action.title.clone()).unwrap_or_default();
        self.log(t!("deploy-log-failed", title = title, message = message.clone()), true);
        self.settle_row(step.action, message);
        self.poison(at);
    }

    /// Skips everything that depends on a step.
    fn poison(&mut self, at: usize) {
        for follower in self.followers.get(at).cloned().unwrap_or_default() {
            if matches!(self.slots.get(follower), Some(Slot::Waiting)) {
                self.skip(follower);
                self.poison(follower);
            }
        }
    }

    fn skip(&mut self, at: usize) {
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Slot::Skipped;
        }
        if let Some(action) = self.plan.steps.get(at).map(|step| step.action) {
            self.settle_row(action, String::new());
        }
    }

    fn cancel(&mut self) {
        if self.cancelled {
            return;
        }
        self.cancelled = true;
        for at in 0..self.slots.len() {
            if matches!(self.slots.get(at), Some(Slot::Waiting | Slot::Ready | Slot::Sleeping(..))) {
                self.skip(at);
            }
        }
    }

    /// Works out the state of an action from its steps once they are over.
    fn settle_row(&mut self, action: usize, detail: String) {
        let steps = self.plan.steps.iter().zip(&self.slots).filter(|(step, _)| step.action == action);
        let slots: Vec<&Slot> = steps.map(|(_, slot)| slot).collect();
        let failed = slots.iter().any(|slot| matches!(slot, Slot::Failed));
        if !failed && !slots.iter().all(|slot| slot.is_over()) {
            return;
        }
        let skipped = slots.iter().any(|slot| matches!(slot, Slot::Skipped));
        if failed {
            self.row(action, RowState::Failed, detail);
        } else if skipped {
            self.row(action, RowState::Skipped, t!("deploy-skipped"));
        } else {
            self.row(action, RowState::Done, detail);
        }
    }

    /// Reports a change; a failure stays, with its own words.
    fn row(&mut self, action: usize, state: RowState, detail: String) {
        let Some(row) = self.rows.get_mut(action) else { return };
        if *row == RowState::Failed {
            return;
        }
        *row = state;
        self.effects.push(EngineEffect::Report(Progress::Row { action, state, detail }));
        let title = self.plan.actions.get(action).map(|action| action.title.clone()).unwrap_or_default();
        let has_work = self.plan.steps.iter().any(|step| step.action == action);
        if state == RowState::Done && has_work {
            self.log(t!("deploy-log-done", title = title), false);
        }
    }

    fn log(&mut self, text: String, is_error: bool) {
        self.effects.push(EngineEffect::Report(Progress::Log { text, is_error }));
    }

    /// Whether any step of the plan makes something.
    pub fn makes_something(&self) -> bool {
        self.plan.steps.iter().any(|step| matches!(step.work, Work::Create { .. }))
    }
}

fn outcome(result: &Result<Reply, CloudError>) -> Outcome {
    match result {
        Ok(reply) => Outcome::Done { id: reply.id().map(str::to_owned) },
        Err(error) => match error.kind {
            ErrorKind::LostReply | ErrorKind::NotUnderstood | ErrorKind::Internal => Outcome::Unknown,
            _ => Outcome::Refused { code: error.code.clone() },
        },
    }
}
