//! The window wants to close while a run is under way.

use eframe::egui::Context;

use super::ask;
use crate::{session::Answer, t};

/// Draws the question; the answer, once there is one.
pub fn show(ctx: &Context) -> Option<Answer> {
    let choices = [(t!("panel-run-stop"), Answer::Yes)];
    ask(ctx, "run_under_way", &t!("panel-run-title"), &t!("panel-run-text"), &choices)
}
