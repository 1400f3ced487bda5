//! Elastic IP addresses.

use super::{
    ids::{self, refuse},
    limits::room_for_one,
    state::{Answer, SimulatedCloud},
};
use crate::cloud::{
    AddressTarget, CloudError, Created, LiveAddress, LiveInterfaceAssociation, LiveNetworkInterface, Reply,
    Tags,
};

impl SimulatedCloud {
    pub(super) fn allocate_address(&mut self, tags: &Tags) -> Answer {
        room_for_one(self.addresses.len(), self.limits.addresses, "AddressLimitExceeded", "addresses")?;
        let id = self.new_id(ids::EIP.prefix);
        let public_ip = self.new_public_ip();
        let address = LiveAddress {
            allocation_id: id.clone(),
            public_ip: public_ip.clone(),
            domain: "vpc".to_owned(),
            network_border_group: Some(self.region.clone()),
            tags: tags.clone(),
            ..LiveAddress::default()
        };
        self.addresses.insert(id.clone(), address);
        Ok(Reply::Created(Created { id, public_ip: Some(public_ip), ..Created::default() }))
    }

    pub(super) fn release_address(&mut self, allocation_id: &str) -> Answer {
        let address = ids::EIP.find(&self.addresses, allocation_id)?;
        if address.association_id.is_some() {
            return refuse("InvalidIPAddress.InUse", format!("Address {} is in use.", address.public_ip));
        }
        self.addresses.remove(allocation_id);
        self.forget(allocation_id);
        Ok(Reply::Done)
    }

    pub(super) fn associate_address(
        &mut self,
        allocation_id: &str,
        target: &AddressTarget,
        allow_reassociation: bool,
    ) -> Answer {
        let address = ids::EIP.find(&self.addresses, allocation_id)?;
        let interface = self.interface_of(target)?;
        if self.gateway_of(&interface.vpc_id).is_none() {
            return refuse(
                "Gateway.NotAttached",
                format!("Network {} is not attached to any internet gateway", interface.vpc_id),
            );
        }
        if let (Some(association_id), true) = (
            &address.association_id,
            address.network_interface_id.as_deref() == Some(&interface.network_interface_id),
        ) {
            return Ok(Reply::created(association_id.clone()));
        }
        let has_elastic = interface.association.as_ref().is_some_and(|mapped| mapped.allocation_id.is_some());
        if !allow_reassociation && (address.association_id.is_some() || has_elastic) {
            return refuse(
                "Resource.AlreadyAssociated",
                format!(
                    "resource {allocation_id} is already associated with associate-id or the interface has an address"
                ),
            );
        }
        if let Some(old) = &address.network_interface_id {
            self.refuse_if_nat(old)?;
        }
        let (interface_id, public_ip) = (interface.network_interface_id.clone(), address.public_ip.clone());
        if let Some(old) = address.network_interface_id.clone() {
            self.unmap_address(&old);
        }
        Ok(Reply::created(self.map_elastic(&interface_id, allocation_id, public_ip)))
    }

    /// Maps an Elastic IP address to an interface; answers the association's id.
    pub(super) fn map_elastic(
        &mut self,
        interface_id: &str,
        allocation_id: &str,
        public_ip: String,
    ) -> String {
        let association_id = self.new_id(ids::EIP_ASSOCIATION.prefix);
        let association = LiveInterfaceAssociation {
            public_ip,
            allocation_id: Some(allocation_id.to_owned()),
            association_id: Some(association_id.clone()),
        };
        self.map_address(interface_id, association);
        association_id
    }

    fn interface_of(&self, target: &AddressTarget) -> Result<&LiveNetworkInterface, CloudError> {
        match target {
            AddressTarget::NetworkInterface(id) => ids::ENI.find(&self.network_interfaces, id),
            AddressTarget::Instance(id) => {
                let instance = ids::INSTANCE.find(&self.instances, id)?;
                if !matches!(instance.state.as_str(), "running" | "stopped" | "stopping") {
                    return refuse(
                        "IncorrectInstanceState",
                        format!("The instance '{id}' is not in a valid state for this operation."),
                    );
                }
                let interface =
                    instance.network_interfaces.first().map(|interface| &interface.network_interface_id);
                interface
                    .and_then(|id| self.network_interfaces.get(id))
                    .ok_or_else(|| ids::INSTANCE.not_found(id))
            }
        }
    }

    pub(super) fn disassociate_address(&mut self, association_id: &str) -> Answer {
        ids::EIP_ASSOCIATION.check(association_id)?;
        let interface_id = self
            .addresses
            .values()
            .find(|address| address.association_id.as_deref() == Some(association_id))
            .and_then(|address| address.network_interface_id.clone())
            .ok_or_else(|| ids::EIP_ASSOCIATION.not_found(association_id))?;
        self.refuse_if_nat(&interface_id)?;
        self.unmap_address(&interface_id);
        Ok(Reply::Done)
    }

    /// The address of a NAT gateway goes with the gateway alone; EC2 says so in this odd way.
    fn refuse_if_nat(&self, interface_id: &str) -> Result<(), CloudError> {
        let is_nat = self
            .network_interfaces
            .get(interface_id)
            .is_some_and(|interface| interface.interface_type == "nat_gateway");
        if is_nat {
            return refuse("AuthFailure", "You do not have permission to access the specified resource.");
        }
        Ok(())
    }
}
