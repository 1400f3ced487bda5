//! The ends of a walk: everything on the drawing that packets start or end at, the internet, or what
//! is typed.

use eframe::egui::{ComboBox, TextEdit, Ui};

use crate::{
    model::Topology,
    reach::{FlowError, Party},
    t,
    ui::{outline::tree::kind_name, widgets},
};

/// The room for an end's name.
const WIDTH: f32 = 190.0;

/// One side of the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// Chosen from the list.
    Party(Party),
    /// Typed: an address, an id or a name.
    Typed(String),
}

impl End {
    /// What is meant on this drawing.
    ///
    /// # Errors
    /// Nothing of this name is there (any more).
    pub fn party(&self, topology: &Topology) -> Result<Party, FlowError> {
        match self {
            Self::Party(Party::Resource(id)) => Party::parse(topology, id.as_str()),
            Self::Party(party) => Ok(party.clone()),
            Self::Typed(text) if text.trim().is_empty() => Err(FlowError(t!("panel-trace-type"))),
            Self::Typed(text) => Party::parse(topology, text.trim()),
        }
    }
}

/// Everything that can be chosen, by name; the internet last.
pub fn all(topology: &Topology) -> Vec<(Party, String)> {
    let mut all: Vec<(Party, String)> = topology
        .iter()
        .filter(|it| Party::is_possible(&it.kind))
        .map(|it| {
            let text = t!("panel-trace-end", name = it.label(), kind = kind_name(it.kind.kind()));
            (Party::Resource(it.id.clone()), text)
        })
        .collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all.push((Party::Internet, t!("panel-trace-internet")));
    all
}

/// The box that chooses an end, and the field for a typed one.
pub fn pick(ui: &mut Ui, salt: &str, label: &str, all: &[(Party, String)], end: &mut Option<End>) {
    ui.label(label);
    let shown = match end {
        Some(End::Party(party)) => all
            .iter()
            .find(|(other, _)| other == party)
            .map_or_else(|| t!("panel-trace-gone"), |(_, text)| text.clone()),
        Some(End::Typed(_)) => t!("panel-trace-typed"),
        None => t!("panel-trace-choose"),
    };
    let combo = ComboBox::from_id_salt(("end", salt)).width(WIDTH).truncate().selected_text(shown);
    let response = combo.show_ui(ui, |ui| {
        for (party, text) in all {
            ui.selectable_value(end, Some(End::Party(party.clone())), text);
        }
        let typed = matches!(end, Some(End::Typed(_)));
        if ui.selectable_label(typed, t!("panel-trace-typed")).clicked() && !typed {
            *end = Some(End::Typed(String::new()));
        }
    });
    widgets::name_it(&response.response, label);
    if let Some(End::Typed(text)) = end {
        let hint = t!("panel-trace-address", end = label);
        let edit = TextEdit::singleline(text).desired_width(120.0).hint_text(&hint).id_salt(("typed", salt));
        widgets::name_it(&ui.add(edit), &hint);
    }
}
