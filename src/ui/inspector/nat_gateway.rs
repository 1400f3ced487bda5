//! The form of a NAT gateway.

use eframe::egui::Ui;

use super::{
    form::{Form, optional, options, required},
    parse,
    slot::Slot,
};
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
                    nat.secondary_allocation_ids.clear();
                }
            }
        },
    );
    let slot = Slot::new("private_ip", t!("panel-field-private-ip")).hint(t!("panel-instance-ip-hint"));
    form.maybe_value(ui, &slot, nat.private_ip, parse::address, |kind, address| {
        if let Some(nat) = kind.as_nat_gateway_mut() {
            nat.private_ip = address;
        }
    });
    addresses(ui, form, nat);
}

fn addresses(ui: &mut Ui, form: &mut Form<'_>, nat: &NatGateway) {
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
    let slot = Slot::new("secondary_allocation_ids", t!("panel-field-more-elastic-ips"));
    let mut options = form.all(Kind::ElasticIp);
    options.retain(|(id, _)| nat.allocation_id.as_ref() != Some(id));
    form.refer_many(ui, &slot, &options, &nat.secondary_allocation_ids, |kind, chosen| {
        if let Some(nat) = kind.as_nat_gateway_mut() {
            nat.secondary_allocation_ids = chosen;
        }
    });
}
