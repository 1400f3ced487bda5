//! Puts a new resource in: by a drag from the palette, or by a click there and a click here.

use std::collections::BTreeSet;

use eframe::egui::Pos2;

use super::{Around, CLICK_REACH, Input, Outcome, Preview, Tool};
use crate::{
    edit::{Command, Dragged},
    model::{Container, Kind},
    scene::{NodeId, Point},
    session::Intent,
    t,
    ui::{
        canvas::drop::{self, Aim},
        outline::tree::kind_name,
    },
};

/// How the new box hangs on the pointer.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Hold {
    /// By a button that went down in the palette, there.
    Drag(Pos2),
    /// Freely: the next click puts it in.
    Free,
    /// Freely, and the button went down.
    Pressed,
}

/// A new box on the pointer.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    kind: Kind,
    hold: Hold,
    pointer: Option<Pos2>,
    aim: Option<Aim>,
}

impl Place {
    /// The button went down on a kind of the palette.
    pub fn dragged(kind: Kind, from: Pos2) -> Self {
        Self { kind, hold: Hold::Drag(from), pointer: Some(from), aim: None }
    }

    /// A kind of the palette was chosen by the keyboard or by a click.
    pub fn chosen(kind: Kind) -> Self {
        Self { kind, hold: Hold::Free, pointer: None, aim: None }
    }

    /// The kind.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether a button holds it.
    pub fn is_dragging(&self) -> bool {
        !matches!(self.hold, Hold::Free)
    }

    /// Where it would go.
    pub fn aim(&self) -> Option<&Aim> {
        self.aim.as_ref()
    }

    /// The next state.
    pub(super) fn step(mut self, input: Input, around: &Around<'_>, out: &mut Outcome) -> Tool {
        match input {
            Input::Press(pos) => {
                self.hold = Hold::Pressed;
                self.look(pos, around);
            }
            Input::Move(pos) => self.look(pos, around),
            Input::Release(pos) => return self.release(pos, around, out),
            Input::Cancel => return Tool::default(),
            Input::PressPan(_) => {}
        }
        Tool::Place(self)
    }

    fn look(&mut self, pos: Pos2, around: &Around<'_>) {
        self.pointer = Some(pos);
        let is_over = around.lens.canvas.contains(pos);
        self.aim =
            is_over.then(|| drop::aim(around, &Dragged::New(self.kind), around.world(pos), &BTreeSet::new()));
    }

    fn release(mut self, pos: Pos2, around: &Around<'_>, out: &mut Outcome) -> Tool {
        match self.hold {
            Hold::Drag(from) if from.distance(pos) <= CLICK_REACH => {
                self.hold = Hold::Free;
                return Tool::Place(self);
            }
            Hold::Free => return Tool::Place(self),
            Hold::Drag(_) | Hold::Pressed => {}
        }
        self.look(pos, around);
        let Some(container) = self.aim.as_ref().and_then(|aim| aim.container.clone()) else {
            return Tool::default();
        };
        let corner = self.corner(around, &container, pos);
        self.put(around, container, Some(corner), out);
        if around.modifiers.shift {
            self.hold = Hold::Free;
            return Tool::Place(self);
        }
        Tool::default()
    }

    fn corner(&self, around: &Around<'_>, container: &Container, pos: Pos2) -> Point {
        let corner = drop::corner_of(self.kind, around.world(pos));
        drop::align(around, container, corner, &BTreeSet::new())
    }

    /// Puts it into a box without the pointer.
    pub fn put_into(self, around: &Around<'_>, target: &NodeId, out: &mut Outcome) -> Tool {
        let container =
            around.cache.scene.node(target).and_then(|node| drop::container_of(&node.id, node.kind));
        self.put(around, container.unwrap_or(Container::Region), None, out);
        Tool::default()
    }

    /// A refused drop is sent too: the session answers with the reason, which stays readable after the
    /// pointer has moved on.
    fn put(&self, around: &Around<'_>, into: Container, corner: Option<Point>, out: &mut Outcome) {
        let at = corner.and_then(|corner| drop::place_in(around, &into, self.kind, corner));
        out.intents.push(Intent::Edit(Command::Place { kind: self.kind, into, at, name: None }));
    }

    /// What the user can do now.
    pub(super) fn hint(&self) -> String {
        let kind = kind_name(self.kind);
        match (&self.aim, self.hold) {
            (Some(Aim { refusal: Some(reason), .. }), _) => reason.clone(),
            (_, Hold::Drag(_)) => t!("canvas-hint-place-drag", kind = kind),
            _ => t!("canvas-hint-place-free", kind = kind),
        }
    }

    /// The new box at the pointer.
    pub(super) fn preview(&self, around: &Around<'_>) -> Preview {
        match (self.pointer, &self.aim) {
            (Some(pos), Some(aim)) => {
                let free = drop::corner_of(self.kind, around.world(pos));
                let corner =
                    aim.container.as_ref().map_or(free, |container| self.corner(around, container, pos));
                Preview::New { kind: self.kind, corner, pointer: around.world(pos), aim: aim.clone() }
            }
            // Between the palette and the canvas it belongs nowhere yet.
            (Some(pos), None) if matches!(self.hold, Hold::Drag(from) if from.distance(pos) > CLICK_REACH) => {
                let corner = drop::corner_of(self.kind, around.world(pos));
                Preview::New { kind: self.kind, corner, pointer: around.world(pos), aim: Aim::default() }
            }
            _ => Preview::Nothing,
        }
    }
}
