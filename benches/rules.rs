//! What asking the rules costs as networks grow: all of them, and again after one edit; with look-ups
//! brought up to date likewise. Beside it, in the same run, asking everything again after the edit, as
//! a linter that is run anew does.
//!
//! `cargo bench --bench rules`

use std::{
    collections::BTreeMap,
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

use criterion::Criterion;
use vpcscape::{
    interop::generate,
    model::{Document, Index, Kind, Resource, ResourceId},
    rules::{self, Live},
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [usize; 3] = [1_000, 10_000, 50_000];
const EDITED: [Kind; 5] =
    [Kind::Instance, Kind::Subnet, Kind::RouteTable, Kind::SecurityGroup, Kind::ElasticIp];

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    let mut best: BTreeMap<String, Duration> = BTreeMap::new();
    for size in SIZES {
        let document = generate::network(size, 1);
        let index = document.topology.index();
        let mut group = criterion.benchmark_group(format!("{size} resources"));
        group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
        let mut row = |name: &str, work: &mut dyn FnMut()| {
            group.bench_function(name, |bencher| {
                bencher.iter_custom(|times| {
                    let start = Instant::now();
                    (0..times).for_each(|_| work());
                    let each = start.elapsed() / u32::try_from(times).unwrap_or(u32::MAX);
                    let row = best.entry(format!("{name}, {size} resources")).or_insert(each);
                    *row = each.min(*row);
                    start.elapsed()
                });
            });
        };
        row("look-ups", &mut || drop(black_box(document.topology.index())));
        row("full check", &mut || drop(black_box(rules::review(&document, &index))));
        for kind in EDITED {
            let Some(mut edit) = Edit::of(&document, kind) else { continue };
            row(&format!("again after an edit of a {}", kind.as_str()), &mut || edit.again());
        }
        let Some(mut edit) = Edit::of(&document, Kind::Instance) else { continue };
        row("peer: everything after an edit", &mut || edit.everything());
        group.finish();
    }
    criterion.final_summary();
    ratios(&best);
}

/// A document in which one resource is changed over and over.
struct Edit {
    document: Document,
    index: Index,
    live: Live,
    id: ResourceId,
    turn: usize,
}

impl Edit {
    /// The change of a resource in the middle of those of its kind; `None` where there is none.
    fn of(document: &Document, kind: Kind) -> Option<Self> {
        let index = document.topology.index();
        let ids = index.of_kind(kind);
        let id = ids.get(ids.len() / 2).cloned()?;
        let mut live = Live::default();
        live.review(document, &index);
        Some(Self { document: document.clone(), index, live, id, turn: 0 })
    }

    /// Another name, which findings mention; rules cannot know that nothing else has changed.
    fn change(&mut self) {
        self.turn += 1;
        let Some(resource) = self.document.topology.resources.get_mut(&self.id) else { return };
        let resource: &mut Resource = Arc::make_mut(resource);
        resource.name = format!("turn {}", self.turn);
    }

    fn again(&mut self) {
        self.change();
        let changes = self.index.refresh(&self.document.topology);
        black_box(self.live.follow(&self.document, &self.index, &changes));
    }

    fn everything(&mut self) {
        self.change();
        self.index = self.document.topology.index();
        black_box(rules::review(&self.document, &self.index));
    }
}

fn ratios(best: &BTreeMap<String, Duration>) {
    println!("\nshortest times, and how often they fit into asking everything again:");
    for (name, time) in best {
        let size = name.rsplit(", ").next().unwrap_or_default();
        let Some(all) = best.get(&format!("peer: everything after an edit, {size}")) else { continue };
        println!("{name:60} {time:>12.1?} {:>8.1} x", all.as_secs_f64() / time.as_secs_f64());
    }
}
