//! The route map: the logical graph on egui_graphs. The graph exists only while its tab is open.
//!
//! `GraphView` asks for another frame in every frame, for ever. Therefore it is run only while
//! something moves (the pointer over it, a fresh graph, another selection); in between, what it
//! painted last is painted again, which asks for nothing.

mod columns;
pub mod edge;
pub mod graph;
pub mod node;
mod replay;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use eframe::egui::{
    Id, Pos2, Rect, Response, Sense, Ui, Vec2, WidgetInfo, WidgetType, accesskit::Action, pos2,
};
use egui_graphs::{Graph, GraphChange, GraphView, MetadataFrame, SettingsInteraction, SettingsNavigation};
use petgraph::{
    Directed,
    stable_graph::{DefaultIx, NodeIndex},
};

use self::{
    columns::{Columns, ColumnsLayout},
    edge::Arrow,
    graph::{MapEdge, MapNode, Place, route_graph},
    node::{Card, HALF},
    replay::Replay,
};
use super::{state::ViewRequest, theme, widgets};
use crate::{
    model::ResourceId,
    scene::Role,
    session::{Intent, Session},
    t,
};

type MapGraph = Graph<MapNode, MapEdge, Directed, DefaultIx, Card, Arrow>;
type View = GraphView<Columns, ColumnsLayout>;

/// What the graph's position and zoom are kept under.
const NAME: &str = "route_map";
/// Distance between the columns of cards, and between the cards of a column, in units of the graph.
const COLUMN_STEP: f32 = 270.0;
const CARD_STEP: f32 = 62.0;
/// Room around the graph when everything is brought into sight.
const MARGIN: f32 = 24.0;
/// After these frames a fresh graph is laid out and hovering is up to date.
const SETTLE: u8 = 3;

/// The map while its tab is open.
#[derive(Debug)]
struct OpenMap {
    graph: MapGraph,
    revision: u64,
    nodes: BTreeMap<ResourceId, NodeIndex<DefaultIx>>,
    selection: Vec<ResourceId>,
    /// How many more frames the view is run without anyone touching it.
    settle: u8,
    /// Everything is to be brought into sight.
    fit: bool,
    laid_out: bool,
    replay: Replay,
}

/// The map, or nothing while its tab is closed.
#[derive(Debug, Default)]
pub struct RouteMapState {
    open: Option<OpenMap>,
    request: Option<ViewRequest>,
}

impl RouteMapState {
    /// Drops the graph.
    pub fn close(&mut self) {
        self.open = None;
    }

    /// Whether there is a graph.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Changes what is in sight at the next frame.
    pub fn request(&mut self, request: ViewRequest) {
        self.request = Some(request);
    }
}

/// Draws the map.
pub fn show(ui: &mut Ui, session: &Session, state: &mut RouteMapState, intents: &mut Vec<Intent>) {
    if state.open.as_ref().is_none_or(|map| map.revision != session.revision()) {
        let before = state.open.take();
        state.open = Some(OpenMap::new(session, before.is_none()));
    }
    let Some(map) = &mut state.open else { return };
    if map.graph.node_count() == 0 {
        ui.centered_and_justified(|ui| ui.label(t!("panel-map-empty")));
        return;
    }
    if let Some(request) = state.request.take() {
        map.obey(ui, request);
    }
    map.follow_selection(session);
    let rect = ui.available_rect_before_wrap();
    let touched = touched(ui, rect) || map.graph.dragged_node().is_some();
    if touched {
        map.settle = map.settle.max(1);
    }
    ui.painter().rect_filled(rect, 0.0, theme::role_color(Role::Background, theme::scene_theme(ui)));
    let rested = if map.settle == 0 { map.replay.paint(ui, rect) } else { None };
    let response = rested.unwrap_or_else(|| {
        map.settle = map.settle.saturating_sub(1);
        map.run(ui, intents)
    });
    widgets::name_it(&response, &t!("panel-map-name"));
    map.speak(ui, rect, intents);
}

/// Whether the pointer does something over the map.
fn touched(ui: &Ui, rect: Rect) -> bool {
    ui.input(|input| {
        let inside = input.pointer.latest_pos().is_some_and(|pos| rect.expand(2.0).contains(pos));
        let pointer = &input.pointer;
        let moves = pointer.delta() != Vec2::ZERO || pointer.any_down() || pointer.any_released();
        inside
            && (moves
                || input.smooth_scroll_delta() != Vec2::ZERO
                || (input.zoom_delta() - 1.0).abs() > f32::EPSILON)
    })
}

impl OpenMap {
    fn new(session: &Session, fit: bool) -> Self {
        let map = route_graph(session.document(), session.index());
        let rows = map.rows();
        let mut graph = MapGraph::new();
        let mut nodes = BTreeMap::new();
        let mut indices = Vec::with_capacity(map.nodes.len());
        for (node, row) in map.nodes.into_iter().zip(rows) {
            let place = node.place.clone();
            let label = node.title.clone();
            let at = pos2(node.column() as f32 * COLUMN_STEP, row * CARD_STEP);
            let at = graph.add_node_with_label_and_location(node, label, at);
            if let Place::Resource(id) = place {
                nodes.insert(id, at);
            }
            indices.push(at);
        }
        for edge in map.edges {
            if let (Some(from), Some(to)) = (indices.get(edge.from), indices.get(edge.to)) {
                let label = edge.label.clone();
                graph.add_edge_with_label(*from, *to, edge, label);
            }
        }
        Self {
            graph,
            revision: session.revision(),
            nodes,
            selection: Vec::new(),
            settle: SETTLE,
            fit,
            laid_out: false,
            replay: Replay::default(),
        }
    }

    /// The session's selection becomes the map's.
    fn follow_selection(&mut self, session: &Session) {
        if self.selection == session.selection() {
            return;
        }
        self.selection = session.selection().to_vec();
        for (id, at) in &self.nodes {
            if let Some(node) = self.graph.node_mut(*at) {
                node.set_selected(session.is_selected(id));
            }
        }
        self.settle = self.settle.max(1);
    }

    fn run(&mut self, ui: &mut Ui, intents: &mut Vec<Intent>) -> Response {
        let rect = ui.available_rect_before_wrap();
        if self.fit && self.laid_out {
            self.bring_into_sight(ui, rect, |_| true);
            self.fit = false;
        }
        let interactions = SettingsInteraction::new()
            .with_hover_enabled(true)
            .with_node_clicking_enabled(true)
            .with_dragging_enabled(true);
        let navigation =
            SettingsNavigation::new().with_fit_to_screen_enabled(false).with_zoom_and_pan_enabled(true);
        let start = Replay::start(ui);
        let output = View::new()
            .with_id(Some(NAME.to_owned()))
            .with_interactions(&interactions)
            .with_navigations(&navigation)
            .show(ui, &mut self.graph);
        self.replay.record(ui, start, rect);
        self.laid_out = true;
        self.clicks(ui, &output.changes, intents);
        output.response
    }

    /// Every card that is in sight gets a name for screen readers, and can be pressed by them.
    fn speak(&self, ui: &mut Ui, rect: Rect, intents: &mut Vec<Intent>) {
        let frame = MetadataFrame::new(Some(NAME.to_owned())).load(ui);
        for (_, node) in self.graph.nodes_iter() {
            let center = frame.canvas_to_screen_pos(node.location()) + rect.min.to_vec2();
            let card = Rect::from_center_size(center, HALF * 2.0 * frame.zoom);
            let MapNode { place, title, detail, .. } = node.payload();
            if !rect.intersects(card) {
                continue;
            }
            let id = Id::new(("route map card", place));
            let response = ui.interact(card.intersect(rect), id, Sense::focusable_noninteractive());
            let name = format!("{title}, {detail}");
            let info = || {
                WidgetInfo::selected(WidgetType::Button, true, node.selected(), name.trim_end_matches(", "))
            };
            response.widget_info(info);
            let pressed = ui.input(|input| input.has_accesskit_action_request(id, Action::Click));
            if let (true, Place::Resource(resource)) = (pressed, place) {
                intents.push(Intent::Select(vec![resource.clone()]));
            }
        }
    }

    fn clicks(&self, ui: &Ui, changes: &[GraphChange], intents: &mut Vec<Intent>) {
        for change in changes {
            let (node, twice) = match change {
                GraphChange::NodeClicked { node } => (*node, false),
                GraphChange::NodeDoubleClicked { node } => (*node, true),
                _ => continue,
            };
            let Some(Place::Resource(id)) = self.graph.node(node).map(|node| &node.payload().place) else {
                continue;
            };
            let add = ui.input(|input| input.modifiers.command || input.modifiers.shift);
            intents.push(match (twice, add) {
                (true, _) => Intent::Reveal(vec![id.clone()]),
                (false, true) => Intent::ToggleSelect(id.clone()),
                (false, false) => Intent::Select(vec![id.clone()]),
            });
        }
    }

    fn obey(&mut self, ui: &mut Ui, request: ViewRequest) {
        let rect = ui.available_rect_before_wrap();
        self.settle = self.settle.max(1);
        match request {
            ViewRequest::Fit => self.fit = true,
            ViewRequest::FitSelection => {
                let selected: Vec<_> =
                    self.selection.iter().filter_map(|id| self.nodes.get(id)).copied().collect();
                self.bring_into_sight(ui, rect, |at| selected.contains(&at));
            }
            ViewRequest::ZoomIn => zoom(ui, rect, |zoom| zoom * 1.25),
            ViewRequest::ZoomOut => zoom(ui, rect, |zoom| zoom / 1.25),
            ViewRequest::ZoomReset => zoom(ui, rect, |_| 1.0),
        }
    }

    /// Sets pan and zoom so that the cards that `which` accepts are in the middle.
    fn bring_into_sight(&self, ui: &mut Ui, rect: Rect, which: impl Fn(NodeIndex<DefaultIx>) -> bool) {
        let cards = self.graph.nodes_iter().filter(|(at, _)| which(*at));
        let bounds = cards.fold(Rect::NOTHING, |all, (_, node)| {
            all.union(Rect::from_center_size(node.location(), HALF * 2.0))
        });
        if !bounds.is_positive() {
            return;
        }
        let bounds = bounds.expand(MARGIN);
        let zoom = (rect.width() / bounds.width()).min(rect.height() / bounds.height()).clamp(0.05, 1.25);
        let pan = rect.size() / 2.0 - bounds.center().to_vec2() * zoom;
        let mut frame = MetadataFrame::new(Some(NAME.to_owned())).load(ui);
        (frame.zoom, frame.pan) = (zoom, pan);
        frame.save(ui);
    }
}

/// Changes the zoom and keeps the middle of the view where it is.
fn zoom(ui: &mut Ui, rect: Rect, change: impl Fn(f32) -> f32) {
    let mut frame = MetadataFrame::new(Some(NAME.to_owned())).load(ui);
    let middle: Pos2 = pos2(rect.width() / 2.0, rect.height() / 2.0);
    let held = frame.screen_to_canvas_pos(middle);
    frame.zoom = change(frame.zoom).clamp(0.05, 8.0);
    frame.pan = middle.to_vec2() - held.to_vec2() * frame.zoom;
    frame.save(ui);
}
