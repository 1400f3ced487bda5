//! The open document and everything around it, without a window: intents come in, effects go out,
//! events come back. Tests enter here with scripted effects.

pub mod deploy_view;
mod deploying;
mod drift;
mod editing;
pub mod effect;
pub mod event;
mod files;
mod handle;
pub mod intent;
mod questions;
pub mod sink;
#[cfg(test)]
mod tests;

pub use deploy_view::{ActionRow, DeployPhase, DeployView, Finding, LogLine, PlanReport, RowStatus};
pub use drift::DriftView;
pub use effect::{Effect, Expected, ExportFormat};
pub use event::{Event, SaveError};
pub use intent::{AfterSave, Answer, Intent, PathPurpose, Question};
pub use sink::EffectSink;

use std::{path::PathBuf, sync::Arc};

use crate::{
    edit::{Clip, History},
    model::{Document, Index, ResourceId},
    problem::Problem,
    reach::{CheckResult, run_checks},
    rules::{Live, Review},
    scene::Theme,
};

/// Where a deploy goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The in-memory cloud of this program: offline, free, forgotten with the program.
    Simulated,
    /// The real EC2 API, with credentials as the AWS CLI finds them.
    Aws {
        /// The profile; the CLI's default where it is empty.
        profile: Option<String>,
        /// The region; the document's where it is empty.
        region: Option<String>,
        /// Another endpoint, such as a local emulator.
        endpoint_url: Option<String>,
    },
}

/// How loud a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeLevel {
    /// Something went as asked.
    Info,
    /// Something was refused.
    Warning,
    /// Something failed.
    Error,
}

/// A message that appears for a while and stays in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Counts up; lets the window show each once.
    pub number: u64,
    /// How loud.
    pub level: NoticeLevel,
    /// What it says.
    pub text: String,
}

/// The file of the open document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileState {
    /// Its path; a document that was never saved has none.
    pub path: Option<PathBuf>,
    /// Whether a save is under way.
    pub saving: bool,
    /// A stamp of what is on disk, to notice that someone else changed it.
    pub stamp: Option<String>,
}

/// The whole program without a window. The window reads it and sends [`Intent`]s.
#[derive(Debug)]
pub struct Session {
    document: Arc<Document>,
    index: Arc<Index>,
    history: History,
    /// Counts the changes of the document; equal numbers mean an equal document.
    revision: u64,
    selection: Vec<ResourceId>,
    review: Arc<Review>,
    live: Live,
    checks: Arc<Vec<CheckResult>>,
    clip: Option<Clip>,
    file: FileState,
    recent_files: Vec<PathBuf>,
    question: Option<Question>,
    notices: Vec<Notice>,
    target: Target,
    /// The colours of exported pictures.
    picture_theme: Theme,
    deploy: DeployView,
    /// What was changed behind the drawing's back.
    drift: DriftView,
    /// What the window should bring into view next, with a number that counts up.
    frame_request: Option<(u64, Vec<ResourceId>)>,
    /// The write that was asked for and is not answered yet.
    pending_save: Option<files::PendingSave>,
    /// The file that is being read, and the revision at which that was asked.
    pending_open: Option<(PathBuf, u64)>,
    /// The report of the last import, until it is put away.
    import_report: Option<String>,
    /// What happens once the document is saved.
    after_save: Option<AfterSave>,
    /// Whether the window closes when the run has ended.
    close_after_run: bool,
    /// The next plan is carried out as soon as it is there.
    apply_when_planned: bool,
    /// The number of the plan that was asked for last.
    plan_ticket: u64,
    notice_number: u64,
}

impl Session {
    /// A session over a document as its file holds it; `path` is `None` for one that was never saved.
    pub fn new(document: Document, path: Option<PathBuf>) -> Self {
        let index = document.topology.index();
        let mut live = Live::default();
        let review = live.review(&document, &index);
        let checks = run_checks(&document, &index);
        Self {
            document: Arc::new(document),
            index: Arc::new(index),
            history: History::saved(),
            revision: 0,
            selection: Vec::new(),
            review: Arc::new(review),
            live,
            checks: Arc::new(checks),
            clip: None,
            file: FileState { path, ..FileState::default() },
            recent_files: Vec::new(),
            question: None,
            notices: Vec::new(),
            target: Target::Simulated,
            picture_theme: Theme::Light,
            deploy: DeployView::default(),
            drift: DriftView::default(),
            frame_request: None,
            pending_save: None,
            pending_open: None,
            import_report: None,
            after_save: None,
            close_after_run: false,
            apply_when_planned: false,
            plan_ticket: 0,
            notice_number: 0,
        }
    }

    /// The same session with a file whose stamp is known.
    #[must_use]
    pub fn with_file(mut self, file: FileState) -> Self {
        self.file = file;
        self
    }

    /// The same session over a document that no file holds: closing asks whether to save it.
    #[must_use]
    pub fn unsaved(mut self) -> Self {
        self.history = History::default();
        self
    }

    /// The same session with something to say at once.
    #[must_use]
    pub fn with_notice(mut self, level: NoticeLevel, text: String) -> Self {
        self.notify(level, text);
        self
    }

    /// The same session with the files opened lately, newest first.
    #[must_use]
    pub fn with_recent_files(mut self, recent_files: Vec<PathBuf>) -> Self {
        self.recent_files = recent_files;
        self
    }

    /// The open document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// A snapshot of the document for background work.
    pub fn snapshot(&self) -> Arc<Document> {
        Arc::clone(&self.document)
    }

    /// Look-ups over the open document.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Counts up at every change of the document, undo and redo included.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// What is selected, in the order of selecting.
    pub fn selection(&self) -> &[ResourceId] {
        &self.selection
    }

    /// Whether a resource is selected.
    pub fn is_selected(&self, id: &ResourceId) -> bool {
        self.selection.contains(id)
    }

    /// The findings about the document as it is now, errors first.
    pub fn problems(&self) -> &[Problem] {
        &self.review.problems
    }

    /// The findings that are meant to be so, with the reasons.
    pub fn suppressed(&self) -> &[(Problem, String)] {
        &self.review.suppressed
    }

    /// What comes of the saved checks of the document as it is now, in the order of names.
    pub fn checks(&self) -> &[CheckResult] {
        &self.checks
    }

    /// How many saved checks do not hold.
    pub fn failed_checks(&self) -> usize {
        self.checks.iter().filter(|check| !check.holds).count()
    }

    /// Undo and redo.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// What Paste would put in.
    pub fn clip(&self) -> Option<&Clip> {
        self.clip.as_ref()
    }

    /// The file.
    pub fn file(&self) -> &FileState {
        &self.file
    }

    /// Files opened lately, newest first.
    pub fn recent_files(&self) -> &[PathBuf] {
        &self.recent_files
    }

    /// The report of the last import, until it is put away.
    pub fn import_report(&self) -> Option<&str> {
        self.import_report.as_deref()
    }

    /// The question that waits for an answer; the window shows it as a dialog.
    pub fn question(&self) -> Option<&Question> {
        self.question.as_ref()
    }

    /// What was said so far, oldest first; at most a few hundred.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Where a deploy goes.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// The colours of exported pictures: light until told otherwise, whatever the window has.
    pub fn picture_theme(&self) -> Theme {
        self.picture_theme
    }

    /// Whether the drawing has changed since the plan was made, so that the plan must be made anew.
    /// Moving boxes does not count: it changes nothing that is deployed.
    pub fn is_plan_stale(&self) -> bool {
        self.deploy.revision != self.revision
    }

    /// Whether a plan is being carried out.
    pub fn is_running(&self) -> bool {
        matches!(self.deploy.phase, DeployPhase::Running | DeployPhase::Cancelling)
    }

    /// The plan and the run.
    pub fn deploy(&self) -> &DeployView {
        &self.deploy
    }

    /// What was changed in the account behind the drawing's back, as far as it was looked for.
    pub fn drift(&self) -> &DriftView {
        &self.drift
    }

    /// What the window should bring into view; act when the number is new. An empty list stands for
    /// the whole drawing.
    pub fn frame_request(&self) -> Option<&(u64, Vec<ResourceId>)> {
        self.frame_request.as_ref()
    }

    /// The window's title: name, a mark for unsaved changes, the program.
    pub fn title(&self) -> String {
        let mark = if self.history.is_dirty() { "● " } else { "" };
        format!("{mark}{} - vpcscape", self.document.name)
    }
}
