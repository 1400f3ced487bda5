//! A rehearsal: the plan in a simulated cloud of its own, in virtual time, before it is carried out
//! anywhere else. It tells how long it takes, and finds what EC2 would refuse.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    drive::{Records, cancel_pair, drive},
    look::look_at,
    target::{Cloud, Pace},
    workspace::Workspace,
};
use crate::{
    deploy::{ActionKind, Desired, Engine, Known, Plan, Progress, Request, RunId, Stamp, plan},
    interop::native,
    model::{Document, ResourceId, ResourceKind},
    problem::{Problem, Severity},
    simulated::{Limits, SimulatedApi, SimulatedCloud},
    t,
};

/// A larger plan is estimated only: a rehearsal would keep the reader waiting.
const MOST_ACTIONS: usize = 400;

impl Workspace {
    /// Rehearses a deploy; the plan takes the time and what was found.
    pub(super) async fn rehearse(&self, plan: &mut Plan) -> Result<(), String> {
        let doing = plan.actions.iter().filter(|action| action.kind != ActionKind::NoOp).count();
        if plan.destroy || plan.has_errors() || doing == 0 || plan.actions.len() > MOST_ACTIONS {
            return Ok(());
        }
        let before = self.drawing();
        let is_first = self.state.known(self.scope(), self.open.as_ref()).is_empty();
        if before.is_none() && !is_first {
            return Ok(());
        }
        let cloud = SimulatedCloud::new(1, &self.region).with_limits(Limits::plenty());
        let api = Arc::new(SimulatedApi::new(cloud));
        let stage = Stage { api, stamp: plan.stamp.clone(), region: &self.region };
        let mut known = BTreeMap::new();
        if let Some(before) = before {
            match stage.play(&before, &mut known).await? {
                Ok(_) => {}
                // What stands cannot be set up there: nothing is learnt.
                Err(_) => return Ok(()),
            }
        }
        match stage.play(&plan_document(&self.document, plan), &mut known).await? {
            Ok(ms) => plan.rehearsed_ms = Some(ms),
            Err(why) => plan.problems.push(Problem {
                code: "deploy-rehearsal",
                severity: Severity::Warning,
                subjects: Vec::new(),
                message: t!("deploy-rehearsal-failed", why = why),
                help: Some(t!("deploy-rehearsal-failed-help")),
                fixes: Vec::new(),
            }),
        }
        Ok(())
    }

    /// The drawing that was deployed last and whole.
    pub(super) fn drawing(&self) -> Option<Document> {
        let text = self.state.drawing(self.scope())?.to_string();
        native::read(text.as_bytes()).ok()
    }
}

/// The drawing that a plan makes.
fn plan_document(document: &Document, plan: &Plan) -> Document {
    Document { topology: plan.desired.topology.clone(), ..document.clone() }
}

/// Where a rehearsal takes place.
struct Stage<'a> {
    api: Arc<SimulatedApi>,
    stamp: Stamp,
    region: &'a str,
}

impl Stage<'_> {
    /// Deploys one drawing; answers how long it took, or what went wrong first.
    async fn play(
        &self,
        document: &Document,
        known: &mut BTreeMap<ResourceId, Known>,
    ) -> Result<Result<u64, String>, String> {
        let cloud = Cloud::Simulated(Arc::clone(&self.api), Pace::AtOnce);
        let desired = Desired::new(document, self.region);
        let (observed, _) = look_at(&cloud, &self.stamp.document, known, &desired, BTreeSet::new()).await?;
        // Each drawing is deployed by a run of its own, as in life.
        let run = if known.is_empty() { self.stamp.run.clone() } else { RunId::from_number(0) };
        let request = Request {
            desired,
            destroy: false,
            only_run: false,
            is_back: false,
            account: String::new(),
            stamp: Stamp { document: self.stamp.document.clone(), run },
            known: known.iter().map(|(id, known)| (id.clone(), known.live.clone())).collect(),
            lost_keys: BTreeSet::new(),
            attempts: BTreeMap::new(),
            problems: Vec::new(),
        };
        let mut engine = Engine::new(plan::plan(request, &observed), 0);
        let began_ms = self.api.now_ms();
        let mut first = None;
        let mut watch = |_, progress| {
            if let (Progress::Log { text, is_error: true }, None) = (progress, &first) {
                first = Some(text);
            }
        };
        let mut memory = Vec::new();
        let mut records =
            Records { journal: None, memory: &mut memory, paths: None, kept: None, watch: &mut watch };
        drive(&mut engine, &cloud, &mut records, &mut cancel_pair().1).await?;
        if !engine.succeeded() {
            return Ok(Err(first.unwrap_or_default()));
        }
        let topology = &engine.plan().desired.topology;
        *known = engine
            .ids()
            .iter()
            .filter_map(|(id, live)| {
                let kind = topology.kind(id).map(ResourceKind::kind)?;
                Some((id.clone(), Known { kind, live: live.to_owned() }))
            })
            .collect();
        Ok(Ok(self.api.now_ms() - began_ms))
    }
}
