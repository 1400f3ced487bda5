//! The Trace tab: a question about two ends, and the answer hop by hop, kept up with every edit.

mod ends;
mod openings;
mod report;
mod trail;

use eframe::egui::{ComboBox, RichText, TextEdit, Ui};

use self::openings::Openings;
pub use self::{
    ends::End,
    trail::{Mark, Trail},
};
use super::{theme, widgets};
use crate::{
    net::Protocol,
    reach::{Flow, FlowError, Network, Party, Trace, Verdict, walk},
    session::{Intent, Session},
    t,
};

/// The protocols that are offered.
const PROTOCOLS: [Protocol; 4] = [Protocol::Tcp, Protocol::Udp, Protocol::Icmp, Protocol::All];

/// What the tab remembers.
#[derive(Debug)]
pub struct TraceState {
    from: Option<End>,
    to: End,
    protocol: Protocol,
    port: String,
    answer: Option<Answer>,
}

impl Default for TraceState {
    fn default() -> Self {
        Self {
            from: None,
            to: End::Party(Party::Internet),
            protocol: Protocol::Tcp,
            port: "443".to_owned(),
            answer: None,
        }
    }
}

/// The walk of one question over one version of the document.
#[derive(Debug)]
struct Answer {
    revision: u64,
    flow: Flow,
    trace: Trace,
    trail: Trail,
    openings: Openings,
}

impl TraceState {
    /// What the canvas outlines: the way of the walk, or the one that an opening under the pointer would
    /// make; nothing while there is no answer.
    pub fn trail(&self) -> Option<&Trail> {
        self.answer.as_ref().map(|answer| answer.openings.preview().unwrap_or(&answer.trail))
    }

    /// The walk that is shown.
    pub fn trace(&self) -> Option<&Trace> {
        self.answer.as_ref().map(|answer| &answer.trace)
    }

    /// Puts another question.
    pub fn ask(&mut self, from: Party, to: Party, protocol: Protocol, port: u16) {
        (self.from, self.to) = (Some(End::Party(from)), End::Party(to));
        (self.protocol, self.port) = (protocol, port.to_string());
    }

    /// The ends of the question, where they are chosen and not typed.
    pub fn ends(&self) -> Option<(&Party, &Party)> {
        match (&self.from, &self.to) {
            (Some(End::Party(from)), End::Party(to)) => Some((from, to)),
            _ => None,
        }
    }

    fn flow(&self, session: &Session) -> Result<Flow, FlowError> {
        let topology = &session.document().topology;
        let from = self.from.as_ref().ok_or_else(|| FlowError(t!("panel-trace-choose")))?;
        let (from, to) = (from.party(topology)?, self.to.party(topology)?);
        let text = self.port.trim();
        let port = match text.parse() {
            _ if !self.protocol.has_ports() => 0,
            Ok(port) => port,
            Err(_) => return Err(FlowError(t!("panel-parse-port", text = text))),
        };
        Ok(Flow::new(from, to, self.protocol, port))
    }

    /// Walks again where the question or the document is another one.
    fn follow(&mut self, session: &Session) -> Result<(), FlowError> {
        let flow = self.flow(session).inspect_err(|_| self.answer = None)?;
        let revision = session.revision();
        if self.answer.as_ref().is_some_and(|it| it.revision == revision && it.flow == flow) {
            return Ok(());
        }
        let trace = walk(&Network::new(&session.document().topology, session.index()), &flow);
        let trail = Trail::of(&trace);
        let openings = Openings::of(session, &flow, &trace);
        self.answer = Some(Answer { revision, flow, trace, trail, openings });
        Ok(())
    }
}

/// Draws the tab.
pub fn show(ui: &mut Ui, session: &Session, state: &mut TraceState, intents: &mut Vec<Intent>) {
    let all = ends::all(&session.document().topology);
    if state.from.is_none() {
        state.from = all.first().map(|(party, _)| End::Party(party.clone()));
    }
    ui.horizontal_wrapped(|ui| question(ui, &all, state));
    match state.follow(session) {
        Err(error) => {
            widgets::error(ui, &error.to_string());
        }
        Ok(()) => {
            if let Some(answer) = &mut state.answer {
                verdict(ui, &answer.trace);
                report::show(ui, session, answer, intents);
            }
        }
    }
}

fn question(ui: &mut Ui, all: &[(Party, String)], state: &mut TraceState) {
    ends::pick(ui, "from", &t!("panel-trace-from"), all, &mut state.from);
    let swap = ui.button(t!("panel-trace-swap-short")).on_hover_text(t!("panel-trace-swap"));
    widgets::name_it(&swap, &t!("panel-trace-swap"));
    if swap.clicked()
        && let Some(from) = state.from.take()
    {
        state.from = Some(std::mem::replace(&mut state.to, from));
    }
    let mut to = Some(state.to.clone());
    ends::pick(ui, "to", &t!("panel-trace-to"), all, &mut to);
    state.to = to.unwrap_or(End::Party(Party::Internet));
    let label = t!("panel-trace-protocol");
    let shown = ComboBox::from_id_salt("protocol").width(60.0).selected_text(protocol_text(state.protocol));
    let response = shown.show_ui(ui, |ui| {
        for protocol in PROTOCOLS {
            ui.selectable_value(&mut state.protocol, protocol, protocol_text(protocol));
        }
    });
    widgets::name_it(&response.response, &label);
    if state.protocol.has_ports() {
        let label = t!("panel-trace-port");
        ui.label(&label);
        let edit = ui.add(TextEdit::singleline(&mut state.port).desired_width(52.0).id_salt("port"));
        widgets::name_it(&edit, &label);
    }
}

fn protocol_text(protocol: Protocol) -> String {
    match protocol {
        Protocol::All => t!("panel-trace-all"),
        other => other.to_string(),
    }
}

fn verdict(ui: &mut Ui, trace: &Trace) {
    let tokens = theme::of(ui);
    let (text, color) = match trace.verdict() {
        Verdict::Reachable => (t!("panel-trace-reachable"), tokens.good),
        Verdict::Blocked => (t!("panel-trace-blocked", count = trace.blockers.len()), tokens.error),
    };
    let sign = theme::check_mark(trace.verdict() == Verdict::Reachable);
    ui.label(RichText::new(format!("{sign} {text}")).strong().color(color));
}
