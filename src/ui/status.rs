//! The line at the bottom: what the tool expects, where a deploy goes, whether the file is saved.

use eframe::egui::{Align, Layout, RichText, Ui};

use super::{
    state::{BottomTab, CentreTab, ViewState},
    theme,
};
use crate::{
    problem::Severity,
    session::{Intent, Session, Target},
    t,
};

/// Draws the status line.
pub fn show(ui: &mut Ui, session: &Session, view: &mut ViewState, intents: &mut Vec<Intent>) {
    ui.horizontal(|ui| {
        let hint = match view.centre {
            CentreTab::Diagram => view.canvas.hint(),
            CentreTab::RouteMap => t!("panel-status-route-map"),
        };
        ui.label(RichText::new(hint).small().color(theme::of(ui).faint));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new(file_state(session)).small());
            ui.separator();
            if ui
                .small_button(target_text(session.target()))
                .on_hover_text(t!("panel-status-target-tip"))
                .clicked()
            {
                view.panels.bottom = true;
                view.bottom = BottomTab::Deploy;
            }
            ui.separator();
            counts(ui, session, view);
            checks(ui, session, view, intents);
        });
    });
}

fn counts(ui: &mut Ui, session: &Session, view: &mut ViewState) {
    for severity in [Severity::Warning, Severity::Error] {
        let count = session.problems().iter().filter(|problem| problem.severity == severity).count();
        let text = format!("{} {count}", theme::severity_mark(severity));
        let color =
            if count == 0 { theme::of(ui).faint } else { theme::severity_color(theme::of(ui), severity) };
        let tip = match severity {
            Severity::Error => t!("panel-status-errors", count = count),
            _ => t!("panel-status-warnings", count = count),
        };
        if ui.small_button(RichText::new(text).color(color)).on_hover_text(tip).clicked() {
            view.panels.bottom = true;
            view.bottom = BottomTab::Problems;
        }
    }
}

/// How many saved checks hold; a click shows them.
fn checks(ui: &mut Ui, session: &Session, view: &mut ViewState, intents: &mut Vec<Intent>) {
    let (all, failed) = (session.checks().len(), session.failed_checks());
    if all == 0 {
        return;
    }
    let tokens = theme::of(ui);
    let color = if failed > 0 { tokens.error } else { tokens.good };
    let text =
        t!("panel-status-checks", sign = theme::check_mark(failed == 0), held = all - failed, all = all);
    let response = ui.small_button(RichText::new(text).color(color));
    if response.on_hover_text(t!("panel-status-checks-tip", failed = failed)).clicked() {
        view.panels.right = true;
        intents.push(Intent::Select(Vec::new()));
    }
}

/// The target in a few words.
pub fn target_text(target: &Target) -> String {
    match target {
        Target::Simulated => t!("panel-target-simulated"),
        Target::Aws { profile, region, endpoint_url } => {
            let parts: Vec<&str> =
                [profile, region, endpoint_url].into_iter().flatten().map(String::as_str).collect();
            if parts.is_empty() {
                t!("panel-target-aws")
            } else {
                t!("panel-target-aws-with", what = parts.join(", "))
            }
        }
    }
}

fn file_state(session: &Session) -> String {
    let file = session.file();
    let name =
        file.path.as_ref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    match name {
        _ if file.saving => t!("panel-status-saving"),
        None => t!("panel-status-never-saved"),
        Some(name) if session.history().is_dirty() => t!("panel-status-unsaved", file = name),
        Some(name) => t!("panel-status-saved", file = name),
    }
}
