//! NAT gateways: nothing of theirs but tags and further addresses can be changed.

use std::collections::BTreeSet;

use super::{Aspect, Context, Frozen};
use crate::{
    cloud::{Call, Change, LiveNatGateway, LiveNatGatewayAddress, Tags},
    deploy::{look::Look, observed::Observed},
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
        private_ip_address: gateway.private_ip.map(|it| it.to_string()),
        tags,
        client_token,
    }
}

pub fn newborn(gateway: &NatGateway, id: String, cx: Context<'_>, observed: &mut Observed) {
    let address = LiveNatGatewayAddress {
        allocation_id: allocation(gateway, cx),
        private_ip: gateway.private_ip.map(|it| it.to_string()),
        is_primary: Some(true),
        ..LiveNatGatewayAddress::default()
    };
    let live = LiveNatGateway {
        nat_gateway_id: id.clone(),
        subnet_id: cx.ids.of(&gateway.subnet_id),
        connectivity_type: connectivity(gateway).to_owned(),
        nat_gateway_addresses: vec![address],
        ..LiveNatGateway::default()
    };
    observed.nat_gateways.insert(id, live);
}

pub fn frozen(gateway: &NatGateway, id: &str, cx: Context<'_>, observed: &Observed, out: &mut Vec<Frozen>) {
    let Some(live) = observed.nat_gateways.get(id) else { return };
    Frozen::check(out, "subnet_id", &live.subnet_id, &cx.ids.shown(&gateway.subnet_id));
    if !live.connectivity_type.is_empty() {
        Frozen::check(out, "connectivity_type", &live.connectivity_type, connectivity(gateway));
    }
    let primary = primary(live);
    if let Some(wanted) = allocation(gateway, cx) {
        let now = primary.and_then(|it| it.allocation_id.as_deref());
        Frozen::check(out, "allocation_id", now.unwrap_or_default(), &wanted);
    }
    if let Some(address) = gateway.private_ip {
        let now = primary.and_then(|it| it.private_ip.as_deref());
        Frozen::check(out, "private_ip", now.unwrap_or_default(), &address.to_string());
    }
}

/// The address that a gateway was made with; where the cloud does not say which one that is, the first.
fn primary(live: &LiveNatGateway) -> Option<&LiveNatGatewayAddress> {
    let addresses = &live.nat_gateway_addresses;
    addresses.iter().find(|it| it.is_primary == Some(true)).or_else(|| addresses.first())
}

fn is(status: &str, address: &LiveNatGatewayAddress) -> bool {
    address.status.as_deref() == Some(status)
}

/// The further addresses of a public one: those that it gives up, or those that it gets.
pub fn addresses(
    aspect: Aspect,
    gateway: &NatGateway,
    id: &str,
    cx: Context<'_>,
    observed: &Observed,
) -> Vec<Call> {
    let Some(live) = observed.nat_gateways.get(id) else { return Vec::new() };
    let wanted = cx.ids.of_all(&gateway.secondary_allocation_ids);
    let first = primary(live);
    let further = live.nat_gateway_addresses.iter().filter(|it| Some(*it) != first && !is("failed", it));
    let change = match aspect {
        Aspect::AddressRelease => {
            let stale = further.filter(|it| it.allocation_id.as_ref().is_some_and(|id| !wanted.contains(id)));
            let stale = stale.filter(|it| !is("disassociating", it));
            let association_ids: Vec<String> = stale.filter_map(|it| it.association_id.clone()).collect();
            (!association_ids.is_empty()).then_some(Change::DisassociateNatGatewayAddress { association_ids })
        }
        Aspect::NatAddresses => {
            let has: BTreeSet<&str> = further.filter_map(|it| it.allocation_id.as_deref()).collect();
            let allocation_ids: Vec<String> =
                wanted.iter().filter(|id| !has.contains(id.as_str())).cloned().collect();
            let is_some = !allocation_ids.is_empty();
            is_some.then_some(Change::AssociateNatGatewayAddress { allocation_ids, availability_zone: None })
        }
        _ => None,
    };
    change.map(|change| Call::ChangeObject { id: id.to_owned(), change }).into_iter().collect()
}

/// Connections end before an address leaves its gateway: that takes its time.
pub fn settling(
    aspect: Aspect,
    gateway: &NatGateway,
    id: &str,
    cx: Context<'_>,
    observed: &Observed,
) -> Look {
    let Some(live) = observed.nat_gateways.get(id) else { return Look::Reached };
    let wanted = cx.ids.of_all(&gateway.secondary_allocation_ids);
    let is_wanted =
        |it: &&LiveNatGatewayAddress| it.allocation_id.as_ref().is_some_and(|id| wanted.contains(id));
    let addresses = &live.nat_gateway_addresses;
    match aspect {
        Aspect::AddressRelease => {
            let going = addresses.iter().find(|it| is("disassociating", it));
            going.and_then(|it| it.status.clone()).map_or(Look::Reached, Look::NotYet)
        }
        Aspect::NatAddresses => {
            let moves = |it: &&LiveNatGatewayAddress| is("associating", it) || is("disassociating", it);
            let coming = addresses.iter().filter(is_wanted).find(moves);
            coming.and_then(|it| it.status.clone()).map_or(Look::Reached, Look::NotYet)
        }
        _ => Look::Reached,
    }
}
