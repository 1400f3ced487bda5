//! The form of a load balancer.

use eframe::egui::Ui;

use super::{
    form::Form,
    parse,
    slot::{self, Slot},
};
use crate::{
    model::{Field, Kind, Listener, LoadBalancer, LoadBalancerType, ResourceId, ResourceKind, SubnetMapping},
    net::Protocol,
    t,
    ui::widgets,
};

/// Draws the form.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, it: &LoadBalancer) {
    form.note(ui, t!("panel-balancer-note"));
    let slot = Slot::new("vpc_id", t!("panel-field-vpc"));
    let options = form.all(Kind::Vpc);
    form.refer(ui, &slot, options, &it.vpc_id, |kind, vpc| {
        if let Some(it) = kind.as_load_balancer_mut() {
            it.vpc_id = vpc;
        }
    });
    let types = [
        (LoadBalancerType::Network, t!("panel-balancer-network")),
        (LoadBalancerType::Application, t!("panel-balancer-application")),
        (LoadBalancerType::Gateway, t!("panel-balancer-gateway")),
    ];
    let slot = Slot::new("load_balancer_type", t!("panel-field-type"));
    form.one_of(ui, &slot, &types, &it.load_balancer_type, |kind, chosen| {
        if let Some(it) = kind.as_load_balancer_mut() {
            it.load_balancer_type = chosen;
        }
    });
    let slot = Slot::new("internal", t!("panel-field-internal"));
    form.switch(ui, &slot, it.internal, |kind, on| {
        if let Some(it) = kind.as_load_balancer_mut() {
            it.internal = on;
        }
    });
    let slot = Slot::new("enable_cross_zone_load_balancing", t!("panel-field-cross-zone"));
    form.switch(ui, &slot, it.enable_cross_zone_load_balancing, |kind, on| {
        if let Some(it) = kind.as_load_balancer_mut() {
            it.enable_cross_zone_load_balancing = on;
        }
    });
    form.groups(ui, &it.security_group_ids, |kind, groups| {
        if let Some(it) = kind.as_load_balancer_mut() {
            it.security_group_ids = groups;
        }
    });
    mappings(ui, form, it);
    listeners(ui, form, it);
}

fn mappings(ui: &mut Ui, form: &mut Form<'_>, it: &LoadBalancer) {
    widgets::title(ui, t!("panel-field-subnets"));
    for (at, mapping) in it.subnet_mappings.iter().enumerate() {
        let remove = |kind: &mut ResourceKind| {
            if let Some(it) = kind.as_load_balancer_mut() {
                slot::remove(&mut it.subnet_mappings, at);
            }
        };
        form.card(ui, ("subnet_mappings", at), &t!("panel-field-subnet"), remove, |ui, form| {
            mapping_card(ui, form, at, mapping);
        });
    }
    form.problems(ui, &Field::new("subnet_mappings"));
    let used = |id: &ResourceId| it.subnet_mappings.iter().any(|mapping| mapping.subnet_id == *id);
    let free = form.all_here(Kind::Subnet).into_iter().map(|(id, _)| id).find(|id| !used(id));
    let Some(subnet_id) = free else { return };
    form.add(ui, "subnet_mappings", &t!("panel-balancer-add-subnet"), |kind| {
        if let Some(it) = kind.as_load_balancer_mut() {
            let (private_ipv4_address, public_ip, allocation_id) = (None, None, None);
            let mapping = SubnetMapping { subnet_id, private_ipv4_address, public_ip, allocation_id };
            it.subnet_mappings.push(mapping);
        }
    });
}

fn mapping_mut(kind: &mut ResourceKind, at: usize) -> Option<&mut SubnetMapping> {
    kind.as_load_balancer_mut().and_then(|it| it.subnet_mappings.get_mut(at))
}

fn mapping_card(ui: &mut Ui, form: &mut Form<'_>, at: usize, mapping: &SubnetMapping) {
    const LIST: &str = "subnet_mappings";
    let slot = Slot::item(LIST, at, "subnet_id", &t!("panel-field-subnet"));
    let options = form.all_here(Kind::Subnet);
    form.refer(ui, &slot, options, &mapping.subnet_id, |kind, subnet| {
        if let Some(mapping) = mapping_mut(kind, at) {
            mapping.subnet_id = subnet;
        }
    });
    let slot = Slot::item(LIST, at, "private_ipv4_address", &t!("panel-field-private-ip"));
    form.maybe_value(ui, &slot, mapping.private_ipv4_address, parse::address, |kind, address| {
        if let Some(mapping) = mapping_mut(kind, at) {
            mapping.private_ipv4_address = address;
        }
    });
    let slot = Slot::item(LIST, at, "public_ip", &t!("panel-field-known-public-ip"));
    form.maybe_value(ui, &slot, mapping.public_ip, parse::address, |kind, address| {
        if let Some(mapping) = mapping_mut(kind, at) {
            mapping.public_ip = address;
        }
    });
    let slot = Slot::item(LIST, at, "allocation_id", &t!("panel-field-elastic-ip"));
    let options = form.all(Kind::ElasticIp);
    form.maybe_refer(ui, &slot, options, mapping.allocation_id.as_ref(), |kind, address| {
        if let Some(mapping) = mapping_mut(kind, at) {
            mapping.allocation_id = address;
        }
    });
}

fn listeners(ui: &mut Ui, form: &mut Form<'_>, it: &LoadBalancer) {
    widgets::title(ui, t!("panel-balancer-listeners"));
    for (at, listener) in it.listeners.iter().enumerate() {
        let remove = |kind: &mut ResourceKind| {
            if let Some(it) = kind.as_load_balancer_mut() {
                slot::remove(&mut it.listeners, at);
            }
        };
        form.card(ui, ("listeners", at), &t!("panel-field-listener"), remove, |ui, form| {
            listener_card(ui, form, at, listener);
        });
    }
    form.problems(ui, &Field::new("listeners"));
    let target_group_ids = form.all_here(Kind::TargetGroup).into_iter().map(|(id, _)| id).take(1).collect();
    form.add(ui, "listeners", &t!("panel-balancer-add-listener"), |kind| {
        if let Some(it) = kind.as_load_balancer_mut() {
            let listener = Listener { protocol: Protocol::Tcp, tcp_udp: false, port: 80, target_group_ids };
            it.listeners.push(listener);
        }
    });
}

fn listener_mut(kind: &mut ResourceKind, at: usize) -> Option<&mut Listener> {
    kind.as_load_balancer_mut().and_then(|it| it.listeners.get_mut(at))
}

fn listener_card(ui: &mut Ui, form: &mut Form<'_>, at: usize, listener: &Listener) {
    const LIST: &str = "listeners";
    // UDP and TCP together are one choice of three, as in the console.
    let choices = [
        ((Protocol::Tcp, false), "TCP".to_owned()),
        ((Protocol::Udp, false), "UDP".to_owned()),
        ((Protocol::Tcp, true), "TCP_UDP".to_owned()),
    ];
    let slot = Slot::item(LIST, at, "protocol", &t!("panel-rule-protocol"));
    form.one_of(ui, &slot, &choices, &(listener.protocol, listener.tcp_udp), |kind, (protocol, both)| {
        if let Some(listener) = listener_mut(kind, at) {
            (listener.protocol, listener.tcp_udp) = (protocol, both);
        }
    });
    let slot = Slot::item(LIST, at, "port", &t!("panel-field-port"));
    form.value(ui, &slot, &listener.port, parse::port, |kind, port| {
        if let Some(listener) = listener_mut(kind, at) {
            listener.port = port;
        }
    });
    let slot = Slot::item(LIST, at, "target_group_ids", &t!("panel-field-target-groups"));
    let options = form.all_here(Kind::TargetGroup);
    form.refer_many(ui, &slot, &options, &listener.target_group_ids, |kind, groups| {
        if let Some(listener) = listener_mut(kind, at) {
            listener.target_group_ids = groups;
        }
    });
}
