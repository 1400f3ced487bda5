//! `vpcscape new`: a topology from a template, or a large one from a seed.

use std::path::PathBuf;

use clap::ArgGroup;

use super::output::{self, Failure};
use crate::{
    interop::{generate, native, templates},
    model::Document,
    session::Expected,
    t,
};

/// The largest network that is generated: what a file may hold.
const MAX: usize = native::MAX_RESOURCES;

#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("what").required(true).args(["template", "list", "generate"]))]
pub(super) struct Args {
    #[arg(value_name = "TEMPLATE", help = t!("cli-new-template"))]
    template: Option<String>,
    #[arg(long, help = t!("cli-new-list"))]
    list: bool,
    #[arg(long, value_name = "N", value_parser = count, help = t!("cli-new-generate"))]
    generate: Option<usize>,
    #[arg(long, value_name = "S", default_value_t = 0, conflicts_with_all = ["template", "list"], help = t!("cli-new-seed"))]
    seed: u64,
    #[arg(short, long, value_name = "FILE", required_unless_present = "list", help = t!("cli-new-output"))]
    output: Option<PathBuf>,
    #[arg(long, help = t!("cli-new-force"))]
    force: bool,
}

fn count(text: &str) -> Result<usize, String> {
    let legal = generate::MIN_RESOURCES..=MAX;
    let number = text.parse().ok().filter(|number| legal.contains(number));
    number.ok_or_else(|| t!("cli-new-count", from = generate::MIN_RESOURCES, to = MAX.to_string()))
}

pub(super) fn run(args: Args) -> Result<u8, Failure> {
    let Some(path) = args.output.as_deref().filter(|_| !args.list) else {
        let names = templates::names().join("\n") + "\n";
        return output::print(names.as_bytes()).map(|()| 0);
    };
    let document = document(&args)?;
    let text = native::write(&document).map_err(|error| Failure(error.to_string()))?;
    let expected = if args.force { Expected::Anything } else { Expected::Absent };
    output::put(path, text.as_bytes(), &expected)?;
    Ok(0)
}

fn document(args: &Args) -> Result<Document, Failure> {
    if let Some(count) = args.generate {
        return Ok(generate::network(count, args.seed));
    }
    let name = args.template.as_deref().unwrap_or_default();
    templates::document(name)
        .ok_or_else(|| Failure(t!("cli-new-unknown", name = name, known = templates::names().join(", "))))
}
