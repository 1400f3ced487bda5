//! Arrows that join networks, or hand one resource to another for which it is meant.

use super::{super::place::beyond, same_vpc};
use crate::{
    edit::{draft::Draft, fresh, refusal::Refusal},
    model::{
        Kind, Listener, Resource, ResourceId, ResourceKind, SubnetMapping, Target,
        TransitGatewayPeeringAttachment, TransitGatewayVpcAttachment, VpcPeeringConnection,
    },
    net::Protocol,
    t,
};

/// Adds a resource with a name that counts up, selected.
fn add(draft: &mut Draft<'_>, kind: Kind, fields: impl Into<ResourceKind>) -> ResourceId {
    let (name, id) = fresh::counted(draft, kind);
    draft.put(Resource::new(id.clone(), name.clone(), fields));
    draft.note(t!("edit-note-joined", kind = crate::edit::draft::kind_name(kind), name = name));
    draft.select(vec![id.clone()]);
    id
}

/// Two VPCs get a peering connection.
pub(super) fn peer(draft: &mut Draft<'_>, from: &ResourceId, to: &ResourceId) -> Result<(), Refusal> {
    if from == to {
        return Err(Refusal::new(t!("edit-join-self", name = draft.label(from)), [from.clone()]));
    }
    if let Some(old) = beyond::peered(draft, from, to) {
        let message = t!("edit-already-joined", a = draft.label(from), b = draft.label(to), by = old.label());
        return Err(Refusal::new(message, [old.id.clone()]));
    }
    add(draft, Kind::VpcPeeringConnection, VpcPeeringConnection::new(from.clone(), to.clone()));
    Ok(())
}

/// A VPC is attached to a transit gateway, with one subnet of each Availability Zone.
pub(super) fn attach(draft: &mut Draft<'_>, vpc: &ResourceId, gateway: &ResourceId) -> Result<(), Refusal> {
    if beyond::attached(draft, gateway, vpc).is_some() {
        return Err(beyond::second_attachment(draft, Some(gateway), vpc));
    }
    let subnets = beyond::one_per_zone(draft, vpc, |_| true);
    if subnets.is_empty() {
        draft.note(t!("edit-note-attachment-no-subnet", vpc = draft.label(vpc)));
    }
    let fields = TransitGatewayVpcAttachment::new(gateway.clone(), vpc.clone(), subnets);
    let id = add(draft, Kind::TransitGatewayVpcAttachment, fields);
    beyond::join_default_tables(draft, gateway, &id);
    Ok(())
}

/// Two transit gateways are peered.
pub(super) fn peer_gateways(
    draft: &mut Draft<'_>,
    from: &ResourceId,
    to: &ResourceId,
) -> Result<(), Refusal> {
    if from == to {
        return Err(Refusal::new(t!("edit-join-self", name = draft.label(from)), [from.clone()]));
    }
    let fields = TransitGatewayPeeringAttachment::new(from.clone(), to.clone());
    add(draft, Kind::TransitGatewayPeeringAttachment, fields);
    Ok(())
}

/// Arrows that always do: whether this is one, and then it is done.
pub(super) fn hand_over(
    draft: &mut Draft<'_>,
    (from, from_kind): (&ResourceId, Kind),
    (to, to_kind): (&ResourceId, Kind),
) -> bool {
    let is_gateway = |kind| matches!(kind, Kind::VpnGateway | Kind::TransitGateway);
    match (from_kind, to_kind) {
        (Kind::VpnConnection, kind) if is_gateway(kind) => vpn(draft, from, (to, kind)),
        (kind, Kind::VpnConnection) if is_gateway(kind) => vpn(draft, to, (from, kind)),
        (kind, Kind::TransitGatewayRouteTable) if is_attachment(kind) => associate(draft, from, to),
        (Kind::TransitGatewayRouteTable, kind) if is_attachment(kind) => propagate(draft, from, to),
        (Kind::Vpc, Kind::DhcpOptions) => dhcp(draft, from, to),
        (Kind::DhcpOptions, Kind::Vpc) => dhcp(draft, to, from),
        (Kind::FlowLog, kind) if is_watched(kind) => watch(draft, from, to),
        (kind, Kind::FlowLog) if is_watched(kind) => watch(draft, to, from),
        _ => return false,
    }
    true
}

/// A VPN connection ends at this gateway from now on.
fn vpn(draft: &mut Draft<'_>, connection: &ResourceId, (gateway, kind): (&ResourceId, Kind)) {
    draft.change(connection, |fields| {
        if let Some(it) = fields.as_vpn_connection_mut() {
            let to = Some(gateway.clone());
            (it.vpn_gateway_id, it.transit_gateway_id) =
                if kind == Kind::VpnGateway { (to, None) } else { (None, to) };
        }
    });
    if kind == Kind::TransitGateway {
        beyond::join_default_tables(draft, gateway, connection);
    }
}

/// What a route table of a transit gateway can serve and learn from.
fn is_attachment(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::TransitGatewayVpcAttachment | Kind::TransitGatewayPeeringAttachment | Kind::VpnConnection
    )
}

/// The table routes what comes from the attachment; no other table does any longer.
fn associate(draft: &mut Draft<'_>, attachment: &ResourceId, table: &ResourceId) {
    let others: Vec<ResourceId> =
        draft.index().users(attachment, "associations").filter(|id| *id != table).cloned().collect();
    for other in others {
        draft.change(&other, |kind| {
            if let Some(it) = kind.as_transit_gateway_route_table_mut() {
                it.associations.retain(|id| id != attachment);
            }
        });
    }
    draft.change(table, |kind| {
        if let Some(it) = kind.as_transit_gateway_route_table_mut()
            && !it.associations.contains(attachment)
        {
            it.associations.push(attachment.clone());
        }
    });
    let (attachment, table) = (draft.label(attachment), draft.label(table));
    draft.note(t!("edit-note-transit-associated", attachment = attachment, table = table));
}

/// The table learns the blocks behind the attachment.
fn propagate(draft: &mut Draft<'_>, table: &ResourceId, attachment: &ResourceId) {
    draft.change(table, |kind| {
        if let Some(it) = kind.as_transit_gateway_route_table_mut()
            && !it.propagations.contains(attachment)
        {
            it.propagations.push(attachment.clone());
        }
    });
    let (attachment, table) = (draft.label(attachment), draft.label(table));
    draft.note(t!("edit-note-transit-propagates", attachment = attachment, table = table));
}

/// The interface is attached to the instance, at the first free place behind the primary one.
pub(super) fn interface(
    draft: &mut Draft<'_>,
    interface: &ResourceId,
    instance: &ResourceId,
) -> Result<(), Refusal> {
    same_vpc(draft, interface, instance)?;
    let taken: Vec<u32> = draft
        .index()
        .users(instance, "instance_id")
        .filter(|id| *id != interface)
        .filter_map(|id| draft.kind(id)?.as_network_interface()?.device_index)
        .collect();
    // Of so many places in a row one more than are taken is free.
    let free = (1..=u32::try_from(taken.len()).unwrap_or(0) + 1).find(|place| !taken.contains(place));
    draft.change(interface, |kind| {
        if let Some(it) = kind.as_network_interface_mut() {
            it.instance_id = Some(instance.clone());
            it.device_index = free;
        }
    });
    Ok(())
}

/// The hosts of the VPC are told these options.
fn dhcp(draft: &mut Draft<'_>, vpc: &ResourceId, options: &ResourceId) {
    draft.change(vpc, |kind| {
        if let Some(it) = kind.as_vpc_mut() {
            it.dhcp_options_id = Some(options.clone());
        }
    });
}

/// What a flow log can record.
fn is_watched(kind: Kind) -> bool {
    matches!(kind, Kind::Vpc | Kind::Subnet | Kind::Instance | Kind::NetworkInterface)
}

/// The flow log records this from now on.
fn watch(draft: &mut Draft<'_>, log: &ResourceId, to: &ResourceId) {
    draft.change(log, |kind| {
        if let Some(it) = kind.as_flow_log_mut() {
            it.resource_id = to.clone();
        }
    });
}

/// The load balancer forwards the port of the target group to it.
pub(super) fn listen(
    draft: &mut Draft<'_>,
    balancer: &ResourceId,
    group: &ResourceId,
) -> Result<(), Refusal> {
    same_vpc(draft, balancer, group)?;
    let fields = draft.kind(group).and_then(ResourceKind::as_target_group);
    let (protocol, port) = fields.map_or((Protocol::Tcp, 80), |it| (it.protocol, it.port));
    draft.change(balancer, |kind| {
        let Some(it) = kind.as_load_balancer_mut() else { return };
        let same = |it: &&mut Listener| it.protocol == protocol && it.port == port;
        match it.listeners.iter_mut().find(same) {
            Some(listener) if listener.target_group_ids.contains(group) => {}
            Some(listener) => listener.target_group_ids.push(group.clone()),
            None => it.listeners.push(Listener {
                protocol,
                tcp_udp: false,
                port,
                target_group_ids: vec![group.clone()],
            }),
        }
    });
    Ok(())
}

/// The instance becomes a target.
pub(super) fn target(
    draft: &mut Draft<'_>,
    group: &ResourceId,
    instance: &ResourceId,
) -> Result<(), Refusal> {
    same_vpc(draft, group, instance)?;
    draft.change(group, |kind| {
        let Some(it) = kind.as_target_group_mut() else { return };
        if !it.targets.iter().any(|target| target.target_id.as_ref() == Some(instance)) {
            it.targets.push(Target { target_id: Some(instance.clone()), ..Target::default() });
        }
    });
    Ok(())
}

/// The load balancer gets an interface in the subnet.
pub(super) fn stand(
    draft: &mut Draft<'_>,
    balancer: &ResourceId,
    subnet: &ResourceId,
) -> Result<(), Refusal> {
    same_vpc(draft, balancer, subnet)?;
    draft.change(balancer, |kind| {
        let Some(it) = kind.as_load_balancer_mut() else { return };
        if !it.subnet_mappings.iter().any(|mapping| mapping.subnet_id == *subnet) {
            it.subnet_mappings.push(SubnetMapping {
                subnet_id: subnet.clone(),
                private_ipv4_address: None,
                public_ip: None,
                allocation_id: None,
            });
        }
    });
    Ok(())
}
