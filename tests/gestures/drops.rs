//! What is dropped where: taken, or refused with the reason.

use eframe::egui::{CursorIcon, Event, Key, Modifiers, PointerButton, vec2};
use egui_kittest::kittest::Queryable as _;
use vpcscape::model::{Kind, RouteTarget};

use crate::window::{Window, id, template};

#[test]
fn an_instance_over_the_region_is_refused_with_the_reason_and_nothing_is_written() {
    let mut window = Window::empty();
    let from = window.palette(Kind::Instance);
    let to = window.rect("region").center();
    window.hold(from, to);
    let reason = vpcscape::edit::drop_verdict(
        window.document(),
        window.session().index(),
        &vpcscape::edit::Dragged::New(Kind::Instance),
        &vpcscape::model::Container::Region,
    )
    .expect_err("an instance needs a subnet")
    .message;
    // At the pointer, and in the status line.
    assert_eq!(window.harness.get_all_by_label(&reason).count(), 2, "{reason}");
    assert_eq!(window.harness.output().platform_output.cursor_icon, CursorIcon::NotAllowed);
    assert_eq!(window.session().revision(), 0);
    window.let_go(to);
    assert_eq!(window.session().revision(), 0);
    assert_eq!(window.session().history().depth(), 0);
    let said = window.session().notices().last().expect("the session says why");
    assert_eq!(said.text, reason);
}

#[test]
fn a_drop_into_a_lane_is_one_step_of_undo() {
    let mut window = Window::on(template("bastion-nat"));
    let lane = window.at("vpc-tutorial/us-east-1a", 0.5, 0.05);
    window.drag_from_palette(Kind::Subnet, lane);
    assert_eq!(window.session().history().depth(), 1);
    assert_eq!(window.document().topology.of_kind(Kind::Subnet).count(), 3);
    window.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), &template("bastion-nat"));
}

#[test]
fn escape_during_a_drag_leaves_everything_as_it_was() {
    let mut window = Window::on(template("bastion-nat"));
    let from = window.palette(Kind::Subnet);
    let to = window.at("vpc-tutorial/us-east-1a", 0.5, 0.05);
    window.hold(from, to);
    window.key(Key::Escape);
    window.let_go(to);
    assert_eq!(window.session().revision(), 0);
}

#[test]
fn a_quick_hand_presses_moves_and_lets_go_within_one_frame() {
    let mut window = Window::empty();
    let from = window.palette(Kind::Vpc);
    let to = window.rect("region").center();
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let events = [Event::PointerMoved(from), button(from, true), Event::PointerMoved(to), button(to, false)];
    window.harness.input_mut().events.extend(events);
    window.harness.step();
    window.run();
    assert_eq!(window.document().topology.of_kind(Kind::Vpc).count(), 1);
}

#[test]
fn a_click_on_the_palette_and_a_click_on_the_canvas_do_the_same() {
    let mut window = Window::empty();
    let kind = window.palette(Kind::Vpc);
    window.click_at(kind);
    assert_eq!(window.session().revision(), 0);
    let middle = window.rect("region").center();
    window.click_at(middle);
    assert_eq!(window.document().topology.of_kind(Kind::Vpc).count(), 1);
}

#[test]
fn an_arrow_from_a_subnet_to_the_internet_edits_the_table_that_serves_it() {
    let mut window = Window::on(template("bastion-nat"));
    let internet = window.at("internet", 0.1, 0.5);
    window.connect("subnet-private", internet);
    let table = window.document().topology.kind(&id("rtb-tutorial-main")).unwrap().as_route_table().unwrap();
    assert_eq!(table.routes.len(), 1);
    assert_eq!(table.routes[0].target, RouteTarget::Gateway(id("igw-tutorial")));
}

#[test]
fn an_arrow_between_subnets_is_refused_with_the_reason() {
    let mut window = Window::on(template("bastion-nat"));
    let start = window.handle("subnet-private");
    let to = window.at("subnet-public", 0.3, 0.08);
    window.hold(start, to);
    let (from, to_id) = (id("subnet-private"), id("subnet-public"));
    let verdict = vpcscape::edit::connect_verdict(
        window.document(),
        window.session().index(),
        &from,
        &vpcscape::edit::ConnectTarget::Resource(to_id),
    );
    let reason = verdict.expect_err("subnets reach each other by the local route").message;
    assert!(window.harness.get_all_by_label(&reason).count() >= 1, "{reason}");
    window.let_go(to);
    assert_eq!(window.session().history().depth(), 0);
}

#[test]
fn a_host_dragged_into_another_subnet_lives_there() {
    let mut window = Window::on(template("bastion-nat"));
    let from = window.rect("i-private").center();
    let to = window.at("subnet-public", 0.5, 0.9);
    window.hold(from, to);
    assert_eq!(window.session().revision(), 0, "nothing is written while the button is held");
    window.let_go(to);
    let host = window.document().topology.kind(&id("i-private")).unwrap().as_instance().unwrap().clone();
    assert_eq!(host.subnet_id, id("subnet-public"));
    assert_eq!(window.session().history().depth(), 1);
    window.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), &template("bastion-nat"));
}

#[test]
fn a_move_inside_the_container_changes_the_picture_only() {
    let mut window = Window::on(template("bastion-nat"));
    let before = window.document().clone();
    let rect = window.rect("i-bastion");
    window.drag(rect.center(), rect.center() + vec2(14.0, 40.0));
    assert_eq!(window.document().topology, before.topology);
    assert!(window.document().diagram.placements.contains_key(&id("i-bastion")));
    assert!(window.rect("i-bastion").top() > rect.top() + 5.0);
    window.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), &before);
}

#[test]
fn a_frame_is_resized_by_its_corner() {
    let mut window = Window::on(template("bastion-nat"));
    window.click_node("vpc-tutorial");
    let before = window.rect("vpc-tutorial");
    let corner = before.right_bottom();
    window.drag(corner, corner + vec2(60.0, 50.0));
    let placement = window.document().diagram.placements.get(&id("vpc-tutorial")).expect("a size of its own");
    assert!(placement.width.is_some() && placement.height.is_some());
    assert!(window.rect("vpc-tutorial").width() > before.width() + 30.0);
}
