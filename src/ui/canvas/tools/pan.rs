//! Moves the drawing under the window.

use eframe::egui::Pos2;

use super::{Around, Input, Outcome, Tool};

/// The hand.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pan {
    last: Option<Pos2>,
    /// The tool that was in use before; it goes on when the hand lets go.
    then: Option<Box<Tool>>,
}

impl Pan {
    /// The hand has taken hold for a moment, by the middle button or by Space.
    pub fn begun(pos: Pos2, then: Tool) -> Self {
        // Two buttons at once: the hand that is already there goes on.
        let then = match then {
            Tool::Pan(pan) => pan.then,
            tool => Some(Box::new(tool)),
        };
        Self { last: Some(pos), then }
    }

    /// Whether it has taken hold.
    pub fn is_dragging(&self) -> bool {
        self.last.is_some()
    }

    /// The next state.
    pub(super) fn step(mut self, input: Input, around: &Around<'_>, out: &mut Outcome) -> Tool {
        match input {
            Input::Press(pos) | Input::PressPan(pos) => self.last = Some(pos),
            Input::Move(pos) => {
                if let Some(last) = self.last {
                    out.viewport = Some(around.lens.panned(pos - last));
                    self.last = Some(pos);
                }
            }
            Input::Release(_) => {
                self.last = None;
                if let Some(tool) = self.then.take() {
                    return *tool;
                }
            }
            Input::Cancel => return self.then.map_or_else(Tool::default, |tool| *tool),
        }
        Tool::Pan(self)
    }
}
