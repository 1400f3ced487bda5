//! What the window (or a test) asks of the session. Plain data.

use std::path::PathBuf;

use super::{Target, effect::ExportFormat};
use crate::{
    edit::Command,
    model::{Container, ResourceId},
    scene::Theme,
};

/// A wish.
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    /// Change the document.
    Edit(Command),
    /// Take the last change back.
    Undo,
    /// Take it again.
    Redo,
    /// Select exactly these.
    Select(Vec<ResourceId>),
    /// Add to the selection, or take from it.
    ToggleSelect(ResourceId),
    /// Select everything.
    SelectAll,
    /// Select these and bring them into view.
    Reveal(Vec<ResourceId>),
    /// Remove what is selected.
    DeleteSelection,
    /// Copy what is selected.
    Copy,
    /// Copy and remove it.
    Cut,
    /// Put in what was copied; into a container, or where it came from.
    Paste(Option<Container>),
    /// Copy what is selected beside itself.
    Duplicate,
    /// Lay everything out anew.
    Tidy,
    /// Carry out a fix of the problem at this place of the list.
    ApplyFix {
        /// The place in `problems()`.
        problem: usize,
        /// The place in its fixes.
        fix: usize,
    },
    /// An empty document.
    New,
    /// A document from a template, by its name.
    NewFromTemplate(String),
    /// Ask for a file and open it.
    Open,
    /// Open this file.
    OpenPath(PathBuf),
    /// Ask for a folder of `describe-*` output and make a document of it.
    Import,
    /// Make a document of this folder.
    ImportPath(PathBuf),
    /// Put the report of the last import away.
    DismissReport,
    /// Save to the document's file, or ask for one.
    Save,
    /// Ask for a file and save to it.
    SaveAs,
    /// Save to this file.
    SaveTo(PathBuf),
    /// Ask for a file and export the picture or the network to it.
    Export(ExportFormat),
    /// Choose the colours of exported pictures.
    SetPictureTheme(Theme),
    /// Export to this file.
    ExportTo(ExportFormat, PathBuf),
    /// The window wants to close.
    CloseRequested,
    /// The user answered the open question.
    Answer(Answer),
    /// Choose where a deploy goes.
    SetTarget(Target),
    /// Work out what a deploy would do.
    Plan,
    /// Work out what a destroy would do.
    PlanDestroy,
    /// Look what was changed in the account behind the drawing's back.
    LookForDrift,
    /// Change the drawing to what is there, for these of what drifted, by their ids in the account.
    AcceptDrift(Vec<String>),
    /// Plan to set this one of what drifted back as it is drawn.
    RestoreDrift(String),
    /// Put the list of what drifted away.
    DismissDrift,
    /// Carry out the plan that is shown.
    Apply,
    /// Start nothing new; finish what is under way.
    CancelRun,
    /// Go on with a run that failed or was stopped, without another review unless more is lost by it.
    Resume,
    /// Bring back what stood before a run that failed or was stopped.
    RollBack,
    /// Destroy the rest, leave what others keep from going, and end there.
    LeaveForeign,
    /// Put the plan or the finished run away.
    DismissPlan,
}

/// A question that needs the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// There are unsaved changes and the user wants to do something that loses them.
    SaveChanges {
        /// What happens afterwards.
        then: Box<AfterSave>,
    },
    /// No dialog service answers: type a path.
    Path {
        /// What the path is for.
        purpose: PathPurpose,
        /// What stands in the field at first.
        suggestion: String,
        /// Why the last answer did not do, if there was one.
        error: Option<String>,
    },
    /// The file exists (typed paths only; file dialogs ask by themselves).
    Overwrite {
        /// What it is for.
        purpose: PathPurpose,
        /// The file.
        path: PathBuf,
    },
    /// Someone else changed the file since it was read.
    ChangedOnDisk {
        /// The file.
        path: PathBuf,
    },
    /// A run is under way and the user wants to close. Yes stops the run and closes when the calls
    /// under way have ended; asked and answered again, it closes at once.
    RunUnderWay,
}

/// What a path is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathPurpose {
    /// To open a document.
    Open,
    /// To import a folder.
    Import,
    /// To save the document.
    Save,
    /// To export.
    Export(ExportFormat),
}

/// What happens once changes are saved or dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AfterSave {
    /// The window closes.
    Close,
    /// An empty document.
    New,
    /// A document from a template.
    NewFromTemplate(String),
    /// Ask for a file and open it.
    Open,
    /// Open this file.
    OpenPath(PathBuf),
    /// Ask for a folder and import it.
    Import,
    /// Import this folder.
    ImportPath(PathBuf),
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Save first / overwrite / go on.
    Yes,
    /// Do not save.
    No,
    /// Leave everything as it is.
    Cancel,
    /// This path.
    Path(String),
}
