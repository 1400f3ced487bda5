//! The saved checks: one line each that says whether it holds; opened, its fields and the reasons.

use std::collections::BTreeSet;

use eframe::egui::{Button, Label, RichText, TextEdit, Ui, vec2};

use super::{
    InspectorState,
    draft::{Drafts, Line},
    parse,
};
use crate::{
    edit::Command,
    interop::walk_report,
    model::{Check, CheckExpectation},
    net::Protocol,
    reach::CheckResult,
    session::{Intent, Session},
    t,
    ui::{theme, widgets},
};

/// So many reasons are shown; the trace panel and the command line tell all.
const REASONS: usize = 3;
/// The room for the names of fields.
const LABEL_WIDTH: f32 = 64.0;

/// What the list of checks remembers.
#[derive(Debug, Default)]
pub struct ChecksState {
    /// The name of a check that is not added yet.
    new_name: String,
    /// The checks whose fields are shown.
    open: BTreeSet<String>,
}

/// Draws the list, and the line that adds a check.
pub fn show(ui: &mut Ui, session: &Session, state: &mut InspectorState, intents: &mut Vec<Intent>) {
    widgets::title(ui, t!("panel-checks-title"));
    widgets::faint(ui, t!("panel-checks-note"));
    let InspectorState { drafts, checks, .. } = state;
    let all = session.document().checks.iter().zip(session.checks());
    for ((name, check), result) in all {
        ui.push_id(("check", name), |ui| {
            let mut card = Card { session, drafts, name, check, intents };
            line(ui, result, &mut checks.open);
            if checks.open.contains(name) {
                ui.indent("fields", |ui| {
                    reasons(ui, check, result);
                    fields(ui, &mut card);
                });
            }
        });
    }
    add(ui, session, checks, intents);
}

/// The line of a check; a click opens and closes its fields.
fn line(ui: &mut Ui, result: &CheckResult, open: &mut BTreeSet<String>) {
    let tokens = theme::of(ui);
    let color = if result.holds { tokens.good } else { tokens.error };
    let name = if result.holds {
        t!("panel-checks-holds", name = &result.name)
    } else {
        t!("panel-checks-fails", name = &result.name)
    };
    let is_open = open.contains(&result.name);
    let response = widgets::row(ui, is_open, &name, |ui| {
        widgets::row_text(ui, theme::check_mark(result.holds), color);
        widgets::row_text(ui, &result.name, tokens.text);
    });
    if response.on_hover_text(name).clicked() && !open.remove(&result.name) {
        open.insert(result.name.clone());
    }
}

/// Why a check does not hold; for one that must be blocked and is, what blocks it.
fn reasons(ui: &mut Ui, check: &Check, result: &CheckResult) {
    if result.holds && check.expect == CheckExpectation::Reachable {
        return;
    }
    let tokens = theme::of(ui);
    let color = if result.holds { tokens.faint } else { tokens.error };
    for reason in walk_report::reasons(result).into_iter().take(REASONS) {
        ui.add(Label::new(RichText::new(reason).small().color(color)).wrap());
    }
}

/// One check with what its fields need.
struct Card<'a> {
    session: &'a Session,
    drafts: &'a mut Drafts,
    name: &'a str,
    check: &'a Check,
    intents: &'a mut Vec<Intent>,
}

impl Card<'_> {
    fn set(&mut self, check: Option<Check>) {
        self.intents.push(Intent::Edit(Command::SetCheck { name: self.name.to_owned(), check }));
    }

    /// A field: its short name beside it, its full one for screen readers.
    fn field(
        &mut self,
        ui: &mut Ui,
        part: Part,
        value: &str,
        put: impl Fn(&str, &mut Check) -> Result<(), String>,
    ) {
        let key = format!("document/checks/{}/{}", self.name, part.key);
        ui.horizontal_top(|ui| {
            ui.add_sized(vec2(LABEL_WIDTH, 18.0), Label::new(part.short).truncate());
            ui.vertical(|ui| {
                let line = Line::new(&key, &part.full, value).bare();
                let made = self.drafts.edit(ui, self.session, line, |text| {
                    let mut check = self.check.clone();
                    put(text, &mut check)?;
                    let name = self.name.to_owned();
                    Ok(Intent::Edit(Command::SetCheck { name, check: Some(check) }))
                });
                self.intents.extend(made);
            });
        });
    }
}

/// The names of a field.
struct Part {
    key: &'static str,
    short: String,
    full: String,
}

fn fields(ui: &mut Ui, card: &mut Card<'_>) {
    let (name, check) = (card.name, card.check);
    let part = |key, short, full| Part { key, short, full };
    let from = part("from", t!("panel-trace-from"), t!("panel-checks-from", name = name));
    card.field(ui, from, &check.from, |text, check| {
        check.from = parse::filled(text)?;
        Ok(())
    });
    let to = part("to", t!("panel-trace-to"), t!("panel-checks-to", name = name));
    card.field(ui, to, &check.to, |text, check| {
        check.to = parse::filled(text)?;
        Ok(())
    });
    let protocol = part("protocol", t!("panel-trace-protocol"), t!("panel-checks-protocol", name = name));
    card.field(ui, protocol, &check.protocol.to_string(), |text, check| {
        check.protocol = parse::protocol(text)?;
        if !check.protocol.has_ports() {
            check.port = None;
        }
        Ok(())
    });
    let port = part("port", t!("panel-trace-port"), t!("panel-checks-port", name = name));
    let value = check.port.map(|port| port.to_string()).unwrap_or_default();
    card.field(ui, port, &value, |text, check| {
        check.port = match text.trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| t!("panel-parse-port", text = text))?),
        };
        Ok(())
    });
    expectation(ui, card);
    if ui.button(t!("panel-checks-remove", name = name)).clicked() {
        card.set(None);
    }
}

fn expectation(ui: &mut Ui, card: &mut Card<'_>) {
    for (expect, text, name) in [
        (
            CheckExpectation::Reachable,
            t!("panel-checks-must-reach"),
            t!("panel-checks-reachable", name = card.name),
        ),
        (
            CheckExpectation::Blocked,
            t!("panel-checks-must-block"),
            t!("panel-checks-blocked", name = card.name),
        ),
    ] {
        let response = ui.radio(card.check.expect == expect, text);
        widgets::name_it(&response, &name);
        if response.clicked() && card.check.expect != expect {
            let check = Check { expect, ..card.check.clone() };
            card.set(Some(check));
        }
    }
}

fn add(ui: &mut Ui, session: &Session, state: &mut ChecksState, intents: &mut Vec<Intent>) {
    ui.horizontal(|ui| {
        let label = t!("panel-checks-new");
        let room = (ui.available_width() - 90.0).max(80.0);
        let edit = TextEdit::singleline(&mut state.new_name).hint_text(&label).desired_width(room);
        widgets::name_it(&ui.add(edit), &label);
        let name = state.new_name.trim().to_owned();
        let free = !name.is_empty() && !session.document().checks.contains_key(&name);
        if ui.add_enabled(free, Button::new(t!("panel-checks-add"))).clicked() {
            let check = Check {
                from: "internet".to_owned(),
                to: String::new(),
                protocol: Protocol::Tcp,
                port: Some(443),
                expect: CheckExpectation::Blocked,
            };
            state.open.insert(name.clone());
            intents.push(Intent::Edit(Command::SetCheck { name, check: Some(check) }));
            state.new_name.clear();
        }
    });
}
