//! What the packet walk costs as networks grow: one trace, a saved check after an edit, everything that
//! the walk can prepare, and the matrix of all pairs.
//!
//! `cargo bench --bench reach`

use std::{hint::black_box, time::Duration};

use criterion::Criterion;
use vpcscape::{
    interop::generate,
    model::{Document, Kind},
    net::Protocol,
    reach::{Flow, Matrix, Network, Party, run_checks, walk},
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [usize; 3] = [100, 1_000, 10_000];

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    for size in SIZES {
        let document = generate::network(size, 1);
        let mut group = criterion.benchmark_group(format!("{size} resources"));
        group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
        let index = document.topology.index();
        group.bench_function("prepare all", |bencher| {
            bencher.iter(|| black_box(Network::new(&document.topology, &index)).interfaces().count());
        });
        let network = Network::new(&document.topology, &index);
        for (name, flow) in flows(&document) {
            group.bench_function(name, |bencher| bencher.iter(|| walk(&network, black_box(&flow))));
        }
        let mut checked = document.clone();
        checked.checks.insert(
            "closed".to_owned(),
            vpcscape::model::Check {
                from: "internet".to_owned(),
                to: index.of_kind(Kind::Instance).first().map_or_else(String::new, ToString::to_string),
                protocol: Protocol::Tcp,
                port: Some(22),
                expect: vpcscape::model::CheckExpectation::Blocked,
            },
        );
        group.bench_function("one check, from nothing", |bencher| {
            bencher.iter(|| run_checks(&checked, &index))
        });
        group.finish();
    }
    matrices(&mut criterion);
    criterion.final_summary();
}

/// The full matrix of some instances of a large network, and the internet.
fn matrices(criterion: &mut Criterion) {
    let document = generate::network(5_000, 1);
    let index = document.topology.index();
    let network = Network::new(&document.topology, &index);
    let hosts = index.of_kind(Kind::Instance);
    let mut group = criterion.benchmark_group("matrix");
    group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(3));
    for count in [100, 300, 1_000] {
        let hosts = hosts.iter().take(count).cloned().map(Party::Resource);
        let parties: Vec<Party> = hosts.chain([Party::Internet]).collect();
        assert_eq!(parties.len(), count + 1, "the network has too few instances");
        group.bench_function(format!("{count} instances"), |bencher| {
            bencher.iter(|| Matrix::new(&network, parties.clone()));
        });
    }
    group.finish();
}

/// Flows of different lengths.
fn flows(document: &Document) -> Vec<(&'static str, Flow)> {
    let index = document.topology.index();
    let hosts = index.of_kind(Kind::Instance);
    let (Some(first), Some(last)) = (hosts.first(), hosts.last()) else { return Vec::new() };
    let host = |id: &vpcscape::model::ResourceId| Party::Resource(id.clone());
    let flow = |from, to| Flow::new(from, to, Protocol::Tcp, 443);
    vec![
        ("trace host to host", flow(host(first), host(last))),
        ("trace host to internet", flow(host(first), Party::Internet)),
        ("trace internet to host", flow(Party::Internet, host(first))),
    ]
}
