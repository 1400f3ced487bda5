//! Every reference leads to a resource of the right kind, and nothing stands inside itself.

use indexmap::IndexMap;

use super::fault::FileError;
use crate::{
    model::{Kind, Mention, ResourceId, Topology, targets},
    t, words,
};

/// Refuses the first reference, in the order of ids, that cannot be followed.
pub(super) fn verify(topology: &Topology) -> Result<(), FileError> {
    let mut fault = None;
    each_broken_reference(topology, &mut |from, field, _, what| {
        fault.get_or_insert_with(|| FileError::at(format!("resources.{from}.{field}"), what));
    });
    fault.map_or(Ok(()), Err)
}

/// Calls `visit` for each reference, in the order of ids, that cannot be followed: who refers, by which
/// field, to what, and what is wrong with it.
pub fn each_broken_reference(
    topology: &Topology,
    visit: &mut dyn FnMut(&ResourceId, &str, &ResourceId, String),
) {
    let kinds: IndexMap<&ResourceId, Kind> =
        topology.resources.iter().map(|(id, resource)| (id, resource.kind.kind())).collect();
    for resource in topology.iter() {
        resource.kind.each_reference(&mut |mention, to| {
            if let Some(what) = what_is_wrong(topology, &kinds, &resource.id, mention, to) {
                visit(&resource.id, mention.field().as_str(), to, what);
            }
        });
    }
}

fn what_is_wrong(
    topology: &Topology,
    kinds: &IndexMap<&ResourceId, Kind>,
    from: &ResourceId,
    mention: Mention,
    to: &ResourceId,
) -> Option<String> {
    let Some(found) = kinds.get(to).copied() else {
        return Some(t!("file-dangling", to = to));
    };
    let wanted = targets::of(mention.last_name())?;
    if wanted.contains(&found) {
        return None;
    }
    let outwards = matches!(mention.root(), "vpc_id" | "subnet_id");
    if let Some(ring) = ring(topology, from).filter(|_| outwards) {
        return Some(t!("file-cycle", ring = ring));
    }
    let kind = |kind: Kind| words::text(&format!("kind-{}", kind.as_str()), &[]);
    Some(t!(
        "file-wrong-kind",
        to = to,
        found = kind(found),
        wanted = wanted.iter().copied().map(kind).collect::<Vec<_>>().join(" / ")
    ))
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
            for resource in document.topology.iter() {
                resource.kind.each_reference(&mut |mention, _| {
                    assert!(targets::of(mention.last_name()).is_some(), "{}", mention.field());
                });
            }
        }
    }
}
