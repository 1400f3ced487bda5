//! The toolbar: what is needed most, from the table of commands.

use eframe::egui::{Align, Layout, RichText, Ui};

use super::{command::UiCommand, state::ViewState, theme};
use crate::{
    session::{Intent, Session},
    t,
};

/// The buttons in groups; every sign is in the built-in fonts (a test looks).
const BUTTONS: &[&[(UiCommand, &str)]] = &[
    &[(UiCommand::New, "🗋"), (UiCommand::Open, "🗁"), (UiCommand::Save, "💾")],
    &[(UiCommand::Undo, "↺"), (UiCommand::Redo, "↻")],
    &[(UiCommand::Delete, "🗑"), (UiCommand::Duplicate, "🗐"), (UiCommand::Tidy, "☰")],
    &[(UiCommand::ZoomOut, "➖"), (UiCommand::ZoomIn, "➕"), (UiCommand::Fit, "⛶")],
];

/// Draws the toolbar.
pub fn show(ui: &mut Ui, session: &Session, view: &mut ViewState, intents: &mut Vec<Intent>) {
    ui.horizontal(|ui| {
        for (at, group) in BUTTONS.iter().enumerate() {
            if at > 0 {
                ui.separator();
            }
            for (command, sign) in *group {
                button(ui, *command, sign, session, view, intents);
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let text = RichText::new(t!("panel-toolbar-deploy")).color(theme::of(ui).accent).strong();
            let tip = UiCommand::Plan.hover_text(ui.ctx().os());
            let enabled = UiCommand::Plan.enabled(session);
            if ui.add_enabled(enabled, eframe::egui::Button::new(text)).on_hover_text(tip).clicked() {
                UiCommand::Plan.run(&ui.ctx().clone(), session, view, intents);
            }
        });
    });
}

fn button(
    ui: &mut Ui,
    command: UiCommand,
    sign: &str,
    session: &Session,
    view: &mut ViewState,
    intents: &mut Vec<Intent>,
) {
    let button =
        eframe::egui::Button::new(RichText::new(sign).size(theme::HEADING_SIZE)).frame_when_inactive(false);
    let response =
        ui.add_enabled(command.enabled(session), button).on_hover_text(command.hover_text(ui.ctx().os()));
    super::widgets::name_it(&response, &command.text());
    if response.clicked() {
        command.run(&ui.ctx().clone(), session, view, intents);
    }
}

#[cfg(test)]
mod tests {
    use eframe::egui::{Context, FontId};

    use super::*;

    /// Where a text's first glyph stands in the font texture.
    fn glyph(ctx: &Context, text: &str) -> [u16; 2] {
        let color = eframe::egui::Color32::PLACEHOLDER;
        let galley = ctx.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), FontId::default(), color));
        galley.rows[0].row.glyphs[0].uv_rect.min
    }

    #[test]
    fn every_sign_can_be_drawn() {
        let ctx = Context::default();
        let mut output = ctx.run_ui(eframe::egui::RawInput::default(), |_| {});
        output.textures_delta.clear();
        let missing = glyph(&ctx, "\u{e0fff}");
        let signs = BUTTONS.iter().flat_map(|group| group.iter().map(|(_, sign)| *sign));
        for sign in signs.chain(["✖", "➡", "⊗", "⚠", "ℹ"]) {
            assert_ne!(glyph(&ctx, sign), missing, "no built-in font has {sign}");
        }
    }
}
