//! Files can be read in one sitting.

use super::{files, read};

const MAX_LINES: usize = 700;

#[test]
fn no_file_is_too_long() {
    for path in ["src", "tests", "benches"].into_iter().flat_map(|folder| files(folder, "rs")) {
        let lines = read(&path).lines().count();
        assert!(lines <= MAX_LINES, "{} has {lines} lines: split it", path.display());
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for path in files("src", "rs") {
        // The type's own documentation says it, and so do the names of tests.
        let is_test =
            path.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs");
        if is_test || path.starts_with("src/model/kinds") {
            continue;
        }
        assert!(read(&path).starts_with("//!"), "{} has no first line of documentation", path.display());
    }
}
