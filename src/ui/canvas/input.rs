//! From raw events to the tools. Events are taken one by one, in their order, because a quick hand
//! presses, moves and lets go within one frame.

use eframe::egui::{self, Event, Modifiers, PointerButton, Pos2, Ui};

use super::{
    CanvasState,
    cache::Cache,
    handles,
    tools::{Around, Input, Outcome},
};
use crate::session::Session;

/// Presses this near to the edge belong to the handle of the panel beside.
const EDGE: f32 = 5.0;

/// Zoom and pan by wheel, pinch and touch pad.
pub fn navigate(ui: &Ui, state: &mut CanvasState, canvas: egui::Rect) {
    let Some(lens) = state.viewport.map(|viewport| viewport.on(canvas)) else {
        return;
    };
    let Some(anchor) = ui.input(|input| input.pointer.hover_pos()) else {
        return;
    };
    if !is_free(ui, state, canvas, anchor) {
        return;
    }
    let (zoom, scroll) = ui.input(|input| (input.zoom_delta(), input.translation_delta()));
    let mut viewport = lens.viewport;
    #[expect(clippy::float_cmp, reason = "egui answers exactly 1 when nobody zooms")]
    if zoom != 1.0 {
        viewport = lens.zoomed(zoom, anchor);
    }
    if scroll != egui::Vec2::ZERO {
        viewport = viewport.on(canvas).panned(scroll);
    }
    state.viewport = Some(viewport);
    state.lens = Some(viewport.on(canvas));
}

/// Whether a point of the screen shows the canvas and nothing over it.
fn is_free(ui: &Ui, state: &CanvasState, canvas: egui::Rect, pos: Pos2) -> bool {
    let is_ours = ui.ctx().layer_id_at(pos).is_none_or(|layer| layer == ui.layer_id());
    canvas.contains(pos) && is_ours && ui.is_enabled() && !state.covered.iter().any(|rect| rect.contains(pos))
}

/// Hands the pointer events of this frame to the tool.
pub fn pointer(
    ui: &Ui,
    session: &Session,
    state: &mut CanvasState,
    cache: &Cache,
    canvas: egui::Rect,
    outcome: &mut Outcome,
) {
    let frame = ui.ctx().cumulative_frame_nr();
    if state.seen_frame == Some(frame) {
        return;
    }
    state.seen_frame = Some(frame);
    let (events, space) = ui.input(|input| (input.events.clone(), input.key_down(egui::Key::Space)));
    let mut modifiers = ui.input(|input| input.modifiers);
    for event in &events {
        let step = match event {
            Event::PointerMoved(pos) => {
                state.pointer = Some(*pos);
                Some(Input::Move(*pos))
            }
            Event::PointerGone => {
                state.pointer = None;
                state.hover = None;
                None
            }
            Event::PointerButton { pos, button, pressed, modifiers: held } => {
                modifiers = *held;
                state.pointer = Some(*pos);
                let free = is_free(ui, state, canvas.shrink(EDGE), *pos);
                let hand = space && !ui.ctx().text_edit_focused();
                match *pressed {
                    true if !free => None,
                    true => press(*pos, *button, hand),
                    false => release(state, *pos, *button),
                }
            }
            Event::WindowFocused(false) => state.tool.is_dragging().then_some(Input::Cancel),
            _ => None,
        };
        if let Some(step) = step {
            update_hover(ui, session, state, cache, canvas, modifiers);
            super::step(state, session, cache, step, modifiers, outcome);
        }
    }
    // The drawing may have changed or moved under a pointer that rests.
    update_hover(ui, session, state, cache, canvas, modifiers);
    if state.tool.is_dragging() {
        ui.ctx().stop_dragging();
    }
    cursor(ui, session, state, cache, canvas, modifiers);
}

fn press(pos: Pos2, button: PointerButton, hand: bool) -> Option<Input> {
    match button {
        PointerButton::Primary if !hand => Some(Input::Press(pos)),
        PointerButton::Primary | PointerButton::Middle => Some(Input::PressPan(pos)),
        _ => None,
    }
}

fn release(state: &CanvasState, pos: Pos2, button: PointerButton) -> Option<Input> {
    let ours = matches!(button, PointerButton::Primary | PointerButton::Middle);
    (ours && state.tool.is_dragging()).then_some(Input::Release(pos))
}

/// The box under the pointer. While the pointer is on a box's handle, which sticks out of the box, it
/// still counts as on the box.
fn update_hover(
    ui: &Ui,
    session: &Session,
    state: &mut CanvasState,
    cache: &Cache,
    canvas: egui::Rect,
    modifiers: Modifiers,
) {
    let pointer = state.pointer.filter(|pos| is_free(ui, state, canvas, *pos));
    let (Some(pos), Some(lens)) = (pointer, state.lens) else {
        state.hover = None;
        return;
    };
    let hover = state.hover.clone();
    let around = Around { session, cache, lens, modifiers, hover: hover.as_ref() };
    let on_handle = handles::arrow_at(&around, pos).is_some_and(|node| Some(&node.id) == hover.as_ref());
    if !on_handle {
        let at = cache.spatial.hit(lens.world_from_screen(pos));
        state.hover = at.and_then(|at| cache.node(at)).map(|node| node.id.clone());
    }
}

fn cursor(
    ui: &Ui,
    session: &Session,
    state: &CanvasState,
    cache: &Cache,
    canvas: egui::Rect,
    modifiers: Modifiers,
) {
    let over = state.pointer.filter(|pos| is_free(ui, state, canvas, *pos));
    let Some(lens) = state.lens.filter(|_| over.is_some() || state.tool.is_dragging()) else {
        return;
    };
    let around = Around { session, cache, lens, modifiers, hover: state.hover.as_ref() };
    ui.ctx().set_cursor_icon(state.tool.cursor(&around, over));
}
