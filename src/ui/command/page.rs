//! The page of keyboard shortcuts, written from the table.

use eframe::egui::{ModifierNames, os::OperatingSystem};

use super::{Group, UiCommand};
use crate::t;

/// The text of `docs/shortcuts.md`.
pub fn shortcuts_page() -> String {
    let mut page = format!("# {}\n\n{}\n", t!("panel-keys-title"), t!("panel-keys-intro"));
    for group in Group::ALL {
        page.push_str(&section(*group));
    }
    page.push_str(&fields_section());
    page
}

fn section(group: Group) -> String {
    let (command, keys, does) = (t!("panel-keys-command"), t!("panel-keys-keys"), t!("panel-keys-does"));
    let rows: String = UiCommand::ALL.iter().filter(|it| it.group() == group).map(|it| row(*it)).collect();
    format!("\n## {}\n\n| {command} | {keys} | {does} |\n|---|---|---|\n{rows}", group.text())
}

fn row(command: UiCommand) -> String {
    let keys: Vec<_> = command
        .shortcuts()
        .iter()
        .map(|shortcut| {
            format!("`{}`", shortcut.format(&ModifierNames::NAMES, OperatingSystem::Nix.is_mac()))
        })
        .collect();
    format!("| {} | {} | {} |\n", command.text(), keys.join(", "), command.tip())
}

fn fields_section() -> String {
    format!("\n## {}\n\n{}\n", t!("panel-keys-fields"), t!("panel-keys-fields-text"))
}
