//! Route tables of VPCs: last of all, since they name everything else.

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use super::{context::Import, network_acls::missing_subnet, node::Node};
use crate::{
    model::{
        EgressOnlyInternetGateway, GatewayEndpoint, InternetGateway, Kind, ResourceId, Route,
        RouteDestination, RouteTable, RouteTarget, VpnGateway,
    },
    t,
};

/// `RouteTables`.
pub(super) fn read(import: &mut Import<'_>) {
    for (node, _) in import.all("RouteTables") {
        let (Some(id), Some(vpc)) = (node.id("RouteTableId"), node.id("VpcId")) else {
            import.incomplete(&node, "VpcId");
            continue;
        };
        let mut table = RouteTable {
            vpc_id: vpc,
            main: false,
            routes: Vec::new(),
            propagating_vgws: Vec::new(),
            gateway_ids: Vec::new(),
        };
        for gateway in node.list("PropagatingVgws") {
            table.propagating_vgws.extend(gateway.id("GatewayId"));
        }
        for entry in node.list("Routes") {
            route(import, &entry, &id, &mut table);
        }
        for association in node.list("Associations") {
            associate(import, &association, &id, &mut table);
        }
        import.add(id, &node, table);
    }
}

fn associate(import: &mut Import<'_>, node: &Node<'_>, id: &ResourceId, table: &mut RouteTable) {
    if node.get("AssociationState").is_some_and(|it| !it.state_is("State", &["associated", "associating"])) {
        return;
    }
    table.main |= node.flag("Main").unwrap_or(false);
    table.gateway_ids.extend(node.id("GatewayId"));
    if let Some(subnet) = node.id("SubnetId") {
        match import.resources.get_mut(&subnet).and_then(|it| it.kind.as_subnet_mut()) {
            Some(subnet) => subnet.route_table_id = Some(id.clone()),
            None => missing_subnet(import, node, subnet.as_str()),
        }
    }
}

fn destination(import: &Import<'_>, node: &Node<'_>) -> Option<RouteDestination> {
    if let Some(block) = node.parse::<Ipv4Net>("DestinationCidrBlock", "a CIDR block") {
        return Some(RouteDestination::Ipv4(block.trunc()));
    }
    if let Some(block) = node.parse::<Ipv6Net>("DestinationIpv6CidrBlock", "a CIDR block") {
        return Some(RouteDestination::Ipv6(block.trunc()));
    }
    let list = node.id("DestinationPrefixListId")?;
    Some(if import.has(&list, Kind::ManagedPrefixList) {
        RouteDestination::ManagedPrefixList(list)
    } else {
        RouteDestination::PrefixList(list.as_str().to_owned())
    })
}

fn route(import: &mut Import<'_>, node: &Node<'_>, id: &ResourceId, table: &mut RouteTable) {
    if node.word("GatewayId").is_some_and(|it| it == "local") {
        return;
    }
    let Some(destination) = destination(import, node) else {
        import.leave_out(node, t!("import-rule"));
        return;
    };
    let lost = node.word("State").is_some_and(|it| it == "blackhole");
    let propagated = node.word("Origin").is_some_and(|it| it == "EnableVgwRoutePropagation");
    if propagated && !lost {
        learn(import, node, &destination, table);
        return;
    }
    let named = target(node);
    if lost {
        let gone = named.map_or_else(|| "gone".to_owned(), |(_, id)| id);
        table.routes.push(Route { destination, target: RouteTarget::Blackhole(gone) });
        return;
    }
    let Some((field, to)) = named else {
        import.leave_out(node, t!("import-rule"));
        return;
    };
    if of_endpoint(import, &destination, id, table, &to) {
        return;
    }
    let target = known(import, node, field, &to, table);
    table.routes.push(Route { destination, target });
}

/// The field that names the target, and what it says. An instance stands beside its interface.
fn target(node: &Node<'_>) -> Option<(&'static str, String)> {
    const FIELDS: &[&str] = &[
        "NatGatewayId",
        "VpcPeeringConnectionId",
        "TransitGatewayId",
        "EgressOnlyInternetGatewayId",
        "NetworkInterfaceId",
        "InstanceId",
        "GatewayId",
        "LocalGatewayId",
        "CarrierGatewayId",
        "CoreNetworkArn",
        "OdbNetworkArn",
    ];
    FIELDS.iter().find_map(|field| Some((*field, node.word(field)?)))
}

/// Whether it is the route of a gateway endpoint, which the endpoint itself stands for. An endpoint
/// that no file lists is made up from its routes.
fn of_endpoint(
    import: &mut Import<'_>,
    destination: &RouteDestination,
    table_id: &ResourceId,
    table: &RouteTable,
    to: &str,
) -> bool {
    let Ok(endpoint) = ResourceId::new(to) else { return false };
    if !to.starts_with("vpce-") {
        return false;
    }
    if !import.resources.contains_key(&endpoint) {
        let RouteDestination::ManagedPrefixList(list) = destination else { return false };
        let service = import.resources.get(list).map(|it| it.name.clone());
        let Some(service_name) = service.filter(|it| it.starts_with("com.amazonaws.")) else { return false };
        let made = GatewayEndpoint {
            vpc_id: table.vpc_id.clone(),
            service_name,
            route_table_ids: vec![table_id.clone()],
        };
        import.add_bare(endpoint.clone(), "", made);
        import.report.assume(endpoint.as_str(), t!("import-assumed-gateway"));
    }
    let lists =
        matches!(destination, RouteDestination::ManagedPrefixList(_) | RouteDestination::PrefixList(_));
    let fields = import.resources.get_mut(&endpoint).and_then(|it| it.kind.as_gateway_endpoint_mut());
    let Some(fields) = fields.filter(|_| lists) else { return false };
    if !fields.route_table_ids.contains(table_id) {
        fields.route_table_ids.push(table_id.clone());
    }
    true
}

/// What a virtual private gateway learnt from the other side of its connections.
fn learn(import: &mut Import<'_>, node: &Node<'_>, destination: &RouteDestination, table: &mut RouteTable) {
    let block = match destination {
        RouteDestination::Ipv4(block) => IpNet::V4(*block),
        RouteDestination::Ipv6(block) => IpNet::V6(*block),
        _ => return,
    };
    let Some(gateway) = node.id("GatewayId") else { return };
    missing_gateway(import, &gateway, table);
    if !table.propagating_vgws.contains(&gateway) {
        table.propagating_vgws.push(gateway.clone());
    }
    let fields = import.resources.get_mut(&gateway).and_then(|it| it.kind.as_vpn_gateway_mut());
    if let Some(fields) = fields.filter(|it| !it.on_premises_cidr_blocks.contains(&block)) {
        fields.on_premises_cidr_blocks.push(block);
    }
}

/// A gateway that an active route leads to is attached to the VPC, whether a file lists it or not.
fn missing_gateway(import: &mut Import<'_>, id: &ResourceId, table: &RouteTable) {
    if import.resources.contains_key(id) {
        return;
    }
    let vpc = table.vpc_id.clone();
    match id.as_str().split('-').next() {
        Some("igw") => import.add_bare(id.clone(), "", InternetGateway { vpc_id: Some(vpc) }),
        Some("eigw") => import.add_bare(id.clone(), "", EgressOnlyInternetGateway { vpc_id: vpc }),
        Some("vgw") => {
            import.add_bare(id.clone(), "", VpnGateway { vpc_id: Some(vpc), ..VpnGateway::default() });
        }
        _ => return,
    }
    import.report.assume(id.as_str(), t!("import-assumed-gateway"));
}

/// The target as a resource of the document, or as the text that names it.
fn known(import: &mut Import<'_>, node: &Node<'_>, field: &str, to: &str, table: &RouteTable) -> RouteTarget {
    let other = || RouteTarget::Other(to.to_owned());
    let Ok(id) = ResourceId::new(to) else { return other() };
    missing_gateway(import, &id, table);
    let found = match (field, import.kind_of(&id)) {
        (_, Some(Kind::InternetGateway | Kind::VpnGateway)) => RouteTarget::Gateway(id),
        (_, Some(Kind::EgressOnlyInternetGateway)) => RouteTarget::EgressOnlyGateway(id),
        (_, Some(Kind::NatGateway | Kind::RegionalNatGateway)) => RouteTarget::NatGateway(id),
        (_, Some(Kind::VpcPeeringConnection)) => RouteTarget::VpcPeeringConnection(id),
        (_, Some(Kind::TransitGateway)) => RouteTarget::TransitGateway(id),
        (_, Some(Kind::Instance)) => RouteTarget::Instance(id),
        ("NetworkInterfaceId", Some(Kind::NetworkInterface)) => RouteTarget::NetworkInterface(id),
        ("NetworkInterfaceId", None) => match import.primary_of.get(&id) {
            Some(instance) => RouteTarget::Instance(instance.clone()),
            None => other(),
        },
        _ => other(),
    };
    if let RouteTarget::Other(_) = &found {
        let place = format!("{}: {}", node.file, node.path);
        import.report.dangle(place, t!("import-unknown-target", to = to));
    }
    found
}
