//! The lanes of a VPC: subnets below each other, public ones above private ones, in rows that run
//! through all lanes.

use std::collections::BTreeMap;

use super::{
    by_wish, move_to,
    pack::{Occupied, Piece},
    rect_of, set_rect, subnet,
    subnet::piece,
};
use crate::scene::{
    draft::Drafts,
    geometry::{Point, Rect},
    node::NodeKind,
    size,
};

/// One lane while its subnets are placed.
struct Lane {
    at: usize,
    subnets: Vec<usize>,
    taken: Occupied,
    public: Vec<usize>,
    private: Vec<usize>,
}

/// Places the subnets of these lanes and gives the lanes their sizes, at least `min_height` high and
/// together `min_width` wide; the lanes stand side by side from the given corner.
pub(super) fn lay_out(drafts: &mut Drafts, lanes: &[usize], corner: Point, min_width: f32, min_height: f32) {
    let mut lanes: Vec<Lane> = lanes.iter().map(|at| settle(drafts, *at)).collect();
    let mut y = size::LANE_HEADER;
    for tier in [public, private] {
        y = rows(drafts, &mut lanes, y, tier);
    }
    level(drafts, &lanes);
    let mut widths: Vec<f32> = lanes.iter().map(|lane| content_width(drafts, lane)).collect();
    let gaps = size::LANE_GAP * (lanes.len().max(1) - 1) as f32;
    let missing = min_width - widths.iter().sum::<f32>() - gaps;
    if missing > 0.0 && !widths.is_empty() {
        let share = (missing / widths.len() as f32).floor();
        for width in &mut widths {
            *width += share;
        }
    }
    let lowest = lanes.iter().flat_map(|lane| &lane.subnets).map(|at| rect_of(drafts, *at).bottom);
    let height = lowest.fold(size::LANE_HEIGHT, |height, bottom| height.max(bottom + size::LANE_PAD));
    let height = height.max(min_height);
    let mut x = corner.x;
    for (lane, width) in lanes.iter().zip(widths) {
        widen(drafts, lane, width);
        set_rect(drafts, lane.at, Rect::from_size(x, corner.y, width, height));
        x += width + size::LANE_GAP;
    }
}

fn public(lane: &Lane) -> &[usize] {
    &lane.public
}

fn private(lane: &Lane) -> &[usize] {
    &lane.private
}

/// Puts the placed subnets of a lane where they were placed and sorts out the others.
fn settle(drafts: &mut Drafts, at: usize) -> Lane {
    let subnets = drafts.get(at).map_or_else(Vec::new, |draft| draft.children.clone());
    for child in &subnets {
        subnet::lay_out(drafts, *child);
    }
    let mut taken = Occupied::default();
    let (wished, others) = by_wish(drafts, &subnets);
    for (child, point) in wished {
        let point = Point::new(point.x.max(size::LANE_PAD), point.y.max(size::LANE_HEADER));
        let rect = taken.settle(point, piece(drafts, child), size::SUBNET_GAP);
        move_to(drafts, child, rect.corner());
    }
    let is_public =
        |at: &usize| drafts.get(*at).is_some_and(|draft| draft.node.kind == NodeKind::PublicSubnet);
    let (public, private) = others.into_iter().partition(is_public);
    Lane { at, subnets, taken, public, private }
}

/// Places the subnets of one tier row by row; a row begins where all lanes have room.
fn rows(drafts: &mut Drafts, lanes: &mut [Lane], from: f32, tier: fn(&Lane) -> &[usize]) -> f32 {
    let count = lanes.iter().map(|lane| tier(lane).len()).max().unwrap_or(0);
    let mut y = from;
    for row in 0..count {
        let pieces: Vec<Option<(usize, Piece)>> = lanes
            .iter()
            .map(|lane| tier(lane).get(row).map(|child| (*child, piece(drafts, *child))))
            .collect();
        let top = common_top(lanes, &pieces, y);
        let mut bottom = top;
        for (lane, found) in lanes.iter_mut().zip(pieces) {
            let Some((child, piece)) = found else { continue };
            let rect = Rect::from_size(size::LANE_PAD, top, piece.width, piece.height);
            lane.taken.add(rect);
            move_to(drafts, child, rect.corner());
            bottom = bottom.max(rect.bottom);
        }
        y = bottom + size::SUBNET_GAP;
    }
    y
}

fn common_top(lanes: &[Lane], pieces: &[Option<(usize, Piece)>], from: f32) -> f32 {
    let mut top = from;
    loop {
        let tops = lanes.iter().zip(pieces).filter_map(|(lane, found)| {
            let (_, piece) = found.as_ref()?;
            Some(lane.taken.free_below(size::LANE_PAD, top, *piece, size::SUBNET_GAP / 2.0))
        });
        let lowest = tops.fold(top, f32::max);
        if lowest <= top {
            return top;
        }
        top = lowest;
    }
}

/// Subnets that begin at one height end at one height, where nothing is in the way.
fn level(drafts: &mut Drafts, lanes: &[Lane]) {
    let mut heights: BTreeMap<i64, f32> = BTreeMap::new();
    for at in lanes.iter().flat_map(|lane| &lane.subnets) {
        let rect = rect_of(drafts, *at);
        let height = heights.entry(rect.top as i64).or_default();
        *height = height.max(rect.height());
    }
    for lane in lanes {
        for at in &lane.subnets {
            let rect = rect_of(drafts, *at);
            let Some(height) = heights.get(&(rect.top as i64)) else {
                continue;
            };
            let grown = Rect { bottom: rect.top + height, ..rect };
            let below =
                Rect { top: rect.bottom + 1.0, bottom: grown.bottom + size::SUBNET_GAP / 4.0, ..grown };
            if grown.bottom > rect.bottom && lane.taken.blocker(&below).is_none() {
                set_rect(drafts, *at, grown);
            }
        }
    }
}

fn content_width(drafts: &Drafts, lane: &Lane) -> f32 {
    let rights = lane.subnets.iter().map(|at| rect_of(drafts, *at).right + size::LANE_PAD);
    rights.fold(size::SUBNET_WIDTH + 2.0 * size::LANE_PAD, f32::max)
}

/// Subnets reach to the right end of their lane, where nothing is in the way.
fn widen(drafts: &mut Drafts, lane: &Lane, width: f32) {
    let mut taken = Occupied::default();
    for at in &lane.subnets {
        taken.add(rect_of(drafts, *at));
    }
    for at in &lane.subnets {
        let rect = rect_of(drafts, *at);
        let grown = Rect { right: width - size::LANE_PAD, ..rect };
        let beside = Rect { left: rect.right + 1.0, ..grown };
        if grown.right > rect.right + 1.0 && taken.blocker(&beside).is_none() {
            set_rect(drafts, *at, grown);
        }
    }
}
