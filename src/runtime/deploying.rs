//! Plans and runs for the editor: on a thread of their own, told of by events.

use std::{
    collections::BTreeMap,
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
        Action, ActionKind, Drift, Plan, Progress, RowState,
        drift::Sight,
        occupants::{Occupant, list},
    },
    model::{Document, ResourceId},
    problem::Problem,
    session::{ActionRow, Effect, EffectSink, Event, Finding, LogLine, PlanReport, RowStatus, Target},
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

enum Wish {
    Plan { at: Place, goal: Goal, restore: Vec<Drift>, leave_foreign: bool, ticket: u64 },
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
            Effect::Plan { target, document, path, destroy, rollback, restore, leave_foreign, ticket } => {
                let goal = match (rollback, destroy) {
                    (true, _) => Goal::Rollback,
                    (false, true) => Goal::Destroy,
                    (false, false) if restore.is_empty() => Goal::Deploy,
                    (false, false) => Goal::Restore,
                };
                Wish::Plan { at: Place { target, document, path }, goal, restore, leave_foreign, ticket }
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
                Wish::Plan { at, goal, restore, leave_foreign, ticket } => {
                    let result = self.plan(at, goal, &restore, leave_foreign).await;
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

    async fn plan(
        &mut self,
        at: Place,
        goal: Goal,
        restore: &[Drift],
        leave_foreign: bool,
    ) -> Result<PlanReport, String> {
        self.plan = None;
        let workspace = self.open(at).await?;
        if goal == Goal::Restore {
            workspace.restrict(restore)?;
        }
        workspace.leave_foreign(leave_foreign);
        let plan = workspace.prepare(goal).await?;
        let rows = rows(&plan);
        // After errors, `nothing to do` would mislead.
        let mut sentences: Vec<String> =
            if plan.is_empty() && plan.has_errors() { Vec::new() } else { vec![plan.summary()] };
        sentences.extend([plan.cost.words(), plan.takes()].into_iter().filter(|it| !it.is_empty()));
        let report = PlanReport {
            rows,
            expected_secs: plan.rehearsed_ms.unwrap_or(plan.estimate.total_ms).div_ceil(1_000),
            summary: sentences.join(" "),
            caller: plan.who(),
            findings: plan.problems.iter().map(finding).collect(),
        };
        self.plan = Some((plan, goal)).filter(|(plan, _)| !plan.has_errors());
        Ok(report)
    }

    async fn apply(&mut self, mut cancel: Cancel) -> Result<String, String> {
        let (Some((plan, goal)), Some((_, workspace))) = (self.plan.take(), &mut self.bench) else {
            return Err(t!("deploy-no-plan"));
        };
        // The window's rows leave out what stays as it is.
        let mut shown = 0;
        let rows: Vec<Option<usize>> = plan
            .actions
            .iter()
            .map(|action| {
                is_shown(action).then(|| {
                    shown += 1;
                    shown - 1
                })
            })
            .collect();
        let out = self.out.clone();
        let mut watch = move |at_ms: u64, progress: Progress| match progress {
            Progress::Row { action, state, detail } => {
                if let Some(row) = rows.get(action).copied().flatten() {
                    let at_secs = at_ms / 1_000;
                    out.put(Event::RowChanged { row, status: status(state), detail, at_secs });
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

fn is_shown(action: &Action) -> bool {
    action.kind != ActionKind::NoOp
}

/// The rows of what is not left as it is; each knows which other rows it waits for.
fn rows(plan: &Plan) -> Vec<ActionRow> {
    let shown = || plan.actions.iter().enumerate().filter(|(_, action)| is_shown(action));
    let places: BTreeMap<&ResourceId, usize> =
        shown().enumerate().map(|(row, (_, action))| (&action.resource, row)).collect();
    shown()
        .map(|(at, action)| ActionRow {
            after: action.after.iter().filter_map(|id| places.get(id).copied()).collect(),
            usual_secs: plan.estimate.actions.get(at).copied().unwrap_or_default().div_ceil(1_000),
            is_critical: plan.estimate.critical.contains(&at),
            ..row(action)
        })
        .collect()
}

fn row(action: &Action) -> ActionRow {
    ActionRow {
        resource: Some(action.resource.clone()),
        glyph: action.kind.glyph(),
        stands_out: action.is_dangerous(),
        title: action.title.clone(),
        reason: std::iter::once(&action.reason)
            .chain(&action.consequences)
            .cloned()
            .collect::<Vec<_>>()
            .join("; "),
        status: RowStatus::Waiting,
        ..ActionRow::default()
    }
}

fn finding(problem: &Problem) -> Finding {
    let parts = std::iter::once(problem.message.as_str()).chain(problem.help.as_deref());
    Finding {
        severity: problem.severity,
        text: parts.collect::<Vec<_>>().join(" "),
        resource: problem.subjects.first().map(|subject| subject.id.clone()),
    }
}

fn status(state: RowState) -> RowStatus {
    match state {
        RowState::Waiting => RowStatus::Waiting,
        RowState::Running => RowStatus::Running,
        RowState::Done => RowStatus::Done,
        RowState::Failed => RowStatus::Failed,
        RowState::Skipped => RowStatus::Skipped,
    }
}
