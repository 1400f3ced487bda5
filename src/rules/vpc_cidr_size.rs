//! The size of a VPC's IPv4 blocks.

use super::{Context, Findings, Rule};
use crate::{model::Field, problem::Severity, t};

/// The rule.
pub const RULE: Rule = Rule {
    code: "vpc-cidr-size",
    severity: Severity::Error,
    summary: || t!("rule-vpc-cidr-size-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
    rows: &["V1"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, vpc) in context.vpcs() {
        for (at, block) in vpc.cidr_blocks().enumerate() {
            if (16..=28).contains(&block.prefix_len()) {
                continue;
            }
            let message = t!("rule-vpc-cidr-size", block = block, name = context.label(id));
            findings.report(id, Some(block_field(at)), message, t!("rule-vpc-cidr-size-help"));
        }
    }
}

/// The field of a VPC's block by its place: the primary one is 0.
pub(super) fn block_field(at: usize) -> Field {
    match at.checked_sub(1) {
        None => Field::new("cidr_block"),
        Some(at) => Field::item("secondary_cidr_blocks", at, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    #[test]
    fn too_large_and_too_small() {
        let message = "the block 10.0.0.0/8 of VPC `vpc-main` is not between /16 and /28";
        finds(&RULE, ("vpc-main", Some("cidr_block")), message, |n| {
            n.vpc(|it| it.cidr_block = net("10.0.0.0/8"))
        });
        let message = "the block 10.1.0.0/29 of VPC `vpc-main` is not between /16 and /28";
        let place = ("vpc-main", Some("secondary_cidr_blocks[0]"));
        finds(&RULE, place, message, |n| n.vpc(|it| it.secondary_cidr_blocks = vec![net("10.1.0.0/29")]));
    }

    #[test]
    fn both_ends_are_allowed() {
        silent(&RULE, |n| {
            n.vpc(|it| it.secondary_cidr_blocks = vec![net("10.1.0.0/28"), net("10.2.0.0/16")])
        });
    }
}
