//! `SetLanes`: which Availability Zones of a VPC are drawn, and in which order.

use super::Planned;
use crate::{
    edit::{
        draft::{Draft, list},
        refusal::Refusal,
    },
    model::ResourceId,
    t,
};

pub(super) fn plan(mut draft: Draft<'_>, vpc: &ResourceId, zones: &[String]) -> Result<Planned, Refusal> {
    let name = draft.require(vpc)?.label().to_owned();
    if draft.kind(vpc).and_then(|kind| kind.as_vpc()).is_none() {
        return Err(Refusal::new(t!("edit-lanes-not-vpc", name = name), [vpc.clone()]));
    }
    let mut lanes: Vec<String> = Vec::new();
    for zone in zones.iter().map(|zone| zone.trim()) {
        if zone.is_empty() {
            return Err(Refusal::new(t!("edit-zone-empty"), [vpc.clone()]));
        }
        if !lanes.iter().any(|lane| lane == zone) {
            lanes.push(zone.to_owned());
        }
    }
    let kept = used_but_missing(&draft, vpc, &lanes);
    if !kept.is_empty() {
        draft.note(t!("edit-lanes-kept", zones = list(&kept)));
        lanes.extend(kept);
    }
    draft.set_lanes(vpc, lanes);
    Ok(draft.finish(t!("edit-label-lanes", name = name)))
}

/// The zones of subnets that the new list leaves out.
fn used_but_missing(draft: &Draft<'_>, vpc: &ResourceId, lanes: &[String]) -> Vec<String> {
    let mut missing: Vec<String> = draft
        .index()
        .subnets_of(draft.topology(), vpc)
        .filter_map(|id| draft.kind(id)?.as_subnet())
        .map(|subnet| subnet.availability_zone.clone())
        .filter(|zone| !lanes.contains(zone))
        .collect();
    missing.sort();
    missing.dedup();
    missing
}
