//! The command line: one file per subcommand, one row each in [`Command`].

mod carry_out;
mod deploy;
mod destroy;
mod plan;
mod target;

use std::ffi::OsString;

use clap::{Parser, Subcommand};

use crate::t;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "vpcscape", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(about = t!("deploy-cli-plan-about"))]
    Plan(plan::Args),
    #[command(about = t!("deploy-cli-deploy-about"))]
    Deploy(deploy::Args),
    #[command(about = t!("deploy-cli-destroy-about"))]
    Destroy(destroy::Args),
}

/// Reads the command line and carries out a subcommand; answers the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    match Cli::try_parse_from(args) {
        Ok(cli) => match cli.command {
            Command::Plan(args) => plan::run(args),
            Command::Deploy(args) => deploy::run(args),
            Command::Destroy(args) => destroy::run(args),
        },
        Err(error) => {
            // Nobody is left to be told that the terminal is gone.
            error.print().ok();
            u8::try_from(error.exit_code()).unwrap_or(carry_out::FAILED)
        }
    }
}
