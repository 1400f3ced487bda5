//! A VPC: its lanes, its shelf, and the gateways on its borders.

use super::{
    by_wish, children_in, lanes, move_to,
    pack::{Occupied, Piece, spread},
    rect_of, set_rect,
    subnet::{piece, size_leaf},
    wish, wished_size,
};
use crate::scene::{
    draft::{Drafts, Slot},
    geometry::{Point, Rect},
    size,
};

/// Gives a VPC and everything in it a place relative to the VPC's corner. Answers where its shelf is.
pub(super) fn lay_out(drafts: &mut Drafts, vpc: usize) -> Point {
    let (min_width, min_height) = drafts.get(vpc).map(wished_size).unwrap_or_default();
    let (min_width, min_height) = (min_width.max(size::VPC_WIDTH), min_height.max(size::VPC_HEIGHT));
    let lanes = children_in(drafts, vpc, Slot::Lane);
    let chips = children_in(drafts, vpc, Slot::Shelf);
    for chip in &chips {
        size_leaf(drafts, *chip);
    }
    let corner = Point::new(size::VPC_PAD, size::VPC_HEADER);
    let has_endpoints = !children_in(drafts, vpc, Slot::LowerBorder).is_empty();
    let footer = if has_endpoints { size::VPC_FOOTER } else { size::VPC_PAD };
    let fixed = corner.y + footer;
    lanes::lay_out(drafts, &lanes, corner, 0.0, min_height - fixed);
    let shelf_size = shelve(drafts, &chips, end(drafts, &lanes, corner).y - corner.y);
    let beside = if chips.is_empty() { 0.0 } else { shelf_size.x + size::LANE_GAP };
    let borders = border_width(drafts, vpc);
    let wanted = min_width.max(borders) - 2.0 * size::VPC_PAD - beside;
    if end(drafts, &lanes, corner).x - corner.x < wanted && !lanes.is_empty() {
        lanes::lay_out(drafts, &lanes, corner, wanted, min_height - fixed);
    }
    let lanes_end = end(drafts, &lanes, corner);
    let shelf = shelf_corner(&lanes, lanes_end, corner);
    for chip in &chips {
        let rect = rect_of(drafts, *chip).translate(shelf.x, shelf.y);
        set_rect(drafts, *chip, rect);
    }
    let width = (shelf.x + shelf_size.x + size::VPC_PAD).max(lanes_end.x + size::VPC_PAD);
    let width = width.max(min_width).max(borders);
    let height = (shelf.y + shelf_size.y + footer).max(lanes_end.y + footer);
    let height = height.max(min_height).round();
    set_rect(drafts, vpc, Rect::from_size(0.0, 0.0, width, height));
    let middle = f32::midpoint(corner.x, lanes_end.x.max(corner.x + 200.0)).round();
    pin(drafts, vpc, Slot::UpperBorder, middle, 0.0);
    pin(drafts, vpc, Slot::LowerBorder, middle, height);
    shelf
}

/// The lower right corner of the lanes.
fn end(drafts: &Drafts, lanes: &[usize], corner: Point) -> Point {
    lanes
        .iter()
        .map(|lane| rect_of(drafts, *lane))
        .fold(corner, |end, rect| Point::new(end.x.max(rect.right), end.y.max(rect.bottom)))
}

fn shelf_corner(lanes: &[usize], end: Point, corner: Point) -> Point {
    if lanes.is_empty() { corner } else { Point::new(end.x + size::LANE_GAP, corner.y) }
}

/// Places the chips of a shelf relative to its corner, in columns about as high as the lanes.
fn shelve(drafts: &mut Drafts, chips: &[usize], height: f32) -> Point {
    let turned = |piece: Piece| Piece { width: piece.height, height: piece.width };
    let mut taken = Occupied::default();
    let (wished, others) = by_wish(drafts, chips);
    let mut end = Point::default();
    for (chip, point) in wished {
        let point = Point::new(point.x.max(0.0), point.y.max(0.0));
        let rect = taken.settle(Point::new(point.y, point.x), turned(piece(drafts, chip)), size::CHIP_GAP);
        move_to(drafts, chip, Point::new(rect.top, rect.left));
    }
    // Columns instead of rows: the packing runs with its axes exchanged.
    let pieces: Vec<Piece> = others.iter().map(|chip| turned(piece(drafts, *chip))).collect();
    let wrap = height.max(8.0 * (size::CHIP_HEIGHT + size::CHIP_GAP));
    for (chip, rect) in others.iter().zip(taken.flow(&pieces, Point::default(), wrap, size::CHIP_GAP)) {
        move_to(drafts, *chip, Point::new(rect.top, rect.left));
    }
    for chip in chips {
        let rect = rect_of(drafts, *chip);
        end = Point::new(end.x.max(rect.right), end.y.max(rect.bottom));
    }
    end
}

/// How wide the VPC must be for the gateways on its borders.
fn border_width(drafts: &mut Drafts, vpc: usize) -> f32 {
    let mut widest: f32 = 0.0;
    for slot in [Slot::UpperBorder, Slot::LowerBorder] {
        let mut width = 2.0 * size::VPC_PAD;
        for pin in children_in(drafts, vpc, slot) {
            size_leaf(drafts, pin);
            width += rect_of(drafts, pin).width() + size::PILL_GAP;
        }
        widest = widest.max(width);
    }
    widest
}

/// Puts the gateways of one border onto it: the user's place counts along the border only.
fn pin(drafts: &mut Drafts, vpc: usize, slot: Slot, middle: f32, y: f32) {
    let pins = children_in(drafts, vpc, slot);
    let total: f32 = pins.iter().map(|pin| rect_of(drafts, *pin).width() + size::PILL_GAP).sum();
    let mut next = middle - (total - size::PILL_GAP) / 2.0;
    let mut wishes = Vec::with_capacity(pins.len());
    for pin in &pins {
        let width = rect_of(drafts, *pin).width();
        let wished = drafts.get(*pin).and_then(wish).map(|point| point.x + width / 2.0);
        wishes.push((wished.unwrap_or(next + width / 2.0), width));
        next += width + size::PILL_GAP;
    }
    let right = rect_of(drafts, vpc).width() - size::VPC_PAD;
    for (pin, left) in pins.iter().zip(spread(&wishes, size::VPC_PAD, right, size::PILL_GAP)) {
        move_to(drafts, *pin, Point::new(left, y - size::PILL_HEIGHT / 2.0));
    }
}
