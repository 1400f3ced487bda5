//! A subnet's zone is one of its region.

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{Field, ResourceId, ResourceKind, Subnet},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "subnet-zone",
    severity: Severity::Error,
    summary: || t!("rule-subnet-zone-summary"),
    url: "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html",
    rows: &["S4"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let region = &context.topology.region;
    for (id, subnet) in context.subnets() {
        let zone = &subnet.availability_zone;
        if is_zone_of(zone, region) {
            continue;
        }
        let message = t!("rule-subnet-zone", zone = zone, name = context.label(id), region = region);
        let field = Field::new("availability_zone");
        let finding =
            findings.report(id, Some(field.clone()), message, t!("rule-subnet-zone-help", region = region));
        let Some(zone) = free_zone(context, id, zone, region) else {
            continue;
        };
        let to = Subnet { availability_zone: zone.clone(), ..subnet.clone() };
        let to = Box::new(ResourceKind::Subnet(to));
        finding.fix(t!("rule-subnet-zone-fix", zone = zone), Command::Set { id: id.clone(), field, to });
    }
}

/// The zone of the same letter, or the first in which no endpoint and no attachment of this subnet has
/// another one.
fn free_zone(context: &Context<'_>, id: &ResourceId, wrong: &str, region: &str) -> Option<String> {
    let taken: Vec<&str> = context
        .index
        .users(id, "subnet_ids")
        .filter_map(|user| match context.kind(user)? {
            ResourceKind::InterfaceEndpoint(it) => Some(&it.subnet_ids),
            ResourceKind::TransitGatewayVpcAttachment(it) => Some(&it.subnet_ids),
            _ => None,
        })
        .flatten()
        .filter_map(|subnet| context.subnet(subnet))
        .map(|subnet| subnet.availability_zone.as_str())
        .collect();
    let letter = wrong.chars().last().filter(char::is_ascii_lowercase);
    let mut zones = letter.into_iter().chain('a'..='f').map(|letter| format!("{region}{letter}"));
    zones.find(|zone| !taken.contains(&zone.as_str()))
}

/// Zones are named `us-east-1a`; Local and Wavelength zones `us-east-1-bos-1a`.
fn is_zone_of(zone: &str, region: &str) -> bool {
    zone.strip_prefix(region).is_some_and(|rest| {
        let single = rest.len() == 1;
        (single || rest.starts_with('-')) && rest.ends_with(|c: char| c.is_ascii_lowercase())
    })
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    fn zone(n: &mut Network, zone: &str) {
        n.subnet("subnet-private", |it| zone.clone_into(&mut it.availability_zone));
    }

    #[test]
    fn a_zone_of_another_region_and_no_zone_at_all() {
        let message = "`eu-west-1b` of subnet `subnet-private` is not an Availability Zone of us-east-1";
        let place = ("subnet-private", Some("availability_zone"));
        finds(&RULE, place, message, |n| zone(n, "eu-west-1b"));
        let message = "`us-east-1` of subnet `subnet-private` is not an Availability Zone of us-east-1";
        finds(&RULE, place, message, |n| zone(n, "us-east-1"));
    }

    #[test]
    fn local_zones_are_allowed() {
        silent(&RULE, |n| zone(n, "us-east-1-bos-1a"));
    }

    #[test]
    fn the_fix_keeps_the_letter() {
        fixes(&RULE, 1, |n| zone(n, "eu-west-1b"));
    }

    #[test]
    fn the_fix_leaves_zones_in_which_an_endpoint_has_another_subnet() {
        let (problem, _) = one(&RULE, |n| {
            n.endpoint(|it| it.subnet_ids.push(id("subnet-public")));
            zone(n, "eu-west-1a");
        });
        assert_eq!(problem.fixes[0].label, "Use us-east-1b");
    }
}
