//! Who reaches whom: as a table for people, as JSON and CSV for scripts. Pairs between which nothing is
//! open are left out.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    net::PortSet,
    reach::{Network, Open, grid::Side},
    t,
};

/// One pair between which something is open.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// The client.
    pub from: &'a Side,
    /// The server.
    pub to: &'a Side,
    /// What is open.
    pub open: &'a Open,
}

/// The names of sides, those that several have with their ids.
struct Names<'n> {
    network: &'n Network<'n>,
    counts: BTreeMap<String, usize>,
}

impl<'n> Names<'n> {
    fn new<'a>(network: &'n Network<'n>, sides: impl Iterator<Item = &'a Side>) -> Self {
        let mut ids: BTreeMap<String, String> = BTreeMap::new();
        sides.for_each(|it| drop(ids.insert(it.id(), it.label(network))));
        let mut counts = BTreeMap::new();
        for label in ids.into_values() {
            *counts.entry(label).or_default() += 1;
        }
        Self { network, counts }
    }

    fn of(&self, side: &Side) -> String {
        let (label, id) = (side.label(self.network), side.id());
        if self.counts.get(&label).is_some_and(|it| *it > 1) { format!("{label} ({id})") } else { label }
    }
}

/// A table with a line for each pair, and how many pairs were asked.
pub fn matrix_text(network: &Network<'_>, rows: &[Row<'_>], pairs: usize) -> String {
    let names = Names::new(network, rows.iter().flat_map(|it| [it.from, it.to]));
    let mut table = vec![[
        t!("file-matrix-from"),
        t!("file-matrix-to"),
        t!("file-matrix-tcp"),
        t!("file-matrix-udp"),
        t!("file-matrix-ping"),
    ]];
    let mut last = None;
    for row in rows {
        // A client is named once, in the first of its lines.
        let id = row.from.id();
        let from = if last.as_ref() == Some(&id) { String::new() } else { names.of(row.from) };
        last = Some(id);
        let ping = if row.open.ping { t!("file-matrix-yes") } else { NOTHING.to_owned() };
        table.push([from, names.of(row.to), ports(&row.open.tcp), ports(&row.open.udp), ping]);
    }
    let mut text = if rows.is_empty() { String::new() } else { aligned(&table) + "\n" };
    text += &t!("file-matrix-summary", open = rows.len(), pairs = pairs);
    text + "\n"
}

/// What stands where no port is open.
const NOTHING: &str = "-";

fn ports(set: &PortSet) -> String {
    match set {
        set if set.is_empty() => NOTHING.to_owned(),
        set if set.is_all() => t!("file-matrix-all"),
        set => set.to_string(),
    }
}

fn aligned(table: &[[String; 5]]) -> String {
    let mut widths = [0_usize; 5];
    for line in table {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: &[String; 5]| {
        let padded: Vec<String> =
            cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        padded.join("  ").trim_end().to_owned() + "\n"
    };
    table.iter().map(line).collect()
}

/// `vpcscape-matrix/1`: who was asked, and the pairs between which something is open.
pub fn matrix_json(
    network: &Network<'_>,
    (clients, servers): (&[Side], &[Side]),
    rows: &[Row<'_>],
) -> String {
    let side = |it: &Side| json!({ "id": it.id(), "name": it.label(network) });
    let pair = |row: &Row<'_>| {
        json!({
            "from": row.from.id(),
            "to": row.to.id(),
            "tcp": ranges(&row.open.tcp),
            "udp": ranges(&row.open.udp),
            "ping": row.open.ping,
        })
    };
    let value = json!({
        "format": "vpcscape-matrix/1",
        "from": clients.iter().map(side).collect::<Vec<_>>(),
        "to": servers.iter().map(side).collect::<Vec<_>>(),
        "open": rows.iter().map(pair).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn ranges(set: &PortSet) -> Vec<Value> {
    set.ranges().iter().map(|it| json!({ "from": it.from, "to": it.to })).collect()
}

/// A line for each pair, by RFC 4180: `from,from_name,to,to_name,tcp,udp,ping`. Ports are separated by
/// spaces.
pub fn matrix_csv(network: &Network<'_>, rows: &[Row<'_>]) -> String {
    let mut text = "from,from_name,to,to_name,tcp,udp,ping\r\n".to_owned();
    for row in rows {
        let ports = |set: &PortSet| set.to_string().replace(", ", " ");
        let cells = [
            row.from.id(),
            row.from.label(network),
            row.to.id(),
            row.to.label(network),
            ports(&row.open.tcp),
            ports(&row.open.udp),
            row.open.ping.to_string(),
        ];
        text += &cells.map(|it| quoted(&it)).join(",");
        text += "\r\n";
    }
    text
}

/// A field of CSV: quoted where it has to be, and kept from being taken for a formula.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}
