//! The engine: told what happened, it answers what to do next. It makes no calls, keeps no time and
//! writes no files, so that the same engine runs against EC2, in the simulated cloud and in a test.
//!
//! Everything whose dependencies are done runs at once, up to a bound. A failure stops only what
//! depends on it. Before each call that changes something there is an intent for the journal.

mod governor;
mod occupied;
mod policy;
mod poll;
mod task;
mod together;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use governor::Governor;
pub use governor::{BURST, CALLS_PER_SECOND};
pub(in crate::deploy) use policy::patience;
pub use policy::{HIDDEN_MS, MAX_IN_FLIGHT, back_off};
use task::{Found, Task, Verdict, World};
use together::looks_at;

use super::{
    ids::Ids,
    journal::{JournalRecord, Outcome},
    occupants::Occupant,
    plan::{Followers, Plan, Step, Work},
};
use crate::{
    cloud::{Call, CloudError, DescribeKind, ErrorKind, Reply},
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
    /// The steps that it is for: several where it only looks.
    steps: Vec<usize>,
    call: Call,
    seq: Option<u64>,
}

/// How far the steps of an action are.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    steps: usize,
    /// How many of them are not over.
    left: usize,
    failed: bool,
    skipped: bool,
}

/// A run under way. What a step does next is found without looking at the others, so that a large
/// plan costs no more per step than a small one.
#[derive(Debug)]
pub struct Engine {
    plan: Plan,
    ids: Ids,
    slots: Vec<Slot>,
    /// The steps that can go on as soon as there is room: those that are ready, and those that have
    /// slept long enough.
    ready: BTreeSet<usize>,
    /// The steps that sleep, by the time of their waking.
    asleep: BTreeSet<(u64, usize)>,
    /// Those of both that look at a state next, by the kind of object.
    lookers: BTreeMap<DescribeKind, BTreeSet<usize>>,
    /// How many steps are not over.
    left: usize,
    tallies: Vec<Tally>,
    /// How many of each step's dependencies are not done.
    open: Vec<usize>,
    followers: Followers,
    rows: Vec<RowState>,
    flights: BTreeMap<u64, Flight>,
    governor: Governor,
    next_ticket: u64,
    next_seq: u64,
    cancelled: bool,
    started: bool,
    /// The ids of everything that is ours.
    ours: BTreeSet<String>,
    /// What others have in the way of a step.
    held: BTreeMap<usize, Vec<Occupant>>,
    effects: Vec<EngineEffect>,
}

impl Engine {
    /// An engine for a plan; `first_seq` is the number of the run's next intent.
    pub fn new(plan: Plan, first_seq: u64) -> Self {
        let mut tallies = vec![Tally::default(); plan.actions.len()];
        for step in &plan.steps {
            if let Some(tally) = tallies.get_mut(step.action) {
                tally.steps += 1;
                tally.left += 1;
            }
        }
        Self {
            ids: plan.ids.clone(),
            slots: vec![Slot::Waiting; plan.steps.len()],
            ready: BTreeSet::new(),
            asleep: BTreeSet::new(),
            lookers: BTreeMap::new(),
            left: plan.steps.len(),
            tallies,
            open: plan.steps.iter().map(|step| step.after.len()).collect(),
            followers: Followers::of(&plan.steps),
            rows: vec![RowState::Waiting; plan.actions.len()],
            flights: BTreeMap::new(),
            governor: Governor::new(),
            next_ticket: 0,
            next_seq: first_seq,
            cancelled: false,
            started: false,
            effects: Vec::new(),
            ours: ours(&plan),
            held: BTreeMap::new(),
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
        self.started && self.flights.is_empty() && self.left == 0
    }

    /// Whether everything was done.
    pub fn succeeded(&self) -> bool {
        self.is_over() && self.slots.iter().all(|slot| matches!(slot, Slot::Done))
    }

    /// Whether the user stopped it.
    pub fn was_cancelled(&self) -> bool {
        self.cancelled
    }

    /// What others have in the way of what was to be removed.
    pub fn held(&self) -> Vec<Occupant> {
        let mut all: Vec<Occupant> = Vec::new();
        for occupant in self.held.values().flatten() {
            if !all.contains(occupant) {
                all.push(occupant.clone());
            }
        }
        all
    }

    /// Whether everything was done but what others keep from going, which was to be left.
    pub fn left_foreign(&self) -> bool {
        let ended = self.slots.iter().all(|slot| matches!(slot, Slot::Done | Slot::Skipped));
        self.plan.leave_foreign && !self.held.is_empty() && !self.cancelled && self.is_over() && ended
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
        if self.open.get(at) == Some(&0) && matches!(self.slots.get(at), Some(Slot::Waiting)) {
            self.set(at, Slot::Ready);
        }
    }

    /// The only place where a step changes its state.
    fn set(&mut self, at: usize, slot: Slot) {
        let Some(place) = self.slots.get_mut(at) else { return };
        let ends = slot.is_over() && !place.is_over();
        if let Slot::Sleeping(_, until) = place {
            self.asleep.remove(&(*until, at));
        }
        self.ready.remove(&at);
        if let Some(kind) = looks_at(&self.plan.steps, at, place) {
            self.lookers.entry(kind).or_default().remove(&at);
        }
        if let Some(kind) = looks_at(&self.plan.steps, at, &slot) {
            self.lookers.entry(kind).or_default().insert(at);
        }
        match &slot {
            Slot::Ready => _ = self.ready.insert(at),
            Slot::Sleeping(_, until) => _ = self.asleep.insert((*until, at)),
            _ => {}
        }
        let (failed, skipped) = (matches!(slot, Slot::Failed), matches!(slot, Slot::Skipped));
        *place = slot;
        let action = self.plan.steps.get(at).map(|step| step.action);
        if let Some(tally) = action.and_then(|action| self.tallies.get_mut(action)).filter(|_| ends) {
            self.left -= 1;
            tally.left -= 1;
            tally.failed |= failed;
            tally.skipped |= skipped;
        }
    }

    /// Sends what can go on, as far as the bound allows, and asks to be woken for what sleeps.
    fn launch(&mut self, now_ms: u64) {
        while let Some((_, at)) = self.asleep.first().copied().filter(|(until, _)| *until <= now_ms) {
            self.asleep.pop_first();
            self.ready.insert(at);
        }
        while !self.cancelled && !self.ready.is_empty() && self.governor.has_room(self.flights.len()) {
            if self.looks_later(now_ms) {
                continue;
            }
            if let Err(at_ms) = self.governor.take(now_ms) {
                self.effects.push(EngineEffect::WakeAt { at_ms });
                break;
            }
            let Some(at) = self.ready.pop_first() else { break };
            let Some(task) = self.task(at, now_ms) else { continue };
            self.send(at, task, now_ms);
        }
        if let Some((at_ms, _)) = self.asleep.first() {
            self.effects.push(EngineEffect::WakeAt { at_ms: *at_ms });
        }
    }

    /// The task of a step: as it went to sleep, or a new one.
    fn task(&self, at: usize, now_ms: u64) -> Option<Box<Task>> {
        if let Some(Slot::Sleeping(task, _)) = self.slots.get(at) {
            return Some(task.clone());
        }
        Some(Box::new(Task::new(self.plan.steps.get(at)?, self.world(), now_ms)))
    }

    fn world(&self) -> World<'_> {
        World {
            desired: &self.plan.desired,
            ids: &self.ids,
            stamp: &self.plan.stamp,
            ours: &self.ours,
            foreign: &self.plan.foreign,
            leave_foreign: self.plan.leave_foreign,
        }
    }

    fn send(&mut self, at: usize, task: Box<Task>, now_ms: u64) {
        let Some(step) = self.plan.steps.get(at).cloned() else { return };
        let Some(mut call) = task.call(&step, self.world()) else {
            self.done(at, &step, None);
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
        let kind = task.looks_at(&step);
        self.set(at, Slot::Flying(task));
        let mut steps = vec![at];
        if let Some(kind) = kind {
            steps.extend(self.join(kind, &mut call, now_ms));
        }
        self.flights.insert(ticket, Flight { steps, call: call.clone(), seq });
        self.effects.push(EngineEffect::Call { ticket, call });
    }

    fn replied(&mut self, ticket: u64, result: Result<Reply, CloudError>, now_ms: u64) {
        let Some(flight) = self.flights.remove(&ticket) else { return };
        match &result {
            Err(error) if error.kind == ErrorKind::Throttled => self.governor.throttled(now_ms),
            _ => self.governor.answered(now_ms),
        }
        if let Some(seq) = flight.seq {
            self.effects
                .push(EngineEffect::Append(JournalRecord::Outcome { seq, outcome: outcome(&result) }));
        }
        if let [at] = flight.steps[..] {
            self.answered(at, &flight.call, result, now_ms);
            return;
        }
        let is_unknown = matches!(&result, Err(error) if error.kind == ErrorKind::NotFound);
        for at in flight.steps {
            if is_unknown {
                self.ask_alone(at, now_ms);
            } else {
                self.answered(at, &flight.call, result.clone(), now_ms);
            }
        }
    }

    fn answered(&mut self, at: usize, call: &Call, result: Result<Reply, CloudError>, now_ms: u64) {
        let Some(step) = self.plan.steps.get(at).cloned() else { return };
        let Some(Slot::Flying(task)) = self.slots.get(at) else { return };
        let mut task = task.clone();
        let verdict = task.react(&step, call, result, self.world(), now_ms);
        match verdict {
            Verdict::Next => self.resume(at, task, now_ms, now_ms, None),
            Verdict::Image { name, id } => {
                self.ids.images.insert(name, id);
                self.resume(at, task, now_ms, now_ms, None);
            }
            Verdict::Pause { ms, detail } => {
                // Spread, so that steps that began together do not ask together for ever; unless one call
                // asks for all of them.
                let spread = match task.looks_at(&step) {
                    Some(_) => 0,
                    None => (at as u64).wrapping_mul(37) % (ms / 4).max(251),
                };
                self.row(step.action, RowState::Running, detail);
                self.resume(at, task, now_ms, now_ms + ms + spread, Some(()));
            }
            Verdict::Learnt(found) => {
                self.ids.learn(*found);
                self.done(at, &step, None);
            }
            Verdict::Done(found) => self.done(at, &step, found),
            Verdict::Failed(message) => self.failed(at, &step, message),
            Verdict::Held { ms, held, detail } => {
                // Said once in the log; the row goes on to say since when.
                if self.held.insert(at, held).is_none() {
                    self.log(detail.clone(), false);
                }
                self.row(step.action, RowState::Running, detail);
                self.resume(at, task, now_ms, now_ms + ms, Some(()));
            }
            Verdict::Blocked { held, detail } => {
                self.held.insert(at, held);
                self.failed(at, &step, detail);
            }
            Verdict::Left { held, detail } => {
                self.held.insert(at, held);
                self.log(detail.clone(), false);
                self.skip(at);
                self.poison(at);
                self.row(step.action, RowState::Skipped, detail);
            }
        }
    }

    /// The step goes on now or later; not at all once the run is cancelled.
    fn resume(&mut self, at: usize, task: Box<Task>, now_ms: u64, at_ms: u64, pause: Option<()>) {
        if self.cancelled {
            self.skip(at);
            return;
        }
        self.set(at, Slot::Sleeping(task, if pause.is_some() { at_ms } else { now_ms }));
    }

    fn done(&mut self, at: usize, step: &Step, found: Option<Found>) {
        self.held.remove(&at);
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
        self.set(at, Slot::Done);
        for follower in self.followers.after(at).to_vec() {
            if let Some(open) = self.open.get_mut(follower) {
                *open -= 1;
            }
            self.free(follower);
        }
        self.settle_row(step.action, String::new());
    }

    fn bind(&mut self, step: &Step, found: Found) {
        let kind = self.plan.desired.index.kind(&step.resource).map(ResourceKind::kind);
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
        self.set(at, Slot::Failed);
        let title = self.plan.actions.get(step.action).map(|action| action.title.clone()).unwrap_or_default();
        self.log(t!("deploy-log-failed", title = title, message = message.clone()), true);
        self.settle_row(step.action, message);
        self.poison(at);
    }

    /// Skips everything that depends on a step.
    fn poison(&mut self, at: usize) {
        for follower in self.followers.after(at).to_vec() {
            if matches!(self.slots.get(follower), Some(Slot::Waiting)) {
                self.skip(follower);
                self.poison(follower);
            }
        }
    }

    fn skip(&mut self, at: usize) {
        self.set(at, Slot::Skipped);
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
        let Some(Tally { left, failed, skipped, .. }) = self.tallies.get(action).copied() else { return };
        if !failed && left > 0 {
            return;
        }
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
        let has_work = self.tallies.get(action).is_some_and(|tally| tally.steps > 0);
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

/// The ids of everything that the plan knows as ours.
fn ours(plan: &Plan) -> BTreeSet<String> {
    let drawn = plan.ids.iter().map(|(_, live)| live.to_owned());
    drawn.chain(plan.actions.iter().filter_map(|action| action.live.clone())).collect()
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
