//! `vpcscape trace`: one packet through the drawing, hop by hop.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use clap::ValueEnum;

use super::output::{self, Failure};
use crate::{
    deploy::StateFile,
    interop::walk_report,
    model::{ResourceId, Topology},
    net::Protocol,
    reach::{Flow, Network, Party, Verdict, walk},
    rules::openings::openings,
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

/// The AWS ids of what was deployed of a document, by resource.
pub(super) fn live_ids(document: &Path) -> BTreeMap<ResourceId, String> {
    let text = std::fs::read_to_string(Paths::beside(document).state()).unwrap_or_default();
    let deployments = StateFile::from_json(&text).map(|it| it.deployments).unwrap_or_default();
    let resources = deployments.into_values().flat_map(|it| it.resources);
    resources.map(|(id, deployed)| (id, deployed.id)).collect()
}

/// Reads a party; the AWS ids of deployed resources are names too.
pub(super) fn read_party(topology: &Topology, document: &Path, text: &str) -> Result<Party, Failure> {
    Party::parse(topology, text).or_else(|error| {
        let live = live_ids(document);
        let known = live.iter().find(|(_, live)| *live == text).map(|(id, _)| id.as_str());
        known.map_or(Err(error), |id| Party::parse(topology, id)).map_err(|error| Failure(error.to_string()))
    })
}

pub(super) fn run(args: Args) -> Result<u8, Failure> {
    let document = files::read(&args.file).map_err(Failure)?.document;
    let party = |text: &str| read_party(&document.topology, &args.file, text);
    let mut flow = Flow::new(party(&args.from)?, party(&args.to)?, args.protocol, args.port);
    flow.source_port = args.source_port.unwrap_or(flow.source_port);
    flow.icmp = args.icmp_type.unwrap_or(flow.icmp);
    let index = document.topology.index();
    let trace = walk(&Network::new(&document.topology, &index), &flow);
    let openings = openings(&document, &index, &flow);
    let report = match args.format {
        Format::Text => walk_report::trace_text(&trace, &openings),
        Format::Json => walk_report::trace_json(&trace, &openings),
    };
    output::print(report.as_bytes())?;
    Ok(if trace.verdict() == Verdict::Reachable { 0 } else { BLOCKED })
}
