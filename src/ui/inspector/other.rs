//! The form of a resource of an unknown kind: its fields as JSON.

use eframe::egui::Ui;

use super::{draft::Line, form::Form};
use crate::{
    model::{Field, Other, ResourceKind},
    t,
};

/// Draws the form.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, other: &Other) {
    form.note(ui, t!("panel-other-note", kind = &other.kind_name));
    let value = serde_json::to_string_pretty(&other.fields).unwrap_or_default();
    let field = Field::new("fields");
    let (key, label) = (form.key(&field), t!("panel-field-other"));
    form.line(ui, &field, Line::new(&key, &label, &value).rows(8), |text, kind| {
        let fields = serde_json::from_str(text)
            .map_err(|error| t!("panel-other-error", line = error.line(), column = error.column()))?;
        if let ResourceKind::Other(other) = kind {
            other.fields = fields;
        }
        Ok(())
    });
    form.problems(ui, &field);
}
