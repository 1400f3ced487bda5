//! What size costs: opening, saving, checking, drawing and walking generated networks of 1,000 and
//! 10,000 resources; beside a frame of the canvas, in the same run, a frame of egui_graphs'
//! `GraphView` with as many nodes. Ratios are printed at the end.
//!
//! `cargo bench --bench scale`

use std::{
    cell::RefCell,
    collections::BTreeMap,
    fs,
    hint::black_box,
    time::{Duration, Instant},
};

use criterion::{BenchmarkGroup, Criterion, measurement::WallTime};
use eframe::egui::{self, Event, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, Vec2};
use egui_graphs::{DefaultGraphView, Graph};
use vpcscape::{
    edit::Command,
    interop::{generate, native},
    model::{Document, Kind},
    reach::{Flow, Network, Party, walk},
    rules, scene,
    session::{Intent, Session},
    ui::{
        canvas::{self, CanvasState},
        state::ViewRequest,
    },
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [usize; 2] = [1_000, 10_000];
const SCREEN: Vec2 = Vec2::new(1600.0, 1000.0);

thread_local! {
    /// The shortest time of each row, by its name.
    static ROWS: RefCell<BTreeMap<String, Duration>> = const { RefCell::new(BTreeMap::new()) };
}

/// Measures one row and remembers its shortest time for the ratios.
fn row<T>(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, mut work: impl FnMut() -> T) {
    group.bench_function(name, |bencher| {
        bencher.iter_custom(|times| {
            let start = Instant::now();
            for _ in 0..times {
                black_box(work());
            }
            let total = start.elapsed();
            let each = total / u32::try_from(times).unwrap_or(u32::MAX);
            ROWS.with_borrow_mut(|rows| {
                let best = rows.entry(name.to_owned()).or_insert(each);
                *best = each.min(*best);
            });
            total
        });
    });
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    for size in SIZES {
        let mut group = criterion.benchmark_group(format!("{size} resources"));
        group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
        let before = resident_kib();
        let document = generate::network(size, 1);
        println!("memory of {size} resources: {} KiB resident", resident_kib().saturating_sub(before));
        file(&mut group, size, &document);
        pure(&mut group, size, &document);
        edits(&mut group, size, &document);
        frames(&mut group, size, &document);
        group.finish();
    }
    criterion.final_summary();
    ratios();
}

fn file(group: &mut BenchmarkGroup<'_, WallTime>, size: usize, document: &Document) {
    let Ok(text) = native::write(document) else { return };
    row(group, &format!("open {size}"), || native::read(text.as_bytes()));
    row(group, &format!("save {size}"), || native::write(document));
    row(group, &format!("peer: serde_json to values {size}"), || {
        serde_json::from_str::<serde_json::Value>(&text).is_ok()
    });
}

fn pure(group: &mut BenchmarkGroup<'_, WallTime>, size: usize, document: &Document) {
    row(group, &format!("index {size}"), || document.topology.index());
    let index = document.topology.index();
    row(group, &format!("check {size}"), || rules::check(document, &index));
    row(group, &format!("scene {size}"), || scene::build(document, &index));
    let network = Network::new(&document.topology, &index);
    let instances = index.of_kind(Kind::Instance);
    let (Some(from), Some(to)) = (instances.first(), instances.last()) else { return };
    let flow = Flow::new(
        Party::Resource(from.clone()),
        Party::Resource(to.clone()),
        vpcscape::net::Protocol::Tcp,
        443,
    );
    row(group, &format!("trace {size}"), || walk(&network, &flow));
}

/// What one change of the drawing costs: planning it, applying it, look-ups and findings; then the
/// picture too.
fn edits(group: &mut BenchmarkGroup<'_, WallTime>, size: usize, document: &Document) {
    let mut session = Session::new(document.clone(), None);
    let Some(id) = session.index().of_kind(Kind::Subnet).first().cloned() else { return };
    let mut turn = 0;
    let mut edit = || {
        turn += 1;
        // The window's picture of the document before the change holds on to that document.
        let shown = session.snapshot();
        session.handle(Intent::Edit(Command::Rename { id: id.clone(), name: format!("subnet {turn}") }));
        drop(shown);
        session.snapshot()
    };
    row(group, &format!("edit {size}"), &mut edit);
    row(group, &format!("edit and scene {size}"), || {
        let document = edit();
        scene::build(&document, &document.topology.index())
    });
}

fn frames(group: &mut BenchmarkGroup<'_, WallTime>, size: usize, document: &Document) {
    let mut session = Session::new(document.clone(), None);
    // The network that was made first is the same in every size, so that the same is in sight.
    let first = session.index().of_kind(Kind::Vpc).iter().find(|id| id.as_str().ends_with("-0"));
    session.handle(Intent::Select(first.into_iter().cloned().collect()));
    for (name, fit) in [("canvas, all visible", true), ("canvas, panning at 1:1", false)] {
        let ctx = egui::Context::default();
        let mut state = CanvasState::default();
        let mut intents = Vec::new();
        state.request(if fit { ViewRequest::Fit } else { ViewRequest::FitSelection });
        let mut time = 0.0;
        let mut frame = |state: &mut CanvasState, scroll: bool| {
            time += 1.0 / 60.0;
            paint(&ctx, input(time, scroll), |ui| canvas::show(ui, &session, state, None, &mut intents))
        };
        // The first frames build the scene and fit it.
        for _ in 0..5 {
            black_box(frame(&mut state, false));
        }
        if !fit {
            state.request(ViewRequest::ZoomReset);
        }
        row(group, &format!("{name} {size}"), || frame(&mut state, !fit));
        let painted = state.painted();
        println!("{name} {size}: {} boxes and {} arrows in sight", painted.nodes, painted.arrows);
    }
    let ctx = egui::Context::default();
    let mut graph = Graph::<(), ()>::new();
    let nodes: Vec<_> = (0..size).map(|_| graph.add_node(())).collect();
    for (from, to) in nodes.iter().zip(nodes.iter().skip(1)) {
        graph.add_edge(*from, *to, ());
    }
    let mut time = 0.0;
    let mut frame = || {
        time += 1.0 / 60.0;
        paint(&ctx, input(time, false), |ui| {
            DefaultGraphView::new().show(ui, &mut graph);
        })
    };
    for _ in 0..3 {
        black_box(frame());
    }
    row(group, &format!("peer: GraphView {size}"), frame);
}

/// One frame without a window, tessellated as for the screen.
fn paint(ctx: &egui::Context, input: RawInput, mut show: impl FnMut(&mut egui::Ui)) -> usize {
    let mut output = ctx.run_ui(input, |ui| {
        egui::CentralPanel::default().show(ui, |ui| show(ui));
    });
    output.textures_delta.clear();
    ctx.tessellate(output.shapes, output.pixels_per_point).len()
}

fn input(time: f64, scroll: bool) -> RawInput {
    let middle = Pos2::new(SCREEN.x / 2.0, SCREEN.y / 2.0);
    let mut events = vec![Event::PointerMoved(middle)];
    if scroll {
        // Back and forth, so that the picture stays in sight.
        let way = if (time * 2.0).fract() < 0.5 { 1.0 } else { -1.0 };
        events.push(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: Vec2::new(way * 40.0, way * 20.0),
            modifiers: egui::Modifiers::NONE,
            phase: TouchPhase::Move,
        });
    }
    RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SCREEN)),
        time: Some(time),
        events,
        focused: true,
        ..RawInput::default()
    }
}

fn ratios() {
    let pairs = [
        ("open", "peer: serde_json to values"),
        ("save", "peer: serde_json to values"),
        ("check", "index"),
        ("scene", "index"),
        ("canvas, all visible", "peer: GraphView"),
        ("canvas, panning at 1:1", "peer: GraphView"),
    ];
    println!("\nratios of the shortest times of this run");
    ROWS.with_borrow(|rows| {
        for size in SIZES {
            for (ours, peer) in pairs {
                let time = |name: &str| rows.get(&format!("{name} {size}")).map(Duration::as_secs_f64);
                if let (Some(ours_secs), Some(peer_secs)) = (time(ours), time(peer)) {
                    println!("{size:>6}  {ours} / {peer}: {:.3}", ours_secs / peer_secs);
                }
            }
        }
        let [small, large] = SIZES;
        for name in [
            "open",
            "save",
            "index",
            "check",
            "scene",
            "edit",
            "canvas, all visible",
            "canvas, panning at 1:1",
            "trace",
        ] {
            let time = |size| rows.get(&format!("{name} {size}")).map(Duration::as_secs_f64);
            if let (Some(few), Some(many)) = (time(small), time(large)) {
                println!("growth of {name} from {small} to {large}: {:.1} times", many / few);
            }
        }
    });
}

/// What the process holds in memory, in KiB; 0 where the system does not say.
fn resident_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
