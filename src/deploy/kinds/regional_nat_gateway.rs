//! Regional NAT gateways: the addresses of each zone come and go; where AWS chooses zones and addresses,
//! there is nothing to change.

use super::{Aspect, Context, Frozen};
use crate::{
    cloud::{Call, Change, LiveNatGateway, LiveNatGatewayAddress, Tags, ZoneAddresses},
    deploy::{look::Look, observed::Observed},
    model::RegionalNatGateway,
};

fn zones(gateway: &RegionalNatGateway, cx: Context<'_>) -> Vec<ZoneAddresses> {
    let zones = gateway.availability_zone_addresses.iter();
    let zones = zones.map(|it| ZoneAddresses {
        availability_zone: it.availability_zone.clone(),
        allocation_ids: cx.ids.of_all(&it.allocation_ids),
    });
    zones.collect()
}

pub fn create(
    gateway: &RegionalNatGateway,
    tags: Tags,
    client_token: Option<String>,
    cx: Context<'_>,
) -> Call {
    Call::CreateRegionalNatGateway {
        vpc_id: cx.vpc(&gateway.vpc_id),
        availability_zone_addresses: zones(gateway, cx),
        tags,
        client_token,
    }
}

/// Who chooses the zones, in EC2's word for AWS's doing it.
fn provision(is_automatic: bool) -> &'static str {
    if is_automatic { "enabled" } else { "disabled" }
}

pub fn newborn(gateway: &RegionalNatGateway, id: String, cx: Context<'_>, observed: &mut Observed) {
    let address = |zone: &ZoneAddresses, allocation: &String| LiveNatGatewayAddress {
        allocation_id: Some(allocation.clone()),
        availability_zone: Some(zone.availability_zone.clone()),
        ..LiveNatGatewayAddress::default()
    };
    let zones = zones(gateway, cx);
    let addresses = zones.iter().flat_map(|zone| zone.allocation_ids.iter().map(move |id| address(zone, id)));
    let live = LiveNatGateway {
        nat_gateway_id: id.clone(),
        vpc_id: cx.vpc(&gateway.vpc_id),
        connectivity_type: "public".to_owned(),
        availability_mode: Some("regional".to_owned()),
        auto_provision_zones: Some(provision(zones.is_empty()).to_owned()),
        nat_gateway_addresses: addresses.collect(),
        ..LiveNatGateway::default()
    };
    observed.nat_gateways.insert(id, live);
}

/// Whether AWS chooses zones and addresses.
fn is_automatic(live: &LiveNatGateway) -> bool {
    live.auto_provision_zones.as_deref() == Some("enabled")
}

pub fn frozen(
    gateway: &RegionalNatGateway,
    id: &str,
    cx: Context<'_>,
    observed: &Observed,
    out: &mut Vec<Frozen>,
) {
    let Some(live) = observed.nat_gateways.get(id) else { return };
    Frozen::check(out, "vpc_id", &live.vpc_id, &cx.ids.shown(&gateway.vpc_id));
    let chosen = |is_automatic: bool| if is_automatic { "by AWS" } else { "by hand" };
    let wanted = chosen(gateway.availability_zone_addresses.is_empty());
    if live.auto_provision_zones.is_some() {
        Frozen::check(out, "availability_zone_addresses", chosen(is_automatic(live)), wanted);
    }
}

fn is(status: &str, address: &LiveNatGatewayAddress) -> bool {
    address.status.as_deref() == Some(status)
}

/// The addresses that zones give up, or those that they get.
pub fn addresses(
    aspect: Aspect,
    gateway: &RegionalNatGateway,
    id: &str,
    cx: Context<'_>,
    observed: &Observed,
) -> Vec<Call> {
    let live = observed.nat_gateways.get(id).filter(|live| !is_automatic(live));
    let Some(live) = live.filter(|_| !gateway.availability_zone_addresses.is_empty()) else {
        return Vec::new();
    };
    let wanted = zones(gateway, cx);
    let standing: Vec<&LiveNatGatewayAddress> =
        live.nat_gateway_addresses.iter().filter(|it| !is("failed", it)).collect();
    let in_zone = |address: &LiveNatGatewayAddress, zone: &ZoneAddresses, allocation: &String| {
        address.availability_zone.as_ref() == Some(&zone.availability_zone)
            && address.allocation_id.as_ref() == Some(allocation)
    };
    let changes: Vec<Change> = match aspect {
        Aspect::AddressRelease => {
            let is_wanted = |it: &LiveNatGatewayAddress| {
                wanted.iter().any(|zone| zone.allocation_ids.iter().any(|id| in_zone(it, zone, id)))
            };
            let stale = standing.iter().filter(|it| !is_wanted(it) && !is("disassociating", it));
            let association_ids: Vec<String> = stale.filter_map(|it| it.association_id.clone()).collect();
            let is_some = !association_ids.is_empty();
            let change = is_some.then_some(Change::DisassociateNatGatewayAddress { association_ids });
            change.into_iter().collect()
        }
        Aspect::NatAddresses => {
            let missing = |zone: &ZoneAddresses| {
                let has = |id: &&String| !standing.iter().any(|it| in_zone(it, zone, id));
                let allocation_ids: Vec<String> = zone.allocation_ids.iter().filter(has).cloned().collect();
                let availability_zone = Some(zone.availability_zone.clone());
                (!allocation_ids.is_empty())
                    .then_some(Change::AssociateNatGatewayAddress { allocation_ids, availability_zone })
            };
            wanted.iter().filter_map(missing).collect()
        }
        _ => Vec::new(),
    };
    changes.into_iter().map(|change| Call::ChangeObject { id: id.to_owned(), change }).collect()
}

/// Connections end before an address leaves its gateway: that takes its time.
pub fn settling(aspect: Aspect, id: &str, observed: &Observed) -> Look {
    let Some(live) = observed.nat_gateways.get(id) else { return Look::Reached };
    let moves = |it: &&LiveNatGatewayAddress| match aspect {
        Aspect::AddressRelease => is("disassociating", it),
        Aspect::NatAddresses => is("associating", it),
        _ => false,
    };
    let moving = live.nat_gateway_addresses.iter().find(moves);
    moving.and_then(|it| it.status.clone()).map_or(Look::Reached, Look::NotYet)
}
