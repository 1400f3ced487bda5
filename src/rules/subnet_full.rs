//! A subnet has an address for everything in it.

use super::{Context, Findings, Rule, context::usable_addresses};
use crate::{model::Field, problem::Severity, t};

/// The rule.
pub const RULE: Rule = Rule {
    code: "subnet-full",
    severity: Severity::Error,
    summary: || t!("rule-subnet-full-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    rows: &["S2", "S7"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, subnet) in context.subnets() {
        let usable = usable_addresses(&subnet.cidr_block);
        let needed = context.address_holders(id);
        if needed as u64 <= usable {
            continue;
        }
        let message = t!(
            "rule-subnet-full",
            name = context.label(id),
            block = subnet.cidr_block,
            needed = needed,
            usable = usable
        );
        findings.report(id, Some(Field::new("cidr_block")), message, t!("rule-subnet-full-help"));
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::Instance;

    fn crowd(n: &mut Network, count: usize) {
        n.subnet("subnet-public", |it| it.cidr_block = net("10.0.0.0/28"));
        for at in 0..count {
            n.put(&format!("i-{at:02}"), Instance::new(id("subnet-public")));
        }
    }

    #[test]
    fn the_twelfth_address_of_a_slash_28_is_one_too_many() {
        let message = "subnet `subnet-public` (10.0.0.0/28) holds 11 addresses and 12 are needed";
        finds(&RULE, ("subnet-public", Some("cidr_block")), message, |n| crowd(n, 10));
    }

    #[test]
    fn eleven_fit() {
        silent(&RULE, |n| crowd(n, 9));
    }
}
