//! The form of a subnet.

use eframe::egui::Ui;

use super::{
    common::vpc_field,
    form::{Form, label_of, optional, options_in_vpc},
    parse,
    slot::Slot,
};
use crate::{
    edit::Command,
    model::{Container, Field, Kind, Subnet, routing},
    net::cidr,
    t,
};

/// AWS keeps the first four addresses and the last one of every subnet for itself
/// (VPC User Guide, "Subnet sizing for IPv4").
const RESERVED: u64 = 5;

/// Draws the form.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, subnet: &Subnet) {
    let id = form.id().clone();
    let zone = subnet.availability_zone.clone();
    vpc_field(ui, form, &subnet.vpc_id, |vpc| Command::MoveInto {
        id,
        into: Container::Lane(vpc, zone),
        at: None,
    });
    let block = subnet.cidr_block.to_string();
    form.text(ui, Field::new("cidr_block"), &t!("panel-field-cidr-block"), &block, |text, kind| {
        let block = parse::ipv4_block(text)?;
        if let Some(subnet) = kind.as_subnet_mut() {
            subnet.cidr_block = block;
        }
        Ok(())
    });
    let usable = cidr::size(&subnet.cidr_block).saturating_sub(RESERVED);
    form.note(ui, t!("panel-subnet-size", count = usable));
    availability_zone(ui, form, subnet);
    let label = t!("panel-field-map-public-ip");
    form.toggle(
        ui,
        Field::new("map_public_ip_on_launch"),
        &label,
        subnet.map_public_ip_on_launch,
        |kind, on| {
            if let Some(subnet) = kind.as_subnet_mut() {
                subnet.map_public_ip_on_launch = on;
            }
        },
    );
    ipv6(ui, form, subnet);
    route_table(ui, form, subnet);
    network_acl(ui, form, subnet);
}

fn ipv6(ui: &mut Ui, form: &mut Form<'_>, subnet: &Subnet) {
    let slot = Slot::new("ipv6_cidr_block", t!("panel-field-ipv6-block")).hint(t!("panel-subnet-no-ipv6"));
    form.maybe_value(ui, &slot, subnet.ipv6_cidr_block, parse::ipv6_block, |kind, block| {
        if let Some(subnet) = kind.as_subnet_mut() {
            subnet.ipv6_cidr_block = block;
        }
    });
    let free = if subnet.ipv6_cidr_block.is_none() { free_ipv6(form, subnet) } else { None };
    if let Some(block) = free
        && ui.small_button(t!("panel-subnet-add-ipv6", block = block)).clicked()
    {
        form.set(Field::new("ipv6_cidr_block"), |kind| {
            if let Some(subnet) = kind.as_subnet_mut() {
                subnet.ipv6_cidr_block = Some(block);
            }
        });
    }
    let slot = Slot::new("assign_ipv6_address_on_creation", t!("panel-field-assign-ipv6"));
    form.switch(ui, &slot, subnet.assign_ipv6_address_on_creation, |kind, on| {
        if let Some(subnet) = kind.as_subnet_mut() {
            subnet.assign_ipv6_address_on_creation = on;
        }
    });
    let slot = Slot::new("enable_dns64", t!("panel-field-dns64"));
    form.switch(ui, &slot, subnet.enable_dns64, |kind, on| {
        if let Some(subnet) = kind.as_subnet_mut() {
            subnet.enable_dns64 = on;
        }
    });
}

/// The next /64 of the VPC's first IPv6 block that has one.
fn free_ipv6(form: &Form<'_>, subnet: &Subnet) -> Option<ipnet::Ipv6Net> {
    let topology = form.topology();
    let vpc = topology.kind(&subnet.vpc_id)?.as_vpc()?;
    let used: Vec<ipnet::Ipv6Net> = form
        .index()
        .subnets_of(topology, &subnet.vpc_id)
        .filter_map(|id| topology.kind(id)?.as_subnet()?.ipv6_cidr_block)
        .collect();
    vpc.ipv6_cidr_blocks.iter().find_map(|block| cidr::next_free_ipv6(block, &used, 64))
}

fn availability_zone(ui: &mut Ui, form: &mut Form<'_>, subnet: &Subnet) {
    let field = Field::new("availability_zone");
    let set = |text: &str, kind: &mut crate::model::ResourceKind| {
        let zone = parse::filled(text)?;
        if let Some(subnet) = kind.as_subnet_mut() {
            subnet.availability_zone = zone;
        }
        Ok(())
    };
    form.text(ui, field.clone(), &t!("panel-field-zone"), &subnet.availability_zone, set);
    let region = &form.topology().region;
    ui.horizontal_wrapped(|ui| {
        for letter in ['a', 'b', 'c'] {
            let zone = format!("{region}{letter}");
            if ui.small_button(&zone).on_hover_text(t!("panel-subnet-zone-tip", zone = &zone)).clicked() {
                form.set(field.clone(), |kind| {
                    if let Some(subnet) = kind.as_subnet_mut() {
                        subnet.availability_zone = zone;
                    }
                });
            }
        }
    });
}

fn route_table(ui: &mut Ui, form: &mut Form<'_>, subnet: &Subnet) {
    let main = form.index().main_route_table(&subnet.vpc_id).map(|id| label_of(form.topology(), id));
    let implicit = match main {
        Some(name) => t!("panel-subnet-main-table", name = name),
        None => t!("panel-subnet-no-main-table"),
    };
    let options = optional(implicit, options_in_vpc(form.session, Kind::RouteTable, &subnet.vpc_id));
    let field = Field::new("route_table_id");
    let picked =
        form.pick(ui, &field, &t!("panel-field-route-table"), &options, subnet.route_table_id.as_ref());
    if let Some(table) = picked {
        form.set(field, |kind| {
            if let Some(subnet) = kind.as_subnet_mut() {
                subnet.route_table_id = table;
            }
        });
    }
    let public = routing::is_public(form.topology(), form.index(), form.id());
    form.note(ui, if public { t!("panel-subnet-public") } else { t!("panel-subnet-private") });
}

fn network_acl(ui: &mut Ui, form: &mut Form<'_>, subnet: &Subnet) {
    let default = form.index().default_network_acl(&subnet.vpc_id).map(|id| label_of(form.topology(), id));
    let implicit = match default {
        Some(name) => t!("panel-subnet-default-acl", name = name),
        None => t!("panel-subnet-no-default-acl"),
    };
    let options = optional(implicit, options_in_vpc(form.session, Kind::NetworkAcl, &subnet.vpc_id));
    let field = Field::new("network_acl_id");
    let picked =
        form.pick(ui, &field, &t!("panel-field-network-acl"), &options, subnet.network_acl_id.as_ref());
    if let Some(acl) = picked {
        form.set(field, |kind| {
            if let Some(subnet) = kind.as_subnet_mut() {
                subnet.network_acl_id = acl;
            }
        });
    }
}
