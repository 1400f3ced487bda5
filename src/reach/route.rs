//! Which route of a table a packet takes.

use std::net::Ipv4Addr;

use crate::model::{
    Index, ResourceId, ResourceKind, RouteDestination, Topology,
    routing::{self, EffectiveRoute, EffectiveTarget},
};

/// Where a packet wants to go, as far as route tables care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Aim {
    /// An address.
    Address(Ipv4Addr),
    /// A regional service by its name: its prefix list where a table has a route for it, else a
    /// public address.
    Service(String),
}

/// The effective table of a subnet and the route that wins in it: the longest prefix; at equal length
/// a static route wins over that of a prefix list (VPC User Guide, "Route priority").
pub(super) fn choose(
    topology: &Topology,
    index: &Index,
    subnet: &ResourceId,
    aim: &Aim,
) -> (Option<ResourceId>, Option<EffectiveRoute>) {
    let Some((table, _)) = routing::effective_route_table(topology, index, subnet) else {
        return (None, None);
    };
    let routes = routing::effective_routes(topology, index, table);
    let best = routes
        .into_iter()
        .filter_map(|route| rank(topology, &route, aim).map(|rank| (rank, route)))
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    (Some(table.clone()), best.map(|(_, route)| route))
}

/// How well a route fits: the prefix length, then static over prefix list; `None` where it does not.
fn rank(topology: &Topology, route: &EffectiveRoute, aim: &Aim) -> Option<(u8, bool)> {
    match (&route.destination, aim) {
        (RouteDestination::Ipv4(net), Aim::Address(address)) => {
            net.contains(address).then_some((net.prefix_len(), true))
        }
        // Public services live at public addresses, which only the default route and routes to
        // public blocks cover; a prefix list names them exactly.
        (RouteDestination::Ipv4(net), Aim::Service(_)) => (net.prefix_len() == 0).then_some((0, true)),
        (RouteDestination::PrefixList(name), Aim::Service(service)) => {
            (name == service && leads_to_endpoint(topology, route)).then_some((u8::MAX, false))
        }
        _ => None,
    }
}

fn leads_to_endpoint(topology: &Topology, route: &EffectiveRoute) -> bool {
    match &route.target {
        EffectiveTarget::Endpoint(id) => matches!(topology.kind(id), Some(ResourceKind::GatewayEndpoint(_))),
        _ => false,
    }
}
