//! The marks on boxes: what a subnet, an instance or a NAT gateway uses without containing it.

use crate::{
    model::{Index, Instance, Kind, ResourceId, ResourceKind, Topology, routing, routing::Association},
    t,
};

use super::{
    measure::clean,
    node::{Badge, BadgeKind},
};

/// The effective route table and network ACL of a subnet.
pub(super) fn of_subnet(topology: &Topology, index: &Index, subnet: &ResourceId) -> Vec<Badge> {
    let table = routing::effective_route_table(topology, index, subnet).and_then(|(id, how)| {
        let name = clean(index.get(id)?.label());
        let text = match how {
            Association::Explicit => name,
            Association::Implicit => t!("scene-main", name = name),
        };
        Some(Badge { kind: BadgeKind::RouteTable, text, resource: Some(id.clone()) })
    });
    let acl = routing::effective_network_acl(topology, index, subnet).and_then(|(id, how)| {
        let name = clean(index.get(id)?.label());
        let text = match how {
            Association::Explicit => name,
            Association::Implicit => t!("scene-default", name = name),
        };
        Some(Badge { kind: BadgeKind::NetworkAcl, text, resource: Some(id.clone()) })
    });
    table.into_iter().chain(acl).collect()
}

/// The public address, groups and key pair of an instance.
pub(super) fn of_instance(index: &Index, id: &ResourceId, instance: &Instance) -> Vec<Badge> {
    let mut badges: Vec<Badge> = index
        .users(id, "instance_id")
        .filter(|user| matches!(index.kind(user), Some(ResourceKind::ElasticIp(_))))
        .filter_map(|user| named(index, user, BadgeKind::PublicAddress))
        .collect();
    if badges.is_empty() && gets_public_address(index, instance) {
        let text = t!("scene-public-address");
        badges.push(Badge { kind: BadgeKind::PublicAddress, text, resource: None });
    }
    let vpc = index.kind(&instance.subnet_id).and_then(ResourceKind::as_subnet).map(|it| &it.vpc_id);
    badges.extend(of_groups(index, &instance.vpc_security_group_ids, vpc));
    if let Some(key) = &instance.key_pair_id {
        badges.extend(named(index, key, BadgeKind::KeyPair));
    }
    badges
}

fn gets_public_address(index: &Index, instance: &Instance) -> bool {
    instance.associate_public_ip_address.unwrap_or_else(|| {
        let subnet = index.kind(&instance.subnet_id).and_then(ResourceKind::as_subnet);
        subnet.is_some_and(|subnet| subnet.map_public_ip_on_launch)
    })
}

/// The groups that guard something; without any it is the VPC's default group.
pub(super) fn of_groups(index: &Index, groups: &[ResourceId], vpc: Option<&ResourceId>) -> Vec<Badge> {
    let implied =
        if groups.is_empty() { vpc.and_then(|vpc| index.default_security_group(vpc)) } else { None };
    groups.iter().chain(implied).filter_map(|group| named(index, group, BadgeKind::SecurityGroup)).collect()
}

/// The Elastic IP of a NAT gateway.
pub(super) fn of_nat_gateway(index: &Index, allocation: Option<&ResourceId>) -> Vec<Badge> {
    allocation.and_then(|id| named(index, id, BadgeKind::PublicAddress)).into_iter().collect()
}

/// Whether an Elastic IP is drawn as a badge of what uses it.
pub(super) fn is_badge(index: &Index, address: &ResourceId) -> bool {
    let of_instance = index
        .kind(address)
        .and_then(ResourceKind::as_elastic_ip)
        .and_then(|it| it.instance_id.as_ref())
        .is_some_and(|id| matches!(index.kind(id), Some(ResourceKind::Instance(_))));
    let mut gateways = index.users(address, "allocation_id");
    of_instance || gateways.any(|id| index.kind(id).is_some_and(|kind| kind.kind() == Kind::NatGateway))
}

fn named(index: &Index, id: &ResourceId, kind: BadgeKind) -> Option<Badge> {
    let text = clean(index.get(id)?.label());
    Some(Badge { kind, text, resource: Some(id.clone()) })
}
