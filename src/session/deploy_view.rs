//! The plan and the run, as the window shows them.

use std::collections::BTreeMap;

use crate::{
    deploy::{Action, ActionKind, Plan, RowState, estimate::duration},
    model::ResourceId,
    problem::{Problem, Severity},
    t,
};

/// Where a deploy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DeployPhase {
    /// Nothing is planned.
    #[default]
    Idle,
    /// A plan is being worked out.
    Planning,
    /// A plan waits for the user.
    Planned,
    /// The plan is being carried out.
    Running,
    /// The run is stopping: calls under way end, no new ones start.
    Cancelling,
    /// The run is over, well.
    Done,
    /// The run is over, with failures; deploy or destroy goes on from here.
    Failed,
}

/// The state of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RowStatus {
    /// Not begun.
    #[default]
    Waiting,
    /// Under way.
    Running,
    /// Done.
    Done,
    /// Failed.
    Failed,
    /// Not begun because something before it failed or the run was cancelled.
    Skipped,
}

impl From<RowState> for RowStatus {
    fn from(state: RowState) -> Self {
        match state {
            RowState::Waiting => Self::Waiting,
            RowState::Running => Self::Running,
            RowState::Done => Self::Done,
            RowState::Failed => Self::Failed,
            RowState::Skipped => Self::Skipped,
        }
    }
}

/// One action of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActionRow {
    /// The resource on the drawing, if it is there.
    pub resource: Option<ResourceId>,
    /// `+`, `~`, `±`, `-`, `=`.
    pub glyph: &'static str,
    /// Whether something is lost or out of reach for a while.
    pub stands_out: bool,
    /// What is done, in words: `create subnet public-a (10.0.0.0/24)`.
    pub title: String,
    /// Why.
    pub reason: String,
    /// Its state.
    pub status: RowStatus,
    /// What it does, waits for, or what went wrong.
    pub detail: String,
    /// The rows whose end it waits for.
    pub after: Vec<usize>,
    /// How long it usually takes once nothing is in its way.
    pub usual_secs: u64,
    /// Whether the end of the run waits for it.
    pub is_critical: bool,
    /// Since when it has its state, in seconds since the run began.
    pub since_secs: u64,
}

/// What a plan found out before anything is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is; an error stands in the way.
    pub severity: Severity,
    /// What is wrong, and what to do.
    pub text: String,
    /// The resource on the drawing that it is about.
    pub resource: Option<ResourceId>,
}

/// A plan, as the window is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanReport {
    /// The actions in order.
    pub rows: Vec<ActionRow>,
    /// How long it takes.
    pub expected_secs: u64,
    /// One sentence about it.
    pub summary: String,
    /// The account and region, and whose credentials.
    pub caller: String,
    /// What was found out before anything is made.
    pub findings: Vec<Finding>,
}

impl PlanReport {
    /// What is to be told of a plan.
    pub fn of(plan: &Plan) -> Self {
        // After errors, `nothing to do` would mislead.
        let mut sentences: Vec<String> =
            if plan.is_empty() && plan.has_errors() { Vec::new() } else { vec![plan.summary()] };
        sentences.extend([plan.cost.words(), plan.takes()].into_iter().filter(|it| !it.is_empty()));
        Self {
            rows: rows(plan),
            expected_secs: plan.rehearsed_ms.unwrap_or(plan.estimate.total_ms).div_ceil(1_000),
            summary: sentences.join(" "),
            caller: plan.who(),
            findings: plan.problems.iter().map(finding).collect(),
        }
    }

    /// The row of each action of a plan: what stays as it is has none.
    pub fn places(plan: &Plan) -> Vec<Option<usize>> {
        let mut shown = 0..;
        plan.actions.iter().map(|action| if is_shown(action) { shown.next() } else { None }).collect()
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

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// Seconds since the run began.
    pub at_secs: u64,
    /// What happened.
    pub text: String,
    /// Whether it is an error.
    pub is_error: bool,
}

/// What the deploy panel shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeployView {
    /// Where it stands.
    pub phase: DeployPhase,
    /// Whether everything is to be destroyed.
    pub destroy: bool,
    /// Whether what stood before is brought back.
    pub rollback: bool,
    /// The actions in order.
    pub rows: Vec<ActionRow>,
    /// How long it takes.
    pub expected_secs: u64,
    /// Seconds since the run began, as far as it was heard of.
    pub now_secs: u64,
    /// One sentence about the plan or about how the run ended.
    pub summary: String,
    /// The account and region, and whose credentials.
    pub caller: String,
    /// What was found out before anything is made.
    pub findings: Vec<Finding>,
    /// What others kept from going, in words.
    pub held: Vec<String>,
    /// What happened, oldest first.
    pub log: Vec<LogLine>,
    /// The revision of the document that was planned, carried along by changes of the picture only;
    /// another one makes the plan stale.
    pub revision: u64,
}

impl DeployView {
    /// Takes in that a row has another state or does something else.
    pub fn change(&mut self, row: usize, status: RowStatus, detail: String, at_secs: u64) {
        self.now_secs = self.now_secs.max(at_secs);
        let Some(row) = self.rows.get_mut(row) else { return };
        if row.status != status {
            row.since_secs = at_secs;
        }
        row.status = status;
        row.detail = detail;
    }

    /// How many actions are over, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        let over =
            |row: &&ActionRow| matches!(row.status, RowStatus::Done | RowStatus::Failed | RowStatus::Skipped);
        (self.rows.iter().filter(over).count(), self.rows.len())
    }

    /// Since when a row is under way and how long that usually takes, in words.
    pub fn timing(&self, row: &ActionRow) -> String {
        let usual = duration(row.usual_secs * 1_000);
        match row.status {
            RowStatus::Running => {
                let since = duration(self.now_secs.saturating_sub(row.since_secs) * 1_000);
                t!("session-row-since", since = since, usual = usual)
            }
            RowStatus::Waiting if row.usual_secs > 0 => t!("session-row-usual", usual = usual),
            _ => String::new(),
        }
    }

    /// The titles of what a row still waits for.
    pub fn waits_for(&self, row: &ActionRow) -> Vec<&str> {
        let rows = row.after.iter().filter_map(|at| self.rows.get(*at));
        rows.filter(|it| it.status != RowStatus::Done).map(|it| it.title.as_str()).collect()
    }

    /// How many seconds are left, by what is usual: what is expected, less what has passed, and no less
    /// than what the longest row under way still takes.
    pub fn left_secs(&self) -> u64 {
        let open = |row: &&ActionRow| row.status == RowStatus::Running;
        let left = |row: &ActionRow| (row.since_secs + row.usual_secs).saturating_sub(self.now_secs);
        let longest = self.rows.iter().filter(open).map(left).max().unwrap_or_default();
        self.expected_secs.saturating_sub(self.now_secs).max(longest)
    }

    /// Whether something stands in the way, so that the plan cannot be carried out.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}
