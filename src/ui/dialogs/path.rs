//! No file dialog of the system answers: a path is typed.

use eframe::egui::{Context, Key, TextEdit};

use super::{buttons, frame, text};
use crate::{
    session::{Answer, intent::PathPurpose},
    t,
    ui::widgets,
};

/// The path while it is being typed, and what it was filled for.
#[derive(Debug, Default)]
pub struct PathDraft {
    text: String,
    filled_for: Option<(PathPurpose, String)>,
}

impl PathDraft {
    /// The question is answered: the next one starts from its own suggestion.
    pub fn forget(&mut self) {
        self.filled_for = None;
    }

    fn fill(&mut self, purpose: PathPurpose, suggestion: &str) -> bool {
        let wanted = (purpose, suggestion.to_owned());
        if self.filled_for.as_ref() == Some(&wanted) {
            return false;
        }
        suggestion.clone_into(&mut self.text);
        self.filled_for = Some(wanted);
        true
    }
}

/// Draws the question; the answer, once there is one.
pub fn show(
    ctx: &Context,
    draft: &mut PathDraft,
    purpose: PathPurpose,
    suggestion: &str,
    error: Option<&str>,
) -> Option<Answer> {
    let fresh = draft.fill(purpose, suggestion);
    let (title, button) = match purpose {
        PathPurpose::Open => (t!("panel-path-open"), t!("panel-path-open-button")),
        PathPurpose::Import => (t!("panel-path-import"), t!("panel-path-import-button")),
        PathPurpose::Save => (t!("panel-path-save"), t!("panel-path-save-button")),
        PathPurpose::Export(_) => (t!("panel-path-export"), t!("panel-path-export-button")),
    };
    let response = frame(ctx, "path", &title, |ui| {
        text(ui, t!("panel-path-text"));
        let label = ui.label(t!("panel-path-label"));
        let edit =
            ui.add(TextEdit::singleline(&mut draft.text).desired_width(f32::INFINITY)).labelled_by(label.id);
        if fresh {
            edit.request_focus();
        }
        if let Some(error) = error {
            widgets::error(ui, error);
        }
        let answer = Answer::Path(draft.text.trim().to_owned());
        let enter = edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let pressed = buttons(ui, &[(button, answer.clone())]);
        pressed.or(enter.then_some(answer))
    });
    let cancel = response.should_close().then_some(Answer::Cancel);
    response.inner.or(cancel)
}
