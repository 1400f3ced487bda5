//! `vpcscape drift`: what was changed behind the drawing's back, and what becomes of it: taken over into
//! the drawing, or set back in the account.

use std::sync::Arc;

use clap::ValueEnum;

use super::{
    carry_out::{self, Agreed, RunFormat, block_on, fail, open, say},
    target::TargetArgs,
};
use crate::{
    deploy::{
        Drift,
        drift::{AcceptedAll, Change, Sight, accept_all, accept_everything, line, to_json},
    },
    interop::native,
    runtime::{
        files,
        run::{Goal, Workspace},
    },
    session::{Expected, SaveError},
    t,
};

/// Exit code: something drifted.
const DRIFTED: u8 = 3;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    target: TargetArgs,
    #[arg(long, value_name = "ID", num_args = 1.., help = t!("deploy-cli-drift-accept"))]
    accept: Vec<String>,
    #[arg(long, conflicts_with = "accept", help = t!("deploy-cli-drift-accept-all"))]
    accept_all: bool,
    #[arg(
        long,
        value_name = "ID",
        num_args = 1..,
        conflicts_with_all = ["accept", "accept_all"],
        help = t!("deploy-cli-drift-restore")
    )]
    restore: Vec<String>,
    #[arg(long, requires = "restore", help = t!("deploy-cli-yes"))]
    yes: bool,
    #[arg(long, value_enum, default_value_t = Format::Text, help = t!("deploy-cli-format"))]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    #[value(help = t!("deploy-cli-format-text"))]
    Text,
    #[value(help = t!("deploy-cli-format-json"))]
    Json,
}

/// Carries it out; answers the exit code: 0 no drift is left, 3 drift, 2 errors.
pub(super) fn run(args: Args) -> u8 {
    let ended = block_on(async {
        let mut workspace = open(&args.target).await?;
        let sight = workspace.sight().await?;
        if !args.restore.is_empty() {
            let found = sight.drift(&args.target.document()?);
            return restore(&args, &mut workspace, &chosen(&found, &args.restore)?).await;
        }
        if args.accept_all || !args.accept.is_empty() {
            return accept(&args, &workspace, &sight);
        }
        let found = sight.drift(&args.target.document()?);
        show(&args, workspace.scope(), &found);
        Ok(if found.is_empty() { 0 } else { DRIFTED })
    });
    ended.unwrap_or_else(|sentence| fail(&sentence))
}

fn show(args: &Args, scope: &str, found: &[Drift]) {
    if args.format == Format::Json {
        return say(&serde_json::to_string_pretty(&to_json(scope, found)).unwrap_or_default());
    }
    say(&t!("deploy-cli-where", scope = scope));
    for item in found {
        let style = match item.change {
            Change::Changed => anstyle::AnsiColor::Yellow.on_default(),
            Change::Missing => anstyle::AnsiColor::Red.on_default(),
            Change::Added => anstyle::AnsiColor::Green.on_default(),
        };
        say(&format!("  {style}{}{style:#} {}", item.change.glyph(), line(item)));
    }
    say(&t!("deploy-drift-summary", count = found.len()));
}

/// The items that the command line names.
fn chosen(found: &[Drift], names: &[String]) -> Result<Vec<Drift>, String> {
    let one = |name: &String| {
        let item = found.iter().find(|it| it.is_called(name)).cloned();
        item.ok_or_else(|| t!("deploy-drift-no-such", name = name))
    };
    names.iter().map(one).collect()
}

/// Takes over what is there and writes the file, unless somebody else has written it meanwhile.
fn accept(args: &Args, workspace: &Workspace, sight: &Sight) -> Result<u8, String> {
    let path = &args.target.file;
    let opened = files::read(path)?;
    let done = if args.accept_all {
        accept_everything(sight, &opened.document)
    } else {
        let items = chosen(&sight.drift(&opened.document), &args.accept)?;
        accept_all(sight, &opened.document, items)
    };
    if !done.commands.is_empty() {
        let text = native::write(&done.document).map_err(|error| error.to_string())?;
        let written = files::write(path, text.as_bytes(), &Expected::Stamp(opened.stamp));
        written.map_err(|error| match error {
            SaveError::Failed(sentence) => sentence,
            SaveError::ChangedOnDisk | SaveError::Exists => t!("deploy-cli-file-changed"),
        })?;
    }
    tell(args, workspace.scope(), &done);
    if let Some((_, why)) = done.refused.first() {
        return Err(why.clone());
    }
    Ok(if done.left.is_empty() { 0 } else { DRIFTED })
}

fn tell(args: &Args, scope: &str, done: &AcceptedAll) {
    if args.format == Format::Text {
        for item in &done.taken {
            say(&t!("deploy-drift-accepted", line = line(item)));
        }
        done.notes.iter().chain(&done.besides).for_each(|note| say(&format!("  {note}")));
        for (item, why) in done.refused.iter().skip(1) {
            say(&t!("deploy-drift-refused", line = line(item), why = why));
        }
    }
    show(args, scope, &done.left);
}

async fn restore(args: &Args, workspace: &mut Workspace, items: &[Drift]) -> Result<u8, String> {
    workspace.restrict(items)?;
    let document = Arc::new(args.target.document()?);
    let agreed = Agreed { plan: args.yes, ..Agreed::default() };
    let format = if args.format == Format::Json { RunFormat::JsonLines } else { RunFormat::Text };
    carry_out::carry_out(&args.target, workspace, &document, Goal::Restore, agreed, format).await
}
