//! Everything that was said so far.

use eframe::egui::{Label, RichText, ScrollArea, TextStyle, Ui};

use super::{theme, widgets};
use crate::{session::Session, t};

/// Draws the log, newest at the bottom.
pub fn show(ui: &mut Ui, session: &Session) {
    let notices = session.notices();
    if notices.is_empty() {
        widgets::faint(ui, t!("panel-log-empty"));
        return;
    }
    let height = ui.text_style_height(&TextStyle::Body);
    ScrollArea::both()
        .id_salt("log")
        .auto_shrink(false)
        .min_scrolled_height(24.0)
        .stick_to_bottom(true)
        .show_rows(ui, height, notices.len(), |ui, rows| {
            let tokens = theme::of(ui);
            for notice in notices.get(rows).unwrap_or_default() {
                let text = RichText::new(&notice.text).color(theme::notice_color(tokens, notice.level));
                ui.add(Label::new(text).extend());
            }
        });
}
