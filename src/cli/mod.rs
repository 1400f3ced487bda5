//! The command line: one file per subcommand, one row each in [`Command`].
//!
//! Exit codes are a contract: 0 as asked, 1 errors were found, 2 unusable input or wrong usage; `plan`
//! has further ones of its own.

mod adopt;
mod carry_out;
mod check;
mod connect;
mod deploy;
mod destroy;
pub mod docs;
mod drift;
mod export;
mod import;
mod live;
mod matrix;
mod new;
mod output;
mod plan;
mod progress;
mod schema;
mod target;
mod test;
mod trace;

use std::{ffi::OsString, path::PathBuf};

use clap::{Parser, Subcommand};

pub use output::Failure;

use crate::{runtime::window::Renderer, t};

/// Exit code: unusable input or wrong usage.
pub const UNUSABLE: u8 = 2;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "vpcscape",
    version,
    about = t!("cli-about"),
    after_help = t!("cli-exit-codes"),
    args_conflicts_with_subcommands = true
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    editor: Editor,
}

/// What the editor is started with.
#[derive(Debug, Clone, Default, PartialEq, Eq, clap::Args)]
pub struct Editor {
    /// The document to open.
    #[arg(value_name = "FILE", help = t!("cli-editor-file"))]
    pub file: Option<PathBuf>,
    /// What paints the window.
    #[arg(long, value_enum, default_value_t, help = t!("cli-editor-renderer"))]
    pub renderer: Renderer,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(about = t!("cli-new-about"))]
    New(new::Args),
    #[command(about = t!("cli-check-about"), after_help = t!("cli-check-exit-codes"))]
    Check(check::Args),
    #[command(about = t!("cli-trace-about"), after_help = t!("cli-trace-exit-codes"))]
    Trace(trace::Args),
    #[command(about = t!("cli-matrix-about"), after_help = t!("cli-matrix-exit-codes"))]
    Matrix(matrix::Args),
    #[command(about = t!("cli-test-about"), after_help = t!("cli-test-exit-codes"))]
    Test(test::Args),
    #[command(about = t!("cli-connect-about"), after_help = t!("cli-connect-exit-codes"))]
    Connect(connect::Args),
    #[command(about = t!("deploy-cli-plan-about"), after_help = t!("cli-plan-exit-codes"))]
    Plan(plan::Args),
    #[command(about = t!("deploy-cli-deploy-about"))]
    Deploy(deploy::Args),
    #[command(about = t!("deploy-cli-destroy-about"))]
    Destroy(destroy::Args),
    #[command(about = t!("deploy-cli-drift-about"), after_help = t!("deploy-cli-drift-exit-codes"))]
    Drift(drift::Args),
    #[command(about = t!("deploy-cli-adopt-about"))]
    Adopt(adopt::Args),
    #[command(about = t!("cli-import-about"), after_help = t!("cli-import-exit-codes"))]
    Import(import::Args),
    #[command(about = t!("cli-export-about"))]
    Export(export::Args),
    #[command(about = t!("cli-schema-about"))]
    Schema(schema::Args),
}

/// What the command line asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The editor is to be opened.
    Editor(Editor),
    /// It is done; this is the exit code.
    Exit(u8),
}

/// Reads the command line and carries out a subcommand.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Outcome {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Nobody is left to be told that the terminal is gone.
            error.print().ok();
            return Outcome::Exit(u8::try_from(error.exit_code()).unwrap_or(UNUSABLE));
        }
    };
    let Some(command) = cli.command else {
        return Outcome::Editor(cli.editor);
    };
    let done = match command {
        Command::New(args) => new::run(args),
        Command::Check(args) => check::run(args),
        Command::Trace(args) => trace::run(args),
        Command::Matrix(args) => matrix::run(args),
        Command::Test(args) => test::run(args),
        Command::Connect(args) => connect::run(args),
        Command::Plan(args) => Ok(plan::run(args)),
        Command::Deploy(args) => Ok(deploy::run(args)),
        Command::Destroy(args) => Ok(destroy::run(args)),
        Command::Drift(args) => Ok(drift::run(args)),
        Command::Adopt(args) => Ok(adopt::run(args)),
        Command::Import(args) => import::run(args),
        Command::Export(args) => export::run(args),
        Command::Schema(args) => schema::run(args),
    };
    Outcome::Exit(done.unwrap_or_else(|failure| {
        failure.print();
        UNUSABLE
    }))
}
