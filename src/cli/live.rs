//! The progress of a run at the foot of the terminal, below the lines of its log.
//!
//! It is written on the standard error output, so that what is piped elsewhere stays whole. The cursor is
//! never hidden: however the program ends, nothing has to be put back.

use std::time::{Duration, Instant};

use anstyle::{AnsiColor, Style};
use console::{Term, measure_text_width};

use super::progress::{Tone, lines};
use crate::{
    deploy::{Plan, Progress},
    session::{DeployPhase, DeployView, PlanReport},
};

/// So often it is drawn anew while nothing is heard: the seconds go on.
pub(super) const TICK: Duration = Duration::from_millis(500);
/// It is not drawn more often for what changes in it.
const SHORTEST: Duration = Duration::from_millis(80);

/// What stands at the foot of the terminal.
#[derive(Debug)]
pub(super) struct Live {
    term: Term,
    view: DeployView,
    /// The row of each action of the plan.
    places: Vec<Option<usize>>,
    /// The widths of the lines that stand there.
    drawn: Vec<usize>,
    drawn_at: Option<Instant>,
    /// When something was heard last, by the run's clock and by ours.
    heard: (u64, Instant),
}

impl Live {
    /// For a run of this plan, if there is a terminal that can be written on anywhere and nobody has asked
    /// for plain lines (`NO_COLOR`).
    pub fn on_terminal(plan: &Plan) -> Option<Self> {
        let term = Term::buffered_stderr();
        if !term.features().colors_supported() {
            return None;
        }
        let PlanReport { rows, expected_secs, .. } = PlanReport::of(plan);
        let view = DeployView { phase: DeployPhase::Running, rows, expected_secs, ..DeployView::default() };
        let places = PlanReport::places(plan);
        let heard = (0, Instant::now());
        Some(Self { term, view, places, drawn: Vec::new(), drawn_at: None, heard })
    }

    /// Takes in what happened.
    pub fn hear(&mut self, at_ms: u64, progress: &Progress) {
        self.heard = (at_ms, Instant::now());
        if let Progress::Row { action, state, detail } = progress {
            if let Some(row) = self.places.get(*action).copied().flatten() {
                self.view.change(row, (*state).into(), detail.clone(), at_ms / 1_000);
            }
            if self.drawn_at.is_none_or(|at| at.elapsed() >= SHORTEST) {
                self.draw();
            }
        }
    }

    /// The run is stopping.
    pub fn stopping(&mut self) {
        self.view.phase = DeployPhase::Cancelling;
    }

    /// Draws it as it is now.
    pub fn draw(&mut self) {
        let (heard_ms, at) = self.heard;
        let since = u64::try_from(at.elapsed().as_millis()).unwrap_or_default();
        self.view.now_secs = self.view.now_secs.max((heard_ms + since) / 1_000);
        self.wipe();
        let (height, width) = self.term.size();
        for line in lines(&self.view, height.into(), width.into()) {
            let style = style(line.tone);
            self.drawn.push(measure_text_width(&line.text));
            // Nobody is left to be told that the terminal is gone.
            self.term.write_line(&format!("{style}{}{style:#}", line.text)).ok();
        }
        self.term.flush().ok();
        self.drawn_at = Some(Instant::now());
    }

    /// Takes it away, has something written in its place, and draws it below.
    pub fn above(&mut self, write: impl FnOnce()) {
        self.wipe();
        self.term.flush().ok();
        write();
        self.draw();
    }

    /// Takes it away for good.
    pub fn end(&mut self) {
        self.wipe();
        self.term.flush().ok();
    }

    /// A terminal that has become narrower shows some lines as several.
    fn wipe(&mut self) {
        let width = usize::from(self.term.size().1).max(1);
        let rows = self.drawn.drain(..).map(|drawn| drawn.div_ceil(width).max(1)).sum();
        self.term.clear_last_lines(rows).ok();
    }
}

fn style(tone: Tone) -> Style {
    match tone {
        Tone::Headline => AnsiColor::Cyan.on_default(),
        Tone::Critical => Style::new().bold(),
        Tone::Plain => Style::new(),
        Tone::Failed => AnsiColor::Red.on_default(),
    }
}
