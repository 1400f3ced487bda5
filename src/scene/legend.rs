//! What the colours of the arrows mean and what is not shown, for pictures that stand alone.

use std::collections::BTreeSet;

use crate::t;

use super::{
    draw,
    geometry::{Point, Rect},
    marks, measure,
    node::{ArrowKind, Scene},
    paint::{Align, Primitive, Role},
    size,
};

/// Room between the picture and its legend, and between the legend's rows.
const DROP: f32 = 28.0;
/// Length of the sample of an arrow.
const SAMPLE: f32 = 34.0;
/// Room between entries.
const GAP: f32 = 28.0;

/// The legend below a picture, and what it encloses. Nothing where there is nothing to explain.
pub fn legend(scene: &Scene) -> (Vec<Primitive>, Option<Rect>) {
    let kinds: BTreeSet<ArrowKind> = scene.arrows.iter().map(|arrow| arrow.kind).collect();
    let mut out = Vec::new();
    let from = Point::new(scene.bounds.left, scene.bounds.bottom + DROP);
    let (mut x, mut y, mut right) = (from.x, from.y, from.x);
    for kind in kinds {
        let name = name(kind);
        let width = SAMPLE + 8.0 + measure::width(&name, size::TEXT_FAINT).ceil();
        if x > from.x && x + width > scene.bounds.right {
            x = from.x;
            y += DROP;
        }
        out.extend(entry(kind, name, Point::new(x, y)));
        right = right.max(x + width);
        x += width + GAP;
    }
    if let Some(hidden) = hidden(scene) {
        y += if out.is_empty() { 0.0 } else { DROP };
        right = right.max(from.x + measure::width(&hidden, size::TEXT_FAINT).ceil());
        out.push(line(Point::new(from.x, y), hidden));
    }
    let rect = Rect { left: from.x, top: from.y - 10.0, right, bottom: y + 10.0 };
    let enclosed = if out.is_empty() { None } else { Some(rect) };
    (out, enclosed)
}

fn name(kind: ArrowKind) -> String {
    match kind {
        ArrowKind::InternetGateway => t!("scene-legend-internet-gateway"),
        ArrowKind::NatGateway => t!("scene-legend-nat-gateway"),
        ArrowKind::GatewayEndpoint => t!("scene-legend-gateway-endpoint"),
        ArrowKind::Instance => t!("scene-legend-instance"),
        ArrowKind::Network => t!("scene-legend-network"),
        ArrowKind::Onward => t!("scene-legend-onward"),
        ArrowKind::Blackhole => t!("scene-legend-blackhole"),
        ArrowKind::Other => t!("scene-legend-other"),
    }
}

fn entry(kind: ArrowKind, name: String, at: Point) -> [Primitive; 2] {
    let (width, dashed) = draw::arrow_stroke(kind);
    let sample = Primitive::Line {
        points: vec![at, Point::new(at.x + SAMPLE, at.y)],
        role: draw::arrow_role(kind),
        width,
        dashed,
        head: true,
    };
    [sample, line(Point::new(at.x + SAMPLE + 8.0, at.y), name)]
}

fn line(at: Point, text: String) -> Primitive {
    Primitive::Text { at, align: Align::Left, size: size::TEXT_FAINT, role: Role::FaintText, text }
}

/// What the picture leaves out, as a sentence: badges without room, arrows drawn as one, local routes.
fn hidden(scene: &Scene) -> Option<String> {
    let mut parts = Vec::new();
    let badges: usize = scene.nodes.iter().filter_map(marks::hidden_badges).map(|(count, _)| count).sum();
    if badges > 0 {
        parts.push(t!("scene-hidden-badges", count = badges));
    }
    let merged: usize = scene.arrows.iter().map(|arrow| arrow.count.saturating_sub(1)).sum();
    if merged > 0 {
        parts.push(t!("scene-hidden-arrows", count = merged));
    }
    if !scene.arrows.is_empty() {
        parts.push(t!("scene-hidden-local"));
    }
    if parts.is_empty() { None } else { Some(parts.join(" ")) }
}
