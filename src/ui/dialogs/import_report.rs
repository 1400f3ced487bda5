//! What an import brought, left out and assumed.

use eframe::egui::{Context, Label, RichText, ScrollArea};

use super::page;
use crate::t;

/// Draws the report; whether it was put away.
pub fn show(ctx: &Context, report: &str) -> bool {
    page(ctx, "import_report", &t!("panel-import-report"), |ui| {
        let height = ui.ctx().content_rect().height() * 0.6;
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            ui.add(Label::new(RichText::new(report).monospace()).wrap().selectable(true));
        });
    })
}
