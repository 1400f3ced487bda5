//! What was changed behind the drawing's back: looked for, accepted into the drawing, set back.

use std::sync::Arc;

use super::{Effect, NoticeLevel, Session, deploying::Asked};
use crate::{
    deploy::{
        Drift,
        drift::{Change, Sight, accept_all},
    },
    edit::Command,
    t,
};

/// What the list of drift shows.
#[derive(Debug, Clone, Default)]
pub struct DriftView {
    /// Whether the account is being looked at.
    pub is_looking: bool,
    /// What differs from the drawing; nothing is known before a look.
    pub found: Vec<Drift>,
    /// What the account was seen to have.
    sight: Option<Arc<Sight>>,
    /// The number of the look that was asked for last.
    ticket: u64,
}

impl DriftView {
    /// Whether the account was looked at.
    pub fn is_known(&self) -> bool {
        self.sight.is_some()
    }
}

impl Session {
    pub(super) fn look_for_drift(&mut self) -> Vec<Effect> {
        if self.is_running() {
            self.notify(NoticeLevel::Warning, t!("session-run-under-way"));
            return Vec::new();
        }
        self.forget_drift();
        self.drift.is_looking = true;
        vec![Effect::LookForDrift {
            target: self.target.clone(),
            document: self.snapshot(),
            path: self.file.path.clone(),
            ticket: self.drift.ticket,
        }]
    }

    /// What was seen is no longer so, or not wanted; a look that is under way will not be shown.
    pub(super) fn forget_drift(&mut self) {
        self.drift = DriftView { ticket: self.drift.ticket + 1, ..DriftView::default() };
    }

    pub(super) fn drift_found(&mut self, ticket: u64, result: Result<Arc<Sight>, String>) {
        if ticket != self.drift.ticket {
            return;
        }
        self.drift.is_looking = false;
        match result {
            Ok(sight) => {
                self.drift.sight = Some(sight);
                self.compare_drift();
            }
            Err(sentence) => self.notify(NoticeLevel::Error, sentence),
        }
    }

    /// Compares what was seen with the drawing as it is now.
    pub(super) fn compare_drift(&mut self) {
        if let Some(sight) = &self.drift.sight {
            self.drift.found = sight.drift(&self.document);
        }
    }

    /// One edit, however many are accepted.
    pub(super) fn accept_drift(&mut self, live: &[String]) {
        let Some(sight) = self.drift.sight.clone() else { return };
        self.compare_drift();
        let chosen = self.drift.found.iter().filter(|it| live.contains(&it.live)).cloned().collect();
        let mut done = accept_all(&sight, &self.document, chosen);
        for (_, why) in done.refused {
            self.notify(NoticeLevel::Warning, why);
        }
        match (done.commands.len(), done.commands.pop()) {
            (1, Some(command)) => self.edit(&command),
            (count, Some(last)) => {
                done.commands.push(last);
                let label = t!("deploy-accept-label-many", count = count);
                self.edit(&Command::Batch { label, commands: done.commands });
            }
            (_, None) => {}
        }
        for note in done.besides {
            self.notify(NoticeLevel::Info, note);
        }
        self.compare_drift();
    }

    /// Plans what sets one thing back; others' things are never removed.
    pub(super) fn restore_drift(&mut self, live: &str) -> Vec<Effect> {
        let item = self.drift.found.iter().find(|it| it.live == live).cloned();
        match item {
            Some(item) if item.change == Change::Added => {
                self.notify(NoticeLevel::Warning, t!("deploy-restore-added", id = item.live));
                Vec::new()
            }
            Some(item) => self.plan_for(Asked { restore: vec![item], ..Asked::default() }),
            None => Vec::new(),
        }
    }
}
