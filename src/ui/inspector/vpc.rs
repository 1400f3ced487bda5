//! The form of a VPC.

use eframe::egui::{Button, Ui};

use super::{draft::Line, form::Form, parse, slot::Slot};
use crate::{
    edit::Command,
    model::{Field, Kind, Tenancy, Vpc},
    net::cidr,
    session::Intent,
    t,
    ui::widgets,
};

/// Draws the form.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, vpc: &Vpc) {
    let block = vpc.cidr_block.to_string();
    form.text(ui, Field::new("cidr_block"), &t!("panel-field-cidr-block"), &block, |text, kind| {
        let block = parse::ipv4_block(text)?;
        if let Some(vpc) = kind.as_vpc_mut() {
            vpc.cidr_block = block;
        }
        Ok(())
    });
    form.note(ui, t!("panel-vpc-size", count = cidr::size(&vpc.cidr_block)));
    secondary(ui, form, vpc);
    ipv6(ui, form, vpc);
    lanes(ui, form);
    dns(ui, form, vpc);
    tenancy(ui, form, vpc);
    account(ui, form, vpc);
}

fn dns(ui: &mut Ui, form: &mut Form<'_>, vpc: &Vpc) {
    widgets::title(ui, t!("panel-vpc-dns"));
    form.toggle(
        ui,
        Field::new("enable_dns_support"),
        &t!("panel-field-dns-support"),
        vpc.enable_dns_support,
        |kind, on| {
            if let Some(vpc) = kind.as_vpc_mut() {
                vpc.enable_dns_support = on;
            }
        },
    );
    let hostnames = t!("panel-field-dns-hostnames");
    form.toggle(ui, Field::new("enable_dns_hostnames"), &hostnames, vpc.enable_dns_hostnames, |kind, on| {
        if let Some(vpc) = kind.as_vpc_mut() {
            vpc.enable_dns_hostnames = on;
        }
    });
    let slot =
        Slot::new("dhcp_options_id", t!("panel-field-dhcp-options")).hint(t!("panel-vpc-default-dhcp"));
    let options = form.all(Kind::DhcpOptions);
    form.maybe_refer(ui, &slot, options, vpc.dhcp_options_id.as_ref(), |kind, options| {
        if let Some(vpc) = kind.as_vpc_mut() {
            vpc.dhcp_options_id = options;
        }
    });
}

/// An IPv6 block that Amazon provides is known after the deploy only: one of the range for
/// documentation stands for it.
fn ipv6(ui: &mut Ui, form: &mut Form<'_>, vpc: &Vpc) {
    widgets::title(ui, t!("panel-vpc-ipv6"));
    let stand_in = free_ipv6(form);
    let slot = Slot::new("assign_generated_ipv6_cidr_block", t!("panel-field-generated-ipv6"));
    form.switch(ui, &slot, vpc.assign_generated_ipv6_cidr_block, |kind, on| {
        if let Some(vpc) = kind.as_vpc_mut() {
            vpc.assign_generated_ipv6_cidr_block = on;
            if !on && !vpc.ipv6_cidr_blocks.is_empty() {
                vpc.ipv6_cidr_blocks.remove(0);
            } else if on && let Some(block) = stand_in {
                vpc.ipv6_cidr_blocks.insert(0, block);
            }
        }
    });
    let slot = Slot::new("ipv6_cidr_blocks", t!("panel-field-ipv6-blocks"));
    form.values(ui, &slot, &vpc.ipv6_cidr_blocks, parse::ipv6_block, |kind, blocks| {
        if let Some(vpc) = kind.as_vpc_mut() {
            vpc.ipv6_cidr_blocks = blocks;
        }
    });
    if vpc.assign_generated_ipv6_cidr_block {
        form.note(ui, t!("panel-vpc-generated-note"));
    }
}

fn free_ipv6(form: &Form<'_>) -> Option<ipnet::Ipv6Net> {
    let used: Vec<ipnet::Ipv6Net> = form
        .index()
        .resources_of(Kind::Vpc)
        .filter_map(|it| it.kind.as_vpc())
        .flat_map(|vpc| vpc.ipv6_cidr_blocks.iter().copied())
        .collect();
    cidr::next_free_ipv6(&cidr::DOCUMENTATION_IPV6, &used, 56)
}

fn account(ui: &mut Ui, form: &mut Form<'_>, vpc: &Vpc) {
    let slot = Slot::new("region", t!("panel-field-other-region")).hint(form.topology().region.clone());
    form.maybe(ui, &slot, vpc.region.as_deref(), |kind, text| {
        if let Some(vpc) = kind.as_vpc_mut() {
            vpc.region = text;
        }
    });
    let slot = Slot::new("owner_id", t!("panel-field-owner"));
    form.maybe(ui, &slot, vpc.owner_id.as_deref(), |kind, text| {
        if let Some(vpc) = kind.as_vpc_mut() {
            vpc.owner_id = text;
        }
    });
}

fn tenancy(ui: &mut Ui, form: &mut Form<'_>, vpc: &Vpc) {
    let tenancies = [
        (Tenancy::Default, t!("panel-tenancy-default")),
        (Tenancy::Dedicated, t!("panel-tenancy-dedicated")),
    ];
    let label = t!("panel-field-tenancy");
    form.choice(
        ui,
        Field::new("instance_tenancy"),
        &label,
        &tenancies,
        &vpc.instance_tenancy,
        |kind, tenancy| {
            if let Some(vpc) = kind.as_vpc_mut() {
                vpc.instance_tenancy = tenancy;
            }
        },
    );
}

fn secondary(ui: &mut Ui, form: &mut Form<'_>, vpc: &Vpc) {
    widgets::title(ui, t!("panel-vpc-secondary"));
    for (at, block) in vpc.secondary_cidr_blocks.iter().enumerate() {
        let field = Field::item("secondary_cidr_blocks", at, "");
        ui.push_id(at, |ui| secondary_row(ui, form, &field, at, &block.to_string()));
        form.problems(ui, &field);
    }
    let used: Vec<_> = vpc.cidr_blocks().collect();
    let free = next_block(&used);
    let button = ui.add_enabled(free.is_some(), Button::new(t!("panel-vpc-add-block")));
    if let (true, Some(block)) = (button.clicked(), free) {
        form.set(Field::new("secondary_cidr_blocks"), |kind| {
            if let Some(vpc) = kind.as_vpc_mut() {
                vpc.secondary_cidr_blocks.push(block);
            }
        });
    }
}

/// The next block as large as the primary one in 10.0.0.0/8.
fn next_block(used: &[ipnet::Ipv4Net]) -> Option<ipnet::Ipv4Net> {
    let private = cidr::parse_ipv4("10.0.0.0/8").ok()?;
    let prefix = used.first().map_or(16, ipnet::Ipv4Net::prefix_len).max(16);
    cidr::next_free(&private, used, prefix)
}

fn secondary_row(ui: &mut Ui, form: &mut Form<'_>, field: &Field, at: usize, block: &str) {
    ui.horizontal(|ui| {
        let name = t!("panel-vpc-remove-block", block = block);
        let button = widgets::sign_button(ui, "✖", &name);
        if button.clicked() {
            form.set(Field::new("secondary_cidr_blocks"), |kind| {
                if let Some(vpc) = kind.as_vpc_mut() {
                    vpc.secondary_cidr_blocks.remove(at);
                }
            });
        }
        let key = form.key(field);
        let label = t!("panel-vpc-block", number = at + 1);
        form.line(ui, field, Line::new(&key, &label, block).bare(), |text, kind| {
            let block = parse::ipv4_block(text)?;
            if let Some(slot) = kind.as_vpc_mut().and_then(|vpc| vpc.secondary_cidr_blocks.get_mut(at)) {
                *slot = block;
            }
            Ok(())
        });
    });
}

/// The lanes that are drawn, empty ones included.
fn lanes(ui: &mut Ui, form: &mut Form<'_>) {
    let vpc = form.id();
    let zones = form.session.document().diagram.lanes.get(vpc).cloned().unwrap_or_default();
    let key = format!("{vpc}/lanes");
    let (label, value, hint) = (t!("panel-field-lanes"), zones.join(", "), t!("panel-vpc-lanes-hint"));
    let made = form.drafts.edit(ui, form.session, Line::new(&key, &label, &value).hint(&hint), |text| {
        Ok(Intent::Edit(Command::SetLanes { vpc: vpc.clone(), zones: parse::zones(text) }))
    });
    form.intents.extend(made);
}
