//! Someone else changed the file since it was read.

use std::path::Path;

use eframe::egui::Context;

use super::ask;
use crate::{session::Answer, t};

/// Draws the question; the answer, once there is one.
pub fn show(ctx: &Context, path: &Path) -> Option<Answer> {
    let words = t!("panel-changed-text", path = path.display());
    ask(ctx, "changed_on_disk", &t!("panel-changed-title"), &words, &[(t!("panel-changed-yes"), Answer::Yes)])
}
