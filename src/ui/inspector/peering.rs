//! The forms of what joins two networks: VPC peering, transit gateway peering, VPN connections.

use eframe::egui::Ui;

use super::{form::Form, parse, slot::Slot};
use crate::{
    model::{Kind, TransitGatewayPeeringAttachment, VpcPeeringConnection, VpnConnection},
    t,
    ui::widgets,
};

/// Draws the form of a VPC peering connection.
pub fn vpc(ui: &mut Ui, form: &mut Form<'_>, it: &VpcPeeringConnection) {
    let slot = Slot::new("vpc_id", t!("panel-field-requester"));
    let options = form.all(Kind::Vpc);
    form.refer(ui, &slot, options, &it.vpc_id, |kind, vpc| {
        if let Some(it) = kind.as_vpc_peering_connection_mut() {
            it.vpc_id = vpc;
        }
    });
    let slot = Slot::new("peer_vpc_id", t!("panel-field-accepter")).hint(t!("panel-peer-not-drawn"));
    let options = form.all(Kind::Vpc);
    form.maybe_refer(ui, &slot, options, it.peer_vpc_id.as_ref(), |kind, vpc| {
        if let Some(it) = kind.as_vpc_peering_connection_mut() {
            it.peer_vpc_id = vpc;
        }
    });
    let slot = Slot::new("auto_accept", t!("panel-field-accepted"));
    form.switch(ui, &slot, it.auto_accept, |kind, on| {
        if let Some(it) = kind.as_vpc_peering_connection_mut() {
            it.auto_accept = on;
        }
    });
    names(ui, form, it);
    elsewhere(ui, form, it);
    form.note(ui, t!("panel-peering-note"));
}

fn names(ui: &mut Ui, form: &mut Form<'_>, it: &VpcPeeringConnection) {
    let slot = Slot::new("requester_allow_remote_vpc_dns_resolution", t!("panel-field-dns-requester"));
    form.switch(ui, &slot, it.requester_allow_remote_vpc_dns_resolution, |kind, on| {
        if let Some(it) = kind.as_vpc_peering_connection_mut() {
            it.requester_allow_remote_vpc_dns_resolution = on;
        }
    });
    let slot = Slot::new("accepter_allow_remote_vpc_dns_resolution", t!("panel-field-dns-accepter"));
    form.switch(ui, &slot, it.accepter_allow_remote_vpc_dns_resolution, |kind, on| {
        if let Some(it) = kind.as_vpc_peering_connection_mut() {
            it.accepter_allow_remote_vpc_dns_resolution = on;
        }
    });
}

/// What is known of a side that is not drawn.
fn elsewhere(ui: &mut Ui, form: &mut Form<'_>, it: &VpcPeeringConnection) {
    widgets::title(ui, t!("panel-peer-elsewhere"));
    let slot = Slot::new("peer_vpc", t!("panel-field-peer-vpc"));
    form.maybe(ui, &slot, it.peer_vpc.as_deref(), |kind, text| {
        if let Some(it) = kind.as_vpc_peering_connection_mut() {
            it.peer_vpc = text;
        }
    });
    let slot = Slot::new("peer_owner_id", t!("panel-field-peer-account"));
    form.maybe(ui, &slot, it.peer_owner_id.as_deref(), |kind, text| {
        if let Some(it) = kind.as_vpc_peering_connection_mut() {
            it.peer_owner_id = text;
        }
    });
    let slot = Slot::new("peer_region", t!("panel-field-peer-region"));
    form.maybe(ui, &slot, it.peer_region.as_deref(), |kind, text| {
        if let Some(it) = kind.as_vpc_peering_connection_mut() {
            it.peer_region = text;
        }
    });
    let slot = Slot::new("peer_cidr_blocks", t!("panel-field-peer-blocks"));
    form.values(ui, &slot, &it.peer_cidr_blocks, parse::block, |kind, blocks| {
        if let Some(it) = kind.as_vpc_peering_connection_mut() {
            it.peer_cidr_blocks = blocks;
        }
    });
}

/// Draws the form of a peering of two transit gateways.
pub fn transit_gateways(ui: &mut Ui, form: &mut Form<'_>, it: &TransitGatewayPeeringAttachment) {
    let slot = Slot::new("transit_gateway_id", t!("panel-field-transit-gateway"));
    let options = form.all(Kind::TransitGateway);
    form.refer(ui, &slot, options, &it.transit_gateway_id, |kind, gateway| {
        if let Some(it) = kind.as_transit_gateway_peering_attachment_mut() {
            it.transit_gateway_id = gateway;
        }
    });
    let slot = Slot::new("peer_transit_gateway_id", t!("panel-field-peer-transit-gateway"))
        .hint(t!("panel-peer-not-drawn"));
    let options = form.all(Kind::TransitGateway);
    form.maybe_refer(ui, &slot, options, it.peer_transit_gateway_id.as_ref(), |kind, gateway| {
        if let Some(it) = kind.as_transit_gateway_peering_attachment_mut() {
            it.peer_transit_gateway_id = gateway;
        }
    });
    let slot = Slot::new("auto_accept", t!("panel-field-accepted"));
    form.switch(ui, &slot, it.auto_accept, |kind, on| {
        if let Some(it) = kind.as_transit_gateway_peering_attachment_mut() {
            it.auto_accept = on;
        }
    });
    widgets::title(ui, t!("panel-peer-elsewhere"));
    let slot = Slot::new("peer_transit_gateway", t!("panel-field-peer-transit-gateway-aws"));
    form.maybe(ui, &slot, it.peer_transit_gateway.as_deref(), |kind, text| {
        if let Some(it) = kind.as_transit_gateway_peering_attachment_mut() {
            it.peer_transit_gateway = text;
        }
    });
    let slot = Slot::new("peer_region", t!("panel-field-peer-region"));
    form.maybe(ui, &slot, it.peer_region.as_deref(), |kind, text| {
        if let Some(it) = kind.as_transit_gateway_peering_attachment_mut() {
            it.peer_region = text;
        }
    });
    let slot = Slot::new("peer_account_id", t!("panel-field-peer-account"));
    form.maybe(ui, &slot, it.peer_account_id.as_deref(), |kind, text| {
        if let Some(it) = kind.as_transit_gateway_peering_attachment_mut() {
            it.peer_account_id = text;
        }
    });
}

/// Draws the form of a VPN connection. It ends at one gateway: choosing one lets the other go.
pub fn vpn(ui: &mut Ui, form: &mut Form<'_>, it: &VpnConnection) {
    let slot = Slot::new("vpn_gateway_id", t!("panel-field-vpn-gateway"));
    let options = form.all(Kind::VpnGateway);
    form.maybe_refer(ui, &slot, options, it.vpn_gateway_id.as_ref(), |kind, gateway| {
        if let Some(it) = kind.as_vpn_connection_mut() {
            if gateway.is_some() {
                it.transit_gateway_id = None;
            }
            it.vpn_gateway_id = gateway;
        }
    });
    let slot = Slot::new("transit_gateway_id", t!("panel-field-transit-gateway"));
    let options = form.all(Kind::TransitGateway);
    form.maybe_refer(ui, &slot, options, it.transit_gateway_id.as_ref(), |kind, gateway| {
        if let Some(it) = kind.as_vpn_connection_mut() {
            if gateway.is_some() {
                it.vpn_gateway_id = None;
            }
            it.transit_gateway_id = gateway;
        }
    });
    let slot =
        Slot::new("customer_gateway_ip", t!("panel-field-customer-gateway")).hint("203.0.113.10".to_owned());
    form.maybe_value(ui, &slot, it.customer_gateway_ip, parse::address, |kind, address| {
        if let Some(it) = kind.as_vpn_connection_mut() {
            it.customer_gateway_ip = address;
        }
    });
    let slot = Slot::new("bgp_asn", t!("panel-field-bgp-asn")).hint(t!("panel-bgp-asn-none"));
    form.maybe_value(ui, &slot, it.bgp_asn, parse::number, |kind, number| {
        if let Some(it) = kind.as_vpn_connection_mut() {
            it.bgp_asn = number;
        }
    });
    let slot = Slot::new("on_premises_cidr_blocks", t!("panel-field-on-premises"));
    form.values(ui, &slot, &it.on_premises_cidr_blocks, parse::block, |kind, blocks| {
        if let Some(it) = kind.as_vpn_connection_mut() {
            it.on_premises_cidr_blocks = blocks;
        }
    });
}
