//! The blocks of one VPC do not overlap.

use super::{Context, Findings, Rule, vpc_cidr_size::block_field};
use crate::{net::cidr, problem::Severity, t};

/// The rule.
pub const RULE: Rule = Rule {
    code: "vpc-cidr-overlap",
    severity: Severity::Error,
    summary: || t!("rule-vpc-cidr-overlap-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#vpc-resize",
    rows: &["V3"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, vpc) in context.vpcs() {
        for (at, block) in vpc.cidr_blocks().enumerate() {
            let Some(other) = vpc.cidr_blocks().take(at).find(|other| cidr::overlap(other, &block)) else {
                continue;
            };
            let message = t!("rule-vpc-cidr-overlap", block = block, other = other, name = context.label(id));
            findings.report(id, Some(block_field(at)), message, t!("rule-vpc-cidr-overlap-help"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    #[test]
    fn a_secondary_block_inside_the_primary_one() {
        let message = "the block 10.0.128.0/17 of VPC `vpc-main` overlaps its block 10.0.0.0/16";
        let place = ("vpc-main", Some("secondary_cidr_blocks[0]"));
        finds(&RULE, place, message, |n| n.vpc(|it| it.secondary_cidr_blocks = vec![net("10.0.128.0/17")]));
    }

    #[test]
    fn the_neighbour_block_is_fine() {
        silent(&RULE, |n| n.vpc(|it| it.secondary_cidr_blocks = vec![net("10.1.0.0/16")]));
    }
}
