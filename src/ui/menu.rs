//! The menu bar, made from the table of commands.

use eframe::egui::{Button, MenuBar, TextWrapMode, Ui};

use super::{
    command::{Group, UiCommand},
    state::ViewState,
};
use crate::{
    session::{Intent, Session},
    t,
};

/// Draws the menu bar.
pub fn show(ui: &mut Ui, session: &Session, view: &mut ViewState, intents: &mut Vec<Intent>) {
    MenuBar::new().ui(ui, |ui| {
        for group in Group::ALL {
            ui.menu_button(group.text(), |ui| {
                ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
                ui.set_min_width(220.0);
                entries(ui, *group, session, view, intents);
            });
        }
    });
}

fn entries(ui: &mut Ui, group: Group, session: &Session, view: &mut ViewState, intents: &mut Vec<Intent>) {
    for command in UiCommand::ALL.iter().filter(|command| command.group() == group) {
        if starts_section(*command) {
            ui.separator();
        }
        if entry(ui, *command, session) {
            command.run(&ui.ctx().clone(), session, view, intents);
            ui.close();
        }
        if *command == UiCommand::Open {
            recent(ui, session, intents);
        }
    }
}

/// One entry; what Undo and Redo would do is said behind their names.
fn entry(ui: &mut Ui, command: UiCommand, session: &Session) -> bool {
    let history = session.history();
    let step = match command {
        UiCommand::Undo => history.undo_step(),
        UiCommand::Redo => history.redo_step(),
        _ => None,
    };
    let text = match step {
        Some(step) if !step.transaction.label.is_empty() => {
            t!("panel-menu-step", what = command.text(), step = &step.transaction.label)
        }
        _ => command.text(),
    };
    let keys = command.shortcut_text(ui.ctx().os()).unwrap_or_default();
    let button = Button::new(text).shortcut_text(keys).selected(command.is_on(session));
    ui.add_enabled(command.enabled(session), button).on_hover_text(command.tip()).clicked()
}

fn recent(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let files = session.recent_files();
    ui.add_enabled_ui(!files.is_empty(), |ui| {
        ui.menu_button(t!("panel-menu-recent"), |ui| {
            for path in files {
                if ui.button(path.display().to_string()).clicked() {
                    intents.push(Intent::OpenPath(path.clone()));
                    ui.close();
                }
            }
        });
    });
}

fn starts_section(command: UiCommand) -> bool {
    matches!(
        command,
        UiCommand::Save
            | UiCommand::ExportSvg
            | UiCommand::Quit
            | UiCommand::Cut
            | UiCommand::Rename
            | UiCommand::Tidy
            | UiCommand::ZoomIn
            | UiCommand::FindInOutline
            | UiCommand::ToggleLeft
            | UiCommand::ThemeSystem
            | UiCommand::Plan
            | UiCommand::About
    )
}
