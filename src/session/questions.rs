//! Questions to the user, and what follows from the answers.

use std::path::PathBuf;

use super::{AfterSave, Answer, Effect, Expected, NoticeLevel, PathPurpose, Question, Session};
use crate::t;

impl Session {
    /// Does what would lose unsaved changes, after asking if there are any.
    pub(super) fn guard(&mut self, then: AfterSave) -> Vec<Effect> {
        if self.is_running() && then != AfterSave::Close {
            self.notify(NoticeLevel::Warning, t!("session-run-under-way"));
            return Vec::new();
        }
        if !self.history.is_dirty() {
            return self.proceed(then);
        }
        self.question = Some(Question::SaveChanges { then: Box::new(then) });
        Vec::new()
    }

    /// Does what was guarded.
    pub(super) fn proceed(&mut self, then: AfterSave) -> Vec<Effect> {
        match then {
            AfterSave::Close => return vec![Effect::Close],
            AfterSave::New => self.new_document(),
            AfterSave::NewFromTemplate(name) => self.new_from_template(&name),
            AfterSave::Open => return self.ask_open(),
            AfterSave::OpenPath(path) => return self.open_path(path),
            AfterSave::Import => return self.ask_import(),
            AfterSave::ImportPath(path) => return self.import_path(path),
        }
        Vec::new()
    }

    pub(super) fn answer(&mut self, answer: Answer) -> Vec<Effect> {
        let Some(question) = self.question.take() else {
            return Vec::new();
        };
        match (question, answer) {
            (Question::SaveChanges { then }, Answer::Yes) => {
                self.after_save = Some(*then);
                self.save()
            }
            (Question::SaveChanges { then }, Answer::No) => self.proceed(*then),
            (Question::Path { purpose, suggestion, .. }, Answer::Path(text)) => {
                self.typed(purpose, suggestion, &text)
            }
            (Question::Overwrite { purpose, path }, Answer::Yes) => self.overwrite(purpose, path),
            (Question::Overwrite { purpose, path }, Answer::No) => {
                let suggestion = path.display().to_string();
                self.question = Some(Question::Path { purpose, suggestion, error: None });
                Vec::new()
            }
            (Question::ChangedOnDisk { path }, Answer::Yes) => self.write(path, Expected::Anything),
            (Question::RunUnderWay, Answer::Yes) => self.stop_and_close(),
            (Question::RunUnderWay, _) => {
                self.close_after_run = false;
                Vec::new()
            }
            _ => {
                self.after_save = None;
                Vec::new()
            }
        }
    }

    fn overwrite(&mut self, purpose: PathPurpose, path: PathBuf) -> Vec<Effect> {
        match purpose {
            PathPurpose::Save => self.write(path, Expected::Anything),
            PathPurpose::Export(format) => self.write_export(format, path, Expected::Anything),
            PathPurpose::Open => self.open_path(path),
            PathPurpose::Import => self.import_path(path),
        }
    }

    fn typed(&mut self, purpose: PathPurpose, suggestion: String, text: &str) -> Vec<Effect> {
        let text = text.trim();
        if text.is_empty() {
            let error = Some(t!("session-path-empty"));
            self.question = Some(Question::Path { purpose, suggestion, error });
            return Vec::new();
        }
        if text.ends_with(std::path::is_separator)
            && !matches!(purpose, PathPurpose::Open | PathPurpose::Import)
        {
            let (suggestion, error) = (text.to_owned(), Some(t!("session-path-folder", path = text)));
            self.question = Some(Question::Path { purpose, suggestion, error });
            return Vec::new();
        }
        self.path_typed(purpose, PathBuf::from(text))
    }

    /// Stops the run and closes once it has stopped; asked again, closes without waiting. What was
    /// under way is in the journal, so that the next deploy or destroy goes on from there.
    fn stop_and_close(&mut self) -> Vec<Effect> {
        if !self.is_running() {
            return self.guard(AfterSave::Close);
        }
        if self.close_after_run {
            return vec![Effect::Close];
        }
        self.close_after_run = true;
        self.cancel_run()
    }
}
