//! What an import did, for people and for scripts.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use serde::Serialize;

use crate::{t, words};

/// Something that was left out, cut or not understood.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Note {
    /// The file and the path in it, or the id.
    pub place: String,
    /// Why.
    pub why: String,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// How many resources of each kind there are.
    pub imported: BTreeMap<String, usize>,
    /// What is in the files and not in the document.
    pub left_out: Vec<Note>,
    /// What was not understood.
    pub not_understood: Vec<Note>,
    /// References that lead out of the files.
    pub dangling: Vec<Note>,
    /// What the files do not say and the document needs.
    pub assumed: Vec<Note>,
    /// The arrays that were found, by name, with the number of their entries.
    pub arrays: BTreeMap<String, usize>,
}

/// So many lines of each part are shown to people; scripts get all.
const SHOWN: usize = 40;

impl Report {
    /// The names of the arrays that were found, in one line.
    pub(super) fn arrays_seen(&self) -> String {
        let names: Vec<&str> = self.arrays.keys().map(String::as_str).take(SHOWN).collect();
        if names.is_empty() { t!("import-no-arrays") } else { names.join(", ") }
    }

    pub(super) fn left_out(&mut self, place: impl Into<String>, why: String) {
        self.left_out.push(Note { place: place.into(), why });
    }

    pub(super) fn assume(&mut self, place: impl Into<String>, why: String) {
        self.assumed.push(Note { place: place.into(), why });
    }

    pub(super) fn dangle(&mut self, place: impl Into<String>, why: String) {
        self.dangling.push(Note { place: place.into(), why });
    }

    /// Each note once, in order.
    pub(super) fn tidy(&mut self) {
        for notes in [&mut self.left_out, &mut self.not_understood, &mut self.dangling, &mut self.assumed] {
            let once: BTreeSet<Note> = std::mem::take(notes).into_iter().collect();
            notes.extend(once);
        }
    }

    /// The report for people.
    pub fn text(&self) -> String {
        let mut out = String::new();
        writeln!(out, "{}", t!("import-imported", count = self.imported.values().sum::<usize>())).ok();
        for (kind, count) in &self.imported {
            let name = words::text(&format!("kind-{kind}"), &[]);
            writeln!(out, "  {count:>6}  {name}").ok();
        }
        let parts = [
            (&self.left_out, t!("import-left-out", count = self.left_out.len())),
            (&self.not_understood, t!("import-not-understood", count = self.not_understood.len())),
            (&self.dangling, t!("import-dangling", count = self.dangling.len())),
            (&self.assumed, t!("import-assumed", count = self.assumed.len())),
        ];
        for (notes, title) in parts {
            if notes.is_empty() {
                continue;
            }
            writeln!(out, "{title}").ok();
            for note in notes.iter().take(SHOWN) {
                writeln!(out, "  {}: {}", note.place, note.why).ok();
            }
            if notes.len() > SHOWN {
                writeln!(out, "  {}", t!("import-more", count = notes.len() - SHOWN)).ok();
            }
        }
        out
    }

    /// The report for scripts: `vpcscape-import/1`.
    pub fn json(&self) -> String {
        let value = serde_json::json!({ "format": "vpcscape-import/1", "report": self });
        format!("{value:#}\n")
    }
}
