//! Elastic IP addresses: the association with an instance or an interface. That with a NAT gateway is
//! the gateway's.

use super::{Context, instance};
use crate::{
    cloud::{AddressTarget, Call, DescribeKind, LiveAddress},
    deploy::observed::{Observed, describe_one},
    model::{ElasticIp, Kind, ResourceId, ResourceKind},
};

pub fn newborn(id: String, observed: &mut Observed) {
    let live = LiveAddress { allocation_id: id.clone(), ..LiveAddress::default() };
    observed.addresses.insert(id, live);
}

/// The NAT gateways of the drawing that use an address.
fn gateways<'a>(resource: &'a ResourceId, cx: Context<'a>) -> impl Iterator<Item = &'a ResourceId> {
    let users = cx.desired.index.referrers(resource).iter().map(|(id, _)| id);
    let is_gateway = |kind: Kind| matches!(kind, Kind::NatGateway | Kind::RegionalNatGateway);
    users.filter(move |id| cx.desired.index.kind(id).is_some_and(|it| is_gateway(it.kind())))
}

/// The address itself; the gateway that may hold it; and the instance, whose interface is asked for where
/// it has several.
pub fn reads(resource: &ResourceId, address: &ElasticIp, id: &str, cx: Context<'_>) -> Vec<Call> {
    let holders = gateways(resource, cx).filter_map(|id| cx.ids.get(id));
    let holders = holders.map(|id| describe_one(DescribeKind::NatGateways, id));
    let instance = address.instance_id.as_ref().and_then(|id| cx.ids.get(id));
    let instance = instance.map(|id| describe_one(DescribeKind::Instances, id));
    std::iter::once(describe_one(DescribeKind::Addresses, id)).chain(holders).chain(instance).collect()
}

/// What the address shall be associated with.
fn wanted(address: &ElasticIp, cx: Context<'_>, observed: &Observed) -> Option<AddressTarget> {
    let interface = address.network_interface_id.as_ref().map(|id| cx.ids.of(id));
    match (interface, address.private_ip_address, &address.instance_id) {
        (Some(network_interface_id), Some(private), _) => Some(AddressTarget::PrivateAddress {
            network_interface_id,
            private_ip_address: private.to_string(),
        }),
        (Some(id), None, _) => Some(AddressTarget::NetworkInterface(id)),
        (None, _, Some(resource)) => {
            let id = cx.ids.of(resource);
            let primary = instance::primary_of_several(resource, cx, observed);
            Some(primary.map_or(AddressTarget::Instance(id), |it| AddressTarget::NetworkInterface(it.into())))
        }
        (None, _, None) => None,
    }
}

/// Whether it is associated as wanted. An association with an interface is one with its primary address.
fn is_there(address: &ElasticIp, live: &LiveAddress, target: &AddressTarget, cx: Context<'_>) -> bool {
    let private = live.private_ip_address.as_deref();
    let on = |id: &String| live.network_interface_id.as_ref() == Some(id);
    let mut interfaces = cx.desired.topology.of_kind(Kind::NetworkInterface);
    let is_further = address.network_interface_id.as_ref().is_some_and(|id| {
        let fields = cx.desired.index.kind(id).and_then(ResourceKind::as_network_interface);
        fields.is_some_and(|it| {
            it.secondary_private_ips.iter().any(|it| Some(it.to_string().as_str()) == private)
        })
    });
    match target {
        AddressTarget::Instance(id) => {
            let elsewhere = interfaces.any(|it| {
                cx.ids.get(&it.id).is_some_and(|id| live.network_interface_id.as_deref() == Some(id))
            });
            live.instance_id.as_ref() == Some(id) && !elsewhere
        }
        AddressTarget::NetworkInterface(id) => on(id) && !is_further,
        AddressTarget::PrivateAddress { network_interface_id, private_ip_address } => {
            on(network_interface_id) && private == Some(private_ip_address)
        }
    }
}

/// Whether a NAT gateway has the address: then the association goes with the gateway alone.
fn is_held(resource: &ResourceId, id: &str, cx: Context<'_>, observed: &Observed) -> bool {
    let unborn: Vec<String> =
        gateways(resource, cx).filter(|it| cx.ids.get(it).is_none()).map(|it| cx.ids.of(it)).collect();
    let holds = observed.nat_gateways.values().any(|gateway| {
        let mut addresses = gateway.nat_gateway_addresses.iter();
        addresses.any(|it| it.allocation_id.as_deref() == Some(id))
            && !matches!(gateway.state.as_str(), "deleted" | "failed")
            && !unborn.contains(&gateway.nat_gateway_id)
    });
    // One that was made a moment ago may not show yet.
    let mut born = gateways(resource, cx).filter_map(|it| cx.ids.get(it));
    holds || born.any(|it| !observed.nat_gateways.contains_key(it))
}

pub fn association(
    resource: &ResourceId,
    address: &ElasticIp,
    id: &str,
    cx: Context<'_>,
    observed: &Observed,
) -> Vec<Call> {
    let Some(live) = observed.addresses.get(id) else {
        return Vec::new();
    };
    let wanted = wanted(address, cx, observed);
    if wanted.as_ref().is_some_and(|target| is_there(address, live, target, cx)) {
        return Vec::new();
    }
    let mut calls = Vec::new();
    if !is_held(resource, id, cx, observed) {
        let association = live.association_id.clone().filter(|it| !it.is_empty());
        calls.extend(association.map(|association_id| Call::DisassociateAddress { association_id }));
    }
    calls.extend(wanted.map(|target| Call::AssociateAddress {
        allocation_id: id.to_owned(),
        target,
        allow_reassociation: false,
    }));
    calls
}
