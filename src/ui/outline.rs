//! The drawing as a tree of real widgets: the way for the keyboard and for screen readers.

pub mod tree;

#[cfg(test)]
mod tests;

use eframe::egui::{EventFilter, Id, Key, Modifiers, ScrollArea, TextEdit, Ui};

use self::tree::{Branch, rows};
use super::{theme, widgets};
use crate::{
    model::ResourceId,
    session::{Intent, Session},
    t,
};

/// What was searched for, which branches are closed, and the rows of the present revision.
#[derive(Debug, Default)]
pub struct OutlineState {
    query: String,
    closed: Vec<String>,
    focus_search: bool,
    made_for: Option<(u64, String)>,
    rows: Vec<Branch>,
    /// The selection that was last brought into sight.
    followed: Vec<ResourceId>,
    /// How far it was scrolled and how much of it was seen in the last frame, in points.
    sight: (f32, f32),
}

impl OutlineState {
    /// The search field gets the keyboard at the next frame.
    pub fn focus_search(&mut self) {
        self.focus_search = true;
    }

    /// Opens a closed branch, closes an open one.
    fn turn(&mut self, row: &Branch) {
        if row.open {
            self.closed.push(row.key.clone());
        } else {
            self.closed.retain(|key| *key != row.key);
        }
        self.made_for = None;
    }

    /// Rebuilds the rows where the document, the search or the open branches changed.
    fn refresh(&mut self, session: &Session) {
        let key = (session.revision(), self.query.clone());
        if self.made_for.as_ref() != Some(&key) {
            self.rows = rows(session.document(), &self.query, &self.closed);
            self.made_for = Some(key);
        }
    }
}

/// Draws the search field and the tree.
pub fn show(ui: &mut Ui, session: &Session, state: &mut OutlineState, intents: &mut Vec<Intent>) {
    widgets::title(ui, t!("panel-outline-title"));
    search(ui, state);
    state.refresh(session);
    let goal = keys(ui, session, state, intents).or_else(|| state.newly_selected(session));
    let step = ui.spacing().interact_size.y + ui.spacing().item_spacing.y;
    let mut area = ScrollArea::vertical().id_salt("outline").auto_shrink(false).min_scrolled_height(24.0);
    if let Some(at) = goal
        && !state.in_sight(at, step)
    {
        area = area.vertical_scroll_offset((at as f32 * step - state.sight.1 / 2.0).max(0.0));
    }
    let shown = std::mem::take(&mut state.rows);
    let output = area.show_rows(ui, ui.spacing().interact_size.y, shown.len(), |ui, range| {
        for row in shown.get(range).unwrap_or_default() {
            ui.push_id(&row.key, |ui| branch(ui, session, row, state, intents));
        }
    });
    state.sight = (output.state.offset.y, output.inner_rect.height());
    if state.made_for.is_some() {
        state.rows = shown;
    }
}

impl OutlineState {
    /// Whether a row was visible in the last frame, so that following the selection does not jump.
    fn in_sight(&self, at: usize, step: f32) -> bool {
        let (offset, room) = self.sight;
        let top = at as f32 * step;
        top >= offset && top + step <= offset + room
    }

    /// The first selected row, when the selection is another one than before.
    fn newly_selected(&mut self, session: &Session) -> Option<usize> {
        if self.followed == session.selection() {
            return None;
        }
        self.followed = session.selection().to_vec();
        self.rows.iter().position(|row| row.id.as_ref().is_some_and(|id| session.is_selected(id)))
    }
}

fn search(ui: &mut Ui, state: &mut OutlineState) {
    let edit = TextEdit::singleline(&mut state.query)
        .hint_text(t!("panel-outline-search-hint"))
        .desired_width(f32::INFINITY);
    let response = ui.add(edit);
    widgets::name_it(&response, &t!("panel-outline-search"));
    if std::mem::take(&mut state.focus_search) {
        response.request_focus();
    }
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
        state.query.clear();
    }
}

/// Up and down go through the rows while one of them has the keyboard, left and right close and open
/// it. Returns the row that has the keyboard now, when it is another one.
fn keys(ui: &Ui, session: &Session, state: &mut OutlineState, intents: &mut Vec<Intent>) -> Option<usize> {
    let at = state.rows.iter().position(|row| ui.memory(|memory| memory.has_focus(row_id(row))))?;
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let row = state.rows.get(at)?.clone();
    if (row.open && row.children > 0 && pressed(Key::ArrowLeft)) || (!row.open && pressed(Key::ArrowRight)) {
        state.turn(&row);
        state.refresh(session);
        return None;
    }
    let next = match (pressed(Key::ArrowUp), pressed(Key::ArrowDown)) {
        (true, false) => at.checked_sub(1)?,
        (false, true) => at + 1,
        _ => return None,
    };
    let row = state.rows.get(next)?;
    ui.memory_mut(|memory| memory.request_focus(row_id(row)));
    if let Some(id) = &row.id {
        intents.push(Intent::Select(vec![id.clone()]));
    }
    Some(next)
}

fn row_id(row: &Branch) -> Id {
    Id::new(("outline row", &row.key))
}

fn branch(ui: &mut Ui, session: &Session, row: &Branch, state: &mut OutlineState, intents: &mut Vec<Intent>) {
    let selected = row.id.as_ref().is_some_and(|id| session.is_selected(id));
    ui.horizontal(|ui| {
        ui.add_space(f32::from(row.depth) * 14.0);
        if row.children == 0 {
            ui.add_space(18.0);
        } else {
            fold(ui, row, state);
        }
        let tokens = theme::of(ui);
        let response = widgets::row_with_id(ui, row_id(row), selected, &row.name, |ui| {
            widgets::row_text(ui, &row.title, tokens.text);
            widgets::row_text(ui, &row.detail, tokens.faint);
        });
        if response.has_focus() {
            // Otherwise egui itself would move the keyboard to whatever stands next.
            let filter =
                EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        }
        let response = response.on_hover_text(&row.name);
        if let (true, Some(id)) = (response.clicked(), &row.id) {
            let add = ui.input(|input| input.modifiers.command || input.modifiers.shift);
            intents.push(if add {
                Intent::ToggleSelect(id.clone())
            } else {
                Intent::Select(vec![id.clone()])
            });
        }
        if let (true, Some(id)) = (response.double_clicked(), &row.id) {
            intents.push(Intent::Reveal(vec![id.clone()]));
        }
    });
}

fn fold(ui: &mut Ui, row: &Branch, state: &mut OutlineState) {
    let name = if row.open {
        t!("panel-outline-close", what = &row.title)
    } else {
        t!("panel-outline-open", what = &row.title)
    };
    if widgets::fold(ui, row.open, &name).clicked() {
        state.turn(row);
    }
}
