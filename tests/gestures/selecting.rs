//! Clicks, rubber bands, zoom and pan.

use eframe::egui::{Event, Modifiers, MouseWheelUnit, PointerButton, TouchPhase, vec2};
use egui_kittest::kittest::Queryable as _;

use crate::window::{Window, id, template};

#[test]
fn a_click_selects_and_shift_adds_and_takes_away() {
    let mut window = Window::on(template("bastion-nat"));
    window.click_node("i-bastion");
    assert_eq!(window.session().selection(), [id("i-bastion")]);
    let other = window.rect("i-private").center();
    window.click_at_with(other, Modifiers::SHIFT);
    assert_eq!(window.session().selection(), [id("i-bastion"), id("i-private")]);
    window.click_at_with(other, Modifiers::SHIFT);
    assert_eq!(window.session().selection(), [id("i-bastion")]);
}

#[test]
fn the_deepest_box_is_hit_not_the_first() {
    let mut window = Window::on(template("bastion-nat"));
    window.click_node("subnet-public");
    assert_eq!(window.session().selection(), [id("subnet-public")]);
    window.click_node("vpc-tutorial");
    assert_eq!(window.session().selection(), [id("vpc-tutorial")]);
}

#[test]
fn a_rubber_band_selects_what_is_wholly_inside() {
    let mut window = Window::on(template("bastion-nat"));
    let region = window.rect("region");
    window.drag(region.left_top() - vec2(6.0, 6.0), region.right_bottom() + vec2(6.0, 6.0));
    let selected = window.session().selection();
    for name in ["vpc-tutorial", "subnet-public", "i-bastion", "igw-tutorial", "key-tutorial"] {
        assert!(selected.contains(&id(name)), "{name} is not in {selected:?}");
    }
    assert_eq!(window.session().revision(), 0);
}

#[test]
fn a_screen_reader_finds_the_boxes_by_name_and_clicks_them() {
    let mut window = Window::on(template("bastion-nat"));
    let bastion = window
        .harness
        .get_all_by_label_contains("bastion")
        .find(|node| node.rect() == window.rect("i-bastion"));
    bastion.expect("the host has a name").click_accesskit();
    window.run();
    assert_eq!(window.session().selection(), [id("i-bastion")]);
}

#[test]
fn the_wheel_with_ctrl_zooms_at_the_pointer_and_alone_pans() {
    let mut window = Window::on(template("bastion-nat"));
    let spot = window.rect("i-bastion").center();
    let wheel = |modifiers, y| Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, y),
        phase: TouchPhase::Move,
        modifiers,
    };
    window.harness.hover_at(spot);
    let size = window.rect("i-bastion").width();
    window.harness.event(Event::ModifiersChanged(Modifiers::COMMAND));
    window.harness.event(wheel(Modifiers::COMMAND, 60.0));
    window.harness.run_steps(30);
    window.harness.event(Event::ModifiersChanged(Modifiers::NONE));
    window.run();
    let zoomed = window.rect("i-bastion");
    assert!(zoomed.width() > size * 1.1, "{} became {}", size, zoomed.width());
    assert!((zoomed.center() - spot).length() < 3.0, "the pointer's spot stays: {zoomed:?} {spot:?}");
    window.harness.event(wheel(Modifiers::NONE, -40.0));
    window.harness.run_steps(30);
    window.run();
    assert!((window.rect("i-bastion").center().y - (zoomed.center().y - 40.0)).abs() < 3.0);
    assert_eq!(window.session().revision(), 0);
}

#[test]
fn the_middle_button_pans_and_the_tool_goes_on() {
    let mut window = Window::on(template("bastion-nat"));
    let from = window.rect("i-bastion").center();
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Middle,
        pressed,
        modifiers: Modifiers::NONE,
    };
    window.harness.hover_at(from);
    window.harness.event(button(from, true));
    window.harness.hover_at(from + vec2(50.0, 30.0));
    window.harness.event(button(from + vec2(50.0, 30.0), false));
    window.run();
    assert!((window.rect("i-bastion").center() - (from + vec2(50.0, 30.0))).length() < 1.0);
    window.click_node("i-bastion");
    assert_eq!(window.session().selection(), [id("i-bastion")]);
}

#[test]
fn an_arrow_says_where_it_comes_from_and_a_click_selects_its_table() {
    let mut window = Window::on(template("bastion-nat"));
    let canvas = &window.harness.state().view().canvas;
    let (scene, lens) = (canvas.scene().expect("a picture"), canvas.lens().expect("a frame was painted"));
    let arrow = scene.arrows.iter().find(|arrow| arrow.route_table == Some(id("rtb-tutorial-main")));
    let label = lens.screen_from_world(arrow.expect("the way out through the NAT gateway").label_at);
    window.harness.hover_at(label);
    window.run();
    window.harness.get_by_label_contains("by route table tutorial-main");
    window.click_at(label);
    assert_eq!(window.session().selection(), [id("rtb-tutorial-main")]);
}

#[test]
fn another_document_is_shown_as_a_whole_and_nothing_hangs_on_the_pointer() {
    let mut window = Window::on(template("bastion-nat"));
    let kind = window.palette(vpcscape::model::Kind::Vpc);
    window.click_at(kind);
    assert!(window.harness.state().view().canvas.placing().is_some());
    let ctx = window.harness.ctx.clone();
    let intent = vpcscape::session::Intent::NewFromTemplate("private-endpoints".to_owned());
    window.harness.state_mut().handle(&ctx, intent);
    window.run();
    assert!(window.harness.state().view().canvas.placing().is_none());
    let canvas = window.harness.state().view().canvas.lens().expect("a frame was painted").canvas;
    assert!(canvas.contains_rect(window.rect("region")));
}
