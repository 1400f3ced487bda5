//! Text fields that change nothing until they are left.
//!
//! While a text is being typed it lives here with its parse error below the field. Enter or leaving
//! the field commits one intent, Escape drops the text, and so does a change of the value under it
//! (undo, a fix, another field).

use std::collections::BTreeMap;

use eframe::egui::{self, Key, TextEdit, TextStyle, Ui};

use crate::{
    session::{Intent, Session},
    ui::widgets,
};

#[derive(Debug)]
struct Draft {
    text: String,
    /// The value that the field showed when typing began.
    base: String,
    /// What leaving the field would ask for, and the revision of the document that it was made for.
    pending: Option<(Intent, u64)>,
    /// Whether the field was on the screen in this frame.
    seen: bool,
}

/// The texts that are being typed, by field.
#[derive(Debug, Default)]
pub struct Drafts {
    drafts: BTreeMap<String, Draft>,
    /// The field that gets the keyboard at the next frame.
    focus: Option<String>,
}

/// A text field.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// What it belongs to; the same text as long as the field exists.
    pub key: &'a str,
    /// What it is called.
    pub label: &'a str,
    /// Whether the label is drawn above it; else only screen readers get it.
    pub label_shown: bool,
    /// The value in the document.
    pub value: &'a str,
    /// What stands in it while it is empty.
    pub hint: &'a str,
    /// How many lines it shows; where there are several, Enter makes a new one and Tab leaves the field.
    pub rows: usize,
}

impl<'a> Line<'a> {
    /// A field of one line with its label above.
    pub fn new(key: &'a str, label: &'a str, value: &'a str) -> Self {
        Self { key, label, label_shown: true, value, hint: "", rows: 1 }
    }

    /// The same without a visible label.
    #[must_use]
    pub fn bare(mut self) -> Self {
        self.label_shown = false;
        self
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// The same with several lines.
    #[must_use]
    pub fn rows(mut self, rows: usize) -> Self {
        self.rows = rows;
        self
    }
}

impl Drafts {
    /// The field with this key gets the keyboard at the next frame.
    pub fn focus(&mut self, key: String) {
        self.focus = Some(key);
    }

    /// Draws a field. `make` turns a text into what to ask for, or into one sentence that says why the
    /// text does not do; the answer is what to ask for now.
    pub fn edit(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        line: Line<'_>,
        make: impl Fn(&str) -> Result<Intent, String>,
    ) -> Option<Intent> {
        self.drop_stale(&line);
        let mut text =
            self.drafts.get(line.key).map_or_else(|| line.value.to_owned(), |draft| draft.text.clone());
        let response = draw(ui, line, &mut text);
        if self.focus.as_deref() == Some(line.key) {
            response.request_focus();
            self.focus = None;
        }
        if response.changed() {
            let base = line.value.to_owned();
            let draft = Draft { text: text.clone(), base, pending: None, seen: true };
            self.drafts.insert(line.key.to_owned(), draft);
        }
        let draft = self.drafts.get_mut(line.key)?;
        draft.seen = true;
        let made = make(&text);
        if let Err(error) = &made {
            widgets::error(ui, error);
        }
        if !response.lost_focus() {
            draft.pending =
                made.ok().filter(|_| text != line.value).map(|intent| (intent, session.revision()));
            return None;
        }
        let escape = ui.input(|input| input.key_pressed(Key::Escape));
        if escape || text == line.value {
            self.drafts.remove(line.key);
            return None;
        }
        draft.pending = None;
        let intent = made.ok()?;
        self.drafts.remove(line.key);
        Some(intent)
    }

    fn drop_stale(&mut self, line: &Line<'_>) {
        if self.drafts.get(line.key).is_some_and(|draft| draft.base != line.value) {
            self.drafts.remove(line.key);
        }
    }

    /// Called at the end of a frame: a field that went away while it was being typed in (the selection
    /// moved on) is committed as if it had been left, unless the document changed meanwhile.
    pub fn sweep(&mut self, session: &Session, intents: &mut Vec<Intent>) {
        self.drafts.retain(|_, draft| {
            if std::mem::take(&mut draft.seen) {
                return true;
            }
            if let Some((intent, revision)) = draft.pending.take()
                && revision == session.revision()
            {
                intents.push(intent);
            }
            false
        });
    }
}

fn draw(ui: &mut Ui, line: Line<'_>, text: &mut String) -> egui::Response {
    let label = line.label_shown.then(|| ui.label(line.label));
    let edit = if line.rows > 1 {
        TextEdit::multiline(text).desired_rows(line.rows).font(TextStyle::Monospace)
    } else {
        TextEdit::singleline(text)
    };
    let edit = edit.hint_text(line.hint).desired_width(f32::INFINITY).id_salt(line.key);
    let response = ui.add(edit);
    if let Some(label) = label {
        return response.labelled_by(label.id);
    }
    widgets::name_it(&response, line.label);
    response
}
