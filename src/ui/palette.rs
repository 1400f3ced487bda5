//! The palette: kinds to be dragged onto the drawing.

use eframe::egui::Ui;

use super::canvas::CanvasState;
use crate::session::{Intent, Session};

/// Draws the palette.
pub fn show(_: &mut Ui, _: &Session, _: &mut CanvasState, _: &mut Vec<Intent>) {}
