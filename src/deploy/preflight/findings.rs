//! Permissions, zones, machine types, images, key pairs and blocks.

use std::collections::BTreeSet;

use ipnet::Ipv4Net;

use super::{PERMISSION, Seen, instances, made};
use crate::{
    deploy::{kinds::image_parameter, plan::Plan},
    model::{Field, Instance, Kind, ResourceId, ResourceKind},
    problem::{Problem, Severity, Subject},
    t,
};

/// A finding about a field of a resource, or about the plan as a whole.
pub(super) fn problem(
    code: &'static str,
    severity: Severity,
    on: Option<(&ResourceId, &'static str)>,
    message: String,
    help: String,
) -> Problem {
    let subject = |(id, field): (&ResourceId, &'static str)| Subject {
        id: id.clone(),
        field: Some(field).filter(|it| !it.is_empty()).map(Field::new),
    };
    let subjects = on.map(subject).into_iter().collect();
    Problem { code, severity, subjects, message, help: Some(help), fixes: Vec::new() }
}

pub(super) fn find(plan: &Plan, seen: &Seen) -> Vec<Problem> {
    let mut found = permissions(plan, seen);
    zones(plan, seen, &mut found);
    for (id, instance) in instances(plan) {
        found.extend(offered(plan, seen, id, instance));
        found.extend(image(seen, id, instance));
    }
    key_pairs(plan, seen, &mut found);
    blocks(plan, seen, &mut found);
    found
}

fn permissions(plan: &Plan, seen: &Seen) -> Vec<Problem> {
    let mut found = Vec::new();
    for (action, said) in &seen.denied {
        let needs = plan.actions.iter().find(|it| it.calls.iter().any(|call| call.name() == *action));
        let message = match needs {
            Some(needs) => t!("preflight-permission", action = *action, title = needs.title.clone()),
            None => t!("preflight-permission-read", action = *action),
        };
        let help = t!("preflight-permission-help", action = *action, said = said.clone());
        let severity = if needs.is_some() { Severity::Error } else { Severity::Warning };
        found.push(problem(PERMISSION, severity, needs.map(|it| (&it.resource, "")), message, help));
    }
    let list = |names: &BTreeSet<&'static str>| names.iter().copied().collect::<Vec<_>>().join(", ");
    if !seen.no_dry_run.is_empty() {
        let message = t!("preflight-no-dry-run", count = seen.no_dry_run.len());
        let help = t!("preflight-no-dry-run-help");
        found.push(problem("preflight-unanswered", Severity::Info, None, message, help));
    }
    if !seen.unanswered.is_empty() {
        let message = t!("preflight-unanswered", actions = list(&seen.unanswered));
        let help = t!("preflight-unanswered-help");
        found.push(problem("preflight-unanswered", Severity::Info, None, message, help));
    }
    found
}

fn zones(plan: &Plan, seen: &Seen, found: &mut Vec<Problem>) {
    let Some(zones) = &seen.zones else { return };
    let usable = zones.iter().filter(|it| it.state == "available" && it.opt_in_status != "not-opted-in");
    let usable: Vec<&str> = usable.map(|it| it.zone_name.as_str()).collect();
    for id in made(plan, Kind::Subnet) {
        let Some(ResourceKind::Subnet(subnet)) = plan.desired.index.kind(id) else { continue };
        let name = &subnet.availability_zone;
        let zone = zones.iter().find(|it| it.zone_name == *name);
        let message = match zone {
            None => t!("preflight-zone-missing", zone = name.clone()),
            Some(it) if it.opt_in_status == "not-opted-in" => {
                t!("preflight-zone-opt-in", zone = name.clone())
            }
            Some(it) if it.state != "available" => {
                t!("preflight-zone-state", zone = name.clone(), state = it.state.clone())
            }
            Some(_) => continue,
        };
        let help = t!("preflight-zone-help", zones = usable.join(", "));
        found.push(problem(
            "preflight-zone",
            Severity::Error,
            Some((id, "availability_zone")),
            message,
            help,
        ));
    }
}

fn is_unknown(seen: &Seen, zone: &str) -> bool {
    seen.zones.as_ref().is_some_and(|zones| zones.iter().all(|it| it.zone_name != zone))
}

/// Whether the type of an instance can be had in the zone of its subnet.
fn offered(plan: &Plan, seen: &Seen, id: &ResourceId, instance: &Instance) -> Option<Problem> {
    let offerings = seen.offerings.as_ref()?;
    let Some(ResourceKind::Subnet(subnet)) = plan.desired.index.kind(&instance.subnet_id) else {
        return None;
    };
    let zone = &subnet.availability_zone;
    let (message, help) = match offerings.get(&instance.instance_type) {
        None => (
            t!("preflight-type-missing", instance_type = instance.instance_type.clone()),
            t!("preflight-type-help"),
        ),
        Some(zones) if zones.contains(zone) => return None,
        // The subnet has that finding already.
        Some(_) if is_unknown(seen, zone) => return None,
        Some(zones) => {
            let zones: Vec<&str> = zones.iter().map(String::as_str).collect();
            (
                t!(
                    "preflight-type-zone",
                    instance_type = instance.instance_type.clone(),
                    zone = zone.clone()
                ),
                t!("preflight-type-zone-help", zones = zones.join(", ")),
            )
        }
    };
    Some(problem("preflight-instance-type", Severity::Error, Some((id, "instance_type")), message, help))
}

fn image(seen: &Seen, id: &ResourceId, instance: &Instance) -> Option<Problem> {
    let at =
        |message, help| Some(problem("preflight-image", Severity::Error, Some((id, "ami")), message, help));
    if let Some(name) = image_parameter(instance)
        && seen.parameters.get(name) == Some(&None)
    {
        return at(t!("preflight-image-parameter", name = name), t!("preflight-image-parameter-help"));
    }
    let image_id = seen.image_id(instance)?;
    let Some(image) = seen.images.get(image_id)? else {
        return at(t!("preflight-image-missing", image = image_id.clone()), t!("preflight-image-help"));
    };
    if !image.state.is_empty() && image.state != "available" {
        let message = t!("preflight-image-state", image = image_id.clone(), state = image.state.clone());
        return at(message, t!("preflight-image-help"));
    }
    let wanted = architecture(&instance.instance_type)?;
    if image.architecture.is_empty() || image.architecture == wanted {
        return None;
    }
    let message = t!(
        "preflight-image-architecture",
        image = image_id.clone(),
        architecture = image.architecture.clone(),
        instance_type = instance.instance_type.clone(),
        wanted = wanted
    );
    at(message, t!("preflight-image-architecture-help"))
}

/// What an instance type runs; `None` where its name does not say. A `g` after the generation stands
/// for Graviton, and `a1` was the first of them.
fn architecture(instance_type: &str) -> Option<&'static str> {
    let family = instance_type.split('.').next()?;
    if family.starts_with("mac") {
        return None;
    }
    let after = family.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
    Some(if family == "a1" || after.contains('g') { "arm64" } else { "x86_64" })
}

fn key_pairs(plan: &Plan, seen: &Seen, found: &mut Vec<Problem>) {
    for id in made(plan, Kind::KeyPair) {
        let Some(ResourceKind::KeyPair(key)) = plan.desired.index.kind(id) else { continue };
        // What is made anew gives its own name free.
        let old = plan.actions.iter().find(|it| it.resource == *id).and_then(|it| it.live.as_ref());
        let other = seen.key_pairs.iter().find(|it| it.key_name == key.key_name);
        let Some(other) = other.filter(|it| Some(&it.key_pair_id) != old) else { continue };
        let message = t!("preflight-key-pair", name = key.key_name.clone(), id = other.key_pair_id.clone());
        let help = t!("preflight-key-pair-help");
        found.push(problem("preflight-key-pair", Severity::Error, Some((id, "key_name")), message, help));
    }
}

/// Blocks of new VPCs that overlap with VPCs of the account.
fn blocks(plan: &Plan, seen: &Seen, found: &mut Vec<Problem>) {
    let ours: BTreeSet<&str> = plan.ids.iter().map(|(_, live)| live).collect();
    let ending = plan.actions.iter().filter_map(|action| action.live.as_deref());
    let ours: BTreeSet<&str> = ours.into_iter().chain(ending).collect();
    let others = seen.vpcs.iter().flatten().filter(|it| !ours.contains(it.vpc_id.as_str()));
    for other in others {
        let blocks = other.cidr_block_associations.iter().map(|it| it.cidr_block.as_str());
        let blocks: Vec<Ipv4Net> =
            blocks.chain([other.cidr_block.as_str()]).filter_map(|block| block.parse().ok()).collect();
        for id in made(plan, Kind::Vpc) {
            let Some(ResourceKind::Vpc(vpc)) = plan.desired.index.kind(id) else { continue };
            let block = vpc.cidr_block;
            let clash = |it: &&Ipv4Net| it.contains(&block) || block.contains(*it);
            let Some(theirs) = blocks.iter().find(clash) else { continue };
            let name = other.tags.get("Name").unwrap_or(&other.vpc_id);
            let message = t!(
                "preflight-cidr",
                block = block.to_string(),
                theirs = theirs.to_string(),
                name = name.clone(),
                id = other.vpc_id.clone()
            );
            let help = t!("preflight-cidr-help");
            found.push(problem("preflight-cidr", Severity::Warning, Some((id, "cidr_block")), message, help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::architecture;

    #[test]
    fn the_architecture_stands_in_the_name_of_a_type() {
        for (instance_type, wanted) in [
            ("t3.micro", "x86_64"),
            ("t4g.nano", "arm64"),
            ("c7gn.metal", "arm64"),
            ("im4gn.large", "arm64"),
            ("a1.medium", "arm64"),
            ("g5.xlarge", "x86_64"),
            ("g5g.xlarge", "arm64"),
            ("m7i-flex.large", "x86_64"),
        ] {
            assert_eq!(architecture(instance_type), Some(wanted), "{instance_type}");
        }
        assert_eq!(architecture("mac2.metal"), None);
    }
}
