//! The routes of a table: those that follow from the VPC and from endpoints to read, the static ones
//! to change.

use eframe::egui::{Button, Frame, TextEdit, Ui};

use super::{
    draft::Line,
    form::{Choice, Form, label_of},
    parse,
};
use crate::{
    edit::Command,
    model::{
        Field, Kind, ResourceId, ResourceKind, Route, RouteDestination, RouteTable, RouteTarget, Topology,
        routing::{self, EffectiveTarget},
    },
    t,
    ui::{theme, widgets},
};

/// A route that is not added yet.
#[derive(Debug, Default)]
pub struct NewRoute {
    of: Option<ResourceId>,
    destination: String,
    target: Option<RouteTarget>,
}

/// Draws the editor.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, table: &RouteTable, new: &mut NewRoute) {
    widgets::title(ui, t!("panel-routes-title"));
    implied(ui, form);
    let targets = targets(form, &table.vpc_id);
    for (at, route) in table.routes.iter().enumerate() {
        ui.push_id(("route", at), |ui| {
            Frame::group(ui.style()).show(ui, |ui| one(ui, form, at, route, &targets));
        });
    }
    form.problems(ui, &Field::new("routes"));
    add(ui, form, table, new, &targets);
}

/// The routes that nobody can change here.
fn implied(ui: &mut Ui, form: &mut Form<'_>) {
    let (topology, index) = (form.topology(), form.index());
    for (at, route) in routing::effective_routes(topology, index, form.id()).iter().enumerate() {
        let (text, tip) = match &route.target {
            EffectiveTarget::Static { .. } => continue,
            EffectiveTarget::Local => {
                let text = t!("panel-routes-local", destination = route.destination.to_string());
                (text, t!("panel-routes-local-tip"))
            }
            EffectiveTarget::Propagated(id) => {
                let (destination, gateway) = (route.destination.to_string(), label_of(topology, id));
                let text = t!("panel-routes-endpoint", destination = destination, endpoint = gateway);
                (text, t!("panel-routes-propagated-tip"))
            }
            EffectiveTarget::Endpoint(id) => {
                let endpoint = label_of(topology, id);
                let text = t!(
                    "panel-routes-endpoint",
                    destination = route.destination.to_string(),
                    endpoint = endpoint
                );
                (text, t!("panel-routes-endpoint-tip"))
            }
        };
        ui.push_id(("implied", at), |ui| {
            ui.horizontal(|ui| {
                if let EffectiveTarget::Endpoint(id) | EffectiveTarget::Propagated(id) = &route.target {
                    form.go_to(ui, id);
                }
                ui.label(eframe::egui::RichText::new(text).color(theme::of(ui).faint)).on_hover_text(tip);
            });
        });
    }
}

/// Where the routes of a VPC's tables may lead, with names.
fn targets(form: &Form<'_>, vpc: &ResourceId) -> Vec<(RouteTarget, String)> {
    const KINDS: [Kind; 9] = [
        Kind::InternetGateway,
        Kind::NatGateway,
        Kind::RegionalNatGateway,
        Kind::EgressOnlyInternetGateway,
        Kind::VpnGateway,
        Kind::TransitGateway,
        Kind::VpcPeeringConnection,
        Kind::NetworkInterface,
        Kind::Instance,
    ];
    let topology = form.topology();
    let mut found = Vec::new();
    for kind in KINDS {
        for id in form.index().of_kind(kind).iter().filter(|id| reaches(topology, vpc, id)) {
            if let Some(target) = RouteTarget::to(kind, id.clone()) {
                found.push((target, label_of(topology, id)));
            }
        }
    }
    found
}

/// Whether a route of a VPC's table may lead there: what is in the VPC, what joins it to another one,
/// and every transit gateway.
fn reaches(topology: &Topology, vpc: &ResourceId, target: &ResourceId) -> bool {
    match topology.kind(target) {
        Some(ResourceKind::TransitGateway(_)) => true,
        Some(ResourceKind::VpcPeeringConnection(it)) => {
            it.vpc_id == *vpc || it.peer_vpc_id.as_ref() == Some(vpc)
        }
        _ => topology.vpc_of(target) == Some(vpc),
    }
}

fn one(ui: &mut Ui, form: &mut Form<'_>, at: usize, route: &Route, targets: &[(RouteTarget, String)]) {
    let number = at + 1;
    ui.horizontal(|ui| {
        ui.label(t!("panel-routes-number", number = number));
        let name = t!("panel-routes-remove", number = number);
        let button = widgets::sign_button(ui, "✖", &name);
        if button.clicked() {
            form.set(Field::new("routes"), |kind| {
                if let Some(table) = kind.as_route_table_mut() {
                    table.routes.remove(at);
                }
            });
        }
    });
    let field = Field::item("routes", at, "destination");
    let (key, label) = (form.key(&field), t!("panel-routes-destination", number = number));
    let value = shown_destination(form, &route.destination);
    let lists = lists(form);
    form.line(ui, &field, Line::new(&key, &label, &value).bare(), |text, kind| {
        let destination = destination(text, &lists)?;
        if let Some(route) = route_mut(kind, at) {
            route.destination = destination;
        }
        Ok(())
    });
    target(ui, form, at, route, targets);
}

/// The prefix lists of the drawing by the names that can be typed for them.
fn lists(form: &Form<'_>) -> Vec<(ResourceId, String)> {
    form.all(Kind::ManagedPrefixList)
}

/// A prefix list of the drawing by its name or id, or else what [`parse::destination`] reads.
fn destination(text: &str, lists: &[(ResourceId, String)]) -> Result<RouteDestination, String> {
    let text = text.trim();
    match lists.iter().find(|(id, name)| name == text || id.as_str() == text) {
        Some((id, _)) => Ok(RouteDestination::ManagedPrefixList(id.clone())),
        None => parse::destination(text),
    }
}

fn shown_destination(form: &Form<'_>, destination: &RouteDestination) -> String {
    match destination {
        RouteDestination::ManagedPrefixList(id) => label_of(form.topology(), id),
        other => other.to_string(),
    }
}

fn target(ui: &mut Ui, form: &mut Form<'_>, at: usize, route: &Route, targets: &[(RouteTarget, String)]) {
    let field = Field::item("routes", at, route.target.field_name());
    let name = t!("panel-routes-target", number = at + 1);
    let mut options: Vec<Choice> =
        targets.iter().map(|(target, text)| (target.resource().cloned(), text.clone())).collect();
    options.push((None, t!("panel-routes-other")));
    let now = route.target.resource();
    let picked = form.pick_bare(ui, &field, &options, now, |response| widgets::name_it(&response, &name));
    if let Some(picked) = picked {
        let wanted =
            targets.iter().find(|(target, _)| target.resource() == picked.as_ref()).map(|(it, _)| it.clone());
        let wanted = wanted.unwrap_or_else(|| RouteTarget::Other(t!("panel-routes-other-start")));
        form.set(field.clone(), |kind| {
            if let Some(route) = route_mut(kind, at) {
                route.target = wanted;
            }
        });
    }
    if let RouteTarget::Other(id) = &route.target {
        let (key, label) = (form.key(&field), t!("panel-routes-other-id", number = at + 1));
        form.line(ui, &field, Line::new(&key, &label, id).bare(), |text, kind| {
            let id = parse::filled(text)?;
            if let Some(route) = route_mut(kind, at) {
                route.target = RouteTarget::Other(id);
            }
            Ok(())
        });
    }
}

fn route_mut(kind: &mut ResourceKind, at: usize) -> Option<&mut Route> {
    kind.as_route_table_mut().and_then(|table| table.routes.get_mut(at))
}

/// The row that adds a route. It starts as the route that is missing most often.
fn add(
    ui: &mut Ui,
    form: &mut Form<'_>,
    table: &RouteTable,
    new: &mut NewRoute,
    targets: &[(RouteTarget, String)],
) {
    if new.of.as_ref() != Some(form.id()) {
        let taken = table.routes.iter().any(|route| route.destination.to_string() == "0.0.0.0/0");
        let destination = if taken { String::new() } else { "0.0.0.0/0".to_owned() };
        *new = NewRoute { of: Some(form.id().clone()), destination, target: None };
    }
    let label = ui.label(t!("panel-routes-new-destination"));
    ui.add(TextEdit::singleline(&mut new.destination).desired_width(f32::INFINITY)).labelled_by(label.id);
    let destination = destination(&new.destination, &lists(form));
    if let (Err(error), false) = (&destination, new.destination.trim().is_empty()) {
        widgets::error(ui, error);
    }
    if new.target.as_ref().is_none_or(|target| !targets.iter().any(|(it, _)| it == target)) {
        new.target = targets.first().map(|(target, _)| target.clone());
    }
    let label = ui.label(t!("panel-routes-new-target"));
    let at = targets.iter().position(|(target, _)| Some(target) == new.target.as_ref());
    let shown = at
        .and_then(|at| targets.get(at))
        .map_or_else(|| t!("panel-routes-no-target"), |(_, text)| text.clone());
    let texts = targets.iter().map(|(_, text)| text.as_str());
    let (response, picked) = widgets::choose(ui, "new target", &shown, texts, at);
    response.labelled_by(label.id);
    if let Some((target, _)) = picked.and_then(|at| targets.get(at)) {
        new.target = Some(target.clone());
    }
    let ready = destination.ok().zip(new.target.clone());
    let button = ui.add_enabled(ready.is_some(), Button::new(t!("panel-routes-add")));
    if let (true, Some((destination, target))) =
        (button.on_disabled_hover_text(t!("panel-routes-add-tip")).clicked(), ready)
    {
        let mut to = table.clone();
        to.routes.push(Route { destination, target });
        let command = Command::Set {
            id: form.id().clone(),
            field: Field::new("routes"),
            to: Box::new(ResourceKind::RouteTable(to)),
        };
        form.ask(command);
        *new = NewRoute { of: Some(form.id().clone()), ..NewRoute::default() };
    }
}
