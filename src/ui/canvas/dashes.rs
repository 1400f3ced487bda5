//! Dashed lines that cost what is in sight: a frame may be a hundred screens wide.

use eframe::egui::{Pos2, Rect, Shape, Stroke};

const DASH: f32 = 6.0;
const GAP: f32 = 4.0;

/// Adds the dashes of a line with bends, as far as they are inside of `clip`.
pub fn add(out: &mut Vec<Shape>, points: &[Pos2], stroke: Stroke, clip: Rect) {
    let mut phase = 0.0;
    for (from, to) in points.iter().zip(points.iter().skip(1)) {
        segment(out, *from, *to, phase, stroke, clip.expand(stroke.width));
        phase = (phase + (*to - *from).length()) % (DASH + GAP);
    }
}

/// The corners of a rectangle, closed.
pub fn outline(rect: Rect) -> [Pos2; 5] {
    [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()]
}

fn segment(out: &mut Vec<Shape>, from: Pos2, to: Pos2, phase: f32, stroke: Stroke, clip: Rect) {
    let length = (to - from).length();
    let Some((first, last)) = inside(from, to, clip).filter(|_| length > 0.0) else {
        return;
    };
    let direction = (to - from) / length;
    let (first, last) = (first * length, last * length);
    // The pattern begins where the whole line begins, so that panning does not make the dashes crawl.
    let period = DASH + GAP;
    let mut start = ((first + phase) / period).floor() * period - phase;
    while start < last {
        let (a, b) = (start.max(first), (start + DASH).min(last));
        if b > a {
            out.push(Shape::line_segment([from + direction * a, from + direction * b], stroke));
        }
        start += period;
    }
}

/// The part of a segment that is inside of a rectangle, as fractions of its length (Liang-Barsky).
fn inside(from: Pos2, to: Pos2, clip: Rect) -> Option<(f32, f32)> {
    let along = to - from;
    let (mut first, mut last) = (0.0_f32, 1.0_f32);
    let sides = [
        (-along.x, from.x - clip.left()),
        (along.x, clip.right() - from.x),
        (-along.y, from.y - clip.top()),
        (along.y, clip.bottom() - from.y),
    ];
    for (speed, room) in sides {
        if speed == 0.0 {
            if room < 0.0 {
                return None;
            }
            continue;
        }
        let at = room / speed;
        if speed < 0.0 {
            first = first.max(at);
        } else {
            last = last.min(at);
        }
    }
    (first < last).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::{Color32, pos2, vec2};

    fn dashes(points: &[Pos2], clip: Rect) -> Vec<Shape> {
        let mut out = Vec::new();
        add(&mut out, points, Stroke::new(1.0, Color32::BLACK), clip);
        out
    }

    #[test]
    fn a_line_of_a_hundred_screens_has_the_dashes_of_one() {
        let clip = Rect::from_min_size(pos2(0.0, 0.0), vec2(1000.0, 800.0));
        let shapes = dashes(&[pos2(-50_000.0, 400.0), pos2(50_000.0, 400.0)], clip);
        assert!((90..=110).contains(&shapes.len()), "{}", shapes.len());
    }

    #[test]
    fn what_is_out_of_sight_has_none() {
        let clip = Rect::from_min_size(pos2(0.0, 0.0), vec2(1000.0, 800.0));
        assert!(dashes(&[pos2(-10.0, -300.0), pos2(900.0, -300.0)], clip).is_empty());
    }

    #[test]
    fn the_pattern_stands_still_when_the_clip_moves() {
        let points = [pos2(-500.0, 10.0), pos2(500.0, 10.0)];
        let near = Rect::from_min_size(pos2(0.0, 0.0), vec2(100.0, 100.0));
        let starts = |clip: Rect| -> Vec<i32> {
            dashes(&points, clip)
                .iter()
                .skip(1)
                .filter_map(|shape| match shape {
                    Shape::LineSegment { points, .. } => Some(points[0].x.round() as i32),
                    _ => None,
                })
                .collect()
        };
        let moved = starts(near.translate(vec2(-3.0, 0.0)));
        assert!(starts(near).iter().take(5).all(|x| moved.contains(x)));
    }
}
