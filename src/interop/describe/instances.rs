//! Instances, with their primary interface folded in, and key pairs.

use super::{context::Import, interfaces::Interface, node::Node};
use crate::{
    model::{Instance, KeyPair, KeyType, Kind, ResourceId},
    t,
};

const ALIVE: &[&str] = &["pending", "running", "stopping", "stopped"];

/// `KeyPairs`.
pub(super) fn key_pairs(import: &mut Import<'_>) {
    for (node, _) in import.all("KeyPairs") {
        let Some(key_name) = node.word("KeyName") else {
            import.incomplete(&node, "KeyName");
            continue;
        };
        let id = node.id("KeyPairId").unwrap_or_else(|| import.free_id(Kind::KeyPair, &key_name));
        let rsa = node.word("KeyType").is_none_or(|it| it == "rsa");
        let key = KeyPair {
            key_name,
            key_type: if rsa { KeyType::Rsa } else { KeyType::Ed25519 },
            public_key: node.word("PublicKey"),
        };
        import.add(id, &node, key);
    }
}

/// `Reservations[].Instances`.
pub(super) fn read(import: &mut Import<'_>) {
    for (node, _) in import.all("Instances") {
        let Some(id) = node.id("InstanceId") else { continue };
        if !node.state_is("State", ALIVE) {
            import.leave_out(&node, t!("import-not-alive"));
            continue;
        }
        let primary = primary(import, &id, &node);
        let found = primary.as_ref().and_then(|it| import.interfaces.get(it)).cloned();
        let subnet = found.as_ref().and_then(|it| it.subnet_id.clone()).or_else(|| node.id("SubnetId"));
        let Some(subnet) = subnet else {
            import.incomplete(&node, "SubnetId");
            continue;
        };
        let mut instance = Instance::new(subnet);
        if let Some(of) = node.word("InstanceType") {
            instance.instance_type = of;
        }
        if let Some(ami) = node.word("ImageId") {
            instance.ami = ami;
        }
        instance.key_pair_id = node.word("KeyName").map(|name| key_pair(import, &name));
        fold(&mut instance, &node, found.as_ref());
        if let Some(primary) = primary {
            instance.primary_network_interface_id = Some(primary.as_str().to_owned());
            import.owned.insert(primary.clone());
            import.primary_of.insert(primary, id.clone());
        }
        import.add(id, &node, instance);
    }
}

/// What the primary interface says, or where there is none in the files, the instance itself.
fn fold(instance: &mut Instance, node: &Node<'_>, primary: Option<&Interface>) {
    let lent = primary.and_then(Interface::public_ip).filter(|it| it.lent);
    instance.public_ip = match primary {
        Some(_) => lent.map(|it| it.public_ip),
        None => node.parse("PublicIpAddress", "an IPv4 address"),
    };
    instance.associate_public_ip_address = Some(instance.public_ip.is_some());
    if let Some(it) = primary {
        instance.private_ip = it.private_ip;
        instance.secondary_private_ips.clone_from(&it.secondary_private_ips);
        instance.ipv6_addresses.clone_from(&it.ipv6_addresses);
        instance.vpc_security_group_ids.clone_from(&it.groups);
        // The two mirror each other; emulators know one of them only.
        instance.source_dest_check = it.source_dest_check && node.flag("SourceDestCheck").unwrap_or(true);
    } else {
        let groups = node.list("SecurityGroups");
        instance.private_ip = node.parse("PrivateIpAddress", "an IPv4 address");
        instance.vpc_security_group_ids = groups.iter().filter_map(|it| it.id("GroupId")).collect();
        instance.source_dest_check = node.flag("SourceDestCheck").unwrap_or(true);
    }
}

/// The interface with index 0, or else the one that carries the instance's address.
fn primary(import: &Import<'_>, id: &ResourceId, node: &Node<'_>) -> Option<ResourceId> {
    let address = node.parse::<std::net::Ipv4Addr>("PrivateIpAddress", "an IPv4 address");
    let listed = node.list("NetworkInterfaces");
    let ids: Vec<ResourceId> = listed.iter().filter_map(|it| it.id("NetworkInterfaceId")).collect();
    let of = |id: &ResourceId| import.interfaces.get(id);
    let found = ids
        .iter()
        .find(|id| of(id).is_some_and(|it| it.device_index == Some(0)))
        .or_else(|| ids.iter().find(|id| of(id).is_some_and(|it| it.private_ip == address)))
        .or_else(|| ids.first());
    found.cloned().or_else(|| import.primary_interface(id))
}

/// A key pair by its name; one that the files do not list is made up, as instances name it only.
fn key_pair(import: &mut Import<'_>, name: &str) -> ResourceId {
    if let Some(found) = import.keys.get(name) {
        return found.clone();
    }
    let id = import.free_id(Kind::KeyPair, name);
    let key = KeyPair { key_name: name.to_owned(), key_type: KeyType::Rsa, public_key: None };
    import.add_bare(id.clone(), name, key);
    import.report.assume(id.as_str(), t!("import-assumed-key"));
    id
}
