//! A run on a terminal: what stands at its foot, and that nothing of it stays.
#![cfg(unix)]

use std::process::Command;

use super::{
    program::{Project, Run},
    python, server,
};

/// Runs the program on a terminal; Ctrl-C is pressed once `word` was written, unless it is empty.
fn on_terminal(
    project: &Project,
    columns: u32,
    word: &str,
    args: &[&str],
    environment: &[(&str, &str)],
) -> Run {
    let output = Command::new(python::interpreter())
        .arg(python::support("terminal.py"))
        .args([&columns.to_string(), word, env!("CARGO_BIN_EXE_vpcscape")])
        .arg(args[0])
        .arg(&project.file)
        .args(&args[1..])
        .env_clear()
        .envs([("HOME", project.folder().to_str().expect("the path is text")), ("TERM", "xterm")])
        .envs([("AWS_ACCESS_KEY_ID", "testing"), ("AWS_SECRET_ACCESS_KEY", "testing")])
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .envs(environment.iter().copied())
        .output()
        .expect("the environment's interpreter starts");
    Run::from(output)
}

/// What a terminal shows at the end: `\r`, new lines, up, down and "clear this line" are all that is used.
fn screen(written: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut at = 0;
    let mut letters = written.chars();
    while let Some(c) = letters.next() {
        match c {
            '\n' => at += 1,
            '\r' => {}
            '\u{1b}' => {
                let mut count = String::new();
                let end = letters.find(|c| {
                    count.extend(c.is_ascii_digit().then_some(*c));
                    c.is_ascii_alphabetic()
                });
                let count: usize = count.parse().unwrap_or(1);
                match end {
                    Some('A') => at -= count,
                    Some('B') => at += count,
                    Some('K') => lines[at].clear(),
                    Some('m') => {}
                    other => panic!("a sequence that was not expected: {other:?}"),
                }
            }
            c => lines[at].push(c),
        }
        while lines.len() <= at {
            lines.push(String::new());
        }
    }
    lines
}

#[test]
fn a_run_on_a_terminal_shows_a_bar_that_does_not_stay() {
    let project = Project::of("saved-topologies/bastion-nat.vpcscape.json");
    let deploy = ["deploy", "--target", "simulated", "--yes"];
    let run = on_terminal(&project, 100, "", &deploy, &[]).ended(0);
    assert!(run.out.contains("actions · "), "{}", run.out);
    assert!(run.out.contains("critical path: "), "{}", run.out);
    assert!(!run.out.contains("\u{1b}[?25l"), "the cursor is never hidden");
    let left = screen(&run.out);
    assert!(!left.iter().any(|line| line.contains(" actions · ")), "{left:#?}");
    assert!(left.iter().any(|line| line == "Deployed."), "{left:#?}");

    let plain = |command, environment| {
        let args = [command, "--target", "simulated", "--yes"];
        let run = on_terminal(&project, 100, "", &args, &[environment]).ended(0);
        assert!(!run.out.contains('\u{1b}') && !run.out.contains(" actions · "), "{}", run.out);
    };
    plain("destroy", ("TERM", "dumb"));
    plain("deploy", ("NO_COLOR", "1"));
}

#[test]
fn ctrl_c_takes_the_bar_away() {
    let server = server::shared();
    let project = Project::in_region("saved-topologies/bastion-nat.vpcscape.json", "eu-west-2");
    let run = ["deploy", "--endpoint-url", &server.url, "--yes"];
    let run = on_terminal(&project, 80, "critical path: ", &run, &[]).ended(2);
    assert!(run.out.contains("Stopping: calls under way end"), "{}", run.out);
    let left = screen(&run.out);
    assert!(!left.iter().any(|line| line.contains(" actions · ")), "{left:#?}");
    assert!(left.iter().any(|line| line.contains("Stopped.")), "{left:#?}");
}
