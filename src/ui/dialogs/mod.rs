//! Questions and pages over the window. One file each.

mod about;
mod changed_on_disk;
mod confirm_apply;
mod import_report;
mod keyboard_help;
mod overwrite;
mod path;
mod run_under_way;
mod save_changes;
mod templates;

#[cfg(test)]
mod tests;

use eframe::egui::{self, Id, Label, Modal, ModalResponse, RichText, Sides, Ui};

use super::state::ViewState;
use crate::{
    session::{Answer, Intent, Question, Session},
    t,
};

/// A dialog that the window opens by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnDialog {
    /// The gallery of templates.
    Templates,
    /// The plan is about to be carried out.
    ConfirmApply,
    /// The keys.
    KeyboardHelp,
    /// The program.
    About,
}

/// What dialogs remember.
#[derive(Debug, Default)]
pub struct DialogState {
    own: Option<OwnDialog>,
    /// The path while it is being typed.
    path: path::PathDraft,
    /// The word that confirms a destroy while it is being typed.
    confirmation: String,
}

impl DialogState {
    /// Opens a dialog of the window's own.
    pub fn open(&mut self, dialog: OwnDialog) {
        self.own = Some(dialog);
        self.confirmation.clear();
    }

    /// Whether such a dialog is open.
    pub fn is_open(&self) -> bool {
        self.own.is_some()
    }

    /// Closes it.
    fn close(&mut self) {
        self.own = None;
    }
}

/// Draws the dialog that is open, if any. A question of the session comes first: it waits for an answer.
pub fn show(ctx: &egui::Context, session: &Session, view: &mut ViewState, intents: &mut Vec<Intent>) {
    let state = &mut view.dialogs;
    let Some(question) = session.question() else {
        state.path.forget();
        if let Some(report) = session.import_report() {
            intents.extend(import_report::show(ctx, report).then_some(Intent::DismissReport));
            return;
        }
        return show_own(ctx, session, state, intents);
    };
    let answer = match question {
        Question::SaveChanges { then } => save_changes::show(ctx, session, then),
        Question::Path { purpose, suggestion, error } => {
            path::show(ctx, &mut state.path, *purpose, suggestion, error.as_deref())
        }
        Question::Overwrite { path, .. } => overwrite::show(ctx, path),
        Question::ChangedOnDisk { path } => changed_on_disk::show(ctx, path),
        Question::RunUnderWay => run_under_way::show(ctx),
    };
    intents.extend(answer.map(Intent::Answer));
}

fn show_own(ctx: &egui::Context, session: &Session, state: &mut DialogState, intents: &mut Vec<Intent>) {
    let close = match state.own {
        None => return,
        Some(OwnDialog::Templates) => templates::show(ctx, intents),
        Some(OwnDialog::ConfirmApply) => confirm_apply::show(ctx, session, &mut state.confirmation, intents),
        Some(OwnDialog::KeyboardHelp) => keyboard_help::show(ctx),
        Some(OwnDialog::About) => about::show(ctx),
    };
    if close {
        state.close();
    }
}

/// The frame that all dialogs share.
fn frame<R>(
    ctx: &egui::Context,
    id: &str,
    title: &str,
    contents: impl FnOnce(&mut Ui) -> R,
) -> ModalResponse<R> {
    Modal::new(Id::new(id)).show(ctx, |ui| {
        ui.set_width(440.0);
        ui.heading(title);
        ui.add_space(6.0);
        contents(ui)
    })
}

/// A paragraph.
fn text(ui: &mut Ui, words: impl Into<String>) {
    ui.add(Label::new(words.into()).wrap());
    ui.add_space(6.0);
}

/// A question; Escape and a click outside mean Cancel.
fn ask(
    ctx: &egui::Context,
    id: &str,
    title: &str,
    words: &str,
    choices: &[(String, Answer)],
) -> Option<Answer> {
    let response = frame(ctx, id, title, |ui| {
        text(ui, words);
        buttons(ui, choices)
    });
    let cancel = response.should_close().then_some(Answer::Cancel);
    response.inner.or(cancel)
}

/// The answers on the right, Cancel on the left.
fn buttons(ui: &mut Ui, choices: &[(String, Answer)]) -> Option<Answer> {
    ui.separator();
    let (left, right) = Sides::new().show(
        ui,
        |ui| ui.button(t!("panel-dialog-cancel")).clicked().then_some(Answer::Cancel),
        |ui| {
            let mut chosen = None;
            for (at, (label, answer)) in choices.iter().enumerate() {
                let label = if at == 0 { RichText::new(label).strong() } else { RichText::new(label) };
                if ui.button(label).clicked() {
                    chosen = Some(answer.clone());
                }
            }
            chosen
        },
    );
    left.or(right)
}

/// A page with nothing but Close; whether it was closed.
fn page(ctx: &egui::Context, id: &str, title: &str, contents: impl FnOnce(&mut Ui)) -> bool {
    let response = frame(ctx, id, title, |ui| {
        contents(ui);
        ui.separator();
        ui.vertical_centered_justified(|ui| ui.button(t!("panel-dialog-close")).clicked()).inner
    });
    response.inner || response.should_close()
}
