//! `Set`: one field of one resource changes.

use std::collections::BTreeSet;

use super::Planned;
use crate::{
    edit::{
        draft::{Draft, kind_name},
        homes,
        refusal::Refusal,
    },
    model::{Container, Field, Kind, Reference, ResourceId, ResourceKind},
    t,
};

pub(super) fn plan(
    mut draft: Draft<'_>,
    id: &ResourceId,
    field: &Field,
    to: &ResourceKind,
) -> Result<Planned, Refusal> {
    let resource = draft.require(id)?;
    let (before, name) = (resource.kind.clone(), resource.label().to_owned());
    if before.kind() != to.kind() {
        let kind = kind_name(before.kind());
        return Err(Refusal::new(t!("edit-set-kind", name = name, kind = kind), [id.clone()]));
    }
    refuse_flags(id, &name, &before, to)?;
    refuse_references(&draft, id, &before, to)?;
    refuse_vpc(&draft, id, &name, &before, to)?;
    let home = draft.topology().container(id);
    draft.change(id, |kind| kind.clone_from(to));
    if let ResourceKind::Subnet(subnet) = to {
        let zone = subnet.availability_zone.trim();
        if zone.is_empty() {
            return Err(Refusal::new(t!("edit-zone-empty"), [id.clone()]));
        }
        if draft.kind(&subnet.vpc_id).is_some() && before != *to {
            draft.ensure_lane(&subnet.vpc_id, &subnet.availability_zone);
        }
    }
    if moves(&home, to) {
        draft.place_at(id, None);
    }
    Ok(draft.finish(t!("edit-label-set", field = field, name = name)))
}

/// Whether the new fields put the resource into another container, where its place means nothing.
fn moves(home: &Container, to: &ResourceKind) -> bool {
    match (home, to) {
        (Container::Lane(_, zone), ResourceKind::Subnet(it)) => *zone != it.availability_zone,
        (Container::Subnet(subnet), ResourceKind::NatGateway(it)) => *subnet != it.subnet_id,
        (Container::Subnet(subnet), ResourceKind::Instance(it)) => *subnet != it.subnet_id,
        (Container::Vpc(vpc), ResourceKind::InternetGateway(it)) => it.vpc_id.as_ref() != Some(vpc),
        (Container::Region, ResourceKind::InternetGateway(it)) => it.vpc_id.is_some(),
        _ => false,
    }
}

/// Whether a table is the main one is a matter of the whole VPC; whether AWS made an ACL or a group
/// is a fact.
fn refuse_flags(
    id: &ResourceId,
    name: &str,
    before: &ResourceKind,
    to: &ResourceKind,
) -> Result<(), Refusal> {
    let message = match (before, to) {
        (ResourceKind::RouteTable(a), ResourceKind::RouteTable(b)) if a.main != b.main => {
            t!("edit-set-main", name = name)
        }
        (ResourceKind::NetworkAcl(a), ResourceKind::NetworkAcl(b)) if a.is_default != b.is_default => {
            t!("edit-set-default", name = name)
        }
        (ResourceKind::SecurityGroup(a), ResourceKind::SecurityGroup(b)) if a.is_default != b.is_default => {
            t!("edit-set-default", name = name)
        }
        _ => return Ok(()),
    };
    Err(Refusal::new(message, [id.clone()]))
}

/// A reference that is new must lead to a resource of the kind that the field speaks of. One that
/// led nowhere before, as in an imported file, may stay while something else is mended.
fn refuse_references(
    draft: &Draft<'_>,
    id: &ResourceId,
    before: &ResourceKind,
    to: &ResourceKind,
) -> Result<(), Refusal> {
    let old: BTreeSet<(String, ResourceId)> =
        before.references().into_iter().map(|it| (last_name(&it.field).to_owned(), it.to)).collect();
    for Reference { field, to } in to.references() {
        if old.contains(&(last_name(&field).to_owned(), to.clone())) {
            continue;
        }
        let Some(found) = draft.get(&to) else {
            return Err(Refusal::new(t!("edit-set-missing", field = &field, to = &to), [id.clone()]));
        };
        let (expected, kind) = (expected_kind(&field), found.kind.kind());
        if let Some(expected) = expected.filter(|expected| *expected != kind) {
            let message = t!(
                "edit-set-wrong-kind",
                field = &field,
                to = found.label(),
                kind = kind_name(kind),
                expected = kind_name(expected),
            );
            return Err(Refusal::new(message, [id.clone(), to]));
        }
    }
    Ok(())
}

/// The VPC of a resource changes only where AWS can do that: an internet gateway's attachment.
fn refuse_vpc(
    draft: &Draft<'_>,
    id: &ResourceId,
    name: &str,
    before: &ResourceKind,
    to: &ResourceKind,
) -> Result<(), Refusal> {
    if let ResourceKind::InternetGateway(gateway) = to {
        return match &gateway.vpc_id {
            Some(vpc) if before != to => homes::one_gateway(draft, vpc, Some(id)),
            _ => Ok(()),
        };
    }
    if own_vpc(before) == own_vpc(to) || own_vpc(before).is_some_and(|vpc| draft.get(vpc).is_none()) {
        return Ok(());
    }
    let message = t!("edit-move-stays", kind = kind_name(to.kind()), name = name);
    Err(Refusal::new(message, [id.clone()]))
}

fn own_vpc(kind: &ResourceKind) -> Option<&ResourceId> {
    match kind {
        ResourceKind::Subnet(it) => Some(&it.vpc_id),
        ResourceKind::RouteTable(it) => Some(&it.vpc_id),
        ResourceKind::NetworkAcl(it) => Some(&it.vpc_id),
        ResourceKind::SecurityGroup(it) => Some(&it.vpc_id),
        ResourceKind::GatewayEndpoint(it) => Some(&it.vpc_id),
        ResourceKind::InterfaceEndpoint(it) => Some(&it.vpc_id),
        _ => None,
    }
}

/// `gateway_id` of `routes[2].gateway_id`, `subnet_ids` of `subnet_ids[0]`.
fn last_name(field: &Field) -> &str {
    let last = field.as_str().rsplit('.').next().unwrap_or_default();
    last.split('[').next().unwrap_or_default()
}

/// The kind that a field's references lead to.
fn expected_kind(field: &Field) -> Option<Kind> {
    Some(match last_name(field) {
        "vpc_id" => Kind::Vpc,
        "subnet_id" | "subnet_ids" => Kind::Subnet,
        "route_table_id" | "route_table_ids" => Kind::RouteTable,
        "network_acl_id" => Kind::NetworkAcl,
        "instance_id" => Kind::Instance,
        "key_pair_id" => Kind::KeyPair,
        "allocation_id" => Kind::ElasticIp,
        "gateway_id" => Kind::InternetGateway,
        "nat_gateway_id" => Kind::NatGateway,
        "vpc_security_group_ids" | "security_group_ids" | "referenced_security_group_id" => {
            Kind::SecurityGroup
        }
        _ => return None,
    })
}
