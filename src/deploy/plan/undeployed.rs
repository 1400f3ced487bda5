//! Fields that can be drawn and imported, but that no call of this program makes.

use crate::{
    deploy::kinds::has_ipv6_routes,
    model::{ResourceKind, Topology},
};

/// The fields of a resource that have a value and would not be deployed, by their names in a file.
/// What is only known of an imported resource (its public address, its account) is no such field.
pub(super) fn undeployed(kind: &ResourceKind, topology: &Topology) -> Vec<&'static str> {
    let fields: &[(&str, bool)] = match kind {
        ResourceKind::Vpc(it) => &[
            // One that Amazon provides can be made; one's own would need the pool that it is from.
            (
                "ipv6_cidr_blocks",
                it.ipv6_cidr_blocks.len() > usize::from(it.assign_generated_ipv6_cidr_block),
            ),
            ("region", it.region.is_some()),
        ],
        ResourceKind::ElasticIp(it) => {
            &[("private_ip_address", it.private_ip_address.is_some() && it.network_interface_id.is_none())]
        }
        // An instance is started with a primary interface of its own.
        ResourceKind::NetworkInterface(it) => {
            &[("device_index", it.device_index == Some(0) && it.instance_id.is_some())]
        }
        ResourceKind::InterfaceEndpoint(it) => {
            &[("subnet_configurations", !it.subnet_configurations.is_empty())]
        }
        ResourceKind::VpcPeeringConnection(it) => {
            &[("peer_vpc_id", it.peer_vpc_id.is_none() && it.peer_vpc.is_none())]
        }
        ResourceKind::TransitGateway(it) => &[("region", it.region.is_some())],
        ResourceKind::TransitGatewayPeeringAttachment(it) => &[(
            "peer_transit_gateway_id",
            it.peer_transit_gateway_id.is_none() && it.peer_transit_gateway.is_none(),
        )],
        // The interface of an instance has no id of its own before the instance is there.
        ResourceKind::FlowLog(it) => {
            &[("resource_id", topology.kind(&it.resource_id).is_some_and(|it| it.as_instance().is_some()))]
        }
        ResourceKind::VpnConnection(it) => &[("on_premises_cidr_blocks", has_ipv6_routes(it))],
        _ => &[],
    };
    fields.iter().filter(|(_, set)| *set).map(|(name, _)| *name).collect()
}
