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

/// What EC2 says where an instance stands for its interface and has several.
pub(super) fn several(id: &str) -> CloudError {
    CloudError::answered(
        "InvalidInstanceID",
        format!(
            "There are multiple interfaces attached to instance '{id}'. Please specify an interface ID for the operation instead."
        ),
    )
}

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
        let (interface_id, public_ip) = (interface.network_interface_id.clone(), address.public_ip.clone());
        let primary = interface.private_ip_address.clone();
        let private = match target {
            AddressTarget::PrivateAddress { private_ip_address, .. } => private_ip_address.clone(),
            AddressTarget::Instance(_) | AddressTarget::NetworkInterface(_) => primary.clone(),
        };
        let is_on = |it: &LiveAddress| {
            it.network_interface_id.as_ref() == Some(&interface_id)
                && it.private_ip_address.as_ref() == Some(&private)
        };
        if let Some(association_id) = address.association_id.clone().filter(|_| is_on(address)) {
            return Ok(Reply::created(association_id));
        }
        let other = self.addresses.values().find(|it| is_on(it)).map(|it| it.allocation_id.clone());
        if !allow_reassociation && (address.association_id.is_some() || other.is_some()) {
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
        for taken in [Some(allocation_id.to_owned()), other].into_iter().flatten() {
            self.take_off(&taken);
        }
        if private == primary {
            return Ok(Reply::created(self.map_elastic(&interface_id, allocation_id, public_ip)));
        }
        let association_id = self.new_id(ids::EIP_ASSOCIATION.prefix);
        let instance_id = self.instance_with(&interface_id);
        if let Some(address) = self.addresses.get_mut(allocation_id) {
            address.association_id = Some(association_id.clone());
            address.network_interface_id = Some(interface_id);
            address.instance_id = instance_id;
            address.private_ip_address = Some(private);
        }
        Ok(Reply::created(association_id))
    }

    /// The instance that an interface is attached to.
    fn instance_with(&self, interface_id: &str) -> Option<String> {
        let interface = self.network_interfaces.get(interface_id);
        interface.and_then(|it| it.attachment.as_ref()).and_then(|it| it.instance_id.clone())
    }

    /// Takes an address from whatever it stands for.
    pub(super) fn take_off(&mut self, allocation_id: &str) {
        let Some(address) = self.addresses.get_mut(allocation_id) else { return };
        address.association_id = None;
        address.instance_id = None;
        address.private_ip_address = None;
        let Some(interface) = address.network_interface_id.take() else { return };
        let mapped = self.network_interfaces.get(&interface).and_then(|it| it.association.as_ref());
        if mapped.is_some_and(|it| it.allocation_id.as_deref() == Some(allocation_id)) {
            self.unmap_address(&interface);
        }
    }

    /// Takes off the addresses that stand for these private addresses of an interface.
    pub(super) fn take_off_private(&mut self, interface_id: &str, private: &[String]) {
        let is_on = |it: &&LiveAddress| {
            it.network_interface_id.as_deref() == Some(interface_id)
                && it.private_ip_address.as_ref().is_some_and(|it| private.contains(it))
        };
        let ids: Vec<String> =
            self.addresses.values().filter(is_on).map(|it| it.allocation_id.clone()).collect();
        for id in &ids {
            self.take_off(id);
        }
    }

    /// The addresses of an interface show with the instance that it is attached to.
    pub(super) fn show_attachment(&mut self, interface_id: &str) {
        let instance_id = self.instance_with(interface_id);
        for address in self.addresses.values_mut() {
            if address.network_interface_id.as_deref() == Some(interface_id) {
                address.instance_id.clone_from(&instance_id);
            }
        }
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
            AddressTarget::PrivateAddress { network_interface_id: id, private_ip_address } => {
                let interface = ids::ENI.find(&self.network_interfaces, id)?;
                let is_its = interface.private_ip_address == *private_ip_address
                    || interface.secondary_private_ips.contains(private_ip_address);
                if is_its {
                    return Ok(interface);
                }
                refuse(
                    "InvalidParameterValue",
                    format!("The address {private_ip_address} is not one of the interface {id}."),
                )
            }
            AddressTarget::Instance(id) => {
                let instance = ids::INSTANCE.find(&self.instances, id)?;
                if !matches!(instance.state.as_str(), "running" | "stopped" | "stopping") {
                    return refuse(
                        "IncorrectInstanceState",
                        format!("The instance '{id}' is not in a valid state for this operation."),
                    );
                }
                if instance.network_interfaces.len() > 1 {
                    return Err(several(id));
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
        let address =
            self.addresses.values().find(|address| address.association_id.as_deref() == Some(association_id));
        let address = address.ok_or_else(|| ids::EIP_ASSOCIATION.not_found(association_id))?;
        if let Some(interface_id) = &address.network_interface_id {
            self.refuse_if_nat(interface_id)?;
        }
        let allocation_id = address.allocation_id.clone();
        self.take_off(&allocation_id);
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
