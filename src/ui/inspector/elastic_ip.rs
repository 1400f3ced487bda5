//! The form of an Elastic IP address.

use eframe::egui::Ui;

use super::{
    form::{Form, label_of, optional, options},
    parse,
    slot::Slot,
};
use crate::{
    model::{ElasticIp, Field, Kind},
    t,
};

/// Draws the form.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, address: &ElasticIp) {
    let instances = optional(t!("panel-eip-free"), options(form.session, Kind::Instance, |_| true));
    let field = Field::new("instance_id");
    let picked =
        form.pick(ui, &field, &t!("panel-field-eip-instance"), &instances, address.instance_id.as_ref());
    if let Some(instance) = picked {
        form.set(field, |kind| {
            if let Some(address) = kind.as_elastic_ip_mut() {
                if instance.is_some() {
                    address.network_interface_id = None;
                }
                address.instance_id = instance;
            }
        });
    }
    interface(ui, form, address);
    for nat in form.index().users(form.id(), "allocation_id") {
        ui.push_id(nat, |ui| {
            ui.horizontal(|ui| {
                form.go_to(ui, nat);
                ui.label(t!("panel-eip-nat", name = label_of(form.topology(), nat)));
            });
        });
    }
}

fn interface(ui: &mut Ui, form: &mut Form<'_>, address: &ElasticIp) {
    let slot = Slot::new("network_interface_id", t!("panel-field-eip-interface"));
    let options = form.all(Kind::NetworkInterface);
    form.maybe_refer(ui, &slot, options, address.network_interface_id.as_ref(), |kind, interface| {
        if let Some(address) = kind.as_elastic_ip_mut() {
            if interface.is_some() {
                address.instance_id = None;
            }
            address.network_interface_id = interface;
        }
    });
    let slot =
        Slot::new("private_ip_address", t!("panel-field-eip-private")).hint(t!("panel-eip-private-hint"));
    form.maybe_value(ui, &slot, address.private_ip_address, parse::address, |kind, private| {
        if let Some(address) = kind.as_elastic_ip_mut() {
            address.private_ip_address = private;
        }
    });
    let slot = Slot::new("public_ip", t!("panel-field-known-public-ip"));
    form.maybe_value(ui, &slot, address.public_ip, parse::address, |kind, public| {
        if let Some(address) = kind.as_elastic_ip_mut() {
            address.public_ip = public;
        }
    });
}
