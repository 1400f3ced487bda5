//! The user's own folder of this program: recent files and recovery copies.

use std::{
    fs,
    path::{Path, PathBuf},
};

use directories::ProjectDirs;
use serde::{Deserialize, Serialize};

use super::files;
use crate::session::Expected;

const FORMAT: &str = "vpcscape-recent/1";
/// So many files are read from the list, however long someone made it.
const MAX_RECENT: usize = 20;

/// Where the program keeps what is not part of any document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    root: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Recent {
    format: String,
    files: Vec<PathBuf>,
}

impl Folders {
    /// The usual place of the system, or none where the user has no home.
    pub fn of_user() -> Option<Self> {
        let folders = ProjectDirs::from("", "", "vpcscape")?;
        Some(Self::at(folders.data_local_dir()))
    }

    /// Another place.
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_path_buf() }
    }

    /// Where recovery copies are.
    pub fn recovery(&self) -> PathBuf {
        self.root.join("recovery")
    }

    fn recent(&self) -> PathBuf {
        self.root.join("recent.json")
    }

    /// The files opened lately, newest first, without those that are gone. A list that cannot be read
    /// is an empty one.
    pub fn recent_files(&self) -> Vec<PathBuf> {
        let list =
            fs::read(self.recent()).ok().and_then(|bytes| serde_json::from_slice::<Recent>(&bytes).ok());
        let files = list.filter(|list| list.format == FORMAT).map(|list| list.files).unwrap_or_default();
        files.into_iter().filter(|path| path.is_file()).take(MAX_RECENT).collect()
    }

    /// Remembers the files opened lately.
    ///
    /// # Errors
    /// The folder or the file cannot be written; one sentence.
    pub fn remember(&self, paths: &[PathBuf]) -> Result<(), String> {
        // A relative path would lead elsewhere after the next start.
        let absolute = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let list = Recent { format: FORMAT.to_owned(), files: paths.iter().map(absolute).collect() };
        let bytes = serde_json::to_vec_pretty(&list).map_err(|error| error.to_string())?;
        fs::create_dir_all(&self.root).map_err(|error| files::why(&error))?;
        files::write(&self.recent(), &bytes, &Expected::Anything)
            .map(drop)
            .map_err(|error| format!("{error:?}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recent_files_are_remembered_and_those_that_are_gone_are_left_out() {
        let root = tempfile::tempdir().unwrap();
        let folders = Folders::at(&root.path().join("deep/inside"));
        assert_eq!(folders.recent_files(), Vec::<PathBuf>::new());
        let (here, gone) = (root.path().join("here"), root.path().join("gone"));
        fs::write(&here, "x").unwrap();
        folders.remember(&[gone, here.clone()]).unwrap();
        assert_eq!(folders.recent_files(), [here]);
    }

    #[test]
    fn a_damaged_list_is_an_empty_one() {
        let root = tempfile::tempdir().unwrap();
        let folders = Folders::at(root.path());
        for text in ["", "{", "[]", r#"{"format":"vpcscape-recent/9","files":["/"]}"#] {
            fs::write(folders.recent(), text).unwrap();
            assert_eq!(folders.recent_files(), Vec::<PathBuf>::new());
        }
    }
}
