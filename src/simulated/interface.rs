//! Network interfaces: those that instances, NAT gateways and endpoints bring with them.

use super::{
    ids::{self, refuse},
    state::SimulatedCloud,
};
use crate::cloud::{
    CloudError, GroupIdentifier, LiveInterfaceAssociation, LiveInterfaceAttachment, LiveNetworkInterface,
    Tags,
};

/// What a new network interface is for.
pub(super) struct NewInterface<'a> {
    pub subnet_id: &'a str,
    /// A fixed private address.
    pub private_ip_address: Option<&'a str>,
    pub interface_type: &'a str,
    pub description: String,
    pub groups: Vec<GroupIdentifier>,
    /// The instance that it belongs to; otherwise a service of AWS holds it.
    pub instance_id: Option<&'a str>,
}

impl SimulatedCloud {
    /// Makes an interface; refuses where its address is not to be had.
    pub(super) fn make_interface(&mut self, new: NewInterface<'_>) -> Result<String, CloudError> {
        let address = self.pick_address(new.subnet_id, new.private_ip_address)?;
        let subnet = ids::SUBNET.find(&self.subnets, new.subnet_id)?;
        let (vpc_id, availability_zone) = (subnet.vpc_id.clone(), subnet.availability_zone.clone());
        let id = self.new_id(ids::ENI.prefix);
        let interface = LiveNetworkInterface {
            network_interface_id: id.clone(),
            vpc_id,
            subnet_id: new.subnet_id.to_owned(),
            availability_zone,
            interface_type: new.interface_type.to_owned(),
            status: "in-use".to_owned(),
            description: new.description,
            private_ip_address: address.to_string(),
            secondary_private_ips: Vec::new(),
            ipv6_addresses: Vec::new(),
            association: None,
            attachment: Some(LiveInterfaceAttachment {
                attachment_id: self.new_id("eni-attach-"),
                instance_id: new.instance_id.map(str::to_owned),
                device_index: i32::from(new.instance_id.is_none()),
                status: "attached".to_owned(),
                delete_on_termination: new.instance_id.is_some(),
            }),
            groups: new.groups,
            requester_id: None,
            requester_managed: new.instance_id.is_none(),
            // A NAT gateway forwards what is not addressed to it.
            source_dest_check: new.interface_type != "nat_gateway",
            tags: Tags::new(),
        };
        self.network_interfaces.insert(id.clone(), interface);
        Ok(id)
    }

    /// Removes an interface; an Elastic IP address on it is free again, but stays allocated.
    pub(super) fn drop_interface(&mut self, id: &str) {
        self.unmap_address(id);
        let on_it = self.addresses.values().filter(|it| it.network_interface_id.as_deref() == Some(id));
        let on_it: Vec<String> = on_it.map(|it| it.allocation_id.clone()).collect();
        for allocation_id in &on_it {
            self.take_off(allocation_id);
        }
        self.network_interfaces.remove(id);
        self.forget(id);
    }

    /// Maps a public address to an interface, in the place of one it may have.
    pub(super) fn map_address(&mut self, interface_id: &str, association: LiveInterfaceAssociation) {
        self.unmap_address(interface_id);
        let Some(interface) = self.network_interfaces.get_mut(interface_id) else {
            return;
        };
        let instance_id = interface.attachment.as_ref().and_then(|attachment| attachment.instance_id.clone());
        interface.association = Some(association.clone());
        let private_ip = interface.private_ip_address.clone();
        self.show_on_instance(interface_id, instance_id.as_deref(), Some(association.public_ip));
        let Some(address) = association.allocation_id.and_then(|id| self.addresses.get_mut(&id)) else {
            return;
        };
        address.association_id = association.association_id;
        address.network_interface_id = Some(interface_id.to_owned());
        address.instance_id = instance_id;
        address.private_ip_address = Some(private_ip);
    }

    /// Takes the public address from an interface.
    pub(super) fn unmap_address(&mut self, interface_id: &str) {
        let Some(interface) = self.network_interfaces.get_mut(interface_id) else {
            return;
        };
        let Some(association) = interface.association.take() else {
            return;
        };
        let instance_id = interface.attachment.as_ref().and_then(|attachment| attachment.instance_id.clone());
        self.show_on_instance(interface_id, instance_id.as_deref(), None);
        if let Some(address) = association.allocation_id.and_then(|id| self.addresses.get_mut(&id)) {
            address.association_id = None;
            address.network_interface_id = None;
            address.instance_id = None;
            address.private_ip_address = None;
        }
    }

    fn show_on_instance(&mut self, interface_id: &str, instance_id: Option<&str>, public_ip: Option<String>) {
        let Some(instance) = instance_id.and_then(|id| self.instances.get_mut(id)) else {
            return;
        };
        let mut interfaces = instance.network_interfaces.iter_mut();
        let Some(shown) = interfaces.find(|it| it.network_interface_id == interface_id) else {
            return;
        };
        shown.public_ip.clone_from(&public_ip);
        if shown.device_index == 0 {
            instance.public_ip_address = public_ip;
        }
    }

    /// The groups of an interface in a VPC: those named, or the VPC's default group.
    pub(super) fn groups_for(
        &self,
        vpc_id: &str,
        wanted: &[String],
    ) -> Result<Vec<GroupIdentifier>, CloudError> {
        if wanted.is_empty() {
            return Ok(self
                .security_groups
                .values()
                .find(|group| group.vpc_id == vpc_id && group.group_name == "default")
                .map(|group| {
                    vec![GroupIdentifier {
                        group_id: group.group_id.clone(),
                        group_name: group.group_name.clone(),
                    }]
                })
                .unwrap_or_default());
        }
        if wanted.len() > self.limits.groups_per_interface {
            return refuse(
                "SecurityGroupsPerInterfaceLimitExceeded",
                "The maximum number of security groups per interface has been reached.",
            );
        }
        let mut groups = Vec::new();
        for id in wanted {
            let group = ids::SG.find(&self.security_groups, id)?;
            if group.vpc_id != vpc_id {
                return refuse(
                    "InvalidParameter",
                    format!("Security group {id} and the subnet belong to different networks."),
                );
            }
            groups.push(GroupIdentifier { group_id: id.clone(), group_name: group.group_name.clone() });
        }
        Ok(groups)
    }
}
