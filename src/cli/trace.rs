//! `vpcscape trace`: one packet through the drawing, hop by hop.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::output::{self, Failure};
use crate::{
    deploy::StateFile,
    interop::walk_report,
    model::ResourceId,
    net::Protocol,
    reach::{Flow, Network, Party, Verdict, walk},
    runtime::{files, run::Paths},
    t,
};

/// Exit code: something is in the way.
const BLOCKED: u8 = 1;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "FILE", help = t!("cli-trace-file"))]
    file: PathBuf,
    #[arg(long, value_name = "A", help = t!("cli-trace-from"))]
    from: String,
    #[arg(long, value_name = "B", help = t!("cli-trace-to"))]
    to: String,
    #[arg(long, default_value = "tcp", help = t!("cli-trace-protocol"))]
    protocol: Protocol,
    #[arg(long, default_value_t = 443, value_name = "N", help = t!("cli-trace-port"))]
    port: u16,
    #[arg(long, value_name = "N", help = t!("cli-trace-source-port"))]
    source_port: Option<u16>,
    #[arg(long, value_name = "TYPE[/CODE]", value_parser = icmp, help = t!("cli-trace-icmp-type"))]
    icmp_type: Option<(u8, u8)>,
    #[arg(long, value_enum, default_value_t = Format::Text, help = t!("cli-trace-format"))]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    #[value(help = t!("cli-format-text"))]
    Text,
    #[value(help = t!("cli-trace-format-json"))]
    Json,
}

/// Reads `8` or `8/0`.
fn icmp(text: &str) -> Result<(u8, u8), String> {
    let (kind, code) = text.split_once('/').unwrap_or((text, "0"));
    match (kind.parse(), code.parse()) {
        (Ok(kind), Ok(code)) => Ok((kind, code)),
        _ => Err(t!("cli-trace-icmp-wrong", text = text)),
    }
}

/// The resource that was deployed as the object of this AWS id.
fn deployed(document: &Path, aws_id: &str) -> Option<ResourceId> {
    let text = std::fs::read_to_string(Paths::beside(document).state()).ok()?;
    let state = StateFile::from_json(&text).ok()?;
    let mut resources = state.deployments.values().flat_map(|it| &it.resources);
    resources.find(|(_, it)| it.id == aws_id).map(|(id, _)| id.clone())
}

pub(super) fn run(args: Args) -> Result<u8, Failure> {
    let document = files::read(&args.file).map_err(Failure)?.document;
    let party = |text: &str| {
        let read = Party::parse(&document.topology, text);
        let read = read.or_else(|error| match deployed(&args.file, text) {
            Some(id) => Party::parse(&document.topology, id.as_str()),
            None => Err(error),
        });
        read.map_err(|error| Failure(error.to_string()))
    };
    let mut flow = Flow::new(party(&args.from)?, party(&args.to)?, args.protocol, args.port);
    flow.source_port = args.source_port.unwrap_or(flow.source_port);
    flow.icmp = args.icmp_type.unwrap_or(flow.icmp);
    let index = document.topology.index();
    let trace = walk(&Network::new(&document.topology, &index), &flow);
    let report = match args.format {
        Format::Text => walk_report::trace_text(&trace),
        Format::Json => walk_report::trace_json(&trace),
    };
    output::print(report.as_bytes())?;
    Ok(if trace.verdict() == Verdict::Reachable { 0 } else { BLOCKED })
}
