//! What everything looks like: the only place that names colours and text sizes.

pub mod fonts;

use eframe::egui::{
    self, Color32, CornerRadius, FontFamily, FontId, Stroke, Style, TextStyle, Theme, Visuals,
};

use crate::{
    problem::Severity,
    scene::{self, Role},
    session::{NoticeLevel, RowStatus},
};

/// The colours of the panels for one theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tokens {
    /// Errors, failures, refusals.
    pub error: Color32,
    /// Warnings.
    pub warning: Color32,
    /// Hints.
    pub info: Color32,
    /// What went well, what is created.
    pub good: Color32,
    /// The way of a packet.
    pub forward: Color32,
    /// The way of its answer.
    pub reply: Color32,
    /// Second lines and explanations.
    pub faint: Color32,
    /// Focus, selection, links.
    pub accent: Color32,
    /// The ground of panels.
    pub panel: Color32,
    /// The ground of text fields.
    pub field: Color32,
    /// The ground of what is selected.
    pub selection: Color32,
    /// Lines between panels.
    pub line: Color32,
    /// Letters.
    pub text: Color32,
}

/// Dark letters on white.
pub const LIGHT: Tokens = Tokens {
    error: Color32::from_rgb(0xb4, 0x23, 0x18),
    warning: Color32::from_rgb(0x93, 0x5b, 0x00),
    info: Color32::from_rgb(0x1a, 0x5f, 0xb4),
    good: Color32::from_rgb(0x1d, 0x76, 0x2c),
    forward: Color32::from_rgb(0x0f, 0x7b, 0x5f),
    reply: Color32::from_rgb(0x8a, 0x2b, 0xb0),
    faint: Color32::from_rgb(0x5b, 0x64, 0x70),
    accent: Color32::from_rgb(0x0b, 0x5c, 0xad),
    panel: Color32::from_rgb(0xf6, 0xf7, 0xf9),
    field: Color32::from_rgb(0xff, 0xff, 0xff),
    selection: Color32::from_rgb(0xcf, 0xe3, 0xf8),
    line: Color32::from_rgb(0xd3, 0xd8, 0xde),
    text: Color32::from_rgb(0x1b, 0x22, 0x2c),
};

/// Light letters on near-black.
pub const DARK: Tokens = Tokens {
    error: Color32::from_rgb(0xff, 0x8a, 0x7d),
    warning: Color32::from_rgb(0xf2, 0xb7, 0x4b),
    info: Color32::from_rgb(0x8a, 0xbc, 0xf7),
    good: Color32::from_rgb(0x74, 0xd0, 0x84),
    forward: Color32::from_rgb(0x4f, 0xd6, 0xb0),
    reply: Color32::from_rgb(0xe0, 0x9c, 0xff),
    faint: Color32::from_rgb(0x9a, 0xa5, 0xb1),
    accent: Color32::from_rgb(0x6c, 0xb2, 0xf7),
    panel: Color32::from_rgb(0x1b, 0x1f, 0x25),
    field: Color32::from_rgb(0x12, 0x15, 0x1a),
    selection: Color32::from_rgb(0x1f, 0x40, 0x63),
    line: Color32::from_rgb(0x33, 0x3a, 0x43),
    text: Color32::from_rgb(0xe4, 0xe8, 0xec),
};

/// Second lines in panels.
pub const SMALL_SIZE: f32 = 11.5;
/// Ordinary text in panels.
pub const BODY_SIZE: f32 = 13.5;
/// Titles of panels.
pub const HEADING_SIZE: f32 = 16.0;

/// The colours of a theme.
pub const fn tokens(dark: bool) -> &'static Tokens {
    if dark { &DARK } else { &LIGHT }
}

/// The colours of the theme that is in use.
pub fn of(ui: &egui::Ui) -> &'static Tokens {
    tokens(ui.visuals().dark_mode)
}

/// The sign of a check that holds or does not: colours alone do not tell everyone.
pub const fn check_mark(holds: bool) -> &'static str {
    if holds { "✔" } else { "✖" }
}

/// The scene's theme that goes with the window's.
pub fn scene_theme(ui: &egui::Ui) -> scene::Theme {
    if ui.visuals().dark_mode { scene::Theme::Dark } else { scene::Theme::Light }
}

/// The colour of a role of the scene, as the canvas and the route map paint it.
pub fn role_color(role: Role, theme: scene::Theme) -> Color32 {
    let [red, green, blue, alpha] = scene::color(role, theme);
    Color32::from_rgba_unmultiplied(red, green, blue, alpha)
}

/// The colour of a severity.
pub fn severity_color(tokens: &Tokens, severity: Severity) -> Color32 {
    match severity {
        Severity::Error => tokens.error,
        Severity::Warning => tokens.warning,
        Severity::Info => tokens.info,
    }
}

/// The mark of a severity, for those who do not see its colour.
pub fn severity_mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "⊗",
        Severity::Warning => "⚠",
        Severity::Info => "ℹ",
    }
}

/// The colour of a notice.
pub fn notice_color(tokens: &Tokens, level: NoticeLevel) -> Color32 {
    match level {
        NoticeLevel::Info => tokens.good,
        NoticeLevel::Warning => tokens.warning,
        NoticeLevel::Error => tokens.error,
    }
}

/// The colour of a row of the plan or run.
pub fn row_color(tokens: &Tokens, status: RowStatus) -> Color32 {
    match status {
        RowStatus::Waiting => tokens.text,
        RowStatus::Running => tokens.accent,
        RowStatus::Done => tokens.good,
        RowStatus::Failed => tokens.error,
        RowStatus::Skipped => tokens.faint,
    }
}

/// Sets both themes. Which one is shown is egui's own preference: the system's choice until the user
/// makes another, which is kept with the window's other memories.
pub fn install(ctx: &egui::Context) {
    // Ctrl and plus zoom the drawing, not the letters of the panels.
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
    for (theme, tokens) in [(Theme::Light, &LIGHT), (Theme::Dark, &DARK)] {
        ctx.style_mut_of(theme, |style| apply(style, theme, tokens));
    }
}

/// Takes away what moves by itself. Without a window nobody sees it, and whoever waits for the
/// window to come to rest would wait for ever.
pub fn calm(ctx: &egui::Context) {
    ctx.all_styles_mut(|style| {
        style.animation_time = 0.0;
        style.visuals.text_cursor.blink = false;
        style.scroll_animation = egui::style::ScrollAnimation::none();
    });
}

fn apply(style: &mut Style, theme: Theme, tokens: &Tokens) {
    style.text_styles = [
        (TextStyle::Small, FontId::new(SMALL_SIZE, FontFamily::Proportional)),
        (TextStyle::Body, FontId::new(BODY_SIZE, FontFamily::Proportional)),
        (TextStyle::Button, FontId::new(BODY_SIZE, FontFamily::Proportional)),
        (TextStyle::Heading, FontId::new(HEADING_SIZE, FontFamily::Proportional)),
        (TextStyle::Monospace, FontId::new(BODY_SIZE - 0.5, FontFamily::Monospace)),
    ]
    .into();
    style.spacing.item_spacing = egui::vec2(6.0, 4.0);
    style.spacing.button_padding = egui::vec2(8.0, 3.0);
    style.spacing.interact_size.y = 24.0;
    let mut visuals = if theme == Theme::Dark { Visuals::dark() } else { Visuals::light() };
    visuals.override_text_color = None;
    visuals.panel_fill = tokens.panel;
    visuals.window_fill = tokens.panel;
    visuals.extreme_bg_color = tokens.field;
    visuals.text_edit_bg_color = Some(tokens.field);
    visuals.hyperlink_color = tokens.accent;
    visuals.warn_fg_color = tokens.warning;
    visuals.error_fg_color = tokens.error;
    visuals.selection.bg_fill = tokens.selection;
    visuals.selection.stroke = Stroke::new(1.0, tokens.accent);
    visuals.weak_text_color = Some(tokens.faint);
    visuals.widgets.noninteractive.fg_stroke.color = tokens.text;
    visuals.widgets.noninteractive.bg_stroke = Stroke::new(1.0, tokens.line);
    visuals.widgets.inactive.bg_stroke = Stroke::new(1.0, tokens.line);
    for widget in [
        &mut visuals.widgets.noninteractive,
        &mut visuals.widgets.inactive,
        &mut visuals.widgets.hovered,
        &mut visuals.widgets.active,
        &mut visuals.widgets.open,
    ] {
        widget.corner_radius = CornerRadius::same(4);
    }
    style.visuals = visuals;
}
