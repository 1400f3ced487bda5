//! `vpcscape export`: the picture or the network in another format.

use std::path::PathBuf;

use clap::ValueEnum;

use super::output::{self, Failure};
use crate::{
    interop::png,
    runtime::{
        export::{self, DEFAULT_SCALE},
        files,
    },
    scene::{self, Theme},
    session::{Expected, ExportFormat},
    t,
};

/// The largest scale that may be asked for; the picture's size has limits of its own.
const MAX_SCALE: f32 = 16.0;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "FILE", help = t!("cli-export-file"))]
    file: PathBuf,
    #[arg(long, value_enum, value_name = "FORMAT", help = t!("cli-export-to"))]
    to: To,
    #[arg(short, long, value_name = "OUT", help = t!("cli-export-output"))]
    output: PathBuf,
    #[arg(long, value_enum, default_value_t = Colours::Light, help = t!("cli-export-theme"))]
    theme: Colours,
    #[arg(long, value_name = "FACTOR", default_value_t = DEFAULT_SCALE, value_parser = scale, help = t!("cli-export-scale"))]
    scale: f32,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum To {
    #[value(help = t!("cli-export-json"))]
    Json,
    #[value(help = t!("cli-export-svg"))]
    Svg,
    #[value(help = t!("cli-export-png"))]
    Png,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Colours {
    #[value(help = t!("cli-export-light"))]
    Light,
    #[value(help = t!("cli-export-dark"))]
    Dark,
}

fn scale(text: &str) -> Result<f32, String> {
    let number =
        text.parse().ok().filter(|number: &f32| number.is_finite() && *number > 0.0 && *number <= MAX_SCALE);
    number.ok_or_else(|| t!("cli-export-bad-scale", limit = MAX_SCALE as u32))
}

pub(super) fn run(args: Args) -> Result<u8, Failure> {
    let document = files::read(&args.file).map_err(Failure)?.document;
    let theme = match args.theme {
        Colours::Light => Theme::Light,
        Colours::Dark => Theme::Dark,
    };
    let format = match args.to {
        To::Json => ExportFormat::Json,
        To::Svg => ExportFormat::Svg,
        To::Png => ExportFormat::Png,
    };
    if format == ExportFormat::Png {
        let scene = scene::build(&document, &document.topology.index());
        if let Some(note) = png::note(&scene, args.scale) {
            output::remark(&note);
        }
    }
    let bytes = export::bytes(&document, format, theme, args.scale).map_err(Failure)?;
    output::put(&args.output, &bytes, &Expected::Anything)?;
    Ok(0)
}
