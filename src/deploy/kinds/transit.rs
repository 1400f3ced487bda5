//! Route tables of transit gateways: associations, propagations, static routes.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, object::call};
use crate::{
    cloud::{Call, Change, Joined, LiveObject, Spec, TransitRoute},
    deploy::{look::Look, observed::Observed},
    model::{Resource, ResourceId, ResourceKind, TransitGatewayRouteTable},
};

/// What a drawn table shall be.
pub fn table(it: &TransitGatewayRouteTable, cx: Context<'_>) -> Spec {
    let joined = |ids: &[ResourceId], state: &str| -> Vec<Joined> {
        ids.iter().map(|id| Joined::new(cx.ids.attachment(id), state)).collect()
    };
    let route = |it: &crate::model::TransitGatewayRoute| TransitRoute {
        destination_cidr_block: it.destination_cidr_block.to_string(),
        attachment_id: it
            .transit_gateway_attachment_id
            .as_ref()
            .filter(|_| !it.blackhole)
            .map(|id| cx.ids.attachment(id)),
    };
    Spec::TransitGatewayRouteTable {
        transit_gateway_id: cx.ids.of(&it.transit_gateway_id),
        default_association_route_table: it.default_association_route_table,
        default_propagation_route_table: it.default_propagation_route_table,
        associations: joined(&it.associations, "associated"),
        propagations: joined(&it.propagations, "enabled"),
        routes: it.routes.iter().map(route).collect(),
    }
}

/// The transit gateway with which AWS makes a table, where it does: one table for both defaults.
pub fn comes_with<'a>(resource: &'a Resource, cx: &crate::deploy::Desired) -> Option<&'a ResourceId> {
    let ResourceKind::TransitGatewayRouteTable(table) = &resource.kind else { return None };
    let ResourceKind::TransitGateway(gateway) = cx.topology.kind(&table.transit_gateway_id)? else {
        return None;
    };
    let by_association = gateway.default_route_table_association && table.default_association_route_table;
    let by_propagation = gateway.default_route_table_propagation && table.default_propagation_route_table;
    (by_association || by_propagation).then_some(&table.transit_gateway_id)
}

/// The default table of a transit gateway.
pub fn default_table(gateway: &str, observed: &Observed) -> Option<String> {
    let is_default = |it: &&LiveObject| it.spec.default_table_of() == Some(gateway);
    observed.objects.values().find(is_default).map(|it| it.id.clone())
}

/// A new attachment is joined to the default table, where the gateway has one.
pub fn newborn(spec: &Spec, id: &str, observed: &mut Observed) {
    let (Spec::TransitGatewayVpcAttachment { transit_gateway_id, .. }
    | Spec::VpnConnection { transit_gateway_id: Some(transit_gateway_id), .. }) = spec
    else {
        return;
    };
    let (associates, propagates) = match observed.objects.get(transit_gateway_id).map(|it| &it.spec) {
        Some(Spec::TransitGateway {
            default_route_table_association,
            default_route_table_propagation,
            ..
        }) => (*default_route_table_association, *default_route_table_propagation),
        _ => return,
    };
    let Some(table) = default_table(transit_gateway_id, observed) else { return };
    let Some(live) = observed.objects.get_mut(&table) else { return };
    if let Spec::TransitGatewayRouteTable { associations, propagations, .. } = &mut live.spec {
        if associates {
            associations.push(Joined::new(id, "associated"));
        }
        if propagates {
            propagations.push(Joined::new(id, "enabled"));
        }
    }
}

/// The attachments of the drawing: those of others stay as they are.
fn drawn(cx: Context<'_>) -> BTreeSet<String> {
    let is_attachment = |kind: &ResourceKind| {
        matches!(
            kind,
            ResourceKind::TransitGatewayVpcAttachment(_)
                | ResourceKind::TransitGatewayPeeringAttachment(_)
                | ResourceKind::VpnConnection(_)
        )
    };
    let resources = cx.desired.topology.iter().filter(|it| is_attachment(&it.kind));
    resources.map(|it| cx.ids.attachment(&it.id)).collect()
}

/// An attachment has one table: it leaves that of now before it joins another.
pub fn associations(wanted: &Spec, id: &str, cx: Context<'_>, observed: &Observed) -> Vec<Call> {
    let Spec::TransitGatewayRouteTable { associations: wanted, .. } = wanted else { return Vec::new() };
    let drawn = drawn(cx);
    let now: BTreeMap<&str, (&str, &Joined)> = associated(observed).collect();
    let mut calls = Vec::new();
    for joined in wanted {
        let attachment_id = joined.id.clone();
        match now.get(joined.id.as_str()) {
            None => calls.push(call(id, Change::AssociateTransitGatewayRouteTable { attachment_id })),
            Some((table, association)) if *table != id && association.stands() => {
                calls.push(call(table, Change::DisassociateTransitGatewayRouteTable { attachment_id }));
            }
            Some(_) => {}
        }
    }
    let stale = now.values().filter(|(table, it)| {
        *table == id && it.stands() && drawn.contains(&it.id) && !wanted.iter().any(|other| other.id == it.id)
    });
    calls.extend(stale.map(|(_, it)| {
        call(id, Change::DisassociateTransitGatewayRouteTable { attachment_id: it.id.clone() })
    }));
    calls
}

/// Every association that is not over: attachment, then table and state.
fn associated(observed: &Observed) -> impl Iterator<Item = (&str, (&str, &Joined))> {
    observed.objects.values().flat_map(|object| {
        let joined = match &object.spec {
            Spec::TransitGatewayRouteTable { associations, .. } => associations.as_slice(),
            _ => &[],
        };
        let there = joined.iter().filter(|it| it.state != "disassociated");
        there.map(|it| (it.id.as_str(), (object.id.as_str(), it)))
    })
}

pub fn associations_settling(wanted: &Spec, id: &str, observed: &Observed) -> Look {
    let Spec::TransitGatewayRouteTable { associations: wanted, .. } = wanted else { return Look::Reached };
    let mut looks = associated(observed)
        .filter(|(attachment, (table, _))| *table == id || wanted.iter().any(|it| it.id == *attachment));
    looks
        .find(|(_, (_, it))| !it.rests())
        .map_or(Look::Reached, |(_, (_, it))| Look::NotYet(it.state.clone()))
}

pub fn propagations(live: &LiveObject, wanted: &Spec, id: &str, cx: Context<'_>) -> Vec<Call> {
    let (
        Spec::TransitGatewayRouteTable { propagations: now, .. },
        Spec::TransitGatewayRouteTable { propagations: wanted, .. },
    ) = (&live.spec, wanted)
    else {
        return Vec::new();
    };
    let drawn = drawn(cx);
    let has = |list: &[Joined], id: &str| list.iter().any(|it| it.id == id && it.state != "disabled");
    let missing = wanted.iter().filter(|it| !has(now, &it.id)).map(|it| {
        call(id, Change::EnableTransitGatewayRouteTablePropagation { attachment_id: it.id.clone() })
    });
    let stale = now.iter().filter(|it| it.stands() && drawn.contains(&it.id) && !has(wanted, &it.id));
    let stale = stale.map(|it| {
        call(id, Change::DisableTransitGatewayRouteTablePropagation { attachment_id: it.id.clone() })
    });
    missing.chain(stale).collect()
}

/// Replaces what goes elsewhere, adds what is missing, removes what is drawn no more.
pub fn routes(live: &LiveObject, wanted: &Spec, id: &str) -> Vec<Call> {
    let (
        Spec::TransitGatewayRouteTable { routes: now, .. },
        Spec::TransitGatewayRouteTable { routes: wanted, .. },
    ) = (&live.spec, wanted)
    else {
        return Vec::new();
    };
    let find = |list: &[TransitRoute], block: &str| {
        list.iter().find(|it| it.destination_cidr_block == block).cloned()
    };
    let mut changes = Vec::new();
    for route in wanted {
        match find(now, &route.destination_cidr_block) {
            None => changes.push(Change::CreateTransitGatewayRoute { route: route.clone() }),
            Some(other) if other.attachment_id != route.attachment_id => {
                changes.push(Change::ReplaceTransitGatewayRoute { route: route.clone() });
            }
            Some(_) => {}
        }
    }
    for route in now.iter().filter(|it| find(wanted, &it.destination_cidr_block).is_none()) {
        let destination_cidr_block = route.destination_cidr_block.clone();
        changes.push(Change::DeleteTransitGatewayRoute { destination_cidr_block });
    }
    changes.into_iter().map(|change| call(id, change)).collect()
}
