//! The form of an Elastic IP address.

use eframe::egui::Ui;

use super::form::{Form, label_of, optional, options};
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
                address.instance_id = instance;
            }
        });
    }
    for nat in form.index().users(form.id(), "allocation_id") {
        ui.push_id(nat, |ui| {
            ui.horizontal(|ui| {
                form.go_to(ui, nat);
                ui.label(t!("panel-eip-nat", name = label_of(form.topology(), nat)));
            });
        });
    }
}
