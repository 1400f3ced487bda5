//! An import of some VPCs only: what belongs to others is left aside before anything is read, and
//! what nothing of the wanted ones needs afterwards.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{ImportError, context::Import, store::Store};
use crate::{
    model::{Home, ResourceId, ResourceKind},
    t,
};

/// Keeps the records of these VPCs and those that belong to no VPC.
///
/// # Errors
/// One of them is not there.
pub(super) fn keep(store: &mut Store, vpcs: &[String]) -> Result<(), ImportError> {
    for id in vpcs {
        if store.get("Vpcs", id).is_none() {
            let known: Vec<&str> = store.all("Vpcs").map(|(id, _)| id).take(20).collect();
            return Err(ImportError(t!("import-no-such-vpc", id = id, known = known.join(", "))));
        }
    }
    let wanted = |id: &str| vpcs.iter().any(|it| it == id);
    let subnets: BTreeSet<String> = store
        .all("Subnets")
        .filter(|(_, record)| text(&record.value, "VpcId").is_some_and(wanted))
        .map(|(id, _)| id.to_owned())
        .collect();
    store.retain(|value| {
        if let Some(vpc) = text(value, "VpcId") {
            return wanted(vpc);
        }
        if let Some(subnet) = text(value, "SubnetId") {
            return subnets.contains(subnet);
        }
        let sides = ["RequesterVpcInfo", "AccepterVpcInfo"].map(|side| value.get(side));
        let mut attached = sides.into_iter().flatten().filter_map(|it| text(it, "VpcId")).peekable();
        if attached.peek().is_some() {
            return attached.any(wanted);
        }
        let lists = ["Attachments", "VpcAttachments"].map(|list| value.get(list)?.as_array());
        let mut attached =
            lists.into_iter().flatten().flatten().filter_map(|it| text(it, "VpcId")).peekable();
        attached.peek().is_none() || attached.any(wanted)
    });
    Ok(())
}

fn text<'a>(value: &'a Value, field: &str) -> Option<&'a str> {
    value.get(field)?.as_str()
}

/// Leaves out what belongs to the region and is needed by nothing that belongs to a VPC.
pub(super) fn prune(import: &mut Import<'_>) {
    let mut needed: BTreeSet<ResourceId> = BTreeSet::new();
    let mut fresh: Vec<ResourceId> = Vec::new();
    for resource in import.resources.values() {
        let by_itself = matches!(
            resource.kind,
            ResourceKind::VpcPeeringConnection(_) | ResourceKind::VpcBlockPublicAccess(_)
        );
        if by_itself || !matches!(resource.kind.home(), Home::Region) {
            fresh.push(resource.id.clone());
        }
    }
    loop {
        while let Some(id) = fresh.pop() {
            if !needed.insert(id.clone()) {
                continue;
            }
            if let Some(resource) = import.resources.get(&id) {
                resource.kind.each_reference(&mut |_, to| fresh.push(to.clone()));
            }
        }
        // What hangs on something needed is needed as well: the tables of a gateway, an address.
        let hangs = import.resources.values().filter(|it| !needed.contains(&it.id));
        fresh.extend(hangs.filter(|it| hangs_on(&it.kind, &needed)).map(|it| it.id.clone()));
        if fresh.is_empty() {
            break;
        }
    }
    import.resources.retain(|id, _| needed.contains(id));
}

fn hangs_on(kind: &ResourceKind, needed: &BTreeSet<ResourceId>) -> bool {
    let one = |id: Option<&ResourceId>| id.is_some_and(|id| needed.contains(id));
    match kind {
        ResourceKind::ElasticIp(it) => one(it.instance_id.as_ref()) || one(it.network_interface_id.as_ref()),
        ResourceKind::FlowLog(it) => one(Some(&it.resource_id)),
        ResourceKind::VpnConnection(it) => {
            one(it.vpn_gateway_id.as_ref()) || one(it.transit_gateway_id.as_ref())
        }
        ResourceKind::TransitGatewayRouteTable(it) => one(Some(&it.transit_gateway_id)),
        ResourceKind::TransitGatewayPeeringAttachment(it) => one(Some(&it.transit_gateway_id)),
        _ => false,
    }
}
