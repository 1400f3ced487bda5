//! Changing the document, and what is selected in it.

use std::sync::Arc;

use super::{Notice, NoticeLevel, Session};
use crate::{
    edit::{self, Clip, Command, history::Revision},
    model::{Container, Op, ResourceId, Transaction},
    reach, t,
};

/// So many notices are kept.
const NOTICES: usize = 300;

impl Session {
    /// Plans and applies a command, or says why not. Everything that follows from a change of the
    /// document happens here and in [`Self::commit`].
    pub(super) fn edit(&mut self, command: &Command) {
        let planned = match edit::plan(&self.document, &self.index, command) {
            Ok(planned) => planned,
            Err(refusal) => return self.notify(NoticeLevel::Warning, refusal.message),
        };
        for note in planned.notes {
            self.notify(NoticeLevel::Info, note);
        }
        let selected_before = self.selection.clone();
        if !planned.transaction.is_empty() && !self.commit(&planned.transaction) {
            return;
        }
        if let Some(ids) = planned.select {
            self.selection = ids;
        }
        self.keep_existing_selected();
        if planned.transaction.is_empty() {
            return;
        }
        self.history.push(Revision {
            transaction: planned.transaction,
            selected_before,
            selected_after: self.selection.clone(),
        });
    }

    pub(super) fn undo(&mut self) {
        let Some(step) = self.history.undo_step() else {
            return;
        };
        let (inverse, selection) = (step.transaction.invert(), step.selected_before.clone());
        if self.commit(&inverse) {
            self.history.step_back();
            self.selection = selection;
        }
    }

    pub(super) fn redo(&mut self) {
        let Some(step) = self.history.redo_step() else {
            return;
        };
        let (transaction, selection) = (step.transaction.clone(), step.selected_after.clone());
        if self.commit(&transaction) {
            self.history.step_forward();
            self.selection = selection;
        }
    }

    /// Applies a transaction and brings everything derived from the document up to date. Only a
    /// change of the network, or of a statement about it, costs new look-ups and findings.
    fn commit(&mut self, transaction: &Transaction) -> bool {
        if Arc::make_mut(&mut self.document).apply(transaction).is_err() {
            self.notify(NoticeLevel::Error, t!("edit-stale"));
            return false;
        }
        let network = transaction.touches_network();
        let mut changes = Vec::new();
        if network {
            changes = Arc::make_mut(&mut self.index).refresh(&self.document.topology);
        }
        if network || transaction.touches_review() {
            self.review = Arc::new(self.live.follow(&self.document, &self.index, &changes));
        }
        if network || transaction.ops.iter().any(|op| matches!(op, Op::PutCheck { .. })) {
            self.checks = Arc::new(reach::run_checks(&self.document, &self.index));
        }
        let plan_was_fresh = !self.is_plan_stale();
        self.revision += 1;
        if plan_was_fresh && !network {
            self.deploy.revision = self.revision;
        }
        true
    }

    pub(super) fn apply_fix(&mut self, problem: usize, fix: usize) {
        let fix = self.review.problems.get(problem).and_then(|problem| problem.fixes.get(fix));
        match fix.map(|fix| fix.command.clone()) {
            Some(command) => self.edit(&command),
            None => self.notify(NoticeLevel::Warning, t!("session-fix-gone")),
        }
    }

    pub(super) fn select(&mut self, ids: Vec<ResourceId>) {
        self.selection.clear();
        for id in ids {
            if !self.selection.contains(&id) {
                self.selection.push(id);
            }
        }
        self.keep_existing_selected();
    }

    pub(super) fn toggle_select(&mut self, id: ResourceId) {
        match self.selection.iter().position(|selected| *selected == id) {
            Some(at) => {
                self.selection.remove(at);
            }
            None => self.selection.push(id),
        }
        self.keep_existing_selected();
    }

    pub(super) fn select_all(&mut self) {
        self.selection = self.document.topology.resources.keys().cloned().collect();
    }

    pub(super) fn reveal(&mut self, ids: Vec<ResourceId>) {
        self.select(ids);
        self.request_frame(self.selection.clone());
    }

    /// Asks the window to bring resources into view; none stands for the whole drawing.
    pub(super) fn request_frame(&mut self, ids: Vec<ResourceId>) {
        let number = self.frame_request.as_ref().map_or(0, |(number, _)| *number);
        self.frame_request = Some((number + 1, ids));
    }

    fn keep_existing_selected(&mut self) {
        let topology = &self.document.topology;
        self.selection.retain(|id| topology.get(id).is_some());
    }

    pub(super) fn delete_selection(&mut self) {
        if !self.selection.is_empty() {
            let ids = self.selection.clone();
            self.edit(&Command::Delete { ids });
        }
    }

    pub(super) fn copy(&mut self) {
        if !self.selection.is_empty() {
            self.clip = Some(Clip::of(&self.document, &self.index, &self.selection));
        }
    }

    pub(super) fn cut(&mut self) {
        self.copy();
        self.delete_selection();
    }

    pub(super) fn paste(&mut self, into: Option<Container>) {
        match self.clip.clone().filter(|clip| !clip.is_empty()) {
            Some(clip) => self.edit(&Command::Paste { clip, into, at: None }),
            None => self.notify(NoticeLevel::Warning, t!("session-nothing-copied")),
        }
    }

    pub(super) fn duplicate(&mut self) {
        if !self.selection.is_empty() {
            let ids = self.selection.clone();
            self.edit(&Command::Duplicate { ids });
        }
    }

    /// Says something to the user.
    pub(super) fn notify(&mut self, level: NoticeLevel, text: String) {
        self.notice_number += 1;
        let number = self.notice_number;
        self.notices.push(Notice { number, level, text });
        let surplus = self.notices.len().saturating_sub(NOTICES);
        self.notices.drain(..surplus);
    }
}
