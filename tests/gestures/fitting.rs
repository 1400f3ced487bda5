//! What is in sight when the window changes its size.

use eframe::egui::{Modifiers, Vec2, vec2};
use vpcscape::ui::canvas::Lens;

use crate::window::{Window, template};

fn lens(window: &Window) -> Lens {
    window.harness.state().view().canvas.lens().expect("a frame was painted")
}

fn resize(window: &mut Window, size: Vec2) {
    window.harness.set_size(size);
    window.run();
}

#[test]
fn a_drawing_that_was_fitted_is_fitted_again_when_the_window_grows() {
    let mut window = Window::sized(template("bastion-nat"), 900.0, 600.0);
    let small = lens(&window);
    resize(&mut window, vec2(1600.0, 1000.0));
    let large = lens(&window);
    assert!(large.zoom() > small.zoom() * 1.5, "{} {}", small.zoom(), large.zoom());
    for name in ["region", "internet"] {
        assert!(large.canvas.contains_rect(window.rect(name)), "{name}");
    }
    resize(&mut window, vec2(900.0, 600.0));
    assert_eq!(lens(&window).viewport, small.viewport);
}

#[test]
fn who_looked_elsewhere_keeps_the_view() {
    let mut window = Window::sized(template("bastion-nat"), 900.0, 600.0);
    window.key_with(Modifiers::COMMAND, eframe::egui::Key::Plus);
    let zoomed = lens(&window).viewport;
    resize(&mut window, vec2(1600.0, 1000.0));
    assert_eq!(lens(&window).viewport, zoomed);
    window.fit();
    let fitted = lens(&window).viewport;
    window.key_with(Modifiers::COMMAND, eframe::egui::Key::J);
    assert!(lens(&window).zoom() > fitted.zoom, "closing the panel below makes room");
}

#[test]
fn names_can_be_read_at_a_first_start() {
    let window = Window::sized(template("bastion-nat"), 1440.0, 900.0);
    // Letters become bars below 6 points; the smallest ones are 10.5 at the natural size.
    assert!(lens(&window).zoom() * 10.5 >= 6.0, "{}", lens(&window).zoom());
}

#[test]
fn the_panel_below_is_as_high_as_the_user_pulls_it() {
    let mut window = Window::sized(template("bastion-nat"), 1440.0, 900.0);
    let canvas = lens(&window).canvas;
    let pull = |window: &mut Window, by: f32| {
        let canvas = lens(window).canvas;
        // The edge that can be pulled begins just below the drawing.
        let edge = canvas.center_bottom() + vec2(0.0, 4.0);
        window.drag(edge, edge + vec2(0.0, by));
        lens(window).canvas.height() - canvas.height()
    };
    assert!((pull(&mut window, -120.0) + 120.0).abs() < 12.0, "it grows");
    assert!((pull(&mut window, 120.0) - 120.0).abs() < 12.0, "it shrinks");
    assert!((lens(&window).canvas.height() - canvas.height()).abs() < 12.0);
}
