//! The form of a NAT gateway.

use eframe::egui::Ui;

use super::form::{Form, optional, options, required};
use crate::{
    edit::Command,
    model::{ConnectivityType, Container, Field, Kind, NatGateway},
    t,
};

/// Draws the form.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, nat: &NatGateway) {
    let subnets = required(options(form.session, Kind::Subnet, |_| true));
    let field = Field::new("subnet_id");
    if let Some(Some(subnet)) =
        form.pick(ui, &field, &t!("panel-field-subnet"), &subnets, Some(&nat.subnet_id))
    {
        let id = form.id().clone();
        form.ask(Command::MoveInto { id, into: Container::Subnet(subnet), at: None });
    }
    let types = [
        (ConnectivityType::Public, t!("panel-nat-public")),
        (ConnectivityType::Private, t!("panel-nat-private")),
    ];
    let label = t!("panel-field-connectivity");
    form.choice(
        ui,
        Field::new("connectivity_type"),
        &label,
        &types,
        &nat.connectivity_type,
        |kind, chosen| {
            if let Some(nat) = kind.as_nat_gateway_mut() {
                nat.connectivity_type = chosen;
                if chosen == ConnectivityType::Private {
                    nat.allocation_id = None;
                }
            }
        },
    );
    if nat.connectivity_type == ConnectivityType::Private && nat.allocation_id.is_none() {
        form.note(ui, t!("panel-nat-private-note"));
        return;
    }
    let addresses = optional(t!("panel-form-none"), options(form.session, Kind::ElasticIp, |_| true));
    let field = Field::new("allocation_id");
    let picked = form.pick(ui, &field, &t!("panel-field-elastic-ip"), &addresses, nat.allocation_id.as_ref());
    if let Some(address) = picked {
        form.set(field, |kind| {
            if let Some(nat) = kind.as_nat_gateway_mut() {
                nat.allocation_id = address;
            }
        });
    }
}
