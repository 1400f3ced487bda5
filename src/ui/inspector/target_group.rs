//! The form of a target group.

use eframe::egui::Ui;

use super::{
    form::Form,
    parse,
    slot::{self, Slot},
};
use crate::{
    model::{Field, Kind, ResourceId, ResourceKind, Target, TargetGroup},
    net::Protocol,
    t,
    ui::widgets,
};

/// Draws the form.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, it: &TargetGroup) {
    let slot = Slot::new("vpc_id", t!("panel-field-vpc"));
    let options = form.all(Kind::Vpc);
    form.refer(ui, &slot, options, &it.vpc_id, |kind, vpc| {
        if let Some(it) = kind.as_target_group_mut() {
            it.vpc_id = vpc;
        }
    });
    let protocols = [(Protocol::Tcp, "TCP".to_owned()), (Protocol::Udp, "UDP".to_owned())];
    let slot = Slot::new("protocol", t!("panel-rule-protocol"));
    form.one_of(ui, &slot, &protocols, &it.protocol, |kind, protocol| {
        if let Some(it) = kind.as_target_group_mut() {
            it.protocol = protocol;
        }
    });
    let slot = Slot::new("port", t!("panel-field-port"));
    form.value(ui, &slot, &it.port, parse::port, |kind, port| {
        if let Some(it) = kind.as_target_group_mut() {
            it.port = port;
        }
    });
    let slot = Slot::new("preserve_client_ip", t!("panel-field-preserve-client-ip"));
    form.switch(ui, &slot, it.preserve_client_ip, |kind, on| {
        if let Some(it) = kind.as_target_group_mut() {
            it.preserve_client_ip = on;
        }
    });
    targets(ui, form, it);
}

fn targets(ui: &mut Ui, form: &mut Form<'_>, it: &TargetGroup) {
    widgets::title(ui, t!("panel-targets-title"));
    for (at, target) in it.targets.iter().enumerate() {
        let remove = |kind: &mut ResourceKind| {
            if let Some(it) = kind.as_target_group_mut() {
                slot::remove(&mut it.targets, at);
            }
        };
        form.card(ui, ("targets", at), &t!("panel-field-target"), remove, |ui, form| {
            card(ui, form, at, target);
        });
    }
    form.problems(ui, &Field::new("targets"));
    let used = |id: &ResourceId| it.targets.iter().any(|target| target.target_id.as_ref() == Some(id));
    let free = form.all_here(Kind::Instance).into_iter().map(|(id, _)| id).find(|id| !used(id));
    form.add(ui, "targets", &t!("panel-targets-add"), |kind| {
        if let Some(it) = kind.as_target_group_mut() {
            it.targets.push(Target { target_id: free, ..Target::default() });
        }
    });
}

fn target_mut(kind: &mut ResourceKind, at: usize) -> Option<&mut Target> {
    kind.as_target_group_mut().and_then(|it| it.targets.get_mut(at))
}

fn card(ui: &mut Ui, form: &mut Form<'_>, at: usize, target: &Target) {
    let mut options = form.all(Kind::Instance);
    options.extend(form.all(Kind::LoadBalancer));
    let slot =
        Slot::item("targets", at, "target_id", &t!("panel-field-target")).hint(t!("panel-target-by-address"));
    form.maybe_refer(ui, &slot, options, target.target_id.as_ref(), |kind, chosen| {
        if let Some(target) = target_mut(kind, at) {
            if chosen.is_some() {
                target.ip = None;
            }
            target.target_id = chosen;
        }
    });
    if target.target_id.is_none() {
        let slot = Slot::item("targets", at, "ip", &t!("panel-field-address"));
        form.maybe_value(ui, &slot, target.ip, parse::any_address, |kind, address| {
            if let Some(target) = target_mut(kind, at) {
                target.ip = address;
            }
        });
    }
    let slot = Slot::item("targets", at, "port", &t!("panel-field-port")).hint(t!("panel-target-port-hint"));
    form.maybe_value(ui, &slot, target.port, parse::port, |kind, port| {
        if let Some(target) = target_mut(kind, at) {
            target.port = port;
        }
    });
    let slot = Slot::item("targets", at, "unhealthy", &t!("panel-field-unhealthy"));
    form.switch(ui, &slot, target.unhealthy, |kind, on| {
        if let Some(target) = target_mut(kind, at) {
            target.unhealthy = on;
        }
    });
}
