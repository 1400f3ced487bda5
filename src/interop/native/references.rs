//! Every reference leads to a resource of the right kind, and nothing stands inside itself.

use super::fault::FileError;
use crate::{
    model::{Field, Kind, ResourceId, ResourceKind, Topology},
    t, words,
};

/// The kind of resource that each referring field names.
const TARGETS: &[(&str, Kind)] = &[
    ("vpc_id", Kind::Vpc),
    ("subnet_id", Kind::Subnet),
    ("subnet_ids", Kind::Subnet),
    ("route_table_id", Kind::RouteTable),
    ("route_table_ids", Kind::RouteTable),
    ("network_acl_id", Kind::NetworkAcl),
    ("gateway_id", Kind::InternetGateway),
    ("nat_gateway_id", Kind::NatGateway),
    ("instance_id", Kind::Instance),
    ("key_pair_id", Kind::KeyPair),
    ("allocation_id", Kind::ElasticIp),
    ("vpc_security_group_ids", Kind::SecurityGroup),
    ("security_group_ids", Kind::SecurityGroup),
    ("referenced_security_group_id", Kind::SecurityGroup),
];

/// Refuses the first reference, in the order of ids, that cannot be followed.
pub(super) fn verify(topology: &Topology) -> Result<(), FileError> {
    for resource in topology.iter() {
        for reference in resource.kind.references() {
            let Some(what) = fault(topology, &resource.id, &reference.field, &reference.to) else {
                continue;
            };
            return Err(FileError::at(format!("resources.{}.{}", resource.id, reference.field), what));
        }
    }
    Ok(())
}

fn fault(topology: &Topology, from: &ResourceId, field: &Field, to: &ResourceId) -> Option<String> {
    let Some(found) = topology.kind(to).map(ResourceKind::kind) else {
        return Some(t!("file-dangling", to = to));
    };
    let wanted = target(field)?;
    if found == wanted {
        return None;
    }
    let outwards = matches!(field.as_str(), "vpc_id" | "subnet_id");
    if let Some(ring) = ring(topology, from).filter(|_| outwards) {
        return Some(t!("file-cycle", ring = ring));
    }
    let kind = |kind: Kind| words::text(&format!("kind-{}", kind.as_str()), &[]);
    Some(t!("file-wrong-kind", to = to, found = kind(found), wanted = kind(wanted)))
}

/// The kind that a field must name: by the last part of its path, without the place in a list.
fn target(field: &Field) -> Option<Kind> {
    let last = field.as_str().rsplit('.').next()?;
    let name = last.split('[').next()?;
    TARGETS.iter().find(|(field, _)| *field == name).map(|(_, kind)| *kind)
}

/// The way from a resource outwards, if it comes back to the resource: `a → b → a`.
fn ring(topology: &Topology, start: &ResourceId) -> Option<String> {
    let mut way = vec![start.clone()];
    let mut at = start.clone();
    loop {
        let outer = |field: &str| field == "vpc_id" || field == "subnet_id";
        let references = topology.kind(&at)?.references();
        at = references.into_iter().find(|it| outer(it.field.as_str()))?.to;
        let seen = way.contains(&at);
        way.push(at.clone());
        if seen {
            let names: Vec<&str> = way.iter().map(ResourceId::as_str).collect();
            return Some(names.join(" → "));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_referring_field_of_every_kind_has_a_target() {
        for name in crate::interop::templates::names() {
            let document = crate::interop::templates::document(name).unwrap();
            for reference in document.topology.iter().flat_map(|it| it.kind.references()) {
                assert!(target(&reference.field).is_some(), "{}", reference.field);
            }
        }
    }
}
