//! Gives a frame another size.

use eframe::egui::Pos2;

use super::{Around, Outcome};
use crate::{
    edit::Command,
    model::{Placement, ResourceId},
    scene::{Node, Point, Rect},
    session::Intent,
    ui::canvas::handles::Corner,
};

/// The least side of a frame while it is resized; the layout then keeps room for what is inside.
const LEAST: f32 = 48.0;

/// A side or corner of a frame on the pointer.
#[derive(Debug, Clone, PartialEq)]
pub struct Resize {
    id: ResourceId,
    corner: Corner,
    grabbed: Point,
    before: Rect,
    origin: Point,
    rect: Rect,
}

impl Resize {
    /// A handle was taken.
    pub(super) fn begun(around: &Around<'_>, node: &Node, corner: Corner, pos: Pos2) -> Option<Self> {
        Some(Self {
            id: node.id.resource()?.clone(),
            corner,
            grabbed: around.world(pos),
            before: node.rect,
            origin: node.origin,
            rect: node.rect,
        })
    }

    /// The pointer is there now.
    pub(super) fn moved(mut self, around: &Around<'_>, pos: Pos2) -> Self {
        let at = around.world(pos);
        let (dx, dy) = (at.x - self.grabbed.x, at.y - self.grabbed.y);
        let mut rect = self.before;
        match self.corner.x {
            -1 => rect.left = (rect.left + dx).min(rect.right - LEAST),
            1 => rect.right = (rect.right + dx).max(rect.left + LEAST),
            _ => {}
        }
        match self.corner.y {
            -1 => rect.top = (rect.top + dy).min(rect.bottom - LEAST),
            1 => rect.bottom = (rect.bottom + dy).max(rect.top + LEAST),
            _ => {}
        }
        self.rect = rect;
        self
    }

    /// The handle.
    pub(super) fn corner(&self) -> Corner {
        self.corner
    }

    /// The frame as it would be.
    pub(super) fn rect(&self) -> Rect {
        self.rect
    }

    /// The button went up: one command, or none where nothing changed.
    pub(super) fn release(self, around: &Around<'_>, out: &mut Outcome) {
        if self.rect == self.before {
            return;
        }
        let old = around.session.document().diagram.placements.get(&self.id).copied().unwrap_or_default();
        let width = (self.corner.x != 0).then(|| self.rect.width().round() as i32);
        let height = (self.corner.y != 0).then(|| self.rect.height().round() as i32);
        let placement = Placement {
            x: (self.rect.left - self.origin.x).round() as i32,
            y: (self.rect.top - self.origin.y).round() as i32,
            width: width.or(old.width),
            height: height.or(old.height),
        };
        out.intents.push(Intent::Edit(Command::Move { placements: vec![(self.id, placement)] }));
    }
}
