//! `vpcscape import`: a document from what an account says, in files or itself.

use std::path::PathBuf;

use clap::ValueEnum;

use super::{
    carry_out,
    output::{self, Failure},
    target::PlaceArgs,
};
use crate::{
    interop::{describe::Imported, native},
    runtime::dumps,
    session::Expected,
    t,
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(
        long,
        value_name = "DIR",
        help = t!("cli-import-dump"),
        conflicts_with_all = ["target", "profile", "region", "endpoint_url"]
    )]
    dump: Option<PathBuf>,
    #[arg(long, value_name = "ID", num_args = 1.., help = t!("cli-import-vpc"))]
    vpc: Vec<String>,
    #[command(flatten)]
    place: PlaceArgs,
    #[arg(short, long, value_name = "FILE", help = t!("cli-new-output"))]
    output: PathBuf,
    #[arg(long, help = t!("cli-new-force"))]
    force: bool,
    #[arg(long, value_enum, default_value_t = Format::Text, help = t!("cli-import-format"))]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    #[value(help = t!("cli-format-text"))]
    Text,
    #[value(help = t!("cli-import-format-json"))]
    Json,
}

fn imported(args: &Args) -> Result<Imported, String> {
    match &args.dump {
        Some(folder) => dumps::import(folder, &args.vpc),
        None => carry_out::block_on(dumps::live(&args.place.target(), &args.vpc)),
    }
}

pub(super) fn run(args: Args) -> Result<u8, Failure> {
    let imported = imported(&args).map_err(Failure)?;
    let text = native::write(&imported.document).map_err(|error| Failure(error.to_string()))?;
    // What is written must load again: better no file than one that is refused later.
    native::read(text.as_bytes()).map_err(|error| Failure(error.to_string()))?;
    let expected = if args.force { Expected::Anything } else { Expected::Absent };
    output::put(&args.output, text.as_bytes(), &expected)?;
    let report = match args.format {
        Format::Text => imported.report.text(),
        Format::Json => imported.report.json(),
    };
    if args.output.as_os_str() == "-" {
        // The standard output is the document's.
        output::tell(&report);
    } else {
        output::print(report.as_bytes())?;
    }
    Ok(0)
}
