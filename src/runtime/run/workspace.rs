//! One document in one account and region: look, plan, carry out, write down.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::task::JoinSet;

use super::{
    drive::{Cancel, Records, Watch, drive},
    keep::{self, JournalFile, Paths, fresh_number},
    target::{Cloud, Pace, open_target},
};
use crate::{
    cloud::{Call, CloudError, ErrorKind, Reply, explain},
    deploy::{
        Desired, DocumentId, Engine, JournalRecord, Known, Observed, Observer, Plan, Request, RunId,
        RunState, Stamp, StateFile,
        engine::{HIDDEN_MS, back_off},
        journal, plan,
        state::Deployed,
    },
    model::{Document, ResourceId, ResourceKind},
    problem::Severity,
    rules,
    session::Target,
    t,
};

/// What is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// The network as it is drawn.
    Deploy,
    /// Nothing.
    Destroy,
    /// Nothing of what the open run made.
    Rollback,
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
}

/// How often a question is asked again when the cloud is busy.
const MAX_ASKS: u32 = 6;

/// One document in one account and region.
#[derive(Debug)]
pub struct Workspace {
    document: Arc<Document>,
    paths: Option<Paths>,
    cloud: Cloud,
    region: String,
    account: String,
    scope: String,
    state: StateFile,
    open: Option<RunState>,
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
        let state = match &paths {
            Some(paths) => keep::read(&paths.state())?,
            None => None,
        };
        let state = match state {
            Some(text) => StateFile::from_json(&text).map_err(|error| error.to_string())?,
            None => StateFile::new(DocumentId::from_number(fresh_number())),
        };
        let mut workspace = Self {
            document,
            paths,
            cloud,
            region,
            account: String::new(),
            scope: String::new(),
            state,
            open: None,
        };
        workspace.identify(target).await?;
        workspace.read_journal()?;
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

    /// Whether an earlier run is not over.
    pub fn open_run(&self) -> Option<&RunState> {
        self.open.as_ref()
    }

    async fn identify(&mut self, target: &Target) -> Result<(), String> {
        let call = Call::GetCallerIdentity;
        match self.ask(&call).await {
            Ok(Reply::Identity(identity)) => self.account = identity.account,
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

    fn read_journal(&mut self) -> Result<(), String> {
        let Some(paths) = &self.paths else { return Ok(()) };
        let Some(text) = keep::read(&paths.journal())? else {
            return Ok(());
        };
        let run = journal::replay(&text).map_err(|error| error.to_string())?.filter(|run| !run.over);
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
        let known = self.state.known(&self.scope, self.open.as_ref());
        let observed = self.observe(&known).await?;
        let run = match &self.open {
            Some(run) => run.run.clone(),
            None => RunId::from_number(fresh_number()),
        };
        let mut desired = match goal {
            Goal::Deploy => Desired::new(&self.document, &self.region),
            Goal::Destroy | Goal::Rollback => Desired::nothing(&self.region),
        };
        desired.tag_keys = self.state.tag_keys(&self.scope);
        let mut problems = Vec::new();
        if goal == Goal::Deploy {
            problems = rules::check(&self.document, &self.document.topology.index());
            problems.retain(|problem| problem.severity == Severity::Error);
        }
        let open = self.open.as_ref();
        let request = Request {
            desired,
            destroy: goal != Goal::Deploy,
            only_run: goal == Goal::Rollback,
            account: self.scope.clone(),
            stamp: Stamp { document: self.state.document.clone(), run },
            known: known.into_iter().map(|(id, known)| (id, known.live)).collect(),
            lost_keys: open.map(RunState::lost_keys).unwrap_or_default(),
            attempts: open.map(|run| run.attempts.clone()).unwrap_or_default(),
            problems,
        };
        Ok(plan(request, &observed))
    }

    /// Carries out a plan. The files are written so that whatever happens, the next deploy or destroy
    /// goes on from here.
    pub async fn apply(
        &mut self,
        plan: Plan,
        watch: &mut Watch<'_>,
        cancel: &mut Cancel,
    ) -> Result<Ended, String> {
        let rollback_or_destroy = plan.destroy;
        let mut journal = match &self.paths {
            Some(paths) => {
                // The document's name in tags must be known before the first tag is set.
                keep::write(&paths.state(), &self.state.to_json())?;
                Some(JournalFile::open(&paths.journal())?)
            }
            None => None,
        };
        let mut memory = Vec::new();
        let started = JournalRecord::RunStarted {
            format: journal::FORMAT.to_owned(),
            run: plan.stamp.run.clone(),
            document: self.state.document.clone(),
            scope: self.scope.clone(),
            destroy: rollback_or_destroy,
        };
        if let Some(journal) = &mut journal {
            journal.append(&started)?;
        }
        memory.push(started);
        let mut engine = Engine::new(plan, self.open.as_ref().map_or(0, |run| run.next_seq));
        let driven = {
            let mut watch = |at_ms, progress| watch(at_ms, progress);
            let mut records = Records {
                journal: journal.as_mut(),
                memory: &mut memory,
                paths: self.paths.as_ref(),
                watch: &mut watch,
            };
            drive(&mut engine, &self.cloud, &mut records, cancel).await
        };
        self.keep_simulated()?;
        driven?;
        self.write_down(&engine, journal, &memory)
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
        if let Some(paths) = &self.paths {
            keep::write(&paths.state(), &self.state.to_json())?;
        }
        if done {
            self.open = None;
            if let Some(mut journal) = journal {
                journal.append(&JournalRecord::RunEnded)?;
                journal.remove()?;
            }
            return Ok(Ended::Done);
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
        let mut all: BTreeMap<ResourceId, Known> =
            if done && !plan.destroy { BTreeMap::new() } else { self.state.known(&self.scope, run) };
        if done && plan.destroy {
            all.retain(|_, known| {
                plan.actions.iter().all(|action| action.live.as_ref() != Some(&known.live))
            });
            all.retain(|_, _| plan.only_run);
        }
        for (id, live) in engine.ids().iter() {
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

    fn keep_simulated(&self) -> Result<(), String> {
        if let (Cloud::Simulated(api, _), Some(paths)) = (&self.cloud, &self.paths) {
            let text = api.snapshot().to_json().map_err(|error| error.to_string())?;
            keep::write(&paths.simulated(), &text)?;
        }
        Ok(())
    }

    /// Describes the live side. After a crash an object may exist of which nobody knows yet, and it
    /// can stay hidden for a while: then this looks again until it shows or surely is not there.
    async fn observe(&self, known: &BTreeMap<ResourceId, Known>) -> Result<Observed, String> {
        let began = Instant::now();
        let mut waited_ms = 0;
        loop {
            let observed = self.look(known).await?;
            let unknown = self.open.as_ref().filter(|run| run.has_unknown_creations());
            let Some(run) = unknown else { return Ok(observed) };
            let known_ids = known.iter().map(|(id, known)| (id.clone(), known.live.clone())).collect();
            let ours = observed.ours(&self.state.document, &known_ids);
            let all = run.unknown.iter().all(|(id, _)| ours.iter().any(|owned| owned.resource == *id));
            if all || waited_ms >= HIDDEN_MS {
                return Ok(observed);
            }
            self.pause(2_000).await;
            waited_ms = match &self.cloud {
                Cloud::Simulated(..) => waited_ms + 2_000,
                Cloud::Real(_) => u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            };
        }
    }

    async fn look(&self, known: &BTreeMap<ResourceId, Known>) -> Result<Observed, String> {
        let named = Desired::new(&self.document, &self.region).names_prefix_lists();
        let mut observer = Observer::new(self.state.document.clone(), known.clone(), named);
        loop {
            let calls = observer.next_round();
            if calls.is_empty() {
                return Ok(observer.finish());
            }
            for (call, result) in self.ask_all(calls).await? {
                observer.take(&call, result).map_err(|error| words(&call, &error))?;
            }
        }
    }

    /// Asks several questions, at once where the cloud is real.
    async fn ask_all(&self, calls: Vec<Call>) -> Result<Vec<(Call, Result<Reply, CloudError>)>, String> {
        let Cloud::Real(_) = &self.cloud else {
            let mut answers = Vec::new();
            for call in calls {
                let result = self.ask(&call).await;
                answers.push((call, result));
            }
            return Ok(answers);
        };
        let mut answers = Vec::new();
        let mut set = JoinSet::new();
        for (at, call) in calls.into_iter().enumerate() {
            let cloud = self.cloud.clone();
            set.spawn(async move {
                let result = ask(&cloud, &call).await;
                (at, call, result)
            });
        }
        while let Some(joined) = set.join_next().await {
            answers.push(joined.map_err(|error| error.to_string())?);
        }
        answers.sort_by_key(|(at, _, _)| *at);
        Ok(answers.into_iter().map(|(_, call, result)| (call, result)).collect())
    }

    async fn ask(&self, call: &Call) -> Result<Reply, CloudError> {
        ask(&self.cloud, call).await
    }

    async fn pause(&self, ms: u64) {
        pause(&self.cloud, ms).await;
    }
}

/// Asks a question; again where the cloud is busy or the reply was lost, since asking changes nothing.
async fn ask(cloud: &Cloud, call: &Call) -> Result<Reply, CloudError> {
    let mut tries = 0;
    loop {
        let result = match cloud {
            Cloud::Simulated(api, _) => crate::cloud::CloudApi::call(api.as_ref(), call).await,
            Cloud::Real(api) => api.call(call).await,
        };
        let most = |error: &CloudError| match error.kind {
            ErrorKind::Throttled | ErrorKind::Internal => MAX_ASKS,
            // A silent endpoint costs a whole timeout each time.
            ErrorKind::LostReply => 1,
            _ => 0,
        };
        match result {
            Err(error) if tries < most(&error) => {
                pause(cloud, back_off(tries, 300, 5_000)).await;
                tries += 1;
            }
            result => return result,
        }
    }
}

async fn pause(cloud: &Cloud, ms: u64) {
    match cloud {
        Cloud::Simulated(api, _) => api.advance(ms),
        Cloud::Real(_) => tokio::time::sleep(Duration::from_millis(ms)).await,
    }
}

fn words(call: &Call, error: &CloudError) -> String {
    let (action, code, message) = (call.name(), error.code.clone(), error.message.clone());
    match explain(error) {
        Some(ours) => {
            t!("deploy-refused-explained", action = action, code = code, message = message, ours = ours)
        }
        None => t!("deploy-refused", action = action, code = code, message = message),
    }
}
