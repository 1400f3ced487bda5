//! Where the badges of a box stand.

use super::{
    geometry::Rect,
    measure,
    node::{Badge, Node, Shape},
    size,
};

/// The badges of a box that are drawn, each with its place in [`Node::badges`], in world coordinates.
/// What finds no room is counted by [`hidden_badges`].
pub fn badge_rects(node: &Node) -> Vec<(usize, Rect)> {
    let (left, top, rows) = match node.shape {
        Shape::Frame => (node.rect.left + size::SUBNET_PAD, node.rect.top + 38.0, 1),
        _ => (node.rect.left + size::CARD_PAD, node.rect.top + size::CARD_HEIGHT - 2.0, size::BADGE_ROWS),
    };
    let room = node.rect.right - size::CARD_PAD - left;
    place(&node.badges, room, rows).into_iter().map(|(at, rect)| (at, rect.translate(left, top))).collect()
}

/// How many badges of a box are not drawn, and where the mark that says so stands.
pub fn hidden_badges(node: &Node) -> Option<(usize, Rect)> {
    let drawn = badge_rects(node);
    let hidden = node.badges.len().checked_sub(drawn.len()).filter(|hidden| *hidden > 0)?;
    let last = drawn.last().map(|(_, rect)| *rect)?;
    Some((hidden, Rect::from_size(last.right + size::BADGE_GAP, last.top, MORE_WIDTH, size::BADGE_HEIGHT)))
}

/// Width of the mark `+3`.
const MORE_WIDTH: f32 = 26.0;

/// The height of a card with these badges.
pub(super) fn card_height(badges: &[Badge]) -> f32 {
    let drawn = place(badges, size::CARD_WIDTH - 2.0 * size::CARD_PAD, size::BADGE_ROWS);
    drawn.last().map_or(size::CARD_HEIGHT, |(_, rect)| size::CARD_HEIGHT + rect.bottom + 6.0)
}

fn width(badge: &Badge) -> f32 {
    let letters = measure::width(&badge.text, size::TEXT_SMALL).ceil();
    (letters + size::BADGE_ICON + 16.0).min(size::BADGE_WIDTH)
}

/// Puts badges into rows, relative to the upper left corner of the first.
fn place(badges: &[Badge], room: f32, rows: usize) -> Vec<(usize, Rect)> {
    let mut placed = Vec::new();
    let (mut x, mut row) = (0.0, 0);
    for (at, badge) in badges.iter().enumerate() {
        let width = width(badge).min(room);
        if x > 0.0 && x + width > room {
            x = 0.0;
            row += 1;
        }
        let is_last_row = row + 1 >= rows;
        let is_last = at + 1 == badges.len();
        let more = if is_last_row && !is_last { MORE_WIDTH + size::BADGE_GAP } else { 0.0 };
        if row >= rows
            || (x > 0.0 && x + width + more > room && more > 0.0 && !rest_fits(badges, at, x, room))
        {
            break;
        }
        let top = row as f32 * (size::BADGE_HEIGHT + size::BADGE_GAP);
        placed.push((at, Rect::from_size(x, top, width, size::BADGE_HEIGHT)));
        x += width + size::BADGE_GAP;
    }
    placed
}

/// Whether everything from `at` on fits into the row that is begun.
fn rest_fits(badges: &[Badge], at: usize, x: f32, room: f32) -> bool {
    let rest: f32 = badges.iter().skip(at).map(|badge| width(badge) + size::BADGE_GAP).sum();
    x + rest - size::BADGE_GAP <= room
}
