//! The drawing.

use eframe::egui::Ui;

use super::state::ViewRequest;
use crate::session::{Intent, Session};

/// The canvas: what is in sight and what the tool is doing.
#[derive(Debug, Default)]
pub struct CanvasState {
    request: Option<ViewRequest>,
}

impl CanvasState {
    /// Changes what is in sight at the next frame.
    pub fn request(&mut self, request: ViewRequest) {
        self.request = Some(request);
    }

    /// What the tool expects now, for the status line.
    pub fn hint(&self) -> String {
        String::new()
    }
}

/// Draws the drawing.
pub fn show(_: &mut Ui, _: &Session, state: &mut CanvasState, _: &mut Vec<Intent>) {
    state.request = None;
}
