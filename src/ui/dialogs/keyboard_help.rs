//! The keys, from the table of commands.

use eframe::egui::{Context, Grid, RichText, ScrollArea};

use super::page;
use crate::{
    t,
    ui::{
        command::{Group, UiCommand},
        theme,
    },
};

/// Draws the page; whether it is to be closed.
pub fn show(ctx: &Context) -> bool {
    page(ctx, "keyboard_help", &t!("panel-keys-title"), |ui| {
        ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
            for group in Group::ALL {
                ui.label(RichText::new(group.text()).strong());
                Grid::new(("keys", group.text())).num_columns(2).spacing([24.0, 2.0]).show(ui, |ui| {
                    let os = ui.ctx().os();
                    for command in UiCommand::ALL.iter().filter(|command| command.group() == *group) {
                        let Some(keys) = command.shortcut_text(os) else { continue };
                        ui.label(command.text());
                        ui.label(RichText::new(keys).color(theme::of(ui).faint));
                        ui.end_row();
                    }
                });
                ui.add_space(6.0);
            }
            ui.label(t!("panel-keys-fields-text"));
        });
    })
}
