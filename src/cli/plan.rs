//! `vpcscape plan`: what a deploy would do.

use clap::ValueEnum;

use super::{
    carry_out::{block_on, fail, open, say, show},
    target::TargetArgs,
};
use crate::{deploy::plan::to_json, runtime::run::Goal, t};

/// Exit code: there is something to do.
const CHANGES: u8 = 3;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    target: TargetArgs,
    #[arg(long, value_enum, default_value_t = Format::Text, help = t!("deploy-cli-format"))]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    #[value(help = t!("deploy-cli-format-text"))]
    Text,
    #[value(help = t!("deploy-cli-format-json"))]
    Json,
}

/// Carries it out; answers the exit code: 0 nothing to do, 3 changes, 2 errors.
pub(super) fn run(args: Args) -> u8 {
    let planned = block_on(async {
        let mut workspace = open(&args.target).await?;
        workspace.prepare(Goal::Deploy).await
    });
    let plan = match planned {
        Ok(plan) => plan,
        Err(sentence) => return fail(&sentence),
    };
    match args.format {
        Format::Text => show(&plan),
        Format::Json => say(&serde_json::to_string_pretty(&to_json(&plan)).unwrap_or_default()),
    }
    if plan.has_errors() {
        return super::carry_out::FAILED;
    }
    if plan.is_empty() { 0 } else { CHANGES }
}
