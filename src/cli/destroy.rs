//! `vpcscape destroy`: removes everything that was deployed of a drawing.

use super::{
    carry_out::{self, Agreed, RunFormat, block_on, fail},
    target::TargetArgs,
};
use crate::{runtime::run::Goal, t};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    target: TargetArgs,
    #[arg(long, help = t!("deploy-cli-yes"))]
    yes: bool,
    #[arg(long, help = t!("deploy-cli-leave-foreign"))]
    leave_foreign: bool,
    #[arg(long, value_enum, default_value_t = RunFormat::Text, help = t!("deploy-cli-format"))]
    format: RunFormat,
}

/// Carries it out; answers the exit code.
pub(super) fn run(args: Args) -> u8 {
    let agreed = Agreed { plan: args.yes, leave_foreign: args.leave_foreign, ..Agreed::default() };
    match block_on(carry_out::run(&args.target, Goal::Destroy, agreed, args.format)) {
        Ok(code) => code,
        Err(sentence) => fail(&sentence),
    }
}
