//! Ranges that no VPC may use.

use ipnet::Ipv4Net;

use super::{Context, Findings, Rule, vpc_cidr_size::block_field};
use crate::{net::cidr, problem::Severity, t};

/// The rule.
pub const RULE: Rule = Rule {
    code: "vpc-cidr-unusable",
    severity: Severity::Error,
    summary: || t!("rule-vpc-cidr-unusable-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
    rows: &["V6"],
    check,
};

/// This network, loopback, link-local, and everything from multicast upwards (RFC 6890).
const UNUSABLE: &[([u8; 4], u8)] =
    &[([0, 0, 0, 0], 8), ([127, 0, 0, 0], 8), ([169, 254, 0, 0], 16), ([224, 0, 0, 0], 3)];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, vpc) in context.vpcs() {
        for (at, block) in vpc.cidr_blocks().enumerate() {
            let Some(range) = unusable_range(&block) else {
                continue;
            };
            let message =
                t!("rule-vpc-cidr-unusable", block = block, range = range, name = context.label(id));
            findings.report(id, Some(block_field(at)), message, t!("rule-vpc-cidr-unusable-help"));
        }
    }
}

/// The range that no VPC may use and that a block touches.
pub(super) fn unusable_range(block: &Ipv4Net) -> Option<Ipv4Net> {
    UNUSABLE
        .iter()
        .filter_map(|(address, prefix)| Ipv4Net::new((*address).into(), *prefix).ok())
        .find(|range| cidr::overlap(range, block))
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    #[test]
    fn link_local_is_refused() {
        let message =
            "the block 169.254.0.0/16 of VPC `vpc-main` lies in 169.254.0.0/16, which no VPC may use";
        let place = ("vpc-main", Some("cidr_block"));
        finds(&RULE, place, message, |n| n.vpc(|it| it.cidr_block = net("169.254.0.0/16")));
    }

    #[test]
    fn shared_address_space_is_allowed() {
        silent(&RULE, |n| n.vpc(|it| it.secondary_cidr_blocks = vec![net("100.64.0.0/16")]));
    }
}
