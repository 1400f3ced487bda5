//! The context menu of what is under the pointer.

use eframe::egui::{Modifiers, Response, Ui};

use super::{
    CanvasState, Tool,
    cache::Cache,
    tools::{Outcome, connect, connect::Connect, select, select::Hit},
};
use crate::{
    edit::Command,
    model::{Container, ResourceId, routing},
    scene::{NodeId, NodeKind},
    session::{Intent, Session},
    t,
    ui::state::ViewRequest,
};

/// What the open menu speaks of.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Menu {
    /// The drawing as a whole, and a container to paste into.
    #[default]
    Ground,
    /// A box.
    Node(NodeId),
}

/// Opens on a click with the second button, and shows the menu while it is open.
pub fn show(
    response: &Response,
    session: &Session,
    state: &mut CanvasState,
    cache: &Cache,
    outcome: &mut Outcome,
) {
    if response.secondary_clicked() {
        open(response, session, state, cache, outcome);
    }
    response.context_menu(|ui| {
        ui.set_min_width(180.0);
        match state.menu.clone() {
            Menu::Ground => ground(ui, session, state, outcome),
            Menu::Node(id) => node(ui, session, state, cache, &id, outcome),
        }
    });
}

fn open(
    response: &Response,
    session: &Session,
    state: &mut CanvasState,
    cache: &Cache,
    outcome: &mut Outcome,
) {
    let (Some(pos), Some(lens)) = (response.interact_pointer_pos(), state.lens) else {
        return;
    };
    let around = super::around(session, cache, lens, Modifiers::NONE, None);
    state.menu = Menu::Ground;
    let hit = match select::hit(&around, pos) {
        Hit::Mention(id) => Some(NodeId::Resource(id)),
        Hit::Node(id) => Some(id),
        Hit::Ground => None,
    };
    let Some(id) = hit else {
        return;
    };
    if let Some(resource) = select::selects(&id).filter(|resource| !session.is_selected(resource)) {
        outcome.intents.push(Intent::Select(vec![resource.clone()]));
    }
    if select::selects(&id).is_some() {
        state.menu = Menu::Node(id);
    }
}

fn ground(ui: &mut Ui, session: &Session, state: &mut CanvasState, outcome: &mut Outcome) {
    if session.clip().is_some() && ui.button(t!("canvas-menu-paste")).clicked() {
        outcome.intents.push(Intent::Paste(Some(Container::Region)));
    }
    if ui.button(t!("canvas-menu-select-all")).clicked() {
        outcome.intents.push(Intent::SelectAll);
    }
    if ui.button(t!("canvas-menu-tidy")).clicked() {
        outcome.intents.push(Intent::Tidy);
    }
    if ui.button(t!("canvas-menu-fit")).clicked() {
        state.request(ViewRequest::Fit);
    }
}

fn node(
    ui: &mut Ui,
    session: &Session,
    state: &mut CanvasState,
    cache: &Cache,
    id: &NodeId,
    outcome: &mut Outcome,
) {
    let (Some(node), Some(resource)) = (cache.scene.node(id), select::selects(id)) else {
        ui.close();
        return;
    };
    if let NodeId::Lane(vpc, zone) = id {
        lane(ui, session, cache, vpc, Some(zone), outcome);
        return;
    }
    if ui.button(t!("canvas-menu-rename")).clicked() {
        state.rename(session, resource);
    }
    if connect::can_start(node.kind) && ui.button(t!("canvas-menu-connect")).clicked() {
        state.tool = Tool::Connect(Connect::from(node, None));
    }
    if let Some(table) = table_of(session, resource)
        && ui.button(t!("canvas-menu-route-table")).clicked()
    {
        outcome.intents.push(Intent::Reveal(vec![table]));
    }
    if node.kind == NodeKind::Resource(crate::model::Kind::Vpc) {
        lane(ui, session, cache, resource, None, outcome);
    }
    if let Some(container) = super::drop::container_of(&node.id, node.kind)
        && session.clip().is_some()
        && ui.button(t!("canvas-menu-paste-into")).clicked()
    {
        outcome.intents.push(Intent::Paste(Some(container)));
    }
    ui.separator();
    if ui.button(t!("canvas-menu-fit-this")).clicked() {
        state.request(ViewRequest::FitSelection);
    }
    if ui.button(t!("canvas-menu-duplicate")).clicked() {
        outcome.intents.push(Intent::Duplicate);
    }
    if ui.button(t!("canvas-menu-delete")).clicked() {
        outcome.intents.push(Intent::DeleteSelection);
    }
}

/// The route table that serves a subnet.
fn table_of(session: &Session, id: &ResourceId) -> Option<ResourceId> {
    let topology = &session.document().topology;
    routing::effective_route_table(topology, session.index(), id).map(|(table, _)| table.clone())
}

/// Adds the lane of the next zone to a VPC, or takes an empty one away.
fn lane(
    ui: &mut Ui,
    session: &Session,
    cache: &Cache,
    vpc: &ResourceId,
    zone: Option<&String>,
    outcome: &mut Outcome,
) {
    let mut zones: Vec<String> = Vec::new();
    for node in &cache.scene.nodes {
        if let NodeId::Lane(owner, zone) = &node.id
            && owner == vpc
        {
            zones.push(zone.clone());
        }
    }
    let region = &session.document().topology.region;
    let next = ('a'..='f').map(|letter| format!("{region}{letter}")).find(|name| !zones.contains(name));
    if let Some(next) = next
        && ui.button(t!("canvas-menu-add-lane", zone = &next)).clicked()
    {
        let mut zones = zones.clone();
        zones.push(next);
        outcome.intents.push(Intent::Edit(Command::SetLanes { vpc: vpc.clone(), zones }));
    }
    if let Some(zone) = zone
        && ui.button(t!("canvas-menu-remove-lane", zone = zone)).clicked()
    {
        zones.retain(|other| other != zone);
        outcome.intents.push(Intent::Edit(Command::SetLanes { vpc: vpc.clone(), zones }));
    }
}
