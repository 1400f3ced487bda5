//! What would open a blocked flow: sets of edits, each with a button. While the pointer or the keyboard
//! is on one, the canvas shows the way that the packet would take then.

use eframe::egui::{Label, RichText, Ui};

use super::Trail;
use crate::{
    reach::{Flow, Trace, Verdict},
    rules::openings::{Opening, openings},
    session::{Intent, Session},
    t,
    ui::{theme, widgets},
};

/// On larger drawings the search takes too long for every frame in which something changed; there it is
/// asked for.
const MOST_AT_ONCE: usize = 1500;

/// The openings of one answer.
#[derive(Debug, Default)]
pub(super) struct Openings {
    /// `None` while nobody has looked for them.
    found: Option<Vec<(Opening, Trail)>>,
    /// The one that is looked at.
    shown: Option<usize>,
}

impl Openings {
    /// Those of a walk; of one over a large drawing only when asked.
    pub fn of(session: &Session, flow: &Flow, trace: &Trace) -> Self {
        let mut all = Self::default();
        let small = session.document().topology.resources.len() <= MOST_AT_ONCE;
        if small && trace.verdict() == Verdict::Blocked {
            all.find(session, flow);
        }
        all
    }

    fn find(&mut self, session: &Session, flow: &Flow) {
        let found = openings(session.document(), session.index(), flow);
        let with_trail = found.into_iter().map(|it| {
            let trail = Trail::of(&it.trace);
            (it, trail)
        });
        self.found = Some(with_trail.collect());
    }

    /// The way that the opening which is looked at would make.
    pub fn preview(&self) -> Option<&Trail> {
        self.found.as_ref()?.get(self.shown?).map(|it| &it.1)
    }

    /// Draws them.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, flow: &Flow, intents: &mut Vec<Intent>) {
        widgets::title(ui, t!("panel-trace-openings"));
        self.shown = None;
        let Some(found) = &self.found else {
            if ui.button(t!("panel-trace-openings-find")).clicked() {
                self.find(session, flow);
            }
            return;
        };
        if found.is_empty() {
            widgets::faint(ui, t!("panel-trace-openings-none"));
        }
        for (at, (opening, _)) in found.iter().enumerate() {
            if at > 0 {
                widgets::faint(ui, t!("panel-trace-openings-or"));
            }
            if ui.push_id(("opening", at), |ui| one(ui, opening, intents)).inner {
                self.shown = Some(at);
            }
        }
    }
}

/// One set of edits and its button; whether it is looked at.
fn one(ui: &mut Ui, opening: &Opening, intents: &mut Vec<Intent>) -> bool {
    let color = theme::of(ui).text;
    let inner = ui.vertical(|ui| {
        for edit in &opening.edits {
            ui.add(Label::new(RichText::new(&edit.label).small().color(color)).wrap());
        }
        let button = ui.small_button(t!("panel-trace-opening"));
        widgets::name_it(&button, &t!("panel-trace-opening-name", label = opening.label()));
        let button = button.on_hover_text(t!("panel-trace-opening-tip"));
        if button.clicked() {
            intents.push(Intent::Edit(opening.fix().command));
        }
        button.has_focus()
    });
    inner.inner || inner.response.contains_pointer()
}
