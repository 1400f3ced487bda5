//! Elastic IP addresses.

use std::net::Ipv4Addr;

use super::context::Import;
use crate::{
    model::{ElasticIp, Kind, ResourceId},
    t,
};

/// `Addresses`.
pub(super) fn read(import: &mut Import<'_>) {
    for (node, _) in import.all("Addresses") {
        let public: Option<Ipv4Addr> = node.parse("PublicIp", "an IPv4 address");
        let name = public.map(|ip| ip.to_string()).unwrap_or_default();
        let id = node.id("AllocationId").unwrap_or_else(|| import.free_id(Kind::ElasticIp, &name));
        let mut address = ElasticIp { public_ip: public, ..ElasticIp::default() };
        attach(import, &mut address, node.id("NetworkInterfaceId"), node.id("InstanceId"));
        if address.instance_id.is_some() || address.network_interface_id.is_some() {
            address.private_ip_address = node.parse("PrivateIpAddress", "an IPv4 address");
        }
        import.add(id, &node, address);
    }
}

/// An address on an instance's primary interface is on the instance; on any other, on the interface,
/// unless a service owns this and names the address itself.
fn attach(
    import: &Import<'_>,
    address: &mut ElasticIp,
    interface: Option<ResourceId>,
    instance: Option<ResourceId>,
) {
    let service = |id: &ResourceId| {
        let types = ["nat_gateway", "network_load_balancer", "vpc_endpoint", "gateway_load_balancer"];
        import.interfaces.get(id).is_some_and(|it| types.contains(&it.interface_type.as_str()))
    };
    match interface {
        Some(id) if service(&id) => {}
        Some(id) if import.interfaces.contains_key(&id) => match import.primary_of.get(&id) {
            Some(instance) => address.instance_id = Some(instance.clone()),
            None => address.network_interface_id = Some(id),
        },
        _ => address.instance_id = instance,
    }
}

/// The address with this id, made up from what its user says where the files do not list it.
pub(super) fn known_or_new(
    import: &mut Import<'_>,
    allocation: Option<ResourceId>,
    public_ip: Option<Ipv4Addr>,
) -> Option<ResourceId> {
    if let Some(id) = allocation.as_ref().filter(|id| import.has(id, Kind::ElasticIp)) {
        return Some(id.clone());
    }
    if let Some(id) = public_ip.and_then(|ip| import.addresses.get(&ip)) {
        return Some(id.clone());
    }
    let name = public_ip.map(|ip| ip.to_string()).unwrap_or_default();
    let id = allocation.or_else(|| public_ip.map(|_| import.free_id(Kind::ElasticIp, &name)))?;
    import.add_bare(id.clone(), &name, ElasticIp { public_ip, ..ElasticIp::default() });
    import.report.assume(id.as_str(), t!("import-assumed-address"));
    Some(id)
}

/// The addresses that only the interfaces tell of: Elastic IP addresses that no file lists, and
/// public addresses of further private ones.
pub(super) fn of_interfaces(import: &mut Import<'_>) {
    let interfaces: Vec<ResourceId> = import.interfaces.keys().cloned().collect();
    for id in interfaces {
        let Some(found) = import.interfaces.get(&id).cloned() else { continue };
        let instance = import.primary_of.get(&id).cloned();
        if instance.is_none() && !import.has(&id, Kind::NetworkInterface) {
            continue;
        }
        for association in &found.associations {
            let on_primary = found.public_ip() == Some(association);
            if association.lent && on_primary {
                continue;
            }
            let known = import.addresses.contains_key(&association.public_ip)
                || association.allocation_id.as_ref().is_some_and(|id| import.has(id, Kind::ElasticIp));
            if known {
                continue;
            }
            let made = known_or_new(import, association.allocation_id.clone(), Some(association.public_ip));
            let address = made.and_then(|id| import.resources.get_mut(&id));
            if let Some(address) = address.and_then(|it| it.kind.as_elastic_ip_mut()) {
                address.instance_id.clone_from(&instance);
                address.network_interface_id = instance.is_none().then(|| id.clone());
                address.private_ip_address = association.private_ip;
            }
        }
    }
}
