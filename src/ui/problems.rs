//! The findings: a click shows the culprit, a button mends it.

use eframe::egui::{Button, RichText, ScrollArea, Ui};

use super::{
    state::{BottomTab, ViewState},
    theme, widgets,
};
use crate::{
    model::ResourceId,
    problem::{Problem, Severity},
    session::{Intent, Session},
    t,
};

/// Which findings are listed, and which one is current.
#[derive(Debug, Default)]
pub struct ProblemsState {
    /// The severities that are hidden.
    hidden: Vec<Severity>,
    /// The place of the current finding in `Session::problems`.
    current: Option<usize>,
    /// Bring the current one into sight at the next frame.
    scroll: bool,
}

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

/// Draws the list.
pub fn show(ui: &mut Ui, session: &Session, state: &mut ProblemsState, intents: &mut Vec<Intent>) {
    let problems = session.problems();
    filters(ui, problems, state);
    let listed: Vec<usize> = problems
        .iter()
        .enumerate()
        .filter(|(_, problem)| !state.hidden.contains(&problem.severity))
        .map(|(at, _)| at)
        .collect();
    if listed.is_empty() {
        widgets::faint(
            ui,
            if problems.is_empty() { t!("panel-problems-none") } else { t!("panel-problems-hidden") },
        );
        return;
    }
    let height = ui.spacing().interact_size.y;
    let mut area = ScrollArea::vertical().id_salt("problems").auto_shrink(false).min_scrolled_height(24.0);
    if std::mem::take(&mut state.scroll)
        && let Some(row) = listed.iter().position(|at| Some(*at) == state.current)
    {
        area = area.vertical_scroll_offset(row as f32 * (height + ui.spacing().item_spacing.y));
    }
    area.show_rows(ui, height, listed.len(), |ui, rows| {
        for at in listed.get(rows).unwrap_or_default() {
            if let Some(problem) = problems.get(*at) {
                ui.push_id(("problem", *at), |ui| row(ui, *at, problem, state, intents));
            }
        }
    });
}

fn filters(ui: &mut Ui, problems: &[Problem], state: &mut ProblemsState) {
    ui.horizontal(|ui| {
        for severity in SEVERITIES {
            let count = problems.iter().filter(|problem| problem.severity == severity).count();
            let text = match severity {
                Severity::Error => t!("panel-problems-errors", count = count),
                Severity::Warning => t!("panel-problems-warnings", count = count),
                Severity::Info => t!("panel-problems-infos", count = count),
            };
            let shown = !state.hidden.contains(&severity);
            let text = RichText::new(format!("{} {text}", theme::severity_mark(severity)))
                .color(theme::severity_color(theme::of(ui), severity));
            let response = ui.selectable_label(shown, text).on_hover_text(t!("panel-problems-filter"));
            if response.clicked() {
                if shown { state.hidden.push(severity) } else { state.hidden.retain(|it| *it != severity) }
            }
        }
    });
}

fn row(ui: &mut Ui, at: usize, problem: &Problem, state: &mut ProblemsState, intents: &mut Vec<Intent>) {
    let tokens = theme::of(ui);
    ui.horizontal(|ui| {
        // The fixes stand on the right and take their room first; the sentence gets what is left.
        ui.with_layout(eframe::egui::Layout::right_to_left(eframe::egui::Align::Center), |ui| {
            for (number, fix) in problem.fixes.iter().enumerate() {
                let text = RichText::new(&fix.label).color(tokens.accent);
                if ui.add(Button::new(text).small()).on_hover_text(t!("panel-problems-fix")).clicked() {
                    intents.push(Intent::ApplyFix { problem: at, fix: number });
                }
            }
            let name = format!("{}: {}", problem.severity.as_str(), problem.message);
            let response = widgets::row(ui, state.current == Some(at), &name, |ui| {
                let color = theme::severity_color(tokens, problem.severity);
                widgets::row_text(ui, theme::severity_mark(problem.severity), color);
                widgets::row_text(ui, &problem.message, tokens.text);
                widgets::row_text(ui, problem.code, tokens.faint);
            });
            let tip = problem
                .help
                .as_ref()
                .map_or_else(|| problem.message.clone(), |help| format!("{}\n{help}", problem.message));
            if response.on_hover_text(tip).clicked() {
                state.current = Some(at);
                intents.push(Intent::Reveal(culprit(problem)));
            }
        });
    });
}

/// The culprit of a finding.
fn culprit(problem: &Problem) -> Vec<ResourceId> {
    problem.subjects.first().map(|subject| subject.id.clone()).into_iter().collect()
}

/// Goes `by` findings on (or back) and shows the culprit, round and round.
pub fn step(session: &Session, view: &mut ViewState, intents: &mut Vec<Intent>, by: isize) {
    let count = session.problems().len();
    if count == 0 {
        return;
    }
    let next = match view.problems.current {
        None if by > 0 => 0,
        None => count - 1,
        Some(at) => (at.min(count - 1) + count).saturating_add_signed(by) % count,
    };
    view.panels.bottom = true;
    view.bottom = BottomTab::Problems;
    view.problems.current = Some(next);
    view.problems.scroll = true;
    view.problems.hidden.clear();
    if let Some(problem) = session.problems().get(next) {
        intents.push(Intent::Reveal(culprit(problem)));
    }
}
