//! Plan, apply, destroy: what the session knows of them.

use super::{
    AfterSave, DeployPhase, DeployView, Effect, NoticeLevel, PlanReport, RowStatus, Session, Target,
};
use crate::{deploy::Drift, t};

/// What a plan is asked for.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked for on its own")]
pub(super) struct Asked {
    pub destroy: bool,
    pub rollback: bool,
    pub restore: Vec<Drift>,
    pub leave_foreign: bool,
    pub resume: bool,
}

impl Session {
    pub(super) fn set_target(&mut self, target: Target) {
        if self.is_running() {
            return self.notify(NoticeLevel::Warning, t!("session-run-under-way"));
        }
        if self.target != target {
            self.target = target;
            self.forget_drift();
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

    /// Goes on with a run that is not over, or goes back to what stood before it. What was reviewed once
    /// is not asked for again.
    pub(super) fn settle_run(&mut self, rollback: bool) -> Vec<Effect> {
        if self.deploy.phase != DeployPhase::Failed {
            self.notify(NoticeLevel::Warning, t!("session-no-run"));
            return Vec::new();
        }
        let destroy = self.deploy.destroy && !rollback;
        let effects = self.plan_for(Asked { destroy, rollback, resume: !rollback, ..Asked::default() });
        self.apply_when_planned = true;
        effects
    }

    /// Goes on with a destroy, but leaves what others keep from going.
    pub(super) fn leave_foreign(&mut self) -> Vec<Effect> {
        if self.deploy.phase != DeployPhase::Failed || !self.deploy.destroy {
            self.notify(NoticeLevel::Warning, t!("session-no-run"));
            return Vec::new();
        }
        let effects = self.plan_for(Asked { destroy: true, leave_foreign: true, ..Asked::default() });
        self.apply_when_planned = true;
        effects
    }

    pub(super) fn plan(&mut self, destroy: bool) -> Vec<Effect> {
        self.plan_for(Asked { destroy, ..Asked::default() })
    }

    pub(super) fn plan_for(&mut self, asked: Asked) -> Vec<Effect> {
        let Asked { destroy, rollback, restore, leave_foreign, resume } = asked;
        self.apply_when_planned = false;
        if self.is_running() {
            self.notify(NoticeLevel::Warning, t!("session-run-under-way"));
            return Vec::new();
        }
        self.plan_ticket += 1;
        self.deploy = DeployView {
            phase: DeployPhase::Planning,
            destroy,
            rollback,
            revision: self.revision,
            ..DeployView::default()
        };
        vec![Effect::Plan {
            target: self.target.clone(),
            document: self.snapshot(),
            path: self.file.path.clone(),
            destroy,
            rollback,
            restore,
            leave_foreign,
            resume,
            ticket: self.plan_ticket,
        }]
    }

    pub(super) fn planned(&mut self, ticket: u64, result: Result<PlanReport, String>) -> Vec<Effect> {
        if ticket != self.plan_ticket || self.deploy.phase != DeployPhase::Planning {
            return Vec::new();
        }
        match result {
            Ok(report) => {
                self.deploy.phase = DeployPhase::Planned;
                self.deploy.rows = report.rows;
                self.deploy.expected_secs = report.expected_secs;
                self.deploy.summary = report.summary;
                self.deploy.caller = report.caller;
                self.deploy.findings = report.findings;
                if self.deploy.has_errors() {
                    self.notify(NoticeLevel::Error, t!("session-plan-errors"));
                } else if self.goes_on() {
                    self.deploy.phase = DeployPhase::Running;
                    return vec![Effect::Apply];
                }
            }
            Err(sentence) => {
                self.deploy.phase = DeployPhase::Idle;
                self.deploy.summary.clone_from(&sentence);
                self.notify(NoticeLevel::Error, sentence);
            }
        }
        Vec::new()
    }

    /// Whether the plan is carried out without another review: one click said so, and it loses nothing
    /// that was not agreed to. A destroy and a rollback were agreed to as a whole.
    fn goes_on(&mut self) -> bool {
        let deploy = &self.deploy;
        let agreed = deploy.destroy || deploy.rollback || deploy.rows.iter().all(|row| !row.stands_out);
        std::mem::take(&mut self.apply_when_planned) && agreed
    }

    /// What was reviewed is what happens: another drawing needs another plan.
    pub(super) fn apply_plan(&mut self) -> Vec<Effect> {
        let refusal = match self.deploy.phase {
            DeployPhase::Planned if self.is_plan_stale() => t!("session-plan-stale"),
            DeployPhase::Planned if self.deploy.has_errors() => t!("session-plan-errors"),
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
        // What was seen before the run is no longer so.
        self.forget_drift();
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
