//! The small handles on a box: where an arrow starts, and where a frame is resized.

use eframe::egui::{Pos2, Rect, Vec2, pos2};

use super::{
    tools::{Around, connect},
    viewport::Lens,
};
use crate::{
    model::Kind,
    scene::{Node, NodeKind, Shape},
};

/// Radius of the handle of arrows.
pub const ARROW_RADIUS: f32 = 9.0;
/// Half the side of a handle for resizing.
pub const CORNER_REACH: f32 = 5.0;

/// A side or corner of a frame, as steps from its middle: `(-1, -1)` is the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Corner {
    /// -1 left, 0 middle, 1 right.
    pub x: i8,
    /// -1 top, 0 middle, 1 bottom.
    pub y: i8,
}

/// All sides and corners.
pub const CORNERS: [Corner; 8] = [
    Corner { x: -1, y: -1 },
    Corner { x: 0, y: -1 },
    Corner { x: 1, y: -1 },
    Corner { x: 1, y: 0 },
    Corner { x: 1, y: 1 },
    Corner { x: 0, y: 1 },
    Corner { x: -1, y: 1 },
    Corner { x: -1, y: 0 },
];

impl Corner {
    /// Where it is on a rectangle of the screen.
    pub fn on(self, rect: Rect) -> Pos2 {
        let half = Vec2::new(f32::from(self.x), f32::from(self.y)) * rect.size() / 2.0;
        rect.center() + half
    }
}

/// Where the handle of arrows of a box is on the screen; nothing where no arrow can start or the box
/// is too small.
pub fn arrow(lens: &Lens, node: &Node) -> Option<Pos2> {
    if !connect::can_start(node.kind) {
        return None;
    }
    let rect = lens.screen_rect(&node.rect);
    if rect.height() < 16.0 || rect.width() < 24.0 {
        return None;
    }
    // Frames carry a handle for resizing in the middle of their side, so the arrow's one sits higher.
    let down = if node.shape == Shape::Frame { (rect.height() / 4.0).min(36.0) } else { rect.height() / 2.0 };
    Some(pos2(rect.right(), rect.top() + down))
}

/// Whether a frame can be resized.
pub fn is_resizable(node: &Node) -> bool {
    let kind =
        matches!(node.kind, NodeKind::PublicSubnet | NodeKind::PrivateSubnet | NodeKind::Resource(Kind::Vpc));
    kind && node.shape == Shape::Frame
}

/// The box whose arrow handle is at a point: the one under the pointer before selected ones.
pub fn arrow_at<'a>(around: &Around<'a>, pos: Pos2) -> Option<&'a Node> {
    let near = |node: &&Node| {
        arrow(&around.lens, node).is_some_and(|handle| handle.distance(pos) <= ARROW_RADIUS + 2.0)
    };
    let hovered = around.hover.and_then(|id| around.cache.scene.node(id));
    hovered.filter(near).or_else(|| single_selected(around).filter(near))
}

/// The box and the handle for resizing at a point.
pub fn corner_at<'a>(around: &Around<'a>, pos: Pos2) -> Option<(&'a Node, Corner)> {
    let node = single_selected(around).filter(|node| is_resizable(node))?;
    let rect = around.lens.screen_rect(&node.rect);
    if rect.width() < 48.0 || rect.height() < 48.0 {
        return None;
    }
    let near = |corner: &Corner| {
        let off = corner.on(rect) - pos;
        off.x.abs() <= CORNER_REACH + 2.0 && off.y.abs() <= CORNER_REACH + 2.0
    };
    CORNERS.into_iter().find(near).map(|corner| (node, corner))
}

/// The box of the selection, where exactly one resource with one box is selected.
pub fn single_selected<'a>(around: &Around<'a>) -> Option<&'a Node> {
    let [id] = around.session.selection() else {
        return None;
    };
    match around.cache.scene.positions_of(id).as_slice() {
        [at] => around.cache.node(*at),
        _ => None,
    }
}
