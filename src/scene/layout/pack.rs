//! Finds room for rectangles beside others.

use rstar::{AABB, RTree, primitives::Rectangle};

use crate::scene::geometry::{Point, Rect};

/// More rectangles than this are looked up in a tree.
const FEW: usize = 48;
/// So many times a box is pushed past another before it goes below everything: keeps hostile files
/// with thousands of boxes at one place near-linear.
const PUSHES: usize = 64;

/// What is taken already.
#[derive(Debug, Default)]
pub(super) struct Occupied {
    rects: Vec<Rect>,
    tree: RTree<Rectangle<[f32; 2]>>,
    bottom: f32,
}

/// A box that looks for room.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub width: f32,
    pub height: f32,
}

impl Occupied {
    /// Takes a place.
    pub fn add(&mut self, rect: Rect) {
        self.bottom = self.bottom.max(rect.bottom);
        self.rects.push(rect);
        if self.rects.len() == FEW {
            self.tree = RTree::bulk_load(self.rects.iter().map(boxed).collect());
        } else if self.rects.len() > FEW {
            self.tree.insert(boxed(&rect));
        }
    }

    /// The lowest edge of what is taken.
    pub fn bottom(&self) -> f32 {
        self.bottom
    }

    /// Something that shares more than a border with the rectangle.
    pub fn blocker(&self, rect: &Rect) -> Option<Rect> {
        // Touching is no overlap.
        let inner = rect.expand(-0.5);
        if self.rects.len() < FEW {
            return self.rects.iter().find(|other| other.intersects(&inner)).copied();
        }
        let window = AABB::from_corners([inner.left, inner.top], [inner.right, inner.bottom]);
        self.tree.locate_in_envelope_intersecting(window).next().map(unboxed)
    }

    /// Puts a box where the user wants it or, where that is taken, as little below as possible.
    pub fn settle(&mut self, wish: Point, piece: Piece, gap: f32) -> Rect {
        let mut rect = Rect::from_size(wish.x, wish.y, piece.width, piece.height);
        for push in 0.. {
            let Some(other) = self.blocker(&rect) else { break };
            let top = if push < PUSHES { other.bottom } else { self.bottom };
            rect = Rect::from_size(wish.x, top + gap, piece.width, piece.height);
        }
        self.add(rect);
        rect
    }

    /// The first free place for a box at `x`, at `y` or below.
    pub fn free_below(&self, x: f32, y: f32, piece: Piece, gap: f32) -> f32 {
        let mut top = y;
        for push in 0.. {
            let rect = Rect::from_size(x, top, piece.width, piece.height);
            let Some(other) = self.blocker(&rect.expand(gap - 1.0)) else {
                break;
            };
            top = if push < PUSHES { other.bottom } else { self.bottom } + gap;
        }
        top
    }

    /// Puts boxes into rows from left to right around what is taken; a row ends at `wrap`. Answers
    /// where, in the order of the boxes.
    pub fn flow(&mut self, pieces: &[Piece], from: Point, wrap: f32, gap: f32) -> Vec<Rect> {
        let mut placed = Vec::with_capacity(pieces.len());
        let mut row = Row { x: from.x, y: from.y, height: 0.0, blocked: f32::INFINITY };
        for piece in pieces {
            let rect = self.next_free(&mut row, *piece, from.x, wrap, gap);
            row.x = rect.right + gap;
            row.height = row.height.max(piece.height);
            placed.push(rect);
        }
        for rect in &placed {
            self.add(*rect);
        }
        placed
    }

    fn next_free(&self, row: &mut Row, piece: Piece, left: f32, wrap: f32, gap: f32) -> Rect {
        for step in 0.. {
            let rect = Rect::from_size(row.x, row.y, piece.width, piece.height);
            if row.x > left && rect.right > wrap {
                row.next(left, gap);
                continue;
            }
            let Some(other) = self.blocker(&rect.expand(gap / 2.0)) else {
                return rect;
            };
            row.x = other.right + gap;
            row.blocked = row.blocked.min(other.bottom);
            if step >= PUSHES {
                *row = Row { x: left, y: self.bottom + gap, height: 0.0, blocked: f32::INFINITY };
            }
        }
        Rect::from_size(left, self.bottom + gap, piece.width, piece.height)
    }
}

/// The row that is being filled.
struct Row {
    x: f32,
    y: f32,
    height: f32,
    /// The nearest lower edge of what stood in the way.
    blocked: f32,
}

impl Row {
    fn next(&mut self, left: f32, gap: f32) {
        let height = if self.height > 0.0 { self.height } else { (self.blocked - self.y).max(1.0) };
        *self = Self { x: left, y: self.y + height + gap, height: 0.0, blocked: f32::INFINITY };
    }
}

fn boxed(rect: &Rect) -> Rectangle<[f32; 2]> {
    Rectangle::from_corners([rect.left, rect.top], [rect.right, rect.bottom])
}

fn unboxed(rectangle: &Rectangle<[f32; 2]>) -> Rect {
    let ([left, top], [right, bottom]) = (rectangle.lower(), rectangle.upper());
    Rect { left, top, right, bottom }
}

/// Spreads things of these widths over a line from `low` to `high`, each as near as possible to where
/// it wants its middle, `gap` apart; the order is that of the wishes. Answers the left ends. What does
/// not fit reaches beyond `high`.
pub(in crate::scene) fn spread(wishes: &[(f32, f32)], low: f32, high: f32, gap: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    let middle = |at: usize| wishes.get(at).map_or(0.0, |(middle, _)| *middle);
    let width = |at: usize| wishes.get(at).map_or(0.0, |(_, width)| *width);
    order.sort_by(|a, b| middle(*a).total_cmp(&middle(*b)).then(a.cmp(b)));
    let mut lefts = vec![0.0; wishes.len()];
    let mut from = low;
    for at in &order {
        let left = (middle(*at) - width(*at) / 2.0).round().max(from);
        if let Some(slot) = lefts.get_mut(*at) {
            *slot = left;
        }
        from = left + width(*at) + gap;
    }
    let mut to = high.max(low + wishes.iter().map(|(_, width)| width + gap).sum::<f32>() - gap);
    for at in order.iter().rev() {
        if let Some(slot) = lefts.get_mut(*at) {
            *slot = slot.min(to - width(*at));
            to = *slot - gap;
        }
    }
    lefts
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: Piece = Piece { width: 100.0, height: 50.0 };

    #[test]
    fn a_wish_is_granted_where_there_is_room() {
        let mut taken = Occupied::default();
        let first = taken.settle(Point::new(30.0, 40.0), CARD, 10.0);
        assert_eq!(first.corner(), Point::new(30.0, 40.0));
        let second = taken.settle(Point::new(50.0, 60.0), CARD, 10.0);
        assert_eq!(second.corner(), Point::new(50.0, 100.0));
    }

    #[test]
    fn a_flow_goes_around_what_is_taken() {
        let mut taken = Occupied::default();
        taken.settle(Point::new(110.0, 0.0), CARD, 10.0);
        let placed = taken.flow(&[CARD; 5], Point::new(0.0, 0.0), 330.0, 10.0);
        for (at, rect) in placed.iter().enumerate() {
            for other in placed.iter().skip(at + 1) {
                assert!(!rect.expand(-0.5).intersects(other), "{rect:?} {other:?}");
            }
            assert!(!rect.expand(-0.5).intersects(&Rect::from_size(110.0, 0.0, 100.0, 50.0)));
        }
    }

    #[test]
    fn ten_thousand_boxes_at_one_place_end() {
        let mut taken = Occupied::default();
        for _ in 0..10_000 {
            taken.settle(Point::default(), CARD, 10.0);
        }
        assert!(taken.bottom() >= 10_000.0 * 50.0);
    }

    #[test]
    fn things_on_a_line_keep_apart_and_inside() {
        let lefts = spread(&[(50.0, 40.0), (50.0, 40.0), (95.0, 40.0)], 0.0, 140.0, 10.0);
        let mut sorted = lefts.clone();
        sorted.sort_by(f32::total_cmp);
        assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 50.0), "{lefts:?}");
        assert!(sorted[0] >= 0.0 && sorted[2] + 40.0 <= 140.0, "{lefts:?}");
    }
}
