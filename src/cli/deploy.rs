//! `vpcscape deploy`: makes the network as it is drawn.

use super::{
    carry_out::{self, Agreed, RunFormat, block_on, fail},
    target::TargetArgs,
};
use crate::{runtime::run::Goal, t};

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct Args {
    #[command(flatten)]
    target: TargetArgs,
    #[arg(long, help = t!("deploy-cli-yes"))]
    yes: bool,
    #[arg(long, help = t!("deploy-cli-despite-checks"))]
    despite_checks: bool,
    #[arg(long, conflicts_with = "rollback", help = t!("deploy-cli-resume"))]
    resume: bool,
    #[arg(long, help = t!("deploy-cli-rollback"))]
    rollback: bool,
    #[arg(long, value_enum, default_value_t = RunFormat::Text, help = t!("deploy-cli-format"))]
    format: RunFormat,
}

/// Carries it out; answers the exit code. A deploy goes on from an open run by itself; `--resume` does no
/// more than that run was to do.
pub(super) fn run(args: Args) -> u8 {
    let goal = if args.rollback { Goal::Rollback } else { Goal::Deploy };
    let agreed = Agreed {
        plan: args.yes,
        failed_checks: args.despite_checks,
        resume: args.resume,
        ..Agreed::default()
    };
    match block_on(carry_out::run(&args.target, goal, agreed, args.format)) {
        Ok(code) => code,
        Err(sentence) => fail(&sentence),
    }
}
