//! Every reference leads to a resource of the right kind, and nothing stands inside itself.

use indexmap::IndexMap;

use super::fault::FileError;
use crate::{
    model::{Kind, Mention, ResourceId, Topology},
    t, words,
};

/// The kinds of resource that each referring field may name.
const TARGETS: &[(&str, &[Kind])] = &[
    ("vpc_id", &[Kind::Vpc]),
    ("peer_vpc_id", &[Kind::Vpc]),
    ("subnet_id", &[Kind::Subnet]),
    ("subnet_ids", &[Kind::Subnet]),
    ("route_table_id", &[Kind::RouteTable]),
    ("route_table_ids", &[Kind::RouteTable]),
    ("network_acl_id", &[Kind::NetworkAcl]),
    ("gateway_id", &[Kind::InternetGateway, Kind::VpnGateway]),
    ("gateway_ids", &[Kind::InternetGateway, Kind::VpnGateway]),
    ("egress_only_gateway_id", &[Kind::EgressOnlyInternetGateway]),
    ("nat_gateway_id", &[Kind::NatGateway, Kind::RegionalNatGateway]),
    ("instance_id", &[Kind::Instance]),
    ("network_interface_id", &[Kind::NetworkInterface]),
    ("vpc_peering_connection_id", &[Kind::VpcPeeringConnection]),
    ("transit_gateway_id", &[Kind::TransitGateway]),
    ("peer_transit_gateway_id", &[Kind::TransitGateway]),
    ("transit_gateway_attachment_id", ATTACHMENTS),
    ("associations", ATTACHMENTS),
    ("propagations", ATTACHMENTS),
    ("vpn_gateway_id", &[Kind::VpnGateway]),
    ("propagating_vgws", &[Kind::VpnGateway]),
    ("key_pair_id", &[Kind::KeyPair]),
    ("allocation_id", &[Kind::ElasticIp]),
    ("allocation_ids", &[Kind::ElasticIp]),
    ("secondary_allocation_ids", &[Kind::ElasticIp]),
    ("vpc_security_group_ids", &[Kind::SecurityGroup]),
    ("security_group_ids", &[Kind::SecurityGroup]),
    ("referenced_security_group_id", &[Kind::SecurityGroup]),
    ("managed_prefix_list_id", &[Kind::ManagedPrefixList]),
    ("destination_managed_prefix_list_id", &[Kind::ManagedPrefixList]),
    ("dhcp_options_id", &[Kind::DhcpOptions]),
    ("resource_id", &[Kind::Vpc, Kind::Subnet, Kind::Instance, Kind::NetworkInterface]),
    ("target_group_ids", &[Kind::TargetGroup]),
    ("target_id", &[Kind::Instance, Kind::LoadBalancer]),
];

/// What can be attached to a transit gateway.
const ATTACHMENTS: &[Kind] =
    &[Kind::TransitGatewayVpcAttachment, Kind::TransitGatewayPeeringAttachment, Kind::VpnConnection];

/// Refuses the first reference, in the order of ids, that cannot be followed.
pub(super) fn verify(topology: &Topology) -> Result<(), FileError> {
    let mut fault = None;
    each_broken_reference(topology, &mut |from, field, _, what| {
        fault.get_or_insert_with(|| FileError::at(format!("resources.{from}.{field}"), what));
    });
    fault.map_or(Ok(()), Err)
}

/// Calls `visit` for each reference, in the order of ids, that cannot be followed: who refers, by which
/// field, to what, and what is wrong with it.
pub fn each_broken_reference(
    topology: &Topology,
    visit: &mut dyn FnMut(&ResourceId, &str, &ResourceId, String),
) {
    let kinds: IndexMap<&ResourceId, Kind> =
        topology.resources.iter().map(|(id, resource)| (id, resource.kind.kind())).collect();
    for resource in topology.iter() {
        resource.kind.each_reference(&mut |mention, to| {
            if let Some(what) = what_is_wrong(topology, &kinds, &resource.id, mention, to) {
                visit(&resource.id, mention.field().as_str(), to, what);
            }
        });
    }
}

fn what_is_wrong(
    topology: &Topology,
    kinds: &IndexMap<&ResourceId, Kind>,
    from: &ResourceId,
    mention: Mention,
    to: &ResourceId,
) -> Option<String> {
    let Some(found) = kinds.get(to).copied() else {
        return Some(t!("file-dangling", to = to));
    };
    let wanted = targets(mention)?;
    if wanted.contains(&found) {
        return None;
    }
    let outwards = matches!(mention.root(), "vpc_id" | "subnet_id");
    if let Some(ring) = ring(topology, from).filter(|_| outwards) {
        return Some(t!("file-cycle", ring = ring));
    }
    let kind = |kind: Kind| words::text(&format!("kind-{}", kind.as_str()), &[]);
    Some(t!(
        "file-wrong-kind",
        to = to,
        found = kind(found),
        wanted = wanted.iter().copied().map(kind).collect::<Vec<_>>().join(" / ")
    ))
}

/// The kinds that a field may name.
fn targets(mention: Mention) -> Option<&'static [Kind]> {
    TARGETS.iter().find(|(field, _)| *field == mention.last_name()).map(|(_, kinds)| *kinds)
}

/// The way from a resource outwards, if it comes back to the resource: `a → b → a`.
fn ring(topology: &Topology, start: &ResourceId) -> Option<String> {
    let mut way = vec![start.clone()];
    let mut at = start.clone();
    loop {
        let outer = |field: &str| field == "vpc_id" || field == "subnet_id";
        let references = topology.kind(&at)?.references();
        at = references.into_iter().find(|it| outer(it.field.as_str()))?.to;
        let seen = way.contains(&at);
        way.push(at.clone());
        if seen {
            let names: Vec<&str> = way.iter().map(ResourceId::as_str).collect();
            return Some(names.join(" → "));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_referring_field_of_every_kind_has_a_target() {
        for name in crate::interop::templates::names() {
            let document = crate::interop::templates::document(name).unwrap();
            for resource in document.topology.iter() {
                resource.kind.each_reference(&mut |mention, _| {
                    assert!(targets(mention).is_some(), "{}", mention.field());
                });
            }
        }
    }
}
