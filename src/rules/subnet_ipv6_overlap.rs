//! The IPv6 blocks of one VPC's subnets do not overlap.

use std::collections::BTreeMap;

use ipnet::Ipv6Net;

use super::{Context, Findings, Rule, subnet_ipv6_block::free_block_fix};
use crate::{
    model::{Field, ResourceId, Subnet},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "subnet-ipv6-overlap",
    severity: Severity::Error,
    summary: || t!("rule-subnet-ipv6-overlap-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html#subnet-sizing-ipv6",
    rows: &["S3"],
    check,
};

type Blocks<'a> = Vec<(Ipv6Net, &'a ResourceId, &'a Subnet)>;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut by_vpc: BTreeMap<&ResourceId, Blocks<'_>> = BTreeMap::new();
    for (id, subnet) in context.subnets() {
        if let Some(block) = subnet.ipv6_cidr_block {
            by_vpc.entry(&subnet.vpc_id).or_default().push((block, id, subnet));
        }
    }
    for blocks in by_vpc.values_mut() {
        // Sorted by first address, the widest first, an overlap is with the last block that was open.
        blocks.sort_by_key(|(block, id, _)| (u128::from(block.network()), block.prefix_len(), *id));
        let mut open: Option<(Ipv6Net, &ResourceId)> = None;
        for (block, id, subnet) in blocks.iter().copied() {
            let Some((wide, other)) = open.filter(|(wide, _)| wide.contains(&block)) else {
                open = Some((block, id));
                continue;
            };
            let message = t!(
                "rule-subnet-overlap",
                block = block,
                name = context.label(id),
                other = context.label(other),
                other_block = wide
            );
            let field = || Some(Field::new("ipv6_cidr_block"));
            let finding = findings
                .report(id, field(), message, t!("rule-subnet-overlap-help"))
                .also_field(other, field());
            if let Some((label, command)) = free_block_fix(context, id, subnet) {
                finding.fix(label, command);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    fn blocks(n: &mut Network, public: &str, private: &str) {
        n.vpc(|it| it.ipv6_cidr_blocks = vec!["2001:db8::/56".parse().unwrap()]);
        n.subnet("subnet-public", |it| it.ipv6_cidr_block = Some(public.parse().unwrap()));
        n.subnet("subnet-private", |it| it.ipv6_cidr_block = Some(private.parse().unwrap()));
    }

    #[test]
    fn one_inside_the_other() {
        let message = "the block 2001:db8:0:3::/64 of subnet `subnet-private` overlaps 2001:db8::/60 of subnet `subnet-public`";
        finds(&RULE, ("subnet-private", Some("ipv6_cidr_block")), message, |n| {
            blocks(n, "2001:db8::/60", "2001:db8:0:3::/64");
        });
    }

    #[test]
    fn neighbours_are_fine() {
        silent(&RULE, |n| blocks(n, "2001:db8::/64", "2001:db8:0:1::/64"));
    }

    #[test]
    fn the_fix_moves_it_to_a_free_block() {
        fixes(&RULE, 1, |n| blocks(n, "2001:db8::/64", "2001:db8::/64"));
    }
}
