//! The buttons that float over the canvas: tools, zoom, fit.

use eframe::egui::{self, Align2, Button, Frame, Rect, Ui, UiBuilder, Vec2, vec2};

use super::{CanvasState, Tool, tools::connect::Connect, tools::pan::Pan};
use crate::{
    t,
    ui::{state::ViewRequest, widgets},
};

/// Room between the buttons and the edge of the canvas.
const MARGIN: f32 = 10.0;

/// Draws them, and notes what they cover.
pub fn show(ui: &mut Ui, state: &mut CanvasState, canvas: Rect) {
    state.covered.clear();
    if canvas.width() < 360.0 || canvas.height() < 160.0 {
        return;
    }
    let tools = group(ui, canvas, Align2::LEFT_TOP, vec2(236.0, 30.0), |ui| tools(ui, state));
    let zoom = group(ui, canvas, Align2::RIGHT_BOTTOM, vec2(190.0, 30.0), |ui| zoom(ui, state));
    state.covered.extend([tools, zoom]);
}

fn group(ui: &mut Ui, canvas: Rect, corner: Align2, size: Vec2, contents: impl FnOnce(&mut Ui)) -> Rect {
    let place = corner.align_size_within_rect(size, canvas.shrink(MARGIN));
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let mut child =
        ui.new_child(UiBuilder::new().id_salt(("canvas-controls", corner.0)).max_rect(place).layout(layout));
    Frame::popup(child.style())
        .inner_margin(3.0)
        .shadow(egui::Shadow::NONE)
        .show(&mut child, contents)
        .response
        .rect
}

fn tools(ui: &mut Ui, state: &mut CanvasState) {
    let buttons = [
        (
            t!("canvas-tool-select"),
            t!("canvas-tool-select-tip"),
            matches!(state.tool, Tool::Select(_)),
            Tool::default(),
        ),
        (
            t!("canvas-tool-connect"),
            t!("canvas-tool-connect-tip"),
            matches!(state.tool, Tool::Connect(_)),
            Tool::Connect(Connect::Idle),
        ),
        (
            t!("canvas-tool-pan"),
            t!("canvas-tool-pan-tip"),
            matches!(state.tool, Tool::Pan(_)),
            Tool::Pan(Pan::default()),
        ),
    ];
    for (text, tip, used, tool) in buttons {
        if ui.add(Button::selectable(used, text)).on_hover_text(tip).clicked() {
            state.tool = tool;
        }
    }
}

fn zoom(ui: &mut Ui, state: &mut CanvasState) {
    let percent = state.viewport.map_or(100.0, |viewport| viewport.zoom * 100.0).round() as u32;
    let buttons = [
        ("−".to_owned(), t!("canvas-zoom-out"), ViewRequest::ZoomOut, 24.0),
        (t!("canvas-zoom-percent", percent = percent), t!("canvas-zoom-reset"), ViewRequest::ZoomReset, 52.0),
        ("+".to_owned(), t!("canvas-zoom-in"), ViewRequest::ZoomIn, 24.0),
        (t!("canvas-zoom-fit"), t!("canvas-zoom-fit-tip"), ViewRequest::Fit, 40.0),
    ];
    for (text, tip, request, width) in buttons {
        let response = ui.add(Button::new(text).frame(false).min_size(vec2(width, 22.0)));
        widgets::name_it(&response, &tip);
        if response.on_hover_text(tip).clicked() {
            state.request(request);
            ui.ctx().request_repaint();
        }
    }
}
