//! The table of commands, its keys and its palette.

use std::collections::BTreeMap;

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::{UiCommand, keys, page, palette};
use crate::{
    session::{Intent, Session},
    ui::tests::{document, id, retype, window},
};

#[test]
fn no_two_commands_share_a_shortcut() {
    let mut seen = BTreeMap::new();
    for (command, shortcut) in keys::by_length() {
        let text = format!("{shortcut:?}");
        if let Some(other) = seen.insert(text, command) {
            panic!("{command:?} and {other:?} are both called by {shortcut:?}");
        }
    }
}

#[test]
fn shortcuts_with_more_modifiers_are_asked_first() {
    let order: Vec<_> = keys::by_length().into_iter().map(|(command, _)| command).collect();
    let place = |command| order.iter().position(|it| *it == command).unwrap();
    assert!(place(UiCommand::SaveAs) < place(UiCommand::Save));
    assert!(place(UiCommand::Save) < place(UiCommand::Delete));
}

#[test]
fn letters_and_undo_belong_to_text_fields() {
    for command in
        [UiCommand::Undo, UiCommand::Delete, UiCommand::Paste, UiCommand::SelectAll, UiCommand::Fit]
    {
        assert!(command.shortcuts().iter().all(keys::belongs_to_text), "{command:?}");
    }
    for command in [UiCommand::Save, UiCommand::NextProblem, UiCommand::CommandPalette] {
        assert!(!command.shortcuts().iter().any(keys::belongs_to_text), "{command:?}");
    }
}

#[test]
fn every_command_has_words() {
    for command in UiCommand::ALL {
        assert!(!command.text().starts_with("panel-"), "{command:?}");
        assert!(!command.tip().starts_with("panel-"), "{command:?}");
    }
}

#[test]
fn the_page_names_every_command() {
    let page = page::shortcuts_page();
    for command in UiCommand::ALL {
        assert!(page.contains(&format!("| {} |", command.text())), "{command:?}");
    }
}

#[test]
fn the_palette_finds_by_scattered_letters() {
    let session = Session::new(document(), None);
    assert_eq!(palette::matches("rou map", &session).first(), Some(&UiCommand::ShowRouteMap));
    assert!(palette::matches("zzzz", &session).is_empty());
    let undo = palette::matches("undo", &session);
    assert!(!undo.contains(&UiCommand::Undo), "nothing to undo");
}

#[test]
fn close_letters_score_better() {
    assert!(palette::score("fit", "Fit everything") < palette::score("fit", "Find in the outline"));
    assert_eq!(palette::score("x", "Save"), None);
}

#[test]
fn the_palette_opens_by_key_and_runs_what_is_chosen() {
    let (mut harness, _) = window(document());
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run();
    harness.get_by_label("Command").type_text("route map");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.state().view().route_map.is_open());
    assert!(!harness.state().view().palette.is_open());
}

#[test]
fn delete_in_a_text_field_deletes_letters_only() {
    let (mut harness, _) = window(document());
    harness.run();
    let ctx = harness.ctx.clone();
    harness.state_mut().handle(&ctx, Intent::Select(vec![id("i-host")]));
    harness.run();
    retype(&mut harness, "Name", "hosts");
    harness.key_press(Key::Backspace);
    harness.run();
    assert!(harness.state().session().document().topology.get(&id("i-host")).is_some());
    assert_eq!(harness.get_by_label("Name").value().as_deref(), Some("host"));
}
