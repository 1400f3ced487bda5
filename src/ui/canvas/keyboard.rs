//! The canvas without a pointer: arrows go from box to box, Enter acts, C draws an arrow, Escape stops.

use eframe::egui::{Key, Modifiers, Response, Ui, Vec2, vec2};

use super::{
    CanvasState,
    cache::Cache,
    node_widget,
    tools::{Around, Input, Outcome, Tool, connect::Connect, pan::Pan, select},
};
use crate::{
    scene::{Node, NodeId, Shape},
    session::{Intent, Session},
};

/// Acts on the keys of this frame, unless a text field or a dialog has them.
pub fn keys(
    ui: &Ui,
    session: &Session,
    state: &mut CanvasState,
    cache: &Cache,
    response: &Response,
    outcome: &mut Outcome,
) {
    let dialog = ui.memory(|memory| memory.top_modal_layer().is_some());
    if dialog || !ui.is_enabled() || ui.ctx().text_edit_focused() || state.rename.is_some() {
        return;
    }
    let focused = focused(ui, state, cache);
    if ui.ctx().top_layer_id().is_some_and(|layer| layer.order > ui.layer_id().order && focused.is_none()) {
        return;
    }
    if pressed(ui, Key::Escape) {
        super::step(state, session, cache, Input::Cancel, Modifiers::NONE, outcome);
    }
    let here = focused.is_some() || response.hovered() || response.has_focus();
    if !here {
        return;
    }
    if let Some(at) = focused {
        arrows(ui, state, cache, at, outcome);
        if pressed(ui, Key::Enter) {
            enter(session, state, cache, at, outcome);
        }
    }
    letters(ui, session, state, cache, focused);
}

fn pressed(ui: &Ui, key: Key) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
}

/// The box that has the keyboard.
fn focused(ui: &Ui, state: &CanvasState, cache: &Cache) -> Option<usize> {
    let focus = ui.memory(eframe::egui::Memory::focused)?;
    let visible = cache.spatial.in_rect(&state.lens?.visible());
    visible.into_iter().find(|at| cache.node(*at).is_some_and(|node| node_widget(&node.id) == focus))
}

fn arrows(ui: &Ui, state: &mut CanvasState, cache: &Cache, from: usize, outcome: &mut Outcome) {
    let directions = [
        (Key::ArrowLeft, vec2(-1.0, 0.0)),
        (Key::ArrowRight, vec2(1.0, 0.0)),
        (Key::ArrowUp, vec2(0.0, -1.0)),
        (Key::ArrowDown, vec2(0.0, 1.0)),
    ];
    for (key, direction) in directions {
        if !pressed(ui, key) {
            continue;
        }
        let Some(node) = neighbour(cache, from, direction).and_then(|at| cache.node(at)) else {
            continue;
        };
        go_to(state, node, outcome);
    }
}

/// Gives a box the keyboard, selects it and brings it into sight.
fn go_to(state: &mut CanvasState, node: &Node, outcome: &mut Outcome) {
    if let Some(lens) = state.lens {
        let viewport = lens.revealing(&node.rect);
        state.viewport = Some(viewport);
        state.lens = Some(viewport.on(lens.canvas));
    }
    if let Some(id) = select::selects(&node.id).filter(|_| matches!(state.tool, Tool::Select(_))) {
        outcome.intents.push(Intent::Select(vec![id.clone()]));
    }
    outcome.focus = Some(node.id.clone());
}

/// The nearest box in a direction: among its like (boxes without others inside, or frames of the same
/// depth), else among all that neither hold it nor stand inside of it, else the frame around it.
fn neighbour(cache: &Cache, from: usize, direction: Vec2) -> Option<usize> {
    let start = cache.node(from)?;
    let is_like = |node: &Node| match start.shape {
        Shape::Frame => node.shape == Shape::Frame && node.depth == start.depth,
        _ => node.shape != Shape::Frame,
    };
    let apart = |at: usize| at != from && !is_inside(cache, at, from) && !is_inside(cache, from, at);
    nearest(cache, start, direction, |at, node| at != from && is_like(node))
        .or_else(|| nearest(cache, start, direction, |at, _| apart(at)))
        .or(start.parent)
}

/// The box that is reached first from the middle of another one: within a cone of 60 degrees to both
/// sides, what is straight ahead before what is aside.
fn nearest(
    cache: &Cache,
    start: &Node,
    direction: Vec2,
    wanted: impl Fn(usize, &Node) -> bool,
) -> Option<usize> {
    let middle = start.rect.center();
    let cost = |node: &Node| {
        let to = node.rect.center();
        let off = vec2(to.x - middle.x, to.y - middle.y);
        let along = off.dot(direction);
        let aside = off.dot(direction.rot90()).abs();
        (along > 1.0 && aside <= along * 1.75).then_some(along + 2.0 * aside)
    };
    let all = cache.scene.nodes.iter().enumerate().filter(|(at, node)| wanted(*at, node));
    all.filter_map(|(at, node)| Some((at, cost(node)?))).min_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
}

/// Whether a box stands somewhere inside of another one.
fn is_inside(cache: &Cache, at: usize, of: usize) -> bool {
    let mut next = cache.node(at).and_then(|node| node.parent);
    while let Some(parent) = next {
        if parent == of {
            return true;
        }
        next = cache.node(parent).and_then(|node| node.parent);
    }
    false
}

/// Enter puts in what hangs on the pointer, ends an arrow, selects, or opens the name.
fn enter(session: &Session, state: &mut CanvasState, cache: &Cache, at: usize, outcome: &mut Outcome) {
    let (Some(node), Some(lens)) = (cache.node(at), state.lens) else {
        return;
    };
    let around = Around { session, cache, lens, modifiers: Modifiers::NONE, hover: None };
    match std::mem::take(&mut state.tool) {
        Tool::Place(place) => state.tool = place.put_into(&around, &node.id, outcome),
        Tool::Connect(connect) if connect.is_aiming() => state.tool = connect.connect_to(&node.id, outcome),
        Tool::Connect(_) => state.tool = Tool::Connect(Connect::from(node, None)),
        tool => {
            state.tool = tool;
            let selected = select::selects(&node.id).filter(|id| !session.is_selected(id));
            match (selected, &node.id) {
                (Some(id), _) => outcome.intents.push(Intent::Select(vec![id.clone()])),
                (None, NodeId::Resource(id)) => state.rename(session, id),
                (None, _) => {}
            }
        }
    }
}

/// C draws an arrow from the focused or selected box, H takes the hand, V the pointer.
fn letters(ui: &Ui, session: &Session, state: &mut CanvasState, cache: &Cache, focused: Option<usize>) {
    if pressed(ui, Key::C) {
        let node = focused.and_then(|at| cache.node(at)).or_else(|| {
            let [id] = session.selection() else {
                return None;
            };
            cache.scene.positions_of(id).first().and_then(|at| cache.node(*at))
        });
        state.tool = Tool::Connect(node.map_or(Connect::Idle, |node| Connect::from(node, None)));
    }
    if pressed(ui, Key::H) {
        state.tool = Tool::Pan(Pan::default());
    }
    if pressed(ui, Key::V) {
        state.tool = Tool::default();
    }
}
