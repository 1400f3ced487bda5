//! The inspector: a form for what is selected. One file per kind.

mod account;
mod checks;
mod common;
mod connect;
mod document;
pub mod draft;
mod elastic_ip;
pub mod form;
mod gateway_endpoint;
mod instance;
mod interface_endpoint;
mod internet_gateway;
mod key_pair;
mod load_balancer;
mod many;
mod nat_gateway;
mod network_acl;
mod network_interface;
mod other;
pub mod parse;
mod peering;
mod prefix_list;
mod route_table;
mod routes;
mod rule_card;
mod security_group;
mod slot;
mod subnet;
mod target_group;
mod transit_gateway;
mod transit_gateway_route_table;
mod vpc;
mod vpc_gateways;

#[cfg(test)]
mod beyond_tests;
#[cfg(test)]
mod tests;

use eframe::egui::Ui;

use self::{draft::Drafts, form::Form};
use super::state::Panels;
use crate::{
    model::{ResourceId, ResourceKind},
    session::{Intent, Session},
};

/// What the inspector remembers: texts that are being typed, and rows that are not added yet.
#[derive(Debug, Default)]
pub struct InspectorState {
    drafts: Drafts,
    focus_name: bool,
    new_route: routes::NewRoute,
    new_tag: common::NewTag,
    checks: checks::ChecksState,
    connect: connect::ConnectState,
}

impl InspectorState {
    /// The name field gets the keyboard at the next frame.
    pub fn focus_name(&mut self, panels: &mut Panels) {
        panels.right = true;
        self.focus_name = true;
    }
}

/// Draws the form of what is selected: the document's own where nothing is.
pub fn show(ui: &mut Ui, session: &Session, state: &mut InspectorState, intents: &mut Vec<Intent>) {
    match session.selection() {
        [] => document::show(ui, session, state, intents),
        [id] => {
            ui.push_id(id, |ui| one(ui, session, id, state, intents));
        }
        several => many::show(ui, session, several, intents),
    }
    state.focus_name = false;
    state.drafts.sweep(session, intents);
}

fn one(
    ui: &mut Ui,
    session: &Session,
    id: &ResourceId,
    state: &mut InspectorState,
    intents: &mut Vec<Intent>,
) {
    let Some(resource) = session.document().topology.get(id) else { return };
    if state.focus_name {
        state.drafts.focus(common::name_key(id));
    }
    let InspectorState { drafts, new_route, new_tag, connect, .. } = state;
    let mut form = Form { session, resource, drafts, intents };
    common::head(ui, &mut form);
    match &resource.kind {
        ResourceKind::Vpc(it) => vpc::show(ui, &mut form, it),
        ResourceKind::Subnet(it) => subnet::show(ui, &mut form, it),
        ResourceKind::RouteTable(it) => route_table::show(ui, &mut form, it, new_route),
        ResourceKind::InternetGateway(it) => internet_gateway::show(ui, &mut form, it),
        ResourceKind::NatGateway(it) => nat_gateway::show(ui, &mut form, it),
        ResourceKind::ElasticIp(it) => elastic_ip::show(ui, &mut form, it),
        ResourceKind::NetworkAcl(it) => network_acl::show(ui, &mut form, it),
        ResourceKind::SecurityGroup(it) => security_group::show(ui, &mut form, it),
        ResourceKind::Instance(it) => instance::show(ui, &mut form, it),
        ResourceKind::KeyPair(it) => key_pair::show(ui, &mut form, it),
        ResourceKind::GatewayEndpoint(it) => gateway_endpoint::show(ui, &mut form, it),
        ResourceKind::InterfaceEndpoint(it) => interface_endpoint::show(ui, &mut form, it),
        ResourceKind::Other(it) => other::show(ui, &mut form, it),
        newer => beyond(ui, &mut form, newer),
    }
    if matches!(resource.kind, ResourceKind::Instance(_) | ResourceKind::InstanceConnectEndpoint(_)) {
        connect::show(ui, &mut form, connect);
    }
    common::tags(ui, &mut form, new_tag);
}

/// The forms of what leads out of a VPC or watches over it.
fn beyond(ui: &mut Ui, form: &mut Form<'_>, kind: &ResourceKind) {
    match kind {
        ResourceKind::NetworkInterface(it) => network_interface::show(ui, form, it),
        ResourceKind::EgressOnlyInternetGateway(it) => vpc_gateways::egress_only(ui, form, it),
        ResourceKind::RegionalNatGateway(it) => vpc_gateways::regional_nat(ui, form, it),
        ResourceKind::VpcPeeringConnection(it) => peering::vpc(ui, form, it),
        ResourceKind::TransitGateway(it) => transit_gateway::show(ui, form, it),
        ResourceKind::TransitGatewayVpcAttachment(it) => transit_gateway::attachment(ui, form, it),
        ResourceKind::TransitGatewayPeeringAttachment(it) => peering::transit_gateways(ui, form, it),
        ResourceKind::TransitGatewayRouteTable(it) => transit_gateway_route_table::show(ui, form, it),
        ResourceKind::VpnGateway(it) => vpc_gateways::vpn(ui, form, it),
        ResourceKind::VpnConnection(it) => peering::vpn(ui, form, it),
        ResourceKind::ManagedPrefixList(it) => prefix_list::show(ui, form, it),
        ResourceKind::InstanceConnectEndpoint(it) => account::connect_endpoint(ui, form, it),
        ResourceKind::DhcpOptions(it) => account::dhcp(ui, form, it),
        ResourceKind::FlowLog(it) => account::flow_log(ui, form, it),
        ResourceKind::VpcBlockPublicAccess(it) => account::block_public_access(ui, form, it),
        ResourceKind::LoadBalancer(it) => load_balancer::show(ui, form, it),
        ResourceKind::TargetGroup(it) => target_group::show(ui, form, it),
        _ => {}
    }
}
