//! There are unsaved changes, and something is about to lose them.

use eframe::egui::Context;

use super::ask;
use crate::{
    session::{Answer, Session, intent::AfterSave},
    t,
};

/// Draws the question; the answer, once there is one.
pub fn show(ctx: &Context, session: &Session, then: &AfterSave) -> Option<Answer> {
    let what = match then {
        AfterSave::Close => t!("panel-save-changes-close"),
        AfterSave::New | AfterSave::NewFromTemplate(_) => t!("panel-save-changes-new"),
        AfterSave::Open | AfterSave::OpenPath(_) => t!("panel-save-changes-open"),
        AfterSave::Import | AfterSave::ImportPath(_) => t!("panel-save-changes-import"),
    };
    let words = t!("panel-save-changes-text", name = &session.document().name, what = what);
    let choices = [(t!("panel-save-changes-save"), Answer::Yes), (t!("panel-save-changes-drop"), Answer::No)];
    ask(ctx, "save_changes", &t!("panel-save-changes-title"), &words, &choices)
}
