//! What arrows must go around, and the lines that are taken already.

use std::collections::BTreeMap;

use rstar::{
    AABB, RTree,
    primitives::{GeomWithData, Rectangle},
};

use super::ports::Ends;
use crate::scene::{
    draw,
    geometry::{Point, Rect},
    node::{NodeKind, Scene, Shape},
};

/// How near an arrow comes to a box that it passes.
pub(super) const CLEARANCE: f32 = 6.0;
/// Lines nearer than this look like one.
const NEAR: i64 = 5;

/// A box or the letters of a frame, by the box's place in the scene.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Obstacle {
    pub rect: Rect,
    pub node: usize,
    pub is_header: bool,
    pub is_frame: bool,
}

/// A straight piece of an arrow that is drawn already.
#[derive(Debug, Clone, Copy)]
struct Taken {
    low: f32,
    high: f32,
    bus: usize,
}

/// Everything that a way depends on.
#[derive(Debug)]
pub(super) struct Field {
    obstacles: RTree<GeomWithData<Rectangle<[f32; 2]>, Obstacle>>,
    parents: Vec<Option<usize>>,
    lanes: Vec<bool>,
    /// By direction (vertical or not) and rounded coordinate.
    taken: BTreeMap<(bool, i64), Vec<Taken>>,
}

/// Which boxes one arrow may pass over: those that contain one of its ends.
#[derive(Debug)]
pub(super) struct Passage {
    around: Vec<usize>,
    own: [usize; 2],
    is_inward: bool,
}

impl Passage {
    pub fn new(scene: &Scene, ends: &Ends) -> Self {
        let to = ends.to.unwrap_or(ends.from);
        let mut around = Vec::new();
        for end in [ends.from, to] {
            let mut at = scene.nodes.get(end).and_then(|node| node.parent);
            while let Some(place) = at {
                around.push(place);
                at = scene.nodes.get(place).and_then(|node| node.parent);
            }
        }
        let is_inward = around.contains(&ends.from);
        Self { around, own: [ends.from, to], is_inward }
    }
}

impl Field {
    /// The obstacles of a scene, without any lines.
    pub fn new(scene: &Scene) -> Self {
        let mut obstacles = Vec::with_capacity(scene.nodes.len());
        for (at, node) in scene.nodes.iter().enumerate() {
            let is_frame = node.shape == Shape::Frame;
            if !matches!(node.kind, NodeKind::Region | NodeKind::Lane) {
                obstacles.push(Obstacle { rect: node.rect, node: at, is_header: false, is_frame });
            }
            if let Some(rect) = draw::header(node) {
                obstacles.push(Obstacle { rect, node: at, is_header: true, is_frame });
            }
        }
        let entries = obstacles.into_iter().map(|obstacle| {
            let Rect { left, top, right, bottom } = obstacle.rect;
            GeomWithData::new(Rectangle::from_corners([left, top], [right, bottom]), obstacle)
        });
        Self {
            obstacles: RTree::bulk_load(entries.collect()),
            parents: scene.nodes.iter().map(|node| node.parent).collect(),
            lanes: scene.nodes.iter().map(|node| node.kind == NodeKind::Lane).collect(),
            taken: BTreeMap::new(),
        }
    }

    /// What stands in the way inside a window, as rectangles that an arrow may touch but not enter.
    pub fn obstacles(&self, window: &Rect, passage: &Passage) -> impl Iterator<Item = Rect> {
        let area = AABB::from_corners([window.left, window.top], [window.right, window.bottom]);
        self.obstacles
            .locate_in_envelope_intersecting(area)
            .filter_map(|entry| self.solid(&entry.data, passage))
    }

    fn solid(&self, obstacle: &Obstacle, passage: &Passage) -> Option<Rect> {
        let own = passage.own.contains(&obstacle.node);
        if obstacle.is_header {
            let is_passed = own || passage.around.contains(&obstacle.node);
            // Letters of a frame that is itself gone around need no second look; lanes are not.
            return if is_passed || self.is_open(obstacle.node, passage) {
                Some(obstacle.rect.expand(2.0))
            } else {
                None
            };
        }
        if own {
            let contains_the_other = passage.is_inward && passage.own.first() == Some(&obstacle.node);
            return if contains_the_other { None } else { Some(obstacle.rect.expand(-1.0)) };
        }
        if passage.around.contains(&obstacle.node) || !self.is_open(obstacle.node, passage) {
            return None;
        }
        Some(obstacle.rect.expand(CLEARANCE))
    }

    /// Whether an arrow can get at the box at all: what stands inside a box that is gone around need
    /// not be looked at.
    fn is_open(&self, node: usize, passage: &Passage) -> bool {
        let parent = self.parents.get(node).copied().flatten();
        let Some(parent) = parent else { return true };
        if passage.around.contains(&parent) || passage.own.contains(&parent) {
            return true;
        }
        // Lanes are no obstacles, so what is in them counts if their VPC is passed.
        let is_lane = self.lanes.get(parent).copied().unwrap_or(false);
        let vpc = self.parents.get(parent).copied().flatten().filter(|_| is_lane);
        vpc.is_some_and(|vpc| passage.around.contains(&vpc))
    }

    /// What a way enters, `most` rectangles at most.
    pub fn met(&self, way: &[Point], passage: &Passage, most: usize) -> Vec<Rect> {
        let mut met: Vec<Rect> = Vec::new();
        for (a, b) in way.iter().zip(way.iter().skip(1)) {
            let piece = span(*a, *b);
            let window = piece.expand(CLEARANCE);
            for rect in self.obstacles(&window, passage) {
                if crosses(&piece, &rect) && !met.contains(&rect) {
                    met.push(rect);
                }
                if met.len() >= most {
                    return met;
                }
            }
        }
        met.sort_by(|a, b| a.left.total_cmp(&b.left).then(a.top.total_cmp(&b.top)));
        met
    }

    /// Whether a way meets nothing.
    pub fn is_clear(&self, way: &[Point], passage: &Passage) -> bool {
        way.iter().zip(way.iter().skip(1)).all(|(a, b)| {
            let piece = span(*a, *b);
            self.obstacles(&piece.expand(CLEARANCE), passage).all(|rect| !crosses(&piece, &rect))
        })
    }

    /// Whether a way lies on lines of other buses.
    pub fn is_crowded(&self, way: &[Point], bus: usize) -> bool {
        way.iter().zip(way.iter().skip(1)).any(|(a, b)| self.is_taken(*a, *b, bus))
    }

    /// Whether a straight piece lies on a line of another bus.
    fn is_taken(&self, a: Point, b: Point, bus: usize) -> bool {
        let (vertical, along, low, high) = direction(a, b);
        self.lines_at(vertical, along, bus).any(|line| shares((low, high), line))
    }

    /// The lines of other buses that run along a coordinate or so near to it that they look like one,
    /// from where to where.
    pub fn lines_near(&self, vertical: bool, along: f32, bus: usize) -> impl Iterator<Item = (f32, f32)> {
        self.lines_at(vertical, along.round() as i64, bus)
    }

    fn lines_at(&self, vertical: bool, along: i64, bus: usize) -> impl Iterator<Item = (f32, f32)> {
        self.taken
            .range((vertical, along - NEAR)..=(vertical, along + NEAR))
            .flat_map(|(_, list)| list)
            .filter(move |taken| taken.bus != bus)
            .map(|taken| (taken.low, taken.high))
    }

    /// Whether a line of another bus runs through a rectangle.
    pub fn is_crossed(&self, rect: &Rect, bus: usize) -> bool {
        let crossed = |vertical: bool, from: f32, to: f32, low: f32, high: f32| {
            self.taken
                .range((vertical, from as i64)..=(vertical, to as i64))
                .flat_map(|(_, list)| list)
                .any(|taken| taken.bus != bus && taken.low < high && low < taken.high)
        };
        crossed(true, rect.left, rect.right, rect.top, rect.bottom)
            || crossed(false, rect.top, rect.bottom, rect.left, rect.right)
    }

    /// Whether letters or a card, chip or pin stand in a rectangle.
    pub fn is_written(&self, rect: &Rect) -> bool {
        let area = AABB::from_corners([rect.left, rect.top], [rect.right, rect.bottom]);
        self.obstacles
            .locate_in_envelope_intersecting(area)
            .any(|entry| entry.data.is_header || !entry.data.is_frame)
    }

    /// Notes the lines of an arrow. One entry per bus and coordinate keeps the list short.
    pub fn take(&mut self, way: &[Point], bus: usize) {
        for (a, b) in way.iter().zip(way.iter().skip(1)) {
            let (vertical, along, low, high) = direction(*a, *b);
            let list = self.taken.entry((vertical, along)).or_default();
            match list.iter_mut().find(|taken| taken.bus == bus && taken.low <= high && low <= taken.high) {
                Some(taken) => (taken.low, taken.high) = (taken.low.min(low), taken.high.max(high)),
                None => list.push(Taken { low, high, bus }),
            }
        }
    }
}

fn direction(a: Point, b: Point) -> (bool, i64, f32, f32) {
    if (a.x - b.x).abs() < 0.5 {
        (true, a.x.round() as i64, a.y.min(b.y), a.y.max(b.y))
    } else {
        (false, a.y.round() as i64, a.x.min(b.x), a.x.max(b.x))
    }
}

/// The rectangle of a straight piece, without width.
pub(super) fn span(a: Point, b: Point) -> Rect {
    Rect { left: a.x.min(b.x), top: a.y.min(b.y), right: a.x.max(b.x), bottom: a.y.max(b.y) }
}

/// Whether a straight piece enters a rectangle; touching its border is not entering.
pub(super) fn crosses(piece: &Rect, rect: &Rect) -> bool {
    overlaps((piece.left, piece.right), (rect.left, rect.right))
        && overlaps((piece.top, piece.bottom), (rect.top, rect.bottom))
}

/// Whether a stretch, or a point, reaches into another one on the same axis; touching is not reaching.
pub(super) fn overlaps(own: (f32, f32), other: (f32, f32)) -> bool {
    own.0 < other.1 && other.0 < own.1.max(own.0 + 0.01)
}

/// Whether a stretch of a line lies on another one, by more than a rounding.
pub(super) fn shares(own: (f32, f32), other: (f32, f32)) -> bool {
    other.0 < own.1 - 1.0 && own.0 + 1.0 < other.1
}
