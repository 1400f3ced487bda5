//! The findings: a click shows the culprit, a button mends it.

mod preview;

use eframe::egui::{Align, Button, Key, Layout, RichText, ScrollArea, TextEdit, Ui};

pub use self::preview::Preview;
use self::preview::Wish;
use super::{
    state::{BottomTab, ViewState},
    theme, widgets,
};
use crate::{
    edit::Command,
    model::{ResourceId, RuleLevel, Suppressed},
    problem::{Problem, Severity},
    rules::fix,
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
    /// Findings that are meant to be so are listed too, and the rules whose severity is set here.
    with_suppressed: bool,
    /// The finding that is about to be suppressed.
    asking: Option<Asking>,
    /// The fix that the pointer or the keyboard is on, as this frame finds it.
    wish: Option<Wish>,
    /// What that fix would make of the drawing.
    preview: Option<Preview>,
}

impl ProblemsState {
    /// What the fix that is looked at would make of the drawing.
    pub fn preview(&self, session: &Session) -> Option<&Preview> {
        self.preview.as_ref().filter(|it| it.is_current(session))
    }

    /// Keeps the preview up with what is looked at.
    fn follow(&mut self, session: &Session) {
        let kept = self.preview.take();
        self.preview = self.wish.and_then(|wish| {
            kept.filter(|it| it.is_of(session, wish)).or_else(|| Preview::of(session, wish))
        });
    }
}

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

/// So many changes are told in a tip; the canvas shows them all.
const MOST_LINES: usize = 12;

/// A finding that is about to be suppressed, with the reason as it is typed.
#[derive(Debug)]
struct Asking {
    of: Suppressed,
    reason: String,
    /// The field takes the keyboard at its first frame.
    focus: bool,
}

/// One line of the list.
enum Line<'a> {
    /// A finding, with its place in `Session::problems`.
    Problem(usize, &'a Problem),
    /// A finding that is meant to be so, and why.
    Suppressed(&'a Problem, &'a str),
    /// A rule whose severity the document sets.
    Level(&'a str, RuleLevel),
}

/// Draws the list.
pub fn show(ui: &mut Ui, session: &Session, state: &mut ProblemsState, intents: &mut Vec<Intent>) {
    state.wish = None;
    filters(ui, session, state);
    ask(ui, session, state, intents);
    let lines = lines(session, state);
    list(ui, session, &lines, state, intents);
    state.follow(session);
}

fn list(
    ui: &mut Ui,
    session: &Session,
    lines: &[Line<'_>],
    state: &mut ProblemsState,
    intents: &mut Vec<Intent>,
) {
    let problems = session.problems();
    if lines.is_empty() {
        widgets::faint(
            ui,
            if problems.is_empty() { t!("panel-problems-none") } else { t!("panel-problems-hidden") },
        );
        return;
    }
    let height = ui.spacing().interact_size.y;
    let mut area = ScrollArea::vertical().id_salt("problems").auto_shrink(false).min_scrolled_height(24.0);
    let is_current = |line: &Line<'_>| matches!(line, Line::Problem(at, _) if Some(*at) == state.current);
    if std::mem::take(&mut state.scroll)
        && let Some(row) = lines.iter().position(is_current)
    {
        area = area.vertical_scroll_offset(row as f32 * (height + ui.spacing().item_spacing.y));
    }
    area.show_rows(ui, height, lines.len(), |ui, rows| {
        let first = rows.start;
        for (number, line) in lines.get(rows).unwrap_or_default().iter().enumerate() {
            ui.push_id(("line", first + number), |ui| match line {
                Line::Problem(at, problem) => row(ui, session, *at, problem, state, intents),
                Line::Suppressed(problem, reason) => suppressed_row(ui, problem, reason, intents),
                Line::Level(code, level) => level_row(ui, code, *level, intents),
            });
        }
    });
}

fn lines<'a>(session: &'a Session, state: &ProblemsState) -> Vec<Line<'a>> {
    let problems = session.problems().iter().enumerate();
    let mut lines: Vec<Line<'_>> = problems
        .filter(|(_, problem)| !state.hidden.contains(&problem.severity))
        .map(|(at, problem)| Line::Problem(at, problem))
        .collect();
    if state.with_suppressed {
        lines.extend(session.suppressed().iter().map(|(it, reason)| Line::Suppressed(it, reason)));
        lines.extend(session.document().severities.iter().map(|(code, level)| Line::Level(code, *level)));
    }
    lines
}

/// The line that asks why a finding is meant to be so.
fn ask(ui: &mut Ui, session: &Session, state: &mut ProblemsState, intents: &mut Vec<Intent>) {
    let Some(asking) = &mut state.asking else {
        return;
    };
    let resource = session.document().topology.get(&asking.of.resource);
    let name = resource.map_or(asking.of.resource.as_str(), crate::model::Resource::label);
    let mut done = resource.is_none();
    ui.horizontal(|ui| {
        let label = ui.label(t!("panel-problems-reason", code = &asking.of.code, name = name));
        let room = (ui.available_width() - 170.0).max(80.0);
        let edit = TextEdit::singleline(&mut asking.reason).desired_width(room).id_salt("reason");
        let response = ui.add(edit).labelled_by(label.id);
        if std::mem::take(&mut asking.focus) {
            response.request_focus();
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let given = !asking.reason.trim().is_empty();
        let button = ui.add_enabled(given, Button::new(t!("panel-problems-suppress")).small());
        if given && (button.clicked() || entered) {
            let command = Command::Suppress { of: asking.of.clone(), reason: Some(asking.reason.clone()) };
            intents.push(Intent::Edit(command));
            done = true;
        }
        let escaped = ui.input(|input| input.key_pressed(Key::Escape));
        done |= escaped || ui.add(Button::new(t!("panel-problems-cancel")).small()).clicked();
    });
    if done {
        state.asking = None;
    }
}

fn filters(ui: &mut Ui, session: &Session, state: &mut ProblemsState) {
    let problems = session.problems();
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
        let count = session.suppressed().len() + session.document().severities.len();
        if count > 0 {
            let text = t!("panel-problems-suppressed", count = count);
            let response = ui.selectable_label(state.with_suppressed, text);
            if response.on_hover_text(t!("panel-problems-suppressed-tip")).clicked() {
                state.with_suppressed = !state.with_suppressed;
            }
        }
    });
}

fn row(
    ui: &mut Ui,
    session: &Session,
    at: usize,
    problem: &Problem,
    state: &mut ProblemsState,
    intents: &mut Vec<Intent>,
) {
    let tokens = theme::of(ui);
    ui.horizontal(|ui| {
        // The buttons stand on the right and take their room first; the sentence gets what is left.
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let menu = ui.menu_button("…", |ui| rule_menu(ui, problem, state, intents)).response;
            widgets::name_it(&menu, &t!("panel-problems-menu", code = problem.code));
            menu.on_hover_text(t!("panel-problems-menu-tip"));
            all_button(ui, session, at, problem, state, intents);
            for (number, fix) in problem.fixes.iter().enumerate() {
                if fix_button(ui, &fix.label, Wish::One(at, number), state) {
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
            let response = response.on_hover_text(tip);
            if response.clicked() {
                state.current = Some(at);
                intents.push(Intent::Reveal(culprit(problem)));
            }
            response.context_menu(|ui| rule_menu(ui, problem, state, intents));
        });
    });
}

/// A button that changes the drawing. While it is looked at, the canvas shows what it would do, and so
/// does the tip in words.
fn fix_button(ui: &mut Ui, label: &str, wish: Wish, state: &mut ProblemsState) -> bool {
    let text = RichText::new(label).color(theme::of(ui).accent);
    let button = ui.add(Button::new(text).small());
    if button.contains_pointer() || button.has_focus() {
        state.wish = Some(wish);
    }
    // The preview is made when the list is done, so that the tip has it from the second frame on.
    let button = button.on_hover_ui(|ui| {
        ui.label(t!("panel-problems-fix"));
        let lines = state.preview.iter().flat_map(Preview::lines);
        lines.take(MOST_LINES).for_each(|line| {
            widgets::faint(ui, line);
        });
    });
    button.clicked()
}

/// The button that mends every finding of a rule, beside the first of several.
fn all_button(
    ui: &mut Ui,
    session: &Session,
    at: usize,
    problem: &Problem,
    state: &mut ProblemsState,
    intents: &mut Vec<Intent>,
) {
    let same = |it: &&Problem| it.code == problem.code && !it.fixes.is_empty();
    let is_first = !session.problems().iter().take(at).any(|it| same(&it));
    let count = session.problems().iter().filter(same).count();
    if problem.fixes.is_empty() || !is_first || count < 2 {
        return;
    }
    let label = t!("panel-problems-fix-all", code = problem.code, count = count);
    if fix_button(ui, &label, Wish::All(at), state)
        && let Some(fix) = fix::all_of(session.document(), problem.code)
    {
        intents.push(Intent::Edit(fix.command));
    }
}

/// What can be said about a finding: that it is meant to be so, and how grave its rule is here.
fn rule_menu(ui: &mut Ui, problem: &Problem, state: &mut ProblemsState, intents: &mut Vec<Intent>) {
    if let Some(subject) = problem.subjects.first()
        && ui.button(t!("panel-problems-suppress-menu")).clicked()
    {
        let of = Suppressed { code: problem.code.to_owned(), resource: subject.id.clone() };
        state.asking = Some(Asking { of, reason: String::new(), focus: true });
        ui.close();
    }
    ui.separator();
    for level in RuleLevel::ALL {
        let text = match level {
            RuleLevel::Off => t!("panel-problems-level-off", code = problem.code),
            _ => t!("panel-problems-level", code = problem.code, level = level.as_str()),
        };
        if ui.button(text).clicked() {
            let (code, level) = (problem.code.to_owned(), Some(level));
            intents.push(Intent::Edit(Command::SetSeverity { code, level }));
            ui.close();
        }
    }
}

fn suppressed_row(ui: &mut Ui, problem: &Problem, reason: &str, intents: &mut Vec<Intent>) {
    let tokens = theme::of(ui);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if ui.add(Button::new(t!("panel-problems-unsuppress")).small()).clicked()
            && let Some(subject) = problem.subjects.first()
        {
            let of = Suppressed { code: problem.code.to_owned(), resource: subject.id.clone() };
            intents.push(Intent::Edit(Command::Suppress { of, reason: None }));
        }
        let name = t!("panel-problems-meant", message = &problem.message, reason = reason);
        let response = widgets::row(ui, false, &name, |ui| {
            widgets::row_text(ui, &name, tokens.faint);
            widgets::row_text(ui, problem.code, tokens.faint);
        });
        if response.on_hover_text(&name).clicked() {
            intents.push(Intent::Reveal(culprit(problem)));
        }
    });
}

fn level_row(ui: &mut Ui, code: &str, level: RuleLevel, intents: &mut Vec<Intent>) {
    let tokens = theme::of(ui);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if ui.add(Button::new(t!("panel-problems-level-own")).small()).clicked() {
            intents.push(Intent::Edit(Command::SetSeverity { code: code.to_owned(), level: None }));
        }
        let name = match level {
            RuleLevel::Off => t!("panel-problems-level-off", code = code),
            _ => t!("panel-problems-level", code = code, level = level.as_str()),
        };
        widgets::row(ui, false, &name, |ui| widgets::row_text(ui, &name, tokens.faint));
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
