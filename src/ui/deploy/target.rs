//! The choice of where a deploy goes.

use eframe::egui::{TextEdit, Ui};

use crate::{
    session::{DeployPhase, Intent, Session, Target},
    t,
};

/// The fields of the AWS target while they are being typed; they reach the session when a field is
/// left, and survive a look at the simulated target.
#[derive(Debug, Default)]
pub struct TargetDraft {
    profile: String,
    region: String,
    endpoint_url: String,
    /// The session's target that the fields were last filled from.
    shown: Option<Target>,
}

impl TargetDraft {
    fn follow(&mut self, target: &Target) {
        if self.shown.as_ref() == Some(target) {
            return;
        }
        if let Target::Aws { profile, region, endpoint_url } = target {
            self.profile = profile.clone().unwrap_or_default();
            self.region = region.clone().unwrap_or_default();
            self.endpoint_url = endpoint_url.clone().unwrap_or_default();
        }
        self.shown = Some(target.clone());
    }

    fn target(&self) -> Target {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Target::Aws {
            profile: some(&self.profile),
            region: some(&self.region),
            endpoint_url: some(&self.endpoint_url),
        }
    }
}

/// Draws the chooser. While a run is under way the target stays as it is.
pub fn show(ui: &mut Ui, session: &Session, draft: &mut TargetDraft, intents: &mut Vec<Intent>) {
    draft.follow(session.target());
    let phase = session.deploy().phase;
    let busy = matches!(phase, DeployPhase::Planning | DeployPhase::Running | DeployPhase::Cancelling);
    ui.add_enabled_ui(!busy, |ui| {
        ui.horizontal(|ui| {
            ui.label(t!("panel-target-label"));
            let simulated = *session.target() == Target::Simulated;
            if ui
                .radio(simulated, t!("panel-target-simulated"))
                .on_hover_text(t!("panel-target-simulated-tip"))
                .clicked()
                && !simulated
            {
                intents.push(Intent::SetTarget(Target::Simulated));
            }
            if ui
                .radio(!simulated, t!("panel-target-aws"))
                .on_hover_text(t!("panel-target-aws-tip"))
                .clicked()
                && simulated
            {
                intents.push(Intent::SetTarget(draft.target()));
            }
            if !simulated {
                aws(ui, session, draft, intents);
            }
        });
    });
}

fn aws(ui: &mut Ui, session: &Session, draft: &mut TargetDraft, intents: &mut Vec<Intent>) {
    let region = &session.document().topology.region;
    let mut left =
        field(ui, &mut draft.profile, &t!("panel-target-profile"), &t!("panel-target-profile-hint"));
    left |= field(ui, &mut draft.region, &t!("panel-target-region"), region);
    left |=
        field(ui, &mut draft.endpoint_url, &t!("panel-target-endpoint"), &t!("panel-target-endpoint-hint"));
    let target = draft.target();
    if left && target != *session.target() {
        intents.push(Intent::SetTarget(target));
    }
}

/// Draws one field; whether it was just left.
fn field(ui: &mut Ui, text: &mut String, label: &str, hint: &str) -> bool {
    let label = ui.label(label);
    ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(110.0)).labelled_by(label.id).lost_focus()
}
