//! The IPv6 switches of a subnet need an IPv6 block.

use super::{Context, Findings, Rule, set};
use crate::{
    model::{Field, Subnet},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "subnet-ipv6-switches",
    severity: Severity::Error,
    summary: || t!("rule-subnet-ipv6-switches-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html",
    rows: &["S10"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, subnet) in context.subnets() {
        if subnet.ipv6_cidr_block.is_some() || !subnet.assign_ipv6_address_on_creation {
            continue;
        }
        let message = t!("rule-subnet-ipv6-switches", name = context.label(id));
        let field = Field::new("assign_ipv6_address_on_creation");
        let to = Subnet { assign_ipv6_address_on_creation: false, ..subnet.clone() };
        findings
            .report(id, Some(field.clone()), message, t!("rule-subnet-ipv6-switches-help"))
            .fix(t!("rule-subnet-ipv6-switches-fix"), set(id, field, to));
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    fn on(n: &mut Network) {
        n.subnet("subnet-private", |it| it.assign_ipv6_address_on_creation = true);
    }

    #[test]
    fn on_without_a_block() {
        let message = "subnet `subnet-private` assigns IPv6 addresses and has no IPv6 block";
        finds(&RULE, ("subnet-private", Some("assign_ipv6_address_on_creation")), message, on);
    }

    #[test]
    fn on_with_a_block() {
        silent(&RULE, |n| {
            on(n);
            n.subnet("subnet-private", |it| it.ipv6_cidr_block = Some("2001:db8::/64".parse().unwrap()));
        });
    }

    #[test]
    fn the_fix_switches_it_off() {
        fixes(&RULE, 1, on);
    }
}
