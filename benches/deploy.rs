//! What planning costs as networks grow, and how long a deploy and a destroy take in the time of the
//! simulated cloud: beside what the calls need, and beside the same steps as other programs take them,
//! one call at a time and ten at a time in waves. These look at states as often as we do, a second after
//! the call at first.
//!
//! `cargo bench --bench deploy`
#![expect(clippy::indexing_slicing, reason = "every list here has one entry for each step of a plan")]
#![expect(clippy::expect_used, reason = "a bench whose account does not answer has nothing to measure")]

use std::{
    collections::{BTreeMap, BTreeSet},
    hint::black_box,
    sync::Arc,
    time::Duration,
};

use criterion::{BatchSize, Bencher, Criterion};
use vpcscape::{
    cloud::{Call, CloudError, DescribeKind, Reply},
    deploy::{
        Desired, DocumentId, Engine, Known, Observed, Observer, Plan, Request, RunId, Stamp,
        engine::{BURST, CALLS_PER_SECOND},
        plan::{self, Step, Until, Work},
    },
    interop::generate,
    model::{Document, ResourceId},
    simulated::{Driven, Driver, Limits, SimulatedCloud, drive},
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const REGION: &str = "us-east-1";
/// How many calls other programs have under way, as Terraform by default.
const WAVE: usize = 10;

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    for size in [1_000, 10_000] {
        let document = generate::network(size, 1);
        let mut group = criterion.benchmark_group(format!("{size} resources"));
        group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
        let nothing = Account::new().observe();
        let measure = |bencher: &mut Bencher<'_>, plan: &dyn Fn() -> Plan| {
            // A plan that is no longer needed goes outside of the time.
            bencher.iter_batched(|| (), |()| black_box(plan()), BatchSize::PerIteration);
        };
        group.bench_function("plan of everything", |bencher| {
            measure(bencher, &|| plan_of(&document, &nothing, &BTreeMap::new()));
        });
        let mut account = Account::new();
        account.carry_out(plan_of(&document, &nothing, &BTreeMap::new()));
        let standing = account.observe();
        let unchanged = plan_of(&document, &standing, &account.known);
        assert!(unchanged.is_empty(), "{}", unchanged.summary());
        group.bench_function("plan without a change", |bencher| {
            measure(bencher, &|| plan_of(&document, &standing, &account.known));
        });
        let tagged = with_a_tag(&document);
        group.bench_function("plan of a tag on everything", |bencher| {
            measure(bencher, &|| plan_of(&tagged, &standing, &account.known));
        });
        group.bench_function("plan of its end", |bencher| {
            measure(bencher, &|| plan::plan(request(None, &account.known), &standing));
        });
        group.finish();
    }
    criterion.final_summary();
    in_virtual_time();
}

fn with_a_tag(document: &Document) -> Document {
    let mut tagged = document.clone();
    for resource in tagged.topology.resources.values_mut() {
        Arc::make_mut(resource).tags.insert("team".to_owned(), "network".to_owned());
    }
    tagged
}

/// Runs each size in each order, and prints how long it takes.
fn in_virtual_time() {
    println!(
        "\nin the time of the simulated cloud, and how many times the longest chain of calls and states\n\
         together with the calls that cannot be spared at the rate that an account allows:"
    );
    let columns = ["steps", "calls", "chain", "rate", "takes", "", "waves of ten", "", "one by one", ""];
    println!("{:16}{}", "", columns.map(|it| format!("{it:>13}")).concat());
    for size in [10, 100, 1_000] {
        let document = generate::network(size, 1);
        let mut ours = Account::new();
        let (mut waves, mut chain) = (Account::new(), Account::new());
        for destroy in [false, true] {
            let run = ours.run(&document, destroy, |_| ());
            let least = run.critical_ms + run.floor_ms;
            let others = [waves.run(&document, destroy, in_waves), chain.run(&document, destroy, one_by_one)];
            let name = format!("{} {size}", if destroy { "destroy" } else { "apply" });
            let mut row = vec![run.steps.to_string(), run.calls.to_string()];
            row.extend([run.critical_ms, run.floor_ms].map(secs));
            for took in [run.took_ms, others[0].took_ms, others[1].took_ms] {
                row.extend([secs(took), format!("{:.2} x", took as f64 / least as f64)]);
            }
            let row: Vec<String> = row.iter().map(|it| format!("{it:>13}")).collect();
            println!("{name:16}{}", row.concat());
        }
    }
}

fn secs(ms: u64) -> String {
    format!("{:.1} s", ms as f64 / 1_000.0)
}

/// Each step after the one before it.
fn one_by_one(steps: &mut [Step]) {
    let order: Vec<usize> = levels(steps).into_iter().flatten().collect();
    for pair in order.windows(2) {
        steps[pair[1]].after.insert(pair[0]);
    }
}

/// Ten steps side by side, and the next ten once all of them are done.
fn in_waves(steps: &mut [Step]) {
    let levels = levels(steps);
    let waves: Vec<&[usize]> = levels.iter().flat_map(|level| level.chunks(WAVE)).collect();
    for pair in waves.windows(2) {
        for at in pair[1] {
            steps[*at].after.extend(pair[0]);
        }
    }
}

/// The steps by how many others must come before them.
fn levels(steps: &[Step]) -> Vec<Vec<usize>> {
    let mut depths = vec![0; steps.len()];
    for at in in_order(steps) {
        depths[at] = steps[at].after.iter().map(|before| depths[*before] + 1).max().unwrap_or(0);
    }
    let mut levels = vec![Vec::new(); depths.iter().max().map_or(0, |it| it + 1)];
    for (at, depth) in depths.into_iter().enumerate() {
        levels[depth].push(at);
    }
    levels
}

/// The steps so that each comes after those that it waits for.
fn in_order(steps: &[Step]) -> Vec<usize> {
    let mut open: Vec<usize> = steps.iter().map(|step| step.after.len()).collect();
    let mut followers = vec![Vec::new(); steps.len()];
    for (at, step) in steps.iter().enumerate() {
        step.after.iter().for_each(|before| followers[*before].push(at));
    }
    let mut order: Vec<usize> = (0..steps.len()).filter(|at| open[*at] == 0).collect();
    let mut next = 0;
    while let Some(at) = order.get(next).copied() {
        next += 1;
        for follower in &followers[at] {
            open[*follower] -= 1;
            if open[*follower] == 0 {
                order.push(*follower);
            }
        }
    }
    order
}

/// The length of the longest chain of steps, each as short as its calls and its object allow.
fn critical_ms(plan: &Plan) -> u64 {
    let mut ends = vec![0; plan.steps.len()];
    for at in in_order(&plan.steps) {
        let step = &plan.steps[at];
        ends[at] = step.after.iter().map(|it| ends[*it]).max().unwrap_or(0) + shortest_ms(plan, step);
    }
    ends.into_iter().max().unwrap_or(0)
}

/// What describing takes.
fn look_ms() -> u64 {
    Call::describe_all(DescribeKind::Vpcs).usual_ms()
}

fn shortest_ms(plan: &Plan, step: &Step) -> u64 {
    match &step.work {
        Work::Create { .. } => creation_ms(plan, step),
        Work::Find => look_ms(),
        Work::Mend(_) => look_ms() + 350 * mending_calls(plan, step),
        Work::Wait { describe, until, .. } => {
            // The object begins to change when the call arrives, not when it is answered.
            let answered = match until {
                Until::Gone => step.after.iter().map(|it| removal_ms(&plan.steps[*it])).max().unwrap_or(0),
                _ => creation_ms(plan, step),
            };
            let settles = SimulatedCloud::settles_ms(*describe, *until == Until::Gone);
            // Nobody knows that the state is reached before a call that was made then is answered.
            settles.saturating_sub(answered) + look_ms()
        }
        Work::Remove(call) => call.usual_ms(),
    }
}

fn creation_ms(plan: &Plan, step: &Step) -> u64 {
    let makes = plan.actions[step.action].calls.iter().filter(|it| makes_object(it));
    makes.map(Call::usual_ms).max().unwrap_or(0)
}

/// The rules of a group have tags of their own, and are no objects that others wait for.
fn makes_object(call: &Call) -> bool {
    call.tags().is_some() && !call.name().starts_with("Authorize")
}

fn removal_ms(step: &Step) -> u64 {
    match &step.work {
        Work::Remove(call) => call.usual_ms(),
        _ => 0,
    }
}

/// What was just made differs in what its calls say; they are shared out evenly.
fn mending_calls(plan: &Plan, step: &Step) -> u64 {
    let same = |it: &&Step| it.action == step.action && matches!(it.work, Work::Mend(_));
    let mends = plan.steps.iter().filter(same).count().max(1);
    let calls = plan.actions[step.action].calls.iter().filter(|it| !makes_object(it)).count();
    (calls / mends) as u64
}

/// How long the calls take that no order of them spares, looking at states left aside.
fn floor_ms(plan: &Plan) -> u64 {
    let calls = |step: &Step| match &step.work {
        Work::Create { .. } | Work::Find | Work::Remove(_) => 1,
        Work::Mend(_) => 1 + mending_calls(plan, step),
        Work::Wait { .. } => 0,
    };
    let calls: u64 = plan.steps.iter().map(calls).sum();
    calls.saturating_sub(BURST) * 1_000 / CALLS_PER_SECOND
}

fn plan_of(document: &Document, observed: &Observed, known: &BTreeMap<ResourceId, Known>) -> Plan {
    plan::plan(request(Some(document), known), observed)
}

fn request(document: Option<&Document>, known: &BTreeMap<ResourceId, Known>) -> Request {
    Request {
        desired: document.map_or_else(|| Desired::nothing(REGION), |it| Desired::new(it, REGION)),
        destroy: document.is_none(),
        only_run: false,
        is_back: false,
        account: "simulated".to_owned(),
        stamp: Stamp { document: DocumentId::from_number(1), run: RunId::from_number(1) },
        known: known.iter().map(|(id, known)| (id.clone(), known.live.clone())).collect(),
        lost_keys: BTreeSet::default(),
        attempts: BTreeMap::default(),
        problems: Vec::new(),
    }
}

/// One run.
struct Run {
    steps: usize,
    calls: u64,
    took_ms: u64,
    critical_ms: u64,
    floor_ms: u64,
}

/// A simulated account, and what stands in it.
struct Account {
    cloud: SimulatedCloud,
    known: BTreeMap<ResourceId, Known>,
}

impl Account {
    fn new() -> Self {
        let cloud = SimulatedCloud::new(1, REGION).with_limits(Limits::plenty());
        Self { cloud, known: BTreeMap::new() }
    }

    fn observe(&mut self) -> Observed {
        let mut observer = Observer::new(DocumentId::from_number(1), self.known.clone(), true);
        loop {
            let calls = observer.next_round();
            if calls.is_empty() {
                return observer.finish();
            }
            for call in calls {
                let result = self.cloud.handle(&call, self.cloud.now_ms());
                observer.take(&call, result).expect("it can be described");
            }
        }
    }

    fn run(&mut self, document: &Document, destroy: bool, order: impl Fn(&mut [Step])) -> Run {
        let observed = self.observe();
        let request = request((!destroy).then_some(document), &self.known);
        let mut plan = plan::plan(request, &observed);
        let (steps, critical_ms, floor_ms) = (plan.steps.len(), critical_ms(&plan), floor_ms(&plan));
        order(&mut plan.steps);
        let (calls, took_ms) = self.carry_out(plan);
        Run { steps, calls, took_ms, critical_ms, floor_ms }
    }

    /// Answers the number of calls and the milliseconds that passed.
    fn carry_out(&mut self, plan: Plan) -> (u64, u64) {
        assert!(!plan.has_errors(), "{:?}", plan.problems);
        let began = self.cloud.now_ms();
        let mut engine = Engine::new(plan, 0);
        let mut counted = Counted { cloud: &mut self.cloud, calls: 0 };
        assert_eq!(drive(&mut engine, &mut counted), Driven::Over);
        let calls = counted.calls;
        assert!(engine.succeeded(), "{:?}", engine.rows());
        let kinds = &engine.plan().desired.topology;
        let known = engine.ids().iter().filter_map(|(id, live)| {
            let kind = kinds.kind(id)?.kind();
            Some((id.clone(), Known { kind, live: live.to_owned() }))
        });
        self.known = known.collect();
        (calls, self.cloud.now_ms() - began)
    }
}

/// A cloud that counts the calls.
struct Counted<'a> {
    cloud: &'a mut SimulatedCloud,
    calls: u64,
}

impl Driver for Counted<'_> {
    fn cloud(&mut self) -> &mut SimulatedCloud {
        self.cloud
    }

    fn call(&mut self, call: &Call, now_ms: u64) -> Result<Reply, CloudError> {
        self.calls += 1;
        self.cloud.handle(call, now_ms)
    }
}
