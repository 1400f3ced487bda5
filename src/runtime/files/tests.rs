//! Nothing is lost when files are written.

use super::*;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_was_written_is_read_and_nothing_else_is_left() {
    let folder = folder();
    let path = folder.path().join("a.vpcscape.json");
    let document = Document::new("a", "us-east-1");
    let text = native::write(&document).unwrap();
    let stamp = write(&path, text.as_bytes(), &Expected::Absent).unwrap();
    let opened = read(&path).unwrap();
    assert_eq!((opened.document, opened.stamp, opened.text), (document, stamp, text));
    assert_eq!(names(folder.path()), ["a.vpcscape.json"]);
}

#[test]
fn a_file_that_is_there_is_not_replaced_unless_it_is_empty() {
    let folder = folder();
    let path = folder.path().join("a");
    fs::write(&path, "").unwrap();
    assert!(write(&path, b"one", &Expected::Absent).is_ok());
    assert_eq!(write(&path, b"two", &Expected::Absent), Err(SaveError::Exists));
    assert_eq!(fs::read(&path).unwrap(), b"one");
}

#[test]
fn a_foreign_change_is_noticed_and_kept() {
    let folder = folder();
    let path = folder.path().join("a");
    let stamp = write(&path, b"one", &Expected::Anything).unwrap();
    let second = write(&path, b"two", &Expected::Stamp(stamp)).unwrap();
    fs::write(&path, "theirs").unwrap();
    assert_eq!(write(&path, b"three", &Expected::Stamp(second.clone())), Err(SaveError::ChangedOnDisk));
    assert_eq!(fs::read(&path).unwrap(), b"theirs");
    fs::remove_file(&path).unwrap();
    assert!(write(&path, b"three", &Expected::Stamp(second)).is_ok());
}

#[test]
fn a_folder_is_never_written_to() {
    let folder = folder();
    let Err(SaveError::Failed(sentence)) = write(folder.path(), b"x", &Expected::Anything) else {
        panic!("a folder was replaced");
    };
    assert!(sentence.contains("folder"), "{sentence}");
    let missing = folder.path().join("none/a");
    assert!(matches!(write(&missing, b"x", &Expected::Anything), Err(SaveError::Failed(_))));
    assert!(read(folder.path()).unwrap_err().contains("folder"));
}

#[cfg(unix)]
#[test]
fn permissions_are_kept_and_a_read_only_file_stays() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("a");
    fs::write(&path, "one").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    write(&path, b"two", &Expected::Anything).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).unwrap();
    assert!(matches!(write(&path, b"three", &Expected::Anything), Err(SaveError::Failed(_))));
    assert_eq!(fs::read(&path).unwrap(), b"two");
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_stay_links() {
    let folder = folder();
    let (link, file) = (folder.path().join("link"), folder.path().join("file"));
    std::os::unix::fs::symlink("file", &link).unwrap();
    write(&link, b"one", &Expected::Anything).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read(&file).unwrap(), b"one");
    let ring = folder.path().join("ring");
    std::os::unix::fs::symlink("ring", &ring).unwrap();
    assert!(matches!(write(&ring, b"x", &Expected::Anything), Err(SaveError::Failed(_))));
}
