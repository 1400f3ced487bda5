//! An engine in the virtual time of a simulated cloud: a call takes effect when it is sent, its reply comes
//! after the latency that such a call usually has, and the clock goes on to whatever is due next.

use std::collections::BTreeMap;

use super::SimulatedCloud;
use crate::{
    cloud::{Call, CloudError, Reply},
    deploy::{Engine, EngineEffect, EngineEvent, JournalRecord, Progress},
};

/// What is due when: replies on their way, and the next waking.
#[derive(Debug)]
pub struct Timeline<T> {
    replies: BTreeMap<(u64, u64), T>,
    wake_ms: Option<u64>,
}

impl<T> Default for Timeline<T> {
    fn default() -> Self {
        Self { replies: BTreeMap::new(), wake_ms: None }
    }
}

impl<T> Timeline<T> {
    /// The engine wants to be woken then, or earlier if it said so before.
    pub fn wake_at(&mut self, at_ms: u64) {
        self.wake_ms = Some(self.wake_ms.map_or(at_ms, |wake| wake.min(at_ms)));
    }

    /// The reply to a call, which comes then.
    pub fn reply_at(&mut self, due_ms: u64, ticket: u64, reply: T) {
        self.replies.insert((due_ms, ticket), reply);
    }

    /// When the next thing is due; `None` where nothing is waited for.
    pub fn next_ms(&self) -> Option<u64> {
        let reply = self.replies.keys().next().map(|(due, _)| *due);
        [reply, self.wake_ms].into_iter().flatten().min()
    }

    /// The ticket and the reply that have come by then; without one it is time to wake the engine.
    pub fn take(&mut self, now_ms: u64) -> Option<(u64, T)> {
        match self.replies.first_entry() {
            Some(entry) if entry.key().0 <= now_ms => Some((entry.key().1, entry.remove())),
            _ => {
                self.wake_ms = None;
                None
            }
        }
    }
}

/// Whose cloud it is, and who hears how a run goes.
pub trait Driver {
    /// The cloud.
    fn cloud(&mut self) -> &mut SimulatedCloud;

    /// Asked before each effect: `false` cuts the run off there, as a crash would.
    fn goes_on(&mut self) -> bool {
        true
    }

    /// Asked after each step, until it is so: whether the user stops the run.
    fn cancels(&mut self) -> bool {
        false
    }

    /// A line for the journal.
    fn append(&mut self, _record: &JournalRecord) {}

    /// Something for the user.
    fn report(&mut self, _progress: Progress) {}

    /// Makes a call.
    ///
    /// # Errors
    /// What the cloud refuses.
    fn call(&mut self, call: &Call, now_ms: u64) -> Result<Reply, CloudError> {
        self.cloud().handle(call, now_ms)
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Driven {
    /// The engine says that nothing is left to do.
    Over,
    /// [`Driver::goes_on`] cut it off.
    CutOff,
    /// It is not over, and nothing is left to wait for: a fault of the engine.
    Stuck,
}

/// Runs an engine to its end.
pub fn drive(engine: &mut Engine, driver: &mut impl Driver) -> Driven {
    let mut timeline = Timeline::default();
    let mut cancelled = false;
    let mut event = EngineEvent::Start;
    loop {
        let now_ms = driver.cloud().now_ms();
        for effect in engine.step(now_ms, event) {
            if !driver.goes_on() {
                return Driven::CutOff;
            }
            match effect {
                EngineEffect::Append(record) => driver.append(&record),
                EngineEffect::Report(progress) => driver.report(progress),
                EngineEffect::WakeAt { at_ms } => timeline.wake_at(at_ms),
                EngineEffect::Call { ticket, call } => {
                    let result = driver.call(&call, now_ms);
                    timeline.reply_at(now_ms + SimulatedCloud::latency_ms(&call), ticket, result);
                }
            }
        }
        if engine.is_over() {
            return Driven::Over;
        }
        if !cancelled && driver.cancels() {
            cancelled = true;
            event = EngineEvent::Cancel;
            continue;
        }
        let Some(next_ms) = timeline.next_ms() else { return Driven::Stuck };
        driver.cloud().advance(next_ms.saturating_sub(now_ms));
        event = match timeline.take(next_ms) {
            Some((ticket, result)) => EngineEvent::Replied { ticket, result },
            None => EngineEvent::Woke,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_due_first_comes_first_and_a_waking_is_given_up_once_it_came() {
        let mut timeline = Timeline::default();
        assert_eq!(timeline.next_ms(), None);
        timeline.reply_at(110, 1, "one");
        timeline.reply_at(100, 2, "two");
        timeline.wake_at(105);
        timeline.wake_at(190);
        assert_eq!(timeline.next_ms(), Some(100));
        assert_eq!(timeline.take(100), Some((2, "two")));
        assert_eq!(timeline.next_ms(), Some(105));
        assert_eq!(timeline.take(105), None);
        assert_eq!(timeline.next_ms(), Some(110));
        assert_eq!(timeline.take(110), Some((1, "one")));
        assert_eq!(timeline.next_ms(), None);
    }
}
