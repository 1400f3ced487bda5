//! The size of a subnet's IPv4 block.

use super::{Context, Findings, Rule};
use crate::{model::Field, problem::Severity, t};

/// The rule.
pub const RULE: Rule = Rule {
    code: "subnet-cidr-size",
    severity: Severity::Error,
    summary: || t!("rule-subnet-cidr-size-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    rows: &["S1"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, subnet) in context.subnets() {
        let block = subnet.cidr_block;
        if !(16..=28).contains(&block.prefix_len()) {
            let message = t!("rule-subnet-cidr-size", block = block, name = context.label(id));
            findings.report(id, Some(Field::new("cidr_block")), message, t!("rule-subnet-cidr-size-help"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    #[test]
    fn a_slash_29_is_too_small() {
        let message = "the block 10.0.1.0/29 of subnet `subnet-private` is not between /16 and /28";
        let place = ("subnet-private", Some("cidr_block"));
        finds(&RULE, place, message, |n| n.subnet("subnet-private", |it| it.cidr_block = net("10.0.1.0/29")));
    }

    #[test]
    fn a_slash_28_is_allowed() {
        silent(&RULE, |n| n.subnet("subnet-private", |it| it.cidr_block = net("10.0.1.0/28")));
    }
}
