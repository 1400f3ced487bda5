//! The form of a route table of a transit gateway.

use eframe::egui::Ui;

use super::{
    form::Form,
    parse,
    slot::{self, Slot},
};
use crate::{
    model::{Field, Kind, ResourceId, ResourceKind, TransitGatewayRoute, TransitGatewayRouteTable},
    t,
    ui::widgets,
};

/// Draws the form.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, it: &TransitGatewayRouteTable) {
    let slot = Slot::new("transit_gateway_id", t!("panel-field-transit-gateway"));
    let options = form.all(Kind::TransitGateway);
    form.refer(ui, &slot, options, &it.transit_gateway_id, |kind, gateway| {
        if let Some(it) = kind.as_transit_gateway_route_table_mut() {
            it.transit_gateway_id = gateway;
        }
    });
    defaults(ui, form, it);
    let attachments = attachments(form, &it.transit_gateway_id);
    let slot = Slot::new("associations", t!("panel-field-associations"));
    form.refer_many(ui, &slot, &attachments, &it.associations, |kind, chosen| {
        if let Some(it) = kind.as_transit_gateway_route_table_mut() {
            it.associations = chosen;
        }
    });
    let slot = Slot::new("propagations", t!("panel-field-propagations"));
    form.refer_many(ui, &slot, &attachments, &it.propagations, |kind, chosen| {
        if let Some(it) = kind.as_transit_gateway_route_table_mut() {
            it.propagations = chosen;
        }
    });
    routes(ui, form, it, &attachments);
}

fn defaults(ui: &mut Ui, form: &mut Form<'_>, it: &TransitGatewayRouteTable) {
    let slot = Slot::new("default_association_route_table", t!("panel-field-is-default-association"));
    form.switch(ui, &slot, it.default_association_route_table, |kind, on| {
        if let Some(it) = kind.as_transit_gateway_route_table_mut() {
            it.default_association_route_table = on;
        }
    });
    let slot = Slot::new("default_propagation_route_table", t!("panel-field-is-default-propagation"));
    form.switch(ui, &slot, it.default_propagation_route_table, |kind, on| {
        if let Some(it) = kind.as_transit_gateway_route_table_mut() {
            it.default_propagation_route_table = on;
        }
    });
}

/// Everything that is attached to a transit gateway.
fn attachments(form: &Form<'_>, gateway: &ResourceId) -> Vec<(ResourceId, String)> {
    let of_gateway = |kind: &ResourceKind| match kind {
        ResourceKind::TransitGatewayVpcAttachment(it) => it.transit_gateway_id == *gateway,
        ResourceKind::VpnConnection(it) => it.transit_gateway_id.as_ref() == Some(gateway),
        ResourceKind::TransitGatewayPeeringAttachment(it) => {
            it.transit_gateway_id == *gateway || it.peer_transit_gateway_id.as_ref() == Some(gateway)
        }
        _ => false,
    };
    let kinds =
        [Kind::TransitGatewayVpcAttachment, Kind::TransitGatewayPeeringAttachment, Kind::VpnConnection];
    let options = |kind| super::form::options(form.session, kind, |it| of_gateway(&it.kind));
    kinds.into_iter().flat_map(options).collect()
}

fn routes(
    ui: &mut Ui,
    form: &mut Form<'_>,
    it: &TransitGatewayRouteTable,
    attachments: &[(ResourceId, String)],
) {
    widgets::title(ui, t!("panel-routes-title"));
    for (at, route) in it.routes.iter().enumerate() {
        let remove = |kind: &mut ResourceKind| {
            if let Some(it) = kind.as_transit_gateway_route_table_mut() {
                slot::remove(&mut it.routes, at);
            }
        };
        form.card(ui, ("routes", at), &t!("panel-field-route"), remove, |ui, form| {
            card(ui, form, at, route, attachments);
        });
    }
    form.problems(ui, &Field::new("routes"));
    form.add(ui, "routes", &t!("panel-routes-add"), |kind| {
        if let Some(it) = kind.as_transit_gateway_route_table_mut() {
            it.routes.push(TransitGatewayRoute {
                destination_cidr_block: ipnet::Ipv4Net::default().into(),
                transit_gateway_attachment_id: None,
                blackhole: true,
            });
        }
    });
}

fn route_mut(kind: &mut ResourceKind, at: usize) -> Option<&mut TransitGatewayRoute> {
    kind.as_transit_gateway_route_table_mut().and_then(|it| it.routes.get_mut(at))
}

/// A route drops exactly where it leads nowhere.
fn card(
    ui: &mut Ui,
    form: &mut Form<'_>,
    at: usize,
    route: &TransitGatewayRoute,
    attachments: &[(ResourceId, String)],
) {
    let slot = Slot::item("routes", at, "destination_cidr_block", &t!("panel-rule-destination"));
    form.value(ui, &slot, &route.destination_cidr_block, parse::block, |kind, block| {
        if let Some(route) = route_mut(kind, at) {
            route.destination_cidr_block = block;
        }
    });
    let slot = Slot::item("routes", at, "transit_gateway_attachment_id", &t!("panel-field-attachment"))
        .hint(t!("panel-transit-blackhole"));
    let value = route.transit_gateway_attachment_id.as_ref();
    form.maybe_refer(ui, &slot, attachments.to_vec(), value, |kind, attachment| {
        if let Some(route) = route_mut(kind, at) {
            route.blackhole = attachment.is_none();
            route.transit_gateway_attachment_id = attachment;
        }
    });
}
