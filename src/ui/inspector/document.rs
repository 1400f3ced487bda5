//! Nothing is selected: the document's own properties, and its saved checks.

use eframe::egui::Ui;

use super::{InspectorState, checks, draft::Line, parse};
use crate::{
    edit::Command,
    session::{Intent, Session},
    t,
    ui::widgets,
};

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
    checks::show(ui, session, state, intents);
}
