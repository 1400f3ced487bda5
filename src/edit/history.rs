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

/// Names one state of the document within its history. A state that was undone and then overwritten
/// by another step never comes back under its old name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StateId(u64);

/// The steps of one document since it was opened.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Each step with the state that it led to.
    revisions: Vec<(Revision, StateId)>,
    at: usize,
    newest: u64,
    saved: Option<StateId>,
}

impl History {
    /// A history whose present state is what the file holds.
    pub fn saved() -> Self {
        Self { saved: Some(StateId::default()), ..Self::default() }
    }

    /// Notes a step that was just applied; steps that were undone are forgotten.
    pub fn push(&mut self, revision: Revision) {
        self.revisions.truncate(self.at);
        self.newest += 1;
        self.revisions.push((revision, StateId(self.newest)));
        self.at += 1;
    }

    /// The step that Undo would take back.
    pub fn undo_step(&self) -> Option<&Revision> {
        let at = self.at.checked_sub(1)?;
        self.revisions.get(at).map(|(revision, _)| revision)
    }

    /// The step that Redo would take again.
    pub fn redo_step(&self) -> Option<&Revision> {
        self.revisions.get(self.at).map(|(revision, _)| revision)
    }

    /// Moves back by one step; the caller applies the inverse of what [`Self::undo_step`] gave.
    pub fn step_back(&mut self) {
        self.at = self.at.saturating_sub(1);
    }

    /// Moves forward by one step; the caller applies what [`Self::redo_step`] gave.
    pub fn step_forward(&mut self) {
        self.at = (self.at + 1).min(self.revisions.len());
    }

    /// The present state.
    pub fn state(&self) -> StateId {
        let before = self.at.checked_sub(1).and_then(|at| self.revisions.get(at));
        before.map_or(StateId::default(), |(_, state)| *state)
    }

    /// Notes that the file holds this state, which need not be the present one: a write takes time.
    pub fn mark_saved(&mut self, state: StateId) {
        self.saved = Some(state);
    }

    /// Whether the present state differs from the file.
    pub fn is_dirty(&self) -> bool {
        self.saved != Some(self.state())
    }

    /// The number of steps that can be undone.
    pub fn depth(&self) -> usize {
        self.at
    }
}
