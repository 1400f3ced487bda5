//! The marks on boxes: what a subnet, an instance or a NAT gateway uses without containing it.

use crate::{
    model::{
        Index, Instance, Kind, NatGateway, NetworkInterface, ResourceId, ResourceKind, Topology, Vpc,
        routing, routing::Association,
    },
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
    table.into_iter().chain(acl).chain(flow_logs(index, subnet)).collect()
}

/// What the hosts of a VPC are told by DHCP, and who records their traffic.
pub(super) fn of_vpc(index: &Index, id: &ResourceId, vpc: &Vpc) -> Vec<Badge> {
    let options = vpc.dhcp_options_id.as_ref().and_then(|id| named(index, id, BadgeKind::DhcpOptions));
    options.into_iter().chain(flow_logs(index, id)).collect()
}

/// The public address and groups of a network interface.
pub(super) fn of_network_interface(index: &Index, id: &ResourceId, it: &NetworkInterface) -> Vec<Badge> {
    let mut badges: Vec<Badge> = index
        .users(id, "network_interface_id")
        .filter(|user| matches!(index.kind(user), Some(ResourceKind::ElasticIp(_))))
        .filter_map(|user| named(index, user, BadgeKind::PublicAddress))
        .collect();
    let vpc = index.kind(&it.subnet_id).and_then(ResourceKind::as_subnet).map(|it| &it.vpc_id);
    badges.extend(of_groups(index, &it.security_group_ids, vpc));
    badges.extend(flow_logs(index, id));
    badges
}

/// The flow logs that record the traffic of something.
fn flow_logs(index: &Index, id: &ResourceId) -> impl Iterator<Item = Badge> {
    index.users(id, "resource_id").filter_map(|log| named(index, log, BadgeKind::FlowLog))
}

/// The public address, groups and key pair of an instance.
pub(super) fn of_instance(index: &Index, id: &ResourceId, instance: &Instance) -> Vec<Badge> {
    let mut badges: Vec<Badge> = index
        .users(id, "instance_id")
        .filter(|user| matches!(index.kind(user), Some(ResourceKind::ElasticIp(_))))
        .filter_map(|user| named(index, user, BadgeKind::PublicAddress))
        .collect();
    if badges.is_empty() && index.is_launched_public(instance) {
        let text = t!("scene-public-address");
        badges.push(Badge { kind: BadgeKind::PublicAddress, text, resource: None });
    }
    let vpc = index.kind(&instance.subnet_id).and_then(ResourceKind::as_subnet).map(|it| &it.vpc_id);
    badges.extend(of_groups(index, &instance.vpc_security_group_ids, vpc));
    if let Some(key) = &instance.key_pair_id {
        badges.extend(named(index, key, BadgeKind::KeyPair));
    }
    badges.extend(flow_logs(index, id));
    badges
}

/// The groups that guard something; without any it is the VPC's default group.
pub(super) fn of_groups(index: &Index, groups: &[ResourceId], vpc: Option<&ResourceId>) -> Vec<Badge> {
    let implied =
        if groups.is_empty() { vpc.and_then(|vpc| index.default_security_group(vpc)) } else { None };
    groups.iter().chain(implied).filter_map(|group| named(index, group, BadgeKind::SecurityGroup)).collect()
}

/// The Elastic IPs of a NAT gateway.
pub(super) fn of_nat_gateway(index: &Index, nat: &NatGateway) -> Vec<Badge> {
    let addresses = nat.allocation_id.iter().chain(&nat.secondary_allocation_ids);
    addresses.filter_map(|id| named(index, id, BadgeKind::PublicAddress)).collect()
}

/// Whether a resource is drawn as a badge of what it belongs to: an Elastic IP in use, and a flow log
/// of something that has a box.
pub(super) fn is_badge(index: &Index, id: &ResourceId) -> bool {
    let is = |id: &ResourceId, kind: Kind| index.kind(id).is_some_and(|it| it.kind() == kind);
    match index.kind(id) {
        Some(ResourceKind::ElasticIp(it)) => {
            let users = ["allocation_id", "secondary_allocation_ids"];
            it.instance_id.as_ref().is_some_and(|id| is(id, Kind::Instance))
                || it.network_interface_id.as_ref().is_some_and(|id| is(id, Kind::NetworkInterface))
                || users.iter().any(|field| index.users(id, field).any(|user| is(user, Kind::NatGateway)))
        }
        Some(ResourceKind::FlowLog(it)) => index.kind(&it.resource_id).is_some(),
        _ => false,
    }
}

fn named(index: &Index, id: &ResourceId, kind: BadgeKind) -> Option<Badge> {
    let text = clean(index.get(id)?.label());
    Some(Badge { kind, text, resource: Some(id.clone()) })
}
