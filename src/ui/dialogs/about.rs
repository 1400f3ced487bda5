//! What this program is.

use eframe::egui::Context;

use super::{page, text};
use crate::t;

/// Draws the page; whether it is to be closed.
pub fn show(ctx: &Context) -> bool {
    page(ctx, "about", &t!("panel-about-title"), |ui| {
        text(ui, t!("panel-about-version", version = env!("CARGO_PKG_VERSION")));
        text(ui, t!("panel-about-text"));
        text(ui, t!("panel-about-licence"));
    })
}
