//! What was changed behind the drawing's back, with what can be done about each.

use eframe::egui::{Align, Button, Layout, RichText, ScrollArea, Ui};

use crate::{
    deploy::{
        Drift,
        drift::{Change, line},
    },
    session::{Intent, Session},
    t,
    ui::{theme, widgets},
};

/// Beside a plan the list is no higher than this; the rest is scrolled to.
const MOST_HEIGHT: f32 = 120.0;

/// Draws the list, if the account was looked at; answers whether it did.
pub fn show(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) -> bool {
    let drift = session.drift();
    if drift.is_looking {
        widgets::faint(ui, t!("panel-drift-looking"));
        return true;
    }
    if !drift.is_known() {
        return false;
    }
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(t!("panel-drift-title", count = drift.found.len())).strong());
        if drift.found.len() > 1
            && ui.button(t!("panel-drift-accept-all")).on_hover_text(t!("panel-drift-accept-tip")).clicked()
        {
            let all = drift.found.iter().map(|it| it.live.clone()).collect();
            intents.push(Intent::AcceptDrift(all));
        }
        if ui.button(t!("panel-drift-close")).clicked() {
            intents.push(Intent::DismissDrift);
        }
    });
    let beside_plan = !session.deploy().rows.is_empty();
    let height = if beside_plan { MOST_HEIGHT } else { f32::INFINITY };
    let area = ScrollArea::vertical().id_salt("drift").max_height(height).auto_shrink([false, true]);
    let row_height = ui.spacing().interact_size.y;
    area.show_rows(ui, row_height, drift.found.len(), |ui, range| {
        let first = range.start;
        for (at, item) in drift.found.get(range).unwrap_or_default().iter().enumerate() {
            ui.push_id(("drift", first + at), |ui| one(ui, item, intents));
        }
    });
    true
}

fn one(ui: &mut Ui, item: &Drift, intents: &mut Vec<Intent>) {
    let tokens = theme::of(ui);
    let name = item.resource.as_ref().map_or(item.live.as_str(), |id| id.as_str()).to_owned();
    ui.horizontal(|ui| {
        // The buttons stand on the right and take their room first; the sentence gets what is left.
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let can_restore = item.change != Change::Added;
            let restore = ui.add_enabled(can_restore, Button::new(t!("panel-drift-restore")).small());
            widgets::name_it(&restore, &t!("panel-drift-restore-name", name = &name));
            let restore = restore
                .on_hover_text(t!("panel-drift-restore-tip"))
                .on_disabled_hover_text(t!("deploy-restore-added", id = &item.live));
            if restore.clicked() {
                intents.push(Intent::RestoreDrift(item.live.clone()));
            }
            let accept = ui.add(Button::new(t!("panel-drift-accept")).small());
            widgets::name_it(&accept, &t!("panel-drift-accept-name", name = &name));
            if accept.on_hover_text(t!("panel-drift-accept-tip")).clicked() {
                intents.push(Intent::AcceptDrift(vec![item.live.clone()]));
            }
            let text = line(item);
            let (glyph, color) = match item.change {
                Change::Changed => (item.change.glyph(), tokens.warning),
                Change::Missing => (item.change.glyph(), tokens.error),
                Change::Added => (item.change.glyph(), tokens.good),
            };
            let response = widgets::row(ui, false, &format!("{glyph} {text}"), |ui| {
                widgets::row_text(ui, glyph, color);
                widgets::row_text(ui, &text, tokens.text);
            });
            if let (true, Some(id)) = (response.on_hover_text(&text).clicked(), &item.resource) {
                intents.push(Intent::Reveal(vec![id.clone()]));
            }
        });
    });
}
