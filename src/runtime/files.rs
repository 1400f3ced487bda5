//! Reading and writing files so that nothing is lost: a write is complete or did not happen.

use std::{
    fs::{self, File},
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use crate::{
    interop::native,
    model::Document,
    session::{Expected, SaveError},
    t,
};

/// So many links are followed from a name to its file; a ring of links ends here.
const MAX_LINKS: usize = 32;

/// A document, its file's stamp, and the file's text.
#[derive(Debug)]
pub struct Opened {
    /// The document.
    pub document: Document,
    /// A stamp of the content, to notice later that someone else changed it.
    pub stamp: String,
    /// The text as it was read.
    pub text: String,
}

/// Reads a document.
///
/// # Errors
/// One sentence with the path and the place.
pub fn read(path: &Path) -> Result<Opened, String> {
    let unreadable = |why: String| t!("file-unreadable", path = path.display(), why = why);
    let bytes = read_bytes(path).map_err(|error| unreadable(why(&error)))?;
    let document = native::read(&bytes).map_err(|error| unreadable(error.to_string()))?;
    Ok(Opened { document, stamp: stamp(&bytes), text: String::from_utf8_lossy(&bytes).into_owned() })
}

/// Reads at most one byte more than a document may have, so that a device without an end does no harm.
fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut bytes = Vec::new();
    file.take(native::MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The stamp of a content. The same content has the same stamp, whenever it was written.
pub fn stamp(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{}-{:016x}", bytes.len(), hasher.finish())
}

/// Writes a file: a temporary file in the same folder, flushed to the disk, then renamed. Links are
/// followed; the permissions of a file that is replaced are kept. Returns the stamp of the content.
///
/// # Errors
/// The file is there, or was changed, against what was expected; or one sentence.
pub fn write(path: &Path, bytes: &[u8], expected: &Expected) -> Result<String, SaveError> {
    let failed =
        |error: io::Error| SaveError::Failed(t!("file-unwritable", path = path.display(), why = why(&error)));
    let target = follow_links(path).map_err(failed)?;
    let old = match fs::metadata(&target) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    if let Some(old) = &old {
        if old.is_dir() {
            return Err(failed(io::ErrorKind::IsADirectory.into()));
        }
        if old.permissions().readonly() {
            return Err(SaveError::Failed(t!("file-read-only", path = path.display())));
        }
        compare(&target, old, expected, failed)?;
    }
    replace(&target, bytes, old.map(|it| it.permissions()), expected).map_err(|error| {
        let exists = error.kind() == io::ErrorKind::AlreadyExists && *expected == Expected::Absent;
        if exists { SaveError::Exists } else { failed(error) }
    })?;
    Ok(stamp(bytes))
}

fn compare(
    target: &Path,
    old: &fs::Metadata,
    expected: &Expected,
    failed: impl Fn(io::Error) -> SaveError,
) -> Result<(), SaveError> {
    match expected {
        Expected::Anything => Ok(()),
        // An empty file holds nothing to lose: `mktemp` makes one to reserve a name.
        Expected::Absent if old.is_file() && old.len() == 0 => Ok(()),
        Expected::Absent => Err(SaveError::Exists),
        Expected::Stamp(known) => {
            let found = stamp(&read_bytes(target).map_err(failed)?);
            if found == *known { Ok(()) } else { Err(SaveError::ChangedOnDisk) }
        }
    }
}

/// The file behind a name, which need not exist.
fn follow_links(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_path_buf();
    for _ in 0..MAX_LINKS {
        match fs::read_link(&target) {
            Ok(next) => target = target.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::other(t!("file-link-ring")))
}

fn replace(target: &Path, bytes: &[u8], old: Option<fs::Permissions>, expected: &Expected) -> io::Result<()> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let replaces = old.is_some();
    let mut file = temporary(folder, old)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    if *expected == Expected::Absent && !replaces {
        file.persist_noclobber(target).map_err(|error| error.error)?;
    } else {
        file.persist(target).map_err(|error| error.error)?;
    }
    sync_folder(folder)
}

/// A file beside the target, with the permissions of the old one or those that the user's mask gives.
fn temporary(folder: &Path, old: Option<fs::Permissions>) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".vpcscape-").suffix(".tmp");
    #[cfg(unix)]
    let usual: fs::Permissions = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(usual);
    let file = builder.tempfile_in(folder)?;
    if let Some(old) = old {
        file.as_file().set_permissions(old)?;
    }
    Ok(file)
}

/// Makes the rename itself survive a power cut.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// An error of the system in words.
pub fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => t!("file-why-not-found"),
        io::ErrorKind::PermissionDenied => t!("file-why-permission"),
        io::ErrorKind::IsADirectory => t!("file-why-folder"),
        io::ErrorKind::NotADirectory => t!("file-why-no-folder"),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => t!("file-why-full"),
        io::ErrorKind::ReadOnlyFilesystem => t!("file-why-read-only"),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests;
