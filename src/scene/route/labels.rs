//! Where the labels of arrows stand: on their own line, off cards and letters, off each other.

use rstar::{AABB, RTree, primitives::Rectangle};

use super::field::Field;
use crate::scene::{
    draw,
    geometry::{Point, Rect},
    node::Arrow,
};

/// Where along a straight piece a label is tried.
const ALONG: [f32; 5] = [0.5, 0.3, 0.7, 0.15, 0.85];

/// Places the labels of all arrows. `buses` are those of the arrows, in their order.
pub(super) fn place(arrows: &mut [Arrow], buses: &[usize], field: &Field) {
    let mut taken: RTree<Rectangle<[f32; 2]>> = RTree::new();
    for (arrow, bus) in arrows.iter_mut().zip(buses) {
        if arrow.label.is_empty() {
            continue;
        }
        let size = draw::label_size(&arrow.label);
        let mut best: Option<(u32, Point)> = None;
        let below = arrow.points.last().filter(|_| arrow.from == arrow.to);
        // A route that leads nowhere has its label where the target would be.
        let below = below.map(|end| Point::new(end.x, end.y + size.1 / 2.0 + 1.0));
        for point in below.into_iter().chain(candidates(&arrow.points, size)) {
            let rect = around(point, size).expand(2.0);
            let fault = faults(&rect, &taken, field, *bus);
            if best.is_none_or(|(least, _)| fault < least) {
                best = Some((fault, point));
            }
            if fault == 0 {
                break;
            }
        }
        if let Some((_, point)) = best {
            arrow.label_at = point;
            let rect = around(point, size);
            taken.insert(Rectangle::from_corners([rect.left, rect.top], [rect.right, rect.bottom]));
        }
    }
}

fn around(point: Point, (width, height): (f32, f32)) -> Rect {
    Rect::from_size(point.x - width / 2.0, point.y - height / 2.0, width, height)
}

/// How bad a place is: on another label, on a box or letters, on another arrow.
fn faults(rect: &Rect, taken: &RTree<Rectangle<[f32; 2]>>, field: &Field, bus: usize) -> u32 {
    let area = AABB::from_corners([rect.left, rect.top], [rect.right, rect.bottom]);
    let on_label = taken.locate_in_envelope_intersecting(area).next().is_some();
    8 * u32::from(on_label) + 4 * u32::from(field.is_written(rect)) + u32::from(field.is_crossed(rect, bus))
}

/// Places on the line: first on pieces long enough for the label, from the start on.
fn candidates(points: &[Point], (width, height): (f32, f32)) -> Vec<Point> {
    let mut pieces: Vec<(bool, Point, Point)> = points
        .iter()
        .zip(points.iter().skip(1))
        .map(|(a, b)| {
            let is_flat = (a.y - b.y).abs() < 0.5;
            let room = if is_flat { (a.x - b.x).abs() - width } else { (a.y - b.y).abs() - height };
            (room < 8.0, *a, *b)
        })
        .collect();
    pieces.sort_by_key(|(is_short, _, _)| *is_short);
    let on_piece = |(_, a, b): &(bool, Point, Point)| {
        let (a, b) = (*a, *b);
        ALONG.map(|part| Point::new((a.x + (b.x - a.x) * part).round(), (a.y + (b.y - a.y) * part).round()))
    };
    pieces.iter().flat_map(on_piece).collect()
}
