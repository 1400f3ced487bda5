//! `vpcscape adopt`: finds what was deployed of a drawing when its state file is lost.

use super::{
    carry_out::{block_on, fail, open, say},
    target::TargetArgs,
};
use crate::t;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    target: TargetArgs,
}

/// Carries it out; answers the exit code.
pub(super) fn run(args: Args) -> u8 {
    let adopted = block_on(async {
        let mut workspace = open(&args.target).await?;
        workspace.adopt().await
    });
    match adopted {
        Ok(found) => {
            for (resource, live) in &found {
                say(&format!("  = {resource}  {live}"));
            }
            say(&t!("deploy-adopted", count = found.len()));
            0
        }
        Err(sentence) => fail(&sentence),
    }
}
