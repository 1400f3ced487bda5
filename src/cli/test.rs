//! `vpcscape test`: the checks that a file carries.

use std::path::PathBuf;

use clap::ValueEnum;

use super::output::{self, Failure};
use crate::{interop::walk_report, reach::run_checks, runtime::files, t};

/// Exit code: some checks do not hold.
const FAILED: u8 = 1;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "FILE", help = t!("cli-test-file"))]
    file: PathBuf,
    #[arg(long, value_enum, default_value_t = Format::Text, help = t!("cli-test-format"))]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    #[value(help = t!("cli-format-text"))]
    Text,
    #[value(help = t!("cli-test-format-json"))]
    Json,
    #[value(help = t!("cli-test-format-junit"))]
    Junit,
}

pub(super) fn run(args: Args) -> Result<u8, Failure> {
    let document = files::read(&args.file).map_err(Failure)?.document;
    let results = run_checks(&document, &document.topology.index());
    let report = match args.format {
        Format::Text => walk_report::checks_text(&results),
        Format::Json => walk_report::checks_json(&results),
        Format::Junit => walk_report::junit(&document.name, &results),
    };
    output::print(report.as_bytes())?;
    Ok(if results.iter().all(|it| it.holds) { 0 } else { FAILED })
}
