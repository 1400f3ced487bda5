//! The form of a key pair.

use eframe::egui::Ui;

use super::{draft::Line, form::Form, parse};
use crate::{
    model::{Field, KeyPair, KeyType},
    t,
};

/// Draws the form.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, pair: &KeyPair) {
    form.text(ui, Field::new("key_name"), &t!("panel-field-key-name"), &pair.key_name, |text, kind| {
        let name = parse::filled(text)?;
        if let Some(pair) = kind.as_key_pair_mut() {
            pair.key_name = name;
        }
        Ok(())
    });
    let types = [(KeyType::Ed25519, t!("panel-key-ed25519")), (KeyType::Rsa, t!("panel-key-rsa"))];
    form.choice(
        ui,
        Field::new("key_type"),
        &t!("panel-field-key-type"),
        &types,
        &pair.key_type,
        |kind, chosen| {
            if let Some(pair) = kind.as_key_pair_mut() {
                pair.key_type = chosen;
            }
        },
    );
    let field = Field::new("public_key");
    let (key, label, hint) = (form.key(&field), t!("panel-field-public-key"), t!("panel-key-public-hint"));
    let value = pair.public_key.clone().unwrap_or_default();
    form.line(ui, &field, Line::new(&key, &label, &value).rows(3).hint(&hint), |text, kind| {
        if text.contains("PRIVATE KEY") {
            return Err(t!("panel-key-private"));
        }
        if let Some(pair) = kind.as_key_pair_mut() {
            pair.public_key = parse::optional(text.trim());
        }
        Ok(())
    });
    form.problems(ui, &field);
    form.note(ui, if pair.public_key.is_some() { t!("panel-key-imported") } else { t!("panel-key-made") });
}
