//! The Matrix tab: cells by name, what the internet reaches, and the walk behind a cell.

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use vpcscape::{
    interop::generate,
    model::Kind,
    reach::{Party, Verdict},
    ui::state::BottomTab,
};

use crate::{
    pictures,
    window::{Window, id, template},
};

fn opened(document: vpcscape::model::Document) -> Window {
    let mut window = Window::sized(document, 1600.0, 1000.0);
    window.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    assert_eq!(window.harness.state().view().bottom, BottomTab::Matrix);
    window
}

/// Whether a cell or a name is in sight.
fn says(window: &Window, text: &str) -> bool {
    window.harness.query_all_by_label(text).count() > 0
}

fn verdict(window: &Window) -> Option<Verdict> {
    window.harness.state().view().trace.trace().map(vpcscape::reach::Trace::verdict)
}

#[test]
fn a_cell_says_what_is_open_and_a_click_follows_the_packet() {
    let mut window = opened(template("bastion-nat"));
    assert!(says(&window, "bastion to private: tcp 22"));
    assert!(says(&window, "private to the internet: tcp all ports; udp all ports; ping"));
    assert!(says(&window, "the internet to private: nothing"));
    window.press("bastion to private: tcp 22");
    assert_eq!(window.harness.state().view().bottom, BottomTab::Trace);
    let trace = &window.harness.state().view().trace;
    let resource = |name: &str| Party::Resource(id(name));
    assert_eq!(trace.ends(), Some((&resource("i-bastion"), &resource("i-private"))));
    assert_eq!(verdict(&window), Some(Verdict::Reachable));
    let node = vpcscape::scene::NodeId::Resource(id("i-private"));
    let mark = window.harness.state().view().trace.trail().and_then(|trail| trail.at(&node));
    assert!(mark.is_some_and(|it| it.forward && it.reply), "the way is lit");
    // A cell in which nothing is open leads to the reasons.
    window.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    window.press("the internet to private: nothing");
    assert_eq!(verdict(&window), Some(Verdict::Blocked));
}

#[test]
fn what_the_internet_reaches_is_one_click() {
    let mut window = opened(template("bastion-nat"));
    window.press("What the internet reaches");
    assert!(says(&window, "the internet to bastion: tcp 22"));
    assert!(!says(&window, "private"), "the internet does not reach it");
    window.press("bastion");
    assert_eq!(window.session().selection(), [id("i-bastion")]);
    window.press("the internet to bastion: tcp 22");
    assert_eq!(window.harness.state().view().bottom, BottomTab::Trace);
    assert_eq!(verdict(&window), Some(Verdict::Reachable));
}

#[test]
fn the_matrix_follows_edits_and_groups_by_subnet() {
    let mut window = opened(template("bastion-nat"));
    window.press("By subnet");
    assert!(says(&window, "public to private: tcp 22"));
    window.press("By subnet");
    window.click_node("i-private");
    window.key(Key::Delete);
    assert!(!says(&window, "bastion to private: tcp 22"));
    window.key_with(Modifiers::COMMAND, Key::Z);
    assert!(says(&window, "bastion to private: tcp 22"));
    window.click_node("nat-tutorial");
    window.key(Key::Delete);
    assert!(says(&window, "private to the internet: nothing"));
}

#[test]
fn of_a_thousand_hosts_only_what_is_in_sight_is_asked() {
    let document = generate::network(5_000, 1);
    let hosts = document.topology.index().of_kind(Kind::Instance).len();
    assert!(hosts >= 1_000, "only {hosts} hosts");
    let window = opened(document);
    let grid = window.harness.state().view().matrix.grid().expect("a matrix");
    assert!(grid.rows().len() > hosts && grid.columns().len() > hosts);
    let known = |row: usize, column: usize| grid.known(row, column).is_some();
    assert!((1..4).all(|row| known(row, 1)), "what is in sight");
    let asked = (0..hosts).filter(|at| known(*at, hosts - *at)).count();
    assert!(asked < hosts / 2, "{asked} of {hosts} cells out of sight were asked");
}

#[test]
fn the_matrix_looks_as_it_did() {
    let mut window = opened(template("bastion-nat"));
    assert!(says(&window, "bastion to private: tcp 22"));
    pictures::compare_below(&mut window, "matrix");
}
