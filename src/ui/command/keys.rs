//! From key strokes to commands.

use eframe::egui::{self, Event, Key, KeyboardShortcut, Modifiers};

use super::UiCommand;
use crate::session::Session;

/// The commands that were called by keys since the last frame. What a text field needs for itself
/// (letters, Delete, Undo, the clipboard) goes to the field while one has the focus, and nothing is
/// called while a dialog waits for an answer.
pub fn pressed(ctx: &egui::Context, session: &Session, dialog_open: bool) -> Vec<UiCommand> {
    if dialog_open {
        return Vec::new();
    }
    let typing = ctx.text_edit_focused();
    let mut called = Vec::new();
    ctx.input_mut(|input| {
        for (command, shortcut) in by_length() {
            if typing && belongs_to_text(&shortcut) {
                continue;
            }
            if command.enabled(session) && input.consume_shortcut(&shortcut) {
                called.push(command);
            }
        }
        if !typing {
            called.extend(take_clipboard_events(&mut input.events, session));
        }
    });
    called.dedup();
    called
}

/// Every shortcut, those with most modifiers first: egui ignores extra Shift and Alt, so `Ctrl+S`
/// asked first would take `Ctrl+Shift+S`.
pub fn by_length() -> Vec<(UiCommand, KeyboardShortcut)> {
    let mut all: Vec<_> = UiCommand::ALL
        .iter()
        .flat_map(|command| command.shortcuts().iter().map(|shortcut| (*command, *shortcut)))
        .collect();
    all.sort_by_key(|(_, shortcut)| std::cmp::Reverse(modifier_count(shortcut.modifiers)));
    all
}

fn modifier_count(modifiers: Modifiers) -> usize {
    [modifiers.alt, modifiers.shift, modifiers.command || modifiers.ctrl]
        .into_iter()
        .filter(|held| *held)
        .count()
}

/// Whether a focused text field has a use of its own for these keys.
pub fn belongs_to_text(shortcut: &KeyboardShortcut) -> bool {
    let function_key = matches!(
        shortcut.logical_key,
        Key::F1 | Key::F2 | Key::F3 | Key::F4 | Key::F5 | Key::F6 | Key::F7 | Key::F8 | Key::F9 | Key::F10
    );
    if function_key {
        return false;
    }
    let command = shortcut.modifiers.command || shortcut.modifiers.ctrl;
    // Emacs-like keys of egui's text fields (Ctrl+K, Ctrl+B …) act on macOS only, where Command is another key.
    let edits_text = matches!(shortcut.logical_key, Key::A | Key::C | Key::V | Key::X | Key::Y | Key::Z);
    !command || edits_text
}

/// Desktop systems turn the clipboard's keys into events of their own.
fn take_clipboard_events(events: &mut Vec<Event>, session: &Session) -> Vec<UiCommand> {
    let mut called = Vec::new();
    events.retain(|event| {
        let command = match event {
            Event::Copy => UiCommand::Copy,
            Event::Cut => UiCommand::Cut,
            Event::Paste(_) => UiCommand::Paste,
            _ => return true,
        };
        if !command.enabled(session) {
            // Selected letters of a label can still be copied.
            return true;
        }
        called.push(command);
        false
    });
    called
}
