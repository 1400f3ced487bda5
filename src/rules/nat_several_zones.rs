//! One NAT gateway for several zones costs traffic between zones, and all of them when it fails.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, ResourceId, ResourceKind},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "nat-several-zones",
    severity: Severity::Info,
    summary: || t!("rule-nat-several-zones-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    rows: &["N7"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut far: BTreeMap<&ResourceId, Vec<&ResourceId>> = BTreeMap::new();
    for (id, subnet) in context.subnets() {
        let Some(nat) = context.nat_of(id) else {
            continue;
        };
        let zone = context
            .kind(nat)
            .and_then(ResourceKind::as_nat_gateway)
            .and_then(|nat| context.subnet(&nat.subnet_id))
            // A gateway of another VPC is the matter of `other-vpc`.
            .filter(|it| it.vpc_id == subnet.vpc_id)
            .map(|it| &it.availability_zone);
        if zone.is_some_and(|zone| *zone != subnet.availability_zone) {
            far.entry(nat).or_default().push(id);
        }
    }
    for (nat, subnets) in far {
        let names: Vec<String> = subnets.iter().map(|id| context.label(id)).collect();
        let message = t!("rule-nat-several-zones", name = context.label(nat), subnets = names.join(", "));
        let field = Some(Field::new("subnet_id"));
        let finding = findings.report(nat, field, message, t!("rule-nat-several-zones-help"));
        subnets.into_iter().fold(finding, super::Finding::also);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::Subnet;

    fn second(n: &mut Network, zone: &str) {
        n.put("subnet-b", Subnet::new(id("vpc-main"), net("10.0.2.0/24"), zone));
    }

    #[test]
    fn a_subnet_of_another_zone() {
        let message = "NAT gateway `nat-main` serves subnets of other zones: subnet-b";
        finds(&RULE, ("nat-main", Some("subnet_id")), message, |n| second(n, "us-east-1b"));
    }

    #[test]
    fn a_subnet_of_the_same_zone_is_fine() {
        silent(&RULE, |n| second(n, "us-east-1a"));
    }
}
