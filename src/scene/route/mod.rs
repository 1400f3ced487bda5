//! Ways for the arrows: along the axes, around boxes, passing over a frame only where it contains an end.
//!
//! First every arrow gets the two points where it touches its boxes (`ports`). Then it gets a way: a
//! straight one, one with two bends, or the best that a bounded search finds (`search`). Arrows to the
//! same target share their last piece, like a bus; others keep apart (`field`). Labels come last.

mod field;
mod labels;
mod ports;
mod search;

use super::{
    arrows::Wanted,
    geometry::Point,
    node::{Arrow, Scene},
};
use field::{Field, Passage};
use ports::{Axis, Ends};
use search::Effort;

/// Finds a way for every arrow.
pub(super) fn route(scene: &Scene, wanted: Vec<Wanted>) -> Vec<Arrow> {
    let ends = ports::assign(scene, &wanted);
    let mut field = Field::new(scene);
    let mut effort = Effort::new();
    let mut arrows = Vec::with_capacity(wanted.len());
    // Short arrows first: they have the least choice.
    let mut order: Vec<(usize, &Ends)> =
        ends.iter().enumerate().filter_map(|(at, ends)| Some((at, ends.as_ref()?))).collect();
    order.sort_by(|(a, p), (b, q)| p.distance().total_cmp(&q.distance()).then(a.cmp(b)));
    let mut ways: Vec<Vec<Point>> = vec![Vec::new(); wanted.len()];
    for (at, ends) in order {
        let way = way(scene, &field, ends, &mut effort);
        field.take(&way, ends.bus);
        if let Some(slot) = ways.get_mut(at) {
            *slot = way;
        }
    }
    for ((wanted, ends), points) in wanted.into_iter().zip(&ends).zip(ways) {
        let Some(ends) = ends else { continue };
        let to = scene.nodes.get(ends.to.unwrap_or(ends.from)).map(|node| node.id.clone());
        arrows.push(Arrow {
            to: to.unwrap_or_else(|| wanted.from.clone()),
            from: wanted.from,
            kind: wanted.kind,
            label_at: points.first().copied().unwrap_or_default(),
            points,
            label: wanted.label,
            route_table: wanted.route_table,
            count: wanted.count,
        });
    }
    let buses: Vec<usize> = ends.iter().flatten().map(|ends| ends.bus).collect();
    labels::place(&mut arrows, &buses, &field);
    arrows
}

/// The best way between two ports.
fn way(scene: &Scene, field: &Field, ends: &Ends, effort: &mut Effort) -> Vec<Point> {
    let passage = Passage::new(scene, ends);
    let simple = simple_ways(ends);
    let mut clear = None;
    for way in simple.iter().filter(|way| field.is_clear(way, &passage)) {
        if !field.is_crowded(way, ends.bus) {
            return tidy(way);
        }
        clear = clear.or(Some(way));
    }
    let first = simple.first().map_or(&[][..], Vec::as_slice);
    if let Some(way) = search::search(field, &passage, ends, first, effort) {
        return tidy(&way);
    }
    clear.or(simple.first()).map(|way| tidy(way)).unwrap_or_default()
}

/// How far from a box an arrow may bend, and how far apart bends of different arrows are.
const STEP: f32 = 12.0;
/// How many bends at different distances are tried at each end.
const TRIES: usize = 4;

/// The straight way where there is one, else ways with one or two bends, the best first.
fn simple_ways(ends: &Ends) -> Vec<Vec<Point>> {
    let (a, b) = (ends.start, ends.end);
    match (ends.leaves, ends.arrives) {
        _ if ends.to.is_none() => vec![vec![a, b]],
        (Axis::Vertical, Axis::Vertical) if (a.x - b.x).abs() < 0.5 => vec![vec![a, b]],
        (Axis::Horizontal, Axis::Horizontal) if (a.y - b.y).abs() < 0.5 => vec![vec![a, b]],
        (Axis::Vertical, Axis::Vertical) => {
            bends(a.y, b.y).into_iter().map(|y| vec![a, Point::new(a.x, y), Point::new(b.x, y), b]).collect()
        }
        (Axis::Horizontal, Axis::Horizontal) => {
            bends(a.x, b.x).into_iter().map(|x| vec![a, Point::new(x, a.y), Point::new(x, b.y), b]).collect()
        }
        (Axis::Horizontal, Axis::Vertical) => vec![vec![a, Point::new(b.x, a.y), b]],
        (Axis::Vertical, Axis::Horizontal) => vec![vec![a, Point::new(a.x, b.y), b]],
    }
}

/// Where a way from `from` to `to` may cross over: near its start, near its end, in the middle.
fn bends(from: f32, to: f32) -> Vec<f32> {
    let sign = if to < from { -1.0 } else { 1.0 };
    let room = (to - from).abs();
    let mut at = Vec::new();
    for step in 1..=TRIES {
        let by = STEP * step as f32 + 4.0;
        if by < room - STEP {
            at.push(from + sign * by);
            at.push(to - sign * (by + 6.0));
        }
    }
    at.push(f32::midpoint(from, to).round());
    at
}

/// The way without points that change nothing.
fn tidy(way: &[Point]) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::with_capacity(way.len());
    for point in way {
        let on_line = match out.as_slice() {
            [.., a, b] => {
                ((a.x - b.x).abs() < 0.01 && (b.x - point.x).abs() < 0.01)
                    || ((a.y - b.y).abs() < 0.01 && (b.y - point.y).abs() < 0.01)
            }
            _ => false,
        };
        if on_line {
            out.pop();
        }
        if out.last() != Some(point) {
            out.push(*point);
        }
    }
    out
}

#[cfg(test)]
mod tests;
