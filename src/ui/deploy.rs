//! The deploy panel: where to, what would happen, what is happening.

mod drift;
mod findings;
mod target;

use eframe::egui::{self, Button, Label, ProgressBar, RichText, ScrollArea, Ui};

use super::{command::UiCommand, dialogs::OwnDialog, state::ViewState, theme, widgets};
use crate::{
    deploy::estimate::duration,
    session::{ActionRow, DeployPhase, DeployView, Intent, RowStatus, Session},
    t,
};

pub use target::TargetDraft;

/// What the deploy panel remembers.
#[derive(Debug, Default)]
pub struct DeployPanelState {
    /// The target while it is being typed.
    pub target: TargetDraft,
}

/// Draws the panel.
pub fn show(ui: &mut Ui, session: &Session, view: &mut ViewState, intents: &mut Vec<Intent>) {
    let deploy = session.deploy();
    ui.horizontal_wrapped(|ui| {
        target::show(ui, session, &mut view.deploy.target, intents);
        ui.separator();
        buttons(ui, session, view, intents);
    });
    headline(ui, session);
    held(ui, deploy);
    findings::show(ui, session, intents);
    ui.separator();
    let listed = drift::show(ui, session, intents);
    if deploy.rows.is_empty() && deploy.log.is_empty() {
        if !listed {
            widgets::faint(ui, explanation(deploy.phase));
        }
        return;
    }
    ui.columns_const(|[left, right]| {
        rows(left, deploy, intents);
        log(right, deploy);
    });
}

fn explanation(phase: DeployPhase) -> String {
    match phase {
        DeployPhase::Idle => t!("panel-deploy-idle"),
        DeployPhase::Planning => t!("panel-deploy-planning"),
        _ => t!("panel-deploy-nothing"),
    }
}

fn buttons(ui: &mut Ui, session: &Session, view: &mut ViewState, intents: &mut Vec<Intent>) {
    let deploy = session.deploy();
    for command in [UiCommand::Plan, UiCommand::LookForDrift, UiCommand::PlanDestroy] {
        let response = ui.add_enabled(command.enabled(session), Button::new(command.text()));
        if response.on_hover_text(command.tip()).clicked() {
            command.run(&ui.ctx().clone(), session, view, intents);
        }
    }
    if deploy.phase == DeployPhase::Planned && !deploy.rows.is_empty() {
        let text = if deploy.destroy { t!("panel-deploy-destroy-now") } else { t!("panel-deploy-apply") };
        let color = if deploy.destroy { theme::of(ui).error } else { theme::of(ui).good };
        let button = Button::new(RichText::new(text).strong().color(color));
        let response = ui.add_enabled(UiCommand::Apply.enabled(session), button);
        if response.on_disabled_hover_text(t!("panel-deploy-stale")).clicked() {
            view.dialogs.open(OwnDialog::ConfirmApply);
        }
    }
    if matches!(deploy.phase, DeployPhase::Running | DeployPhase::Cancelling) {
        let button =
            ui.add_enabled(deploy.phase == DeployPhase::Running, Button::new(t!("panel-deploy-cancel")));
        if button.on_hover_text(t!("panel-deploy-cancel-tip")).clicked() {
            intents.push(Intent::CancelRun);
        }
    }
    if deploy.phase == DeployPhase::Failed {
        let go_on = ui.button(t!("panel-deploy-resume")).on_hover_text(t!("panel-deploy-resume-tip"));
        let go_back = ui.button(t!("panel-deploy-roll-back")).on_hover_text(t!("panel-deploy-roll-back-tip"));
        let leave = ui.button(t!("panel-deploy-leave")).on_hover_text(t!("panel-deploy-leave-tip"));
        for (response, intent) in
            [(go_on, Intent::Resume), (go_back, Intent::RollBack), (leave, Intent::DismissPlan)]
        {
            if response.clicked() {
                intents.push(intent);
            }
        }
        if deploy.destroy && !deploy.held.is_empty() {
            let tip = t!("panel-deploy-leave-foreign-tip", by = deploy.held.join(", "));
            if ui.button(t!("panel-deploy-leave-foreign")).on_hover_text(tip).clicked() {
                intents.push(Intent::LeaveForeign);
            }
        }
    }
    let over = matches!(deploy.phase, DeployPhase::Planned | DeployPhase::Done);
    if (over || (deploy.phase == DeployPhase::Idle && !deploy.summary.is_empty()))
        && ui.button(t!("panel-deploy-dismiss")).clicked()
    {
        intents.push(Intent::DismissPlan);
    }
}

/// What stands against a deploy: saved checks that do not hold.
pub fn failed_checks(session: &Session) -> Option<String> {
    let failed = session.failed_checks();
    (failed > 0).then(|| t!("panel-deploy-failed-checks", count = failed))
}

/// What others kept from going.
fn held(ui: &mut Ui, deploy: &DeployView) {
    if !deploy.held.is_empty() {
        let text = t!("panel-deploy-held", by = deploy.held.join(", "));
        ui.add(Label::new(RichText::new(text).color(theme::of(ui).warning)).wrap());
    }
}

/// How far the run is, and one sentence about it.
fn headline(ui: &mut Ui, session: &Session) {
    let deploy = session.deploy();
    let tokens = theme::of(ui);
    if deploy.phase == DeployPhase::Planned && session.is_plan_stale() {
        ui.add(Label::new(RichText::new(t!("panel-deploy-stale")).color(tokens.warning)).wrap());
    }
    if deploy.phase == DeployPhase::Planned
        && !deploy.destroy
        && let Some(warning) = failed_checks(session)
    {
        ui.add(Label::new(RichText::new(warning).color(tokens.warning)).wrap());
    }
    let running = matches!(deploy.phase, DeployPhase::Running | DeployPhase::Cancelling);
    let color = match deploy.phase {
        DeployPhase::Failed => tokens.error,
        DeployPhase::Done => tokens.good,
        _ => tokens.text,
    };
    ui.horizontal(|ui| {
        if running {
            let (ended, all) = deploy.progress();
            let text = match deploy.phase {
                DeployPhase::Cancelling => t!("panel-deploy-cancelling"),
                _ => t!(
                    "panel-deploy-progress",
                    ended = ended,
                    all = all,
                    left = duration(deploy.left_secs() * 1_000)
                ),
            };
            ui.add(ProgressBar::new(ended as f32 / all.max(1) as f32).text(text).desired_width(260.0));
        }
        if !deploy.summary.is_empty() {
            ui.add(Label::new(RichText::new(&deploy.summary).color(color)).wrap());
        }
    });
}

/// The state of a row in a word.
pub fn status_text(status: RowStatus) -> String {
    match status {
        RowStatus::Waiting => t!("panel-row-waiting"),
        RowStatus::Running => t!("panel-row-running"),
        RowStatus::Done => t!("panel-row-done"),
        RowStatus::Failed => t!("panel-row-failed"),
        RowStatus::Skipped => t!("panel-row-skipped"),
    }
}

fn rows(ui: &mut Ui, deploy: &DeployView, intents: &mut Vec<Intent>) {
    let height = ui.spacing().interact_size.y;
    let area = ScrollArea::vertical().id_salt("plan").auto_shrink(false).min_scrolled_height(24.0);
    area.show_rows(ui, height, deploy.rows.len(), |ui, range| {
        let first = range.start;
        for (at, action) in deploy.rows.get(range).unwrap_or_default().iter().enumerate() {
            ui.push_id(("action", first + at), |ui| row(ui, deploy, action, intents));
        }
    });
}

fn row(ui: &mut Ui, deploy: &DeployView, action: &ActionRow, intents: &mut Vec<Intent>) {
    let tokens = theme::of(ui);
    let status = status_text(action.status);
    let name = format!("{} {}: {status}", action.glyph, action.title);
    let response = widgets::row(ui, false, &name, |ui| {
        widgets::row_text(ui, action.glyph, theme::row_color(tokens, action.status));
        widgets::row_text(ui, &action.title, theme::row_color(tokens, action.status));
        if action.is_critical {
            widgets::row_text(ui, &t!("panel-row-critical"), tokens.accent);
        }
        let more = more(deploy, action);
        widgets::row_text(ui, &format!("{status} · {more}"), tokens.faint);
    });
    let timing = deploy.timing(action);
    let critical = if action.is_critical { t!("panel-row-critical-tip") } else { String::new() };
    let tip = [&action.title, &action.reason, &action.detail, &timing, &critical];
    let tip: Vec<&str> = tip.into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    if let (true, Some(id)) = (response.on_hover_text(tip.join("\n")).clicked(), &action.resource) {
        intents.push(Intent::Reveal(vec![id.clone()]));
    }
}

/// What a row does; while it waits, for what; before a run, why it is there.
fn more(deploy: &DeployView, action: &ActionRow) -> String {
    let running = matches!(deploy.phase, DeployPhase::Running | DeployPhase::Cancelling);
    let waits_for = deploy.waits_for(action);
    match action.status {
        RowStatus::Waiting if running && !waits_for.is_empty() => {
            t!("panel-row-waits-for", what = waits_for.join(", "))
        }
        RowStatus::Running => format!("{} · {}", action.detail, deploy.timing(action)),
        _ if action.detail.is_empty() => action.reason.clone(),
        _ => action.detail.clone(),
    }
}

fn log(ui: &mut Ui, deploy: &DeployView) {
    let height = ui.text_style_height(&egui::TextStyle::Body);
    let area = ScrollArea::both()
        .id_salt("run log")
        .auto_shrink(false)
        .min_scrolled_height(24.0)
        .stick_to_bottom(true);
    area.show_rows(ui, height, deploy.log.len(), |ui, range| {
        let tokens = theme::of(ui);
        for line in deploy.log.get(range).unwrap_or_default() {
            let color = if line.is_error { tokens.error } else { tokens.text };
            let text = t!("panel-deploy-log-line", at = line.at_secs, text = &line.text);
            ui.add(Label::new(RichText::new(text).color(color)).extend());
        }
    });
}
