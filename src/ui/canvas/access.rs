//! The boxes as the keyboard and the screen reader see them: every box in sight can take the focus, has
//! a name, and can be clicked without a pointer.

use std::collections::{BTreeMap, BTreeSet};

use eframe::egui::{self, EventFilter, Sense, Ui, WidgetInfo, WidgetType, accesskit};

use super::{
    CanvasState,
    cache::Cache,
    marks, node_widget,
    tools::{Outcome, select},
};
use crate::{
    model::ResourceId,
    scene::{Node, NodeId, Shape},
    session::{Intent, RowStatus, Session},
    t,
};

/// Beyond so many boxes in sight only containers can take the focus: the rest is too small to aim at,
/// and the outline shows it.
const MOST: usize = 1000;

/// What is said of the boxes, beside their names.
struct Spoken<'a> {
    cache: &'a Cache,
    chosen: BTreeSet<&'a ResourceId>,
    progress: BTreeMap<&'a ResourceId, RowStatus>,
}

/// Registers the boxes in sight.
pub fn nodes(ui: &Ui, session: &Session, state: &mut CanvasState, cache: &Cache, outcome: &mut Outcome) {
    let Some(lens) = state.lens else {
        return;
    };
    let visible = cache.spatial.in_rect(&lens.visible());
    let chosen = session.selection().iter().collect();
    let spoken = Spoken { cache, chosen, progress: marks::progress(session) };
    let many = visible.len() > MOST;
    for node in visible.iter().filter_map(|at| cache.node(*at)) {
        let wanted = state.focus_next.as_ref() == Some(&node.id);
        if many && node.shape != Shape::Frame && !wanted {
            continue;
        }
        let rect = lens.screen_rect(&node.rect).intersect(lens.canvas);
        one(ui, &spoken, node, rect, outcome);
        if wanted {
            ui.memory_mut(|memory| memory.request_focus(node_widget(&node.id)));
        }
    }
    state.focus_next = None;
}

fn one(ui: &Ui, spoken: &Spoken<'_>, node: &Node, rect: egui::Rect, outcome: &mut Outcome) {
    let id = node_widget(&node.id);
    let response = ui.interact(rect, id, Sense::focusable_noninteractive());
    let selected = node.id.resource().is_some_and(|id| spoken.chosen.contains(id));
    response
        .widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, selected, spoken.name(node)));
    ui.ctx().accesskit_node_builder(id, |builder| {
        builder.add_action(accesskit::Action::Click);
        builder.set_author_id(author_id(&node.id));
    });
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    let clicked = ui.input(|input| input.has_accesskit_action_request(id, accesskit::Action::Click));
    if let Some(resource) = select::selects(&node.id).filter(|_| clicked) {
        outcome.intents.push(Intent::Select(vec![resource.clone()]));
    }
}

impl Spoken<'_> {
    /// What a screen reader says: the box, how many findings it has, and how its deploy goes.
    fn name(&self, node: &Node) -> String {
        let mut name = node.accessible_name.clone();
        let Some(id) = node.id.resource() else {
            return name;
        };
        if let Some(findings) = self.cache.findings.get(id) {
            name = t!("canvas-node-with-problems", node = name, count = findings.count);
        }
        if let Some(status) = self.progress.get(id) {
            name = t!("canvas-node-in-deploy", node = name, status = status_name(*status));
        }
        name
    }
}

fn status_name(status: RowStatus) -> String {
    match status {
        RowStatus::Waiting => t!("canvas-status-waiting"),
        RowStatus::Running => t!("canvas-status-running"),
        RowStatus::Done => t!("canvas-status-done"),
        RowStatus::Failed => t!("canvas-status-failed"),
        RowStatus::Skipped => t!("canvas-status-skipped"),
    }
}

/// A name for programs that drive the window, the same in every language.
pub fn author_id(id: &NodeId) -> String {
    match id {
        NodeId::Internet => "node/internet".to_owned(),
        NodeId::Region => "node/region".to_owned(),
        NodeId::Lane(vpc, zone) => format!("node/{vpc}/{zone}"),
        NodeId::Resource(id) => format!("node/{id}"),
        NodeId::EndpointInterface(id, subnet) => format!("node/{id}/{subnet}"),
        NodeId::Service(vpc, name) => format!("node/{vpc}/{name}"),
    }
}
