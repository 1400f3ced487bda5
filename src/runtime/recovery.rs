//! A copy of unsaved work, for the day on which the program or the machine dies.
//!
//! Each running program owns one slot: a lock file that dies with it, and the copy. A slot with a copy
//! whose lock is free belongs to a program that did not end well.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread::{self, JoinHandle},
    time::SystemTime,
};

use serde::{Deserialize, Serialize};

use super::files;
use crate::{
    interop::native,
    model::Document,
    session::{Expected, FileState, Session},
};

const FORMAT: &str = "vpcscape-recovery/1";
/// So many programs can run at once with recovery; a further one runs without.
const SLOTS: usize = 32;

/// Unsaved work of a program that did not end well.
#[derive(Debug, PartialEq)]
pub struct Recovered {
    /// The document as it was last.
    pub document: Document,
    /// Its file, if it had one, with the stamp of what is on the disk.
    pub file: FileState,
}

#[derive(Serialize, Deserialize)]
struct Copy {
    format: String,
    path: Option<PathBuf>,
    stamp: Option<String>,
    text: String,
}

/// What the thread is to do next; a newer order takes the place of one that was not begun.
enum Order {
    Keep { document: Arc<Document>, file: FileState },
    Drop,
    End,
}

type Desk = Arc<(Mutex<Option<Order>>, Condvar)>;

/// Keeps the copy up to date in the background.
#[derive(Debug)]
pub struct Keeper {
    desk: Desk,
    thread: Option<JoinHandle<()>>,
    /// The revision and the file's path at the last order; `None` while nothing is unsaved.
    kept: Option<(u64, Option<PathBuf>)>,
    /// Held as long as the program runs.
    _lock: File,
}

impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Keep { .. } => "Keep",
            Self::Drop => "Drop",
            Self::End => "End",
        })
    }
}

/// Takes a slot, with the newest copy that lies there unowned. Where the user wants to open a certain
/// file, only a copy of that file is taken; others wait for another start.
///
/// # Errors
/// The folder cannot be used, or all slots are taken.
pub fn open(folder: &Path, wanted: Option<&Path>) -> io::Result<(Keeper, Option<Recovered>)> {
    fs::create_dir_all(folder)?;
    let mut free = None;
    let mut orphan: Option<(SystemTime, File, PathBuf, Recovered)> = None;
    for slot in 0..SLOTS {
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join(format!("{slot}.lock")))?;
        if lock.try_lock().is_err() {
            continue;
        }
        let copy = folder.join(format!("{slot}.json"));
        let Ok(changed) = fs::metadata(&copy).and_then(|it| it.modified()) else {
            free.get_or_insert((lock, copy));
            continue;
        };
        let found = read(&copy).filter(|it| wanted.is_none() || it.file.path.as_deref() == wanted);
        if let Some(found) = found.filter(|_| orphan.as_ref().is_none_or(|(newest, ..)| changed > *newest)) {
            orphan = Some((changed, lock, copy, found));
        }
    }
    let (lock, copy, recovered) = match (orphan, free) {
        (Some((_, lock, copy, recovered)), _) => (lock, copy, Some(recovered)),
        (None, Some((lock, copy))) => (lock, copy, None),
        (None, None) => return Err(io::ErrorKind::ResourceBusy.into()),
    };
    Ok((Keeper::start(lock, copy)?, recovered))
}

fn read(copy: &Path) -> Option<Recovered> {
    let copy: Copy = serde_json::from_slice(&fs::read(copy).ok()?).ok()?;
    let document = native::read(copy.text.as_bytes()).ok().filter(|_| copy.format == FORMAT)?;
    Some(Recovered { document, file: FileState { path: copy.path, saving: false, stamp: copy.stamp } })
}

impl Keeper {
    fn start(lock: File, copy: PathBuf) -> io::Result<Self> {
        let desk = Desk::default();
        let orders = Arc::clone(&desk);
        let thread =
            thread::Builder::new().name("recovery".to_owned()).spawn(move || serve(&orders, &copy))?;
        Ok(Self { desk, thread: Some(thread), kept: None, _lock: lock })
    }

    /// Looks whether there is something new to keep, or nothing any more. Cheap; call it at every frame.
    pub fn observe(&mut self, session: &Session) {
        if !session.history().is_dirty() {
            if self.kept.take().is_some() {
                self.order(Order::Drop);
            }
            return;
        }
        let file = session.file();
        let now = Some((session.revision(), file.path.clone()));
        if self.kept != now {
            self.kept = now;
            self.order(Order::Keep { document: session.snapshot(), file: file.clone() });
        }
    }

    fn order(&self, order: Order) {
        let (slot, bell) = &*self.desk;
        *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(order);
        bell.notify_one();
    }
}

/// The program ends in good order: everything is saved, or the user did not want to save it.
impl Drop for Keeper {
    fn drop(&mut self) {
        if thread::panicking() {
            // This is the day that the copy is for.
            return;
        }
        self.order(Order::End);
        if let Some(thread) = self.thread.take() {
            // The thread has nothing to say, not even when it failed.
            thread.join().ok();
        }
    }
}

fn serve(desk: &Desk, copy: &Path) {
    loop {
        match next(desk) {
            Order::Keep { document, file } => {
                if let Err(why) = keep(copy, &document, file) {
                    tracing::warn!(%why, "unsaved work was not copied");
                }
            }
            Order::Drop => remove(copy),
            Order::End => return remove(copy),
        }
    }
}

fn next(desk: &Desk) -> Order {
    let (slot, bell) = &**desk;
    let mut waiting = slot.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        if let Some(order) = waiting.take() {
            return order;
        }
        waiting = bell.wait(waiting).unwrap_or_else(PoisonError::into_inner);
    }
}

fn keep(copy: &Path, document: &Document, file: FileState) -> Result<(), String> {
    let text = native::write(document).map_err(|error| error.to_string())?;
    let content = Copy { format: FORMAT.to_owned(), path: file.path, stamp: file.stamp, text };
    let bytes = serde_json::to_vec(&content).map_err(|error| error.to_string())?;
    files::write(copy, &bytes, &Expected::Anything).map(drop).map_err(|error| format!("{error:?}"))
}

fn remove(copy: &Path) {
    // It need not exist.
    fs::remove_file(copy).ok();
}

#[cfg(test)]
mod tests;
