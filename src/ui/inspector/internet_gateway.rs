//! The form of an internet gateway.

use eframe::egui::Ui;

use super::form::{Form, optional, options};
use crate::{
    edit::Command,
    model::{Container, Field, InternetGateway, Kind},
    t,
};

/// Draws the form. Attaching and detaching move the gateway on the drawing.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, gateway: &InternetGateway) {
    let options = optional(t!("panel-gateway-detached"), options(form.session, Kind::Vpc, |_| true));
    let field = Field::new("vpc_id");
    let picked = form.pick(ui, &field, &t!("panel-field-attached-vpc"), &options, gateway.vpc_id.as_ref());
    if let Some(vpc) = picked {
        let into = vpc.map_or(Container::Region, Container::Vpc);
        let id = form.id().clone();
        form.ask(Command::MoveInto { id, into, at: None });
    }
    form.note(ui, t!("panel-gateway-note"));
}
