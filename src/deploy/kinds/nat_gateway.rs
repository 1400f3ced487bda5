//! NAT gateways: nothing of theirs but tags can be changed.

use super::{Context, Frozen};
use crate::{
    cloud::{Call, LiveNatGateway, LiveNatGatewayAddress, Tags},
    deploy::observed::Observed,
    model::{ConnectivityType, NatGateway},
};

fn connectivity(gateway: &NatGateway) -> &'static str {
    match gateway.connectivity_type {
        ConnectivityType::Public => "public",
        ConnectivityType::Private => "private",
    }
}

fn allocation(gateway: &NatGateway, cx: Context<'_>) -> Option<String> {
    let public = gateway.connectivity_type == ConnectivityType::Public;
    gateway.allocation_id.as_ref().filter(|_| public).map(|id| cx.ids.of(id))
}

pub fn create(gateway: &NatGateway, tags: Tags, client_token: Option<String>, cx: Context<'_>) -> Call {
    Call::CreateNatGateway {
        subnet_id: cx.ids.of(&gateway.subnet_id),
        connectivity_type: connectivity(gateway).to_owned(),
        allocation_id: allocation(gateway, cx),
        private_ip_address: None,
        tags,
        client_token,
    }
}

pub fn newborn(gateway: &NatGateway, id: String, tags: Tags, cx: Context<'_>, observed: &mut Observed) {
    let address =
        LiveNatGatewayAddress { allocation_id: allocation(gateway, cx), ..LiveNatGatewayAddress::default() };
    let live = LiveNatGateway {
        nat_gateway_id: id.clone(),
        subnet_id: cx.ids.of(&gateway.subnet_id),
        connectivity_type: connectivity(gateway).to_owned(),
        nat_gateway_addresses: vec![address],
        tags,
        ..LiveNatGateway::default()
    };
    observed.nat_gateways.insert(id, live);
}

pub fn frozen(gateway: &NatGateway, id: &str, cx: Context<'_>, observed: &Observed, out: &mut Vec<Frozen>) {
    let Some(live) = observed.nat_gateways.get(id) else { return };
    Frozen::check(out, "subnet_id", &live.subnet_id, &cx.ids.of(&gateway.subnet_id));
    if !live.connectivity_type.is_empty() {
        Frozen::check(out, "connectivity_type", &live.connectivity_type, connectivity(gateway));
    }
    if let Some(wanted) = allocation(gateway, cx) {
        let now = live.nat_gateway_addresses.iter().find_map(|it| it.allocation_id.as_deref());
        Frozen::check(out, "allocation_id", now.unwrap_or_default(), &wanted);
    }
}
