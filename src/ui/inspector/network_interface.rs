//! The form of a network interface.

use eframe::egui::Ui;

use super::{form::Form, parse, slot::Slot};
use crate::{
    model::{Kind, NetworkInterface},
    t,
};

/// Draws the form.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, it: &NetworkInterface) {
    if it.is_service_owned() {
        form.note(ui, t!("panel-interface-owned", kind = &it.interface_type));
    }
    form.subnet(ui, &it.subnet_id);
    let slot = Slot::new("description", t!("panel-field-description"));
    form.plain(ui, &slot, &it.description, |kind, text| {
        if let Some(it) = kind.as_network_interface_mut() {
            it.description = text;
        }
    });
    attachment(ui, form, it);
    form.groups(ui, &it.security_group_ids, |kind, groups| {
        if let Some(it) = kind.as_network_interface_mut() {
            it.security_group_ids = groups;
        }
    });
    addresses(ui, form, it);
    let slot = Slot::new("source_dest_check", t!("panel-field-source-dest-check"));
    form.switch(ui, &slot, it.source_dest_check, |kind, on| {
        if let Some(it) = kind.as_network_interface_mut() {
            it.source_dest_check = on;
        }
    });
    let slot = Slot::new("interface_type", t!("panel-field-interface-type"));
    form.value(ui, &slot, &it.interface_type, parse::filled, |kind, text| {
        if let Some(it) = kind.as_network_interface_mut() {
            it.interface_type = text;
        }
    });
}

fn attachment(ui: &mut Ui, form: &mut Form<'_>, it: &NetworkInterface) {
    let slot =
        Slot::new("instance_id", t!("panel-field-attached-instance")).hint(t!("panel-gateway-detached"));
    let options = form.all_here(Kind::Instance);
    form.maybe_refer(ui, &slot, options, it.instance_id.as_ref(), |kind, instance| {
        if let Some(it) = kind.as_network_interface_mut() {
            it.device_index = instance.as_ref().map(|_| it.device_index.unwrap_or(1));
            it.instance_id = instance;
        }
    });
    if it.instance_id.is_some() || it.device_index.is_some() {
        let slot = Slot::new("device_index", t!("panel-field-device-index"));
        form.maybe_value(ui, &slot, it.device_index, parse::number, |kind, index| {
            if let Some(it) = kind.as_network_interface_mut() {
                it.device_index = index;
            }
        });
    }
}

fn addresses(ui: &mut Ui, form: &mut Form<'_>, it: &NetworkInterface) {
    let slot = Slot::new("private_ip", t!("panel-field-private-ip")).hint(t!("panel-instance-ip-hint"));
    form.maybe_value(ui, &slot, it.private_ip, parse::address, |kind, address| {
        if let Some(it) = kind.as_network_interface_mut() {
            it.private_ip = address;
        }
    });
    let slot = Slot::new("secondary_private_ips", t!("panel-field-secondary-ips"));
    form.values(ui, &slot, &it.secondary_private_ips, parse::address, |kind, addresses| {
        if let Some(it) = kind.as_network_interface_mut() {
            it.secondary_private_ips = addresses;
        }
    });
    let slot = Slot::new("ipv6_addresses", t!("panel-field-ipv6-addresses"));
    form.values(ui, &slot, &it.ipv6_addresses, parse::ipv6_address, |kind, addresses| {
        if let Some(it) = kind.as_network_interface_mut() {
            it.ipv6_addresses = addresses;
        }
    });
    let slot = Slot::new("public_ip", t!("panel-field-known-public-ip"));
    form.maybe_value(ui, &slot, it.public_ip, parse::address, |kind, address| {
        if let Some(it) = kind.as_network_interface_mut() {
            it.public_ip = address;
        }
    });
}
