//! `vpcscape matrix`: who reaches whom, at which ports.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::{
    output::{self, Failure},
    trace::read_party,
};
use crate::{
    interop::walk_report::{self, Row},
    model::{Kind, ResourceId, Topology},
    reach::{
        Network, Party,
        grid::{Grid, Side, by_subnet, clients, servers},
    },
    runtime::files,
    t,
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "FILE", help = t!("cli-trace-file"))]
    file: PathBuf,
    #[arg(long, value_name = "A", help = t!("cli-matrix-from"))]
    from: Vec<String>,
    #[arg(long, value_name = "B", help = t!("cli-matrix-to"))]
    to: Vec<String>,
    #[arg(long, conflicts_with = "from", help = t!("cli-matrix-internet"))]
    internet: bool,
    #[arg(long, help = t!("cli-matrix-by-subnet"))]
    by_subnet: bool,
    #[arg(long, value_enum, default_value_t = Format::Text, help = t!("cli-matrix-format"))]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    #[value(help = t!("cli-format-text"))]
    Text,
    #[value(help = t!("cli-matrix-format-json"))]
    Json,
    #[value(help = t!("cli-matrix-format-csv"))]
    Csv,
}

/// Whom a side of the command line means.
enum Meant {
    Party(Party),
    /// Everything in a subnet or a VPC.
    Place(ResourceId),
}

fn read(topology: &Topology, document: &Path, text: &str) -> Result<Meant, Failure> {
    let places = || topology.iter().filter(|it| matches!(it.kind.kind(), Kind::Subnet | Kind::Vpc));
    let by_id = places().find(|it| it.id.as_str() == text);
    let mut named = places().filter(|it| it.name == text);
    let only = named.next().filter(|_| named.next().is_none());
    match (by_id, read_party(topology, document, text)) {
        (Some(it), _) => Ok(Meant::Place(it.id.clone())),
        (None, Ok(party)) => Ok(Meant::Party(party)),
        (None, Err(failure)) => only.map(|it| Meant::Place(it.id.clone())).ok_or(failure),
    }
}

/// The sides of all that are meant: those wanted, or every one.
fn chosen(network: &Network<'_>, all: Vec<Side>, wanted: &[Meant]) -> Vec<Side> {
    if wanted.is_empty() {
        return all;
    }
    let fits = |side: &Side| {
        wanted.iter().any(|it| match it {
            Meant::Party(party) => side.parties.contains(party),
            Meant::Place(id) => side.subnet.as_ref() == Some(id) || side.vpc.as_ref() == Some(id),
        })
    };
    let mut sides: Vec<Side> = all.into_iter().filter(fits).collect();
    // Who asks for an address, or for a NAT gateway, gets it, although no list has it.
    for it in wanted {
        if let Meant::Party(party) = it
            && !sides.iter().any(|side| side.parties.contains(party))
        {
            sides.push(Side::of(network, party.clone()));
        }
    }
    sides
}

pub(super) fn run(args: Args) -> Result<u8, Failure> {
    let document = files::read(&args.file).map_err(Failure)?.document;
    let index = document.topology.index();
    let network = Network::new(&document.topology, &index);
    let all = |texts: &[String]| -> Result<Vec<Meant>, Failure> {
        texts.iter().map(|text| read(&document.topology, &args.file, text)).collect()
    };
    let from = if args.internet { vec![Meant::Party(Party::Internet)] } else { all(&args.from)? };
    let mut rows = chosen(&network, clients(&network), &from);
    let mut columns = chosen(&network, servers(&network), &all(&args.to)?);
    if args.by_subnet {
        (rows, columns) = (by_subnet(&network, rows), by_subnet(&network, columns));
    }
    let mut grid = Grid::new(&network, rows, columns);
    let cells: Vec<(usize, usize)> = (0..grid.rows().len())
        .flat_map(|row| (0..grid.columns().len()).map(move |column| (row, column)))
        .filter(|(row, column)| grid.is_question(*row, *column))
        .collect();
    let mut budget = usize::MAX;
    for cell in &cells {
        grid.cell(&network, *cell, &mut budget);
    }
    let row = |(row, column): &(usize, usize)| {
        let open = grid.known(*row, *column).filter(|it| !it.is_nothing())?;
        Some(Row { from: grid.rows().get(*row)?, to: grid.columns().get(*column)?, open })
    };
    let found: Vec<Row<'_>> = cells.iter().filter_map(row).collect();
    let report = match args.format {
        Format::Text => walk_report::matrix_text(&network, &found, cells.len()),
        Format::Json => walk_report::matrix_json(&network, (grid.rows(), grid.columns()), &found),
        Format::Csv => walk_report::matrix_csv(&network, &found),
    };
    output::print(report.as_bytes())?;
    Ok(0)
}
