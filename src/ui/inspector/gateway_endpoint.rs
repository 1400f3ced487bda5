//! The form of a gateway endpoint.

use eframe::egui::Ui;

use super::{
    common::vpc_field,
    form::{Form, options_in_vpc},
    parse,
};
use crate::{
    edit::Command,
    model::{Field, GatewayEndpoint, Kind, ResourceKind},
    t,
};

/// The services that have gateway endpoints.
const SERVICES: [&str; 2] = ["s3", "dynamodb"];

/// Draws the form.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, endpoint: &GatewayEndpoint) {
    let (id, mut to) = (form.id().clone(), endpoint.clone());
    vpc_field(ui, form, &endpoint.vpc_id, |vpc| {
        to.vpc_id = vpc;
        Command::Set { id, field: Field::new("vpc_id"), to: Box::new(ResourceKind::GatewayEndpoint(to)) }
    });
    let field = Field::new("service_name");
    form.text(ui, field.clone(), &t!("panel-field-service"), &endpoint.service_name, |text, kind| {
        let name = parse::filled(text)?;
        if let Some(endpoint) = kind.as_gateway_endpoint_mut() {
            endpoint.service_name = name;
        }
        Ok(())
    });
    let region = &form.topology().region;
    ui.horizontal_wrapped(|ui| {
        for service in SERVICES {
            if ui.small_button(service).clicked() {
                let name = format!("com.amazonaws.{region}.{service}");
                form.set(field.clone(), |kind| {
                    if let Some(endpoint) = kind.as_gateway_endpoint_mut() {
                        endpoint.service_name = name;
                    }
                });
            }
        }
    });
    let tables = options_in_vpc(form.session, Kind::RouteTable, &endpoint.vpc_id);
    let (field, label) = (Field::new("route_table_ids"), t!("panel-field-route-tables"));
    form.pick_many(ui, field, &label, &tables, &endpoint.route_table_ids, |kind, chosen| {
        if let Some(endpoint) = kind.as_gateway_endpoint_mut() {
            endpoint.route_table_ids = chosen;
        }
    });
    form.note(ui, t!("panel-gateway-endpoint-note"));
}
