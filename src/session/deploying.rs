//! Plan, apply, destroy: what the session knows of them.

use super::{ActionRow, AfterSave, DeployPhase, DeployView, Effect, NoticeLevel, RowStatus, Session, Target};
use crate::t;

impl Session {
    pub(super) fn set_target(&mut self, target: Target) {
        if self.is_running() {
            return self.notify(NoticeLevel::Warning, t!("session-run-under-way"));
        }
        if self.target != target {
            self.target = target;
            self.dismiss_plan();
        }
    }

    /// Puts the plan or the finished run away; a plan that is still being made will not be shown.
    pub(super) fn dismiss_plan(&mut self) {
        if self.is_running() {
            return self.notify(NoticeLevel::Warning, t!("session-run-under-way"));
        }
        self.plan_ticket += 1;
        self.deploy = DeployView::default();
    }

    pub(super) fn plan(&mut self, destroy: bool) -> Vec<Effect> {
        if self.is_running() {
            self.notify(NoticeLevel::Warning, t!("session-run-under-way"));
            return Vec::new();
        }
        self.plan_ticket += 1;
        self.deploy = DeployView {
            phase: DeployPhase::Planning,
            destroy,
            revision: self.revision,
            ..DeployView::default()
        };
        vec![Effect::Plan {
            target: self.target.clone(),
            document: self.snapshot(),
            path: self.file.path.clone(),
            destroy,
            ticket: self.plan_ticket,
        }]
    }

    pub(super) fn planned(
        &mut self,
        ticket: u64,
        result: Result<(Vec<ActionRow>, String), String>,
    ) -> Vec<Effect> {
        if ticket != self.plan_ticket || self.deploy.phase != DeployPhase::Planning {
            return Vec::new();
        }
        match result {
            Ok((rows, summary)) => {
                self.deploy.phase = DeployPhase::Planned;
                self.deploy.rows = rows;
                self.deploy.summary = summary;
            }
            Err(sentence) => {
                self.deploy.phase = DeployPhase::Idle;
                self.deploy.summary.clone_from(&sentence);
                self.notify(NoticeLevel::Error, sentence);
            }
        }
        Vec::new()
    }

    /// What was reviewed is what happens: another drawing needs another plan.
    pub(super) fn apply_plan(&mut self) -> Vec<Effect> {
        let refusal = match self.deploy.phase {
            DeployPhase::Planned if self.is_plan_stale() => t!("session-plan-stale"),
            DeployPhase::Planned if self.deploy.rows.is_empty() => t!("session-plan-empty"),
            DeployPhase::Planned => {
                self.deploy.phase = DeployPhase::Running;
                return vec![Effect::Apply];
            }
            DeployPhase::Running | DeployPhase::Cancelling => t!("session-run-under-way"),
            DeployPhase::Idle | DeployPhase::Planning | DeployPhase::Done | DeployPhase::Failed => {
                t!("session-no-plan")
            }
        };
        self.notify(NoticeLevel::Warning, refusal);
        Vec::new()
    }

    pub(super) fn cancel_run(&mut self) -> Vec<Effect> {
        if self.deploy.phase != DeployPhase::Running {
            return Vec::new();
        }
        self.deploy.phase = DeployPhase::Cancelling;
        vec![Effect::CancelRun]
    }

    pub(super) fn run_ended(&mut self, result: Result<String, String>) -> Vec<Effect> {
        if !self.is_running() {
            return Vec::new();
        }
        let (phase, level, sentence) = match result {
            Ok(sentence) => (DeployPhase::Done, NoticeLevel::Info, sentence),
            Err(sentence) => (DeployPhase::Failed, NoticeLevel::Error, sentence),
        };
        self.deploy.phase = phase;
        self.deploy.summary.clone_from(&sentence);
        for row in &mut self.deploy.rows {
            if row.status == RowStatus::Waiting {
                row.status = RowStatus::Skipped;
            }
        }
        self.notify(level, sentence);
        if std::mem::take(&mut self.close_after_run) {
            return self.guard(AfterSave::Close);
        }
        Vec::new()
    }
}
