//! `vpcscape check`: what the rules find in a file, and mending it.

use std::path::PathBuf;

use clap::ValueEnum;

use super::output::{self, Failure};
use crate::{
    interop::{
        native,
        report::{self, Styles, Summary},
    },
    rules::{
        self, RULES,
        fix::{self, Applied, Scope},
    },
    runtime::files::{self, Opened},
    session::{Expected, SaveError},
    t,
};

/// Exit code: the rules found errors.
const ERRORS: u8 = 1;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "FILE", help = t!("cli-check-file"))]
    file: PathBuf,
    #[arg(long, value_enum, default_value_t = Format::Text, help = t!("cli-check-format"))]
    format: Format,
    #[arg(long, help = t!("cli-check-fix"))]
    fix: bool,
    #[arg(long, requires = "fix", help = t!("cli-check-dry-run"))]
    dry_run: bool,
    #[arg(long, value_name = "CODE", value_parser = code, help = t!("cli-check-rule"))]
    rule: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    #[value(help = t!("cli-format-text"))]
    Text,
    #[value(help = t!("cli-format-json"))]
    Json,
    #[value(help = t!("cli-format-sarif"))]
    Sarif,
}

/// The code of a rule that exists.
fn code(text: &str) -> Result<String, String> {
    let known = RULES.iter().any(|rule| rule.code == text);
    known.then(|| text.to_owned()).ok_or_else(|| t!("cli-check-unknown-rule", code = text))
}

pub(super) fn run(args: Args) -> Result<u8, Failure> {
    let mut opened = files::read(&args.file).map_err(Failure)?;
    if args.fix {
        mend(&args, &mut opened)?;
    }
    let mut review = rules::review(&opened.document, &opened.document.topology.index());
    if let Some(code) = &args.rule {
        review.problems.retain(|problem| problem.code == code);
        review.suppressed.retain(|(problem, _)| problem.code == code);
    }
    let name = args.file.display().to_string();
    match args.format {
        Format::Text => {
            output::print_styled(&report::text(&name, &opened.text, &review, &Styles::coloured()))?
        }
        Format::Json => output::print(report::json(&review).as_bytes())?,
        Format::Sarif => output::print(report::sarif(&name, &opened.text, &review).as_bytes())?,
    }
    Ok(if Summary::of(&review.problems).errors > 0 { ERRORS } else { 0 })
}

/// Applies what the rules offer, says so on the standard error output, and writes the file unless
/// that is not wanted. Afterwards `opened` is the mended document.
fn mend(args: &Args, opened: &mut Opened) -> Result<(), Failure> {
    let scope = args.rule.as_deref().map_or(Scope::Mistakes, Scope::Rule);
    let (document, applied) = fix::apply_all(&opened.document, scope);
    if applied.is_empty() {
        output::remark(&t!("cli-check-nothing-to-fix"));
        return Ok(());
    }
    let text = native::write(&document).map_err(|error| Failure(error.to_string()))?;
    if !args.dry_run {
        let expected = Expected::Stamp(opened.stamp.clone());
        files::write(&args.file, text.as_bytes(), &expected).map_err(|error| match error {
            SaveError::Failed(sentence) => Failure(sentence),
            SaveError::Exists | SaveError::ChangedOnDisk => {
                Failure(t!("cli-check-changed", path = args.file.display()))
            }
        })?;
    }
    for Applied { problem, fix, changes } in &applied {
        let (code, message, label) = (problem.code, problem.message.as_str(), fix.label.as_str());
        output::remark(&if args.dry_run {
            t!("cli-check-would-fix", label = label, code = code, message = message)
        } else {
            t!("cli-check-fixed", label = label, code = code, message = message)
        });
        for line in changes.iter().flat_map(|change| &change.lines) {
            output::tell(&format!("    {line}\n"));
        }
    }
    (opened.document, opened.text) = (document, text);
    Ok(())
}
