//! `vpcscape check`: what the rules find in a file.

use std::path::PathBuf;

use clap::ValueEnum;

use super::output::{self, Failure};
use crate::{
    interop::report::{self, Styles, Summary},
    rules,
    runtime::files,
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

pub(super) fn run(args: Args) -> Result<u8, Failure> {
    let opened = files::read(&args.file).map_err(Failure)?;
    let problems = rules::check(&opened.document, &opened.document.topology.index());
    let name = args.file.display().to_string();
    match args.format {
        Format::Text => output::print_styled(&report::text(&name, &problems, &Styles::coloured()))?,
        Format::Json => output::print(report::json(&problems).as_bytes())?,
        Format::Sarif => output::print(report::sarif(&name, &opened.text, &problems).as_bytes())?,
    }
    Ok(if Summary::of(&problems).errors > 0 { ERRORS } else { 0 })
}
