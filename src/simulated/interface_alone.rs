//! Network interfaces that somebody makes, and the addresses of those that others brought.

use super::{
    clock::Change as Later,
    ids::{self, refuse},
    interface::NewInterface,
    state::{Answer, SimulatedCloud},
};
use crate::{
    cloud::{
        Change, LiveInstanceInterface, LiveInterfaceAttachment, LiveNetworkInterface, Reply, Spec, Tags,
    },
    net::{Ipv6Net, cidr},
};

impl SimulatedCloud {
    pub(super) fn create_interface(&mut self, spec: &Spec, tags: &Tags) -> Answer {
        let Spec::NetworkInterface {
            subnet_id,
            description,
            private_ip_address,
            secondary_private_ips,
            ipv6_addresses,
            security_group_ids,
        } = spec
        else {
            return refuse("InvalidParameterValue", "This is no network interface.");
        };
        let subnet = ids::SUBNET.find(&self.subnets, subnet_id)?;
        let vpc_id = subnet.vpc_id.clone();
        let groups = self.groups_for(&vpc_id, security_group_ids)?;
        for address in secondary_private_ips {
            self.pick_address(subnet_id, Some(address))?;
        }
        self.check_ipv6(subnet_id, ipv6_addresses)?;
        let id = self.make_interface(NewInterface {
            subnet_id,
            private_ip_address: private_ip_address.as_deref(),
            interface_type: "interface",
            description: description.clone(),
            groups,
            instance_id: None,
        })?;
        if let Some(interface) = self.network_interfaces.get_mut(&id) {
            "available".clone_into(&mut interface.status);
            interface.attachment = None;
            interface.requester_managed = false;
            interface.secondary_private_ips.clone_from(secondary_private_ips);
            interface.ipv6_addresses.clone_from(ipv6_addresses);
            interface.tags.clone_from(tags);
        }
        Ok(Reply::created(id))
    }

    fn check_ipv6(&self, subnet_id: &str, addresses: &[String]) -> Result<(), crate::cloud::CloudError> {
        let subnet = ids::SUBNET.find(&self.subnets, subnet_id)?;
        let blocks = subnet.ipv6_cidr_block_associations.iter().filter(|it| it.stands());
        let blocks: Vec<Ipv6Net> = blocks.filter_map(|it| it.ipv6_cidr_block.parse().ok()).collect();
        for text in addresses {
            let inside = cidr::parse(&format!("{text}/128")).ok();
            let inside = inside.is_some_and(|it| match it {
                crate::net::IpNet::V6(it) => blocks.iter().any(|block| block.contains(&it)),
                crate::net::IpNet::V4(_) => false,
            });
            if !inside {
                return refuse("InvalidParameterValue", format!("{text} is not in a block of {subnet_id}."));
            }
            if self.network_interfaces.values().any(|it| it.ipv6_addresses.contains(text)) {
                return refuse("InvalidIPAddress.InUse", format!("Address {text} is in use."));
            }
        }
        Ok(())
    }

    pub(super) fn delete_interface(&mut self, id: &str) -> Answer {
        let interface = ids::ENI.find(&self.network_interfaces, id)?;
        if interface.requester_managed {
            return refuse("OperationNotPermitted", format!("You are not allowed to manage '{id}'."));
        }
        if interface.attachment.is_some() {
            return refuse("InvalidParameterValue", format!("Network interface '{id}' is currently in use."));
        }
        self.drop_interface(id);
        Ok(Reply::Done)
    }

    pub(super) fn change_interface(&mut self, id: &str, change: &Change) -> Answer {
        match change {
            Change::AssociateNatGatewayAddress { allocation_ids, availability_zone } => {
                return self.add_nat_addresses(id, allocation_ids, availability_zone.as_deref());
            }
            Change::DisassociateNatGatewayAddress { association_ids } => {
                return self.remove_nat_addresses(id, association_ids);
            }
            Change::AttachNetworkInterface { instance_id, device_index } => {
                return self.attach_interface(id, instance_id, *device_index);
            }
            Change::DetachNetworkInterface { attachment_id } => {
                return self.detach_interface(id, attachment_id);
            }
            _ => {}
        }
        let interface = ids::ENI.find(&self.network_interfaces, id)?;
        let (subnet_id, vpc_id) = (interface.subnet_id.clone(), interface.vpc_id.clone());
        let groups = match change {
            Change::SetInterfaceGroups { security_group_ids } => {
                self.groups_for(&vpc_id, security_group_ids)?
            }
            _ => Vec::new(),
        };
        match change {
            Change::AssignPrivateIpAddresses { private_ip_addresses } => {
                for address in private_ip_addresses {
                    self.pick_address(&subnet_id, Some(address))?;
                }
            }
            Change::AssignIpv6Addresses { ipv6_addresses } => self.check_ipv6(&subnet_id, ipv6_addresses)?,
            _ => {}
        }
        set(ids::ENI.find_mut(&mut self.network_interfaces, id)?, change, groups);
        if let Change::UnassignPrivateIpAddresses { private_ip_addresses } = change {
            self.take_off_private(id, private_ip_addresses);
        }
        self.show_primary(id);
        Ok(Reply::Done)
    }

    /// An instance shows the groups and the check of its primary interface as its own.
    fn show_primary(&mut self, id: &str) {
        let Some(interface) = self.network_interfaces.get(id) else { return };
        let attachment = interface.attachment.as_ref().filter(|it| it.device_index == 0);
        let instance = attachment.and_then(|it| it.instance_id.as_ref());
        if let Some(instance) = instance.and_then(|id| self.instances.get_mut(id)) {
            instance.security_groups.clone_from(&interface.groups);
            instance.source_dest_check = Some(interface.source_dest_check);
        }
    }

    fn attach_interface(&mut self, id: &str, instance_id: &str, device_index: i32) -> Answer {
        let interface = ids::ENI.find(&self.network_interfaces, id)?.clone();
        let instance = ids::INSTANCE.find(&self.instances, instance_id)?;
        if interface.attachment.is_some() {
            return refuse("InvalidNetworkInterface.InUse", format!("Interface {id} is in use."));
        }
        if !matches!(instance.state.as_str(), "running" | "stopped") {
            return refuse(
                "IncorrectInstanceState",
                format!("{instance_id} is neither running nor stopped."),
            );
        }
        if instance.availability_zone != interface.availability_zone {
            return refuse("InvalidParameterCombination", "The instance is in another Availability Zone.");
        }
        if instance.network_interfaces.iter().any(|it| it.device_index == device_index) {
            return refuse(
                "InvalidParameterValue",
                format!("Instance {instance_id} has an interface there."),
            );
        }
        let attachment = LiveInterfaceAttachment {
            attachment_id: self.new_id("eni-attach-"),
            instance_id: Some(instance_id.to_owned()),
            device_index,
            status: "attaching".to_owned(),
            delete_on_termination: false,
        };
        ids::INSTANCE.find_mut(&mut self.instances, instance_id)?.network_interfaces.push(
            LiveInstanceInterface {
                network_interface_id: id.to_owned(),
                device_index,
                subnet_id: interface.subnet_id.clone(),
                private_ip_address: interface.private_ip_address.clone(),
                public_ip: None,
            },
        );
        let live = ids::ENI.find_mut(&mut self.network_interfaces, id)?;
        "in-use".clone_into(&mut live.status);
        live.attachment = Some(attachment);
        self.show_attachment(id);
        self.plan(id, Later::InterfaceSettled);
        Ok(Reply::Done)
    }

    fn detach_interface(&mut self, id: &str, attachment_id: &str) -> Answer {
        let found = self.network_interfaces.get_mut(id);
        let attachment = found.and_then(|it| it.attachment.as_mut());
        let Some(attachment) = attachment.filter(|it| it.attachment_id == attachment_id) else {
            return refuse(
                "InvalidAttachmentID.NotFound",
                format!("The networkInterface attachment '{attachment_id}' does not exist"),
            );
        };
        if attachment.device_index == 0 {
            return refuse("OperationNotPermitted", "The primary network interface cannot be detached.");
        }
        if attachment.status == "detaching" {
            return refuse(
                "IncorrectState",
                format!("The interface attachment {attachment_id} is detaching."),
            );
        }
        "detaching".clone_into(&mut attachment.status);
        self.plan(id, Later::InterfaceSettled);
        Ok(Reply::Done)
    }

    pub(super) fn interface_settled(&mut self, id: &str) {
        let Some(interface) = self.network_interfaces.get_mut(id) else { return };
        match interface.attachment.as_mut() {
            Some(attachment) if attachment.status == "detaching" => self.detach_at_once(id),
            Some(attachment) => "attached".clone_into(&mut attachment.status),
            None => {}
        }
    }

    pub(super) fn detach_at_once(&mut self, id: &str) {
        let Some(interface) = self.network_interfaces.get_mut(id) else { return };
        "available".clone_into(&mut interface.status);
        let instance = interface.attachment.take().and_then(|it| it.instance_id);
        if let Some(instance) = instance.and_then(|id| self.instances.get_mut(&id)) {
            instance.network_interfaces.retain(|it| it.network_interface_id != id);
        }
        self.show_attachment(id);
    }
}

fn set(interface: &mut LiveNetworkInterface, change: &Change, groups: Vec<crate::cloud::GroupIdentifier>) {
    match change {
        Change::SetInterfaceDescription { description } => description.clone_into(&mut interface.description),
        Change::SetInterfaceGroups { .. } => interface.groups = groups,
        Change::SetInterfaceSourceDestCheck { source_dest_check } => {
            interface.source_dest_check = *source_dest_check;
        }
        Change::AssignPrivateIpAddresses { private_ip_addresses } => {
            interface.secondary_private_ips.extend(private_ip_addresses.iter().cloned());
        }
        Change::UnassignPrivateIpAddresses { private_ip_addresses } => {
            interface.secondary_private_ips.retain(|it| !private_ip_addresses.contains(it));
        }
        Change::AssignIpv6Addresses { ipv6_addresses } => {
            interface.ipv6_addresses.extend(ipv6_addresses.iter().cloned());
        }
        Change::UnassignIpv6Addresses { ipv6_addresses } => {
            interface.ipv6_addresses.retain(|it| !ipv6_addresses.contains(it));
        }
        _ => {}
    }
}
