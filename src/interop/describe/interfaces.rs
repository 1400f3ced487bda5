//! Network interfaces: what they are part of, and those that stand alone.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::{Ipv4Addr, Ipv6Addr},
};

use super::{context::Import, node::Node};
use crate::{
    model::{Kind, NetworkInterface, ResourceId},
    t,
};

/// A public address and the private one that it is mapped to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Association {
    pub public_ip: Ipv4Addr,
    pub private_ip: Option<Ipv4Addr>,
    pub allocation_id: Option<ResourceId>,
    /// Whether AWS lends it: then it is no Elastic IP address.
    pub lent: bool,
}

/// A network interface as the files tell of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Interface {
    pub subnet_id: Option<ResourceId>,
    pub vpc_id: Option<ResourceId>,
    pub private_ip: Option<Ipv4Addr>,
    pub secondary_private_ips: Vec<Ipv4Addr>,
    pub ipv6_addresses: Vec<Ipv6Addr>,
    pub groups: Vec<ResourceId>,
    pub source_dest_check: bool,
    pub instance_id: Option<ResourceId>,
    pub device_index: Option<u32>,
    pub interface_type: String,
    pub description: String,
    pub associations: Vec<Association>,
}

impl Interface {
    /// The public address of the primary private one.
    pub fn public_ip(&self) -> Option<&Association> {
        self.associations.iter().find(|it| it.private_ip.is_none() || it.private_ip == self.private_ip)
    }
}

/// Every interface of the files.
pub(super) fn collect(import: &Import<'_>) -> BTreeMap<ResourceId, Interface> {
    let listed: BTreeSet<Ipv4Addr> = import
        .all("Addresses")
        .iter()
        .filter_map(|(node, _)| node.parse("PublicIp", "an IPv4 address"))
        .collect();
    let one = |node: &Node<'_>| Some((node.id("NetworkInterfaceId")?, interface(node, &listed)));
    import.all("NetworkInterfaces").iter().filter_map(|(node, _)| one(node)).collect()
}

fn interface(node: &Node<'_>, listed: &BTreeSet<Ipv4Addr>) -> Interface {
    let mut private_ip = node.parse("PrivateIpAddress", "an IPv4 address");
    let mut secondary = Vec::new();
    let mut associations = Vec::new();
    for address in node.list("PrivateIpAddresses") {
        let Some(ip) = address.parse("PrivateIpAddress", "an IPv4 address") else { continue };
        let primary = address.flag("Primary").unwrap_or(false);
        if primary && private_ip.is_none() {
            private_ip = Some(ip);
        }
        if !primary && private_ip != Some(ip) {
            secondary.push(ip);
        }
        associations.extend(association(&address, Some(ip), listed));
    }
    if associations.is_empty() {
        associations.extend(association(node, private_ip, listed));
    }
    let ipv6 = node.list("Ipv6Addresses");
    let ipv6 = ipv6.iter().filter_map(|it| it.parse("Ipv6Address", "an IPv6 address"));
    let attachment = node.get("Attachment").filter(|it| it.state_is("Status", &["attached", "attaching"]));
    let groups = node.list("Groups");
    Interface {
        subnet_id: node.id("SubnetId"),
        vpc_id: node.id("VpcId"),
        private_ip,
        secondary_private_ips: secondary,
        ipv6_addresses: ipv6.collect(),
        groups: groups.iter().filter_map(|group| group.id("GroupId")).collect(),
        source_dest_check: node.flag("SourceDestCheck").unwrap_or(true),
        instance_id: attachment.as_ref().and_then(|it| it.id("InstanceId")),
        device_index: attachment.as_ref().and_then(|it| it.parse("DeviceIndex", "a number")),
        interface_type: node.word("InterfaceType").unwrap_or_else(|| "interface".to_owned()),
        description: node.text("Description").unwrap_or_default(),
        associations,
    }
}

/// An address without an allocation that no file lists is lent by AWS, or it is as good as that.
fn association(
    node: &Node<'_>,
    private_ip: Option<Ipv4Addr>,
    listed: &BTreeSet<Ipv4Addr>,
) -> Option<Association> {
    let association = node.get("Association")?;
    let public_ip = association.parse("PublicIp", "an IPv4 address")?;
    let allocation_id = association.id("AllocationId");
    let lent = allocation_id.is_none() && !listed.contains(&public_ip);
    Some(Association { public_ip, private_ip, allocation_id, lent })
}

/// The interfaces that are part of no other resource of the document.
pub(super) fn read(import: &mut Import<'_>) {
    for (node, _) in import.all("NetworkInterfaces") {
        let Some(id) = node.id("NetworkInterfaceId") else { continue };
        if import.owned.contains(&id) {
            continue;
        }
        let Some(found) = import.interfaces.get(&id).cloned() else { continue };
        // The interfaces of attachments carry what the transit gateway delivers; they answer nobody.
        if found.interface_type == "transit_gateway" {
            import.leave_out(&node, t!("import-transit-interface"));
            continue;
        }
        let Some(subnet_id) = found.subnet_id.clone() else {
            import.incomplete(&node, "SubnetId");
            continue;
        };
        let instance = found.instance_id.clone();
        if let Some(instance) = instance.as_ref().filter(|it| !import.has(it, Kind::Instance)) {
            let place = format!("{}: {}", node.file, node.path);
            let kind = crate::words::text("kind-instance", &[]);
            import.report.dangle(place, t!("import-dangling-one", to = instance, what = kind));
        }
        let mut it = NetworkInterface::new(subnet_id);
        it.instance_id = instance.filter(|id| import.has(id, Kind::Instance));
        it.device_index = found.device_index.filter(|_| it.instance_id.is_some());
        it.public_ip = found.public_ip().filter(|it| it.lent).map(|it| it.public_ip);
        it.description = found.description;
        it.private_ip = found.private_ip;
        it.secondary_private_ips = found.secondary_private_ips;
        it.ipv6_addresses = found.ipv6_addresses;
        it.security_group_ids = found.groups;
        it.source_dest_check = found.source_dest_check;
        it.interface_type = found.interface_type;
        import.add(id, &node, it);
    }
}
