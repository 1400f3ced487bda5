//! Undo and redo, with the selection of each moment.

use crate::model::{ResourceId, Transaction};

/// A step that was taken, and what was selected before and after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// The step.
    pub transaction: Transaction,
    /// What was selected before it.
    pub selected_before: Vec<ResourceId>,
    /// What was selected after it.
    pub selected_after: Vec<ResourceId>,
}

/// The steps of one document since it was opened.
#[derive(Debug, Clone, Default)]
pub struct History {
    revisions: Vec<Revision>,
    at: usize,
    saved_at: Option<usize>,
}

impl History {
    /// A history whose present state is what the file holds.
    pub fn saved() -> Self {
        Self {
            revisions: Vec::new(),
            at: 0,
            saved_at: Some(0),
        }
    }

    /// Notes a step that was just applied; steps that were undone are forgotten.
    pub fn push(&mut self, revision: Revision) {
        self.revisions.truncate(self.at);
        if self.saved_at.is_some_and(|saved| saved > self.at) {
            self.saved_at = None;
        }
        self.revisions.push(revision);
        self.at += 1;
    }

    /// The step that Undo would take back.
    pub fn undo_step(&self) -> Option<&Revision> {
        self.at.checked_sub(1).and_then(|at| self.revisions.get(at))
    }

    /// The step that Redo would take again.
    pub fn redo_step(&self) -> Option<&Revision> {
        self.revisions.get(self.at)
    }

    /// Moves back by one step; the caller applies the inverse of what [`Self::undo_step`] gave.
    pub fn step_back(&mut self) {
        self.at = self.at.saturating_sub(1);
    }

    /// Moves forward by one step; the caller applies what [`Self::redo_step`] gave.
    pub fn step_forward(&mut self) {
        self.at = (self.at + 1).min(self.revisions.len());
    }

    /// Notes that the present state is what the file holds.
    pub fn mark_saved(&mut self) {
        self.saved_at = Some(self.at);
    }

    /// Whether the present state differs from the file.
    pub fn is_dirty(&self) -> bool {
        self.saved_at != Some(self.at)
    }

    /// The number of steps that can be undone.
    pub fn depth(&self) -> usize {
        self.at
    }
}
