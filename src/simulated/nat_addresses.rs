//! The further addresses of NAT gateways.

use super::{
    clock::Change,
    ids::{self, refuse},
    state::{Answer, SimulatedCloud},
};
use crate::cloud::{CloudError, LiveNatGatewayAddress, Reply};

impl SimulatedCloud {
    /// Each gets a private address of the gateway's interface, and comes into use after a while.
    pub(super) fn add_nat_addresses(
        &mut self,
        id: &str,
        allocation_ids: &[String],
        zone: Option<&str>,
    ) -> Answer {
        let nat = ids::NAT.find(&self.nat_gateways, id)?;
        if nat.state != "available" {
            return refuse("IncorrectState", format!("The NAT gateway {id} is not available."));
        }
        if nat.connectivity_type != "public" {
            return refuse("InvalidParameterValue", format!("The NAT gateway {id} is private."));
        }
        let subnet_id = nat.subnet_id.clone();
        let interface_id = nat.nat_gateway_addresses.first().and_then(|it| it.network_interface_id.clone());
        for allocation_id in allocation_ids {
            if ids::EIP.find(&self.addresses, allocation_id)?.association_id.is_some() {
                return refuse(
                    "Resource.AlreadyAssociated",
                    format!("Elastic IP address [{allocation_id}] is already associated"),
                );
            }
        }
        if let Some(zone) = self.zone_for(id, zone)? {
            self.add_regional_addresses(id, allocation_ids, &zone, "associating")?;
            self.plan(id, Change::NatAddressSettled);
            return Ok(Reply::Done);
        }
        for allocation_id in allocation_ids {
            self.add_nat_address(id, &subnet_id, interface_id.clone(), allocation_id)?;
        }
        self.plan(id, Change::NatAddressSettled);
        Ok(Reply::Done)
    }

    fn add_nat_address(
        &mut self,
        id: &str,
        subnet_id: &str,
        interface_id: Option<String>,
        allocation_id: &str,
    ) -> Result<(), CloudError> {
        let private_ip = self.pick_address(subnet_id, None)?.to_string();
        let association_id = self.new_id(ids::EIP_ASSOCIATION.prefix);
        if let Some(interface) = interface_id.as_ref().and_then(|id| self.network_interfaces.get_mut(id)) {
            interface.secondary_private_ips.push(private_ip.clone());
        }
        let address = ids::EIP.find_mut(&mut self.addresses, allocation_id)?;
        address.association_id = Some(association_id.clone());
        address.network_interface_id.clone_from(&interface_id);
        address.private_ip_address = Some(private_ip.clone());
        let added = LiveNatGatewayAddress {
            allocation_id: Some(allocation_id.to_owned()),
            association_id: Some(association_id),
            network_interface_id: interface_id,
            private_ip: Some(private_ip),
            public_ip: Some(address.public_ip.clone()),
            is_primary: Some(false),
            status: Some("associating".to_owned()),
            availability_zone: None,
        };
        ids::NAT.find_mut(&mut self.nat_gateways, id)?.nat_gateway_addresses.push(added);
        Ok(())
    }

    /// Connections end before the address is free.
    pub(super) fn remove_nat_addresses(&mut self, id: &str, association_ids: &[String]) -> Answer {
        let nat = ids::NAT.find_mut(&mut self.nat_gateways, id)?;
        for association_id in association_ids {
            let mut addresses = nat.nat_gateway_addresses.iter();
            let named = addresses.find(|it| it.association_id.as_ref() == Some(association_id));
            let Some(named) = named else { return Err(ids::EIP_ASSOCIATION.not_found(association_id)) };
            if named.is_primary == Some(true) {
                return refuse("InvalidParameterValue", "The primary address cannot be disassociated.");
            }
        }
        for address in &mut nat.nat_gateway_addresses {
            if address.association_id.as_ref().is_some_and(|it| association_ids.contains(it)) {
                address.status = Some("disassociating".to_owned());
            }
        }
        self.plan(id, Change::NatAddressSettled);
        Ok(Reply::Done)
    }

    /// What was coming is in use, what was going is free.
    pub(super) fn nat_address_settled(&mut self, id: &str) {
        let Some(nat) = self.nat_gateways.get_mut(id) else { return };
        let mut gone = Vec::new();
        nat.nat_gateway_addresses.retain_mut(|it| match it.status.as_deref() {
            Some("disassociating") => {
                gone.push(it.clone());
                false
            }
            Some("associating") => {
                it.status = Some("succeeded".to_owned());
                true
            }
            _ => true,
        });
        for address in gone {
            let interface = address.network_interface_id.and_then(|id| self.network_interfaces.get_mut(&id));
            if let Some(interface) = interface {
                interface.secondary_private_ips.retain(|it| Some(it) != address.private_ip.as_ref());
            }
            address.allocation_id.iter().for_each(|id| self.take_off(id));
        }
    }
}
