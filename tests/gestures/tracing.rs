//! The Trace tab: a question asked by hand, its answer as widgets, kept up with every edit.

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use vpcscape::{reach::Verdict, scene::NodeId, ui::state::BottomTab};

use crate::window::{Window, id, template};

const PRIVATE: &str = "private (EC2 instance)";
const REACHABLE: &str = "Reachable: the packet arrives";

fn says(window: &Window, text: &str) -> bool {
    window.harness.query_all_by_label_contains(text).count() > 0
}

/// A click on the first line of the answer that holds a text.
fn press_line(window: &mut Window, text: &str) {
    let line = |window: &Window| {
        let node = window.harness.get_all_by_label_contains(text).next().expect("the line is there");
        node.scroll_to_me();
        node.rect().center()
    };
    line(window);
    window.run();
    let at = line(window);
    window.click_at(at);
}

/// The tutorial with the private host's way to the internet.
fn traced() -> Window {
    let mut window = Window::sized(template("bastion-nat"), 1600.0, 1300.0);
    window.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    assert_eq!(window.harness.state().view().bottom, BottomTab::Trace);
    window.choose("From", PRIVATE);
    window
}

fn verdict(window: &Window) -> Option<Verdict> {
    window.harness.state().view().trace.trace().map(vpcscape::reach::Trace::verdict)
}

#[test]
fn a_packet_is_followed_there_and_back_and_a_click_on_a_hop_shows_it() {
    let mut window = traced();
    assert_eq!(verdict(&window), Some(Verdict::Reachable));
    assert!(says(&window, REACHABLE));
    press_line(&mut window, ". tutorial (NAT gateway)");
    assert_eq!(window.session().selection(), [id("nat-tutorial")]);
}

#[test]
fn swapping_asks_the_other_way_round_and_blockers_lead_to_the_culprit() {
    let mut window = traced();
    window.press("Swap From and To");
    assert_eq!(verdict(&window), Some(Verdict::Blocked));
    let blockers = window.harness.state().view().trace.trace().expect("an answer").blockers.clone();
    let first = blockers.first().expect("a reason");
    assert!(says(&window, first.code.as_str()) && says(&window, &first.detail));
    let culprit = first.resource.clone().expect("a box of the drawing");
    press_line(&mut window, first.code.as_str());
    assert_eq!(window.session().selection(), [culprit]);
}

#[test]
fn the_answer_follows_edits() {
    let mut window = traced();
    window.click_node("nat-tutorial");
    window.key(Key::Delete);
    assert_eq!(verdict(&window), Some(Verdict::Blocked));
    assert!(says(&window, "NO_ROUTE_TO_DESTINATION"));
    window.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(verdict(&window), Some(Verdict::Reachable));
    window.click_node("i-private");
    window.key(Key::Delete);
    assert_eq!(verdict(&window), None, "what was deleted sends nothing");
    assert!(says(&window, "`i-private`"), "the sentence names what is gone");
}

#[test]
fn an_address_can_be_typed_and_a_port_chosen() {
    let mut window = traced();
    window.choose("From", "An address…");
    assert_eq!(verdict(&window), None);
    window.type_into("From: address, id or name", "203.0.113.10");
    window.choose("To", "bastion (EC2 instance)");
    assert_eq!(verdict(&window), Some(Verdict::Blocked), "the web is closed");
    window.type_into("Port", "99999");
    assert_eq!(verdict(&window), None, "no such port");
    window.type_into("Port", "22");
    assert!(verdict(&window).is_some());
    window.choose("Protocol", "icmp");
    assert!(window.harness.query_by_label("Port").is_none(), "ICMP has no ports");
}

#[test]
fn the_boxes_of_the_way_are_marked() {
    let mut window = traced();
    let mark = |window: &Window, node: &NodeId| {
        window.harness.state().view().trace.trail().and_then(|trail| trail.at(node)).unwrap_or_default()
    };
    let nat = NodeId::Resource(id("nat-tutorial"));
    let there = mark(&window, &nat);
    assert!(there.forward && there.reply && !there.blocked);
    assert!(mark(&window, &NodeId::Internet).forward);
    let aside = mark(&window, &NodeId::Resource(id("i-bastion")));
    assert!(!aside.forward && !aside.reply && !aside.blocked);
    window.press("Swap From and To");
    let trace = window.harness.state().view().trace.trace().expect("an answer").clone();
    for culprit in trace.blockers.into_iter().filter_map(|it| it.resource) {
        assert!(mark(&window, &NodeId::Resource(culprit)).blocked);
    }
}

#[test]
fn what_would_open_it_is_previewed_and_applied_by_a_click() {
    let mut window = traced();
    window.choose("From", "bastion (EC2 instance)");
    window.choose("To", PRIVATE);
    window.type_into("Port", "5432");
    assert_eq!(verdict(&window), Some(Verdict::Blocked));
    let node = NodeId::Resource(id("i-private"));
    let mark = |window: &Window| {
        window.harness.state().view().trace.trail().and_then(|trail| trail.at(&node)).unwrap_or_default()
    };
    assert!(mark(&window).blocked);
    let label = "Let private take in tcp 5432 from the members of bastion";
    let button = format!("Apply: {label}");
    let at = window.harness.get_by_label(&button).rect().center();
    window.hover(at);
    assert!(!mark(&window).blocked && mark(&window).forward, "the way that it would take");
    window.press(&button);
    assert_eq!(verdict(&window), Some(Verdict::Reachable));
    window.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(verdict(&window), Some(Verdict::Blocked), "one step of undo");
}
