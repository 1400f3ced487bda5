//! The forms of a transit gateway and of the attachment of a VPC to it.

use eframe::egui::Ui;

use super::{form::Form, parse, slot::Slot};
use crate::{
    model::{Kind, TransitGateway, TransitGatewayVpcAttachment},
    t,
};

/// Draws the form of a transit gateway.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, it: &TransitGateway) {
    let slot = Slot::new("description", t!("panel-field-description"));
    form.plain(ui, &slot, &it.description, |kind, text| {
        if let Some(it) = kind.as_transit_gateway_mut() {
            it.description = text;
        }
    });
    let slot = Slot::new("amazon_side_asn", t!("panel-field-asn")).hint("64512".to_owned());
    form.maybe_value(ui, &slot, it.amazon_side_asn, parse::number, |kind, asn| {
        if let Some(it) = kind.as_transit_gateway_mut() {
            it.amazon_side_asn = asn;
        }
    });
    let slot = Slot::new("default_route_table_association", t!("panel-field-default-association"));
    form.switch(ui, &slot, it.default_route_table_association, |kind, on| {
        if let Some(it) = kind.as_transit_gateway_mut() {
            it.default_route_table_association = on;
        }
    });
    let slot = Slot::new("default_route_table_propagation", t!("panel-field-default-propagation"));
    form.switch(ui, &slot, it.default_route_table_propagation, |kind, on| {
        if let Some(it) = kind.as_transit_gateway_mut() {
            it.default_route_table_propagation = on;
        }
    });
    let slot = Slot::new("dns_support", t!("panel-field-dns-support"));
    form.switch(ui, &slot, it.dns_support, |kind, on| {
        if let Some(it) = kind.as_transit_gateway_mut() {
            it.dns_support = on;
        }
    });
    let slot = Slot::new("security_group_referencing_support", t!("panel-field-group-referencing"));
    form.switch(ui, &slot, it.security_group_referencing_support, |kind, on| {
        if let Some(it) = kind.as_transit_gateway_mut() {
            it.security_group_referencing_support = on;
        }
    });
    let slot = Slot::new("region", t!("panel-field-other-region")).hint(form.topology().region.clone());
    form.maybe(ui, &slot, it.region.as_deref(), |kind, text| {
        if let Some(it) = kind.as_transit_gateway_mut() {
            it.region = text;
        }
    });
    let slot = Slot::new("owner_id", t!("panel-field-owner"));
    form.maybe(ui, &slot, it.owner_id.as_deref(), |kind, text| {
        if let Some(it) = kind.as_transit_gateway_mut() {
            it.owner_id = text;
        }
    });
}

/// Draws the form of the attachment of a VPC.
pub fn attachment(ui: &mut Ui, form: &mut Form<'_>, it: &TransitGatewayVpcAttachment) {
    let slot = Slot::new("transit_gateway_id", t!("panel-field-transit-gateway"));
    let options = form.all(Kind::TransitGateway);
    form.refer(ui, &slot, options, &it.transit_gateway_id, |kind, gateway| {
        if let Some(it) = kind.as_transit_gateway_vpc_attachment_mut() {
            it.transit_gateway_id = gateway;
        }
    });
    let slot = Slot::new("vpc_id", t!("panel-field-vpc"));
    let options = form.all(Kind::Vpc);
    form.refer(ui, &slot, options, &it.vpc_id, |kind, vpc| {
        if let Some(it) = kind.as_transit_gateway_vpc_attachment_mut() {
            it.vpc_id = vpc;
        }
    });
    let slot = Slot::new("subnet_ids", t!("panel-field-subnets"));
    let options = form.all_here(Kind::Subnet);
    form.refer_many(ui, &slot, &options, &it.subnet_ids, |kind, subnets| {
        if let Some(it) = kind.as_transit_gateway_vpc_attachment_mut() {
            it.subnet_ids = subnets;
        }
    });
    form.note(ui, t!("panel-attachment-note"));
    support(ui, form, it);
}

fn support(ui: &mut Ui, form: &mut Form<'_>, it: &TransitGatewayVpcAttachment) {
    let slot = Slot::new("appliance_mode_support", t!("panel-field-appliance-mode"));
    form.switch(ui, &slot, it.appliance_mode_support, |kind, on| {
        if let Some(it) = kind.as_transit_gateway_vpc_attachment_mut() {
            it.appliance_mode_support = on;
        }
    });
    let slot = Slot::new("dns_support", t!("panel-field-dns-support"));
    form.switch(ui, &slot, it.dns_support, |kind, on| {
        if let Some(it) = kind.as_transit_gateway_vpc_attachment_mut() {
            it.dns_support = on;
        }
    });
    let slot = Slot::new("ipv6_support", t!("panel-field-ipv6-support"));
    form.switch(ui, &slot, it.ipv6_support, |kind, on| {
        if let Some(it) = kind.as_transit_gateway_vpc_attachment_mut() {
            it.ipv6_support = on;
        }
    });
    let slot = Slot::new("security_group_referencing_support", t!("panel-field-group-referencing"));
    form.switch(ui, &slot, it.security_group_referencing_support, |kind, on| {
        if let Some(it) = kind.as_transit_gateway_vpc_attachment_mut() {
            it.security_group_referencing_support = on;
        }
    });
}
