//! An attachment has one subnet per zone, and one in every zone that uses it.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule, set};
use crate::{
    model::{Field, ResourceId, RouteTarget, TransitGatewayVpcAttachment},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "transit-attachment-subnets",
    severity: Severity::Error,
    summary: || t!("rule-transit-attachment-subnets-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html",
    rows: &["T1", "T2"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, attachment) in context.attachments() {
        let mut first: BTreeMap<&str, &ResourceId> = BTreeMap::new();
        if attachment.subnet_ids.is_empty() {
            let message = t!("rule-transit-attachment-subnets-none", name = context.label(id));
            let help = t!("rule-transit-attachment-subnets-none-help");
            findings.report(id, Some(Field::new("subnet_ids")), message, help);
            continue;
        }
        for (at, subnet) in attachment.subnet_ids.iter().enumerate() {
            let Some(fields) = context.subnet(subnet) else {
                continue;
            };
            let Some(other) = first.insert(&fields.availability_zone, subnet) else {
                continue;
            };
            let message = t!(
                "rule-transit-attachment-subnets-twice",
                name = context.label(id),
                zone = &fields.availability_zone,
                other = context.label(other),
                subnet = context.label(subnet)
            );
            let mut to = attachment.clone();
            to.subnet_ids.remove(at);
            let field = Field::item("subnet_ids", at, "");
            findings
                .report(id, Some(field), message, t!("rule-endpoint-subnets-help"))
                .also(subnet)
                .also(other)
                .fix(
                    t!("rule-transit-attachment-subnets-twice-fix", subnet = context.label(subnet)),
                    set(id, Field::new("subnet_ids"), to),
                );
        }
        missing(context, findings, (id, attachment), &first);
    }
}

/// Zones whose subnets send to the transit gateway and in which the attachment has no subnet.
fn missing(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    (id, attachment): (&ResourceId, &TransitGatewayVpcAttachment),
    served: &BTreeMap<&str, &ResourceId>,
) {
    let mut lacking: BTreeMap<&str, Vec<&ResourceId>> = BTreeMap::new();
    for (subnet, fields) in context.subnets_of(&attachment.vpc_id) {
        let zone = fields.availability_zone.as_str();
        let sends = || {
            context.effective_table(subnet).is_some_and(|(_, table)| {
                table.routes.iter().any(|it| {
                    matches!(&it.target, RouteTarget::TransitGateway(to) if *to == attachment.transit_gateway_id)
                })
            })
        };
        if !served.contains_key(zone) && sends() {
            lacking.entry(zone).or_default().push(subnet);
        }
    }
    for (zone, subnets) in lacking {
        let names = context.labels(subnets.iter().copied());
        let message =
            t!("rule-transit-attachment-subnets", name = context.label(id), zone = zone, subnets = names);
        let field = Field::new("subnet_ids");
        let finding =
            findings.report(id, Some(field.clone()), message, t!("rule-transit-attachment-subnets-help"));
        let mut to = attachment.clone();
        to.subnet_ids.extend(subnets.first().map(|it| (*it).clone()));
        let label = t!("rule-transit-attachment-subnets-fix", name = context.label(id), zone = zone);
        subnets.into_iter().fold(finding, super::Finding::also).fix(label, set(id, field, to));
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{Route, RouteDestination, RouteTarget, TransitGateway, TransitGatewayVpcAttachment};

    fn attached(n: &mut Network, subnets: &[&str]) {
        n.put("tgw", TransitGateway::default());
        let subnets = subnets.iter().map(|name| id(name)).collect();
        n.put("tgw-attach", TransitGatewayVpcAttachment::new(id("tgw"), id("vpc-main"), subnets));
        let destination = RouteDestination::Ipv4(net("10.0.0.0/8"));
        n.table("rtb-main", |it| {
            it.routes.push(Route { destination, target: RouteTarget::TransitGateway(id("tgw")) });
        });
    }

    fn twice(n: &mut Network) {
        attached(n, &["subnet-private", "subnet-public"]);
    }

    fn elsewhere(n: &mut Network) {
        attached(n, &["subnet-public"]);
        n.subnet("subnet-public", |it| "us-east-1b".clone_into(&mut it.availability_zone));
    }

    #[test]
    fn none_two_of_a_zone_and_a_zone_without() {
        let message = "attachment `tgw-attach` names no subnet";
        finds(&RULE, ("tgw-attach", Some("subnet_ids")), message, |n| attached(n, &[]));
        let message =
            "attachment `tgw-attach` has two subnets in us-east-1a, `subnet-private` and `subnet-public`";
        finds(&RULE, ("tgw-attach", Some("subnet_ids[1]")), message, twice);
        let message = "attachment `tgw-attach` has no subnet in us-east-1a, so that `subnet-private` does not reach the transit gateway";
        finds(&RULE, ("tgw-attach", Some("subnet_ids")), message, elsewhere);
    }

    #[test]
    fn one_per_zone_is_fine() {
        silent(&RULE, |n| attached(n, &["subnet-private"]));
    }

    #[test]
    fn the_fixes_remove_one_or_add_one() {
        fixes(&RULE, 1, twice);
        fixes(&RULE, 1, elsewhere);
    }
}
