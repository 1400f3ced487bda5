//! Opening, saving, exporting.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{
    AfterSave, DeployView, Effect, Expected, ExportFormat, FileState, NoticeLevel, PathPurpose, Question,
    SaveError, Session,
};
use crate::{
    edit::{History, history::StateId},
    interop::templates,
    model::Document,
    reach, t,
};

/// The ending of a document's file.
const ENDING: &str = ".vpcscape.json";

/// So many files are remembered.
const RECENT: usize = 10;

/// A write that was asked for and is not answered yet.
#[derive(Debug, Clone)]
pub(super) struct PendingSave {
    path: PathBuf,
    revision: u64,
    /// What is saved when the write succeeds; later edits stay unsaved.
    state: StateId,
    /// Whether another save was asked for in the meantime.
    again: bool,
}

impl Session {
    pub(super) fn open_path(&mut self, path: PathBuf) -> Vec<Effect> {
        self.pending_open = Some((path.clone(), self.revision));
        vec![Effect::ReadFile(path)]
    }

    pub(super) fn ask_open(&self) -> Vec<Effect> {
        let folder = self.file.path.as_deref().and_then(Path::parent);
        let suggestion = folder.map_or_else(String::new, |folder| folder.display().to_string());
        vec![Effect::PickPath { purpose: PathPurpose::Open, suggestion }]
    }

    pub(super) fn opened(
        &mut self,
        path: PathBuf,
        result: Result<(Box<Document>, String), String>,
    ) -> Vec<Effect> {
        let asked_at = self.pending_open.take_if(|(asked, _)| *asked == path).map(|(_, revision)| revision);
        let (document, stamp) = match result {
            Ok(opened) => opened,
            Err(sentence) => {
                self.notify(NoticeLevel::Error, sentence);
                return Vec::new();
            }
        };
        // What was drawn while the file was read is not thrown away unasked.
        if self.history.is_dirty() && asked_at != Some(self.revision) {
            self.question = Some(Question::SaveChanges { then: Box::new(AfterSave::OpenPath(path)) });
            return Vec::new();
        }
        self.load(*document, FileState { path: Some(path.clone()), saving: false, stamp: Some(stamp) });
        self.remember(path)
    }

    pub(super) fn import_path(&mut self, path: PathBuf) -> Vec<Effect> {
        self.pending_open = Some((path.clone(), self.revision));
        vec![Effect::ReadDump(path)]
    }

    pub(super) fn ask_import(&self) -> Vec<Effect> {
        let folder = self.file.path.as_deref().and_then(Path::parent);
        let suggestion = folder.map_or_else(String::new, |folder| folder.display().to_string());
        vec![Effect::PickPath { purpose: PathPurpose::Import, suggestion }]
    }

    /// An imported document belongs to no file yet: it is saved where the user says.
    pub(super) fn imported(
        &mut self,
        path: PathBuf,
        result: Result<(Box<Document>, String), String>,
    ) -> Vec<Effect> {
        let asked_at = self.pending_open.take_if(|(asked, _)| *asked == path).map(|(_, revision)| revision);
        let (document, report) = match result {
            Ok(imported) => imported,
            Err(sentence) => {
                self.notify(NoticeLevel::Error, sentence);
                return Vec::new();
            }
        };
        if self.history.is_dirty() && asked_at != Some(self.revision) {
            self.question = Some(Question::SaveChanges { then: Box::new(AfterSave::ImportPath(path)) });
            return Vec::new();
        }
        self.load(*document, FileState::default());
        self.import_report = Some(report);
        Vec::new()
    }

    pub(super) fn new_document(&mut self) {
        let region = self.document.topology.region.clone();
        self.load(Document::new(t!("session-untitled"), region), FileState::default());
    }

    pub(super) fn new_from_template(&mut self, name: &str) {
        match templates::document(name) {
            Some(document) => self.load(document, FileState::default()),
            None => self.notify(NoticeLevel::Error, t!("session-no-template", name = name)),
        }
    }

    /// Another document takes the place of the open one. The clip, the target and the notices stay.
    fn load(&mut self, document: Document, file: FileState) {
        self.index = Arc::new(document.topology.index());
        self.review = Arc::new(self.live.review(&document, &self.index));
        self.checks = Arc::new(reach::run_checks(&document, &self.index));
        self.document = Arc::new(document);
        self.history = History::saved();
        self.revision += 1;
        self.selection.clear();
        self.file = file;
        self.question = None;
        self.deploy = DeployView::default();
        self.pending_save = None;
        self.pending_open = None;
        self.after_save = None;
        self.import_report = None;
        self.request_frame(Vec::new());
    }

    pub(super) fn save(&mut self) -> Vec<Effect> {
        let Some(path) = self.file.path.clone() else {
            return self.save_as();
        };
        let expected = self.file.stamp.clone().map_or(Expected::Anything, Expected::Stamp);
        self.write(path, expected)
    }

    pub(super) fn save_as(&mut self) -> Vec<Effect> {
        let suggestion = self.suggested(ENDING);
        vec![Effect::PickPath { purpose: PathPurpose::Save, suggestion }]
    }

    /// Saves to a path that nobody was asked about: a file that is there is not replaced unasked.
    pub(super) fn save_to(&mut self, path: PathBuf) -> Vec<Effect> {
        if self.file.path.as_ref() == Some(&path) {
            return self.save();
        }
        self.write(path, Expected::Absent)
    }

    pub(super) fn write(&mut self, path: PathBuf, expected: Expected) -> Vec<Effect> {
        if let Some(pending) = &mut self.pending_save
            && pending.path == path
        {
            pending.again = true;
            return Vec::new();
        }
        let (revision, state) = (self.revision, self.history.state());
        self.file.saving = true;
        self.pending_save = Some(PendingSave { path: path.clone(), revision, state, again: false });
        vec![Effect::WriteFile { path, document: self.snapshot(), revision, expected }]
    }

    pub(super) fn saved(
        &mut self,
        path: PathBuf,
        revision: u64,
        result: Result<String, SaveError>,
    ) -> Vec<Effect> {
        let answers = |pending: &mut PendingSave| pending.path == path && pending.revision == revision;
        let Some(pending) = self.pending_save.take_if(answers) else {
            return Vec::new();
        };
        self.file.saving = false;
        match result {
            Ok(stamp) => self.save_succeeded(pending, stamp),
            Err(error) => {
                self.save_failed(path, error);
                Vec::new()
            }
        }
    }

    fn save_succeeded(&mut self, pending: PendingSave, stamp: String) -> Vec<Effect> {
        self.history.mark_saved(pending.state);
        self.file.path = Some(pending.path.clone());
        self.file.stamp = Some(stamp);
        self.notify(NoticeLevel::Info, t!("session-saved", path = pending.path.display()));
        let mut effects = self.remember(pending.path);
        if !self.history.is_dirty() {
            if let Some(then) = self.after_save.take() {
                effects.extend(self.proceed(then));
            }
        } else if pending.again {
            effects.extend(self.save());
        } else if let Some(then) = self.after_save.take() {
            // Something was drawn while the file was written.
            effects.extend(self.guard(then));
        }
        effects
    }

    fn save_failed(&mut self, path: PathBuf, error: SaveError) {
        match error {
            SaveError::ChangedOnDisk => self.question = Some(Question::ChangedOnDisk { path }),
            SaveError::Exists => {
                self.question = Some(Question::Overwrite { purpose: PathPurpose::Save, path });
            }
            SaveError::Failed(sentence) => {
                self.after_save = None;
                self.notify(NoticeLevel::Error, sentence);
            }
        }
    }

    pub(super) fn export(&mut self, format: ExportFormat) -> Vec<Effect> {
        let suggestion = self.suggested(&format!(".{}", format.as_str()));
        vec![Effect::PickPath { purpose: PathPurpose::Export(format), suggestion }]
    }

    /// Exports to a path that nobody was asked about.
    pub(super) fn export_to(&mut self, format: ExportFormat, path: PathBuf) -> Vec<Effect> {
        self.write_export(format, path, Expected::Absent)
    }

    pub(super) fn write_export(
        &mut self,
        format: ExportFormat,
        path: PathBuf,
        expected: Expected,
    ) -> Vec<Effect> {
        let (document, theme) = (self.snapshot(), self.picture_theme);
        vec![Effect::WriteExport { format, path, document, theme, expected }]
    }

    pub(super) fn exported(
        &mut self,
        format: ExportFormat,
        path: PathBuf,
        result: Result<(), SaveError>,
    ) -> Vec<Effect> {
        match result {
            Ok(()) => self.notify(NoticeLevel::Info, t!("session-exported", path = path.display())),
            Err(SaveError::Failed(sentence)) => self.notify(NoticeLevel::Error, sentence),
            Err(SaveError::Exists | SaveError::ChangedOnDisk) => {
                self.question = Some(Question::Overwrite { purpose: PathPurpose::Export(format), path });
            }
        }
        Vec::new()
    }

    /// A file dialog was answered; it has asked by itself whether a file may be replaced.
    pub(super) fn path_picked(&mut self, purpose: PathPurpose, path: PathBuf) -> Vec<Effect> {
        match purpose {
            PathPurpose::Open => self.open_path(path),
            PathPurpose::Import => self.import_path(path),
            PathPurpose::Save => self.write(with_ending(path, ENDING), Expected::Anything),
            PathPurpose::Export(format) => {
                let path = with_ending(path, &format!(".{}", format.as_str()));
                self.write_export(format, path, Expected::Anything)
            }
        }
    }

    /// A path was typed.
    pub(super) fn path_typed(&mut self, purpose: PathPurpose, path: PathBuf) -> Vec<Effect> {
        match purpose {
            PathPurpose::Open => self.open_path(path),
            PathPurpose::Import => self.import_path(path),
            PathPurpose::Save => self.save_to(with_ending(path, ENDING)),
            PathPurpose::Export(format) => {
                self.export_to(format, with_ending(path, &format!(".{}", format.as_str())))
            }
        }
    }

    fn remember(&mut self, path: PathBuf) -> Vec<Effect> {
        self.recent_files.retain(|known| *known != path);
        self.recent_files.insert(0, path);
        self.recent_files.truncate(RECENT);
        vec![Effect::RememberRecent(self.recent_files.clone())]
    }

    /// The document's file with another ending; its name where it has no file yet.
    fn suggested(&self, ending: &str) -> String {
        if let Some(path) = &self.file.path {
            let text = path.display().to_string();
            let stem = text.strip_suffix(ENDING).or_else(|| text.strip_suffix(".json")).unwrap_or(&text);
            return format!("{stem}{ending}");
        }
        let legal = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
        let stem: String = self.document.name.chars().map(legal).collect();
        format!("{stem}{ending}")
    }
}

/// The path with an ending, should it have none at all.
fn with_ending(path: PathBuf, ending: &str) -> PathBuf {
    if path.extension().is_some() {
        return path;
    }
    let mut text = path.into_os_string();
    text.push(ending);
    PathBuf::from(text)
}
