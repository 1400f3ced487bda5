//! VPCs whose blocks overlap cannot be joined later.

use ipnet::Ipv4Net;

use super::{Context, Findings, Rule, vpc_cidr_size::block_field};
use crate::{model::ResourceId, problem::Severity, t};

/// The rule. It is legal, and separate VPCs may stay so.
pub const RULE: Rule = Rule {
    code: "vpcs-overlap",
    severity: Severity::Info,
    summary: || t!("rule-vpcs-overlap-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/peering/invalid-peering-configurations.html#overlapping-cidr",
    rows: &["V13"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut blocks: Vec<(Ipv4Net, &ResourceId, usize)> = Vec::new();
    for (id, vpc) in context.vpcs() {
        blocks.extend(vpc.cidr_blocks().enumerate().map(|(at, block)| (block, id, at)));
    }
    // Blocks either contain each other or are apart: in the order of their first addresses, larger
    // ones first, the widest block so far that is still open is all that has to be remembered.
    blocks.sort_by_key(|(block, id, at)| (u32::from(block.network()), block.prefix_len(), *id, *at));
    let mut open: Option<(Ipv4Net, &ResourceId)> = None;
    for (block, id, at) in blocks {
        let Some((other_block, other)) = open.filter(|(wide, _)| wide.contains(&block)) else {
            open = Some((block, id));
            continue;
        };
        if other == id {
            // The VPC's own blocks are the matter of `vpc-cidr-overlap`.
            continue;
        }
        let message = t!(
            "rule-vpcs-overlap",
            block = block,
            name = context.label(id),
            other_block = other_block,
            other = context.label(other)
        );
        findings.report(id, Some(block_field(at)), message, t!("rule-vpcs-overlap-help")).also(other);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::Vpc;

    #[test]
    fn a_block_inside_that_of_another_vpc() {
        let message = "the block 10.0.64.0/20 of VPC `vpc-twin` overlaps 10.0.0.0/16 of VPC `vpc-main`";
        finds(&RULE, ("vpc-twin", Some("cidr_block")), message, |n| {
            n.put("vpc-twin", Vpc::new(net("10.0.64.0/20")));
        });
    }

    #[test]
    fn neighbours_are_fine() {
        silent(&RULE, |n| n.put("vpc-twin", Vpc::new(net("10.1.0.0/16"))));
    }
}
