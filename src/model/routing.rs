//! Which table serves a subnet, and which routes that table has once the implicit ones are counted.

use std::collections::BTreeSet;

use ipnet::IpNet;

use super::{
    id::ResourceId,
    index::Index,
    kinds::{RouteDestination, RouteTarget},
    resource::ResourceKind,
    topology::Topology,
};

/// How a subnet came to its route table or network ACL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Association {
    /// Named by the subnet.
    Explicit,
    /// The VPC's main table, or its default network ACL.
    Implicit,
}

/// The route table that serves a subnet: the explicit one, else the VPC's main one.
pub fn effective_route_table<'a>(
    topology: &'a Topology,
    index: &'a Index,
    subnet: &ResourceId,
) -> Option<(&'a ResourceId, Association)> {
    let fields = topology.kind(subnet)?.as_subnet()?;
    match &fields.route_table_id {
        Some(id) => Some((id, Association::Explicit)),
        None => index.main_route_table(&fields.vpc_id).map(|id| (id, Association::Implicit)),
    }
}

/// The network ACL of a subnet: the explicit one, else the VPC's default one.
pub fn effective_network_acl<'a>(
    topology: &'a Topology,
    index: &'a Index,
    subnet: &ResourceId,
) -> Option<(&'a ResourceId, Association)> {
    let fields = topology.kind(subnet)?.as_subnet()?;
    match &fields.network_acl_id {
        Some(id) => Some((id, Association::Explicit)),
        None => index.default_network_acl(&fields.vpc_id).map(|id| (id, Association::Implicit)),
    }
}

/// Who put a route into a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EffectiveTarget {
    /// AWS, for each block of the VPC.
    Local,
    /// The user; `at` is the place in the table's list.
    Static {
        /// The place in `routes`.
        at: usize,
        /// Where packets go.
        target: RouteTarget,
    },
    /// A gateway endpoint.
    Endpoint(ResourceId),
    /// A virtual private gateway, which learnt it.
    Propagated(ResourceId),
}

/// A route as AWS would list it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffectiveRoute {
    /// Where packets want to go.
    pub destination: RouteDestination,
    /// Where they are sent, and who said so.
    pub target: EffectiveTarget,
}

/// All routes of a table: local ones first, then static ones in their order, endpoints' ones, and
/// propagated ones.
pub fn effective_routes(topology: &Topology, index: &Index, table: &ResourceId) -> Vec<EffectiveRoute> {
    let Some(fields) = topology.kind(table).and_then(ResourceKind::as_route_table) else {
        return Vec::new();
    };
    let mut routes = Vec::new();
    if let Some(vpc) = topology.kind(&fields.vpc_id).and_then(ResourceKind::as_vpc) {
        routes.extend(
            vpc.all_cidr_blocks()
                .map(|block| EffectiveRoute { destination: block.into(), target: EffectiveTarget::Local }),
        );
    }
    routes.extend(fields.routes.iter().enumerate().map(|(at, route)| EffectiveRoute {
        destination: route.destination.clone(),
        target: EffectiveTarget::Static { at, target: route.target.clone() },
    }));
    for endpoint in index.endpoints_of_table(table) {
        if let Some(fields) = topology.kind(endpoint).and_then(ResourceKind::as_gateway_endpoint) {
            routes.push(EffectiveRoute {
                destination: RouteDestination::PrefixList(fields.service_name.clone()),
                target: EffectiveTarget::Endpoint(endpoint.clone()),
            });
        }
    }
    for gateway in &fields.propagating_vgws {
        routes.extend(on_premises_blocks(topology, index, gateway).into_iter().map(|block| EffectiveRoute {
            destination: block.into(),
            target: EffectiveTarget::Propagated(gateway.clone()),
        }));
    }
    routes
}

/// The blocks that a virtual private gateway knows on premises, its own and those of its VPN
/// connections, each once and in order; none where the gateway is attached to no VPC.
pub fn on_premises_blocks(topology: &Topology, index: &Index, gateway: &ResourceId) -> BTreeSet<IpNet> {
    let Some(fields) = topology.kind(gateway).and_then(ResourceKind::as_vpn_gateway) else {
        return BTreeSet::new();
    };
    if fields.vpc_id.is_none() {
        return BTreeSet::new();
    }
    known_on_premises(topology, index, gateway)
}

/// The same, attached or not.
pub fn known_on_premises(topology: &Topology, index: &Index, gateway: &ResourceId) -> BTreeSet<IpNet> {
    let Some(fields) = topology.kind(gateway).and_then(ResourceKind::as_vpn_gateway) else {
        return BTreeSet::new();
    };
    let connections = index
        .users(gateway, "vpn_gateway_id")
        .filter_map(|id| topology.kind(id).and_then(ResourceKind::as_vpn_connection))
        .flat_map(|it| &it.on_premises_cidr_blocks);
    fields.on_premises_cidr_blocks.iter().chain(connections).copied().collect()
}

/// Whether a subnet is public: its effective route table sends some destination to an internet
/// gateway (VPC User Guide, "Subnet types").
pub fn is_public(topology: &Topology, index: &Index, subnet: &ResourceId) -> bool {
    let Some((table, _)) = effective_route_table(topology, index, subnet) else {
        return false;
    };
    topology.kind(table).and_then(ResourceKind::as_route_table).is_some_and(|table| {
        table.routes.iter().any(|route| match &route.target {
            RouteTarget::Gateway(id) => matches!(topology.kind(id), Some(ResourceKind::InternetGateway(_))),
            _ => false,
        })
    })
}
