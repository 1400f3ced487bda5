//! The command line as a process: every subcommand, every exit code, hostile input.
#![cfg(test)]

mod bad_input;
mod check;
mod export;
mod import;
mod new;
mod usage;
mod walk;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

/// Runs the program in a folder of its own, without a display and without colours.
fn run(folder: &TempDir, args: &[&str]) -> Output {
    Command::new(assert_cmd::cargo::cargo_bin!("vpcscape"))
        .args(args)
        .current_dir(folder.path())
        .env("NO_COLOR", "1")
        .env("HOME", folder.path())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .env_remove("RUST_LOG")
        .output()
        .unwrap()
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("the program was killed")
}

/// The program refused: exit 2, nothing on the standard output, one sentence on one line.
fn refused(output: &Output) -> String {
    let said = err(output);
    assert_eq!(code(output), 2, "{said}");
    assert_eq!(out(output), "", "{said}");
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 1, "{said}");
    assert!(!said.contains("panicked"), "{said}");
    lines[0].strip_prefix("error: ").expect("begins with `error: `").to_owned()
}

/// A template in a file of the folder.
fn template(folder: &TempDir, name: &str) -> PathBuf {
    let file = format!("{name}.vpcscape.json");
    let made = run(folder, &["new", name, "-o", &file]);
    assert_eq!(code(&made), 0, "{}", err(&made));
    folder.path().join(file)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}
