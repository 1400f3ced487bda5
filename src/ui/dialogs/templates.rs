//! The gallery of templates.

use eframe::egui::{Context, RichText};

use super::{page, text};
use crate::{interop::templates, session::Intent, t, ui::widgets};

/// Draws the gallery; whether it is to be closed.
pub fn show(ctx: &Context, intents: &mut Vec<Intent>) -> bool {
    let mut chosen = false;
    let closed = page(ctx, "templates", &t!("panel-templates-title"), |ui| {
        text(ui, t!("panel-templates-text"));
        for name in templates::names() {
            ui.push_id(name, |ui| {
                if ui.button(RichText::new(*name).strong()).clicked() {
                    intents.push(Intent::NewFromTemplate((*name).to_owned()));
                    chosen = true;
                }
                if let Some(words) = description(name) {
                    widgets::faint(ui, words);
                }
            });
            ui.add_space(4.0);
        }
    });
    closed || chosen
}

/// What a template holds, for those that need a word.
fn description(name: &str) -> Option<String> {
    match name {
        "bastion-nat" => Some(t!("panel-template-bastion-nat")),
        "private-endpoints" => Some(t!("panel-template-private-endpoints")),
        _ => None,
    }
}
