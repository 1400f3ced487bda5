//! The way of a traced packet on the drawing: a line around every box that it or its answer passes,
//! red where something stands in the way.

use eframe::egui::{CornerRadius, Painter, Shape, Stroke, StrokeKind};

use super::{cache::Cache, dashes, look::Look, viewport::Lens};
use crate::ui::trace::Trail;

/// How far the line of the way there stands off a box, in points; the others stand farther out.
const FORWARD: f32 = 3.0;
const REPLY: f32 = 6.0;
const BLOCKED: f32 = 9.0;

/// Paints the lines around the boxes in sight.
pub fn paint(painter: &Painter, lens: &Lens, look: &Look, cache: &Cache, trail: &Trail, visible: &[usize]) {
    for node in visible.iter().filter_map(|at| cache.node(*at)) {
        let Some(mark) = trail.at(&node.id) else {
            continue;
        };
        let rect = lens.screen_rect(&node.rect);
        let ring = |by: f32, stroke: Stroke| {
            painter.rect_stroke(rect.expand(by), CornerRadius::same(6), stroke, StrokeKind::Middle);
        };
        if mark.forward {
            ring(FORWARD, Stroke::new(2.5, look.forward));
        }
        if mark.reply {
            let mut shapes: Vec<Shape> = Vec::new();
            let outline = dashes::outline(rect.expand(REPLY));
            dashes::add(&mut shapes, &outline, Stroke::new(2.0, look.reply), lens.canvas);
            painter.extend(shapes);
        }
        if mark.blocked {
            ring(BLOCKED, Stroke::new(3.0, look.bad));
        }
    }
}
