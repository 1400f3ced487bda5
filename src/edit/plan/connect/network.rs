//! Arrows from subnets and route tables to what leads into another network.

use super::{route, same_vpc};
use crate::{
    edit::{draft::Draft, homes, refusal::Refusal},
    model::{Kind, ResourceId, ResourceKind, RouteDestination, Vpc},
    net::{Ipv4Net, Ipv6Net},
    t,
};

/// The kinds to which a route can lead, beside the internet gateway, NAT gateways and instances.
pub(super) fn is_way_out(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::EgressOnlyInternetGateway
            | Kind::RegionalNatGateway
            | Kind::NetworkInterface
            | Kind::VpcPeeringConnection
            | Kind::TransitGateway
            | Kind::TransitGatewayVpcAttachment
            | Kind::VpnGateway
    )
}

/// The table, or the effective one of the subnet, gets the routes that the target is there for: to
/// the blocks of the network behind it where these are known, else to everything.
pub(super) fn route(
    draft: &mut Draft<'_>,
    (from, from_kind): (&ResourceId, Kind),
    (to, kind): (&ResourceId, Kind),
) -> Result<(), Refusal> {
    let table = match from_kind {
        Kind::RouteTable => from.clone(),
        _ => route::effective(draft, from)?.0,
    };
    match kind {
        Kind::VpnGateway => propagate(draft, &table, to)?,
        Kind::VpcPeeringConnection => {
            for destination in behind_peering(draft, &table, to)? {
                route::set(draft, &table, destination, (to, kind));
            }
        }
        Kind::TransitGateway | Kind::TransitGatewayVpcAttachment => {
            let gateway = transit_gateway(draft, to);
            for destination in behind_gateway(draft, &table, &gateway)? {
                route::set(draft, &table, destination, (&gateway, Kind::TransitGateway));
            }
        }
        Kind::EgressOnlyInternetGateway => {
            same_vpc(draft, &table, to)?;
            route::set(draft, &table, RouteDestination::Ipv6(Ipv6Net::default()), (to, kind));
        }
        _ => {
            same_vpc(draft, &table, to)?;
            route::set(draft, &table, RouteDestination::Ipv4(Ipv4Net::default()), (to, kind));
        }
    }
    if from_kind == Kind::Subnet {
        route::explain(draft, from, &table);
    }
    Ok(())
}

/// The table learns the blocks on premises from the gateway; a free gateway is attached on the way.
fn propagate(draft: &mut Draft<'_>, table: &ResourceId, gateway: &ResourceId) -> Result<(), Refusal> {
    let vpc = draft.topology().vpc_of(table).cloned();
    match vpc {
        Some(vpc) if draft.topology().vpc_of(gateway).is_none() => {
            attach_vpn_gateway(draft, gateway, &vpc)?;
        }
        _ => same_vpc(draft, table, gateway)?,
    }
    draft.change(table, |kind| {
        if let Some(it) = kind.as_route_table_mut()
            && !it.propagating_vgws.contains(gateway)
        {
            it.propagating_vgws.push(gateway.clone());
        }
    });
    let (table, gateway) = (draft.label(table), draft.label(gateway));
    draft.note(t!("edit-note-propagates", table = table, gateway = gateway));
    Ok(())
}

/// Attaches a virtual private gateway that is free to a VPC that has none.
pub(super) fn attach_vpn_gateway(
    draft: &mut Draft<'_>,
    gateway: &ResourceId,
    vpc: &ResourceId,
) -> Result<(), Refusal> {
    homes::one_vpn_gateway(draft, vpc, Some(gateway))?;
    let now = draft.topology().vpc_of(gateway);
    if let Some(now) = now.filter(|now| *now != vpc) {
        let (name, vpc) = (draft.label(gateway), draft.label(now));
        let message = t!("edit-vpn-gateway-elsewhere", gateway = name, vpc = vpc);
        return Err(Refusal::new(message, [gateway.clone(), now.clone()]));
    }
    if now.is_none() {
        draft.place_at(gateway, None);
        draft.note(t!("edit-note-vpn-attached", gateway = draft.label(gateway), vpc = draft.label(vpc)));
    }
    draft.change(gateway, |kind| {
        if let Some(it) = kind.as_vpn_gateway_mut() {
            it.vpc_id = Some(vpc.clone());
        }
    });
    Ok(())
}

/// The blocks on the other side of a peering connection.
fn behind_peering(
    draft: &Draft<'_>,
    table: &ResourceId,
    peering: &ResourceId,
) -> Result<Vec<RouteDestination>, Refusal> {
    let vpc = draft.topology().vpc_of(table);
    let fields = draft.kind(peering).and_then(ResourceKind::as_vpc_peering_connection);
    let (Some(vpc), Some(fields)) = (vpc, fields) else {
        return Ok(Vec::new());
    };
    if fields.vpc_id != *vpc && fields.peer_vpc_id.as_ref() != Some(vpc) {
        let message = t!("edit-peering-elsewhere", peering = draft.label(peering), vpc = draft.label(vpc));
        return Err(Refusal::new(message, [peering.clone(), vpc.clone()]));
    }
    let drawn = fields.other_side(vpc).and_then(|id| draft.kind(id)).and_then(ResourceKind::as_vpc);
    let blocks: Vec<RouteDestination> = match drawn {
        Some(other) => blocks_of(other),
        None => fields.peer_cidr_blocks.iter().map(|block| (*block).into()).collect(),
    };
    if blocks.is_empty() {
        let message = t!("edit-peering-no-blocks", peering = draft.label(peering));
        return Err(Refusal::new(message, [peering.clone()]));
    }
    Ok(blocks)
}

fn blocks_of(vpc: &Vpc) -> Vec<RouteDestination> {
    let ipv6 = vpc.ipv6_cidr_blocks.iter().map(|block| RouteDestination::Ipv6(*block));
    vpc.cidr_blocks().map(RouteDestination::Ipv4).chain(ipv6).collect()
}

/// The gateway of an attachment; a gateway itself.
fn transit_gateway(draft: &Draft<'_>, id: &ResourceId) -> ResourceId {
    let attachment = draft.kind(id).and_then(ResourceKind::as_transit_gateway_vpc_attachment);
    attachment.map_or_else(|| id.clone(), |it| it.transit_gateway_id.clone())
}

/// The blocks of the other VPCs at a transit gateway and of those behind its VPN connections;
/// everything where there are none.
fn behind_gateway(
    draft: &Draft<'_>,
    table: &ResourceId,
    gateway: &ResourceId,
) -> Result<Vec<RouteDestination>, Refusal> {
    let Some(vpc) = draft.topology().vpc_of(table) else {
        return Ok(Vec::new());
    };
    let (mut here, mut blocks) = (false, Vec::new());
    for id in draft.index().users(gateway, "transit_gateway_id") {
        match draft.kind(id) {
            Some(ResourceKind::TransitGatewayVpcAttachment(it)) if it.vpc_id == *vpc => here = true,
            Some(ResourceKind::TransitGatewayVpcAttachment(it)) => {
                let other = draft.kind(&it.vpc_id).and_then(ResourceKind::as_vpc);
                blocks.extend(other.map(blocks_of).unwrap_or_default());
            }
            Some(ResourceKind::VpnConnection(it)) => {
                blocks.extend(it.on_premises_cidr_blocks.iter().map(|block| RouteDestination::from(*block)));
            }
            _ => {}
        }
    }
    if !here {
        let message = t!("edit-not-attached-to", gateway = draft.label(gateway), vpc = draft.label(vpc));
        return Err(Refusal::new(message, [gateway.clone(), vpc.clone()]));
    }
    // A block that is the VPC's own is reached locally: a route to it would be refused.
    let own = draft.kind(vpc).and_then(ResourceKind::as_vpc).map(blocks_of).unwrap_or_default();
    blocks.retain(|block| !own.contains(block));
    if blocks.is_empty() {
        blocks.push(RouteDestination::Ipv4(Ipv4Net::default()));
    }
    Ok(blocks)
}
