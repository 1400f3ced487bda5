//! One document in one account and region: look, plan, carry out, write down.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use super::{
    drive::{Cancel, Records, Watch, drive},
    keep::{self, JournalFile, Paths, about, fresh_number},
    kept_cloud::{self, KeptCloud},
    look::words,
    target::{Cloud, Pace, open_target},
};
use crate::{
    cloud::{Call, Reply},
    deploy::{
        Caller, Desired, DocumentId, Engine, JournalRecord, Known, Observed, Plan, Request, RunId, RunState,
        Stamp, StateFile, journal, occupants::Occupant, plan, state::Deployed,
    },
    interop::native,
    model::{Document, ResourceId, ResourceKind},
    problem::Severity,
    rules,
    session::Target,
    simulated::SimulatedApi,
    t,
};

/// What is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// The network as it is drawn.
    Deploy,
    /// Nothing.
    Destroy,
    /// What stood before the open run: the drawing that was deployed last and whole; without one,
    /// nothing of what the run made.
    Rollback,
    /// What drifted and was chosen is as it is drawn; the rest stays as it is.
    Restore,
}

impl Goal {
    /// Whether the network becomes as it is drawn, wholly or in part.
    pub fn is_as_drawn(self) -> bool {
        matches!(self, Self::Deploy | Self::Restore)
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Everything was done.
    Done,
    /// Something failed; deploy or destroy goes on from here.
    Failed,
    /// The user stopped it; deploy or destroy goes on from here.
    Cancelled,
    /// Everything was done but what others keep from going; that is left and stays known.
    Left,
}

/// One document in one account and region.
#[derive(Debug)]
pub struct Workspace {
    pub(super) document: Arc<Document>,
    pub(super) paths: Option<Paths>,
    pub(super) cloud: Cloud,
    pub(super) region: String,
    account: String,
    caller: Caller,
    scope: String,
    pub(super) state: StateFile,
    pub(super) open: Option<RunState>,
    /// What the plan was made for that was prepared last.
    goal: Goal,
    /// What [`Goal::Restore`] sets back.
    pub(super) only: BTreeSet<ResourceId>,
    /// Whether a destroy leaves what others keep from going.
    leave_foreign: bool,
    /// What others kept from going in the last run.
    held: Vec<Occupant>,
}

impl Workspace {
    /// Opens the target and reads the files beside the document.
    pub async fn open(
        document: Arc<Document>,
        path: Option<&Path>,
        target: &Target,
        pace: Pace,
    ) -> Result<Self, String> {
        let paths = path.map(Paths::beside);
        if paths.is_none() && matches!(target, Target::Aws { .. }) {
            return Err(t!("deploy-save-first"));
        }
        let (cloud, region) = open_target(target, &document.topology.region, paths.as_ref(), pace).await?;
        let state = StateFile::new(DocumentId::from_number(fresh_number()));
        let mut workspace = Self {
            document,
            paths,
            cloud,
            region,
            account: String::new(),
            caller: Caller::default(),
            scope: String::new(),
            state,
            open: None,
            goal: Goal::Deploy,
            only: BTreeSet::new(),
            leave_foreign: false,
            held: Vec::new(),
        };
        workspace.identify(target).await?;
        workspace.read_files()?;
        Ok(workspace)
    }

    /// Goes on with another version of the same document: what an unsaved drawing has deployed into
    /// its own simulated cloud is still known.
    pub fn redraw(&mut self, document: Arc<Document>) {
        self.document = document;
    }

    /// The account and region, for the reader.
    pub fn scope(&self) -> &str {
        &self.scope
    }

    /// The other accounts and regions where this drawing is deployed.
    pub fn other_scopes(&self) -> Vec<String> {
        self.state.deployments.keys().filter(|scope| **scope != self.scope).cloned().collect()
    }

    /// Whether an earlier run is not over.
    pub fn open_run(&self) -> Option<&RunState> {
        self.open.as_ref()
    }

    /// Whether a destroy leaves what others keep from going, and ends there.
    pub fn leave_foreign(&mut self, leave: bool) {
        self.leave_foreign = leave;
    }

    /// What others kept from going in the last run.
    pub fn held(&self) -> &[Occupant] {
        &self.held
    }

    async fn identify(&mut self, target: &Target) -> Result<(), String> {
        let call = Call::GetCallerIdentity;
        match self.ask(&call).await {
            Ok(Reply::Identity(identity)) => {
                self.account = identity.account;
                let profile = match target {
                    Target::Aws { profile: Some(profile), .. } => Some(profile.clone()),
                    Target::Aws { .. } => std::env::var("AWS_PROFILE").ok().filter(|it| !it.is_empty()),
                    Target::Simulated => None,
                };
                self.caller = Caller { arn: identity.arn, profile };
            }
            Ok(_) => return Err(t!("deploy-no-identity")),
            Err(error) => return Err(words(&call, &error)),
        }
        // The offline cloud never shares a line of the state file with an account of the same number.
        self.scope = match target {
            Target::Simulated => format!("simulated/{}", self.region),
            Target::Aws { .. } => format!("{}/{}", self.account, self.region),
        };
        Ok(())
    }

    /// Reads the state and the open run. Without files everything is as it was in memory.
    fn read_files(&mut self) -> Result<(), String> {
        let Some(paths) = &self.paths else { return Ok(()) };
        self.state = match keep::read(&paths.state())? {
            Some(text) => {
                StateFile::from_json(&text).map_err(|error| about(&paths.state(), &error.to_string()))?
            }
            None => StateFile::new(self.state.document.clone()),
        };
        self.open = None;
        let Some(text) = keep::read(&paths.journal())? else {
            return Ok(());
        };
        let run = journal::replay(&text).map_err(|error| about(&paths.journal(), &error.to_string()))?;
        let run = run.filter(|run| !run.over);
        if let Some(run) = &run {
            if run.scope != self.scope {
                return Err(t!("deploy-other-scope", scope = run.scope.clone(), now = self.scope.clone()));
            }
            // The state file may be lost; the journal names the document too.
            self.state.document = run.document.clone();
        }
        self.open = run;
        Ok(())
    }

    /// Describes the live side and works out what is to be done.
    pub async fn prepare(&mut self, goal: Goal) -> Result<Plan, String> {
        let known = self.known();
        let observed = self.observe(&known).await?;
        let run = match &self.open {
            Some(run) => run.run.clone(),
            None => RunId::from_number(fresh_number()),
        };
        let mut plan = self.work_out(goal, run, &observed);
        plan.caller = self.caller.clone();
        plan.leave_foreign = self.leave_foreign && plan.destroy;
        let found = self.preflight(&plan).await?;
        plan.problems.extend(found);
        if goal != Goal::Restore {
            self.rehearse(&mut plan).await?;
        }
        self.goal = goal;
        Ok(plan)
    }

    pub(super) fn known(&self) -> BTreeMap<ResourceId, Known> {
        self.state.known(&self.scope, self.open.as_ref())
    }

    fn work_out(&self, goal: Goal, run: RunId, observed: &Observed) -> Plan {
        let whole = plan(self.request(goal, run), observed);
        if goal == Goal::Restore { plan::only(whole, &self.only, observed) } else { whole }
    }

    pub(super) fn request(&self, goal: Goal, run: RunId) -> Request {
        let before = if goal == Goal::Rollback { self.drawing() } else { None };
        let is_back = before.is_some();
        let mut desired = match (goal, before) {
            (Goal::Deploy | Goal::Restore, _) => Desired::new(&self.document, &self.region),
            (_, Some(before)) => Desired::new(&before, &self.region),
            (_, None) => Desired::nothing(&self.region),
        };
        desired.tag_keys = self.state.tag_keys(&self.scope);
        let mut problems = Vec::new();
        if goal.is_as_drawn() {
            problems = rules::check(&self.document, &self.document.topology.index());
            problems.retain(|problem| problem.severity == Severity::Error);
        }
        let open = self.open.as_ref();
        Request {
            desired,
            destroy: !goal.is_as_drawn() && !is_back,
            only_run: goal == Goal::Rollback && !is_back,
            is_back,
            account: self.scope.clone(),
            stamp: Stamp { document: self.state.document.clone(), run },
            known: self.known().into_iter().map(|(id, known)| (id, known.live)).collect(),
            lost_keys: open.map(RunState::lost_keys).unwrap_or_default(),
            attempts: open.map(|run| run.attempts.clone()).unwrap_or_default(),
            problems,
        }
    }

    /// Takes the document for this run, then looks once more: what was reviewed must be what happens.
    async fn lock(&mut self, plan: &Plan) -> Result<Option<JournalFile>, String> {
        let journal = match &self.paths {
            Some(paths) => Some(JournalFile::open(&paths.journal())?),
            None => None,
        };
        let checked = self.check_again(plan).await;
        if checked.is_err()
            && self.open.is_none()
            && let Some(journal) = journal
        {
            journal.remove()?;
            return checked.map(|()| None);
        }
        checked.map(|()| journal)
    }

    async fn check_again(&mut self, reviewed: &Plan) -> Result<(), String> {
        self.read_files()?;
        if let (Cloud::Simulated(api, pace), Some(paths)) = (&self.cloud, &self.paths) {
            let mut kept = kept_cloud::open(Some(paths), &self.region)?;
            // Looking took time, which no file knows of.
            kept.advance(api.now_ms().saturating_sub(kept.now_ms()));
            self.cloud = Cloud::Simulated(Arc::new(SimulatedApi::new(kept)), *pace);
        }
        let observed = self.observe(&self.known()).await?;
        let now = self.work_out(self.goal, reviewed.stamp.run.clone(), &observed);
        if now.does_the_same(reviewed) { Ok(()) } else { Err(t!("deploy-changed-since")) }
    }

    /// Carries out a plan, unless the files or the account have changed since it was made. The files
    /// are written so that whatever happens, the next deploy or destroy goes on from here.
    pub async fn apply(
        &mut self,
        plan: Plan,
        watch: &mut Watch<'_>,
        cancel: &mut Cancel,
    ) -> Result<Ended, String> {
        let mut journal = self.lock(&plan).await?;
        if let Some(paths) = &self.paths {
            // The document's name in tags must be known before the first tag is set.
            keep::write(&paths.state(), &self.state.to_json())?;
        }
        let mut memory = Vec::new();
        let started = JournalRecord::RunStarted {
            format: journal::FORMAT.to_owned(),
            run: plan.stamp.run.clone(),
            document: self.state.document.clone(),
            scope: self.scope.clone(),
            destroy: plan.destroy,
            only: self.touched(&plan),
        };
        if let Some(journal) = &mut journal {
            journal.append(&started)?;
        }
        memory.push(started);
        let mut kept = match (&self.cloud, &self.paths) {
            (Cloud::Simulated(api, _), Some(paths)) => Some(KeptCloud::begin(paths, &api.snapshot())?),
            _ => None,
        };
        let mut engine = Engine::new(plan, self.open.as_ref().map_or(0, |run| run.next_seq));
        let driven = {
            let mut watch = |at_ms, progress| watch(at_ms, progress);
            let mut records = Records {
                journal: journal.as_mut(),
                memory: &mut memory,
                paths: self.paths.as_ref(),
                kept: kept.as_mut(),
                watch: &mut watch,
            };
            drive(&mut engine, &self.cloud, &mut records, cancel).await
        };
        if let (Cloud::Simulated(api, _), Some(kept)) = (&self.cloud, kept) {
            kept.end(&api.snapshot())?;
        }
        self.held = engine.held();
        driven?;
        self.write_down(&engine, journal, &memory)
    }

    /// What a restore sets back and what goes along: whoever goes on with it does no more than that.
    fn touched(&self, plan: &Plan) -> BTreeSet<ResourceId> {
        if self.goal != Goal::Restore {
            return BTreeSet::new();
        }
        self.only.iter().chain(plan.actions.iter().map(|it| &it.resource)).cloned().collect()
    }

    fn write_down(
        &mut self,
        engine: &Engine,
        journal: Option<JournalFile>,
        memory: &[JournalRecord],
    ) -> Result<Ended, String> {
        let done = engine.succeeded();
        let mut run = match &self.paths {
            Some(paths) => {
                let text = keep::read(&paths.journal())?.unwrap_or_default();
                journal::replay(&text).map_err(|error| error.to_string())?
            }
            None => None,
        };
        if run.is_none() {
            let text: String = memory
                .iter()
                .filter_map(|record| serde_json::to_string(record).ok())
                .map(|line| line + "\n")
                .collect();
            run = journal::replay(&text).map_err(|error| error.to_string())?;
        }
        let resources = self.standing(engine, run.as_ref(), done);
        self.state.set(&self.scope, resources);
        if done && self.goal == Goal::Deploy {
            let drawing = native::write(&self.document).ok();
            let drawing = drawing.and_then(|text| serde_json::from_str(&text).ok());
            self.state.set_drawing(&self.scope, drawing);
        }
        let left = engine.left_foreign();
        if left {
            // What is left of the drawing is not whole any more.
            self.state.set_drawing(&self.scope, None);
        }
        if let Some(paths) = &self.paths {
            keep::write(&paths.state(), &self.state.to_json())?;
        }
        if done || left {
            self.open = None;
            if let Some(mut journal) = journal {
                journal.append(&JournalRecord::RunEnded)?;
                journal.remove()?;
            }
            return Ok(if left { Ended::Left } else { Ended::Done });
        }
        self.open = run;
        Ok(if engine.was_cancelled() { Ended::Cancelled } else { Ended::Failed })
    }

    /// What stands after a run.
    fn standing(
        &self,
        engine: &Engine,
        run: Option<&RunState>,
        done: bool,
    ) -> BTreeMap<ResourceId, Deployed> {
        let plan = engine.plan();
        let mut all: BTreeMap<ResourceId, Known> = if done && !plan.destroy && self.goal != Goal::Restore {
            BTreeMap::new()
        } else {
            self.state.known(&self.scope, run)
        };
        if done && plan.destroy {
            all.retain(|_, known| {
                plan.actions.iter().all(|action| action.live.as_ref() != Some(&known.live))
            });
            all.retain(|_, _| plan.only_run);
        }
        // What was only accepted into the drawing is not ours until a deploy has marked it.
        let is_meant = |id: &ResourceId| {
            self.goal != Goal::Restore || plan.actions.iter().any(|action| action.resource == *id)
        };
        for (id, live) in engine.ids().iter().filter(|(id, _)| is_meant(id)) {
            if let Some(kind) = plan.desired.topology.kind(id).map(ResourceKind::kind) {
                all.insert(id.clone(), Known { kind, live: live.to_owned() });
            }
        }
        let old_keys = self.state.tag_keys(&self.scope);
        all.into_iter()
            .map(|(id, known)| {
                let drawn =
                    plan.desired.topology.get(&id).map(|it| Stamp::user_tags(it).into_keys().collect());
                let tag_keys = drawn.or_else(|| old_keys.get(&id).cloned()).unwrap_or_default();
                (id, Deployed { kind: known.kind.as_str().to_owned(), id: known.live, tag_keys })
            })
            .collect()
    }
}
