//! A further network interface stands in its instance's zone, at a place of its own.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule, set};
use crate::{
    model::{Field, NetworkInterface, ResourceId},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "interface-attachment",
    severity: Severity::Error,
    summary: || t!("rule-interface-attachment-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network-interface-attachments.html",
    rows: &["I1"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut places: BTreeMap<(&ResourceId, u32), &ResourceId> = BTreeMap::new();
    for (id, interface) in context.network_interfaces() {
        let Some(instance) = &interface.instance_id else {
            continue;
        };
        zone(context, findings, (id, interface), instance);
        let Some(place) = interface.device_index else {
            continue;
        };
        let name = || context.label(id);
        let message = if place == 0 {
            t!("rule-interface-attachment-primary", name = name(), instance = context.label(instance))
        } else if let Some(other) = places.insert((instance, place), id) {
            t!(
                "rule-interface-attachment-place",
                name = name(),
                other = context.label(other),
                instance = context.label(instance),
                place = place
            )
        } else {
            continue;
        };
        let field = Field::new("device_index");
        let to = NetworkInterface { device_index: None, ..interface.clone() };
        findings
            .report(id, Some(field.clone()), message, t!("rule-interface-attachment-place-help"))
            .also(instance)
            .fix(t!("rule-interface-attachment-fix"), set(id, field, to));
    }
}

fn zone(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    (id, interface): (&ResourceId, &NetworkInterface),
    instance: &ResourceId,
) {
    let host = context.kind(instance).and_then(|it| it.as_instance());
    let there = host.and_then(|it| context.subnet(&it.subnet_id));
    let (Some(here), Some(there)) = (context.subnet(&interface.subnet_id), there) else {
        return;
    };
    if here.availability_zone == there.availability_zone {
        return;
    }
    let message = t!(
        "rule-interface-attachment",
        name = context.label(id),
        zone = &here.availability_zone,
        instance = context.label(instance),
        other = &there.availability_zone
    );
    let field = Some(Field::new("instance_id"));
    findings.report(id, field, message, t!("rule-interface-attachment-help")).also(instance);
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::NetworkInterface;

    fn interface(n: &mut Network, name: &str, place: Option<u32>) {
        let mut interface = NetworkInterface::new(id("subnet-public"));
        interface.instance_id = Some(id("i-private"));
        interface.device_index = place;
        n.put(name, interface);
    }

    fn far(n: &mut Network) {
        interface(n, "eni", None);
        n.subnet("subnet-public", |it| "us-east-1b".clone_into(&mut it.availability_zone));
    }

    fn same_place(n: &mut Network) {
        interface(n, "eni-a", Some(1));
        interface(n, "eni-b", Some(1));
    }

    #[test]
    fn another_zone_the_primary_place_and_a_taken_one() {
        let message = "network interface `eni` stands in us-east-1b and instance `i-private` in us-east-1a";
        finds(&RULE, ("eni", Some("instance_id")), message, far);
        let message =
            "network interface `eni` is at place 0 of instance `i-private`, where its primary interface is";
        finds(&RULE, ("eni", Some("device_index")), message, |n| interface(n, "eni", Some(0)));
        let message = "network interfaces `eni-a` and `eni-b` are both at place 1 of instance `i-private`";
        finds(&RULE, ("eni-b", Some("device_index")), message, same_place);
    }

    #[test]
    fn places_of_their_own_are_fine() {
        silent(&RULE, |n| {
            interface(n, "eni-a", Some(1));
            interface(n, "eni-b", Some(2));
        });
    }

    #[test]
    fn the_fix_lets_aws_choose() {
        fixes(&RULE, 1, same_place);
        fixes(&RULE, 1, |n| interface(n, "eni", Some(0)));
    }
}
