//! The forms of the gateways of a VPC that have little to set: egress-only, regional NAT, virtual
//! private.

use eframe::egui::Ui;

use super::{
    form::Form,
    parse,
    slot::{self, Slot},
};
use crate::{
    edit::Command,
    model::{
        AvailabilityZoneAddress, Container, EgressOnlyInternetGateway, Field, Kind, RegionalNatGateway,
        VpnGateway,
    },
    t,
    ui::widgets,
};

/// The list of a regional NAT gateway.
const LIST: &str = "availability_zone_addresses";

/// Draws the form of an egress-only internet gateway.
pub fn egress_only(ui: &mut Ui, form: &mut Form<'_>, it: &EgressOnlyInternetGateway) {
    let slot = Slot::new("vpc_id", t!("panel-field-vpc"));
    let options = form.all(Kind::Vpc);
    form.refer(ui, &slot, options, &it.vpc_id, |kind, vpc| {
        if let Some(it) = kind.as_egress_only_internet_gateway_mut() {
            it.vpc_id = vpc;
        }
    });
    form.note(ui, t!("panel-egress-only-note"));
}

/// Draws the form of a regional NAT gateway.
pub fn regional_nat(ui: &mut Ui, form: &mut Form<'_>, it: &RegionalNatGateway) {
    let slot = Slot::new("vpc_id", t!("panel-field-vpc"));
    let options = form.all(Kind::Vpc);
    form.refer(ui, &slot, options, &it.vpc_id, |kind, vpc| {
        if let Some(it) = kind.as_regional_nat_gateway_mut() {
            it.vpc_id = vpc;
        }
    });
    widgets::title(ui, t!("panel-regional-nat-zones"));
    if it.availability_zone_addresses.is_empty() {
        form.note(ui, t!("panel-regional-nat-managed"));
    }
    for (at, zone) in it.availability_zone_addresses.iter().enumerate() {
        let remove = |kind: &mut crate::model::ResourceKind| {
            if let Some(it) = kind.as_regional_nat_gateway_mut() {
                slot::remove(&mut it.availability_zone_addresses, at);
            }
        };
        form.card(ui, (LIST, at), &t!("panel-field-zone"), remove, |ui, form| zone_card(ui, form, at, zone));
    }
    let region = form.topology().region.clone();
    let address = form.all(Kind::ElasticIp).into_iter().map(|(id, _)| id).next();
    let Some(address) = address else {
        form.note(ui, t!("panel-regional-nat-no-address"));
        return;
    };
    form.add(ui, LIST, &t!("panel-regional-nat-add"), |kind| {
        if let Some(it) = kind.as_regional_nat_gateway_mut() {
            it.availability_zone_addresses.push(AvailabilityZoneAddress {
                availability_zone: format!("{region}a"),
                allocation_ids: vec![address],
            });
        }
    });
}

fn zone_card(ui: &mut Ui, form: &mut Form<'_>, at: usize, zone: &AvailabilityZoneAddress) {
    let slot = Slot::item(LIST, at, "availability_zone", &t!("panel-field-zone"));
    form.value(ui, &slot, &zone.availability_zone, parse::filled, |kind, text| {
        let zones = kind.as_regional_nat_gateway_mut().map(|it| &mut it.availability_zone_addresses);
        if let Some(zone) = zones.and_then(|zones| zones.get_mut(at)) {
            zone.availability_zone = text;
        }
    });
    let slot = Slot::item(LIST, at, "allocation_ids", &t!("panel-field-elastic-ips"));
    let options = form.all(Kind::ElasticIp);
    form.refer_many(ui, &slot, &options, &zone.allocation_ids, |kind, chosen| {
        let zones = kind.as_regional_nat_gateway_mut().map(|it| &mut it.availability_zone_addresses);
        if let Some(zone) = zones.and_then(|zones| zones.get_mut(at)) {
            zone.allocation_ids = chosen;
        }
    });
}

/// Draws the form of a virtual private gateway. Attaching and detaching move it on the drawing.
pub fn vpn(ui: &mut Ui, form: &mut Form<'_>, it: &VpnGateway) {
    let options = super::form::optional(t!("panel-gateway-detached"), form.all(Kind::Vpc));
    let field = Field::new("vpc_id");
    let picked = form.pick(ui, &field, &t!("panel-field-attached-vpc"), &options, it.vpc_id.as_ref());
    if let Some(vpc) = picked {
        let into = vpc.map_or(Container::Region, Container::Vpc);
        let id = form.id().clone();
        form.ask(Command::MoveInto { id, into, at: None });
    }
    let slot = Slot::new("amazon_side_asn", t!("panel-field-asn")).hint("64512".to_owned());
    form.maybe_value(ui, &slot, it.amazon_side_asn, parse::number, |kind, asn| {
        if let Some(it) = kind.as_vpn_gateway_mut() {
            it.amazon_side_asn = asn;
        }
    });
    let slot = Slot::new("on_premises_cidr_blocks", t!("panel-field-on-premises"));
    form.values(ui, &slot, &it.on_premises_cidr_blocks, parse::block, |kind, blocks| {
        if let Some(it) = kind.as_vpn_gateway_mut() {
            it.on_premises_cidr_blocks = blocks;
        }
    });
    form.note(ui, t!("panel-vpn-gateway-note"));
}
