//! Work on files, done by background threads.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread,
};

use super::{
    dumps,
    export::{self, DEFAULT_SCALE},
    files,
    folders::Folders,
    mailbox::Mailbox,
};
use crate::{
    interop::native,
    model::Document,
    scene::Theme,
    session::{Event, Expected, ExportFormat, SaveError},
    t,
};

/// So many jobs may wait in the queue of a thread.
const CAPACITY: usize = 8;

/// One piece of work.
#[derive(Debug, Clone)]
pub(super) enum Job {
    Read(PathBuf),
    Import(PathBuf),
    Write { path: PathBuf, document: Arc<Document>, revision: u64, expected: Expected },
    Export { format: ExportFormat, path: PathBuf, document: Arc<Document>, theme: Theme, expected: Expected },
    Recent { folders: Folders, files: Vec<PathBuf> },
}

impl Job {
    /// Does it, and says what came of it where someone waits for that.
    fn run(self) -> Option<Event> {
        match self {
            Self::Read(path) => {
                let result = files::read(&path).map(|opened| (Box::new(opened.document), opened.stamp));
                Some(Event::Opened { path, result })
            }
            Self::Import(path) => {
                let result = dumps::import(&path, &[]);
                let result = result.map(|it| (Box::new(it.document), it.report.text()));
                Some(Event::Imported { path, result })
            }
            Self::Write { path, document, revision, expected } => {
                let result = save(&path, &document, &expected);
                Some(Event::Saved { path, revision, result })
            }
            Self::Export { format, path, document, theme, expected } => {
                let result = write_export(&path, format, &document, theme, &expected);
                Some(Event::Exported { format, path, result })
            }
            Self::Recent { folders, files } => {
                if let Err(why) = folders.remember(&files) {
                    tracing::warn!(%why, "the list of recent files was not written");
                }
                None
            }
        }
    }

    /// The answer when it cannot be done at all.
    fn failed(self) -> Option<Event> {
        let why = t!("file-why-broken");
        let sentence = |path: &Path| t!("file-unwritable", path = path.display(), why = why.as_str());
        match self {
            Self::Read(path) => {
                let result = Err(t!("file-unreadable", path = path.display(), why = why));
                Some(Event::Opened { path, result })
            }
            Self::Import(path) => {
                let result = Err(t!("file-unreadable", path = path.display(), why = why));
                Some(Event::Imported { path, result })
            }
            Self::Write { path, revision, .. } => {
                let result = Err(SaveError::Failed(sentence(&path)));
                Some(Event::Saved { path, revision, result })
            }
            Self::Export { format, path, .. } => {
                let result = Err(SaveError::Failed(sentence(&path)));
                Some(Event::Exported { format, path, result })
            }
            Self::Recent { .. } => None,
        }
    }
}

fn save(path: &Path, document: &Document, expected: &Expected) -> Result<String, SaveError> {
    let text = native::write(document).map_err(|error| SaveError::Failed(error.to_string()))?;
    files::write(path, text.as_bytes(), expected)
}

fn write_export(
    path: &Path,
    format: ExportFormat,
    document: &Document,
    theme: Theme,
    expected: &Expected,
) -> Result<(), SaveError> {
    let bytes = export::bytes(document, format, theme, DEFAULT_SCALE).map_err(SaveError::Failed)?;
    files::write(path, &bytes, expected).map(drop)
}

/// A thread that does one job after the other.
#[derive(Debug)]
pub(super) struct Worker {
    jobs: SyncSender<Job>,
}

impl Worker {
    /// Starts the thread; it ends when the worker is dropped.
    pub(super) fn start(name: &str, mailbox: Mailbox) -> io::Result<Self> {
        let (jobs, queue) = sync_channel(CAPACITY);
        thread::Builder::new().name(name.to_owned()).spawn(move || serve(&queue, &mailbox))?;
        Ok(Self { jobs })
    }

    /// Hands a job over without waiting; gives it back where the queue is full.
    pub(super) fn take(&self, job: Job) -> Option<Job> {
        match self.jobs.try_send(job) {
            Ok(()) => None,
            // The thread outlives the worker, so the second case cannot occur.
            Err(TrySendError::Full(job) | TrySendError::Disconnected(job)) => Some(job),
        }
    }
}

fn serve(queue: &Receiver<Job>, mailbox: &Mailbox) {
    for job in queue {
        let spare = job.clone();
        // A defect in one format must not end saving for the rest of the day.
        let event = catch_unwind(AssertUnwindSafe(|| job.run())).unwrap_or_else(|_| spare.failed());
        if let Some(event) = event {
            mailbox.put(event);
        }
    }
}
