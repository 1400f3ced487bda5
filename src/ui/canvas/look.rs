//! The colours of what the canvas paints over the drawing, and of the drawing's roles.

use eframe::egui::{Color32, Ui};

use crate::{
    problem::Severity,
    scene::{Role, Theme},
    session::RowStatus,
    ui::theme::{self, Tokens},
};

/// Colours of the theme that is in use.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The theme of the scene.
    pub theme: Theme,
    /// Selection, focus, handles.
    pub accent: Color32,
    /// A drop that will be taken.
    pub good: Color32,
    /// A drop that will be refused.
    pub bad: Color32,
    /// The way of a traced packet.
    pub forward: Color32,
    /// The way of its answer.
    pub reply: Color32,
    /// Letters on the colours above.
    pub on_color: Color32,
    /// The ground of handles and marks.
    pub paper: Color32,
    tokens: &'static Tokens,
}

impl Look {
    /// The colours of the theme that is in use.
    pub fn of(ui: &Ui) -> Self {
        let tokens = theme::of(ui);
        let theme = theme::scene_theme(ui);
        Self {
            theme,
            accent: tokens.accent,
            good: tokens.good,
            bad: tokens.error,
            forward: tokens.forward,
            reply: tokens.reply,
            on_color: theme::role_color(Role::Background, theme),
            paper: theme::role_color(Role::CardFill, theme),
            tokens,
        }
    }

    /// The colour of a role of the scene.
    pub fn role(&self, role: Role) -> Color32 {
        theme::role_color(role, self.theme)
    }

    /// The colour of a severity.
    pub fn severity(&self, severity: Severity) -> Color32 {
        theme::severity_color(self.tokens, severity)
    }

    /// The colour of a step of a deploy.
    pub fn status(&self, status: RowStatus) -> Color32 {
        match status {
            RowStatus::Waiting => self.tokens.faint,
            other => theme::row_color(self.tokens, other),
        }
    }
}
