//! What holds for the repository as a whole: rooms, words, sizes, generated pages.
#![cfg(test)]

mod docs;
mod rooms;
mod rules;
mod sizes;
mod spelling;
mod words;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The folder of the package, where cargo runs its tests. Asked for when they run: the binary may have
/// been built in another checkout with the same build folder.
fn root() -> &'static Path {
    Path::new(".")
}

/// Every file below `folder` with this ending, in order, as a path from the package's folder.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders: Vec<_> =
        Some(root().join(folder)).into_iter().filter(|folder| folder.is_dir()).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == ending) {
                found.push(path.strip_prefix(root()).unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The text without comments and without the inline tests that end most files.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}
