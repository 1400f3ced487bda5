//! The plan and the run, as the window shows them.

use crate::model::ResourceId;

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

/// One action of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// The actions in order.
    pub rows: Vec<ActionRow>,
    /// One sentence about the plan or about how the run ended.
    pub summary: String,
    /// What happened, oldest first.
    pub log: Vec<LogLine>,
    /// The revision of the document that was planned, carried along by changes of the picture only;
    /// another one makes the plan stale.
    pub revision: u64,
}
