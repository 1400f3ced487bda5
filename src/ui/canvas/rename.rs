//! A name typed on the drawing itself.

use eframe::egui::{self, FontId, Key, Response, TextEdit, Ui, vec2};

use super::{
    CanvasState,
    cache::Cache,
    tools::{Outcome, Tool, select::Hit},
};
use crate::{
    edit::Command,
    model::ResourceId,
    scene::{NodeId, Shape, size},
    session::{Intent, Session},
    t,
    ui::widgets,
};

/// A name in the making.
#[derive(Debug, Clone, PartialEq)]
pub struct Rename {
    id: ResourceId,
    text: String,
    /// Whether the field has had the keyboard; it asks for it once.
    begun: bool,
}

impl Rename {
    /// The name of a resource, to be typed over.
    pub fn of(session: &Session, id: &ResourceId) -> Option<Self> {
        let resource = session.document().topology.get(id)?;
        Some(Self { id: id.clone(), text: resource.name.clone(), begun: false })
    }
}

/// Begins with a double click on a box, shows the field, and ends with Enter, Escape or a click beside.
pub fn show(
    ui: &mut Ui,
    session: &Session,
    state: &mut CanvasState,
    cache: &Cache,
    response: &Response,
    outcome: &mut Outcome,
) {
    begin(session, state, cache, response);
    let (Some(mut rename), Some(lens)) = (state.rename.take(), state.lens) else {
        return;
    };
    let node = cache.scene.positions_of(&rename.id).first().and_then(|at| cache.node(*at));
    let Some(node) = node else {
        return;
    };
    let box_rect = lens.screen_rect(&node.rect);
    let em = (size::TEXT_TITLE * lens.zoom()).clamp(11.0, 28.0);
    let icon = if node.shape == Shape::Frame { size::FRAME_ICON } else { size::CARD_PAD };
    let width = (box_rect.width() - icon * lens.zoom()).clamp(140.0, 320.0);
    let corner = box_rect.min + vec2(icon * lens.zoom(), 2.0);
    let rect = egui::Rect::from_min_size(corner, vec2(width, em + 8.0));
    let edit = TextEdit::singleline(&mut rename.text).font(FontId::proportional(em)).desired_width(width);
    let field = ui.put(rect, edit);
    widgets::name_it(&field, &t!("canvas-rename-field"));
    if !rename.begun {
        rename.begun = true;
        field.request_focus();
        state.rename = Some(rename);
        return;
    }
    let cancelled = ui.input(|input| input.key_pressed(Key::Escape));
    if !field.lost_focus() && !cancelled {
        state.rename = Some(rename);
        return;
    }
    outcome.focus = None;
    state.focus_next = Some(node.id.clone());
    let old = session.document().topology.get(&rename.id).map(|resource| resource.name.as_str());
    if !cancelled && old.is_some_and(|old| old != rename.text) {
        outcome.intents.push(Intent::Edit(Command::Rename { id: rename.id, name: rename.text }));
    }
}

fn begin(session: &Session, state: &mut CanvasState, cache: &Cache, response: &Response) {
    let (Some(lens), Tool::Select(_)) = (state.lens, &state.tool) else {
        return;
    };
    let Some(pos) = response.interact_pointer_pos().filter(|_| response.double_clicked()) else {
        return;
    };
    let around = super::around(session, cache, lens, egui::Modifiers::NONE, None);
    if let Hit::Node(NodeId::Resource(id) | NodeId::EndpointInterface(id, _)) =
        super::tools::select::hit(&around, pos)
    {
        state.rename(session, &id);
    }
}
