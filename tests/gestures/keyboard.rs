//! The canvas without a pointer.

use eframe::egui::{Event, Key, Modifiers};
use vpcscape::model::Kind;

use crate::window::{Window, id, template};

#[test]
fn delete_removes_what_is_selected_and_undo_brings_it_back_selected() {
    let mut window = Window::on(template("bastion-nat"));
    window.click_node("i-private");
    window.key(Key::Delete);
    assert!(window.document().topology.get(&id("i-private")).is_none());
    assert!(!window.sees("i-private"));
    window.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), &template("bastion-nat"));
    assert_eq!(window.session().selection(), [id("i-private")]);
}

#[test]
fn enter_on_a_selected_box_opens_its_name_and_enter_commits_it() {
    let mut window = Window::on(template("bastion-nat"));
    window.click_node("i-private");
    window.key(Key::Enter);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run();
    window.harness.event(Event::Text("worker".to_owned()));
    window.run();
    window.key(Key::Enter);
    assert_eq!(window.document().topology.get(&id("i-private")).unwrap().name, "worker");
    assert_eq!(window.session().history().depth(), 1);
}

#[test]
fn escape_leaves_the_name_as_it_was() {
    let mut window = Window::on(template("bastion-nat"));
    window.click_node("i-private");
    window.key(Key::Enter);
    window.harness.event(Event::Text("oops".to_owned()));
    window.run();
    window.key(Key::Escape);
    assert_eq!(window.session().revision(), 0);
}

#[test]
fn arrows_go_from_box_to_box() {
    let mut window = Window::on(template("bastion-nat"));
    window.click_node("subnet-public");
    window.key(Key::ArrowDown);
    assert_eq!(window.session().selection(), [id("subnet-private")]);
    window.key(Key::ArrowUp);
    assert_eq!(window.session().selection(), [id("subnet-public")]);
}

#[test]
fn a_kind_is_put_in_without_a_pointer() {
    let mut window = Window::on(template("bastion-nat"));
    window.palette_row(Kind::Instance).focus();
    window.run();
    window.key(Key::Enter);
    window.node("subnet-private").focus();
    window.run();
    window.key(Key::Enter);
    let inside = window
        .document()
        .topology
        .of_kind(Kind::Instance)
        .filter(|it| it.kind.as_instance().is_some_and(|it| it.subnet_id == id("subnet-private")));
    assert_eq!(inside.count(), 2);
}

#[test]
fn an_arrow_is_drawn_without_a_pointer() {
    let mut window = Window::on(template("bastion-nat"));
    window.click_node("subnet-private");
    window.key(Key::C);
    window.node("rtb-public").focus();
    window.run();
    window.key(Key::Enter);
    let subnet = window.document().topology.kind(&id("subnet-private")).unwrap().as_subnet().unwrap();
    assert_eq!(subnet.route_table_id, Some(id("rtb-public")));
}
