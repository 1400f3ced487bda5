//! What subcommands say, and where to.

use std::{
    io::{self, Write},
    path::Path,
};

use crate::{
    runtime::files,
    session::{Expected, SaveError},
    t,
};

/// Why a subcommand could not do its work: one sentence, exit code 2.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Failure(pub String);

impl Failure {
    /// Says it on the standard error output.
    pub fn print(&self) {
        use anstyle::AnsiColor;
        let style = AnsiColor::Red.on_default().bold();
        let word = t!("cli-error");
        // Nobody is left to be told that the terminal is gone.
        writeln!(anstream::stderr(), "{style}{word}:{style:#} {self}").ok();
    }
}

/// Says something on the standard error output that is no failure.
pub(super) fn remark(text: &str) {
    let word = t!("cli-note");
    // Nobody is left to be told that the terminal is gone.
    writeln!(anstream::stderr(), "{word}: {text}").ok();
}

/// A text from a drawing or an account, which may hold anything, so that it cannot move the cursor of a
/// terminal or turn its letters round.
pub(super) fn plain(text: &str) -> String {
    let turns = |c: char| matches!(u32::from(c), 0x200E | 0x200F | 0x202A..=0x202E | 0x2066..=0x2069);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if turns(c) => out.extend(c.escape_unicode()),
            c if c.is_control() => out.extend(c.escape_debug()),
            c => out.push(c),
        }
    }
    out
}

/// Writes a text of several lines to the standard error output.
pub(super) fn tell(text: &str) {
    // Nobody is left to be told that the terminal is gone.
    write!(anstream::stderr(), "{text}").ok();
}

/// Writes to the standard output; a reader that has gone is no error.
pub(super) fn print(bytes: &[u8]) -> Result<(), Failure> {
    written(io::stdout().lock().write_all(bytes).and_then(|()| io::stdout().flush()))
}

/// The same for text with colours, which are left out where the terminal or `NO_COLOR` asks for it.
pub(super) fn print_styled(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout();
    written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

fn written(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure(t!("cli-stdout", why = files::why(&error))))
        }
        _ => Ok(()),
    }
}

/// Writes a file, or the standard output where the path is `-`.
pub(super) fn put(path: &Path, bytes: &[u8], expected: &Expected) -> Result<(), Failure> {
    if path.as_os_str() == "-" {
        return print(bytes);
    }
    match files::write(path, bytes, expected) {
        Ok(_) => Ok(()),
        Err(SaveError::Exists | SaveError::ChangedOnDisk) => {
            Err(Failure(t!("cli-exists", path = path.display())))
        }
        Err(SaveError::Failed(sentence)) => Err(Failure(sentence)),
    }
}
