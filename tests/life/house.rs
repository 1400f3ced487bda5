//! An account, a document's files and a clock, in which the engine is driven and watched.

use std::collections::{BTreeMap, BTreeSet};

use vpcscape::{
    cloud::{Call, CloudError, DescribeKind, ErrorKind, LiveObject, Reply, block_before},
    deploy::{
        ActionKind, Desired, DocumentId, Engine, JournalRecord, Known, Observed, Observer, Plan, Progress,
        Request, RunId, RunState, Stamp, StateFile,
        engine::HIDDEN_MS,
        journal::{self, FORMAT, Outcome},
        plan,
        stamp::{DOCUMENT_TAG, RESOURCE_TAG, RUN_TAG},
        state::Deployed,
    },
    model::{Document, Kind, ResourceId},
    simulated::{Driven, Driver, Faults, SimulatedCloud, drive as drive_in_time},
};

pub const SCOPE: &str = "simulated/us-east-1";

/// What goes wrong in a run beside what the cloud itself does.
#[derive(Debug, Clone, Default)]
pub struct Trouble {
    /// The process ends after so many effects.
    pub crash_after: Option<usize>,
    /// The user cancels after so many effects.
    pub cancel_after: Option<usize>,
    /// The credentials expire so many milliseconds after the run began.
    pub expires_after_ms: Option<u64>,
}

/// How a run came to its end.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    Done,
    Failed(Vec<String>),
    Crashed,
}

pub struct House {
    pub cloud: SimulatedCloud,
    state: StateFile,
    journal: String,
    runs: u64,
    /// What was there before us, as text by id.
    foreign: BTreeMap<String, String>,
    /// The codes of refusals, by action, in the last run.
    pub refusals: BTreeSet<(String, String)>,
    /// How long the last run took, in virtual milliseconds.
    pub took_ms: u64,
    /// How many effects the last run had.
    pub effects: usize,
    /// Whether every plan and every call that changes something is told, for who looks into a seed.
    pub is_told: bool,
}

impl House {
    pub fn new(seed: u64, region: &str) -> Self {
        Self::with(SimulatedCloud::new(seed, region), seed)
    }

    pub fn with(cloud: SimulatedCloud, seed: u64) -> Self {
        let mut house = Self {
            cloud,
            state: StateFile::new(DocumentId::from_number(seed)),
            journal: String::new(),
            runs: 0,
            foreign: BTreeMap::new(),
            refusals: BTreeSet::new(),
            took_ms: 0,
            effects: 0,
            is_told: false,
        };
        house.foreign = house.inventory();
        // The setting of the account is nobody's: it is changed, and put back.
        house.foreign.retain(|id, _| block_before(id).is_none());
        house
    }

    fn open(&self) -> Option<RunState> {
        journal::replay(&self.journal).unwrap().filter(|run| !run.over)
    }

    fn observe(&mut self, known: &BTreeMap<ResourceId, Known>, desired: &Desired) -> (Observed, bool) {
        let standing = self.state.object_kinds(SCOPE, self.open().as_ref());
        let mut observer = Observer::new(self.state.document.clone(), known.clone(), true)
            .with(desired.object_kinds())
            .with(standing)
            .accepted(desired.accepted(known));
        loop {
            let calls = observer.next_round();
            if calls.is_empty() {
                let misses = observer.misses_something();
                return (observer.finish(), misses);
            }
            for call in calls {
                let now = self.cloud.now_ms();
                let mut result = self.cloud.handle(&call, now);
                while matches!(&result, Err(error) if error.kind == ErrorKind::Throttled) {
                    self.cloud.advance(500);
                    let now = self.cloud.now_ms();
                    result = self.cloud.handle(&call, now);
                }
                observer.take(&call, result).unwrap();
            }
        }
    }

    /// The plan for a drawing, or for nothing.
    pub fn plan(&mut self, document: Option<&Document>) -> Plan {
        let open = self.open();
        let known = self.state.known(SCOPE, open.as_ref());
        if open.as_ref().is_some_and(RunState::has_unknown_creations) {
            self.cloud.advance(HIDDEN_MS);
        }
        let region = self.cloud.region().to_owned();
        let mut desired = document.map_or_else(|| Desired::nothing(&region), |it| Desired::new(it, &region));
        desired.tag_keys = self.state.tag_keys(SCOPE);
        // As the program does: what is known and does not show is looked for once more.
        let (mut observed, mut misses) = self.observe(&known, &desired);
        let until = self.cloud.now_ms() + HIDDEN_MS;
        while misses && self.cloud.now_ms() < until {
            self.cloud.advance(2_000);
            (observed, misses) = self.observe(&known, &desired);
        }
        self.runs += 1;
        let run = open.as_ref().map_or_else(|| RunId::from_number(self.runs), |run| run.run.clone());
        let request = Request {
            desired,
            destroy: document.is_none(),
            only_run: false,
            is_back: false,
            account: SCOPE.to_owned(),
            stamp: Stamp { document: self.state.document.clone(), run },
            known: known.into_iter().map(|(id, known)| (id, known.live)).collect(),
            lost_keys: open.as_ref().map(RunState::lost_keys).unwrap_or_default(),
            attempts: open.as_ref().map(|run| run.attempts.clone()).unwrap_or_default(),
            problems: Vec::new(),
        };
        plan::plan(request, &observed)
    }

    fn append(&mut self, record: &JournalRecord) {
        self.journal.push_str(&serde_json::to_string(record).unwrap());
        self.journal.push('\n');
    }

    /// Plans and carries out.
    pub fn run(&mut self, document: Option<&Document>, trouble: &Trouble) -> End {
        let plan = self.plan(document);
        assert!(!plan.has_errors(), "{:?}", plan.problems);
        self.carry_out(plan, trouble)
    }

    /// Carries a plan out, then holds the account to the files.
    pub fn carry_out(&mut self, plan: Plan, trouble: &Trouble) -> End {
        let document = self.state.document.clone();
        self.append(&JournalRecord::RunStarted {
            format: FORMAT.to_owned(),
            run: plan.stamp.run.clone(),
            document,
            scope: SCOPE.to_owned(),
            destroy: plan.destroy,
            only: BTreeSet::new(),
        });
        let first_seq = self.open().map_or(0, |run| run.next_seq);
        let mut engine = Engine::new(plan, first_seq);
        let began = self.cloud.now_ms();
        self.refusals.clear();
        if self.is_told {
            println!("== run at {began} ms, {trouble:?}");
            for action in engine.plan().actions.iter().filter(|it| it.kind != ActionKind::NoOp) {
                println!("   {:?} {}: {}", action.kind, action.title, action.reason);
            }
        }
        let (crashed, errors) = self.drive(&mut engine, trouble);
        self.took_ms = self.cloud.now_ms() - began;
        let end = match (crashed, engine.succeeded()) {
            (true, _) => End::Crashed,
            (false, true) => End::Done,
            (false, false) => End::Failed(errors),
        };
        self.write_down(&engine, &end);
        self.check();
        end
    }

    /// As the program does: a run that is over leaves a state, any other its journal too.
    fn write_down(&mut self, engine: &Engine, end: &End) {
        if *end != End::Done {
            return;
        }
        let kinds = engine.plan().desired.topology.clone();
        let resources = engine
            .ids()
            .iter()
            .map(|(id, live)| {
                let resource = kinds.get(id).unwrap();
                let tag_keys = Stamp::user_tags(resource).into_keys().collect();
                let kind = resource.kind.kind().as_str().to_owned();
                (id.clone(), Deployed { kind, id: live.to_owned(), tag_keys })
            })
            .collect();
        self.state.set(SCOPE, resources);
        self.journal.clear();
    }

    fn drive(&mut self, engine: &mut Engine, trouble: &Trouble) -> (bool, Vec<String>) {
        self.effects = 0;
        let began = self.cloud.now_ms();
        let mut drive = Drive { house: self, trouble, began, errors: Vec::new() };
        let driven = drive_in_time(engine, &mut drive);
        assert_ne!(driven, Driven::Stuck, "something to wait for");
        (driven == Driven::CutOff, drive.errors)
    }

    /// No call that changes something names an object that was there before us.
    fn check_call(&self, call: &Call) {
        if !call.is_write() {
            return;
        }
        let text = serde_json::to_string(call).unwrap();
        for id in self.foreign.keys() {
            assert!(!text.contains(&format!("\"{id}\"")), "{text} touches {id}, which is not ours");
        }
    }

    fn everything(&mut self) -> Observed {
        // Whoever judges sees everything at once and counts for nothing.
        let mut judge = self.cloud.clone().with_faults(Faults::default());
        let mut seen = Observed::default();
        for kind in DescribeKind::ALL {
            let call = Call::describe_all(*kind);
            let now = judge.now_ms();
            let reply = judge.handle(&call, now).unwrap();
            seen.take(&call, reply);
        }
        seen.bury();
        seen
    }

    /// Everything in the account by id, as text; what is at the end of its life left out.
    pub fn inventory(&mut self) -> BTreeMap<String, String> {
        let seen = self.everything();
        let drawn = seen.objects().filter(|object| object.alive);
        let drawn = drawn.map(|it| (it.live.to_owned(), format!("{:?} {:?}", it.kind, it.tags)));
        drawn.chain(parts(&seen).map(|it| (it.id.clone(), part_text(it)))).collect()
    }

    /// What must hold whenever a run is over or was cut off: nothing twice, nothing unknown, nothing of
    /// others changed, no secret in the journal.
    fn check(&mut self) {
        let seen = self.everything();
        let open = self.open();
        let mut known: BTreeSet<String> =
            self.state.known(SCOPE, open.as_ref()).into_values().map(|it| it.live).collect();
        // What another one has taken the place of is known by the state until it is gone.
        known.extend(self.state.known(SCOPE, None).into_values().map(|it| it.live));
        let unknown: BTreeSet<String> =
            open.iter().flat_map(|run| &run.unknown).map(|(id, _)| id.to_string()).collect();
        known.extend(self.journal_ids());
        let mut owners: BTreeMap<(String, String), String> = BTreeMap::new();
        for object in seen.objects().filter(|object| object.alive) {
            if let Some(text) = self.foreign.get(object.live) {
                assert_eq!(
                    *text,
                    format!("{:?} {:?}", object.kind, object.tags),
                    "{} was changed",
                    object.live
                );
                continue;
            }
            let Some(document) = object.tags.get(DOCUMENT_TAG) else { continue };
            assert_eq!(document, self.state.document.as_str());
            let resource = object.tags[RESOURCE_TAG].clone();
            let run = object.tags[RUN_TAG].clone();
            let is_known = known.contains(object.live)
                || unknown.contains(&resource)
                // What AWS made with something goes with it; it may be drawn no more.
                || came_with(&seen, object.live).is_some_and(|whole| {
                    let tags = seen.objects().find(|it| it.live == whole).map(|it| it.tags);
                    let drawn = tags.and_then(|it| it.get(RESOURCE_TAG));
                    known.contains(whole) || drawn.is_some_and(|it| unknown.contains(it))
                });
            assert!(is_known, "{} ({resource}) is in neither state nor journal", object.live);
            if let Some(other) = owners.insert((resource.clone(), run), object.live.to_owned()) {
                // A pair whose private key was lost with the reply is made again; the old one goes.
                let is_lost_key =
                    open.as_ref().is_some_and(|run| run.lost_keys().iter().any(|id| id.as_str() == resource));
                // What VPCs and rules use moves from the old one to the new, which stand beside each other.
                let spec = |live: &str| seen.objects.get(live).map(|it| &it.spec);
                let moves = matches!(object.kind, Kind::DhcpOptions | Kind::ManagedPrefixList)
                    && spec(&other) != spec(object.live);
                assert!(is_lost_key || moves, "{resource} was made twice: {other} and {}", object.live);
            }
        }
        self.check_parts(&seen);
        let gone: Vec<&String> = self.foreign.keys().filter(|id| !seen.has(id)).collect();
        assert!(gone.is_empty(), "{gone:?} were not ours and are gone");
        for secret in ["open-sesame", "PRIVATE KEY"] {
            assert!(!self.journal.contains(secret), "the journal holds a secret");
        }
    }

    /// The same of what is only a part of a resource. It is found by its tags, where its kind is asked for.
    fn check_parts(&self, seen: &Observed) {
        let asked = self.state.object_kinds(SCOPE, self.open().as_ref());
        let mut owners: BTreeSet<String> = BTreeSet::new();
        for part in parts(seen) {
            if let Some(text) = self.foreign.get(&part.id) {
                assert_eq!(*text, part_text(part), "{} was changed", part.id);
                continue;
            }
            let whole = match part.spec.kind() {
                DescribeKind::CustomerGateways => DescribeKind::VpnConnections,
                _ => DescribeKind::VpcBlockPublicAccess,
            };
            let resource = &part.tags[RESOURCE_TAG];
            assert_eq!(part.tags.get(DOCUMENT_TAG).map(String::as_str), Some(self.state.document.as_str()));
            let is_found = asked.contains(&whole) || asked.contains(&part.spec.kind());
            assert!(is_found, "nobody would look for {} of {resource}", part.id);
            assert!(owners.insert(format!("{resource} {:?}", part.spec)), "{resource} has {} twice", part.id);
        }
    }

    /// Ids that the journal names: of a reply, since a crash may come before the object is bound to its
    /// resource, or of what a resource was before another object took its place.
    fn journal_ids(&self) -> BTreeSet<String> {
        let records = self.journal.lines().filter_map(|line| serde_json::from_str(line).ok());
        let id = |record: JournalRecord| match record {
            JournalRecord::Outcome { outcome: Outcome::Done { id }, .. } => id,
            JournalRecord::Bound { id, .. } => Some(id),
            _ => None,
        };
        records.filter_map(id).collect()
    }
}

/// What stands and is only a part of what a resource is: customer gateways, exclusions.
fn parts(seen: &Observed) -> impl Iterator<Item = &LiveObject> {
    seen.objects.values().filter(|it| it.spec.is_part() && !it.state.starts_with("delet"))
}

fn part_text(part: &LiveObject) -> String {
    format!("{:?} {:?}", part.spec, part.tags)
}

/// The VPC or the transit gateway with which AWS made an object.
fn came_with<'a>(seen: &'a Observed, live: &str) -> Option<&'a str> {
    let table = seen.route_tables.get(live).filter(|it| it.associations.iter().any(|it| it.main));
    let acl = seen.network_acls.get(live).filter(|it| it.is_default);
    let group = seen.security_groups.get(live).filter(|it| it.group_name == "default");
    let vpc = table.map(|it| it.vpc_id.as_str()).or(acl.map(|it| it.vpc_id.as_str()));
    let whole = vpc.or(group.map(|it| it.vpc_id.as_str()));
    whole.or_else(|| seen.objects.get(live)?.spec.default_table_of())
}

/// A run in the house, in trouble.
struct Drive<'a> {
    house: &'a mut House,
    trouble: &'a Trouble,
    began: u64,
    errors: Vec<String>,
}

impl Driver for Drive<'_> {
    fn cloud(&mut self) -> &mut SimulatedCloud {
        &mut self.house.cloud
    }

    fn goes_on(&mut self) -> bool {
        let goes_on = self.trouble.crash_after.is_none_or(|cut| self.house.effects < cut);
        self.house.effects += usize::from(goes_on);
        goes_on
    }

    fn cancels(&mut self) -> bool {
        self.trouble.cancel_after.is_some_and(|after| self.house.effects >= after)
    }

    fn append(&mut self, record: &JournalRecord) {
        self.house.append(record);
    }

    fn report(&mut self, progress: Progress) {
        if let Progress::Log { text, is_error: true } = progress {
            self.errors.push(text);
        }
    }

    fn call(&mut self, call: &Call, now_ms: u64) -> Result<Reply, CloudError> {
        self.house.check_call(call);
        let expired = self.trouble.expires_after_ms.is_some_and(|ms| now_ms - self.began >= ms);
        let result = if expired {
            Err(CloudError::answered("ExpiredToken", "The security token has expired"))
        } else {
            self.house.cloud.handle(call, now_ms)
        };
        if self.house.is_told && call.is_write() {
            let told = match &result {
                Ok(reply) => reply.id().unwrap_or("done").to_owned(),
                Err(error) => error.to_string(),
            };
            println!("{now_ms:>9} {}: {told}", serde_json::to_string(call).unwrap());
        }
        if let Err(error) = &result {
            self.house.refusals.insert((call.name().to_owned(), error.code.clone()));
        }
        result
    }
}
