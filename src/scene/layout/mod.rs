//! Gives every box its place: what the user placed stays there, the rest is laid out around it, and
//! containers fit what they contain. Deterministic, and near-linear in the number of boxes.
//!
//! Sizes are found from the inside out; rectangles are relative to the container until the end.

mod lanes;
mod pack;
mod region;
mod subnet;
mod vpc;

pub(super) use pack::spread;

use std::collections::BTreeMap;

use crate::model::{Document, Index, Placement, ResourceId};

use super::{
    draft::{self, Draft, Drafts, INTERNET, REGION, Slot},
    geometry::{Point, Rect},
    node::{Node, NodeId},
};

/// The farthest that a file can put a box: beyond, coordinates lose their precision.
const FAR: i32 = 200_000;

/// The boxes with their places, containers before what they contain, and the corners of the shelves.
#[derive(Debug, Default)]
pub(super) struct Placed {
    pub nodes: Vec<Node>,
    pub shelves: BTreeMap<ResourceId, Point>,
}

/// Makes and places the boxes of a document.
pub(super) fn place(
    document: &Document,
    index: &Index,
    placements: &BTreeMap<ResourceId, Placement>,
) -> Placed {
    let mut drafts = draft::drafts(document, index, placements);
    let shelves = region::lay_out(&mut drafts);
    emit(drafts, &shelves)
}

/// The places that the layout chooses when nobody else has: for every box that can be placed, relative
/// to its container. Applying them changes nothing more when done again.
pub fn tidy(document: &Document, index: &Index) -> Vec<(ResourceId, Placement)> {
    let placed = place(document, index, &BTreeMap::new());
    let movable = placed.nodes.iter().filter_map(|node| {
        let NodeId::Resource(id) = &node.id else {
            return None;
        };
        let corner = node.rect.corner();
        let place = Placement {
            x: (corner.x - node.origin.x).round() as i32,
            y: (corner.y - node.origin.y).round() as i32,
            width: None,
            height: None,
        };
        Some((id.clone(), place))
    });
    let mut list: Vec<_> = movable.collect();
    list.sort_by(|a, b| a.0.cmp(&b.0));
    list
}

/// Turns relative rectangles into world ones, in the order of painting.
fn emit(mut drafts: Drafts, shelves: &BTreeMap<usize, Point>) -> Placed {
    let nodes = Vec::with_capacity(drafts.list.len());
    let mut placed = Placed { nodes, shelves: BTreeMap::new() };
    let mut stack = vec![(REGION, None, Point::default())];
    placed.nodes.extend(take(&mut drafts, INTERNET).map(|draft| draft.node));
    while let Some((at, parent, base)) = stack.pop() {
        let Some(draft) = take(&mut drafts, at) else {
            continue;
        };
        let mut node = draft.node;
        node.rect = node.rect.translate(base.x, base.y);
        node.parent = parent;
        node.origin = base;
        if draft.slot == Slot::Shelf {
            let shelf = parent_shelf(&placed, parent);
            node.origin = shelf.unwrap_or(base);
        }
        let corner = if at == REGION { Point::default() } else { node.rect.corner() };
        if let (Some(shelf), NodeId::Resource(id)) = (shelves.get(&at), &node.id) {
            placed.shelves.insert(id.clone(), Point::new(corner.x + shelf.x, corner.y + shelf.y));
        }
        let own = Some(placed.nodes.len());
        placed.nodes.push(node);
        stack.extend(draft.children.iter().rev().map(|child| (*child, own, corner)));
    }
    placed
}

fn parent_shelf(placed: &Placed, parent: Option<usize>) -> Option<Point> {
    match &placed.nodes.get(parent?)?.id {
        NodeId::Resource(vpc) => placed.shelves.get(vpc).copied(),
        _ => None,
    }
}

/// Takes a draft out; nobody looks at its place in the list again.
fn take(drafts: &mut Drafts, at: usize) -> Option<Draft> {
    let draft = drafts.list.get_mut(at)?;
    let children = std::mem::take(&mut draft.children);
    let node = std::mem::replace(&mut draft.node, draft::bare(NodeId::Internet));
    Some(Draft { node, slot: draft.slot, children, placement: None, serves: None })
}

/// The place that the user gave a box, within reason.
fn wish(draft: &Draft) -> Option<Point> {
    let bound = |value: i32| value.clamp(-FAR, FAR) as f32;
    draft.placement.map(|place| Point::new(bound(place.x), bound(place.y)))
}

/// The size that the user gave a box, or nothing.
fn wished_size(draft: &Draft) -> (f32, f32) {
    let bound = |value: Option<i32>| value.map_or(0.0, |value| value.clamp(0, FAR) as f32);
    draft.placement.map_or((0.0, 0.0), |place| (bound(place.width), bound(place.height)))
}

/// The children of a box that stand in one kind of slot.
fn children_in(drafts: &Drafts, parent: usize, slot: Slot) -> Vec<usize> {
    let children = drafts.get(parent).map_or(&[][..], |draft| &draft.children);
    children.iter().copied().filter(|at| drafts.get(*at).is_some_and(|draft| draft.slot == slot)).collect()
}

fn set_rect(drafts: &mut Drafts, at: usize, rect: Rect) {
    if let Some(draft) = drafts.list.get_mut(at) {
        draft.node.rect = rect;
    }
}

fn rect_of(drafts: &Drafts, at: usize) -> Rect {
    drafts.get(at).map(|draft| draft.node.rect).unwrap_or_default()
}

fn move_to(drafts: &mut Drafts, at: usize, corner: Point) {
    let rect = rect_of(drafts, at);
    set_rect(drafts, at, Rect::from_size(corner.x, corner.y, rect.width(), rect.height()));
}

/// The wishes among some boxes in the order in which they are granted: from the top, then from the
/// left; the rest in their own order.
fn by_wish(drafts: &Drafts, list: &[usize]) -> (Vec<(usize, Point)>, Vec<usize>) {
    let mut wished = Vec::new();
    let mut others = Vec::new();
    for at in list {
        match drafts.get(*at).and_then(wish) {
            Some(point) => wished.push((*at, point)),
            None => others.push(*at),
        }
    }
    wished.sort_by(|(a, p), (b, q)| p.y.total_cmp(&q.y).then(p.x.total_cmp(&q.x)).then(a.cmp(b)));
    (wished, others)
}

#[cfg(test)]
mod tests;
