//! Unsaved work outlives a program that dies.

use std::time::{Duration, Instant};

use super::*;
use crate::{interop::templates, session::Intent};

fn edited() -> Session {
    let mut session = Session::new(templates::document("bastion-nat").unwrap(), None);
    session.handle(Intent::SelectAll);
    session.handle(Intent::DeleteSelection);
    assert!(session.history().is_dirty());
    session
}

fn state(path: Option<&str>) -> FileState {
    FileState { path: path.map(PathBuf::from), saving: false, stamp: path.map(|_| "1-2".to_owned()) }
}

/// Leaves a copy behind as a program does that is killed.
fn orphan(folder: &Path, slot: usize, path: Option<&str>) -> Document {
    fs::create_dir_all(folder).unwrap();
    let document = Document::new(format!("slot {slot}"), "us-east-1");
    keep(&folder.join(format!("{slot}.json")), &document, state(path)).unwrap();
    document
}

fn wait_until(what: impl Fn() -> bool) {
    let begun = Instant::now();
    while !what() {
        assert!(begun.elapsed() < Duration::from_secs(20), "waited in vain");
        thread::yield_now();
    }
}

#[test]
fn unsaved_work_is_copied_and_the_copy_goes_when_nothing_is_unsaved() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("0.json");
    let (mut keeper, recovered) = open(folder.path(), None).unwrap();
    assert_eq!(recovered, None);
    let mut session = edited();
    keeper.observe(&session);
    wait_until(|| read(&copy).is_some_and(|it| it.document == *session.document()));
    session.handle(Intent::Undo);
    keeper.observe(&session);
    wait_until(|| !copy.exists());
    session.handle(Intent::Redo);
    keeper.observe(&session);
    wait_until(|| copy.exists());
    drop(keeper);
    assert!(!copy.exists(), "a good end leaves nothing behind");
}

#[test]
fn the_next_start_takes_over_what_a_dead_program_left() {
    let folder = tempfile::tempdir().unwrap();
    let document = orphan(folder.path(), 3, Some("net.vpcscape.json"));
    let (keeper, recovered) = open(folder.path(), None).unwrap();
    assert_eq!(recovered, Some(Recovered { document, file: state(Some("net.vpcscape.json")) }));
    let (_other, again) = open(folder.path(), None).unwrap();
    assert_eq!(again, None, "the copy belongs to the first one as long as it lives");
    drop(keeper);
    assert!(!folder.path().join("3.json").exists());
}

#[test]
fn opening_a_certain_file_leaves_copies_of_others_alone() {
    let folder = tempfile::tempdir().unwrap();
    orphan(folder.path(), 0, Some("a"));
    let wanted = orphan(folder.path(), 1, Some("b"));
    let (_keeper, recovered) = open(folder.path(), Some(Path::new("b"))).unwrap();
    assert_eq!(recovered.map(|it| it.document), Some(wanted));
    let (_other, recovered) = open(folder.path(), Some(Path::new("c"))).unwrap();
    assert_eq!(recovered, None);
    assert!(folder.path().join("0.json").exists());
}

#[test]
fn a_damaged_copy_is_neither_taken_nor_removed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("0.json"), "{").unwrap();
    let (keeper, recovered) = open(folder.path(), None).unwrap();
    assert_eq!(recovered, None);
    drop(keeper);
    assert!(folder.path().join("0.json").exists());
}
