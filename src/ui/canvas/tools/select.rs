//! Selects; and begins a move, a resize or an arrow, depending on where the button went down.

use eframe::egui::{CursorIcon, Pos2};

use super::{
    Around, CLICK_REACH, Input, Outcome, Preview, Tool, connect::Connect, drag::Drag, resize::Resize,
};
use crate::{
    model::{Kind, ResourceId},
    scene::{Detail, Node, NodeId, NodeKind, Point, Rect, Shape, size},
    session::Intent,
    t,
    ui::canvas::{handles, painter},
};

/// How near to an arrow of the drawing a click must be, in points.
pub const ARROW_REACH: f32 = 5.0;

/// The pointer.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Select {
    /// Nothing is held.
    #[default]
    Idle,
    /// The button went down there, on that.
    Pressed(Pos2, Hit),
    /// Boxes are moved.
    Moving(Drag),
    /// A frame gets another size.
    Resizing(Resize),
    /// A rubber band, from there to there.
    Band(Point, Point),
}

/// What the pointer is on.
#[derive(Debug, Clone, PartialEq)]
pub enum Hit {
    /// A box.
    Node(NodeId),
    /// A mark on a box that speaks of this resource, or an arrow that comes from it.
    Mention(ResourceId),
    /// Nothing.
    Ground,
}

/// What is at a point of the screen.
pub fn hit(around: &Around<'_>, pos: Pos2) -> Hit {
    let at = around.world(pos);
    let cache = around.cache;
    if painter::detail(around.lens.zoom()) == Detail::Full
        && let Some((node, badge)) = cache.spatial.badge_at(&cache.scene, at)
        && let Some(id) =
            cache.node(node).and_then(|node| node.badges.get(badge)).and_then(|it| it.resource.clone())
    {
        return Hit::Mention(id);
    }
    let node = cache.spatial.hit(at).and_then(|at| cache.node(at));
    // Boxes without others inside are in front of arrows, frames behind them.
    if let Some(node) = node.filter(|node| node.shape != Shape::Frame) {
        return Hit::Node(node.id.clone());
    }
    let arrow = cache.spatial.hit_arrow(at, ARROW_REACH / around.lens.zoom());
    if let Some(id) =
        arrow.and_then(|at| cache.scene.arrows.get(at)).and_then(|arrow| arrow.route_table.clone())
    {
        return Hit::Mention(id);
    }
    node.map_or(Hit::Ground, |node| Hit::Node(node.id.clone()))
}

/// The resource that a click on a box selects: a lane stands for its VPC.
pub fn selects(id: &NodeId) -> Option<&ResourceId> {
    match id {
        NodeId::Lane(vpc, _) => Some(vpc),
        id => id.resource(),
    }
}

impl Select {
    /// The next state.
    pub(super) fn step(self, input: Input, around: &Around<'_>, out: &mut Outcome) -> Tool {
        let next = match (self, input) {
            (Self::Idle, Input::Press(pos)) => return press(around, pos),
            (Self::Idle, Input::Cancel) => {
                if !around.session.selection().is_empty() {
                    out.intents.push(Intent::Select(Vec::new()));
                }
                Self::Idle
            }
            (_, Input::Cancel) => Self::Idle,
            (Self::Pressed(from, hit), Input::Move(pos)) if from.distance(pos) > CLICK_REACH => {
                begin(around, from, &hit, out).moved(around, pos)
            }
            (Self::Pressed(_, hit), Input::Release(_)) => {
                click(around, &hit, out);
                Self::Idle
            }
            (Self::Moving(drag), Input::Release(pos)) => {
                drag.moved(around, pos).release(around, out);
                Self::Idle
            }
            (Self::Resizing(resize), Input::Release(pos)) => {
                resize.moved(around, pos).release(around, out);
                Self::Idle
            }
            (Self::Band(from, _), Input::Release(pos)) => {
                band(around, &rect_between(from, around.world(pos)), out);
                Self::Idle
            }
            (state, Input::Move(pos)) => state.moved(around, pos),
            (state, _) => state,
        };
        Tool::Select(next)
    }

    fn moved(self, around: &Around<'_>, pos: Pos2) -> Self {
        match self {
            Self::Moving(drag) => Self::Moving(drag.moved(around, pos)),
            Self::Resizing(resize) => Self::Resizing(resize.moved(around, pos)),
            Self::Band(from, _) => Self::Band(from, around.world(pos)),
            other => other,
        }
    }

    /// What the user can do now.
    pub(super) fn hint(&self) -> String {
        match self {
            Self::Idle | Self::Pressed(..) => t!("canvas-hint-select"),
            Self::Moving(drag) => drag.aim().refusal.clone().unwrap_or_else(|| t!("canvas-hint-move")),
            Self::Resizing(_) => t!("canvas-hint-resize"),
            Self::Band(..) => t!("canvas-hint-band"),
        }
    }

    /// The pointer's shape.
    pub(super) fn cursor(&self, around: &Around<'_>, pointer: Option<Pos2>) -> CursorIcon {
        match self {
            Self::Moving(drag) if drag.aim().refusal.is_some() => CursorIcon::NotAllowed,
            Self::Moving(_) => CursorIcon::Grabbing,
            Self::Resizing(resize) => resize_cursor(resize.corner()),
            Self::Band(..) => CursorIcon::Crosshair,
            Self::Idle | Self::Pressed(..) => {
                pointer.map_or(CursorIcon::Default, |pos| idle_cursor(around, pos))
            }
        }
    }

    /// What it shows over the drawing.
    pub(super) fn preview(&self) -> Preview {
        match self {
            Self::Idle | Self::Pressed(..) => Preview::Nothing,
            Self::Moving(drag) => drag.preview(),
            Self::Resizing(resize) => Preview::Resized { rect: resize.rect() },
            Self::Band(from, to) => Preview::Band(rect_between(*from, *to)),
        }
    }
}

fn press(around: &Around<'_>, pos: Pos2) -> Tool {
    if let Some(node) = handles::arrow_at(around, pos) {
        return Tool::Connect(Connect::from(node, Some(pos)));
    }
    if let Some((node, corner)) = handles::corner_at(around, pos)
        && let Some(resize) = Resize::begun(around, node, corner, pos)
    {
        return Tool::Select(Select::Resizing(resize));
    }
    Tool::Select(Select::Pressed(pos, hit(around, pos)))
}

/// The pointer has left the spot where the button went down.
fn begin(around: &Around<'_>, from: Pos2, hit: &Hit, out: &mut Outcome) -> Select {
    let node = match hit {
        Hit::Node(id) if !around.modifiers.shift => around.cache.scene.node(id),
        _ => None,
    };
    match node.filter(|node| can_take(around, node, from)).and_then(|node| node.id.resource()) {
        Some(id) => Select::Moving(Drag::begun(around, id, from, out)),
        None => Select::Band(around.world(from), around.world(from)),
    }
}

/// Whether a drag there moves the box: a VPC is taken by its title or once it is selected, so that a
/// rubber band can be drawn on it; interfaces of endpoints have no place of their own.
fn can_take(around: &Around<'_>, node: &Node, from: Pos2) -> bool {
    match node.kind {
        NodeKind::Resource(Kind::Vpc) => {
            let title = around.world(from).y <= node.rect.top + size::LANE_HEADER;
            title || node.id.resource().is_some_and(|id| around.session.is_selected(id))
        }
        NodeKind::PublicSubnet | NodeKind::PrivateSubnet | NodeKind::Resource(_) => true,
        _ => false,
    }
}

fn click(around: &Around<'_>, hit: &Hit, out: &mut Outcome) {
    let extend = around.modifiers.shift || around.modifiers.command;
    let id = match hit {
        Hit::Node(node) => {
            out.focus = Some(node.clone());
            selects(node)
        }
        Hit::Mention(id) => Some(id),
        Hit::Ground => None,
    };
    match id {
        Some(id) if extend => out.intents.push(Intent::ToggleSelect(id.clone())),
        Some(id) if around.session.selection() == std::slice::from_ref(id) => {}
        Some(id) => out.intents.push(Intent::Select(vec![id.clone()])),
        None if extend || around.session.selection().is_empty() => {}
        None => out.intents.push(Intent::Select(Vec::new())),
    }
}

/// What lies wholly inside of the band; with Shift, added to what is selected.
fn band(around: &Around<'_>, band: &Rect, out: &mut Outcome) {
    let mut ids: Vec<ResourceId> = Vec::new();
    if around.modifiers.shift {
        ids.extend_from_slice(around.session.selection());
    }
    for node in around.cache.spatial.in_rect(band).into_iter().filter_map(|at| around.cache.node(at)) {
        let inside = node.rect.left >= band.left
            && node.rect.right <= band.right
            && node.rect.top >= band.top
            && node.rect.bottom <= band.bottom;
        if let Some(id) = node.id.resource().filter(|id| inside && !ids.contains(id)) {
            ids.push(id.clone());
        }
    }
    out.intents.push(Intent::Select(ids));
}

fn rect_between(a: Point, b: Point) -> Rect {
    Rect { left: a.x.min(b.x), top: a.y.min(b.y), right: a.x.max(b.x), bottom: a.y.max(b.y) }
}

fn idle_cursor(around: &Around<'_>, pos: Pos2) -> CursorIcon {
    if handles::arrow_at(around, pos).is_some() {
        return CursorIcon::Crosshair;
    }
    if let Some((_, corner)) = handles::corner_at(around, pos) {
        return resize_cursor(corner);
    }
    match hit(around, pos) {
        Hit::Mention(_) => CursorIcon::PointingHand,
        Hit::Node(id) => {
            let takes = around.cache.scene.node(&id).is_some_and(|node| can_take(around, node, pos));
            if takes { CursorIcon::Grab } else { CursorIcon::Default }
        }
        Hit::Ground => CursorIcon::Default,
    }
}

fn resize_cursor(corner: handles::Corner) -> CursorIcon {
    match (corner.x, corner.y) {
        (0, _) => CursorIcon::ResizeVertical,
        (_, 0) => CursorIcon::ResizeHorizontal,
        (x, y) if x == y => CursorIcon::ResizeNwSe,
        _ => CursorIcon::ResizeNeSw,
    }
}
