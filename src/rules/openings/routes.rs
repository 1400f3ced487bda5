//! Routes that would lead a packet on: to a gateway, to another network, to a service; or another table
//! that has such a route already.

use std::net::IpAddr;

use ipnet::IpNet;

use super::{
    Choices, Edit, gateways, made,
    site::{Side, Site, everywhere},
};
use crate::{
    edit::{Command, ConnectTarget},
    model::{
        Container, Field, Kind, ResourceId, ResourceKind, Route, RouteDestination, RouteTable, RouteTarget,
        Subnet, VpcPeeringConnection, routing,
    },
    reach::Interface,
    t,
};

/// So many other tables are tried for the subnet.
const MOST_TABLES: usize = 4;

/// The subnet that a packet leaves, with its table.
struct Spot<'a> {
    id: &'a ResourceId,
    subnet: &'a Subnet,
    table: &'a ResourceId,
    fields: &'a RouteTable,
}

/// What leads from the subnet at which the walk stopped to the packet's destination.
pub(super) fn to_destination(site: &Site<'_>) -> Vec<Choices> {
    let Some((id, subnet)) = site.spot() else { return Vec::new() };
    let found = routing::effective_route_table(&site.document.topology, site.index, id);
    let Some((table, _)) = found else { return Vec::new() };
    let Some(fields) = site.kind(table).and_then(ResourceKind::as_route_table) else { return Vec::new() };
    let spot = Spot { id, subnet, table, fields };
    let side = site.destination();
    let mut all = Vec::new();
    if let Some(endpoint) = side.service {
        all.push(vec![vec![connect(site, &spot, endpoint)]]);
    }
    for to in side.interfaces.iter().filter(|to| to.vpc != subnet.vpc_id) {
        all.extend(to_vpc(site, &spot, to));
    }
    if let Some(address) = side.outside.filter(|it| is_private(*it)) {
        all.push(on_premises(site, &spot, address));
    }
    if goes_out(&side, &subnet.vpc_id) {
        all.extend(to_internet(site, &spot, &side));
    }
    all.push(without_dead(site, &spot));
    // Another table is the last resort: it changes every other path of the subnet as well.
    all.push(other_tables(site, &spot));
    all
}

fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(it) => it.is_private(),
        IpAddr::V6(it) => it.is_unique_local(),
    }
}

/// Whether the internet may lead to a side.
fn goes_out(side: &Side<'_>, vpc: &ResourceId) -> bool {
    let public = |it: &&Interface| it.vpc != *vpc && it.addresses.iter().any(|held| held.public.is_some());
    side.internet
        || side.service.is_some()
        || side.outside.is_some_and(|it| !is_private(it))
        || side.interfaces.iter().any(public)
}

fn connect(site: &Site<'_>, spot: &Spot<'_>, endpoint: &ResourceId) -> Edit {
    let label = t!("rule-open-endpoint", table = site.label(spot.table), endpoint = site.label(endpoint));
    let to = ConnectTarget::Resource(endpoint.clone());
    Edit { label, command: Command::Connect { from: spot.table.clone(), to } }
}

/// By the gateways of the VPC, its own or new ones. Where the sender has a public address the internet
/// gateway is tried first.
fn to_internet(site: &Site<'_>, spot: &Spot<'_>, side: &Side<'_>) -> Vec<Choices> {
    let vpc = &spot.subnet.vpc_id;
    let destinations = outward(spot, side);
    let mut direct: Choices = Vec::new();
    let gateway = site.index.internet_gateway(vpc).cloned();
    let attach = gateway.is_none().then(|| gateways::new_gateway(site, vpc)).flatten();
    if let Some((first, gateway)) = attach {
        for destination in &destinations {
            let target = RouteTarget::Gateway(gateway.clone());
            direct.extend(route(site, spot, destination, target).map(|edit| vec![first.clone(), edit]));
        }
    } else if let Some(gateway) = &gateway {
        for destination in &destinations {
            direct.extend(
                route(site, spot, destination, RouteTarget::Gateway(gateway.clone())).map(|it| vec![it]),
            );
        }
    }
    if site.is_reply() {
        return vec![direct];
    }
    let mut translated: Choices = Vec::new();
    for target in nat_gateways(site, spot) {
        for destination in &destinations {
            translated.extend(route(site, spot, destination, target.clone()).map(|it| vec![it]));
        }
    }
    if translated.is_empty() {
        translated.extend(new_nat(site, spot));
    }
    let six = site.index.egress_only_gateway(vpc).cloned().map(RouteTarget::EgressOnlyGateway);
    if let (Some(target), [_, all_six]) = (six, everywhere()) {
        translated.extend(route(site, spot, &all_six.into(), target).map(|it| vec![it]));
    }
    vec![direct, translated]
}

/// The destinations of a route outwards: that of the route which wins now, then everything.
fn outward(spot: &Spot<'_>, side: &Side<'_>) -> Vec<RouteDestination> {
    let mut destinations: Vec<RouteDestination> = Vec::new();
    let winner = side.outside.and_then(|address| winning(spot.fields, address));
    destinations.extend(winner.map(|it| it.destination.clone()));
    destinations.extend(everywhere().map(RouteDestination::from));
    destinations.dedup();
    destinations
}

/// The static route with the longest block around an address.
fn winning(table: &RouteTable, address: IpAddr) -> Option<&Route> {
    let length = |route: &&Route| block(&route.destination).map(|it| it.prefix_len());
    let around = |route: &&Route| block(&route.destination).is_some_and(|it| it.contains(&address));
    table.routes.iter().filter(around).max_by_key(length)
}

fn block(destination: &RouteDestination) -> Option<IpNet> {
    match destination {
        RouteDestination::Ipv4(net) => Some(IpNet::V4(*net)),
        RouteDestination::Ipv6(net) => Some(IpNet::V6(*net)),
        RouteDestination::PrefixList(_) | RouteDestination::ManagedPrefixList(_) => None,
    }
}

/// The NAT gateways of the VPC, one in the subnet's Availability Zone first.
fn nat_gateways(site: &Site<'_>, spot: &Spot<'_>) -> Vec<RouteTarget> {
    let vpc = &spot.subnet.vpc_id;
    let mut found: Vec<(bool, &ResourceId)> = Vec::new();
    for id in site.index.of_kind(Kind::NatGateway) {
        let at = site.network.of_owner(id).next().filter(|it| it.vpc == *vpc && it.subnet != *spot.id);
        let subnet = at.and_then(|it| site.kind(&it.subnet)).and_then(ResourceKind::as_subnet);
        found.extend(subnet.map(|it| (it.availability_zone != spot.subnet.availability_zone, id)));
    }
    for it in site.index.resources_of(Kind::RegionalNatGateway) {
        let here = it.kind.as_regional_nat_gateway().is_some_and(|fields| fields.vpc_id == *vpc);
        found.extend(here.then_some((false, &it.id)));
    }
    found.sort();
    found.into_iter().map(|(_, id)| RouteTarget::NatGateway(id.clone())).collect()
}

/// A NAT gateway in a subnet of the VPC that has a route to the internet gateway, and the route to it.
fn new_nat(site: &Site<'_>, spot: &Spot<'_>) -> Option<Vec<Edit>> {
    let vpc = &spot.subnet.vpc_id;
    let gateway = site.index.internet_gateway(vpc)?;
    let topology = &site.document.topology;
    let leads_out = |subnet: &&ResourceId| {
        let table = routing::effective_route_table(topology, site.index, subnet);
        let fields = table.and_then(|it| site.kind(it.0)).and_then(ResourceKind::as_route_table);
        let out = |route: &Route| matches!(&route.target, RouteTarget::Gateway(id) if id == gateway);
        fields.is_some_and(|it| it.routes.iter().any(out))
    };
    let subnet = site.index.subnets_of(topology, vpc).filter(|id| *id != spot.id).find(leads_out)?;
    let into = Container::Subnet(subnet.clone());
    let place = Command::Place { kind: Kind::NatGateway, into, at: None, name: None };
    let nat = made(site.document, site.index, &place)?;
    let label = t!("rule-open-new-nat", subnet = site.label(subnet));
    let all: RouteDestination = everywhere().first().copied()?.into();
    let route = route(site, spot, &all, RouteTarget::NatGateway(nat))?;
    Some(vec![Edit { label, command: place }, route])
}

/// By peering and transit gateways to another VPC.
fn to_vpc(site: &Site<'_>, spot: &Spot<'_>, to: &Interface) -> Vec<Choices> {
    let vpc = &spot.subnet.vpc_id;
    let Some(far) = site.kind(&to.vpc).and_then(ResourceKind::as_vpc) else { return Vec::new() };
    let around = |it: &IpNet| to.addresses.iter().any(|held| it.contains(&held.private));
    let blocks: Vec<RouteDestination> = far.all_cidr_blocks().filter(around).map(Into::into).collect();
    let routes = |target: RouteTarget| -> Choices {
        blocks.iter().filter_map(|it| route(site, spot, it, target.clone())).map(|it| vec![it]).collect()
    };
    let mut all: Vec<Choices> = Vec::new();
    for it in site.index.resources_of(Kind::VpcPeeringConnection) {
        let Some(fields) = it.kind.as_vpc_peering_connection() else { continue };
        let ours = fields.vpc_id == *vpc || fields.peer_vpc_id.as_ref() == Some(vpc);
        if ours && fields.other_side(vpc) == Some(&to.vpc) {
            all.push(routes(RouteTarget::VpcPeeringConnection(it.id.clone())));
        }
    }
    let both = |gateway: &&ResourceId| {
        gateways::attachment_of(site, gateway, vpc).is_some()
            && gateways::attachment_of(site, gateway, &to.vpc).is_some()
    };
    for gateway in site.index.of_kind(Kind::TransitGateway).iter().filter(both) {
        all.push(routes(RouteTarget::TransitGateway(gateway.clone())));
    }
    if all.is_empty() {
        all.push(new_peering(site, spot, to, &blocks).into_iter().collect());
    }
    all
}

/// A peering connection between two VPCs, and a route to it.
fn new_peering(
    site: &Site<'_>,
    spot: &Spot<'_>,
    to: &Interface,
    blocks: &[RouteDestination],
) -> Option<Vec<Edit>> {
    let vpc = &spot.subnet.vpc_id;
    let into = Container::Vpc(vpc.clone());
    let place = Command::Place { kind: Kind::VpcPeeringConnection, into, at: None, name: None };
    let id = made(site.document, site.index, &place)?;
    let fields = VpcPeeringConnection::new(vpc.clone(), to.vpc.clone());
    let set = Command::Set {
        id: id.clone(),
        field: Field::new("peer_vpc_id"),
        to: Box::new(ResourceKind::VpcPeeringConnection(fields)),
    };
    let label = t!("rule-open-peering", vpc = site.label(vpc), other = site.label(&to.vpc));
    let command = Command::Batch { label: label.clone(), commands: vec![place, set] };
    let route =
        blocks.first().and_then(|it| route(site, spot, it, RouteTarget::VpcPeeringConnection(id.clone())))?;
    Some(vec![Edit { label, command }, route])
}

/// To a network on premises: by what the virtual private gateway learns, or by a transit gateway.
fn on_premises(site: &Site<'_>, spot: &Spot<'_>, address: IpAddr) -> Choices {
    let vpc = &spot.subnet.vpc_id;
    let mut choices: Choices = Vec::new();
    if let Some(gateway) = site.index.vpn_gateway(vpc) {
        let known = routing::on_premises_blocks(&site.document.topology, site.index, gateway);
        let is_known = known.iter().any(|it| it.contains(&address));
        if is_known && !spot.fields.propagating_vgws.contains(gateway) {
            let mut to = spot.fields.clone();
            to.propagating_vgws.push(gateway.clone());
            let label =
                t!("rule-open-propagate", table = site.label(spot.table), gateway = site.label(gateway));
            choices.push(vec![set_table(spot, "propagating_vgws", to, label)]);
        }
    }
    for it in site.index.resources_of(Kind::VpnConnection) {
        let ResourceKind::VpnConnection(fields) = &it.kind else { continue };
        let Some(gateway) = &fields.transit_gateway_id else { continue };
        let around = fields.on_premises_cidr_blocks.iter().find(|it| it.contains(&address));
        if let Some(block) = around {
            let target = RouteTarget::TransitGateway(gateway.clone());
            choices.extend(route(site, spot, &(*block).into(), target).map(|it| vec![it]));
        }
    }
    choices
}

/// Without a route that leads nowhere: the next shorter one may do.
fn without_dead(site: &Site<'_>, spot: &Spot<'_>) -> Choices {
    let dead = |route: &Route| route.target.resource().is_none_or(|id| site.kind(id).is_none());
    let mut choices = Vec::new();
    for (at, it) in spot.fields.routes.iter().enumerate().filter(|(_, it)| dead(it)) {
        let mut to = spot.fields.clone();
        to.routes.remove(at);
        let destination = destination_text(site, &it.destination);
        let label = t!("rule-open-dead-route", table = site.label(spot.table), destination = destination);
        choices.push(vec![set_table(spot, "routes", to, label)]);
    }
    choices
}

/// Other tables of the VPC for the subnet, those that serve subnets already first.
fn other_tables(site: &Site<'_>, spot: &Spot<'_>) -> Choices {
    let in_vpc = |id: &&ResourceId| {
        let fields = site.kind(id).and_then(ResourceKind::as_route_table);
        *id != spot.table && fields.is_some_and(|it| it.vpc_id == spot.subnet.vpc_id)
    };
    let mut tables: Vec<&ResourceId> = site.index.of_kind(Kind::RouteTable).iter().filter(in_vpc).collect();
    tables.sort_by_key(|id| std::cmp::Reverse(site.index.users(id, "route_table_id").count().min(1)));
    let edit = |table: &ResourceId| {
        let label = t!("rule-open-associate", subnet = site.label(spot.id), table = site.label(table));
        let to = ConnectTarget::Resource(table.clone());
        vec![Edit { label, command: Command::Connect { from: spot.id.clone(), to } }]
    };
    tables.into_iter().take(MOST_TABLES).map(edit).collect()
}

/// A route of the subnet's table; one that is there for the same destination gets another target.
fn route(
    site: &Site<'_>,
    spot: &Spot<'_>,
    destination: &RouteDestination,
    target: RouteTarget,
) -> Option<Edit> {
    let mut to = spot.fields.clone();
    let target_id = target.resource()?.clone();
    match to.routes.iter_mut().find(|it| it.destination == *destination) {
        Some(route) if route.target == target => return None,
        Some(route) => route.target = target,
        None => to.routes.push(Route { destination: destination.clone(), target }),
    }
    let label = t!(
        "rule-open-route",
        table = site.label(spot.table),
        destination = destination_text(site, destination),
        target = site.label(&target_id)
    );
    Some(set_table(spot, "routes", to, label))
}

fn destination_text(site: &Site<'_>, destination: &RouteDestination) -> String {
    match destination {
        RouteDestination::Ipv4(net) => net.to_string(),
        RouteDestination::Ipv6(net) => net.to_string(),
        RouteDestination::PrefixList(name) => name.clone(),
        RouteDestination::ManagedPrefixList(id) => site.label(id),
    }
}

fn set_table(spot: &Spot<'_>, field: &'static str, to: RouteTable, label: String) -> Edit {
    let to = Box::new(ResourceKind::RouteTable(to));
    Edit { label, command: Command::Set { id: spot.table.clone(), field: Field::new(field), to } }
}
