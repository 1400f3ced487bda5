//! The form of a prefix list.

use eframe::egui::Ui;

use super::{
    form::Form,
    parse,
    slot::{self, Slot},
};
use crate::{
    model::{AddressFamily, Field, ManagedPrefixList, PrefixListEntry, ResourceKind},
    t,
    ui::widgets,
};

/// Draws the form.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, it: &ManagedPrefixList) {
    if it.aws_managed {
        form.note(ui, t!("panel-list-aws"));
    }
    let families = [(AddressFamily::Ipv4, "IPv4".to_owned()), (AddressFamily::Ipv6, "IPv6".to_owned())];
    let slot = Slot::new("address_family", t!("panel-field-address-family"));
    form.one_of(ui, &slot, &families, &it.address_family, |kind, family| {
        if let Some(it) = kind.as_managed_prefix_list_mut() {
            it.address_family = family;
        }
    });
    let slot = Slot::new("max_entries", t!("panel-field-max-entries"));
    form.value(ui, &slot, &it.max_entries, parse::number, |kind, count| {
        if let Some(it) = kind.as_managed_prefix_list_mut() {
            it.max_entries = count;
        }
    });
    form.note(ui, t!("panel-list-size"));
    widgets::title(ui, t!("panel-list-entries"));
    for (at, entry) in it.entries.iter().enumerate() {
        let remove = |kind: &mut ResourceKind| {
            if let Some(it) = kind.as_managed_prefix_list_mut() {
                slot::remove(&mut it.entries, at);
            }
        };
        form.card(ui, ("entries", at), &t!("panel-field-entry"), remove, |ui, form| {
            card(ui, form, at, entry)
        });
    }
    form.problems(ui, &Field::new("entries"));
    let block = match it.address_family {
        AddressFamily::Ipv4 => ipnet::IpNet::from(ipnet::Ipv4Net::from(std::net::Ipv4Addr::new(10, 0, 0, 1))),
        AddressFamily::Ipv6 => ipnet::IpNet::from(ipnet::Ipv6Net::from(std::net::Ipv6Addr::LOCALHOST)),
    };
    form.add(ui, "entries", &t!("panel-list-add"), |kind| {
        if let Some(it) = kind.as_managed_prefix_list_mut() {
            it.entries.push(PrefixListEntry { cidr: block, description: String::new() });
        }
    });
    let slot = Slot::new("aws_managed", t!("panel-field-aws-managed"));
    form.switch(ui, &slot, it.aws_managed, |kind, on| {
        if let Some(it) = kind.as_managed_prefix_list_mut() {
            it.aws_managed = on;
        }
    });
}

fn entry_mut(kind: &mut ResourceKind, at: usize) -> Option<&mut PrefixListEntry> {
    kind.as_managed_prefix_list_mut().and_then(|it| it.entries.get_mut(at))
}

fn card(ui: &mut Ui, form: &mut Form<'_>, at: usize, entry: &PrefixListEntry) {
    let slot = Slot::item("entries", at, "cidr", &t!("panel-field-cidr-block"));
    form.value(ui, &slot, &entry.cidr, parse::block, |kind, block| {
        if let Some(entry) = entry_mut(kind, at) {
            entry.cidr = block;
        }
    });
    let slot = Slot::item("entries", at, "description", &t!("panel-field-description"));
    form.plain(ui, &slot, &entry.description, |kind, text| {
        if let Some(entry) = entry_mut(kind, at) {
            entry.description = text;
        }
    });
}
