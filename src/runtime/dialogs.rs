//! File dialogs of the system, one at a time, and the news that there are none.

use std::{
    future::Future,
    io,
    path::{Path, PathBuf},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use super::mailbox::Mailbox;
use crate::{
    session::{Event, ExportFormat, PathPurpose},
    t,
};

/// An answer that comes sooner is no cancelling by hand: the service could not show a dialog, and
/// `rfd` reports both in the same way.
const TOO_QUICK: Duration = Duration::from_millis(400);

type Answer = Pin<Box<dyn Future<Output = Option<rfd::FileHandle>> + Send>>;

/// Asks for paths.
#[derive(Debug)]
pub struct Dialogs {
    mailbox: Mailbox,
    open: Arc<AtomicBool>,
}

impl Dialogs {
    /// Nothing is asked yet.
    pub fn new(mailbox: Mailbox) -> Self {
        Self { mailbox, open: Arc::new(AtomicBool::new(false)) }
    }

    /// Opens a dialog, unless one is open; answers at once, with an event, where there can be none.
    /// To be called on the main thread, as macOS wants it.
    pub fn ask(&self, purpose: PathPurpose, suggestion: String) -> Option<Event> {
        if !service_answers(&Environment::of_process()) {
            return Some(Event::NoDialog { purpose, suggestion });
        }
        if self.open.swap(true, Ordering::SeqCst) {
            return None;
        }
        let dialog = dialog(purpose, &suggestion);
        let answer: Answer = match purpose {
            PathPurpose::Open => Box::pin(dialog.pick_file()),
            PathPurpose::Import => Box::pin(dialog.pick_folder()),
            PathPurpose::Save | PathPurpose::Export(_) => Box::pin(dialog.save_file()),
        };
        let (mailbox, open, spare) = (self.mailbox.clone(), Arc::clone(&self.open), suggestion.clone());
        let wait = move || {
            let event = wait(answer, purpose, suggestion);
            open.store(false, Ordering::SeqCst);
            mailbox.put(event);
        };
        if thread::Builder::new().name("dialog".to_owned()).spawn(wait).is_ok() {
            return None;
        }
        self.open.store(false, Ordering::SeqCst);
        Some(Event::NoDialog { purpose, suggestion: spare })
    }
}

fn wait(answer: Answer, purpose: PathPurpose, suggestion: String) -> Event {
    let begun = Instant::now();
    match block_on(answer) {
        Ok(Some(file)) => Event::PathPicked { purpose, path: Some(file.path().to_path_buf()) },
        Ok(None) if begun.elapsed() > TOO_QUICK => Event::PathPicked { purpose, path: None },
        _ => Event::NoDialog { purpose, suggestion },
    }
}

fn block_on(answer: Answer) -> io::Result<Option<rfd::FileHandle>> {
    Ok(tokio::runtime::Builder::new_current_thread().build()?.block_on(answer))
}

fn dialog(purpose: PathPurpose, suggestion: &str) -> rfd::AsyncFileDialog {
    let (title, filter, ending) = match purpose {
        PathPurpose::Open => (t!("file-dialog-open"), t!("file-dialog-topology"), "json"),
        PathPurpose::Import => (t!("file-dialog-import"), t!("file-dialog-topology"), "json"),
        PathPurpose::Save => (t!("file-dialog-save"), t!("file-dialog-topology"), "json"),
        PathPurpose::Export(format) => (t!("file-dialog-export"), kind(format), format.as_str()),
    };
    let mut dialog = rfd::AsyncFileDialog::new().set_title(title).add_filter(filter, &[ending]);
    let path = Path::new(suggestion);
    let folder = if path.is_dir() { Some(path) } else { path.parent() };
    if let Some(folder) = folder.filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    match path.file_name() {
        Some(name) if !path.is_dir() && !matches!(purpose, PathPurpose::Open | PathPurpose::Import) => {
            dialog.set_file_name(name.to_string_lossy().into_owned())
        }
        _ => dialog,
    }
}

fn kind(format: ExportFormat) -> String {
    match format {
        ExportFormat::Json => t!("file-dialog-topology"),
        ExportFormat::Svg => t!("file-dialog-svg"),
        ExportFormat::Png => t!("file-dialog-png"),
    }
}

/// What tells whether somebody could show a dialog.
#[derive(Debug, Clone, Default)]
struct Environment {
    /// The address of the session bus.
    bus: Option<String>,
    /// The folder that holds the bus's socket where no address is given.
    runtime_folder: Option<PathBuf>,
    /// Where programs are looked for.
    programs: Vec<PathBuf>,
}

impl Environment {
    fn of_process() -> Self {
        let path = std::env::var_os("PATH").unwrap_or_default();
        Self {
            bus: std::env::var("DBUS_SESSION_BUS_ADDRESS").ok(),
            runtime_folder: std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from),
            programs: std::env::split_paths(&path).collect(),
        }
    }
}

/// Windows and macOS always show dialogs. Elsewhere it is a portal on the session bus or the program
/// `zenity`; without both `rfd` would only log an error.
fn service_answers(environment: &Environment) -> bool {
    if cfg!(any(target_os = "windows", target_os = "macos")) {
        return true;
    }
    let address = environment.bus.as_deref().is_some_and(|bus| !bus.is_empty());
    let socket = environment.runtime_folder.as_deref().is_some_and(|folder| folder.join("bus").exists());
    address || socket || environment.programs.iter().any(|folder| folder.join("zenity").is_file())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_bus_or_zenity_can_show_a_dialog_and_nothing_else_can() {
        let folder = tempfile::tempdir().unwrap();
        let nothing =
            Environment { runtime_folder: Some(folder.path().to_path_buf()), ..Environment::default() };
        assert!(!service_answers(&nothing));
        let bus = Environment { bus: Some("unix:path=bus".to_owned()), ..Environment::default() };
        assert!(service_answers(&bus));
        let zenity = Environment { programs: vec![folder.path().to_path_buf()], ..Environment::default() };
        assert!(!service_answers(&zenity));
        std::fs::write(folder.path().join("zenity"), "").unwrap();
        assert!(service_answers(&zenity));
        std::fs::write(folder.path().join("bus"), "").unwrap();
        assert!(service_answers(&nothing));
    }

    #[test]
    fn an_answer_without_a_dialog_asks_for_a_typed_path() {
        let event = wait(Box::pin(std::future::ready(None)), PathPurpose::Open, "a".to_owned());
        assert!(
            matches!(event, Event::NoDialog { purpose: PathPurpose::Open, suggestion } if suggestion == "a")
        );
    }
}
