//! The second lines, and the arrows, of what leads out of a VPC or watches over it.

use crate::{
    model::{
        BlockMode, Index, Kind, LoadBalancerType, NetworkInterface, Resource, ResourceId, ResourceKind,
        VpnConnection,
    },
    t,
};

use super::{measure::clean, node::NodeId, words::kind_name};

/// The second line of a box: what it belongs to or joins, else the kind.
pub(super) fn detail(index: &Index, kind: &ResourceKind) -> String {
    let name = |id: &ResourceId| clean(index.get(id).map_or(id.as_str(), Resource::label));
    let pair = |a: &ResourceId, b: Option<&ResourceId>, elsewhere: Option<&String>| {
        let b = b.map(name).or_else(|| elsewhere.map(|text| clean(text)));
        t!("scene-joins", a = name(a), b = b.unwrap_or_else(|| t!("scene-elsewhere")))
    };
    match kind {
        ResourceKind::NetworkInterface(it) => interface(it, name),
        ResourceKind::VpcPeeringConnection(it) => {
            pair(&it.vpc_id, it.peer_vpc_id.as_ref(), it.peer_vpc.as_ref())
        }
        ResourceKind::TransitGatewayPeeringAttachment(it) => pair(
            &it.transit_gateway_id,
            it.peer_transit_gateway_id.as_ref(),
            it.peer_transit_gateway.as_ref(),
        ),
        ResourceKind::TransitGatewayVpcAttachment(it) => {
            t!("scene-leads-to", name = name(&it.transit_gateway_id))
        }
        ResourceKind::TransitGatewayRouteTable(it) => {
            t!("scene-part-of", name = name(&it.transit_gateway_id))
        }
        ResourceKind::VpnGateway(it) if it.vpc_id.is_none() => t!("scene-not-attached"),
        ResourceKind::VpnConnection(it) => connection(it, name),
        ResourceKind::ManagedPrefixList(it) => {
            t!("scene-entries", count = it.entries.len(), room = it.max_entries)
        }
        ResourceKind::DhcpOptions(it) => clean(&it.domain_name_servers.join(", ")),
        ResourceKind::FlowLog(it) => t!("scene-part-of", name = name(&it.resource_id)),
        ResourceKind::VpcBlockPublicAccess(it) => match it.internet_gateway_block_mode {
            BlockMode::Off => t!("scene-block-off"),
            BlockMode::BlockBidirectional => t!("scene-block-both"),
            BlockMode::BlockIngress => t!("scene-block-ingress"),
        },
        ResourceKind::LoadBalancer(it) => match it.load_balancer_type {
            LoadBalancerType::Network => t!("scene-balancer-network"),
            LoadBalancerType::Application => t!("scene-balancer-application"),
            LoadBalancerType::Gateway => t!("scene-balancer-gateway"),
        },
        ResourceKind::TargetGroup(it) => {
            t!("scene-targets", protocol = it.protocol.to_string(), port = it.port, count = it.targets.len())
        }
        other => kind_name(other.kind()),
    }
}

fn interface(it: &NetworkInterface, name: impl Fn(&ResourceId) -> String) -> String {
    match (&it.instance_id, it.private_ip) {
        (Some(instance), _) => t!("scene-part-of", name = name(instance)),
        (None, Some(address)) => address.to_string(),
        (None, None) => kind_name(Kind::NetworkInterface),
    }
}

fn connection(it: &VpnConnection, name: impl Fn(&ResourceId) -> String) -> String {
    let gateway = it.vpn_gateway_id.as_ref().or(it.transit_gateway_id.as_ref());
    gateway.map_or_else(|| t!("scene-not-attached"), |gateway| t!("scene-leads-to", name = name(gateway)))
}

/// From gateways and connections to what they lead on to: each pair of boxes that is joined.
pub(super) fn joined(index: &Index) -> Vec<(NodeId, NodeId)> {
    let node = |id: &ResourceId| NodeId::Resource(id.clone());
    let mut pairs = Vec::new();
    for gateway in index.resources_of(Kind::EgressOnlyInternetGateway) {
        pairs.push((node(&gateway.id), NodeId::Internet));
    }
    for nat in index.resources_of(Kind::RegionalNatGateway) {
        let vpc = nat.kind.as_regional_nat_gateway().map(|it| &it.vpc_id);
        if let Some(gateway) = vpc.and_then(|vpc| index.internet_gateway(vpc)) {
            pairs.push((node(&nat.id), node(gateway)));
        }
    }
    for attachment in index.resources_of(Kind::TransitGatewayVpcAttachment) {
        if let Some(it) = attachment.kind.as_transit_gateway_vpc_attachment() {
            pairs.push((node(&attachment.id), node(&it.transit_gateway_id)));
        }
    }
    for peering in index.resources_of(Kind::TransitGatewayPeeringAttachment) {
        if let Some(it) = peering.kind.as_transit_gateway_peering_attachment() {
            pairs.push((node(&it.transit_gateway_id), node(&peering.id)));
            pairs.extend(it.peer_transit_gateway_id.iter().map(|peer| (node(&peering.id), node(peer))));
        }
    }
    for peering in index.resources_of(Kind::VpcPeeringConnection) {
        if let Some(it) = peering.kind.as_vpc_peering_connection() {
            pairs.push((node(&it.vpc_id), node(&peering.id)));
            pairs.extend(it.peer_vpc_id.iter().map(|peer| (node(&peering.id), node(peer))));
        }
    }
    for connection in index.resources_of(Kind::VpnConnection) {
        if let Some(it) = connection.kind.as_vpn_connection() {
            let gateways = it.vpn_gateway_id.iter().chain(&it.transit_gateway_id);
            pairs.extend(gateways.map(|gateway| (node(gateway), node(&connection.id))));
        }
    }
    for interface in index.resources_of(Kind::NetworkInterface) {
        let instance = interface.kind.as_network_interface().and_then(|it| it.instance_id.as_ref());
        pairs.extend(instance.map(|instance| (node(instance), node(&interface.id))));
    }
    pairs
}
