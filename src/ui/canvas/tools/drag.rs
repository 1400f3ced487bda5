//! Moves boxes: inside of their container, or into another one.

use std::collections::BTreeSet;

use eframe::egui::Pos2;

use super::{Around, Outcome, Preview};
use crate::{
    edit::{Command, Dragged},
    model::{Container, Placement, ResourceId},
    scene::{NodeId, Point},
    session::Intent,
    t,
    ui::canvas::drop::{self, Aim},
};

/// Boxes on the pointer.
#[derive(Debug, Clone, PartialEq)]
pub struct Drag {
    /// What is moved; what these contain moves with them.
    ids: BTreeSet<ResourceId>,
    from: Point,
    to: Point,
    /// How far the boxes are moved.
    by: (f32, f32),
    aim: Aim,
}

impl Drag {
    /// A box was taken at a point of the screen: all that is selected where it is, else it alone.
    pub(super) fn begun(around: &Around<'_>, id: &ResourceId, from: Pos2, out: &mut Outcome) -> Self {
        let ids = if around.session.is_selected(id) {
            movable(around)
        } else {
            out.intents.push(Intent::Select(vec![id.clone()]));
            BTreeSet::from([id.clone()])
        };
        out.focus = Some(NodeId::Resource(id.clone()));
        let from = around.world(from);
        Self { ids, from, to: from, by: (0.0, 0.0), aim: Aim::default() }
    }

    /// The pointer is there now.
    pub(super) fn moved(mut self, around: &Around<'_>, pos: Pos2) -> Self {
        self.to = around.world(pos);
        self.aim = self.aim_at(around);
        self.by = self.way(around);
        self
    }

    /// The way of the pointer; that of a single box is drawn to the edges of others.
    fn way(&self, around: &Around<'_>) -> (f32, f32) {
        let way = (self.to.x - self.from.x, self.to.y - self.from.y);
        let only = self.ids.first().filter(|_| self.ids.len() == 1);
        let rect = only.and_then(|id| around.rect(&NodeId::Resource(id.clone())));
        let (Some(rect), Some(container)) = (rect, &self.aim.container) else {
            return way;
        };
        let corner = Point::new(rect.left + way.0, rect.top + way.1);
        let aligned = drop::align(around, container, corner, &self.ids);
        (aligned.x - rect.left, aligned.y - rect.top)
    }

    /// The first reason why one of them cannot go there, else where they go.
    fn aim_at(&self, around: &Around<'_>) -> Aim {
        let mut all = Aim::default();
        for id in &self.ids {
            let own = drop::aim(around, &Dragged::Existing(id.clone()), self.to, &self.ids);
            if own.refusal.is_some() {
                return own;
            }
            all = own;
        }
        all
    }

    /// Where they would go.
    pub(super) fn aim(&self) -> &Aim {
        &self.aim
    }

    pub(super) fn preview(&self) -> Preview {
        Preview::Carried { ids: self.ids.clone(), by: self.by, pointer: self.to, aim: self.aim.clone() }
    }

    /// The button went up: one command.
    pub(super) fn release(self, around: &Around<'_>, out: &mut Outcome) {
        let mut placements = Vec::new();
        let mut commands = Vec::new();
        for id in &self.ids {
            let own = drop::aim(around, &Dragged::Existing(id.clone()), self.to, &self.ids);
            let here = around.session.document().topology.container(id);
            match own.container.filter(|container| *container != here) {
                None => placements.extend(self.placed(around, id)),
                Some(into) => {
                    let at = self.place_inside(around, id, &into);
                    commands.push(Command::MoveInto { id: id.clone(), into, at });
                }
            }
        }
        if !placements.is_empty() {
            commands.push(Command::Move { placements });
        }
        match commands.len() {
            0 => {}
            1 => out.intents.extend(commands.pop().map(Intent::Edit)),
            _ => {
                let label = t!("canvas-step-move", count = self.ids.len());
                out.intents.push(Intent::Edit(Command::Batch { label, commands }));
            }
        }
    }

    fn corner(&self, around: &Around<'_>, id: &ResourceId) -> Option<Point> {
        let corner = around.rect(&NodeId::Resource(id.clone()))?.corner();
        Some(Point::new(corner.x + self.by.0, corner.y + self.by.1))
    }

    /// The new place in the same container; the size that the user chose stays.
    fn placed(&self, around: &Around<'_>, id: &ResourceId) -> Option<(ResourceId, Placement)> {
        let node = around.cache.scene.node(&NodeId::Resource(id.clone()))?;
        let corner = self.corner(around, id)?;
        let old = around.session.document().diagram.placements.get(id).copied().unwrap_or_default();
        let x = (corner.x - node.origin.x).round() as i32;
        let y = (corner.y - node.origin.y).round() as i32;
        Some((id.clone(), Placement { x, y, ..old }))
    }

    fn place_inside(&self, around: &Around<'_>, id: &ResourceId, into: &Container) -> Option<(i32, i32)> {
        let kind = around.session.document().topology.kind(id)?.kind();
        drop::place_in(around, into, kind, self.corner(around, id)?)
    }
}

/// The selected resources that have a box of their own, without those inside of other selected ones.
fn movable(around: &Around<'_>) -> BTreeSet<ResourceId> {
    let selected: BTreeSet<ResourceId> = around.session.selection().iter().cloned().collect();
    let moves = |id: &&ResourceId| {
        let Some(at) = around.cache.scene.position(&NodeId::Resource((*id).clone())) else {
            return false;
        };
        let parent = around.cache.node(at).and_then(|node| node.parent);
        parent.is_none_or(|parent| !around.cache.is_within(parent, &selected))
    };
    selected.iter().filter(moves).cloned().collect()
}
