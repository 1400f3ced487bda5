//! What the session asks of the outside world. Plain data, carried out by `runtime`.

use std::{path::PathBuf, sync::Arc};

use super::{Target, intent::PathPurpose};
use crate::{deploy::Drift, model::Document, scene::Theme};

/// A format of `vpcscape export`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ExportFormat {
    /// The file format itself.
    Json,
    /// The picture as lines and letters.
    Svg,
    /// The picture as pixels.
    Png,
}

impl ExportFormat {
    /// Every format.
    pub const ALL: &[Self] = &[Self::Json, Self::Svg, Self::Png];

    /// The word on the command line, which is also the file's ending.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

/// What a write may replace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// Whatever is there: the user has agreed.
    Anything,
    /// Nothing; a file of that name makes the write fail with `SaveError::Exists`.
    Absent,
    /// The file as it was read or written last, by its stamp; another one makes the write fail with
    /// `SaveError::ChangedOnDisk`. A file that is gone may be written again.
    Stamp(String),
}

/// Something to do outside.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Open a file dialog; answered by `Event::PathPicked`.
    PickPath {
        /// What it is for.
        purpose: PathPurpose,
        /// A file name or path to start from.
        suggestion: String,
    },
    /// Read a document; answered by `Event::Opened`.
    ReadFile(PathBuf),
    /// Make a document of a folder of `describe-*` output; answered by `Event::Imported`.
    ReadDump(PathBuf),
    /// Write a document atomically; answered by `Event::Saved`.
    WriteFile {
        /// Where to.
        path: PathBuf,
        /// What.
        document: Arc<Document>,
        /// The session's revision at this moment, to be given back with `Event::Saved`.
        revision: u64,
        /// What must be there now; anything else is left alone and reported.
        expected: Expected,
    },
    /// Write an export; answered by `Event::Exported`.
    WriteExport {
        /// The format.
        format: ExportFormat,
        /// Where to.
        path: PathBuf,
        /// What.
        document: Arc<Document>,
        /// The colours, for a picture.
        theme: Theme,
        /// What must be there now; never [`Expected::Stamp`].
        expected: Expected,
    },
    /// Work out a plan; answered by `Event::Planned`.
    Plan {
        /// Where.
        target: Target,
        /// What.
        document: Arc<Document>,
        /// The document's file, which names the state file.
        path: Option<PathBuf>,
        /// Whether everything is to be destroyed.
        destroy: bool,
        /// Whether what stood before the open run is to be brought back.
        rollback: bool,
        /// What drifted and is to be set back; the rest stays as it is. Everything where it is empty.
        restore: Vec<Drift>,
        /// Whether a destroy leaves what others keep from going, and ends there.
        leave_foreign: bool,
        /// Whether a run goes on that is not over: one that was to set back some things does only that.
        resume: bool,
        /// To be given back with `Event::Planned`; a plan with an older number is out of date.
        ticket: u64,
    },
    /// Look what was changed behind the drawing's back; answered by `Event::DriftFound`.
    LookForDrift {
        /// Where.
        target: Target,
        /// What.
        document: Arc<Document>,
        /// The document's file, which names the state file.
        path: Option<PathBuf>,
        /// To be given back with `Event::DriftFound`.
        ticket: u64,
    },
    /// Carry out the plan made last; answered by `Event::RunReport` and `Event::RunEnded`.
    Apply,
    /// Start no new call.
    CancelRun,
    /// Remember the files opened lately.
    RememberRecent(Vec<PathBuf>),
    /// Close the window.
    Close,
}
