//! Where arrows touch their boxes.

use std::collections::BTreeMap;

use crate::scene::{
    arrows::Wanted,
    draw,
    geometry::{Point, Rect},
    layout::spread,
    node::{ArrowKind, Node, Scene, Shape},
    size,
};

/// A direction without its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    Horizontal,
    Vertical,
}

/// The side of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Left,
    Top,
    Right,
    Bottom,
}

impl Side {
    fn axis(self) -> Axis {
        match self {
            Self::Left | Self::Right => Axis::Horizontal,
            Self::Top | Self::Bottom => Axis::Vertical,
        }
    }

    fn point(self, rect: &Rect, along: f32) -> Point {
        match self {
            Self::Left => Point::new(rect.left, along),
            Self::Right => Point::new(rect.right, along),
            Self::Top => Point::new(along, rect.top),
            Self::Bottom => Point::new(along, rect.bottom),
        }
    }

    fn middle(self, rect: &Rect) -> f32 {
        match self.axis() {
            Axis::Horizontal => rect.center().y,
            Axis::Vertical => rect.center().x,
        }
    }
}

/// Both ends of an arrow.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ends {
    /// The box at which it starts, by its place in the scene.
    pub from: usize,
    /// The box at which it ends; none where its target is nowhere on the picture.
    pub to: Option<usize>,
    pub start: Point,
    pub end: Point,
    pub leaves: Axis,
    pub arrives: Axis,
    /// Arrows of one bus may share their line.
    pub bus: usize,
}

impl Ends {
    pub fn distance(&self) -> f32 {
        (self.start.x - self.end.x).abs() + (self.start.y - self.end.y).abs()
    }
}

/// Length of the arrow of a route whose target is nowhere on the picture.
const STUB: f32 = 22.0;
/// Room between arrows on one side of a box.
const APART: f32 = 18.0;

/// An arrow between two boxes that do not contain each other.
struct Link {
    at: usize,
    from: usize,
    to: usize,
    leaves: Side,
    arrives: Side,
    kind: ArrowKind,
}

/// The ends of every arrow, in the order of the arrows; none where a box is missing.
pub(super) fn assign(scene: &Scene, wanted: &[Wanted]) -> Vec<Option<Ends>> {
    let mut ends: Vec<Option<Ends>> = vec![None; wanted.len()];
    let mut links = Vec::new();
    let mut stubs: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, arrow) in wanted.iter().enumerate() {
        let Some(from) = scene.position(&arrow.from) else { continue };
        let found = match arrow.to.as_ref().and_then(|to| scene.position(to)) {
            None => {
                let before = stubs.entry(from).or_default();
                *before += 1;
                stub(scene, from, *before - 1)
            }
            Some(to) => match link(scene, at, from, to, arrow.kind) {
                Some(link) => {
                    links.push(link);
                    None
                }
                None => inward(scene, from, to),
            },
        };
        if let Some(slot) = ends.get_mut(at) {
            *slot = found;
        }
    }
    let arrivals = arrivals(scene, &links);
    let departures = departures(scene, &links, &arrivals);
    for link in &links {
        let key = (link.to, link.arrives, link.kind);
        let (Some(along), Some(out)) = (arrivals.get(&key), departures.get(&link.at)) else { continue };
        let (from, to) = (anchor(scene, link.from), anchor(scene, link.to));
        if let Some(slot) = ends.get_mut(link.at) {
            *slot = Some(Ends {
                from: link.from,
                to: Some(link.to),
                start: link.leaves.point(&from, *out),
                end: link.arrives.point(&to, *along),
                leaves: link.leaves.axis(),
                arrives: link.arrives.axis(),
                bus: 0,
            });
        }
    }
    number_buses(&mut ends, wanted);
    ends
}

/// Arrows of one kind to one target form a bus; an arrow without a target is alone.
fn number_buses(ends: &mut [Option<Ends>], wanted: &[Wanted]) {
    let mut buses: BTreeMap<(usize, ArrowKind), usize> = BTreeMap::new();
    for (at, (ends, wanted)) in ends.iter_mut().zip(wanted).enumerate() {
        let Some(ends) = ends else { continue };
        ends.bus = ends.to.map_or(at, |to| *buses.entry((to, wanted.kind)).or_insert(at));
    }
}

fn anchor(scene: &Scene, at: usize) -> Rect {
    scene.nodes.get(at).map(draw::anchor).unwrap_or_default()
}

/// A short arrow out of the lower border, `before` others of the same box to its right.
fn stub(scene: &Scene, from: usize, before: usize) -> Option<Ends> {
    let rect = scene.nodes.get(from)?.rect;
    let x = (rect.right - 70.0 - 140.0 * before as f32).max(rect.left + 20.0);
    let start = Point::new(x, rect.bottom);
    let end = Point::new(x, rect.bottom + STUB);
    let axis = Axis::Vertical;
    Some(Ends { from, to: None, start, end, leaves: axis, arrives: axis, bus: 0 })
}

/// An arrow from a frame to something inside it starts at the frame's left border, below the box that
/// holds the target, and reaches the target from below.
fn inward(scene: &Scene, from: usize, to: usize) -> Option<Ends> {
    let frame = scene.nodes.get(from)?.rect;
    let target = anchor(scene, to);
    let mut holder = to;
    while let Some(parent) = scene.nodes.get(holder)?.parent.filter(|parent| *parent != from) {
        holder = parent;
    }
    let bottom = scene.nodes.get(holder)?.rect.bottom;
    let drop = (size::SUBNET_GAP / 2.0).min((frame.bottom - bottom) / 2.0);
    Some(Ends {
        from,
        to: Some(to),
        start: Point::new(frame.left, bottom + drop),
        end: Point::new(target.center().x, target.bottom),
        leaves: Axis::Horizontal,
        arrives: Axis::Vertical,
        bus: 0,
    })
}

/// The sides by which two boxes face each other; none where one contains the other.
fn link(scene: &Scene, at: usize, from: usize, to: usize, kind: ArrowKind) -> Option<Link> {
    let (a, b) = (anchor(scene, from), anchor(scene, to));
    let above = a.top - b.bottom;
    let below = b.top - a.bottom;
    let left = a.left - b.right;
    let right = b.left - a.right;
    let gap = above.max(below).max(left).max(right);
    if gap < 0.0 && contains(scene, from, to) {
        return None;
    }
    let vertical = above.max(below);
    // A way up or down is the rule; sideways only within a row.
    let (leaves, arrives) = match () {
        () if vertical >= size::CARD_GAP || vertical >= left.max(right) => {
            if above >= below {
                (Side::Top, Side::Bottom)
            } else {
                (Side::Bottom, Side::Top)
            }
        }
        () if left >= right => (Side::Left, Side::Right),
        () => (Side::Right, Side::Left),
    };
    Some(Link { at, from, to, leaves, arrives, kind })
}

fn contains(scene: &Scene, outer: usize, inner: usize) -> bool {
    let mut at = Some(inner);
    while let Some(place) = at {
        if place == outer {
            return true;
        }
        at = scene.nodes.get(place).and_then(|node| node.parent);
    }
    false
}

type Arrivals = BTreeMap<(usize, Side, ArrowKind), f32>;

/// One port per target, side and kind, near the middle of where the arrows come from.
fn arrivals(scene: &Scene, links: &[Link]) -> Arrivals {
    let mut sums: BTreeMap<(usize, Side), BTreeMap<ArrowKind, (f32, usize)>> = BTreeMap::new();
    for link in links {
        let kinds = sums.entry((link.to, link.arrives)).or_default();
        let (sum, count) = kinds.entry(link.kind).or_default();
        *sum += link.arrives.middle(&anchor(scene, link.from));
        *count += 1;
    }
    let mut arrivals = Arrivals::new();
    for ((to, side), kinds) in sums {
        let Some(node) = scene.nodes.get(to) else { continue };
        let (low, high) = range(node, side);
        // Near the middle: an arrow that comes from far aside still points at the box.
        let middle = f32::midpoint(low, high);
        let reach = (high - low) * 0.3;
        let wishes: Vec<(f32, f32)> = kinds
            .values()
            .map(|(sum, count)| ((sum / *count as f32).clamp(middle - reach, middle + reach), 0.0))
            .collect();
        let apart = APART.min((high - low) / kinds.len() as f32);
        let along = spread(&wishes, low, high, apart);
        arrivals.extend(kinds.keys().zip(along).map(|(kind, along)| ((to, side, *kind), along)));
    }
    arrivals
}

/// One port per arrow at its start, as near as possible to where the arrow ends.
fn departures(scene: &Scene, links: &[Link], arrivals: &Arrivals) -> BTreeMap<usize, f32> {
    let mut sides: BTreeMap<(usize, Side), Vec<&Link>> = BTreeMap::new();
    for link in links {
        sides.entry((link.from, link.leaves)).or_default().push(link);
    }
    let mut departures = BTreeMap::new();
    for ((from, side), links) in sides {
        let Some(node) = scene.nodes.get(from) else { continue };
        let (low, high) = range(node, side);
        let wishes: Vec<(f32, f32)> = links
            .iter()
            .map(|link| {
                let along = arrivals.get(&(link.to, link.arrives, link.kind)).copied().unwrap_or(low);
                (along.clamp(low, high), 0.0)
            })
            .collect();
        let apart = APART.min((high - low) / links.len() as f32);
        let along = spread(&wishes, low, high, apart);
        departures.extend(links.iter().zip(along).map(|(link, along)| (link.at, along)));
    }
    departures
}

/// The part of a side where arrows may touch: not the corners, and not the letters of a frame.
fn range(node: &Node, side: Side) -> (f32, f32) {
    let rect = draw::anchor(node);
    let (low, high) = match side.axis() {
        Axis::Horizontal => (rect.top, rect.bottom),
        Axis::Vertical => (rect.left, rect.right),
    };
    let inset = 16.0_f32.min((high - low) / 4.0);
    let (mut low, high) = (low + inset, high - inset);
    if let (Shape::Frame, Side::Top, Some(header)) = (node.shape, side, draw::header(node)) {
        let after = header.right + inset;
        if high - after > 3.0 * APART {
            low = after;
        }
    }
    (low, high)
}
