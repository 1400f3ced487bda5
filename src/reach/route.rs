//! Which route of a table a packet takes.

use std::net::IpAddr;

use ipnet::IpNet;

use super::network::Network;
use crate::model::{
    ResourceId, ResourceKind, RouteDestination,
    routing::{self, EffectiveRoute, EffectiveTarget},
};

/// Where a packet wants to go, as far as route tables care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Aim {
    /// An address.
    Address(IpAddr),
    /// A regional service by its name: its prefix list where a table has a route for it, else a
    /// public address.
    Service(String),
}

/// The effective table of a subnet and the route that wins in it.
pub(super) fn choose(
    network: &Network<'_>,
    subnet: &ResourceId,
    aim: &Aim,
) -> (Option<ResourceId>, Option<EffectiveRoute>) {
    let Some((table, _)) = routing::effective_route_table(network.topology, network.index, subnet) else {
        return (None, None);
    };
    (Some(table.clone()), choose_in(network, table, aim))
}

/// The route that wins in a table: the longest prefix; at equal length a static route wins over that
/// of a prefix list, and that over a propagated one (VPC User Guide, "Route priority").
pub(super) fn choose_in(network: &Network<'_>, table: &ResourceId, aim: &Aim) -> Option<EffectiveRoute> {
    let routes = routing::effective_routes(network.topology, network.index, table);
    let best = routes
        .into_iter()
        .filter_map(|route| rank(network, &route, aim).map(|rank| (rank, route)))
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, route)| route)
}

/// How well a route fits: the prefix length, then who made it; `None` where it does not.
fn rank(network: &Network<'_>, route: &EffectiveRoute, aim: &Aim) -> Option<(u8, u8)> {
    let block = |net: IpNet, address: &IpAddr| {
        let origin = u8::from(!matches!(route.target, EffectiveTarget::Propagated(_))) * 2;
        net.contains(address).then_some((net.prefix_len(), origin))
    };
    match (&route.destination, aim) {
        (RouteDestination::Ipv4(net), Aim::Address(address)) => block(IpNet::V4(*net), address),
        (RouteDestination::Ipv6(net), Aim::Address(address)) => block(IpNet::V6(*net), address),
        // Public services live at public addresses, which only the default route and routes to
        // public blocks cover; a prefix list names them exactly.
        (RouteDestination::Ipv4(net), Aim::Service(_)) => (net.prefix_len() == 0).then_some((0, 2)),
        (RouteDestination::PrefixList(name), Aim::Service(service)) => {
            (name == service && leads_to_endpoint(network, route)).then_some((u8::MAX, 1))
        }
        (RouteDestination::ManagedPrefixList(id), Aim::Address(address)) => {
            let list = network.topology.kind(id).and_then(ResourceKind::as_managed_prefix_list)?;
            let fits = list.entries.iter().filter(|it| it.cidr.contains(address));
            fits.map(|it| it.cidr.prefix_len()).max().map(|length| (length, 1))
        }
        _ => None,
    }
}

fn leads_to_endpoint(network: &Network<'_>, route: &EffectiveRoute) -> bool {
    match &route.target {
        EffectiveTarget::Endpoint(id) => {
            matches!(network.topology.kind(id), Some(ResourceKind::GatewayEndpoint(_)))
        }
        _ => false,
    }
}
