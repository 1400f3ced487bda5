//! Several things are selected: what they are, and what can be done with all of them.

use std::collections::BTreeMap;

use eframe::egui::Ui;

use super::form::label_of;
use crate::{
    model::{Kind, ResourceId},
    session::{Intent, Session},
    t,
    ui::{outline::tree::kind_name, widgets},
};

/// More names than these would push the buttons out of sight.
const MOST: usize = 30;

/// Draws the summary.
pub fn show(ui: &mut Ui, session: &Session, selected: &[ResourceId], intents: &mut Vec<Intent>) {
    let topology = &session.document().topology;
    ui.heading(t!("panel-many-title", count = selected.len()));
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    for resource in selected.iter().filter_map(|id| topology.get(id)) {
        *kinds.entry(resource.kind.kind()).or_default() += 1;
    }
    for (kind, count) in kinds {
        ui.label(t!("panel-many-kind", kind = kind_name(kind), count = count));
    }
    ui.horizontal(|ui| {
        if ui.button(t!("panel-many-duplicate")).clicked() {
            intents.push(Intent::Duplicate);
        }
        if ui.button(t!("panel-many-delete")).clicked() {
            intents.push(Intent::DeleteSelection);
        }
    });
    ui.separator();
    for id in selected.iter().take(MOST) {
        if ui.link(label_of(topology, id)).on_hover_text(id.as_str()).clicked() {
            intents.push(Intent::Select(vec![id.clone()]));
        }
    }
    if selected.len() > MOST {
        widgets::faint(ui, t!("panel-many-more", count = selected.len() - MOST));
    }
}
