//! What the session asks of the outside world. Plain data, carried out by `runtime`.

use std::{path::PathBuf, sync::Arc};

use super::{Target, intent::PathPurpose};
use crate::model::Document;

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
    /// Write a document atomically; answered by `Event::Saved`.
    WriteFile {
        /// Where to.
        path: PathBuf,
        /// What.
        document: Arc<Document>,
        /// The history's depth at this moment.
        revision: u64,
        /// What the file must still look like; `None` writes whatever is there.
        expected_stamp: Option<String>,
    },
    /// Write an export; answered by `Event::Exported`.
    WriteExport {
        /// The format.
        format: ExportFormat,
        /// Where to.
        path: PathBuf,
        /// What.
        document: Arc<Document>,
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
