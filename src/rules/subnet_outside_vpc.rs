//! A subnet lies inside one block of its VPC.

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{Field, ResourceId, ResourceKind, Subnet},
    net::cidr,
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "subnet-outside-vpc",
    severity: Severity::Error,
    summary: || t!("rule-subnet-outside-vpc-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    rows: &["S1"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, subnet) in context.subnets() {
        let Some(vpc) = context.vpc(&subnet.vpc_id) else {
            continue;
        };
        if vpc.cidr_blocks().any(|block| block.contains(&subnet.cidr_block)) {
            continue;
        }
        let blocks: Vec<String> = vpc.cidr_blocks().map(|block| block.to_string()).collect();
        let message = t!(
            "rule-subnet-outside-vpc",
            block = subnet.cidr_block,
            name = context.label(id),
            vpc = context.label(&subnet.vpc_id),
            blocks = blocks.join(", ")
        );
        let finding = findings
            .report(id, Some(Field::new("cidr_block")), message, t!("rule-subnet-outside-vpc-help"))
            .also_field(&subnet.vpc_id, Some(Field::new("cidr_block")));
        if let Some((label, command)) = free_block_fix(context, id, subnet) {
            finding.fix(label, command);
        }
    }
}

/// The change that gives a subnet the next free block of its VPC, of the same size where possible.
pub(super) fn free_block_fix(
    context: &Context<'_>,
    id: &ResourceId,
    subnet: &Subnet,
) -> Option<(String, Command)> {
    let vpc = context.vpc(&subnet.vpc_id)?;
    let used: Vec<_> = context
        .index
        .subnets_of(context.topology, &subnet.vpc_id)
        .filter(|other| *other != id)
        .filter_map(|other| context.subnet(other).map(|it| it.cidr_block))
        .collect();
    let wanted = subnet.cidr_block.prefix_len().clamp(16, 28);
    let block = vpc
        .cidr_blocks()
        .find_map(|within| (wanted..=28).find_map(|prefix| cidr::next_free(&within, &used, prefix)))?;
    let to = Subnet { cidr_block: block, ..subnet.clone() };
    let command = Command::Set {
        id: id.clone(),
        field: Field::new("cidr_block"),
        to: Box::new(ResourceKind::Subnet(to)),
    };
    Some((t!("rule-fix-free-block", block = block), command))
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    #[test]
    fn outside_and_larger() {
        let message = "the block 10.1.0.0/24 of subnet `subnet-private` is not inside a block of VPC `vpc-main` (10.0.0.0/16)";
        let place = ("subnet-private", Some("cidr_block"));
        finds(&RULE, place, message, |n| n.subnet("subnet-private", |it| it.cidr_block = net("10.1.0.0/24")));
    }

    #[test]
    fn a_secondary_block_counts_and_the_whole_block_may_be_taken() {
        silent(&RULE, |n| {
            n.vpc(|it| it.secondary_cidr_blocks = vec![net("10.1.0.0/24")]);
            n.subnet("subnet-private", |it| it.cidr_block = net("10.1.0.0/24"));
        });
    }

    #[test]
    fn the_fix_moves_it_to_a_free_block() {
        fixes(&RULE, 1, |n| n.subnet("subnet-private", |it| it.cidr_block = net("10.1.0.0/24")));
    }
}
