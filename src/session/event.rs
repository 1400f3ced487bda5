//! What came of effects. Plain data, put into the session by `runtime`.

use std::{path::PathBuf, sync::Arc};

use super::{
    deploy_view::{LogLine, PlanReport, RowStatus},
    effect::ExportFormat,
    intent::PathPurpose,
};
use crate::{deploy::drift::Sight, model::Document};

/// Something that happened outside.
#[derive(Debug, Clone)]
pub enum Event {
    /// A file dialog was answered.
    PathPicked {
        /// What it was for.
        purpose: PathPurpose,
        /// The choice; `None` is cancelled.
        path: Option<PathBuf>,
    },
    /// No file dialog could be shown.
    NoDialog {
        /// What it was for.
        purpose: PathPurpose,
        /// What stands in the path field at first.
        suggestion: String,
    },
    /// A document was read, or not.
    Opened {
        /// From where.
        path: PathBuf,
        /// The document and the stamp of its file, or one sentence.
        result: Result<(Box<Document>, String), String>,
    },
    /// A folder was made a document, or not.
    Imported {
        /// From where.
        path: PathBuf,
        /// The document and the report for people, or one sentence.
        result: Result<(Box<Document>, String), String>,
    },
    /// A document was written, or not.
    Saved {
        /// Where to.
        path: PathBuf,
        /// The session's revision when the write was asked for.
        revision: u64,
        /// The stamp of the file now, or why not.
        result: Result<String, SaveError>,
    },
    /// An export was written, or not.
    Exported {
        /// The format.
        format: ExportFormat,
        /// Where to.
        path: PathBuf,
        /// Nothing, or why not.
        result: Result<(), SaveError>,
    },
    /// A plan is ready, or not.
    Planned {
        /// The number of the `Effect::Plan` that this answers.
        ticket: u64,
        /// The plan, or why there is none.
        result: Result<PlanReport, String>,
    },
    /// The account was looked at for drift, or not.
    DriftFound {
        /// The number of the `Effect::LookForDrift` that this answers.
        ticket: u64,
        /// What was seen, or one sentence.
        result: Result<Arc<Sight>, String>,
    },
    /// One row of the run changed.
    RowChanged {
        /// The row.
        row: usize,
        /// Its state now.
        status: RowStatus,
        /// What it does or waits for.
        detail: String,
        /// Seconds since the run began.
        at_secs: u64,
    },
    /// A line for the log.
    Logged(LogLine),
    /// What others kept from going in the run that ends now, in words.
    Held(Vec<String>),
    /// The run is over.
    RunEnded {
        /// One sentence: done, or what went wrong and how to go on.
        result: Result<String, String>,
    },
}

/// Why a file was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveError {
    /// Someone else changed the file since it was read.
    ChangedOnDisk,
    /// There is a file of that name, and the user was not asked.
    Exists,
    /// Anything else, in one sentence.
    Failed(String),
}
