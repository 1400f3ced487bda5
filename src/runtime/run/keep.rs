//! The files beside a document: state, journal, the simulated cloud, private keys.

use std::{
    fs::{self, File, OpenOptions},
    hash::{BuildHasher, Hasher, RandomState},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{
    deploy::JournalRecord,
    model::{Document, KeyPair},
    t,
};

/// Where the files of a document are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    folder: PathBuf,
    stem: String,
}

impl Paths {
    /// The files beside `net.vpcscape.json` are `net.state.json`, `net.journal` and so on.
    pub fn beside(document: &Path) -> Self {
        let folder = document.parent().map(Path::to_path_buf).unwrap_or_default();
        Self { folder, stem: Document::file_stem(document) }
    }

    fn file(&self, ending: &str) -> PathBuf {
        self.folder.join(format!("{}.{ending}", self.stem))
    }

    /// The ids of what was deployed.
    pub fn state(&self) -> PathBuf {
        self.file("state.json")
    }

    /// The open run.
    pub fn journal(&self) -> PathBuf {
        self.file("journal")
    }

    /// The simulated cloud of the document; with a region, that of a region other than the first one.
    pub fn simulated(&self, region: Option<&str>) -> PathBuf {
        match region {
            Some(region) => self.file(&format!("simulated-{region}.json")),
            None => self.file("simulated.json"),
        }
    }

    /// A private key that AWS made.
    fn key(&self, key_name: &str, number: u32) -> PathBuf {
        let first = self.folder.join(KeyPair::private_key_file(&self.stem, key_name));
        match first.file_stem() {
            Some(stem) if number > 1 => {
                first.with_file_name(format!("{}-{number}.pem", stem.to_string_lossy()))
            }
            _ => first,
        }
    }

    /// Writes a private key, readable by its owner alone, into a file that was not there before.
    pub fn write_key(&self, key_name: &str, pem: &str) -> io::Result<PathBuf> {
        for number in 1..1000 {
            let path = self.key(key_name, number);
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            match options.open(&path) {
                Ok(mut file) => {
                    file.write_all(pem.as_bytes())?;
                    file.sync_all()?;
                    return Ok(path);
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }
}

/// The text of a file; `None` where there is none.
pub(super) fn read(path: &Path) -> Result<Option<String>, String> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(t!("deploy-file-unreadable", path = path.display(), why = error.to_string())),
    }
}

/// Writes a whole file so that a crash leaves the old one or the new one.
pub(super) fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || -> io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".vpcscape-").tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error| unwritable(path, &error))
}

/// A sentence about a file, with its name.
pub(super) fn about(path: &Path, why: &str) -> String {
    t!("deploy-file-about", path = path.display(), why = why)
}

pub(super) fn unwritable(path: &Path, error: &io::Error) -> String {
    t!("deploy-file-unwritable", path = path.display(), why = error.to_string())
}

/// The journal of an open run, held so that no second run of the same document begins.
#[derive(Debug)]
pub(super) struct JournalFile {
    path: PathBuf,
    file: File,
}

impl JournalFile {
    /// Opens or begins it.
    pub fn open(path: &Path) -> Result<Self, String> {
        loop {
            let mut options = OpenOptions::new();
            options.read(true).append(true).create(true);
            let file = options.open(path).map_err(|error| unwritable(path, &error))?;
            file.try_lock().map_err(|_| t!("deploy-locked", path = path.display()))?;
            if !is_at(&file, path) {
                // Another run ended and removed the file between the opening and the lock.
                continue;
            }
            let journal = Self { path: path.to_path_buf(), file };
            journal.end_last_line()?;
            return Ok(journal);
        }
    }

    /// A crash can cut the last line short; what is appended must not be glued to it.
    fn end_last_line(&self) -> Result<(), String> {
        let text = read(&self.path)?.unwrap_or_default();
        let keep = text.rfind('\n').map_or(0, |at| at + 1);
        if keep < text.len() {
            self.file.set_len(keep as u64).map_err(|error| unwritable(&self.path, &error))?;
        }
        Ok(())
    }

    /// Appends a record and waits until it is on the disk.
    pub fn append(&mut self, record: &JournalRecord) -> Result<(), String> {
        let mut line = serde_json::to_string(record).map_err(|error| error.to_string())?;
        line.push('\n');
        let written = self.file.write_all(line.as_bytes()).and_then(|()| self.file.sync_data());
        written.map_err(|error| unwritable(&self.path, &error))
    }

    /// Removes it: the run is over.
    pub fn remove(self) -> Result<(), String> {
        fs::remove_file(&self.path).map_err(|error| unwritable(&self.path, &error))
    }
}

/// Whether an open file is still the one with this name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |a: &fs::Metadata, b: &fs::Metadata| a.ino() == b.ino() && a.dev() == b.dev();
    matches!((file.metadata(), fs::metadata(path)), (Ok(open), Ok(named)) if same(&open, &named))
}

/// Elsewhere a file that is open keeps its name.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// A number that nobody else draws, from the system's randomness by way of the hasher's keys.
pub fn fresh_number() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_document() {
        let paths = Paths::beside(Path::new("nets/shop.vpcscape.json"));
        assert_eq!(paths.state(), Path::new("nets/shop.state.json"));
        assert_eq!(paths.journal(), Path::new("nets/shop.journal"));
        assert_eq!(Paths::beside(Path::new("shop.json")).state(), Path::new("shop.state.json"));
    }

    #[test]
    fn a_private_key_is_written_for_its_owner_alone_and_never_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::beside(&folder.path().join("shop.vpcscape.json"));
        let first = paths.write_key("../ops key", "one").unwrap();
        let second = paths.write_key("../ops key", "two").unwrap();
        assert_eq!(first.parent().unwrap(), folder.path());
        assert_eq!(fs::read_to_string(&first).unwrap(), "one");
        assert_eq!(fs::read_to_string(&second).unwrap(), "two");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&first).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
