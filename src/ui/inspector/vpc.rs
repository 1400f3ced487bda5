//! The form of a VPC.

use eframe::egui::{Button, Ui};

use super::{draft::Line, form::Form, parse};
use crate::{
    edit::Command,
    model::{Field, Tenancy, Vpc},
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
    lanes(ui, form);
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
