//! The cards of a subnet, and the sizes of boxes that contain nothing.

use super::{
    by_wish, move_to,
    pack::{Occupied, Piece},
    rect_of, set_rect, wished_size,
};
use crate::scene::{
    draft::{Draft, Drafts},
    geometry::{Point, Rect},
    marks, measure,
    node::{NodeKind, Shape},
    size,
};

/// Gives a card, chip or pin its size.
pub(super) fn size_leaf(drafts: &mut Drafts, at: usize) {
    let Some(draft) = drafts.get(at) else { return };
    let (width, height) = leaf_size(draft);
    set_rect(drafts, at, Rect::from_size(0.0, 0.0, width, height));
}

fn leaf_size(draft: &Draft) -> (f32, f32) {
    let node = &draft.node;
    match (node.shape, node.kind) {
        (Shape::Pin, NodeKind::Service) => (size::SERVICE_WIDTH, size::SERVICE_HEIGHT),
        (Shape::Pin, _) => {
            let title = measure::width(&node.title, size::TEXT_TITLE);
            let subtitle = measure::width(&node.subtitle, size::TEXT_FAINT);
            let text = title.max(subtitle).ceil();
            ((size::PILL_ICON + 24.0 + text).min(size::PILL_WIDTH), size::PILL_HEIGHT)
        }
        (Shape::Chip, _) => (size::CHIP_WIDTH, size::CHIP_HEIGHT),
        (Shape::Card | Shape::Frame, _) => (size::CARD_WIDTH, marks::card_height(&node.badges)),
    }
}

/// Places what stands in a subnet and gives the subnet its size.
pub(super) fn lay_out(drafts: &mut Drafts, subnet: usize) {
    let children = drafts.get(subnet).map_or_else(Vec::new, |draft| draft.children.clone());
    for child in &children {
        size_leaf(drafts, *child);
    }
    let (min_width, min_height) = drafts.get(subnet).map(wished_size).unwrap_or_default();
    let from = Point::new(size::SUBNET_PAD, size::SUBNET_HEADER);
    let mut taken = Occupied::default();
    let (wished, others) = by_wish(drafts, &children);
    for (child, point) in wished {
        let point = Point::new(point.x.max(from.x), point.y.max(from.y));
        let rect = taken.settle(point, piece(drafts, child), size::CARD_GAP);
        move_to(drafts, child, rect.corner());
    }
    let columns = (others.len() as f32).sqrt().ceil().max(2.0);
    let wrap = from.x + columns * (size::CARD_WIDTH + size::CARD_GAP);
    let wrap = wrap.max(min_width - size::SUBNET_PAD);
    let pieces: Vec<Piece> = others.iter().map(|child| piece(drafts, *child)).collect();
    for (child, rect) in others.iter().zip(taken.flow(&pieces, from, wrap, size::CARD_GAP)) {
        move_to(drafts, *child, rect.corner());
    }
    let (mut width, mut height) = (min_width.max(size::SUBNET_WIDTH), min_height.max(size::SUBNET_HEIGHT));
    for child in &children {
        let rect = rect_of(drafts, *child);
        width = width.max(rect.right + size::SUBNET_PAD);
        height = height.max(rect.bottom + size::SUBNET_PAD);
    }
    set_rect(drafts, subnet, Rect::from_size(0.0, 0.0, width, height));
}

/// The size of a box as the packing sees it.
pub(super) fn piece(drafts: &Drafts, at: usize) -> Piece {
    let rect = rect_of(drafts, at);
    Piece { width: rect.width(), height: rect.height() }
}
