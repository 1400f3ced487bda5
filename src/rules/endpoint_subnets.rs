//! An interface endpoint has at most one subnet per zone, and at least one.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, InterfaceEndpoint, ResourceId},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "endpoint-subnets",
    severity: Severity::Error,
    summary: || t!("rule-endpoint-subnets-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    rows: &["P4"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, endpoint) in context.interface_endpoints() {
        if endpoint.subnet_ids.is_empty() {
            let message = t!("rule-endpoint-subnets-none", name = context.label(id));
            let help = t!("rule-endpoint-subnets-none-help");
            findings.report(id, Some(Field::new("subnet_ids")), message, help).severity(Severity::Warning);
        }
        zones(context, findings, id, endpoint);
    }
}

fn zones(context: &Context<'_>, findings: &mut Findings<'_>, id: &ResourceId, endpoint: &InterfaceEndpoint) {
    let mut first: BTreeMap<&str, &ResourceId> = BTreeMap::new();
    for (at, subnet) in endpoint.subnet_ids.iter().enumerate() {
        let Some(zone) = context.subnet(subnet).map(|it| it.availability_zone.as_str()) else {
            continue;
        };
        let Some(other) = first.insert(zone, subnet) else {
            continue;
        };
        let message = t!(
            "rule-endpoint-subnets",
            name = context.label(id),
            subnet = context.label(subnet),
            other = context.label(other),
            zone = zone
        );
        let field = Some(Field::item("subnet_ids", at, ""));
        findings.report(id, field, message, t!("rule-endpoint-subnets-help")).also(subnet).also(other);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    fn both(n: &mut Network) {
        n.endpoint(|it| it.subnet_ids = vec![id("subnet-private"), id("subnet-public")]);
    }

    #[test]
    fn two_subnets_of_one_zone() {
        let message =
            "endpoint `vpce-ssm` has two subnets in us-east-1a, `subnet-private` and `subnet-public`";
        finds(&RULE, ("vpce-ssm", Some("subnet_ids[1]")), message, both);
    }

    #[test]
    fn no_subnet_at_all() {
        let message = "interface endpoint `vpce-ssm` is in no subnet, so it has no address";
        finds(&RULE, ("vpce-ssm", Some("subnet_ids")), message, |n| n.endpoint(|it| it.subnet_ids.clear()));
    }

    #[test]
    fn one_per_zone_is_fine() {
        silent(&RULE, |n| {
            both(n);
            n.subnet("subnet-public", |it| "us-east-1b".clone_into(&mut it.availability_zone));
        });
    }
}
