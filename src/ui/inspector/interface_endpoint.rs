//! The form of an interface endpoint.

use eframe::egui::Ui;

use super::{
    common::vpc_field,
    form::{Form, label_of, options_in_vpc},
    parse,
    slot::Slot,
};
use crate::{
    edit::Command,
    model::{Field, InterfaceEndpoint, Kind, ResourceKind, SubnetConfiguration},
    t,
};

/// Services that are often reached this way; any other can be typed.
const SERVICES: [&str; 8] =
    ["ssm", "ssmmessages", "ec2messages", "ec2", "ecr.api", "ecr.dkr", "logs", "secretsmanager"];

/// Draws the form.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, endpoint: &InterfaceEndpoint) {
    let (id, mut to) = (form.id().clone(), endpoint.clone());
    vpc_field(ui, form, &endpoint.vpc_id, |vpc| {
        to.vpc_id = vpc;
        Command::Set { id, field: Field::new("vpc_id"), to: Box::new(ResourceKind::InterfaceEndpoint(to)) }
    });
    service(ui, form, endpoint);
    let subnets = options_in_vpc(form.session, Kind::Subnet, &endpoint.vpc_id);
    let (field, label) = (Field::new("subnet_ids"), t!("panel-field-subnets"));
    form.pick_many(ui, field, &label, &subnets, &endpoint.subnet_ids, |kind, chosen| {
        if let Some(endpoint) = kind.as_interface_endpoint_mut() {
            endpoint.subnet_configurations.retain(|it| chosen.contains(&it.subnet_id));
            endpoint.subnet_ids = chosen;
        }
    });
    addresses(ui, form, endpoint);
    let groups = options_in_vpc(form.session, Kind::SecurityGroup, &endpoint.vpc_id);
    let (field, label) = (Field::new("security_group_ids"), t!("panel-field-security-groups"));
    form.pick_many(ui, field, &label, &groups, &endpoint.security_group_ids, |kind, chosen| {
        if let Some(endpoint) = kind.as_interface_endpoint_mut() {
            endpoint.security_group_ids = chosen;
        }
    });
    let (field, label) = (Field::new("private_dns_enabled"), t!("panel-field-private-dns"));
    form.toggle(ui, field, &label, endpoint.private_dns_enabled, |kind, on| {
        if let Some(endpoint) = kind.as_interface_endpoint_mut() {
            endpoint.private_dns_enabled = on;
        }
    });
}

/// The fixed addresses, one per subnet at most.
fn addresses(ui: &mut Ui, form: &mut Form<'_>, endpoint: &InterfaceEndpoint) {
    for (at, subnet) in endpoint.subnet_ids.iter().enumerate() {
        let fixed = endpoint.subnet_configurations.iter().find(|it| it.subnet_id == *subnet);
        let name = label_of(form.topology(), subnet);
        let label = t!("panel-endpoint-address", subnet = name);
        let slot = Slot::named("subnet_configurations", at, "ipv4", label).hint(t!("panel-instance-ip-hint"));
        form.maybe_value(ui, &slot, fixed.map(|it| it.ipv4), parse::address, |kind, address| {
            let Some(endpoint) = kind.as_interface_endpoint_mut() else { return };
            endpoint.subnet_configurations.retain(|it| it.subnet_id != *subnet);
            let fixed = address.map(|ipv4| SubnetConfiguration { subnet_id: subnet.clone(), ipv4 });
            endpoint.subnet_configurations.extend(fixed);
        });
    }
}

fn service(ui: &mut Ui, form: &mut Form<'_>, endpoint: &InterfaceEndpoint) {
    let field = Field::new("service_name");
    form.text(ui, field.clone(), &t!("panel-field-service"), &endpoint.service_name, |text, kind| {
        let name = parse::filled(text)?;
        if let Some(endpoint) = kind.as_interface_endpoint_mut() {
            endpoint.service_name = name;
        }
        Ok(())
    });
    let region = &form.topology().region;
    ui.menu_button(t!("panel-service-suggestions"), |ui| {
        for service in SERVICES {
            if ui.button(service).clicked() {
                let name = format!("com.amazonaws.{region}.{service}");
                form.set(field.clone(), |kind| {
                    if let Some(endpoint) = kind.as_interface_endpoint_mut() {
                        endpoint.service_name = name;
                    }
                });
                ui.close();
            }
        }
    });
}
