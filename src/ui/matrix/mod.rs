//! The Matrix tab: who reaches whom at which ports. A cell is asked for when it comes into sight, so that
//! a large network costs no more than what is looked at; a click opens the walk behind it.

mod table;

use std::cell::OnceCell;

use eframe::egui::{Button, Ui};

use self::table::{Cell, Table, Touched};
use super::{
    state::{BottomTab, ViewState},
    theme, widgets,
};
use crate::{
    net::{PortSet, Protocol},
    reach::{
        Network, Open,
        grid::{Grid, Side, by_subnet, clients, servers},
    },
    session::{Intent, Session},
    t,
};

/// How many pairs are asked for in one frame, so that none takes long; the next one goes on.
const PAIRS_A_FRAME: usize = 1500;

/// What the tab remembers.
#[derive(Debug, Default)]
pub struct MatrixState {
    /// The hosts of a subnet stand together.
    by_subnet: bool,
    /// Only what the internet reaches.
    internet: bool,
    shown: Option<Shown>,
}

/// The matrix of one version of the document.
#[derive(Debug)]
struct Shown {
    revision: u64,
    by_subnet: bool,
    grid: Grid,
    rows: Vec<String>,
    columns: Vec<String>,
}

impl Shown {
    fn new(session: &Session, grouped: bool) -> Self {
        let network = Network::new(&session.document().topology, session.index());
        let (mut rows, mut columns) = (clients(&network), servers(&network));
        if grouped {
            (rows, columns) = (by_subnet(&network, rows), by_subnet(&network, columns));
        }
        let labels = |sides: &[Side]| sides.iter().map(|it| it.label(&network)).collect();
        let (row_labels, column_labels) = (labels(&rows), labels(&columns));
        let grid = Grid::new(&network, rows, columns);
        let revision = session.revision();
        Self { revision, by_subnet: grouped, grid, rows: row_labels, columns: column_labels }
    }
}

impl MatrixState {
    /// The matrix, as far as anybody has looked at it.
    pub fn grid(&self) -> Option<&Grid> {
        self.shown.as_ref().map(|it| &it.grid)
    }
}

/// Asks for cells, as many as one frame may.
struct Asker<'a> {
    session: &'a Session,
    network: OnceCell<Network<'a>>,
    budget: usize,
    unfinished: bool,
}

impl<'a> Asker<'a> {
    fn new(session: &'a Session) -> Self {
        Self { session, network: OnceCell::new(), budget: PAIRS_A_FRAME, unfinished: false }
    }

    fn cell<'g>(&mut self, grid: &'g mut Grid, at: (usize, usize)) -> Option<&'g Open> {
        if grid.known(at.0, at.1).is_none() {
            let (topology, index) = (&self.session.document().topology, self.session.index());
            let network = self.network.get_or_init(|| Network::new(topology, index));
            if grid.cell(network, at, &mut self.budget).is_none() {
                self.unfinished = true;
            }
        }
        grid.known(at.0, at.1)
    }
}

/// Draws the tab.
pub fn show(ui: &mut Ui, session: &Session, view: &mut ViewState, intents: &mut Vec<Intent>) {
    let state = &mut view.matrix;
    ui.horizontal_wrapped(|ui| {
        let button = Button::new(t!("panel-matrix-internet")).selected(state.internet);
        if ui.add(button).on_hover_text(t!("panel-matrix-internet-tip")).clicked() {
            state.internet = !state.internet;
        }
        ui.checkbox(&mut state.by_subnet, t!("panel-matrix-by-subnet"))
            .on_hover_text(t!("panel-matrix-by-subnet-tip"));
        widgets::faint(ui, t!("panel-matrix-tip"));
    });
    let fits = |it: &Shown| it.revision == session.revision() && it.by_subnet == state.by_subnet;
    if !state.shown.as_ref().is_some_and(fits) {
        state.shown = Some(Shown::new(session, state.by_subnet));
    }
    let Some(shown) = &mut state.shown else { return };
    if shown.rows.len() < 2 && shown.columns.len() < 2 {
        widgets::faint(ui, t!("panel-matrix-empty"));
        return;
    }
    let mut asker = Asker::new(session);
    let touched =
        if state.internet { from_internet(ui, shown, &mut asker) } else { everything(ui, shown, &mut asker) };
    if asker.unfinished {
        ui.ctx().request_repaint();
    }
    let reveal =
        |side: Option<&Side>| side.and_then(|it| it.resource.clone()).map(|id| Intent::Reveal(vec![id]));
    match touched {
        Some(Touched::Row(row)) => intents.extend(reveal(shown.grid.rows().get(row))),
        Some(Touched::Column(column)) => intents.extend(reveal(shown.grid.columns().get(column))),
        Some(Touched::Cell(row, column)) => {
            if let Some((from, to)) = shown.grid.example(row, column) {
                let known = shown.grid.known(row, column).and_then(Open::example);
                let (protocol, port) = known.unwrap_or((Protocol::Tcp, 443));
                view.trace.ask(from.clone(), to.clone(), protocol, port);
                view.bottom = BottomTab::Trace;
            }
        }
        None => {}
    }
}

/// Every client in a row, every server in a column.
fn everything(ui: &mut Ui, shown: &mut Shown, asker: &mut Asker<'_>) -> Option<Touched> {
    let tokens = theme::of(ui);
    let Shown { grid, rows, columns, .. } = shown;
    let table = Table { rows, columns, column_width: 110.0, corner: t!("panel-matrix-corner") };
    table.show(ui, |row, column| {
        let ends = |what: String| {
            let (from, to) = (rows.get(row).cloned(), columns.get(column).cloned());
            t!("panel-matrix-cell", from = from.unwrap_or_default(), to = to.unwrap_or_default(), open = what)
        };
        if !grid.is_question(row, column) {
            return Cell { text: String::new(), name: None, color: tokens.faint, open: false };
        }
        match asker.cell(grid, (row, column)) {
            None => Cell { text: "…".to_owned(), name: None, color: tokens.faint, open: false },
            Some(open) if open.is_nothing() => {
                let name = ends(t!("panel-matrix-nothing"));
                Cell { text: "–".to_owned(), name: Some(name), color: tokens.faint, open: false }
            }
            Some(open) => {
                let name = ends(in_full(open));
                Cell { text: in_short(open), name: Some(name), color: tokens.text, open: true }
            }
        }
    })
}

/// What the internet reaches, one line each.
fn from_internet(ui: &mut Ui, shown: &mut Shown, asker: &mut Asker<'_>) -> Option<Touched> {
    let tokens = theme::of(ui);
    let Shown { grid, rows, columns, .. } = shown;
    // The internet is the first of all clients.
    let from = grid.rows().iter().position(Side::is_internet)?;
    let mut reached = Vec::new();
    for column in 0..columns.len() {
        if grid.is_question(from, column)
            && asker.cell(grid, (from, column)).is_some_and(|open| !open.is_nothing())
        {
            reached.push(column);
        }
    }
    if reached.is_empty() && !asker.unfinished {
        widgets::faint(ui, t!("panel-matrix-internet-none"));
        return None;
    }
    let labels: Vec<String> = reached.iter().filter_map(|it| columns.get(*it).cloned()).collect();
    let headings = [t!("panel-matrix-reached")];
    let table = Table { rows: &labels, columns: &headings, column_width: 420.0, corner: String::new() };
    let touched = table.show(ui, |row, _| {
        let open = reached.get(row).and_then(|column| grid.known(from, *column));
        let text = open.map_or_else(String::new, in_full);
        let (internet, to) = (rows.get(from).cloned(), labels.get(row).cloned());
        let (internet, to) = (internet.unwrap_or_default(), to.unwrap_or_default());
        let name = t!("panel-matrix-cell", from = internet, to = to, open = &text);
        Cell { text, name: Some(name), color: tokens.text, open: true }
    });
    match touched? {
        Touched::Row(row) => Some(Touched::Column(*reached.get(row)?)),
        Touched::Cell(row, _) => Some(Touched::Cell(from, *reached.get(row)?)),
        Touched::Column(_) => None,
    }
}

/// What is open, for a narrow cell: TCP ports alone, the rest with its name.
fn in_short(open: &Open) -> String {
    if *open == Open::everything() {
        return t!("panel-matrix-all");
    }
    let mut parts = Vec::new();
    if open.tcp.is_all() {
        parts.push(t!("panel-matrix-all-tcp"));
    } else if !open.tcp.is_empty() {
        parts.push(open.tcp.to_string());
    }
    if open.udp.is_all() {
        parts.push(t!("panel-matrix-all-udp"));
    } else if !open.udp.is_empty() {
        parts.push(t!("panel-matrix-udp", ports = open.udp.to_string()));
    }
    if open.ping {
        parts.push(t!("panel-matrix-ping"));
    }
    parts.join(", ")
}

/// What is open, in words.
fn in_full(open: &Open) -> String {
    let ports = |set: &PortSet| if set.is_all() { t!("panel-matrix-all-ports") } else { set.to_string() };
    let mut parts = Vec::new();
    if !open.tcp.is_empty() {
        parts.push(t!("panel-matrix-tcp", ports = ports(&open.tcp)));
    }
    if !open.udp.is_empty() {
        parts.push(t!("panel-matrix-udp", ports = ports(&open.udp)));
    }
    if open.ping {
        parts.push(t!("panel-matrix-ping"));
    }
    parts.join("; ")
}
