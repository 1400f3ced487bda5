//! The boxes as the keyboard and the screen reader see them: every box in sight can take the focus, has
//! a name, and can be clicked without a pointer.

use std::collections::BTreeSet;

use eframe::egui::{self, EventFilter, Sense, Ui, WidgetInfo, WidgetType, accesskit};

use super::{
    CanvasState,
    cache::Cache,
    node_widget,
    tools::{Outcome, select},
};
use crate::{
    model::ResourceId,
    scene::{Node, NodeId, Shape},
    session::{Intent, Session},
    t,
};

/// Beyond so many boxes in sight only containers can take the focus: the rest is too small to aim at,
/// and the outline shows it.
const MOST: usize = 1000;

/// Registers the boxes in sight.
pub fn nodes(ui: &Ui, session: &Session, state: &mut CanvasState, cache: &Cache, outcome: &mut Outcome) {
    let Some(lens) = state.lens else {
        return;
    };
    let visible = cache.spatial.in_rect(&lens.visible());
    let chosen: BTreeSet<&ResourceId> = session.selection().iter().collect();
    let many = visible.len() > MOST;
    for node in visible.iter().filter_map(|at| cache.node(*at)) {
        let wanted = state.focus_next.as_ref() == Some(&node.id);
        if many && node.shape != Shape::Frame && !wanted {
            continue;
        }
        let rect = lens.screen_rect(&node.rect).intersect(lens.canvas);
        one(ui, &chosen, cache, node, rect, outcome);
        if wanted {
            state.focus_next = None;
            ui.memory_mut(|memory| memory.request_focus(node_widget(&node.id)));
        }
    }
    state.focus_next = None;
}

fn one(
    ui: &Ui,
    chosen: &BTreeSet<&ResourceId>,
    cache: &Cache,
    node: &Node,
    rect: egui::Rect,
    outcome: &mut Outcome,
) {
    let id = node_widget(&node.id);
    let response = ui.interact(rect, id, Sense::focusable_noninteractive());
    let resource = node.id.resource();
    let selected = resource.is_some_and(|id| chosen.contains(id));
    response
        .widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, selected, name(cache, node)));
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

/// What a screen reader says: the box, and how many findings it has.
fn name(cache: &Cache, node: &Node) -> String {
    let findings = node.id.resource().and_then(|id| cache.findings.get(id));
    match findings {
        None => node.accessible_name.clone(),
        Some(findings) => {
            t!("canvas-node-with-problems", node = &node.accessible_name, count = findings.count)
        }
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
