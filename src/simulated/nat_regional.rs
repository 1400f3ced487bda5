//! Regional NAT gateways: in no subnet, with addresses per zone and a route table of their own.

use std::collections::BTreeSet;

use super::{
    catalogue,
    clock::Change,
    ids::{self, refuse},
    state::{Answer, SimulatedCloud},
};
use crate::cloud::{
    CloudError, LiveNatGateway, LiveNatGatewayAddress, LiveRoute, Reply, Tags, ZoneAddresses,
};

/// How many addresses there may be in a zone ("Amazon VPC quotas").
const MOST_IN_ZONE: usize = 32;

impl SimulatedCloud {
    pub(super) fn create_regional_nat_gateway(
        &mut self,
        vpc_id: &str,
        zones: &[ZoneAddresses],
        tags: &Tags,
    ) -> Answer {
        ids::VPC.find(&self.vpcs, vpc_id)?;
        self.check_zones_of_nat(zones)?;
        let id = self.new_id(ids::NAT.prefix);
        let nat = LiveNatGateway {
            nat_gateway_id: id.clone(),
            vpc_id: vpc_id.to_owned(),
            state: "pending".to_owned(),
            connectivity_type: "public".to_owned(),
            availability_mode: Some("regional".to_owned()),
            auto_provision_zones: Some(if zones.is_empty() { "enabled" } else { "disabled" }.to_owned()),
            route_table_id: Some(self.make_nat_table(vpc_id)),
            tags: tags.clone(),
            ..LiveNatGateway::default()
        };
        self.nat_gateways.insert(id.clone(), nat);
        for zone in zones {
            self.add_regional_addresses(&id, &zone.allocation_ids, &zone.availability_zone, "succeeded")?;
        }
        if zones.is_empty() {
            self.bring_addresses(&id, vpc_id);
        }
        self.plan(&id, Change::NatSettled);
        Ok(Reply::created(id))
    }

    fn check_zones_of_nat(&self, zones: &[ZoneAddresses]) -> Result<(), CloudError> {
        let names = catalogue::zone_names(&self.region);
        let mut seen = BTreeSet::new();
        for zone in zones {
            let name = &zone.availability_zone;
            if !names.contains(name) || !seen.insert(name) {
                return refuse(
                    "InvalidParameterValue",
                    format!("The zone {name} is unknown or named twice."),
                );
            }
            if zone.allocation_ids.is_empty() || zone.allocation_ids.len() > MOST_IN_ZONE {
                return refuse(
                    "InvalidParameterValue",
                    format!("A regional NAT gateway has 1 to {MOST_IN_ZONE} addresses in {name}."),
                );
            }
            for id in &zone.allocation_ids {
                if ids::EIP.find(&self.addresses, id)?.association_id.is_some() {
                    return refuse(
                        "Resource.AlreadyAssociated",
                        format!("Elastic IP address [{id}] is already associated"),
                    );
                }
            }
        }
        Ok(())
    }

    /// Its own table leads to the internet gateway, where there is one.
    fn make_nat_table(&mut self, vpc_id: &str) -> String {
        let gateway = self.gateway_of(vpc_id).map(|it| it.internet_gateway_id.clone());
        let table_id = self.make_route_table(vpc_id, &Tags::new());
        if let (Some(gateway), Some(table)) = (gateway, self.route_tables.get_mut(&table_id)) {
            table.routes.push(LiveRoute {
                destination_cidr_block: Some("0.0.0.0/0".to_owned()),
                gateway_id: Some(gateway),
                origin: "CreateRoute".to_owned(),
                state: "active".to_owned(),
                ..LiveRoute::default()
            });
        }
        table_id
    }

    /// AWS brings an address for each zone with a subnet; it is none of the account's.
    fn bring_addresses(&mut self, id: &str, vpc_id: &str) {
        let subnets = self.subnets.values().filter(|it| it.vpc_id == vpc_id);
        let zones: BTreeSet<String> = subnets.map(|it| it.availability_zone.clone()).collect();
        for zone in zones {
            let address = LiveNatGatewayAddress {
                public_ip: Some(self.new_public_ip()),
                status: Some("succeeded".to_owned()),
                availability_zone: Some(zone),
                ..LiveNatGatewayAddress::default()
            };
            if let Some(nat) = self.nat_gateways.get_mut(id) {
                nat.nat_gateway_addresses.push(address);
            }
        }
    }

    /// The zone in which addresses are added to a gateway: a regional one needs one, others have none.
    pub(super) fn zone_for(&self, id: &str, zone: Option<&str>) -> Result<Option<String>, CloudError> {
        let nat = ids::NAT.find(&self.nat_gateways, id)?;
        match (nat.is_regional(), zone) {
            (true, Some(zone)) if catalogue::zone_names(&self.region).iter().any(|it| it == zone) => {
                Ok(Some(zone.to_owned()))
            }
            (true, _) => refuse("InvalidParameterValue", "A regional NAT gateway takes addresses per zone."),
            (false, Some(_)) => {
                refuse("InvalidParameterCombination", "A zonal NAT gateway takes no Availability Zone.")
            }
            (false, None) => Ok(None),
        }
    }

    pub(super) fn add_regional_addresses(
        &mut self,
        id: &str,
        allocation_ids: &[String],
        zone: &str,
        status: &str,
    ) -> Result<(), CloudError> {
        for allocation_id in allocation_ids {
            let association_id = self.new_id(ids::EIP_ASSOCIATION.prefix);
            let address = ids::EIP.find_mut(&mut self.addresses, allocation_id)?;
            address.association_id = Some(association_id.clone());
            let added = LiveNatGatewayAddress {
                allocation_id: Some(allocation_id.clone()),
                association_id: Some(association_id),
                public_ip: Some(address.public_ip.clone()),
                status: Some(status.to_owned()),
                availability_zone: Some(zone.to_owned()),
                ..LiveNatGatewayAddress::default()
            };
            ids::NAT.find_mut(&mut self.nat_gateways, id)?.nat_gateway_addresses.push(added);
        }
        Ok(())
    }

    /// What a regional gateway held is free again, and its table goes with it.
    pub(super) fn release_regional(&mut self, id: &str) {
        let Some(nat) = self.nat_gateways.get(id).filter(|nat| nat.is_regional()).cloned() else { return };
        for allocation in nat.nat_gateway_addresses.iter().filter_map(|it| it.allocation_id.as_ref()) {
            self.take_off(allocation);
        }
        if let Some(table) = nat.route_table_id {
            self.route_tables.remove(&table);
            self.forget(&table);
        }
    }

    /// Whether a VPC has a regional gateway, which holds it and its internet gateway.
    pub(super) fn has_regional_nat(&self, vpc_id: &str) -> bool {
        let stands = |nat: &&LiveNatGateway| !matches!(nat.state.as_str(), "deleted" | "failed");
        let regional = self.nat_gateways.values().filter(|nat| nat.is_regional());
        regional.filter(stands).any(|nat| nat.vpc_id == vpc_id)
    }
}
