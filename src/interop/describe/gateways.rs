//! Internet, egress-only, NAT and virtual private gateways, and VPN connections.

use std::net::Ipv4Addr;

use ipnet::IpNet;

use super::{addresses::known_or_new, context::Import, node::Node};
use crate::{
    model::{
        AvailabilityZoneAddress, ConnectivityType, EgressOnlyInternetGateway, InternetGateway, NatGateway,
        RegionalNatGateway, ResourceId, VpnConnection, VpnGateway,
    },
    t,
};

const ATTACHED: &[&str] = &["available", "attached", "attaching"];

fn attached(node: &Node<'_>, list: &str) -> Option<ResourceId> {
    node.list(list).iter().filter(|it| it.state_is("State", ATTACHED)).find_map(|it| it.id("VpcId"))
}

/// `InternetGateways`.
pub(super) fn internet(import: &mut Import<'_>) {
    for (node, _) in import.all("InternetGateways") {
        let Some(id) = node.id("InternetGatewayId") else { continue };
        import.add(id, &node, InternetGateway { vpc_id: attached(&node, "Attachments") });
    }
}

/// `EgressOnlyInternetGateways`.
pub(super) fn egress_only(import: &mut Import<'_>) {
    for (node, _) in import.all("EgressOnlyInternetGateways") {
        let Some(id) = node.id("EgressOnlyInternetGatewayId") else { continue };
        match attached(&node, "Attachments") {
            Some(vpc_id) => import.add(id, &node, EgressOnlyInternetGateway { vpc_id }),
            None => import.leave_out(&node, t!("import-detached")),
        }
    }
}

/// `VpnGateways`; a detached one serves nothing.
pub(super) fn virtual_private(import: &mut Import<'_>) {
    for (node, _) in import.all("VpnGateways") {
        let Some(id) = node.id("VpnGatewayId") else { continue };
        let vpc = attached(&node, "VpcAttachments");
        if vpc.is_none() || !node.state_is("State", &["available", "pending"]) {
            import.leave_out(&node, t!("import-detached"));
            continue;
        }
        let asn = node.parse("AmazonSideAsn", "a number");
        let gateway = VpnGateway { vpc_id: vpc, amazon_side_asn: asn, on_premises_cidr_blocks: Vec::new() };
        import.add(id, &node, gateway);
    }
}

/// `VpnConnections`. Their `CustomerGatewayConfiguration` holds keys and is never looked at.
pub(super) fn vpn_connections(import: &mut Import<'_>) {
    for (node, _) in import.all("VpnConnections") {
        let Some(id) = node.id("VpnConnectionId") else { continue };
        if !node.state_is("State", &["available", "pending", "modifying"]) {
            import.leave_out(&node, t!("import-not-alive"));
            continue;
        }
        let routes = node.list("Routes");
        let alive = routes.iter().filter(|it| it.state_is("State", &["available", "pending"]));
        let blocks: Vec<IpNet> =
            alive.filter_map(|it| it.parse("DestinationCidrBlock", "a CIDR block")).collect();
        let customer = node.word("CustomerGatewayId").and_then(|id| import.one("CustomerGateways", &id));
        let options = node.get("Options");
        let is_static = options.and_then(|it| it.flag("StaticRoutesOnly")).unwrap_or_default();
        let asn = customer
            .as_ref()
            .filter(|_| !is_static)
            .and_then(|it| it.parse("BgpAsn", "a number").or_else(|| it.parse("BgpAsnExtended", "a number")));
        let connection = VpnConnection {
            vpn_gateway_id: node.id("VpnGatewayId"),
            transit_gateway_id: node.id("TransitGatewayId"),
            customer_gateway_ip: customer.and_then(|it| it.parse("IpAddress", "an IPv4 address")),
            bgp_asn: asn,
            on_premises_cidr_blocks: blocks.iter().map(IpNet::trunc).collect(),
        };
        import.add(id, &node, connection);
    }
}

/// `NatGateways`.
pub(super) fn nat(import: &mut Import<'_>) {
    for (node, _) in import.all("NatGateways") {
        let Some(id) = node.id("NatGatewayId") else { continue };
        if !node.state_is("State", &["available", "pending"]) {
            import.leave_out(&node, t!("import-not-alive"));
            continue;
        }
        for address in node.list("NatGatewayAddresses") {
            import.owned.extend(address.id("NetworkInterfaceId"));
        }
        let regional = node.word("AvailabilityMode").is_some_and(|mode| mode == "regional");
        match (node.id("SubnetId"), node.id("VpcId")) {
            (Some(subnet), _) if !regional => zonal(import, &node, id, subnet),
            (_, Some(vpc)) if regional => of_region(import, &node, id, vpc),
            _ => import.incomplete(&node, "SubnetId"),
        }
    }
}

fn zonal(import: &mut Import<'_>, node: &Node<'_>, id: ResourceId, subnet: ResourceId) {
    let private = node.word("ConnectivityType").is_some_and(|it| it == "private");
    let mut nat = if private { NatGateway::private(subnet) } else { NatGateway::public(subnet, None) };
    let mut addresses = node.list("NatGatewayAddresses");
    addresses.retain(|it| it.state_is("Status", &["succeeded", "associating", "assigning"]));
    // The first is the primary one where none says so: `IsPrimary` is younger than many files.
    addresses.sort_by_key(|it| !it.flag("IsPrimary").unwrap_or(false));
    for (at, address) in addresses.iter().enumerate() {
        let interface = address.id("NetworkInterfaceId").and_then(|it| import.interfaces.get(&it).cloned());
        let ip: Option<Ipv4Addr> = address.parse("PrivateIp", "an IPv4 address");
        let ip = ip.or_else(|| interface.as_ref().and_then(|it| it.private_ip));
        if at == 0 {
            nat.private_ip = ip;
        }
        if nat.connectivity_type == ConnectivityType::Private {
            continue;
        }
        let public = address.parse("PublicIp", "an IPv4 address");
        let public = public.or_else(|| Some(interface?.public_ip()?.public_ip));
        let allocation = known_or_new(import, address.id("AllocationId"), public);
        match allocation {
            Some(allocation) if at == 0 => nat.allocation_id = Some(allocation),
            Some(allocation) => nat.secondary_allocation_ids.push(allocation),
            None => {}
        }
    }
    import.add(id, node, nat);
}

fn of_region(import: &mut Import<'_>, node: &Node<'_>, id: ResourceId, vpc: ResourceId) {
    let mut nat = RegionalNatGateway::new(vpc);
    // Where AWS chooses the zones, it brings the addresses along.
    let is_automatic = node.word("AutoProvisionZones").is_some_and(|it| it == "enabled");
    let addresses = if is_automatic { Vec::new() } else { node.list("NatGatewayAddresses") };
    for address in addresses {
        if !address.state_is("Status", &["succeeded", "associating", "assigning"]) {
            continue;
        }
        let Some(zone) = address.word("AvailabilityZone") else { continue };
        let public = address.parse("PublicIp", "an IPv4 address");
        let Some(allocation) = known_or_new(import, address.id("AllocationId"), public) else { continue };
        let known = nat.availability_zone_addresses.iter_mut().find(|it| it.availability_zone == zone);
        match known {
            Some(known) => known.allocation_ids.push(allocation),
            None => nat
                .availability_zone_addresses
                .push(AvailabilityZoneAddress { availability_zone: zone, allocation_ids: vec![allocation] }),
        }
    }
    import.add(id, node, nat);
}
