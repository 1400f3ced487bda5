//! Which route of a table a packet takes. A table is put in order once, when the first packet asks.

use std::net::IpAddr;

use ipnet::IpNet;

use super::network::Network;
use crate::model::{
    ResourceId, ResourceKind, RouteDestination,
    routing::{self, EffectiveRoute, EffectiveTarget},
};

/// Where a packet wants to go, as far as route tables care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim<'n> {
    /// An address.
    Address(IpAddr),
    /// A regional service by its name: its prefix list where a table has a route for it, else a
    /// public address.
    Service(&'n str),
}

/// Who made a route: at equal length a static route wins over that of a prefix list, and that over a
/// propagated one (VPC User Guide, "Route priority").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    Propagated,
    PrefixList,
    Static,
}

/// A route table, ready for questions.
#[derive(Debug, Default)]
pub(super) struct Table {
    routes: Vec<EffectiveRoute>,
    /// Each block of each route: of those that fit, the last one wins.
    blocks: Vec<(IpNet, usize)>,
    /// The services with a gateway endpoint in this table.
    services: Vec<usize>,
}

impl Table {
    /// The table of this id; of a VPC's id one with the local routes only, for a subnet whose table is
    /// not known.
    pub fn new(network: &Network<'_>, id: &ResourceId) -> Self {
        let routes = match network.kind(id) {
            Some(ResourceKind::Vpc(vpc)) => {
                let local = |block: IpNet| EffectiveRoute {
                    destination: block.into(),
                    target: EffectiveTarget::Local,
                };
                vpc.all_cidr_blocks().map(local).collect()
            }
            _ => routing::effective_routes(network.topology, network.index, id),
        };
        let mut blocks = Vec::new();
        let mut services = Vec::new();
        for (at, route) in routes.iter().enumerate() {
            let origin = match route.target {
                EffectiveTarget::Propagated(_) => Origin::Propagated,
                _ => Origin::Static,
            };
            match &route.destination {
                RouteDestination::Ipv4(net) => blocks.push((IpNet::V4(*net), origin, at)),
                RouteDestination::Ipv6(net) => blocks.push((IpNet::V6(*net), origin, at)),
                RouteDestination::ManagedPrefixList(id) => {
                    blocks.extend(network.list_entries(id).map(|net| (net, Origin::PrefixList, at)));
                }
                RouteDestination::PrefixList(name) => {
                    if matches!(route.target, EffectiveTarget::Endpoint(_)) {
                        services.push(at);
                    }
                    let entries =
                        network.list_named(name).into_iter().flat_map(|id| network.list_entries(id));
                    blocks.extend(entries.map(|net| (net, Origin::PrefixList, at)));
                }
            }
        }
        // Of two equal ones the first stays the winner, so it comes last.
        blocks.sort_by_key(|(net, origin, at)| (net.prefix_len(), *origin, std::cmp::Reverse(*at)));
        let blocks = blocks.into_iter().map(|(net, _, at)| (net, at)).collect();
        Self { routes, blocks, services }
    }

    fn choose(&self, aim: Aim<'_>) -> Option<&EffectiveRoute> {
        let at = match aim {
            Aim::Address(address) => self.blocks.iter().rev().find(|(net, _)| net.contains(&address))?.1,
            // Public services live at public addresses, which only the default route and routes to
            // public blocks cover; a prefix list names them exactly.
            Aim::Service(service) => {
                let named = |at: &&usize| {
                    let route = self.routes.get(**at);
                    route.is_some_and(
                        |it| matches!(&it.destination, RouteDestination::PrefixList(name) if name == service),
                    )
                };
                let default =
                    |(net, _): &&(IpNet, usize)| net.prefix_len() == 0 && matches!(net, IpNet::V4(_));
                match self.services.iter().find(named) {
                    Some(at) => *at,
                    None => self.blocks.iter().rev().find(default)?.1,
                }
            }
        };
        self.routes.get(at)
    }
}

/// The effective table of a subnet and the route that wins in it.
pub(super) fn choose<'n>(
    network: &'n Network<'n>,
    subnet: &ResourceId,
    aim: Aim<'_>,
) -> (Option<&'n ResourceId>, Option<&'n EffectiveRoute>) {
    let Some(fields) = network.subnet(subnet) else { return (None, None) };
    let table = fields.route_table_id.as_ref().filter(|id| network.table(id).is_some());
    let table = table.or_else(|| network.index.main_route_table(&fields.vpc_id)).unwrap_or(&fields.vpc_id);
    (Some(table), choose_in(network, table, aim))
}

/// The route that wins in a table: the longest prefix, whoever made it; then by who made it.
pub(super) fn choose_in<'n>(
    network: &'n Network<'n>,
    table: &ResourceId,
    aim: Aim<'_>,
) -> Option<&'n EffectiveRoute> {
    network.table(table)?.choose(aim)
}
