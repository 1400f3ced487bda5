//! The outside world as the window sees it.

use std::{collections::VecDeque, fmt, io, sync::mpsc::Receiver};

use super::{
    dialogs::Dialogs,
    folders::Folders,
    jobs::{Job, Worker},
    mailbox::Mailbox,
};
use crate::session::{Effect, EffectSink, Event};

/// Carries out effects with files, dialogs and threads. Never waits.
pub struct Outside {
    documents: Lane,
    exports: Lane,
    dialogs: Dialogs,
    folders: Option<Folders>,
    deploying: Box<dyn EffectSink>,
    fetched: Receiver<Event>,
    /// What was known at once, without a thread.
    known: Vec<Event>,
}

impl fmt::Debug for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outside").field("folders", &self.folders).finish_non_exhaustive()
    }
}

/// A worker, and the jobs that do not fit into its queue.
struct Lane {
    worker: Worker,
    waiting: VecDeque<Job>,
}

impl Lane {
    fn start(name: &str, mailbox: Mailbox) -> io::Result<Self> {
        Ok(Self { worker: Worker::start(name, mailbox)?, waiting: VecDeque::new() })
    }

    fn push(&mut self, job: Job) {
        self.waiting.push_back(job);
        self.flush();
    }

    fn flush(&mut self) {
        while let Some(job) = self.waiting.pop_front() {
            if let Some(back) = self.worker.take(job) {
                self.waiting.push_front(back);
                return;
            }
        }
    }
}

impl Outside {
    /// Starts the threads. `folders` is where recent files are kept, if anywhere; `deploying` carries
    /// out plans and runs.
    ///
    /// # Errors
    /// The system gives no threads.
    pub fn start(
        (mailbox, fetched): (Mailbox, Receiver<Event>),
        folders: Option<Folders>,
        deploying: Box<dyn EffectSink>,
    ) -> io::Result<Self> {
        Ok(Self {
            documents: Lane::start("documents", mailbox.clone())?,
            // Painting a large picture takes seconds; a save does not wait for it.
            exports: Lane::start("exports", mailbox.clone())?,
            dialogs: Dialogs::new(mailbox),
            folders,
            deploying,
            fetched,
            known: Vec::new(),
        })
    }
}

impl EffectSink for Outside {
    fn dispatch(&mut self, effect: Effect) {
        match effect {
            Effect::PickPath { purpose, suggestion } => {
                self.known.extend(self.dialogs.ask(purpose, suggestion))
            }
            Effect::ReadFile(path) => self.documents.push(Job::Read(path)),
            Effect::ReadDump(path) => self.documents.push(Job::Import(path)),
            Effect::WriteFile { path, document, revision, expected } => {
                self.documents.push(Job::Write { path, document, revision, expected });
            }
            Effect::WriteExport { format, path, document, theme, expected } => {
                self.exports.push(Job::Export { format, path, document, theme, expected });
            }
            Effect::RememberRecent(files) => {
                if let Some(folders) = self.folders.clone() {
                    self.documents.push(Job::Recent { folders, files });
                }
            }
            Effect::Plan { .. } | Effect::LookForDrift { .. } | Effect::Apply | Effect::CancelRun => {
                self.deploying.dispatch(effect)
            }
            // The window closes itself.
            Effect::Close => {}
        }
    }

    fn drain(&mut self) -> Vec<Event> {
        let mut events = std::mem::take(&mut self.known);
        events.extend(self.fetched.try_iter());
        events.extend(self.deploying.drain());
        self.documents.flush();
        self.exports.flush();
        events
    }
}

#[cfg(test)]
mod tests;
