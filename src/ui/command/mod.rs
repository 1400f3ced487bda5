//! What the user can do by menu, toolbar, key or command palette: one table, so that these cannot
//! disagree. The page `docs/shortcuts.md` is written from it too.

pub mod keys;
pub mod page;
pub mod palette;
mod run;

#[cfg(test)]
mod tests;

use eframe::egui::{Key, KeyboardShortcut, Modifiers};

use crate::{scene::Theme, session::Session, t};

/// The menu that a command stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Documents and exports.
    File,
    /// Changes.
    Edit,
    /// What is shown.
    View,
    /// The cloud.
    Deploy,
    /// Explanations.
    Help,
}

impl Group {
    /// Every menu, left to right.
    pub const ALL: &[Self] = &[Self::File, Self::Edit, Self::View, Self::Deploy, Self::Help];

    /// What the menu is called.
    pub fn text(self) -> String {
        match self {
            Self::File => t!("panel-menu-file"),
            Self::Edit => t!("panel-menu-edit"),
            Self::View => t!("panel-menu-view"),
            Self::Deploy => t!("panel-menu-deploy"),
            Self::Help => t!("panel-menu-help"),
        }
    }
}

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const PLAIN: Modifiers = Modifiers::NONE;
const CTRL_SHIFT: Modifiers = CTRL.plus(SHIFT);

const fn key(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(modifiers, key)
}

macro_rules! commands {
    ($($(#[$doc:meta])+ $name:ident in $group:ident: $text:expr, $tip:expr, [$($shortcut:expr),*];)+) => {
        /// Something that the user can do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum UiCommand { $($(#[$doc])+ $name,)+ }

        impl UiCommand {
            /// Every command, in the order of the menus.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// What menus and buttons say.
            pub fn text(self) -> String {
                match self { $(Self::$name => $text,)+ }
            }

            /// What it does, in a sentence.
            pub fn tip(self) -> String {
                match self { $(Self::$name => $tip,)+ }
            }

            /// The menu it stands in.
            pub fn group(self) -> Group {
                match self { $(Self::$name => Group::$group,)+ }
            }

            /// The keys that call it; the first one is shown.
            pub fn shortcuts(self) -> &'static [KeyboardShortcut] {
                match self { $(Self::$name => const { &[$($shortcut),*] },)+ }
            }
        }
    };
}

commands! {
    /// An empty document.
    New in File: t!("panel-cmd-new"), t!("panel-cmd-new-tip"), [key(CTRL, Key::N)];
    /// The gallery of templates.
    NewFromTemplate in File: t!("panel-cmd-template"), t!("panel-cmd-template-tip"), [key(CTRL_SHIFT, Key::N)];
    /// Opens a file.
    Open in File: t!("panel-cmd-open"), t!("panel-cmd-open-tip"), [key(CTRL, Key::O)];
    /// Imports a folder.
    Import in File: t!("panel-cmd-import"), t!("panel-cmd-import-tip"), [];
    /// Saves.
    Save in File: t!("panel-cmd-save"), t!("panel-cmd-save-tip"), [key(CTRL, Key::S)];
    /// Saves to another file.
    SaveAs in File: t!("panel-cmd-save-as"), t!("panel-cmd-save-as-tip"), [key(CTRL_SHIFT, Key::S)];
    /// Exports the picture as SVG.
    ExportSvg in File: t!("panel-cmd-export-svg"), t!("panel-cmd-export-svg-tip"), [key(CTRL, Key::E)];
    /// Exports the picture as PNG.
    ExportPng in File: t!("panel-cmd-export-png"), t!("panel-cmd-export-png-tip"), [key(CTRL_SHIFT, Key::E)];
    /// Exports the network as JSON.
    ExportJson in File: t!("panel-cmd-export-json"), t!("panel-cmd-export-json-tip"), [];
    /// Exported pictures in dark or in light colours.
    DarkPictures in File: t!("panel-cmd-dark-pictures"), t!("panel-cmd-dark-pictures-tip"), [];
    /// Closes the window.
    Quit in File: t!("panel-cmd-quit"), t!("panel-cmd-quit-tip"), [key(CTRL, Key::Q)];

    /// Takes the last change back.
    Undo in Edit: t!("panel-cmd-undo"), t!("panel-cmd-undo-tip"), [key(CTRL, Key::Z)];
    /// Takes it again.
    Redo in Edit: t!("panel-cmd-redo"), t!("panel-cmd-redo-tip"), [key(CTRL_SHIFT, Key::Z), key(CTRL, Key::Y)];
    /// Copies and removes.
    Cut in Edit: t!("panel-cmd-cut"), t!("panel-cmd-cut-tip"), [key(CTRL, Key::X)];
    /// Copies.
    Copy in Edit: t!("panel-cmd-copy"), t!("panel-cmd-copy-tip"), [key(CTRL, Key::C)];
    /// Puts in what was copied.
    Paste in Edit: t!("panel-cmd-paste"), t!("panel-cmd-paste-tip"), [key(CTRL, Key::V)];
    /// Copies beside itself.
    Duplicate in Edit: t!("panel-cmd-duplicate"), t!("panel-cmd-duplicate-tip"), [key(CTRL, Key::D)];
    /// Removes.
    Delete in Edit: t!("panel-cmd-delete"), t!("panel-cmd-delete-tip"), [key(PLAIN, Key::Delete), key(PLAIN, Key::Backspace)];
    /// Goes to the name field.
    Rename in Edit: t!("panel-cmd-rename"), t!("panel-cmd-rename-tip"), [key(PLAIN, Key::F2)];
    /// Selects everything.
    SelectAll in Edit: t!("panel-cmd-select-all"), t!("panel-cmd-select-all-tip"), [key(CTRL, Key::A)];
    /// Selects nothing.
    SelectNone in Edit: t!("panel-cmd-select-none"), t!("panel-cmd-select-none-tip"), [key(CTRL_SHIFT, Key::A)];
    /// Lays everything out anew.
    Tidy in Edit: t!("panel-cmd-tidy"), t!("panel-cmd-tidy-tip"), [key(CTRL, Key::L)];

    /// Shows the drawing.
    ShowDiagram in View: t!("panel-cmd-diagram"), t!("panel-cmd-diagram-tip"), [key(CTRL, Key::Num1)];
    /// Shows the route map.
    ShowRouteMap in View: t!("panel-cmd-route-map"), t!("panel-cmd-route-map-tip"), [key(CTRL, Key::Num2)];
    /// Nearer.
    ZoomIn in View: t!("panel-cmd-zoom-in"), t!("panel-cmd-zoom-in-tip"), [key(CTRL, Key::Plus), key(CTRL, Key::Equals)];
    /// Farther.
    ZoomOut in View: t!("panel-cmd-zoom-out"), t!("panel-cmd-zoom-out-tip"), [key(CTRL, Key::Minus)];
    /// The natural size.
    ZoomReset in View: t!("panel-cmd-zoom-reset"), t!("panel-cmd-zoom-reset-tip"), [key(CTRL, Key::Num0)];
    /// Everything in sight.
    Fit in View: t!("panel-cmd-fit"), t!("panel-cmd-fit-tip"), [key(PLAIN, Key::F), key(PLAIN, Key::Home)];
    /// The selection in sight.
    FitSelection in View: t!("panel-cmd-fit-selection"), t!("panel-cmd-fit-selection-tip"), [key(SHIFT, Key::F)];
    /// Goes to the outline's search field.
    FindInOutline in View: t!("panel-cmd-find"), t!("panel-cmd-find-tip"), [key(CTRL, Key::F)];
    /// Shows the problems.
    ShowProblems in View: t!("panel-cmd-problems"), t!("panel-cmd-problems-tip"), [key(CTRL_SHIFT, Key::M)];
    /// Goes to the next problem.
    NextProblem in View: t!("panel-cmd-next-problem"), t!("panel-cmd-next-problem-tip"), [key(PLAIN, Key::F8)];
    /// Goes to the problem before.
    PreviousProblem in View: t!("panel-cmd-previous-problem"), t!("panel-cmd-previous-problem-tip"), [key(SHIFT, Key::F8)];
    /// Shows the way of a packet.
    ShowTrace in View: t!("panel-cmd-trace"), t!("panel-cmd-trace-tip"), [key(CTRL_SHIFT, Key::T)];
    /// Shows who reaches whom.
    ShowMatrix in View: t!("panel-cmd-matrix"), t!("panel-cmd-matrix-tip"), [key(CTRL_SHIFT, Key::R)];
    /// Shows the log.
    ShowLog in View: t!("panel-cmd-log"), t!("panel-cmd-log-tip"), [key(CTRL_SHIFT, Key::U)];
    /// Opens or closes the panel on the left.
    ToggleLeft in View: t!("panel-cmd-left"), t!("panel-cmd-left-tip"), [key(CTRL, Key::B)];
    /// Opens or closes the inspector.
    ToggleRight in View: t!("panel-cmd-right"), t!("panel-cmd-right-tip"), [key(CTRL, Key::I)];
    /// Opens or closes the panel below.
    ToggleBottom in View: t!("panel-cmd-bottom"), t!("panel-cmd-bottom-tip"), [key(CTRL, Key::J)];
    /// Light or dark as the system has it.
    ThemeSystem in View: t!("panel-cmd-theme-system"), t!("panel-cmd-theme-system-tip"), [];
    /// Dark letters on white.
    ThemeLight in View: t!("panel-cmd-theme-light"), t!("panel-cmd-theme-light-tip"), [];
    /// Light letters on near-black.
    ThemeDark in View: t!("panel-cmd-theme-dark"), t!("panel-cmd-theme-dark-tip"), [];

    /// Shows the deploy panel.
    ShowDeploy in Deploy: t!("panel-cmd-deploy"), t!("panel-cmd-deploy-tip"), [key(CTRL_SHIFT, Key::D)];
    /// Works out a plan.
    Plan in Deploy: t!("panel-cmd-plan"), t!("panel-cmd-plan-tip"), [key(PLAIN, Key::F5)];
    /// Looks what was changed behind the drawing's back.
    LookForDrift in Deploy: t!("panel-cmd-drift"), t!("panel-cmd-drift-tip"), [];
    /// Carries the plan out, after one more question.
    Apply in Deploy: t!("panel-cmd-apply"), t!("panel-cmd-apply-tip"), [];
    /// Starts nothing new.
    CancelRun in Deploy: t!("panel-cmd-cancel-run"), t!("panel-cmd-cancel-run-tip"), [key(SHIFT, Key::F5)];
    /// Works out what a destroy would do.
    PlanDestroy in Deploy: t!("panel-cmd-destroy"), t!("panel-cmd-destroy-tip"), [];

    /// Every command by its name.
    CommandPalette in Help: t!("panel-cmd-palette"), t!("panel-cmd-palette-tip"), [key(CTRL, Key::P), key(CTRL, Key::K)];
    /// The keys.
    KeyboardHelp in Help: t!("panel-cmd-keys"), t!("panel-cmd-keys-tip"), [key(PLAIN, Key::F1)];
    /// The program.
    About in Help: t!("panel-cmd-about"), t!("panel-cmd-about-tip"), [];
}

impl UiCommand {
    /// Whether it is a switch that is on.
    pub fn is_on(self, session: &Session) -> bool {
        self == Self::DarkPictures && session.picture_theme() == Theme::Dark
    }

    /// Whether it can be done now.
    pub fn enabled(self, session: &Session) -> bool {
        use crate::session::DeployPhase as Phase;
        let phase = session.deploy().phase;
        let running = matches!(phase, Phase::Running | Phase::Cancelling | Phase::Planning);
        let selected = !session.selection().is_empty();
        match self {
            Self::Undo => session.history().undo_step().is_some(),
            Self::Redo => session.history().redo_step().is_some(),
            Self::Cut
            | Self::Copy
            | Self::Duplicate
            | Self::Delete
            | Self::SelectNone
            | Self::FitSelection => selected,
            Self::Rename => session.selection().len() == 1,
            Self::Paste => session.clip().is_some(),
            Self::SelectAll | Self::Tidy => !session.document().topology.resources.is_empty(),
            Self::NextProblem | Self::PreviousProblem => !session.problems().is_empty(),
            Self::Plan | Self::PlanDestroy | Self::LookForDrift => !running,
            Self::Apply => {
                let deploy = session.deploy();
                let something = !deploy.rows.is_empty() && !deploy.has_errors();
                phase == Phase::Planned && !session.is_plan_stale() && something
            }
            Self::CancelRun => phase == Phase::Running,
            Self::Save => !session.file().saving,
            _ => true,
        }
    }

    /// The keys as text, for menus and tooltips.
    pub fn shortcut_text(self, os: eframe::egui::os::OperatingSystem) -> Option<String> {
        let names = if os.is_mac() {
            eframe::egui::ModifierNames::SYMBOLS
        } else {
            eframe::egui::ModifierNames::NAMES
        };
        self.shortcuts().first().map(|shortcut| shortcut.format(&names, os.is_mac()))
    }

    /// The tip with the keys behind it.
    pub fn hover_text(self, os: eframe::egui::os::OperatingSystem) -> String {
        match self.shortcut_text(os) {
            Some(keys) => format!("{} ({keys})", self.tip()),
            None => self.tip(),
        }
    }
}
