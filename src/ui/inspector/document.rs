//! Nothing is selected: the document's own properties, and its saved checks.

use eframe::egui::{Button, Frame, RichText, TextEdit, Ui};

use super::{
    InspectorState,
    draft::{Drafts, Line},
    parse,
};
use crate::{
    edit::Command,
    model::{Check, CheckExpectation},
    net::Protocol,
    session::{Intent, Session},
    t,
    ui::widgets,
};

/// The name of a check that is not added yet.
#[derive(Debug, Default)]
pub struct NewCheck {
    name: String,
}

/// Draws the form.
pub fn show(ui: &mut Ui, session: &Session, state: &mut InspectorState, intents: &mut Vec<Intent>) {
    let document = session.document();
    ui.heading(t!("panel-document-title"));
    let made = state.drafts.edit(
        ui,
        session,
        Line::new("document/name", &t!("panel-field-document-name"), &document.name),
        |text| Ok(Intent::Edit(Command::SetName { name: parse::filled(text)? })),
    );
    intents.extend(made);
    let region = &document.topology.region;
    let made = state.drafts.edit(
        ui,
        session,
        Line::new("document/region", &t!("panel-field-region"), region),
        |text| Ok(Intent::Edit(Command::SetRegion { region: parse::filled(text)? })),
    );
    intents.extend(made);
    widgets::faint(ui, t!("panel-document-region-note"));
    widgets::faint(ui, t!("panel-document-count", count = document.topology.resources.len()));
    checks(ui, session, state, intents);
}

fn checks(ui: &mut Ui, session: &Session, state: &mut InspectorState, intents: &mut Vec<Intent>) {
    widgets::title(ui, t!("panel-checks-title"));
    widgets::faint(ui, t!("panel-checks-note"));
    for (name, check) in &session.document().checks {
        ui.push_id(("check", name), |ui| {
            Frame::group(ui.style()).show(ui, |ui| {
                card(ui, session, &mut state.drafts, name, check, intents);
            });
        });
    }
    ui.horizontal(|ui| {
        let label = t!("panel-checks-new");
        let room = (ui.available_width() - 90.0).max(80.0);
        let edit = TextEdit::singleline(&mut state.new_check.name).hint_text(&label).desired_width(room);
        widgets::name_it(&ui.add(edit), &label);
        let name = state.new_check.name.trim().to_owned();
        let free = !name.is_empty() && !session.document().checks.contains_key(&name);
        if ui.add_enabled(free, Button::new(t!("panel-checks-add"))).clicked() {
            let check = Check {
                from: "internet".to_owned(),
                to: String::new(),
                protocol: Protocol::Tcp,
                port: Some(443),
                expect: CheckExpectation::Blocked,
            };
            intents.push(Intent::Edit(Command::SetCheck { name, check: Some(check) }));
            state.new_check = NewCheck::default();
        }
    });
}

fn card(
    ui: &mut Ui,
    session: &Session,
    drafts: &mut Drafts,
    name: &str,
    check: &Check,
    intents: &mut Vec<Intent>,
) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(name).strong());
        let remove = t!("panel-checks-remove", name = name);
        let button = widgets::sign_button(ui, "✖", &remove);
        if button.clicked() {
            intents.push(Intent::Edit(Command::SetCheck { name: name.to_owned(), check: None }));
        }
    });
    let mut line = |ui: &mut Ui,
                    part: &str,
                    label: &str,
                    value: &str,
                    put: &dyn Fn(&str, &mut Check) -> Result<(), String>| {
        let key = format!("document/checks/{name}/{part}");
        let made = drafts.edit(ui, session, Line::new(&key, label, value), |text| {
            let mut check = check.clone();
            put(text, &mut check)?;
            Ok(Intent::Edit(Command::SetCheck { name: name.to_owned(), check: Some(check) }))
        });
        intents.extend(made);
    };
    line(ui, "from", &t!("panel-checks-from", name = name), &check.from, &|text, check| {
        check.from = parse::filled(text)?;
        Ok(())
    });
    line(ui, "to", &t!("panel-checks-to", name = name), &check.to, &|text, check| {
        check.to = parse::filled(text)?;
        Ok(())
    });
    let protocol = check.protocol.to_string();
    line(ui, "protocol", &t!("panel-checks-protocol", name = name), &protocol, &|text, check| {
        check.protocol = parse::protocol(text)?;
        if !check.protocol.has_ports() {
            check.port = None;
        }
        Ok(())
    });
    let port = check.port.map(|port| port.to_string()).unwrap_or_default();
    line(ui, "port", &t!("panel-checks-port", name = name), &port, &|text, check| {
        check.port = match text.trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| t!("panel-parse-port", text = text))?),
        };
        Ok(())
    });
    expectation(ui, name, check, intents);
}

fn expectation(ui: &mut Ui, name: &str, check: &Check, intents: &mut Vec<Intent>) {
    for (expect, text) in [
        (CheckExpectation::Reachable, t!("panel-checks-reachable", name = name)),
        (CheckExpectation::Blocked, t!("panel-checks-blocked", name = name)),
    ] {
        if ui.radio(check.expect == expect, text).clicked() && check.expect != expect {
            let check = Check { expect, ..check.clone() };
            intents.push(Intent::Edit(Command::SetCheck { name: name.to_owned(), check: Some(check) }));
        }
    }
}
