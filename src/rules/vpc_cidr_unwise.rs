//! Blocks that are legal and make trouble.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::{Context, Findings, Rule, vpc_cidr_size::block_field, vpc_cidr_unusable::unusable_range};
use crate::{net::cidr, problem::Severity, t};

/// The rule.
pub const RULE: Rule = Rule {
    code: "vpc-cidr-unwise",
    severity: Severity::Warning,
    summary: || t!("rule-vpc-cidr-unwise-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
    rows: &["V7", "V8"],
    check,
};

/// The network of Docker's bridge, which services such as Cloud9 and SageMaker use on their hosts.
const DOCKER: Ipv4Net = Ipv4Net::new_assert(Ipv4Addr::new(172, 17, 0, 0), 16);

/// What nobody owns on the internet: RFC 1918, the shared space of RFC 6598, and the range for
/// measurements of RFC 2544.
const NOT_PUBLIC: &[Ipv4Net] = &[
    Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), 8),
    Ipv4Net::new_assert(Ipv4Addr::new(172, 16, 0, 0), 12),
    Ipv4Net::new_assert(Ipv4Addr::new(192, 168, 0, 0), 16),
    Ipv4Net::new_assert(Ipv4Addr::new(100, 64, 0, 0), 10),
    Ipv4Net::new_assert(Ipv4Addr::new(198, 18, 0, 0), 15),
];

/// Whether a block can be reached as part of the internet.
pub(super) fn is_public(block: &Ipv4Net) -> bool {
    !NOT_PUBLIC.iter().any(|range| range.contains(block))
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, vpc) in context.vpcs() {
        for (at, block) in vpc.cidr_blocks().enumerate() {
            if cidr::overlap(&DOCKER, &block) {
                let message = t!("rule-vpc-cidr-unwise-docker", block = block, name = context.label(id));
                let help = t!("rule-vpc-cidr-unwise-docker-help");
                findings.report(id, Some(block_field(at)), message, help);
            } else if is_public(&block) && unusable_range(&block).is_none() {
                let message = t!("rule-vpc-cidr-unwise", block = block, name = context.label(id));
                findings.report(id, Some(block_field(at)), message, t!("rule-vpc-cidr-unwise-help"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    #[test]
    fn a_block_of_somebody_else() {
        let message = "the block 8.8.0.0/16 of VPC `vpc-main` is public address space: hosts in it cannot reach its real owner";
        finds(&RULE, ("vpc-main", Some("cidr_block")), message, |n| {
            n.vpc(|it| it.cidr_block = net("8.8.0.0/16"))
        });
    }

    #[test]
    fn the_block_of_docker() {
        let message = "the block 172.17.128.0/20 of VPC `vpc-main` lies in 172.17.0.0/16, which Docker uses on its hosts";
        let place = ("vpc-main", Some("secondary_cidr_blocks[0]"));
        finds(&RULE, place, message, |n| {
            n.vpc(|it| it.secondary_cidr_blocks = vec![net("172.17.128.0/20")]);
        });
    }

    #[test]
    fn the_neighbour_and_shared_address_space_are_fine() {
        silent(&RULE, |n| n.vpc(|it| it.cidr_block = net("172.18.0.0/16")));
        silent(&RULE, |n| n.vpc(|it| it.cidr_block = net("100.64.0.0/16")));
    }
}
