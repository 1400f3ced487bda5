//! `docs/cli.md`, made from the command line itself.

use std::fmt::Write as _;

use clap::{Command, CommandFactory};

use super::Cli;

const HEAD: &str = "\
# The command line

Made from `src/cli` by `UPDATE_DOCS=1 cargo test --test tidy`; do not edit.
";

/// The page: the help of the program and of each subcommand.
pub fn markdown() -> String {
    let mut command = Cli::command();
    // Gives every subcommand its full name and the common options.
    command.build();
    let mut page = HEAD.to_owned();
    add(&mut page, &mut command);
    page
}

fn add(page: &mut String, command: &mut Command) {
    let title = command.get_bin_name().unwrap_or_else(|| command.get_name()).to_owned();
    let help = command.render_help().to_string();
    let help: Vec<&str> = help.lines().map(str::trim_end).collect();
    // Writing to a string cannot fail.
    write!(page, "\n## `{title}`\n\n```text\n{}\n```\n", help.join("\n").trim_end()).ok();
    for inner in command.get_subcommands_mut().filter(|it| it.get_name() != "help") {
        add(page, inner);
    }
}
