//! Route tables: the main one, and static routes.

use std::collections::BTreeMap;

use super::{Context, instance};
use crate::{
    cloud::{
        Call, Change, DescribeKind, LiveRoute, LiveRouteTable, LiveRouteTableAssociation, RouteDestination,
        RouteTarget,
    },
    deploy::observed::{Observed, describe_one},
    model::{self, RouteTable},
};

pub fn newborn(table: &RouteTable, id: String, cx: Context<'_>, observed: &mut Observed) {
    let associations = if table.main {
        vec![LiveRouteTableAssociation {
            route_table_association_id: format!("{id}/main"),
            main: true,
            ..LiveRouteTableAssociation::default()
        }]
    } else {
        Vec::new()
    };
    let live = LiveRouteTable {
        route_table_id: id.clone(),
        vpc_id: cx.vpc(&table.vpc_id),
        associations,
        ..LiveRouteTable::default()
    };
    observed.route_tables.insert(id, live);
}

/// Moves the VPC's main association to this table, if it is to be the main one.
pub fn main_table(table: &RouteTable, id: &str, cx: Context<'_>, observed: &Observed) -> Vec<Call> {
    if !table.main {
        return Vec::new();
    }
    let vpc = cx.vpc(&table.vpc_id);
    let now = match cx.places {
        Some(places) => places.main_tables.get(&vpc).and_then(|it| observed.route_tables.get(it)),
        None => observed.main_table(&vpc),
    };
    let Some(now) = now.filter(|now| now.route_table_id != id) else {
        return Vec::new();
    };
    now.associations
        .iter()
        .filter(|association| association.main)
        .map(|association| Call::ReplaceRouteTableAssociation {
            association_id: association.route_table_association_id.clone(),
            route_table_id: id.to_owned(),
        })
        .collect()
}

/// Whether a route is one of the user's: not the local ones, nor those that endpoints and virtual
/// private gateways put there.
fn is_static(route: &LiveRoute) -> bool {
    let target = route.target().unwrap_or_default();
    let of_endpoint = route.destination_prefix_list_id.is_some() && target.starts_with("vpce-");
    target != "local" && !of_endpoint && (route.origin == "CreateRoute" || route.origin.is_empty())
}

fn wanted_destination(
    destination: &model::RouteDestination,
    vpc: &model::ResourceId,
    cx: Context<'_>,
) -> RouteDestination {
    match destination {
        model::RouteDestination::Ipv4(net) => RouteDestination::Ipv4(net.to_string()),
        model::RouteDestination::Ipv6(net) => {
            RouteDestination::Ipv6(cx.real_ipv6(Some(vpc), *net).to_string())
        }
        model::RouteDestination::PrefixList(name) => RouteDestination::PrefixList(cx.ids.prefix_list(name)),
        model::RouteDestination::ManagedPrefixList(id) => RouteDestination::PrefixList(cx.ids.of(id)),
    }
}

fn wanted_target(target: &model::RouteTarget, cx: Context<'_>, observed: &Observed) -> RouteTarget {
    match target {
        model::RouteTarget::NatGateway(id) => RouteTarget::NatGateway(cx.ids.of(id)),
        model::RouteTarget::Instance(id) => match instance::primary_of_several(id, cx, observed) {
            Some(primary) => RouteTarget::NetworkInterface(primary.to_owned()),
            None => RouteTarget::Instance(cx.ids.of(id)),
        },
        model::RouteTarget::Gateway(id) => RouteTarget::Gateway(cx.ids.of(id)),
        model::RouteTarget::EgressOnlyGateway(id) => RouteTarget::EgressOnlyInternetGateway(cx.ids.of(id)),
        model::RouteTarget::NetworkInterface(id) => RouteTarget::NetworkInterface(cx.ids.of(id)),
        model::RouteTarget::VpcPeeringConnection(id) => RouteTarget::VpcPeeringConnection(cx.ids.of(id)),
        model::RouteTarget::TransitGateway(id) => RouteTarget::TransitGateway(cx.ids.of(id)),
        model::RouteTarget::Blackhole(id) | model::RouteTarget::Other(id) => {
            RouteTarget::from_id(id).unwrap_or_else(|| RouteTarget::Gateway(id.clone()))
        }
    }
}

fn live_destination(route: &LiveRoute) -> Option<RouteDestination> {
    let ipv4 = route.destination_cidr_block.clone().map(RouteDestination::Ipv4);
    let ipv6 = || route.destination_ipv6_cidr_block.clone().map(RouteDestination::Ipv6);
    let list = || route.destination_prefix_list_id.clone().map(RouteDestination::PrefixList);
    ipv4.or_else(ipv6).or_else(list)
}

/// The table, and the instances whose primary interface a route must name.
pub fn reads(table: &RouteTable, id: &str, cx: Context<'_>) -> Vec<Call> {
    let instances = table.routes.iter().filter_map(|route| match &route.target {
        model::RouteTarget::Instance(id) if instance::has_interfaces(id, cx) => cx.ids.get(id),
        _ => None,
    });
    let instances = instances.map(|id| describe_one(DescribeKind::Instances, id));
    std::iter::once(describe_one(DescribeKind::RouteTables, id)).chain(instances).collect()
}

/// Replaces what goes elsewhere, adds what is missing, removes what is drawn no more, in this order.
pub fn routes(table: &RouteTable, id: &str, cx: Context<'_>, observed: &Observed) -> Vec<Call> {
    let Some(live) = observed.route_tables.get(id) else {
        return Vec::new();
    };
    let now: BTreeMap<RouteDestination, &LiveRoute> = live
        .routes
        .iter()
        .filter(|route| is_static(route))
        .filter_map(|route| Some((live_destination(route)?, route)))
        .collect();
    let wanted: BTreeMap<RouteDestination, RouteTarget> = table
        .routes
        .iter()
        .map(|route| {
            let destination = wanted_destination(&route.destination, &table.vpc_id, cx);
            (destination, wanted_target(&route.target, cx, observed))
        })
        .collect();
    let route_table_id = || id.to_owned();
    let mut calls = Vec::new();
    for (destination, target) in &wanted {
        let (destination, target_call) = (destination.clone(), target.clone());
        match now.get(&destination) {
            Some(current) if !current.leads_to(target.id()) => {
                calls.push(Call::ReplaceRoute {
                    route_table_id: route_table_id(),
                    destination,
                    target: target_call,
                });
            }
            None => {
                calls.push(Call::CreateRoute {
                    route_table_id: route_table_id(),
                    destination,
                    target: target_call,
                });
            }
            Some(_) => {}
        }
    }
    for destination in now.keys().filter(|destination| !wanted.contains_key(*destination)) {
        calls.push(Call::DeleteRoute { route_table_id: route_table_id(), destination: destination.clone() });
    }
    calls
}

/// The gateways that route by this table what comes in from outside. One that leaves another table is
/// moved over at once.
pub fn edge_associations(table: &RouteTable, id: &str, cx: Context<'_>, observed: &Observed) -> Vec<Call> {
    let edges = || {
        let tables = observed.route_tables.values();
        tables.flat_map(|table| table.associations.iter().map(|it| (table.route_table_id.as_str(), it)))
    };
    let of_gateway = |gateway: &str| {
        edges().find(|(_, it)| it.gateway_id.as_deref() == Some(gateway) && it.state != "disassociated")
    };
    let wanted = cx.ids.of_all(&table.gateway_ids);
    let mut calls = Vec::new();
    for gateway in &wanted {
        match of_gateway(gateway) {
            None => {
                let change = Change::AssociateRouteTable { gateway_id: gateway.clone() };
                calls.push(Call::ChangeObject { id: id.to_owned(), change });
            }
            Some((other, association)) if other != id => {
                calls.push(Call::ReplaceRouteTableAssociation {
                    association_id: association.route_table_association_id.clone(),
                    route_table_id: id.to_owned(),
                });
            }
            Some(_) => {}
        }
    }
    let is_taken = |gateway: &String| {
        let tables = cx.desired.topology.of_kind(model::Kind::RouteTable);
        let mut gateways = tables.filter_map(|it| it.kind.as_route_table()).flat_map(|it| &it.gateway_ids);
        gateways.any(|it| cx.ids.of(it) == *gateway)
    };
    let own = observed.route_tables.get(id).into_iter().flat_map(|it| &it.associations);
    let stale = own.filter(|it| it.gateway_id.as_ref().is_some_and(|gateway| !is_taken(gateway)));
    calls
        .extend(stale.map(|it| Call::DisassociateRouteTable {
            association_id: it.route_table_association_id.clone(),
        }));
    calls
}

/// The virtual private gateways whose routes the table learns.
pub fn propagations(table: &RouteTable, id: &str, cx: Context<'_>, observed: &Observed) -> Vec<Call> {
    let Some(live) = observed.route_tables.get(id) else {
        return Vec::new();
    };
    let wanted = cx.ids.of_all(&table.propagating_vgws);
    let call = |change| Call::ChangeObject { id: id.to_owned(), change };
    let missing = wanted.iter().filter(|it| !live.propagating_vgws.contains(it));
    let stale = live.propagating_vgws.iter().filter(|it| !wanted.contains(it));
    let enable = missing.map(|it| call(Change::EnableVgwRoutePropagation { gateway_id: it.clone() }));
    let disable = stale.map(|it| call(Change::DisableVgwRoutePropagation { gateway_id: it.clone() }));
    enable.chain(disable).collect()
}
