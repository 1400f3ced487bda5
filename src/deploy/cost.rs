//! What a plan adds to the bill and takes off it, from a dated table: plainly an estimate. Traffic,
//! disks and taxes are not in it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Desired, Observed,
    kinds::is_part,
    lookup::Members,
    plan::{Action, ActionKind},
};
use crate::{
    model::{Index, Kind, RegionalNatGateway, Resource, ResourceKind},
    t,
};

/// The region whose prices stand in for those of a region that the table does not have.
const FALLBACK: &str = "us-east-1";
/// Hours of a month, as AWS's own calculator counts.
const MONTH: f64 = 730.0;

#[derive(Debug, Deserialize)]
struct Table {
    as_of: String,
    regions: BTreeMap<String, Prices>,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Prices {
    nat_gateway: f64,
    public_ipv4: f64,
    interface_endpoint: f64,
    vpn_connection: f64,
    instances: BTreeMap<String, f64>,
}

fn table() -> Option<&'static Table> {
    static TABLE: OnceLock<Option<Table>> = OnceLock::new();
    TABLE.get_or_init(|| serde_json::from_str(include_str!("../../assets/prices.json")).ok()).as_ref()
}

/// An estimate in US dollars per hour.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cost {
    /// What is added.
    pub adds: f64,
    /// What is no longer paid for.
    pub removes: f64,
    /// The region of the prices; another one than that of the plan where the table does not have that.
    pub prices_of: String,
    /// The month of the prices: `2026-11`.
    pub as_of: String,
    /// Instance types that the table does not have; they count as nothing.
    pub unknown: Vec<String>,
}

impl Cost {
    /// The estimate for the actions of a plan.
    pub fn of(actions: &[Action], desired: &Desired, observed: &Observed) -> Self {
        let Some(table) = table() else { return Self::default() };
        let known = table.regions.get_key_value(&desired.topology.region);
        let Some((region, prices)) = known.or_else(|| table.regions.get_key_value(FALLBACK)) else {
            return Self::default();
        };
        let mut cost = Self { prices_of: region.clone(), as_of: table.as_of.clone(), ..Self::default() };
        let with_elastic: Members<&str> =
            observed.addresses.values().filter_map(|it| it.instance_id.as_deref()).collect();
        for action in actions {
            if matches!(action.kind, ActionKind::Create | ActionKind::Replace)
                && let Some(resource) = desired.index.get(&action.resource)
            {
                cost.adds += cost.drawn(prices, resource, &desired.index);
            }
            if matches!(action.kind, ActionKind::Delete | ActionKind::Replace)
                && let Some(live) = &action.live
            {
                cost.removes += cost.live(prices, (action.of, live), &with_elastic, observed);
            }
        }
        cost.unknown.sort();
        cost.unknown.dedup();
        cost
    }

    fn drawn(&mut self, prices: &Prices, resource: &Resource, index: &Index) -> f64 {
        match &resource.kind {
            ResourceKind::NatGateway(_) => prices.nat_gateway,
            ResourceKind::RegionalNatGateway(it) => regional(prices, it, index),
            ResourceKind::ElasticIp(_) => prices.public_ipv4,
            ResourceKind::VpnConnection(_) => prices.vpn_connection,
            ResourceKind::InterfaceEndpoint(it) => prices.interface_endpoint * it.subnet_ids.len() as f64,
            ResourceKind::Instance(it) => {
                let has_elastic = index.users(&resource.id, "instance_id").next().is_some();
                let address =
                    if !has_elastic && index.is_launched_public(it) { prices.public_ipv4 } else { 0.0 };
                self.instance(prices, &it.instance_type) + address
            }
            _ => 0.0,
        }
    }

    fn live(
        &mut self,
        prices: &Prices,
        (kind, live): (Kind, &str),
        with_elastic: &Members<&str>,
        observed: &Observed,
    ) -> f64 {
        match kind {
            Kind::NatGateway => prices.nat_gateway,
            Kind::RegionalNatGateway => {
                let addresses = observed.nat_gateways.get(live).map(|it| it.nat_gateway_addresses.as_slice());
                let addresses = addresses.unwrap_or_default();
                let zones: BTreeSet<_> = addresses.iter().map(|it| &it.availability_zone).collect();
                // Those that AWS brought along are paid for too, and go with it.
                let of_aws = addresses.iter().filter(|it| {
                    it.allocation_id.as_ref().is_none_or(|id| !observed.addresses.contains_key(id))
                });
                prices.nat_gateway * zones.len() as f64 + prices.public_ipv4 * of_aws.count() as f64
            }
            Kind::ElasticIp => prices.public_ipv4,
            Kind::VpnConnection if !is_part(live) => prices.vpn_connection,
            Kind::InterfaceEndpoint => {
                let subnets = observed.vpc_endpoints.get(live).map_or(0, |it| it.subnet_ids.len());
                prices.interface_endpoint * subnets as f64
            }
            Kind::Instance => {
                let Some(instance) = observed.instances.get(live) else { return 0.0 };
                let of_its_own = instance.public_ip_address.is_some() && !with_elastic.contains(live);
                let address = if of_its_own { prices.public_ipv4 } else { 0.0 };
                self.instance(prices, &instance.instance_type) + address
            }
            _ => 0.0,
        }
    }

    fn instance(&mut self, prices: &Prices, kind: &str) -> f64 {
        let price = prices.instances.get(kind).copied();
        if price.is_none() {
            self.unknown.push(kind.to_owned());
        }
        price.unwrap_or_default()
    }

    /// One sentence; empty where nothing that costs is added or removed.
    pub fn words(&self) -> String {
        let nothing = self.adds == 0.0 && self.removes == 0.0;
        if nothing && self.unknown.is_empty() {
            return String::new();
        }
        let change = self.adds - self.removes;
        let mut text = t!(
            "deploy-cost",
            hour = format!("{change:+.4}"),
            month = format!("{:+.2}", change * MONTH),
            region = self.prices_of.clone(),
            date = self.as_of.clone()
        );
        if !self.unknown.is_empty() {
            text.push(' ');
            text.push_str(&t!("deploy-cost-unknown", types = self.unknown.join(", ")));
        }
        text
    }

    /// The estimate for scripts.
    pub fn to_json(&self) -> Value {
        let round = |value: f64| (value * 10_000.0).round() / 10_000.0;
        json!({
            "currency": "USD",
            "adds_per_hour": round(self.adds),
            "removes_per_hour": round(self.removes),
            "adds_per_month": round(self.adds * MONTH),
            "removes_per_month": round(self.removes * MONTH),
            "prices_of": self.prices_of,
            "as_of": self.as_of,
            "unknown_instance_types": self.unknown,
        })
    }
}

/// A regional NAT gateway is paid for in each zone that it serves; where AWS chooses them, these are the
/// zones of the VPC's subnets, with an address each.
fn regional(prices: &Prices, gateway: &RegionalNatGateway, index: &Index) -> f64 {
    let chosen = gateway.availability_zone_addresses.len();
    if chosen > 0 {
        return prices.nat_gateway * chosen as f64;
    }
    let subnets = index.resources_of(Kind::Subnet).filter_map(|it| it.kind.as_subnet());
    let of_vpc = subnets.filter(|it| it.vpc_id == gateway.vpc_id);
    let zones: BTreeSet<&str> = of_vpc.map(|it| it.availability_zone.as_str()).collect();
    (prices.nat_gateway + prices.public_ipv4) * zones.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_read_and_has_every_price_of_its_regions() {
        let table = table().unwrap();
        assert!(table.regions.contains_key(FALLBACK));
        for (region, prices) in &table.regions {
            assert!(prices.nat_gateway > 0.0 && prices.public_ipv4 > 0.0, "{region}");
            assert!(prices.vpn_connection > 0.0, "{region}");
            assert!(prices.interface_endpoint > 0.0 && prices.instances.contains_key("t3.micro"), "{region}");
        }
    }
}
