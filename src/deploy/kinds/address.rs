//! Elastic IP addresses: the association with an instance. That with a NAT gateway is the gateway's.

use super::Context;
use crate::{
    cloud::{AddressTarget, Call, LiveAddress, Tags},
    deploy::observed::Observed,
    model::ElasticIp,
};

pub fn newborn(id: String, tags: Tags, observed: &mut Observed) {
    let live = LiveAddress { allocation_id: id.clone(), tags, ..LiveAddress::default() };
    observed.addresses.insert(id, live);
}

pub fn association(address: &ElasticIp, id: &str, cx: Context<'_>, observed: &Observed) -> Vec<Call> {
    let Some(live) = observed.addresses.get(id) else {
        return Vec::new();
    };
    let wanted = address.instance_id.as_ref().map(|instance| cx.ids.of(instance));
    let of_instance = live.instance_id.as_deref().filter(|id| !id.is_empty());
    let mut calls = Vec::new();
    if of_instance.is_some() && of_instance != wanted.as_deref() {
        calls.extend(
            live.association_id.clone().map(|association_id| Call::DisassociateAddress { association_id }),
        );
    }
    if let Some(instance) = wanted.filter(|instance| of_instance != Some(instance)) {
        calls.push(Call::AssociateAddress {
            allocation_id: id.to_owned(),
            target: AddressTarget::Instance(instance),
            allow_reassociation: false,
        });
    }
    calls
}
