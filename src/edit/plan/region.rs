//! `SetRegion`, and what carries the region's name: zones, service names, prefix lists.

use super::Planned;
use crate::{
    edit::{draft::Draft, refusal::Refusal},
    model::{ResourceKind, RouteDestination, SecurityGroupRulePeer},
    t,
};

pub(super) fn plan(mut draft: Draft<'_>, region: &str) -> Result<Planned, Refusal> {
    let region = region.trim();
    let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if region.is_empty() || !region.chars().all(legal) {
        return Err(Refusal::new(t!("edit-region-malformed", region = region), []));
    }
    let old = draft.topology().region.clone();
    draft.set_region(region);
    for resource in draft.topology().iter() {
        let mut kind = resource.kind.clone();
        retarget(&mut kind, &old, region);
        if kind != resource.kind {
            draft.change(&resource.id, |fields| *fields = kind);
        }
    }
    for (vpc, zones) in &draft.document().diagram.lanes {
        let zones = zones.iter().map(|zone| zone_in(zone, &old, region)).collect();
        draft.set_lanes(vpc, zones);
    }
    Ok(draft.finish(t!("edit-label-region", region = region)))
}

/// The zone of the same letter in another region; a zone of neither stays.
pub(super) fn zone_in(zone: &str, old: &str, new: &str) -> String {
    match zone.strip_prefix(old) {
        Some(letter) => format!("{new}{letter}"),
        None => zone.to_owned(),
    }
}

/// `com.amazonaws.OLD.s3` becomes `com.amazonaws.NEW.s3`; other names stay.
fn service_in(name: &str, old: &str, new: &str) -> String {
    name.replacen(&format!(".{old}."), &format!(".{new}."), 1)
}

/// Renames the region in every field that carries it.
pub(super) fn retarget(kind: &mut ResourceKind, old: &str, new: &str) {
    match kind {
        ResourceKind::Subnet(it) => it.availability_zone = zone_in(&it.availability_zone, old, new),
        ResourceKind::GatewayEndpoint(it) => it.service_name = service_in(&it.service_name, old, new),
        ResourceKind::InterfaceEndpoint(it) => it.service_name = service_in(&it.service_name, old, new),
        ResourceKind::RouteTable(it) => {
            for route in &mut it.routes {
                if let RouteDestination::PrefixList(name) = &mut route.destination {
                    *name = service_in(name, old, new);
                }
            }
        }
        ResourceKind::SecurityGroup(it) => {
            for rule in it.ingress.iter_mut().chain(&mut it.egress) {
                if let SecurityGroupRulePeer::PrefixList(name) = &mut rule.peer {
                    *name = service_in(name, old, new);
                }
            }
        }
        _ => {}
    }
}
