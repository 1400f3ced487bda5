//! Feeds the engine: makes its calls, writes its journal, wakes it when it asks.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{sync::watch, task::JoinSet};

use super::{
    keep::{JournalFile, Paths},
    kept_cloud::KeptCloud,
    target::{Cloud, Pace},
};
use crate::{
    cloud::{Call, CloudApi, CloudError, Created, Reply},
    deploy::{Engine, EngineEffect, EngineEvent, JournalRecord, Progress},
    simulated::{SimulatedApi, SimulatedCloud, Timeline},
    t,
};

/// Hears how a run goes: milliseconds since it began, and what happened.
pub type Watch<'a> = dyn FnMut(u64, Progress) + Send + 'a;

/// The other end of [`cancel_pair`].
pub type Cancel = watch::Receiver<bool>;

/// A way to stop a run from elsewhere: send `true`.
pub fn cancel_pair() -> (watch::Sender<bool>, Cancel) {
    watch::channel(false)
}

type Answered = (u64, Call, Result<Reply, CloudError>);

/// What a run writes besides its calls.
pub(super) struct Records<'a> {
    pub journal: Option<&'a mut JournalFile>,
    /// The same records, for a document without files.
    pub memory: &'a mut Vec<JournalRecord>,
    pub paths: Option<&'a Paths>,
    /// Where a simulated cloud is written down.
    pub kept: Option<&'a mut KeptCloud>,
    pub watch: &'a mut Watch<'a>,
}

impl Records<'_> {
    fn append(&mut self, record: JournalRecord) -> Result<(), String> {
        if let Some(journal) = &mut self.journal {
            journal.append(&record)?;
        }
        self.memory.push(record);
        Ok(())
    }

    /// Writes down what changes a simulated cloud, before the reply can be heard of.
    fn note(&mut self, call: &Call, at_ms: u64) -> Result<(), String> {
        match &mut self.kept {
            Some(kept) if call.is_write() => kept.note(call, at_ms),
            _ => Ok(()),
        }
    }

    /// Keeps a private key before anyone else hears of the reply. A key that cannot be kept counts as
    /// a reply that was lost: the engine makes another one.
    fn keep_key(&mut self, at_ms: u64, answered: Answered) -> Answered {
        let (ticket, call, result) = answered;
        let Call::CreateKeyPair { key_name, .. } = &call else {
            return (ticket, call, result);
        };
        let (Ok(Reply::Created(Created { key_material: Some(key), .. })), Some(paths)) =
            (&result, self.paths)
        else {
            return (ticket, call, result);
        };
        match paths.write_key(key_name, key.reveal()) {
            Ok(path) => {
                let text = t!("deploy-key-written", name = key_name.clone(), path = path.display());
                (self.watch)(at_ms, Progress::Log { text, is_error: false });
                (ticket, call, result)
            }
            Err(error) => {
                let why = t!("deploy-key-unwritten", name = key_name.clone(), why = error.to_string());
                (ticket, call, Err(CloudError::lost_reply(why)))
            }
        }
    }
}

/// Runs the engine to its end.
pub(super) async fn drive(
    engine: &mut Engine,
    cloud: &Cloud,
    records: &mut Records<'_>,
    cancel: &mut Cancel,
) -> Result<(), String> {
    match cloud {
        Cloud::Real(api) => in_real_time(engine, api, records, cancel).await,
        Cloud::Simulated(api, pace) => in_virtual_time(engine, api, *pace, records, cancel).await,
    }
}

/// Resolves when the user cancels; never, once nobody can any more.
async fn cancelled(cancel: &mut Cancel) {
    if cancel.wait_for(|stop| *stop).await.is_err() {
        std::future::pending::<()>().await;
    }
}

async fn in_real_time(
    engine: &mut Engine,
    api: &Arc<dyn CloudApi>,
    records: &mut Records<'_>,
    cancel: &mut Cancel,
) -> Result<(), String> {
    let began = Instant::now();
    let now = || u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let mut calls: JoinSet<Answered> = JoinSet::new();
    let mut wake_ms: Option<u64> = None;
    let mut heard = false;
    let mut event = EngineEvent::Start;
    loop {
        for effect in engine.step(now(), event) {
            match effect {
                EngineEffect::Append(record) => records.append(record)?,
                EngineEffect::Report(progress) => (records.watch)(now(), progress),
                EngineEffect::WakeAt { at_ms } => {
                    wake_ms = Some(wake_ms.map_or(at_ms, |wake| wake.min(at_ms)))
                }
                EngineEffect::Call { ticket, call } => {
                    let api = Arc::clone(api);
                    calls.spawn(async move {
                        let result = api.call(&call).await;
                        (ticket, call, result)
                    });
                }
            }
        }
        if engine.is_over() {
            return Ok(());
        }
        let pause =
            Duration::from_millis(wake_ms.map_or(u64::from(u32::MAX), |wake| wake.saturating_sub(now())));
        event = tokio::select! {
            Some(joined) = calls.join_next() => {
                let answered = joined.map_err(|error| error.to_string())?;
                let (ticket, _, result) = records.keep_key(now(), answered);
                EngineEvent::Replied { ticket, result }
            }
            () = cancelled(cancel), if !heard => {
                heard = true;
                EngineEvent::Cancel
            }
            () = tokio::time::sleep(pause) => {
                wake_ms = None;
                EngineEvent::Woke
            }
        };
    }
}

/// Takes one event after the other in the order of the virtual clock: a call takes effect when it is
/// sent, and its reply arrives after the latency that such a call usually has.
async fn in_virtual_time(
    engine: &mut Engine,
    api: &Arc<SimulatedApi>,
    pace: Pace,
    records: &mut Records<'_>,
    cancel: &mut Cancel,
) -> Result<(), String> {
    let began_ms = api.now_ms();
    let mut timeline: Timeline<Answered> = Timeline::default();
    let mut heard = false;
    let mut event = EngineEvent::Start;
    loop {
        let now_ms = api.now_ms();
        for effect in engine.step(now_ms, event) {
            match effect {
                EngineEffect::Append(record) => records.append(record)?,
                EngineEffect::Report(progress) => (records.watch)(now_ms - began_ms, progress),
                EngineEffect::WakeAt { at_ms } => timeline.wake_at(at_ms),
                EngineEffect::Call { ticket, call } => {
                    let result = api.call(&call).await;
                    records.note(&call, now_ms)?;
                    let due_ms = now_ms + SimulatedCloud::latency_ms(&call);
                    timeline.reply_at(due_ms, ticket, (ticket, call, result));
                }
            }
        }
        if engine.is_over() {
            return Ok(());
        }
        // Nothing else here waits for anything: whoever listens for a signal needs a turn.
        tokio::task::yield_now().await;
        if !heard && *cancel.borrow() {
            heard = true;
            event = EngineEvent::Cancel;
            continue;
        }
        let Some(next_ms) = timeline.next_ms() else {
            return Err(t!("deploy-stuck"));
        };
        if let Pace::Times(factor) = pace {
            let pause = Duration::from_millis(next_ms.saturating_sub(now_ms) / u64::from(factor.max(1)));
            tokio::select! {
                () = cancelled(cancel), if !heard => {
                    heard = true;
                    event = EngineEvent::Cancel;
                    continue;
                }
                () = tokio::time::sleep(pause) => {}
            }
        }
        api.advance_to(next_ms);
        event = match timeline.take(next_ms) {
            Some((_, answered)) => {
                let (ticket, _, result) = records.keep_key(next_ms - began_ms, answered);
                EngineEvent::Replied { ticket, result }
            }
            None => EngineEvent::Woke,
        };
    }
}
