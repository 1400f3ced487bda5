//! The tools, as state machines: one file each. A tool sees pointer events one by one and answers with
//! its next state; it writes nothing while a drag is under way, and pushes one intent at its end.

pub mod connect;
pub mod drag;
pub mod pan;
pub mod place;
pub mod resize;
pub mod select;

use std::collections::BTreeSet;

use eframe::egui::{CursorIcon, Modifiers, Pos2};

use super::{
    cache::Cache,
    drop::Aim,
    viewport::{Lens, Viewport},
};
use crate::{
    model::{Kind, ResourceId},
    scene::{NodeId, Point, Rect},
    session::{Intent, Session},
    t,
};

/// What happened to the pointer. Positions are on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Input {
    /// The first button went down on the canvas.
    Press(Pos2),
    /// The middle button went down on the canvas, or the first one while Space was held.
    PressPan(Pos2),
    /// The pointer moved.
    Move(Pos2),
    /// A button went up, anywhere.
    Release(Pos2),
    /// Escape, or the window lost the focus.
    Cancel,
}

/// What a tool may look at.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// The document, the selection.
    pub session: &'a Session,
    /// The picture.
    pub cache: &'a Cache,
    /// Where the picture is on the screen.
    pub lens: Lens,
    /// The keys held.
    pub modifiers: Modifiers,
    /// The box under the pointer, whose handles are shown.
    pub hover: Option<&'a NodeId>,
}

impl Around<'_> {
    /// A point of the screen on the drawing.
    pub fn world(&self, pos: Pos2) -> Point {
        self.lens.world_from_screen(pos)
    }

    /// The box of an id on the drawing.
    pub fn rect(&self, id: &NodeId) -> Option<Rect> {
        self.cache.scene.node(id).map(|node| node.rect)
    }
}

/// What came of an event.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Wishes for the session.
    pub intents: Vec<Intent>,
    /// The box that takes the keyboard.
    pub focus: Option<NodeId>,
    /// Where the canvas looks from now on.
    pub viewport: Option<Viewport>,
}

/// The tool in use and its state.
#[derive(Debug, Clone, PartialEq)]
pub enum Tool {
    /// Select, move, resize.
    Select(select::Select),
    /// Put a new resource in.
    Place(place::Place),
    /// Draw an arrow.
    Connect(connect::Connect),
    /// Move the drawing under the window.
    Pan(pan::Pan),
}

impl Default for Tool {
    fn default() -> Self {
        Self::Select(select::Select::Idle)
    }
}

/// What a tool shows over the drawing while it works.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Preview {
    /// Nothing.
    #[default]
    Nothing,
    /// A rubber band.
    Band(Rect),
    /// Boxes that follow the pointer.
    Carried {
        /// The resources.
        ids: BTreeSet<ResourceId>,
        /// How far they were moved, in the drawing.
        by: (f32, f32),
        /// The pointer.
        pointer: Point,
        /// Where they would go.
        aim: Aim,
    },
    /// A new box that follows the pointer.
    New {
        /// Its kind.
        kind: Kind,
        /// Its upper left corner.
        corner: Point,
        /// The pointer.
        pointer: Point,
        /// Where it would go.
        aim: Aim,
    },
    /// An arrow that follows the pointer.
    Arrow {
        /// Where it starts.
        from: NodeId,
        /// Its end.
        pointer: Point,
        /// Where it would go.
        aim: Aim,
    },
    /// A frame that gets another size.
    Resized {
        /// Its new rectangle.
        rect: Rect,
    },
}

impl Tool {
    /// The next state after an event.
    #[must_use]
    pub fn step(self, input: Input, around: &Around<'_>, out: &mut Outcome) -> Self {
        if let Input::PressPan(pos) = input {
            return Self::Pan(pan::Pan::begun(pos, self));
        }
        match self {
            Self::Select(state) => state.step(input, around, out),
            Self::Place(state) => state.step(input, around, out),
            Self::Connect(state) => state.step(input, around, out),
            Self::Pan(state) => state.step(input, around, out),
        }
    }

    /// Whether a drag is under way, which owns the pointer wherever it goes.
    pub fn is_dragging(&self) -> bool {
        match self {
            Self::Select(state) => !matches!(state, select::Select::Idle),
            Self::Place(state) => state.is_dragging(),
            Self::Connect(state) => state.is_dragging(),
            Self::Pan(state) => state.is_dragging(),
        }
    }

    /// What the user can do now, for the status line.
    pub fn hint(&self) -> String {
        match self {
            Self::Select(state) => state.hint(),
            Self::Place(state) => state.hint(),
            Self::Connect(state) => state.hint(),
            Self::Pan(_) => t!("canvas-hint-pan"),
        }
    }

    /// The pointer's shape.
    pub fn cursor(&self, around: &Around<'_>, pointer: Option<Pos2>) -> CursorIcon {
        match self {
            Self::Select(state) => state.cursor(around, pointer),
            Self::Place(state) => aim_cursor(state.aim(), CursorIcon::Copy),
            Self::Connect(state) => aim_cursor(state.aim(), CursorIcon::Crosshair),
            Self::Pan(state) if state.is_dragging() => CursorIcon::Grabbing,
            Self::Pan(_) => CursorIcon::Grab,
        }
    }

    /// What it shows over the drawing.
    pub fn preview(&self, around: &Around<'_>) -> Preview {
        match self {
            Self::Select(state) => state.preview(),
            Self::Place(state) => state.preview(around),
            Self::Connect(state) => state.preview(around),
            Self::Pan(_) => Preview::Nothing,
        }
    }
}

/// The pointer over something that takes a drop, or does not.
fn aim_cursor(aim: Option<&Aim>, taken: CursorIcon) -> CursorIcon {
    match aim {
        Some(Aim { refusal: Some(_), .. }) => CursorIcon::NotAllowed,
        _ => taken,
    }
}

/// How far the pointer may tremble during a click, in points.
pub const CLICK_REACH: f32 = 5.0;
