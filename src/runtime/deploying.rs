//! Plans and runs for the editor: on a thread of their own, told of by events.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
};

use tokio::sync::watch;

use super::run::{Cancel, Ended, Goal, Pace, Workspace, cancel_pair};
use crate::{
    deploy::{
        Drift, Plan, Progress,
        drift::Sight,
        occupants::{Occupant, list},
    },
    model::Document,
    session::{Effect, EffectSink, Event, LogLine, PlanReport, Target},
    t,
};

/// The virtual clock of the offline target goes this many times faster than ours: a NAT gateway's
/// two minutes can be watched in two seconds.
const OFFLINE_PACE: u32 = 60;
/// So many events may wait for the window.
const CAPACITY: usize = 4096;
/// So many wishes may wait for the thread; the window makes one at a time.
const WISHES: usize = 16;

/// Wakes the window up.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// A drawing, and where it goes.
struct Place {
    target: Target,
    document: Arc<Document>,
    path: Option<PathBuf>,
}

/// What a plan is made with besides.
struct With {
    restore: Vec<Drift>,
    leave_foreign: bool,
    resume: bool,
}

enum Wish {
    Plan { at: Place, goal: Goal, with: With, ticket: u64 },
    Drift { at: Place, ticket: u64 },
    Apply(Cancel),
}

/// Carries out `Plan`, `LookForDrift`, `Apply` and `CancelRun`.
pub struct Deploying {
    wishes: SyncSender<Wish>,
    events: Receiver<Event>,
    cancel: Option<watch::Sender<bool>>,
}

impl std::fmt::Debug for Deploying {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Deploying").finish_non_exhaustive()
    }
}

impl Deploying {
    /// Starts the thread; `wake` is called after each event.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(wake: Waker) -> std::io::Result<Self> {
        let (wishes, wanted) = sync_channel(WISHES);
        let (sender, events) = sync_channel(CAPACITY);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        std::thread::Builder::new().name("deploy".to_owned()).spawn(move || {
            let mut desk = Desk { out: Out { sender, wake }, bench: None, plan: None };
            runtime.block_on(desk.work(&wanted));
        })?;
        Ok(Self { wishes, events, cancel: None })
    }
}

impl EffectSink for Deploying {
    fn dispatch(&mut self, effect: Effect) {
        let wish = match effect {
            Effect::Plan {
                target,
                document,
                path,
                destroy,
                rollback,
                restore,
                leave_foreign,
                resume,
                ticket,
            } => {
                let goal = match (rollback, destroy) {
                    (true, _) => Goal::Rollback,
                    (false, true) => Goal::Destroy,
                    (false, false) if restore.is_empty() => Goal::Deploy,
                    (false, false) => Goal::Restore,
                };
                let with = With { restore, leave_foreign, resume };
                Wish::Plan { at: Place { target, document, path }, goal, with, ticket }
            }
            Effect::LookForDrift { target, document, path, ticket } => {
                Wish::Drift { at: Place { target, document, path }, ticket }
            }
            Effect::Apply => {
                let (stop, cancel) = cancel_pair();
                self.cancel = Some(stop);
                Wish::Apply(cancel)
            }
            Effect::CancelRun => {
                if let Some(stop) = &self.cancel {
                    stop.send(true).ok();
                }
                return;
            }
            _ => return,
        };
        // The session makes no second wish before the first is answered.
        self.wishes.try_send(wish).ok();
    }

    fn drain(&mut self) -> Vec<Event> {
        self.events.try_iter().collect()
    }
}

#[derive(Clone)]
struct Out {
    sender: SyncSender<Event>,
    wake: Waker,
}

impl Out {
    fn put(&self, event: Event) {
        // The window is gone when this fails, and nobody waits for the event.
        self.sender.send(event).ok();
        (self.wake)();
    }
}

/// What a workspace was opened for: the same wish again goes on with the same one, so that an unsaved
/// drawing keeps its simulated cloud.
#[derive(PartialEq)]
struct Key {
    target: Target,
    path: Option<PathBuf>,
    region: String,
}

/// The thread's own things.
struct Desk {
    out: Out,
    bench: Option<(Key, Workspace)>,
    plan: Option<(Plan, Goal)>,
}

impl Desk {
    async fn work(&mut self, wanted: &Receiver<Wish>) {
        while let Ok(wish) = wanted.recv() {
            match wish {
                Wish::Plan { at, goal, with, ticket } => {
                    let result = self.plan(at, goal, with).await;
                    self.out.put(Event::Planned { ticket, result });
                }
                Wish::Drift { at, ticket } => {
                    let result = self.sight(at).await;
                    self.out.put(Event::DriftFound { ticket, result });
                }
                Wish::Apply(cancel) => {
                    let result = self.apply(cancel).await;
                    self.out.put(Event::RunEnded { result });
                }
            }
        }
    }

    /// The workspace of a drawing.
    async fn open(&mut self, at: Place) -> Result<&mut Workspace, String> {
        let Place { target, document, path } = at;
        let key = Key { target, path, region: document.topology.region.clone() };
        // What stands in files is read again: the command line may have been at work.
        let kept = self.bench.take().filter(|(old, _)| *old == key && key.path.is_none());
        let workspace = if let Some((_, mut workspace)) = kept {
            workspace.redraw(document);
            workspace
        } else {
            let pace = Pace::Times(OFFLINE_PACE);
            Workspace::open(document, key.path.as_deref(), &key.target, pace).await?
        };
        Ok(&mut self.bench.insert((key, workspace)).1)
    }

    async fn sight(&mut self, at: Place) -> Result<Arc<Sight>, String> {
        self.plan = None;
        self.open(at).await?.sight().await.map(Arc::new)
    }

    async fn plan(&mut self, at: Place, goal: Goal, with: With) -> Result<PlanReport, String> {
        self.plan = None;
        let workspace = self.open(at).await?;
        let goes_on = with.resume && goal == Goal::Deploy && workspace.resume_restore();
        let goal = if goes_on { Goal::Restore } else { goal };
        if goal == Goal::Restore && !goes_on {
            workspace.restrict(&with.restore)?;
        }
        workspace.leave_foreign(with.leave_foreign);
        let plan = workspace.prepare(goal).await?;
        let report = PlanReport::of(&plan);
        self.plan = Some((plan, goal)).filter(|(plan, _)| !plan.has_errors());
        Ok(report)
    }

    async fn apply(&mut self, mut cancel: Cancel) -> Result<String, String> {
        let (Some((plan, goal)), Some((_, workspace))) = (self.plan.take(), &mut self.bench) else {
            return Err(t!("deploy-no-plan"));
        };
        let rows = PlanReport::places(&plan);
        let out = self.out.clone();
        let mut watch = move |at_ms: u64, progress: Progress| match progress {
            Progress::Row { action, state, detail } => {
                if let Some(row) = rows.get(action).copied().flatten() {
                    let at_secs = at_ms / 1_000;
                    out.put(Event::RowChanged { row, status: state.into(), detail, at_secs });
                }
            }
            Progress::Log { text, is_error } => {
                out.put(Event::Logged(LogLine { at_secs: at_ms / 1_000, text, is_error }));
            }
        };
        let ended = workspace.apply(plan, &mut watch, &mut cancel).await?;
        let held = workspace.held();
        if !held.is_empty() {
            self.out.put(Event::Held(held.iter().map(Occupant::line).collect()));
        }
        match ended {
            Ended::Left => Ok(t!("deploy-cli-left", by = list(held))),
            Ended::Done if goal == Goal::Destroy => Ok(t!("deploy-cli-destroyed")),
            Ended::Done if goal == Goal::Rollback => Ok(t!("deploy-cli-rolled-back")),
            Ended::Done if goal == Goal::Restore => Ok(t!("deploy-cli-restored")),
            Ended::Done => Ok(t!("deploy-cli-deployed")),
            Ended::Failed => Err(t!("deploy-run-failed")),
            Ended::Cancelled => Err(t!("deploy-run-cancelled")),
        }
    }
}
