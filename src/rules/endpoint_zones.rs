//! Hosts reach an interface endpoint best in their own zone.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, ResourceId, ResourceKind},
    problem::Severity,
    t,
};

/// The rule. It works across zones too, for a charge per byte, and until that zone fails.
pub const RULE: Rule = Rule {
    code: "endpoint-zones",
    severity: Severity::Info,
    summary: || t!("rule-endpoint-zones-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html",
    rows: &["P4"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut hosts: BTreeMap<&ResourceId, BTreeSet<&str>> = BTreeMap::new();
    for (id, subnet) in context.subnets() {
        let is_host = |user: &ResourceId| matches!(context.kind(user), Some(ResourceKind::Instance(_)));
        if context.index.users(id, "subnet_id").any(is_host) {
            hosts.entry(&subnet.vpc_id).or_default().insert(&subnet.availability_zone);
        }
    }
    for (id, endpoint) in context.interface_endpoints() {
        let Some(zones) = hosts.get(&endpoint.vpc_id) else {
            continue;
        };
        let own: BTreeSet<&str> = endpoint
            .subnet_ids
            .iter()
            .filter_map(|subnet| context.subnet(subnet))
            .map(|subnet| subnet.availability_zone.as_str())
            .collect();
        if own.is_empty() || zones.is_subset(&own) {
            continue;
        }
        let missing: Vec<&str> = zones.difference(&own).copied().collect();
        let message = t!("rule-endpoint-zones", name = context.label(id), zones = missing.join(", "));
        findings.report(id, Some(Field::new("subnet_ids")), message, t!("rule-endpoint-zones-help"));
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{Instance, Subnet};

    fn second_zone(n: &mut Network) {
        n.put("subnet-b", Subnet::new(id("vpc-main"), net("10.0.2.0/24"), "us-east-1b"));
    }

    #[test]
    fn hosts_in_a_zone_without_an_interface() {
        let message = "interface endpoint `vpce-ssm` has no subnet in us-east-1b, where hosts of its VPC are";
        finds(&RULE, ("vpce-ssm", Some("subnet_ids")), message, |n| {
            second_zone(n);
            n.put("i-b", Instance::new(id("subnet-b")));
        });
    }

    #[test]
    fn a_zone_without_hosts_is_fine() {
        silent(&RULE, second_zone);
    }
}
