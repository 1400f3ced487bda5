//! Route tables of transit gateways: associations, propagations, static routes.

use std::collections::BTreeMap;

use ipnet::IpNet;

use super::{context::Import, node::Node};
use crate::{
    model::{Kind, ResourceId, ResourceKind, TransitGatewayRoute, TransitGatewayRouteTable},
    t,
};

/// `TransitGatewayRouteTables` with what the two wrappers and the attachments say about them.
pub(super) fn read(import: &mut Import<'_>) {
    let associations = associations(import);
    for (node, _) in import.all("TransitGatewayRouteTables") {
        let (Some(id), Some(gateway)) = (node.id("TransitGatewayRouteTableId"), node.id("TransitGatewayId"))
        else {
            import.incomplete(&node, "TransitGatewayId");
            continue;
        };
        if !node.state_is("State", &["available", "pending"]) {
            import.leave_out(&node, t!("import-not-alive"));
            continue;
        }
        let mut table = TransitGatewayRouteTable::new(gateway);
        table.default_association_route_table = node.flag("DefaultAssociationRouteTable").unwrap_or(false);
        table.default_propagation_route_table = node.flag("DefaultPropagationRouteTable").unwrap_or(false);
        fill(import, &id, &mut table, &associations);
        import.add(id, &node, table);
    }
    defaults(import, &associations);
}

type Associations = BTreeMap<ResourceId, Vec<ResourceId>>;

/// What can be attached, by the id that tables use for it: a VPN connection has two.
fn attached(import: &Import<'_>, id: &ResourceId) -> Option<ResourceId> {
    let known = [Kind::TransitGatewayVpcAttachment, Kind::TransitGatewayPeeringAttachment];
    if import.kind_of(id).is_some_and(|kind| known.contains(&kind)) {
        return Some(id.clone());
    }
    import.attached.get(id).filter(|of| import.has(of, Kind::VpnConnection)).cloned()
}

/// The attachments by the table that they are associated with.
fn associations(import: &Import<'_>) -> Associations {
    let mut associations = Associations::new();
    for (node, _) in import.all("TransitGatewayAttachments") {
        let Some(association) = node.get("Association") else { continue };
        if !association.state_is("State", &["associated", "associating"]) {
            continue;
        }
        let table = association.id("TransitGatewayRouteTableId");
        let attachment = node.id("TransitGatewayAttachmentId").and_then(|id| attached(import, &id));
        if let (Some(table), Some(attachment)) = (table, attachment) {
            associations.entry(table).or_default().push(attachment);
        }
    }
    associations
}

fn fill(
    import: &mut Import<'_>,
    id: &ResourceId,
    table: &mut TransitGatewayRouteTable,
    associations: &Associations,
) {
    if let Some(found) = associations.get(id) {
        table.associations.clone_from(found);
    }
    if let Some(node) = import.one("TransitGatewayPropagations", id.as_str()) {
        for entry in node.list("TransitGatewayRouteTablePropagations") {
            if !entry.state_is("State", &["enabled", "enabling"]) {
                continue;
            }
            let Some(attachment) = entry.id("TransitGatewayAttachmentId") else { continue };
            match propagating(import, &entry, &attachment) {
                Some(attachment) => table.propagations.push(attachment),
                None => unknown(import, &entry, &attachment),
            }
        }
    }
    if let Some(node) = import.one("TransitGatewayStaticRoutes", id.as_str()) {
        for entry in node.list("Routes") {
            route(import, &entry, table);
        }
    }
}

fn propagating(import: &Import<'_>, entry: &Node<'_>, attachment: &ResourceId) -> Option<ResourceId> {
    attached(import, attachment)
        .or_else(|| entry.id("ResourceId").filter(|it| import.has(it, Kind::VpnConnection)))
}

fn unknown(import: &mut Import<'_>, entry: &Node<'_>, attachment: &ResourceId) {
    let place = format!("{}: {}", entry.file, entry.path);
    let what = crate::words::text("kind-transit_gateway_vpc_attachment", &[]);
    import.report.dangle(place, t!("import-dangling-one", to = attachment, what = what));
}

/// A route of `search-transit-gateway-routes`. Propagated ones follow from the attachments, but for
/// those that a VPN connection learnt from its other side.
fn route(import: &mut Import<'_>, entry: &Node<'_>, table: &mut TransitGatewayRouteTable) {
    let block = entry
        .parse::<IpNet>("DestinationCidrBlock", "a CIDR block")
        .or_else(|| entry.parse("DestinationIpv6CidrBlock", "a CIDR block"));
    let Some(block) = block else {
        import.leave_out(entry, t!("import-rule"));
        return;
    };
    let block = block.trunc();
    if !entry.state_is("State", &["active", "blackhole", "pending"]) {
        return;
    }
    let attachments = entry.list("TransitGatewayAttachments");
    let first = attachments.first();
    let named = first.and_then(|it| it.id("TransitGatewayAttachmentId"));
    let to = first.zip(named.as_ref()).and_then(|(node, id)| propagating(import, node, id));
    if entry.word("Type").is_some_and(|it| it == "propagated") {
        let vpn =
            to.and_then(|id| import.resources.get_mut(&id)).and_then(|it| it.kind.as_vpn_connection_mut());
        if let Some(vpn) = vpn.filter(|it| !it.on_premises_cidr_blocks.contains(&block)) {
            vpn.on_premises_cidr_blocks.push(block);
        }
        return;
    }
    let dropped = entry.word("State").is_some_and(|it| it == "blackhole");
    if let (Some(named), None, false) = (&named, &to, dropped) {
        unknown(import, entry, named);
    }
    table.routes.push(TransitGatewayRoute {
        destination_cidr_block: block,
        blackhole: dropped || to.is_none(),
        transit_gateway_attachment_id: to.filter(|_| !dropped),
    });
}

/// What tables there are of each transit gateway, and what is attached to it.
#[derive(Default)]
struct Of {
    tables: Vec<ResourceId>,
    attachments: Vec<ResourceId>,
}

fn by_gateway(import: &Import<'_>) -> BTreeMap<ResourceId, Of> {
    let mut all: BTreeMap<ResourceId, Of> = BTreeMap::new();
    for resource in import.resources.values() {
        let id = resource.id.clone();
        match &resource.kind {
            ResourceKind::TransitGatewayRouteTable(it) => {
                all.entry(it.transit_gateway_id.clone()).or_default().tables.push(id);
            }
            ResourceKind::TransitGatewayVpcAttachment(it) => {
                all.entry(it.transit_gateway_id.clone()).or_default().attachments.push(id);
            }
            ResourceKind::VpnConnection(it) => {
                if let Some(gateway) = it.transit_gateway_id.clone() {
                    all.entry(gateway).or_default().attachments.push(id);
                }
            }
            _ => {}
        }
    }
    all
}

/// What the files leave open: a gateway without any table that associates and propagates by default
/// has one that knows every attachment; a default table whose propagations, or attachments whose
/// associations, were never asked for are as AWS makes them.
fn defaults(import: &mut Import<'_>, associations: &Associations) {
    let unlisted = import.attached.is_empty();
    for (gateway, of) in by_gateway(import) {
        if of.tables.is_empty() && !of.attachments.is_empty() {
            assumed_table(import, &gateway, &of.attachments, associations);
        }
        for id in &of.tables {
            let silent = import.store.get("TransitGatewayPropagations", id.as_str()).is_none();
            let table =
                import.resources.get_mut(id).and_then(|it| it.kind.as_transit_gateway_route_table_mut());
            let Some(table) = table else { continue };
            if table.default_propagation_route_table && silent && !of.attachments.is_empty() {
                table.propagations.clone_from(&of.attachments);
                import.report.assume(id.as_str(), t!("import-assumed-propagation"));
            }
            if table.default_association_route_table && unlisted && !of.attachments.is_empty() {
                table.associations.clone_from(&of.attachments);
                import.report.assume(id.as_str(), t!("import-assumed-association"));
            }
        }
    }
}

fn assumed_table(
    import: &mut Import<'_>,
    gateway: &ResourceId,
    attachments: &[ResourceId],
    associations: &Associations,
) {
    let by_default = import
        .resources
        .get(gateway)
        .and_then(|it| it.kind.as_transit_gateway())
        .is_some_and(|it| it.default_route_table_association && it.default_route_table_propagation);
    if !by_default {
        return;
    }
    let options = import.one("TransitGateways", gateway.as_str()).and_then(|it| it.get("Options"));
    let associated = |(_, of): &(&ResourceId, &Vec<ResourceId>)| of.iter().any(|it| attachments.contains(it));
    let id = options
        .and_then(|it| it.id("AssociationDefaultRouteTableId"))
        .or_else(|| associations.iter().find(associated).map(|(id, _)| id.clone()))
        .filter(|id| !import.resources.contains_key(id))
        .unwrap_or_else(|| import.free_id(Kind::TransitGatewayRouteTable, gateway.as_str()));
    let mut table = TransitGatewayRouteTable::new(gateway.clone());
    table.default_association_route_table = true;
    table.default_propagation_route_table = true;
    table.associations = attachments.to_vec();
    table.propagations = attachments.to_vec();
    import.report.assume(id.as_str(), t!("import-assumed-table"));
    import.add_bare(id, "", table);
}
