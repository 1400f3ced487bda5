//! The form of a route table.

use eframe::egui::Ui;

use super::{
    common::vpc_field,
    form::{Form, options_in_vpc},
    routes::{self, NewRoute},
    slot::Slot,
};
use crate::{
    edit::Command,
    model::{Field, Kind, ResourceKind, RouteTable},
    t,
    ui::widgets,
};

/// Draws the form.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, table: &RouteTable, new: &mut NewRoute) {
    if table.main {
        form.note(ui, t!("panel-table-main"));
        form.problems(ui, &Field::new("main"));
    } else {
        moved(ui, form, table);
        if ui.button(t!("panel-table-make-main")).on_hover_text(t!("panel-table-make-main-tip")).clicked() {
            let table = form.id().clone();
            form.ask(Command::SetMainRouteTable { table });
        }
    }
    routes::show(ui, form, table, new);
    propagation(ui, form, table);
    subnets(ui, form, table);
}

/// The gateways whose blocks the table learns, and those that route by it what comes in.
fn propagation(ui: &mut Ui, form: &mut Form<'_>, table: &RouteTable) {
    let gateways = options_in_vpc(form.session, Kind::VpnGateway, &table.vpc_id);
    if !gateways.is_empty() || !table.propagating_vgws.is_empty() {
        let slot = Slot::new("propagating_vgws", t!("panel-field-propagation"));
        form.refer_many(ui, &slot, &gateways, &table.propagating_vgws, |kind, chosen| {
            if let Some(table) = kind.as_route_table_mut() {
                table.propagating_vgws = chosen;
            }
        });
    }
    let mut edges = options_in_vpc(form.session, Kind::InternetGateway, &table.vpc_id);
    edges.extend(gateways);
    if !edges.is_empty() || !table.gateway_ids.is_empty() {
        let slot = Slot::new("gateway_ids", t!("panel-field-edge-associations"));
        form.refer_many(ui, &slot, &edges, &table.gateway_ids, |kind, chosen| {
            if let Some(table) = kind.as_route_table_mut() {
                table.gateway_ids = chosen;
            }
        });
    }
}

fn moved(ui: &mut Ui, form: &mut Form<'_>, table: &RouteTable) {
    let id = form.id().clone();
    let mut to = table.clone();
    vpc_field(ui, form, &table.vpc_id, |vpc| {
        to.vpc_id = vpc;
        Command::Set { id, field: Field::new("vpc_id"), to: Box::new(ResourceKind::RouteTable(to)) }
    });
}

/// Whom the table serves.
fn subnets(ui: &mut Ui, form: &mut Form<'_>, table: &RouteTable) {
    widgets::title(ui, t!("panel-table-subnets"));
    let (topology, index, id) = (form.topology(), form.index(), form.id());
    let mut any = false;
    for subnet in index.subnets_of(topology, &table.vpc_id) {
        let Some(fields) = topology.kind(subnet).and_then(ResourceKind::as_subnet) else { continue };
        let explicit = fields.route_table_id.as_ref() == Some(id);
        let implicit = fields.route_table_id.is_none() && index.main_route_table(&table.vpc_id) == Some(id);
        if !explicit && !implicit {
            continue;
        }
        any = true;
        ui.push_id(subnet, |ui| {
            ui.horizontal(|ui| {
                form.go_to(ui, subnet);
                let name = super::form::label_of(topology, subnet);
                let text = if explicit {
                    t!("panel-table-subnet-explicit", name = name)
                } else {
                    t!("panel-table-subnet-implicit", name = name)
                };
                ui.label(text);
            });
        });
    }
    if !any {
        form.note(ui, t!("panel-table-no-subnets"));
    }
}
