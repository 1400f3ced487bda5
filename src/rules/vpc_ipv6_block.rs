//! The size and number of a VPC's IPv6 blocks.

use ipnet::Ipv6Net;

use super::{Context, Findings, Rule};
use crate::{model::Field, problem::Severity, t};

/// The rule. Above the default quota it warns, above what AWS ever grants it is an error.
pub const RULE: Rule = Rule {
    code: "vpc-ipv6-block",
    severity: Severity::Error,
    summary: || t!("rule-vpc-ipv6-block-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#vpc-sizing-ipv6",
    rows: &["V9", "V10"],
    check,
};

const DEFAULT_QUOTA: usize = 5;
const HIGHEST_QUOTA: usize = 50;
/// The length of a block that Amazon provides.
const AMAZON: u8 = 56;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, vpc) in context.vpcs() {
        let name = || context.label(id);
        let blocks = &vpc.ipv6_cidr_blocks;
        for (at, block) in blocks.iter().enumerate() {
            let field = || Some(Field::item("ipv6_cidr_blocks", at, ""));
            let amazon = at == 0 && vpc.assign_generated_ipv6_cidr_block;
            if amazon && block.prefix_len() != AMAZON {
                let message = t!("rule-vpc-ipv6-block-amazon", block = block, name = name());
                findings.report(id, field(), message, t!("rule-vpc-ipv6-block-amazon-help"));
            } else if !is_legal(block) {
                let message = t!("rule-vpc-ipv6-block", block = block, name = name());
                findings.report(id, field(), message, t!("rule-vpc-ipv6-block-help"));
            }
            let shared = |other: &&Ipv6Net| other.contains(block) || block.contains(*other);
            if let Some(other) = blocks.iter().take(at).find(shared) {
                let message = t!("rule-vpc-cidr-overlap", block = block, other = other, name = name());
                findings.report(id, field(), message, t!("rule-vpc-cidr-overlap-help"));
            }
        }
        if blocks.len() > DEFAULT_QUOTA {
            let message = t!("rule-vpc-ipv6-block-quota", count = blocks.len(), name = name());
            let field = Some(Field::new("ipv6_cidr_blocks"));
            let finding = findings.report(id, field, message, t!("rule-vpc-cidr-quota-help"));
            if blocks.len() <= HIGHEST_QUOTA {
                finding.severity(Severity::Warning);
            }
        }
    }
}

/// /44 to /60 in steps of four.
fn is_legal(block: &Ipv6Net) -> bool {
    (44..=60).contains(&block.prefix_len()) && block.prefix_len().is_multiple_of(4)
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::problem::Severity;

    fn blocks(n: &mut Network, texts: &[&str]) {
        n.vpc(|it| it.ipv6_cidr_blocks = texts.iter().map(|text| text.parse().unwrap()).collect());
    }

    #[test]
    fn an_odd_length_one_of_amazons_and_two_that_overlap() {
        let place = ("vpc-main", Some("ipv6_cidr_blocks[0]"));
        let message =
            "the IPv6 block 2001:db8::/58 of VPC `vpc-main` is not between /44 and /60 in steps of four";
        finds(&RULE, place, message, |n| blocks(n, &["2001:db8::/58"]));
        let message = "the IPv6 block 2001:db8::/52 of VPC `vpc-main` is not a /56, which Amazon provides";
        finds(&RULE, place, message, |n| {
            blocks(n, &["2001:db8::/52"]);
            n.vpc(|it| it.assign_generated_ipv6_cidr_block = true);
        });
        let place = ("vpc-main", Some("ipv6_cidr_blocks[1]"));
        let message = "the block 2001:db8::/60 of VPC `vpc-main` overlaps its block 2001:db8::/56";
        finds(&RULE, place, message, |n| blocks(n, &["2001:db8::/56", "2001:db8::/60"]));
    }

    #[test]
    fn the_sixth_block_needs_a_higher_quota() {
        let many = |count: usize| -> Vec<String> {
            (0..count).map(|at| format!("2001:db8:0:{at:x}00::/56")).collect()
        };
        let put = |n: &mut Network, count| {
            blocks(n, &many(count).iter().map(String::as_str).collect::<Vec<_>>());
        };
        let message = "VPC `vpc-main` has 6 IPv6 blocks, the default quota is 5";
        finds(&RULE, ("vpc-main", Some("ipv6_cidr_blocks")), message, |n| put(n, 6));
        let (problem, _) = one(&RULE, |n| put(n, 6));
        assert_eq!(problem.severity, Severity::Warning);
        assert_eq!(one(&RULE, |n| put(n, 51)).0.severity, Severity::Error);
        silent(&RULE, |n| put(n, 5));
    }

    #[test]
    fn both_ends_are_allowed() {
        silent(&RULE, |n| blocks(n, &["2001:db8::/44", "2001:db8:10::/60"]));
    }
}
