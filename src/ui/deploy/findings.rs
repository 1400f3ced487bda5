//! Whose credentials a plan uses, and what was found out before anything is made.

use eframe::egui::{Label, RichText, ScrollArea, Ui};

use crate::{
    problem::Severity,
    session::{DeployPhase, Finding, Intent, Session},
    t,
    ui::{theme, widgets},
};

/// The list is no higher than this; the rest is scrolled to.
const MOST_HEIGHT: f32 = 96.0;

/// Draws who carries it out, then the findings, errors first.
pub fn show(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let deploy = session.deploy();
    if deploy.caller.is_empty() || deploy.phase == DeployPhase::Idle {
        return;
    }
    ui.add(Label::new(RichText::new(&deploy.caller).color(theme::of(ui).faint)).wrap());
    if deploy.findings.is_empty() {
        return;
    }
    let mut findings: Vec<&Finding> = deploy.findings.iter().collect();
    findings.sort_by_key(|finding| finding.severity);
    let area = ScrollArea::vertical().id_salt("findings").max_height(MOST_HEIGHT).auto_shrink([false, true]);
    area.show(ui, |ui| {
        for (at, finding) in findings.into_iter().enumerate() {
            ui.push_id(("finding", at), |ui| one(ui, finding, intents));
        }
    });
}

fn one(ui: &mut Ui, finding: &Finding, intents: &mut Vec<Intent>) {
    let tokens = theme::of(ui);
    let (word, color) = match finding.severity {
        Severity::Error => (t!("panel-finding-error"), tokens.error),
        Severity::Warning => (t!("panel-finding-warning"), tokens.warning),
        Severity::Info => (t!("panel-finding-info"), tokens.faint),
    };
    let name = format!("{word}: {}", finding.text);
    let response = widgets::row(ui, false, &name, |ui| {
        widgets::row_text(ui, &word, color);
        widgets::row_text(ui, &finding.text, tokens.text);
    });
    if let (true, Some(id)) = (response.on_hover_text(&finding.text).clicked(), &finding.resource) {
        intents.push(Intent::Reveal(vec![id.clone()]));
    }
}
