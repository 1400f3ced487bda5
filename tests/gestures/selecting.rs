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
