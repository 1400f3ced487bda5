//! `vpcscape drift`: what was changed behind the drawing's back.

use clap::ValueEnum;

use super::{
    carry_out::{block_on, fail, open, say},
    target::TargetArgs,
};
use crate::{
    deploy::drift::{Change, line, to_json},
    t,
};

/// Exit code: something drifted.
const DRIFTED: u8 = 3;

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

/// Carries it out; answers the exit code: 0 no drift, 3 drift, 2 errors.
pub(super) fn run(args: Args) -> u8 {
    let looked = block_on(async {
        let workspace = open(&args.target).await?;
        let found = workspace.drift().await?;
        Ok((workspace.scope().to_owned(), found))
    });
    let (scope, found) = match looked {
        Ok(looked) => looked,
        Err(sentence) => return fail(&sentence),
    };
    match args.format {
        Format::Json => say(&serde_json::to_string_pretty(&to_json(&scope, &found)).unwrap_or_default()),
        Format::Text => {
            say(&t!("deploy-cli-where", scope = scope));
            for item in &found {
                let style = match item.change {
                    Change::Changed => anstyle::AnsiColor::Yellow.on_default(),
                    Change::Missing => anstyle::AnsiColor::Red.on_default(),
                    Change::Added => anstyle::AnsiColor::Green.on_default(),
                };
                say(&format!("  {style}{}{style:#} {}", item.change.glyph(), line(item)));
            }
            say(&t!("deploy-drift-summary", count = found.len()));
        }
    }
    if found.is_empty() { 0 } else { DRIFTED }
}
