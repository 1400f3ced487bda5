//! The drawing. Reads the session, paints its scene, and turns what the pointer and the keyboard do
//! into intents; what is in the making while a drag is under way lives in [`CanvasState`] only.

mod access;
mod cache;
mod controls;
mod dashes;
mod drop;
mod handles;
mod input;
mod keyboard;
mod look;
mod marks;
mod menu;
mod overlay;
mod painter;
mod preview;
mod rename;
mod tips;
mod tools;
mod trace;
mod viewport;

use eframe::egui::{self, Id, Modifiers, Pos2, Sense, Ui};

use self::{
    cache::Cache,
    look::Look,
    tools::{Around, Input, Outcome},
};
pub use self::{
    painter::Painted,
    tools::{Tool, connect::Connect, pan::Pan, place::Place},
    viewport::{Lens, MAX_ZOOM, MIN_ZOOM, Viewport},
};
use crate::{
    model::{Kind, ResourceId},
    scene::{NodeId, Scene},
    session::{Intent, Session},
    ui::{problems::Preview, state::ViewRequest, trace::Trail},
};

/// What the canvas remembers between frames and the document does not know.
#[derive(Debug, Default)]
pub struct CanvasState {
    /// Empty until the first frame, which fits everything.
    viewport: Option<Viewport>,
    /// The view of the last fit and the size of the canvas that it was made for.
    fitted: Option<(Viewport, egui::Vec2)>,
    tool: Tool,
    cache: Option<Cache>,
    /// The picture of the fix that is looked at.
    preview: Option<preview::Picture>,
    /// The box under the pointer.
    hover: Option<NodeId>,
    pointer: Option<Pos2>,
    /// The box whose name is being typed.
    rename: Option<rename::Rename>,
    /// What the context menu speaks of.
    menu: menu::Menu,
    request: Option<ViewRequest>,
    /// The number of the session's last wish that was granted.
    framed: u64,
    /// The box that takes the keyboard as soon as it is painted.
    focus_next: Option<NodeId>,
    lens: Option<Lens>,
    /// Where buttons float over the canvas.
    covered: Vec<egui::Rect>,
    painted: Painted,
    /// The frame whose pointer events were seen last: a frame may be laid out twice.
    seen_frame: Option<u64>,
}

impl CanvasState {
    /// What the user can do now, for the status line.
    pub fn hint(&self) -> String {
        self.tool.hint()
    }

    /// Shows another part of the drawing at the next frame.
    pub fn request(&mut self, request: ViewRequest) {
        self.request = Some(request);
    }

    /// The tool in use.
    pub fn tool(&self) -> &Tool {
        &self.tool
    }

    /// Takes another tool; what was in the making is dropped.
    pub fn take_tool(&mut self, tool: Tool) {
        self.tool = tool;
    }

    /// The kind that hangs on the pointer, if any.
    pub fn placing(&self) -> Option<Kind> {
        match &self.tool {
            Tool::Place(place) => Some(place.kind()),
            _ => None,
        }
    }

    /// What was painted in the last frame.
    pub fn painted(&self) -> Painted {
        self.painted
    }

    /// What is in sight, and where; nothing before the first frame.
    pub fn lens(&self) -> Option<Lens> {
        self.lens
    }

    /// The picture that is shown; nothing before the first frame.
    pub fn scene(&self) -> Option<&Scene> {
        self.cache.as_ref().map(|cache| &cache.scene)
    }

    /// The picture of the fix that is looked at, while one is.
    pub fn preview(&self) -> Option<&Scene> {
        self.preview.as_ref().map(|it| &it.cache.scene)
    }

    /// Shows the drawing as a fix would make it, until told otherwise.
    pub fn look_ahead(&mut self, preview: Option<&Preview>) {
        let kept = self.preview.take();
        self.preview = preview.map(|it| preview::Picture::of(kept, it));
    }

    /// Where a box is on the screen, in sight or not.
    pub fn screen_rect(&self, id: &NodeId) -> Option<egui::Rect> {
        Some(self.lens?.screen_rect(&self.scene()?.node(id)?.rect))
    }

    /// Begins to type another name for a resource on the drawing.
    pub fn rename(&mut self, session: &Session, id: &ResourceId) {
        self.rename = rename::Rename::of(session, id);
    }
}

/// The id of the keyboard's and the screen reader's view of a box.
pub fn node_widget(id: &NodeId) -> Id {
    Id::new(("node", id))
}

/// Draws the canvas over all the room that is left; the boxes of a trail are outlined.
pub fn show(
    ui: &mut Ui,
    session: &Session,
    state: &mut CanvasState,
    trail: Option<&Trail>,
    intents: &mut Vec<Intent>,
) {
    let canvas = ui.available_rect_before_wrap();
    let response = ui.interact(canvas, ui.id().with("canvas"), Sense::click_and_drag());
    ui.advance_cursor_after_rect(canvas);
    if canvas.width() < 1.0 || canvas.height() < 1.0 {
        return;
    }
    let cache = current_cache(state, session);
    look_where_asked(state, session, &cache, canvas);
    input::navigate(ui, state, canvas);
    let mut outcome = Outcome::default();
    input::pointer(ui, session, state, &cache, canvas, &mut outcome);
    keyboard::keys(ui, session, state, &cache, &response, &mut outcome);
    if let Some(viewport) = outcome.viewport {
        state.viewport = Some(viewport);
    }
    state.focus_next = outcome.focus.take().or(state.focus_next.take());
    paint(ui, session, state, &cache, canvas, trail);
    access::nodes(ui, session, state, &cache, &mut outcome);
    menu::show(&response, session, state, &cache, &mut outcome);
    rename::show(ui, session, state, &cache, &response, &mut outcome);
    controls::show(ui, state, canvas);
    intents.append(&mut outcome.intents);
    state.cache = Some(cache);
}

/// The picture of the document as it is now.
fn current_cache(state: &mut CanvasState, session: &Session) -> Cache {
    state.cache.take().filter(|cache| cache.is_current(session)).unwrap_or_else(|| Cache::new(session))
}

/// Grants the wishes of menus, keys and the session about what is in sight.
fn look_where_asked(state: &mut CanvasState, session: &Session, cache: &Cache, canvas: egui::Rect) {
    let whole = Viewport::fitting(&cache.scene.bounds, canvas.size());
    // Everything stays in sight when the room for it changes, as long as nobody looked elsewhere.
    let moved = state.viewport.filter(|shown| {
        !state.fitted.is_some_and(|(fitted, size)| fitted == *shown && size != canvas.size())
    });
    let lens = moved.unwrap_or(whole).on(canvas);
    let mut viewport = lens.viewport;
    let mut fit = moved.is_none();
    if let Some(request) = state.request.take() {
        viewport = match request {
            ViewRequest::ZoomIn => lens.zoomed(1.25, canvas.center()),
            ViewRequest::ZoomOut => lens.zoomed(0.8, canvas.center()),
            ViewRequest::ZoomReset => lens.zoomed(1.0 / lens.zoom(), canvas.center()),
            ViewRequest::Fit => {
                fit = true;
                whole
            }
            ViewRequest::FitSelection => cache
                .bounds_of(session.selection())
                .map_or(whole, |bounds| Viewport::fitting(&bounds, canvas.size())),
        };
    }
    if let Some((number, ids)) = session.frame_request()
        && *number != state.framed
    {
        state.framed = *number;
        let bounds = cache.bounds_of(ids);
        fit = bounds.is_none();
        viewport = bounds.map_or(whole, |bounds| lens.revealing(&bounds));
        if ids.is_empty() {
            // Another document was opened: what was in the making belonged to the old one.
            state.tool = Tool::default();
            state.rename = None;
        }
    }
    if fit {
        state.fitted = Some((viewport, canvas.size()));
    }
    state.viewport = Some(viewport);
    state.lens = Some(viewport.on(canvas));
}

/// Everything a tool may look at.
fn around<'a>(
    session: &'a Session,
    cache: &'a Cache,
    lens: Lens,
    modifiers: Modifiers,
    hover: Option<&'a NodeId>,
) -> Around<'a> {
    Around { session, cache, lens, modifiers, hover }
}

/// Hands one event to the tool.
fn step(
    state: &mut CanvasState,
    session: &Session,
    cache: &Cache,
    input: Input,
    modifiers: Modifiers,
    outcome: &mut Outcome,
) {
    let Some(lens) = state.lens else {
        return;
    };
    let hover = state.hover.clone();
    let around = around(session, cache, lens, modifiers, hover.as_ref());
    state.tool = std::mem::take(&mut state.tool).step(input, &around, outcome);
    if let Some(viewport) = outcome.viewport.take() {
        state.viewport = Some(viewport);
        state.lens = Some(viewport.on(lens.canvas));
    }
}

fn paint(
    ui: &Ui,
    session: &Session,
    state: &mut CanvasState,
    cache: &Cache,
    canvas: egui::Rect,
    trail: Option<&Trail>,
) {
    let Some(viewport) = state.viewport else {
        return;
    };
    let lens = viewport.on(canvas);
    state.lens = Some(lens);
    let look = Look::of(ui);
    let painter = ui.painter_at(canvas);
    painter.rect_filled(canvas, 0.0, look.role(crate::scene::Role::Background));
    let picture = state.preview.as_ref().map_or(cache, |it| &it.cache);
    let (visible, painted) = painter::paint(&painter, &lens, &look, picture);
    if let Some(trail) = trail {
        trace::paint(&painter, &lens, &look, picture, trail, &visible);
    }
    overlay::paint(ui, &painter, session, state, picture, &look, &visible);
    if let Some(preview) = &state.preview {
        preview::paint(&painter, &lens, &look, preview, cache);
    }
    state.painted = painted;
}
