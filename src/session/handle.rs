//! Intents in, events in, effects out: who does what.

use super::{AfterSave, DeployPhase, Effect, Event, Intent, Question, Session};
use crate::{edit::Command, scene::layout};

impl Session {
    /// Does what is asked, and says what must be done outside.
    pub fn handle(&mut self, intent: Intent) -> Vec<Effect> {
        match intent {
            Intent::Edit(command) => self.edit(&command),
            Intent::Undo => {
                self.undo();
                self.compare_drift();
            }
            Intent::Redo => {
                self.redo();
                self.compare_drift();
            }
            Intent::Select(ids) => self.select(ids),
            Intent::ToggleSelect(id) => self.toggle_select(id),
            Intent::SelectAll => self.select_all(),
            Intent::Reveal(ids) => self.reveal(ids),
            Intent::DeleteSelection => self.delete_selection(),
            Intent::Copy => self.copy(),
            Intent::Cut => self.cut(),
            Intent::Paste(into) => self.paste(into),
            Intent::Duplicate => self.duplicate(),
            Intent::Tidy => {
                let placements = layout::tidy(&self.document, &self.index);
                self.edit(&Command::Tidy { placements });
            }
            Intent::ApplyFix { problem, fix } => self.apply_fix(problem, fix),
            Intent::SetPictureTheme(theme) => self.picture_theme = theme,
            Intent::SetTarget(target) => self.set_target(target),
            Intent::Resume => return self.settle_run(false),
            Intent::RollBack => return self.settle_run(true),
            Intent::LeaveForeign => return self.leave_foreign(),
            Intent::DismissPlan => self.dismiss_plan(),
            Intent::AcceptDrift(live) => self.accept_drift(&live),
            Intent::DismissDrift => self.forget_drift(),
            Intent::DismissReport => self.import_report = None,
            outside => return self.handle_outside(outside),
        }
        Vec::new()
    }

    /// The intents that need something of the outside world.
    fn handle_outside(&mut self, intent: Intent) -> Vec<Effect> {
        match intent {
            Intent::New => self.guard(AfterSave::New),
            Intent::NewFromTemplate(name) => self.guard(AfterSave::NewFromTemplate(name)),
            Intent::Open => self.guard(AfterSave::Open),
            Intent::OpenPath(path) => self.guard(AfterSave::OpenPath(path)),
            Intent::Import => self.guard(AfterSave::Import),
            Intent::ImportPath(path) => self.guard(AfterSave::ImportPath(path)),
            Intent::CloseRequested => self.close_requested(),
            Intent::Save => self.save(),
            Intent::SaveAs => self.save_as(),
            Intent::SaveTo(path) => self.save_to(path),
            Intent::Export(format) => self.export(format),
            Intent::ExportTo(format, path) => self.export_to(format, path),
            Intent::Answer(answer) => self.answer(answer),
            Intent::Plan => self.plan(false),
            Intent::PlanDestroy => self.plan(true),
            Intent::LookForDrift => self.look_for_drift(),
            Intent::RestoreDrift(live) => self.restore_drift(&live),
            Intent::Apply => self.apply_plan(),
            Intent::CancelRun => self.cancel_run(),
            // Everything else was carried out by `handle`.
            _ => Vec::new(),
        }
    }

    /// Takes in what happened outside, and says what must be done next.
    pub fn receive(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::PathPicked { purpose, path: Some(path) } => self.path_picked(purpose, path),
            Event::PathPicked { path: None, .. } => {
                self.after_save = None;
                Vec::new()
            }
            Event::NoDialog { purpose, suggestion } => {
                self.question = Some(Question::Path { purpose, suggestion, error: None });
                Vec::new()
            }
            Event::Opened { path, result } => self.opened(path, result),
            Event::Imported { path, result } => self.imported(path, result),
            Event::Saved { path, revision, result } => self.saved(path, revision, result),
            Event::Exported { format, path, result } => self.exported(format, path, result),
            Event::Planned { ticket, result } => self.planned(ticket, result),
            Event::DriftFound { ticket, result } => {
                self.drift_found(ticket, result);
                Vec::new()
            }
            Event::RowChanged { row, status, detail, at_secs } => {
                self.deploy.change(row, status, detail, at_secs);
                Vec::new()
            }
            Event::Logged(line) => {
                self.deploy.now_secs = self.deploy.now_secs.max(line.at_secs);
                self.deploy.log.push(line);
                Vec::new()
            }
            Event::Held(by) => {
                self.deploy.held = by;
                Vec::new()
            }
            Event::RunEnded { result } => self.run_ended(result),
        }
    }

    fn close_requested(&mut self) -> Vec<Effect> {
        if self.is_running() {
            self.question = Some(Question::RunUnderWay);
            return Vec::new();
        }
        if self.deploy.phase == DeployPhase::Planning {
            self.dismiss_plan();
        }
        self.guard(AfterSave::Close)
    }
}
