//! Every command by its name, with a few letters of it.

use eframe::egui::{self, Align2, Id, Key, Modal, RichText, ScrollArea, TextEdit, vec2};

use super::UiCommand;
use crate::{
    session::Session,
    t,
    ui::{theme, widgets},
};

/// The command palette: closed, or open with what was typed and which row is chosen.
#[derive(Debug, Default)]
pub struct CommandPalette {
    open: bool,
    query: String,
    row: usize,
}

impl CommandPalette {
    /// Opens it with an empty field.
    pub fn open(&mut self) {
        *self = Self { open: true, ..Self::default() };
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Shows it while it is open; returns the command that was chosen.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session) -> Option<UiCommand> {
        if !self.open {
            return None;
        }
        let found = matches(&self.query, session);
        let area =
            Modal::default_area(Id::new("command_palette")).anchor(Align2::CENTER_TOP, vec2(0.0, 60.0));
        let response = Modal::new(Id::new("command_palette")).area(area).show(ctx, |ui| {
            ui.set_width(460.0);
            self.field(ui, found.len());
            self.rows(ui, &found)
        });
        if response.inner.is_some() || response.should_close() {
            self.open = false;
        }
        response.inner
    }

    fn field(&mut self, ui: &mut egui::Ui, count: usize) {
        let up = ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::ArrowUp));
        let down = ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::ArrowDown));
        let edit = TextEdit::singleline(&mut self.query)
            .hint_text(t!("panel-palette-hint"))
            .desired_width(f32::INFINITY);
        let response = ui.add(edit);
        widgets::name_it(&response, &t!("panel-palette-label"));
        response.request_focus();
        if response.changed() {
            self.row = 0;
        }
        if up {
            self.row = self.row.saturating_sub(1);
        }
        if down {
            self.row = (self.row + 1).min(count.saturating_sub(1));
        }
    }

    fn rows(&self, ui: &mut egui::Ui, found: &[UiCommand]) -> Option<UiCommand> {
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        let mut chosen = if enter { found.get(self.row).copied() } else { None };
        if found.is_empty() {
            ui.label(t!("panel-palette-none"));
        }
        let os = ui.ctx().os();
        ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for (at, command) in found.iter().enumerate() {
                let response = ui
                    .push_id(*command, |ui| {
                        let keys = command.shortcut_text(os).unwrap_or_default();
                        let button = egui::Button::selectable(at == self.row, command.text())
                            .right_text(RichText::new(keys).color(theme::of(ui).faint));
                        ui.add_sized(vec2(ui.available_width(), 24.0), button)
                    })
                    .inner;
                if at == self.row {
                    response.scroll_to_me(None);
                }
                if response.on_hover_text(command.tip()).clicked() {
                    chosen = Some(*command);
                }
            }
        });
        chosen
    }
}

/// The commands that can be done now and whose name has the letters of `query` in this order, best
/// first: letters close together and near the beginning count more.
pub fn matches(query: &str, session: &Session) -> Vec<UiCommand> {
    let mut found: Vec<_> = UiCommand::ALL
        .iter()
        .filter(|command| command.enabled(session) && **command != UiCommand::CommandPalette)
        .filter_map(|command| score(query, &command.text()).map(|score| (score, *command)))
        .collect();
    found.sort();
    found.into_iter().map(|(_, command)| command).collect()
}

/// How badly `query` fits `text`: 0 fits best, `None` does not fit. Case does not count, nor do spaces
/// of the query.
pub fn score(query: &str, text: &str) -> Option<usize> {
    let text: Vec<char> = text.to_lowercase().chars().collect();
    let mut at = 0;
    let mut cost = 0;
    for letter in query.to_lowercase().chars().filter(|letter| !letter.is_whitespace()) {
        let step = text.iter().skip(at).position(|other| *other == letter)?;
        cost += step;
        at += step + 1;
    }
    Some(cost)
}
