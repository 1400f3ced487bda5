//! The form of an EC2 instance.

use eframe::egui::Ui;

use super::{
    draft::Line,
    form::{Form, optional, options, options_in_vpc, required},
    parse,
    slot::Slot,
};
use crate::{
    edit::Command,
    model::{
        Container, Field, Instance, Kind, ResourceId,
        kinds::{AMAZON_LINUX_2023_ARM64, AMAZON_LINUX_2023_X86_64},
    },
    t,
};

/// Types that are often chosen; any other can be typed.
const TYPES: [&str; 9] = [
    "t3.nano",
    "t3.micro",
    "t3.small",
    "t3.medium",
    "t4g.micro",
    "t4g.small",
    "m7i.large",
    "m7g.large",
    "c7i.large",
];

/// Draws the form.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, instance: &Instance) {
    place(ui, form, instance);
    instance_type(ui, form, instance);
    image(ui, form, instance);
    access(ui, form, instance);
    addresses(ui, form, instance);
    user_data(ui, form, instance);
}

fn place(ui: &mut Ui, form: &mut Form<'_>, instance: &Instance) {
    let subnets = required(options(form.session, Kind::Subnet, |_| true));
    let field = Field::new("subnet_id");
    let picked = form.pick(ui, &field, &t!("panel-field-subnet"), &subnets, Some(&instance.subnet_id));
    if let Some(Some(subnet)) = picked {
        let id = form.id().clone();
        form.ask(Command::MoveInto { id, into: Container::Subnet(subnet), at: None });
    }
}

fn instance_type(ui: &mut Ui, form: &mut Form<'_>, instance: &Instance) {
    let field = Field::new("instance_type");
    form.text(ui, field.clone(), &t!("panel-field-instance-type"), &instance.instance_type, |text, kind| {
        let name = parse::filled(text)?;
        if let Some(instance) = kind.as_instance_mut() {
            instance.instance_type = name;
        }
        Ok(())
    });
    ui.menu_button(t!("panel-instance-types"), |ui| {
        for name in TYPES {
            if ui.button(name).clicked() {
                form.set(field.clone(), |kind| {
                    if let Some(instance) = kind.as_instance_mut() {
                        name.clone_into(&mut instance.instance_type);
                    }
                });
                ui.close();
            }
        }
    });
}

fn image(ui: &mut Ui, form: &mut Form<'_>, instance: &Instance) {
    let field = Field::new("ami");
    let known = [AMAZON_LINUX_2023_X86_64, AMAZON_LINUX_2023_ARM64].contains(&instance.ami.as_str());
    let own = if known { String::new() } else { instance.ami.clone() };
    let images = [
        (AMAZON_LINUX_2023_X86_64.to_owned(), t!("panel-image-x86")),
        (AMAZON_LINUX_2023_ARM64.to_owned(), t!("panel-image-arm")),
        (own, t!("panel-image-own")),
    ];
    form.choice(ui, field.clone(), &t!("panel-field-image"), &images, &instance.ami, |kind, image| {
        if let Some(instance) = kind.as_instance_mut() {
            // An own image starts from a form of id that is still to be filled in.
            instance.ami = if image.is_empty() { "ami-".to_owned() } else { image };
        }
    });
    if known {
        return;
    }
    let (key, label, hint) = (form.key(&field), t!("panel-field-ami"), t!("panel-image-hint"));
    form.line(ui, &field, Line::new(&key, &label, &instance.ami).hint(&hint), |text, kind| {
        let image = parse::filled(text)?;
        if !image.starts_with("ami-") && !image.starts_with("resolve:ssm:") {
            return Err(t!("panel-parse-image", text = text));
        }
        if let Some(instance) = kind.as_instance_mut() {
            instance.ami = image;
        }
        Ok(())
    });
}

fn access(ui: &mut Ui, form: &mut Form<'_>, instance: &Instance) {
    let pairs = optional(t!("panel-instance-no-key"), options(form.session, Kind::KeyPair, |_| true));
    let field = Field::new("key_pair_id");
    let picked = form.pick(ui, &field, &t!("panel-field-key-pair"), &pairs, instance.key_pair_id.as_ref());
    if let Some(pair) = picked {
        form.set(field, |kind| {
            if let Some(instance) = kind.as_instance_mut() {
                instance.key_pair_id = pair;
            }
        });
    }
    let groups = groups(form, &instance.subnet_id);
    let (field, label) = (Field::new("vpc_security_group_ids"), t!("panel-field-security-groups"));
    form.pick_many(ui, field, &label, &groups, &instance.vpc_security_group_ids, |kind, chosen| {
        if let Some(instance) = kind.as_instance_mut() {
            instance.vpc_security_group_ids = chosen;
        }
    });
    if instance.vpc_security_group_ids.is_empty() {
        form.note(ui, t!("panel-instance-default-group"));
    }
}

fn groups(form: &Form<'_>, subnet: &ResourceId) -> Vec<(ResourceId, String)> {
    match form.topology().vpc_of(subnet) {
        Some(vpc) => options_in_vpc(form.session, Kind::SecurityGroup, vpc),
        None => options(form.session, Kind::SecurityGroup, |_| true),
    }
}

fn addresses(ui: &mut Ui, form: &mut Form<'_>, instance: &Instance) {
    let address = instance.private_ip.map(|address| address.to_string()).unwrap_or_default();
    let field = Field::new("private_ip");
    let (key, label, hint) = (form.key(&field), t!("panel-field-private-ip"), t!("panel-instance-ip-hint"));
    form.line(ui, &field, Line::new(&key, &label, &address).hint(&hint), |text, kind| {
        let address = parse::optional_address(text)?;
        if let Some(instance) = kind.as_instance_mut() {
            instance.private_ip = address;
        }
        Ok(())
    });
    form.problems(ui, &field);
    further_addresses(ui, form, instance);
    let subnet = form.topology().kind(&instance.subnet_id).and_then(|kind| kind.as_subnet());
    let inherited = match subnet.map(|subnet| subnet.map_public_ip_on_launch) {
        Some(true) => t!("panel-public-ip-subnet-yes"),
        Some(false) => t!("panel-public-ip-subnet-no"),
        None => t!("panel-public-ip-subnet"),
    };
    let choices =
        [(None, inherited), (Some(true), t!("panel-public-ip-yes")), (Some(false), t!("panel-public-ip-no"))];
    let (field, label) = (Field::new("associate_public_ip_address"), t!("panel-field-public-ip"));
    form.choice(ui, field, &label, &choices, &instance.associate_public_ip_address, |kind, chosen| {
        if let Some(instance) = kind.as_instance_mut() {
            instance.associate_public_ip_address = chosen;
        }
    });
    let (field, label) = (Field::new("source_dest_check"), t!("panel-field-source-dest-check"));
    form.toggle(ui, field, &label, instance.source_dest_check, |kind, on| {
        if let Some(instance) = kind.as_instance_mut() {
            instance.source_dest_check = on;
        }
    });
}

fn further_addresses(ui: &mut Ui, form: &mut Form<'_>, instance: &Instance) {
    let slot = Slot::new("secondary_private_ips", t!("panel-field-secondary-ips"));
    form.values(ui, &slot, &instance.secondary_private_ips, parse::address, |kind, addresses| {
        if let Some(instance) = kind.as_instance_mut() {
            instance.secondary_private_ips = addresses;
        }
    });
    let slot = Slot::new("ipv6_addresses", t!("panel-field-ipv6-addresses"));
    form.values(ui, &slot, &instance.ipv6_addresses, parse::ipv6_address, |kind, addresses| {
        if let Some(instance) = kind.as_instance_mut() {
            instance.ipv6_addresses = addresses;
        }
    });
    let slot = Slot::new("public_ip", t!("panel-field-known-public-ip"));
    form.maybe_value(ui, &slot, instance.public_ip, parse::address, |kind, address| {
        if let Some(instance) = kind.as_instance_mut() {
            instance.public_ip = address;
        }
    });
    // The id of the primary interface is a fact of an import: shown, and nobody's to type.
    if let Some(id) = &instance.primary_network_interface_id {
        form.note(ui, t!("panel-instance-interface", id = id));
    }
}

fn user_data(ui: &mut Ui, form: &mut Form<'_>, instance: &Instance) {
    let field = Field::new("user_data");
    let (key, label, hint) =
        (form.key(&field), t!("panel-field-user-data"), t!("panel-instance-user-data-hint"));
    let value = instance.user_data.clone().unwrap_or_default();
    form.line(ui, &field, Line::new(&key, &label, &value).rows(5).hint(&hint), |text, kind| {
        if let Some(instance) = kind.as_instance_mut() {
            instance.user_data = parse::optional(text);
        }
        Ok(())
    });
    form.problems(ui, &field);
}
