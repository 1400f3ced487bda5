//! A subnet's IPv6 block: its size, and inside which block it lies.

use ipnet::Ipv6Net;

use super::{Context, Findings, Rule, set};
use crate::{
    edit::Command,
    model::{Field, ResourceId, Subnet},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "subnet-ipv6-block",
    severity: Severity::Error,
    summary: || t!("rule-subnet-ipv6-block-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html#subnet-sizing-ipv6",
    rows: &["S3"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, subnet) in context.subnets() {
        let Some(block) = subnet.ipv6_cidr_block else {
            continue;
        };
        let Some(vpc) = context.vpc(&subnet.vpc_id) else {
            continue;
        };
        let (name, length) = (context.label(id), block.prefix_len());
        let (message, help) = if !(44..=64).contains(&length) || !length.is_multiple_of(4) {
            (t!("rule-subnet-ipv6-block", block = block, name = name), t!("rule-subnet-ipv6-block-help"))
        } else if vpc.ipv6_cidr_blocks.iter().any(|outer| outer.contains(&block)) {
            continue;
        } else {
            let vpc = context.label(&subnet.vpc_id);
            let message = t!("rule-subnet-ipv6-block-outside", block = block, name = name, vpc = vpc);
            (message, t!("rule-subnet-ipv6-block-outside-help"))
        };
        let finding = findings.report(id, Some(Field::new("ipv6_cidr_block")), message, help);
        let finding = finding.also_field(&subnet.vpc_id, Some(Field::new("ipv6_cidr_blocks")));
        if let Some((label, command)) = free_block_fix(context, id, subnet) {
            finding.fix(label, command);
        }
    }
}

/// The change that gives a subnet the next free /64 of its VPC.
pub(super) fn free_block_fix(
    context: &Context<'_>,
    id: &ResourceId,
    subnet: &Subnet,
) -> Option<(String, Command)> {
    let vpc = context.vpc(&subnet.vpc_id)?;
    let used: Vec<Ipv6Net> = context
        .subnets_of(&subnet.vpc_id)
        .filter(|(other, _)| *other != id)
        .filter_map(|(_, other)| other.ipv6_cidr_block)
        .collect();
    let is_free = |block: &Ipv6Net| !used.iter().any(|it| it.contains(block) || block.contains(it));
    let mut blocks = vpc.ipv6_cidr_blocks.iter().filter_map(|within| within.subnets(64).ok());
    // A VPC has fewer subnets than the first so many blocks of a /56 or wider one.
    let block = blocks.find_map(|mut all| all.by_ref().take(1000).find(is_free))?;
    let to = Subnet { ipv6_cidr_block: Some(block), ..subnet.clone() };
    Some((t!("rule-fix-free-block", block = block), set(id, Field::new("ipv6_cidr_block"), to)))
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    fn block(n: &mut Network, text: &str) {
        n.vpc(|it| it.ipv6_cidr_blocks = vec!["2001:db8::/56".parse().unwrap()]);
        n.subnet("subnet-private", |it| it.ipv6_cidr_block = Some(text.parse().unwrap()));
    }

    #[test]
    fn an_odd_length_and_a_block_outside() {
        let place = ("subnet-private", Some("ipv6_cidr_block"));
        let message = "the IPv6 block 2001:db8::/62 of subnet `subnet-private` is not between /44 and /64 in steps of four";
        finds(&RULE, place, message, |n| block(n, "2001:db8::/62"));
        let message = "the IPv6 block 2001:db9::/64 of subnet `subnet-private` is not inside an IPv6 block of VPC `vpc-main`";
        finds(&RULE, place, message, |n| block(n, "2001:db9::/64"));
    }

    #[test]
    fn inside_and_in_steps_of_four_is_fine() {
        silent(&RULE, |n| block(n, "2001:db8:0:10::/60"));
    }

    #[test]
    fn the_fix_takes_a_free_block() {
        fixes(&RULE, 1, |n| block(n, "2001:db9::/64"));
    }
}
