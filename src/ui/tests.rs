//! The window as a whole, and what the tests of its parts share.

use std::{cell::RefCell, rc::Rc, time::Duration};

use eframe::egui::{self, Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable as _};

use super::{App, ViewState, state::CentreTab, theme};
use crate::{
    model::{
        Container, Document, Instance, InternetGateway, NetworkAcl, Resource, ResourceId, Route,
        RouteDestination, RouteTable, RouteTarget, SecurityGroup, Subnet, Vpc,
    },
    net::cidr::parse_ipv4,
    session::{Effect, EffectSink, Event, Intent, Session},
};

/// An id.
pub fn id(text: &str) -> ResourceId {
    ResourceId::new(text).unwrap()
}

/// A VPC with what AWS makes with it, a public and a private subnet, a gateway, a table and a host.
pub fn document() -> Document {
    let mut document = Document::new("bench", "us-east-1");
    let vpc = id("vpc-main");
    let mut public = Subnet::new(vpc.clone(), parse_ipv4("10.0.0.0/24").unwrap(), "us-east-1a");
    public.route_table_id = Some(id("rtb-public"));
    let private = Subnet::new(vpc.clone(), parse_ipv4("10.0.1.0/24").unwrap(), "us-east-1a");
    let mut main = RouteTable::new(vpc.clone());
    main.main = true;
    let mut table = RouteTable::new(vpc.clone());
    table.routes.push(Route {
        destination: RouteDestination::Ipv4(parse_ipv4("0.0.0.0/0").unwrap()),
        target: RouteTarget::Gateway(id("igw-main")),
    });
    let mut host = Instance::new(id("subnet-public"));
    host.vpc_security_group_ids.push(id("sg-web"));
    let resources = [
        Resource::new(vpc.clone(), "main", Vpc::new(parse_ipv4("10.0.0.0/16").unwrap())),
        Resource::new(id("subnet-public"), "public", public),
        Resource::new(id("subnet-private"), "private", private),
        Resource::new(id("rtb-main"), "main table", main),
        Resource::new(id("rtb-public"), "public table", table),
        Resource::new(id("igw-main"), "gateway", InternetGateway { vpc_id: Some(vpc.clone()) }),
        Resource::new(id("acl-default"), "default acl", NetworkAcl::default_of(vpc.clone())),
        Resource::new(id("sg-default"), "default", SecurityGroup::default_of(vpc.clone(), id("sg-default"))),
        Resource::new(id("sg-web"), "web", SecurityGroup::new(vpc, "web", "web servers")),
        Resource::new(id("i-host"), "host", host),
    ];
    for resource in resources {
        document.topology.resources.insert(resource.id.clone(), resource.into());
    }
    document
}

/// A part of the window on a session, with the intents that it pushed. They are not carried out.
#[derive(Debug)]
pub struct Bench {
    /// What the part reads.
    pub session: Session,
    /// What the part remembers.
    pub view: ViewState,
    /// What the part asked for.
    pub intents: Vec<Intent>,
}

/// A harness around one part of the window, with these resources selected.
pub fn bench(
    selected: &[&str],
    part: impl FnMut(&mut egui::Ui, &Session, &mut ViewState, &mut Vec<Intent>) + 'static,
) -> Harness<'static, Bench> {
    bench_of(document(), selected, part)
}

/// The same on another document.
pub fn bench_of(
    document: Document,
    selected: &[&str],
    mut part: impl FnMut(&mut egui::Ui, &Session, &mut ViewState, &mut Vec<Intent>) + 'static,
) -> Harness<'static, Bench> {
    let mut session = Session::new(document, None);
    session.handle(Intent::Select(selected.iter().map(|text| id(text)).collect()));
    let state = Bench { session, view: ViewState::default(), intents: Vec::new() };
    Harness::builder().with_size([420.0, 1400.0]).with_max_steps(12).build_ui_state(
        move |ui, bench: &mut Bench| {
            theme::calm(ui.ctx());
            part(ui, &bench.session, &mut bench.view, &mut bench.intents);
        },
        state,
    )
}

/// Types into the field with this label: replaces what stands there.
pub fn retype<State>(harness: &mut Harness<'_, State>, label: &str, text: &str) {
    harness.get_by_label(label).focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    harness.get_by_label(label).type_text(text);
    harness.run();
}

/// What a sink was asked, and what it will hand back.
#[derive(Debug, Default)]
pub struct Script {
    /// Every effect so far.
    pub asked: Vec<Effect>,
    /// The events of the next frame.
    pub events: Vec<Event>,
}

#[derive(Debug)]
struct ScriptedSink(Rc<RefCell<Script>>);

impl EffectSink for ScriptedSink {
    fn dispatch(&mut self, effect: Effect) {
        self.0.borrow_mut().asked.push(effect);
    }

    fn drain(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.0.borrow_mut().events)
    }
}

/// The whole window on a document.
pub fn window(document: Document) -> (Harness<'static, App>, Rc<RefCell<Script>>) {
    let script = Rc::new(RefCell::new(Script::default()));
    let sink = ScriptedSink(Rc::clone(&script));
    let harness = Harness::builder()
        .with_size([1280.0, 800.0])
        .with_max_steps(20)
        .build_eframe(|cc| App::new(cc, Session::new(document, None), Box::new(sink)));
    (harness, script)
}

/// When the window wants to draw again by itself.
fn next_frame(harness: &Harness<'_, App>) -> Duration {
    harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay
}

#[test]
fn an_idle_window_asks_for_no_repaint() {
    let (mut harness, _) = window(document());
    harness.run();
    harness.step();
    assert_eq!(next_frame(&harness), Duration::MAX, "{:?}", harness.ctx.repaint_causes());
}

#[test]
fn an_idle_route_map_asks_for_no_repaint_and_goes_away_with_its_tab() {
    let (mut harness, _) = window(document());
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    harness.run();
    assert_eq!(harness.state().view().centre, CentreTab::RouteMap);
    harness.run();
    harness.step();
    assert_eq!(next_frame(&harness), Duration::MAX, "{:?}", harness.ctx.repaint_causes());
    assert!(harness.state().view().route_map.is_open());
    harness.get_by_label("Diagram").click();
    harness.run();
    assert!(!harness.state().view().route_map.is_open());
}

#[test]
fn panels_close_and_open_by_keys() {
    let (mut harness, _) = window(document());
    harness.run();
    for _ in 0..2 {
        let open = harness.state().view().panels.right;
        harness.key_press_modifiers(Modifiers::COMMAND, Key::I);
        harness.run();
        assert_eq!(harness.state().view().panels.right, !open);
    }
}

#[test]
fn the_containers_of_the_bench_are_as_drawn() {
    let document = document();
    let lane = Container::Lane(id("vpc-main"), "us-east-1a".to_owned());
    assert_eq!(document.topology.container(&id("subnet-public")), lane);
}
