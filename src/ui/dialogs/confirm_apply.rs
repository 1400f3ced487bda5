//! The plan is about to be carried out. What removes or replaces something asks for a typed word,
//! because nothing brings it back.

use std::collections::BTreeMap;

use eframe::egui::{Button, Context, Label, RichText, Sides, TextEdit};

use super::{frame, text};
use crate::{
    session::{DeployView, Intent, Session},
    t,
    ui::{command::UiCommand, deploy::failed_checks, status::target_text, theme},
};

/// Draws the question; whether it is to be closed.
pub fn show(ctx: &Context, session: &Session, typed: &mut String, intents: &mut Vec<Intent>) -> bool {
    let deploy = session.deploy();
    if !UiCommand::Apply.enabled(session) {
        // The plan went stale or away while the question stood.
        return true;
    }
    let title = if deploy.destroy { t!("panel-confirm-destroy-title") } else { t!("panel-confirm-title") };
    let response = frame(ctx, "confirm_apply", &title, |ui| {
        let target = target_text(session.target());
        text(ui, t!("panel-confirm-text", target = target, actions = counts(deploy)));
        text(ui, deploy.summary.clone());
        if let (false, Some(warning)) = (deploy.destroy, failed_checks(session)) {
            ui.add(Label::new(RichText::new(warning).color(theme::of(ui).warning)).wrap());
        }
        let mut sure = true;
        if let Some(word) = word(session) {
            let label = ui.label(t!("panel-confirm-type", word = &word));
            ui.add(TextEdit::singleline(typed)).labelled_by(label.id);
            sure = typed.trim() == word;
        }
        ui.separator();
        let label = if deploy.destroy { t!("panel-confirm-destroy-yes") } else { t!("panel-confirm-yes") };
        let color = if deploy.destroy { theme::of(ui).error } else { theme::of(ui).good };
        let (cancel, go) = Sides::new().show(
            ui,
            |ui| ui.button(t!("panel-dialog-cancel")).clicked(),
            |ui| ui.add_enabled(sure, Button::new(RichText::new(label).strong().color(color))).clicked(),
        );
        (cancel, go)
    });
    let close = response.should_close();
    let (cancel, go) = response.inner;
    if go {
        intents.push(Intent::Apply);
    }
    go || cancel || close
}

/// What must be typed: a word for a destroy, the name of the drawing where something is lost.
fn word(session: &Session) -> Option<String> {
    let deploy = session.deploy();
    if deploy.destroy {
        return Some(t!("panel-confirm-word"));
    }
    let is_dangerous = deploy.rows.iter().any(|row| row.stands_out);
    let name = session.document().name.trim();
    (is_dangerous && !name.is_empty()).then(|| name.to_owned())
}

/// The kinds of actions with their numbers: `+ 12, ~ 1`.
fn counts(deploy: &DeployView) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &deploy.rows {
        *counts.entry(row.glyph).or_default() += 1;
    }
    counts.into_iter().map(|(glyph, count)| format!("{glyph} {count}")).collect::<Vec<_>>().join(", ")
}
