//! What the window costs: nothing while nothing happens, and what is in sight while something does.

use std::time::Duration;

use eframe::egui::{Event, Modifiers, MouseWheelUnit, TouchPhase, ViewportId, vec2};
use vpcscape::interop::generate;

use crate::window::{Window, template};

#[test]
fn an_idle_window_asks_for_no_repaint() {
    let mut window = Window::on(template("bastion-nat"));
    window.harness.remove_cursor();
    window.run();
    window.harness.step();
    let output = &window.harness.output().viewport_output[&ViewportId::ROOT];
    assert_eq!(output.repaint_delay, Duration::MAX, "{:?}", window.harness.ctx.repaint_causes());
}

#[test]
fn panning_ten_thousand_paints_what_is_in_sight() {
    let document = generate::network(10_000, 7);
    assert!(document.topology.resources.len() >= 9_000);
    let mut window = Window::on(document);
    let all = window.harness.state().view().canvas.painted();
    assert!(all.nodes >= 5_000, "the whole is in sight at first: {all:?}");
    window.press("Natural size");
    let spot = window.harness.state().view().canvas.lens().expect("a frame was painted").canvas.center();
    window.harness.hover_at(spot);
    for _ in 0..10 {
        window.harness.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(90.0, 60.0),
            phase: TouchPhase::Move,
            modifiers: Modifiers::NONE,
        });
        window.harness.step();
        let painted = window.harness.state().view().canvas.painted();
        assert!(painted.nodes < 150, "{painted:?}");
        assert!(painted.arrows < 150, "{painted:?}");
    }
}
