//! The file of a typed path exists.

use std::path::Path;

use eframe::egui::Context;

use super::ask;
use crate::{session::Answer, t};

/// Draws the question; the answer, once there is one.
pub fn show(ctx: &Context, path: &Path) -> Option<Answer> {
    let words = t!("panel-overwrite-text", path = path.display());
    ask(ctx, "overwrite", &t!("panel-overwrite-title"), &words, &[(t!("panel-overwrite-yes"), Answer::Yes)])
}
