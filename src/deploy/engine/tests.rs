//! The engine against the simulated cloud: whole lives of networks, faults, crashes at every effect.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::{
    deploy::{
        Desired, DocumentId, Known, Observed, Observer, Request, RunId, RunState, Stamp, StateFile,
        journal::{self, FORMAT},
        look::is_going,
        plan::{ActionKind, plan},
        stamp::{DOCUMENT_TAG, RESOURCE_TAG},
        state::Deployed,
    },
    interop::{generate, native},
    model::{Document, ResourceId},
    simulated::{Driven, Driver, Faults, Limits, SimulatedCloud, drive as drive_in_time},
};

mod beyond;
mod block_public_access;
mod interfaces;
mod joined;
mod regional;
mod resize;
mod together;
mod vpn;

const SCOPE: &str = "simulated/us-east-1";

/// An account, a document's files, and a clock.
#[derive(Clone)]
struct House {
    cloud: SimulatedCloud,
    state: StateFile,
    journal: String,
    runs: u64,
    /// Every id that a reply or a description ever showed for a resource.
    seen: BTreeMap<String, BTreeSet<String>>,
    /// The calls that were made, in their order.
    calls: Vec<Call>,
    /// Whether a call that asks for several objects is answered as if one of them were unknown.
    knows_one_at_a_time: bool,
}

/// How a run came to its end.
#[derive(Debug, PartialEq, Eq)]
enum End {
    Done,
    Failed(Vec<String>),
    Crashed,
}

impl House {
    fn new(seed: u64, region: &str) -> Self {
        Self {
            cloud: SimulatedCloud::new(seed, region),
            state: StateFile::new(DocumentId::from_number(seed)),
            journal: String::new(),
            runs: 0,
            seen: BTreeMap::new(),
            calls: Vec::new(),
            knows_one_at_a_time: false,
        }
    }

    fn open(&self) -> Option<RunState> {
        journal::replay(&self.journal).unwrap().filter(|run| !run.over)
    }

    fn ask(&mut self, call: &Call) -> Result<Reply, CloudError> {
        for _ in 0..50 {
            let now = self.cloud.now_ms();
            match self.cloud.handle(call, now) {
                Err(error) if error.kind == ErrorKind::Throttled => self.cloud.advance(500),
                answer => return answer,
            }
        }
        panic!("always throttled");
    }

    /// As the program does: what is drawn, known, or may stand nevertheless.
    fn observe(&mut self, known: &BTreeMap<ResourceId, Known>, desired: &Desired) -> Observed {
        let standing = self.state.object_kinds(SCOPE, self.open().as_ref());
        let mut observer = Observer::new(self.state.document.clone(), known.clone(), true)
            .with(desired.object_kinds())
            .with(standing);
        loop {
            let calls = observer.next_round();
            if calls.is_empty() {
                return observer.finish();
            }
            for call in calls {
                let result = self.ask(&call);
                observer.take(&call, result).unwrap();
            }
        }
    }

    fn plan(&mut self, document: Option<&Document>) -> Plan {
        let open = self.open();
        let known = self.state.known(SCOPE, open.as_ref());
        if open.as_ref().is_some_and(RunState::has_unknown_creations) {
            self.cloud.advance(HIDDEN_MS);
        }
        let region = self.cloud.region().to_owned();
        let desired = document.map_or_else(|| Desired::nothing(&region), |it| Desired::new(it, &region));
        let observed = self.observe(&known, &desired);
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
        plan(request, &observed)
    }

    fn append(&mut self, record: &JournalRecord) {
        self.journal.push_str(&serde_json::to_string(record).unwrap());
        self.journal.push('\n');
    }

    /// Plans and carries out; a crash comes after `cut` effects.
    fn run(&mut self, document: Option<&Document>, cut: Option<usize>) -> (End, usize) {
        let plan = self.plan(document);
        assert!(!plan.has_errors(), "{:?}", plan.problems);
        self.append(&JournalRecord::RunStarted {
            format: FORMAT.to_owned(),
            run: plan.stamp.run.clone(),
            document: plan.stamp.document.clone(),
            scope: SCOPE.to_owned(),
            destroy: plan.destroy,
            only: BTreeSet::new(),
        });
        let first_seq = self.open().map_or(0, |run| run.next_seq);
        let mut engine = Engine::new(plan, first_seq);
        let (crashed, effects, errors) = self.drive(&mut engine, cut);
        if crashed {
            return (End::Crashed, effects);
        }
        assert!(engine.is_over());
        if !engine.succeeded() {
            return (End::Failed(errors), effects);
        }
        let kinds = engine.plan().desired.topology.clone();
        let resources = engine
            .ids()
            .iter()
            .map(|(id, live)| {
                let kind = kinds.kind(id).unwrap().kind().as_str().to_owned();
                (id.clone(), Deployed { kind, id: live.to_owned(), tag_keys: BTreeSet::new() })
            })
            .collect();
        self.state.set(SCOPE, resources);
        self.journal.clear();
        (End::Done, effects)
    }

    fn drive(&mut self, engine: &mut Engine, cut: Option<usize>) -> (bool, usize, Vec<String>) {
        let mut drive = Drive { house: self, cut, done: 0, errors: Vec::new() };
        let driven = drive_in_time(engine, &mut drive);
        assert_ne!(driven, Driven::Stuck, "something to wait for");
        (driven == Driven::CutOff, drive.done, drive.errors)
    }

    /// Everything in the account, by kind, as text; what is at the end of its life left out.
    fn inventory(&mut self) -> BTreeMap<String, BTreeMap<String, String>> {
        let mut all = BTreeMap::new();
        let mut seen = Observed::default();
        for kind in crate::cloud::DescribeKind::ALL {
            let call = Call::describe_all(*kind);
            let reply = self.ask(&call).unwrap();
            seen.take(&call, reply);
        }
        seen.bury();
        // Parts that are no objects of their own count too.
        for object in seen.objects.values().filter(|it| !is_going(&it.state)) {
            all.entry(object.spec.kind().action().to_owned())
                .or_insert_with(BTreeMap::new)
                .insert(object.id.clone(), format!("{:?}", object.tags));
        }
        for object in seen.objects().filter(|object| object.alive) {
            let text = format!("{:?}", object.tags);
            all.entry(object.kind.as_str().to_owned())
                .or_insert_with(BTreeMap::new)
                .insert(object.live.to_owned(), text);
        }
        all
    }

    /// No resource of the document has two objects.
    fn check_nothing_twice(&mut self) {
        let mut seen = Observed::default();
        for kind in crate::cloud::DescribeKind::ALL {
            let call = Call::describe_all(*kind);
            let reply = self.ask(&call).unwrap();
            seen.take(&call, reply);
        }
        seen.bury();
        let mut owners: BTreeMap<String, String> = BTreeMap::new();
        for object in seen.objects().filter(|object| object.alive && object.tags.contains_key(DOCUMENT_TAG)) {
            let resource = object.tags[RESOURCE_TAG].clone();
            if let Some(other) = owners.insert(resource.clone(), object.live.to_owned()) {
                panic!("{resource} is both {other} and {}", object.live);
            }
            self.seen.entry(resource).or_default().insert(object.live.to_owned());
        }
    }
}

/// A run in the house, cut off before so many effects.
struct Drive<'a> {
    house: &'a mut House,
    cut: Option<usize>,
    done: usize,
    errors: Vec<String>,
}

impl Driver for Drive<'_> {
    fn cloud(&mut self) -> &mut SimulatedCloud {
        &mut self.house.cloud
    }

    fn goes_on(&mut self) -> bool {
        let goes_on = self.cut.is_none_or(|cut| self.done < cut);
        self.done += usize::from(goes_on);
        goes_on
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
        self.house.calls.push(call.clone());
        let several = matches!(call, Call::Describe { ids, .. } if ids.len() > 1);
        if several && self.house.knows_one_at_a_time {
            return Err(CloudError::answered("InvalidInstanceID.NotFound", "One is not there"));
        }
        self.house.cloud.handle(call, now_ms)
    }
}

fn template(name: &str) -> Document {
    let bytes: &[u8] = match name {
        "bastion-nat" => include_bytes!("../../../saved-topologies/bastion-nat.vpcscape.json"),
        _ => include_bytes!("../../../saved-topologies/private-endpoints.vpcscape.json"),
    };
    native::read(bytes).unwrap()
}

fn house_for(document: &Document, seed: u64) -> House {
    House::new(seed, &document.topology.region)
}

#[test]
fn both_templates_live_and_go() {
    for name in ["bastion-nat", "private-endpoints"] {
        let document = template(name);
        let mut house = house_for(&document, 7);
        let before = house.inventory();
        assert_eq!(house.run(Some(&document), None).0, End::Done, "{name}");
        house.check_nothing_twice();
        let again = house.plan(Some(&document));
        let left: Vec<_> = again.actions.iter().filter(|it| it.kind != ActionKind::NoOp).collect();
        assert!(again.is_empty(), "{name}: {left:#?}");
        assert_eq!(house.run(None, None).0, End::Done, "{name}");
        assert_eq!(house.inventory(), before, "{name}");
    }
}

#[test]
fn a_crash_after_any_effect_is_survived() {
    for name in ["bastion-nat", "private-endpoints"] {
        let document = template(name);
        let effects = house_for(&document, 1).run(Some(&document), None).1;
        for cut in 0..effects {
            let mut house = house_for(&document, 1);
            let before = house.inventory();
            assert_eq!(house.run(Some(&document), Some(cut)).0, End::Crashed);
            assert_eq!(house.run(Some(&document), None).0, End::Done, "{name}, crash after {cut}");
            house.check_nothing_twice();
            assert!(house.plan(Some(&document)).is_empty(), "{name}, crash after {cut}");
            assert_eq!(house.run(None, None).0, End::Done, "{name}, crash after {cut}");
            assert_eq!(house.inventory(), before, "{name}, crash after {cut}");
        }
    }
}

#[test]
fn a_destroy_goes_on_after_a_crash_and_after_an_unfinished_deploy() {
    let document = template("bastion-nat");
    let mut probe = house_for(&document, 2);
    let deploy = probe.run(Some(&document), None).1;
    let destroy = probe.run(None, None).1;
    for cut in (0..deploy).step_by(7) {
        let mut house = house_for(&document, 2);
        let before = house.inventory();
        house.run(Some(&document), Some(cut));
        assert_eq!(house.run(None, None).0, End::Done, "deploy cut after {cut}");
        assert_eq!(house.inventory(), before, "deploy cut after {cut}");
    }
    for cut in 0..destroy {
        let mut house = house_for(&document, 2);
        let before = house.inventory();
        house.run(Some(&document), None);
        house.run(None, Some(cut));
        assert_eq!(house.run(None, None).0, End::Done, "destroy cut after {cut}");
        assert_eq!(house.inventory(), before, "destroy cut after {cut}");
    }
}

#[test]
fn throttles_lost_replies_and_stale_descriptions_are_survived() {
    for seed in 0..60 {
        let name = if seed % 2 == 0 { "bastion-nat" } else { "private-endpoints" };
        let document = template(name);
        let mut house = house_for(&document, seed);
        let before = house.inventory();
        let faults = Faults {
            seed,
            throttle_per_mille: if seed % 3 == 0 { 0 } else { 150 },
            lost_reply_per_mille: if seed % 4 == 0 { 0 } else { 120 },
            stale_describe_per_mille: if seed % 5 == 0 { 0 } else { 200 },
            stale_ms: 5_000,
            ..Faults::default()
        };
        house.cloud = house.cloud.with_faults(faults);
        let mut ended = house.run(Some(&document), None).0;
        for _ in 0..3 {
            if ended != End::Done {
                ended = house.run(Some(&document), None).0;
            }
        }
        house.cloud = house.cloud.clone().with_faults(Faults::default());
        house.cloud.advance(10_000);
        assert_eq!(ended, End::Done, "seed {seed}");
        house.check_nothing_twice();
        assert!(house.plan(Some(&document)).is_empty(), "seed {seed}");
        assert_eq!(house.run(None, None).0, End::Done, "seed {seed}");
        assert_eq!(house.inventory(), before, "seed {seed}");
    }
}

#[test]
fn generated_networks_live_and_go() {
    for seed in 0..6 {
        let document = generate::network(40, seed);
        let mut house = house_for(&document, seed);
        let plenty = Limits {
            vpcs: 1000,
            addresses: 1000,
            internet_gateways: 1000,
            nat_gateways_per_zone: 1000,
            gateway_endpoints: 1000,
            ..Limits::default()
        };
        house.cloud = house.cloud.clone().with_limits(plenty);
        let before = house.inventory();
        assert_eq!(house.run(Some(&document), None).0, End::Done, "seed {seed}");
        let again = house.plan(Some(&document));
        let left: Vec<_> = again.actions.iter().filter(|it| it.kind != ActionKind::NoOp).collect();
        assert!(left.is_empty(), "seed {seed}: {left:#?}");
        assert_eq!(house.run(None, None).0, End::Done, "seed {seed}");
        assert_eq!(house.inventory(), before, "seed {seed}");
    }
}

#[test]
fn the_journal_holds_no_key_and_no_start_script() {
    let mut document = template("bastion-nat");
    let ids: Vec<ResourceId> = document.topology.resources.keys().cloned().collect();
    for id in ids {
        let resource = std::sync::Arc::make_mut(document.topology.resources.get_mut(&id).unwrap());
        if let Some(instance) = resource.kind.as_instance_mut() {
            instance.user_data = Some("echo open-sesame".to_owned());
        }
    }
    let mut house = house_for(&document, 3);
    let effects = house_for(&document, 3).run(Some(&document), None).1;
    house.run(Some(&document), Some(effects - 1));
    assert!(house.journal.lines().count() > 20);
    for secret in ["open-sesame", "PRIVATE KEY"] {
        assert!(!house.journal.contains(secret), "{secret}");
    }
}

#[test]
fn a_failure_stops_only_what_depends_on_it() {
    let document = template("bastion-nat");
    let mut house = house_for(&document, 4);
    let faults = Faults { denied_actions: vec!["AllocateAddress".to_owned()], ..Faults::default() };
    house.cloud = house.cloud.with_faults(faults);
    let (ended, _) = house.run(Some(&document), None);
    let End::Failed(errors) = ended else { panic!("{ended:?}") };
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].contains("UnauthorizedOperation"), "{errors:?}");
    let made = house.inventory();
    assert_eq!(made["instance"].len(), 2);
    assert!(!made.contains_key("nat_gateway"));
    house.cloud = house.cloud.clone().with_faults(Faults::default());
    assert_eq!(house.run(Some(&document), None).0, End::Done);
    assert!(house.plan(Some(&document)).is_empty());
}

#[test]
fn a_nat_gateway_that_failed_is_made_again() {
    let document = template("bastion-nat");
    let mut house = house_for(&document, 5);
    house.cloud = house.cloud.with_faults(Faults { nat_failure_per_mille: 1000, ..Faults::default() });
    let (ended, _) = house.run(Some(&document), None);
    assert!(matches!(ended, End::Failed(_)), "{ended:?}");
    house.cloud = house.cloud.clone().with_faults(Faults::default());
    assert_eq!(house.run(Some(&document), None).0, End::Done);
    assert!(house.plan(Some(&document)).is_empty());
}

#[test]
fn cancelling_starts_nothing_new_and_leaves_what_can_go_on() {
    let document = template("bastion-nat");
    let mut house = house_for(&document, 6);
    let plan = house.plan(Some(&document));
    let mut engine = Engine::new(plan, 0);
    let effects = engine.step(0, EngineEvent::Start);
    let tickets: Vec<(u64, Call)> = effects
        .into_iter()
        .filter_map(|effect| match effect {
            EngineEffect::Call { ticket, call } => Some((ticket, call)),
            _ => None,
        })
        .collect();
    assert!(tickets.len() > 1);
    let stopping = engine.step(1, EngineEvent::Cancel);
    assert!(!stopping.iter().any(|effect| matches!(effect, EngineEffect::Call { .. })));
    assert!(!engine.is_over(), "calls are under way");
    for (ticket, call) in tickets {
        let result = house.cloud.handle(&call, 0);
        let effects = engine.step(2, EngineEvent::Replied { ticket, result });
        assert!(effects.iter().any(|effect| matches!(effect, EngineEffect::Append(_))));
        assert!(!effects.iter().any(|effect| matches!(effect, EngineEffect::Call { .. })));
    }
    assert!(engine.is_over() && !engine.succeeded() && engine.was_cancelled());
}
