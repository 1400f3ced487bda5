//! Pictures of the window, compared with those that are kept beside the tests.
//!
//! They are made by Mesa's software rasteriser. Another version of it, or a graphics card, may blend the
//! edges of letters and lines a little differently: a pixel may differ by a shade, and a few hundred of
//! more than a million may differ by more. A box that moved or lost its colour differs in thousands.

use eframe::egui::{Key, Modifiers, Rect, vec2};
use egui_kittest::{SnapshotOptions, image_snapshot_options, wgpu::WgpuTestRenderer};

use crate::window::{Window, template};

/// How far a pixel may differ before it counts.
const SHADE: f32 = 2.0;
/// How many pixels may differ by more.
const PIXELS: usize = 600;

/// Compares the drawing with the picture of this name; the panels are closed for it.
/// `UPDATE_SNAPSHOTS=true` writes it anew.
pub fn compare(window: &mut Window, name: &str) {
    needs_vulkan();
    for panel in [Key::B, Key::I, Key::J] {
        window.key_with(Modifiers::COMMAND, panel);
    }
    window.fit();
    window.harness.remove_cursor();
    window.run();
    let canvas = window.harness.state().view().canvas.lens().expect("a frame was painted").canvas;
    compare_part(window, canvas, name);
}

/// Compares what stands below the drawing with the picture of this name.
pub fn compare_below(window: &mut Window, name: &str) {
    needs_vulkan();
    window.harness.remove_cursor();
    window.run();
    let canvas = window.harness.state().view().canvas.lens().expect("a frame was painted").canvas;
    let height = window.harness.ctx.content_rect().bottom() - canvas.bottom();
    let below = Rect::from_min_size(canvas.left_bottom(), vec2(canvas.width(), height));
    compare_part(window, below, name);
}

fn compare_part(window: &mut Window, part: Rect, name: &str) {
    let picture = window.harness.render().expect("the picture is painted");
    let (left, top) = (part.left().ceil() as u32, part.top().ceil() as u32);
    let (width, height) = (part.width().floor() as u32, part.height().floor() as u32);
    let drawing = image::imageops::crop_imm(&picture, left, top, width, height).to_image();
    let options = SnapshotOptions::new()
        .threshold(SHADE)
        .max_failed_pixels(PIXELS)
        .output_path("tests/gestures/pictures");
    image_snapshot_options(&drawing, name, &options);
}

fn needs_vulkan() {
    let quiet = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let renderer = std::panic::catch_unwind(WgpuTestRenderer::new);
    std::panic::set_hook(quiet);
    assert!(
        renderer.is_ok(),
        "pictures need a Vulkan driver and none was found; on a machine without a graphics card install the \
         software one: `apt install mesa-vulkan-drivers` on Debian and Ubuntu"
    );
}

#[test]
fn the_endpoints_template_looks_as_it_did() {
    let mut window = Window::on(template("private-endpoints"));
    assert!(window.sees("internet"));
    compare(&mut window, "private-endpoints");
}

#[test]
fn the_dark_theme_looks_as_it_did() {
    let mut window = Window::on(template("bastion-nat"));
    window.harness.ctx.set_theme(eframe::egui::Theme::Dark);
    window.run();
    window.click_node("subnet-public");
    compare(&mut window, "dark");
}
