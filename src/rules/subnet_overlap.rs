//! The subnets of one VPC do not overlap.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule, subnet_outside_vpc::free_block_fix};
use crate::{
    model::{Field, ResourceId, Subnet},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "subnet-overlap",
    severity: Severity::Error,
    summary: || t!("rule-subnet-overlap-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    rows: &["S1", "L7"],
    check,
};

type Spans<'a> = Vec<(u32, u32, &'a ResourceId, &'a Subnet)>;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut by_vpc: BTreeMap<&ResourceId, Spans<'_>> = BTreeMap::new();
    for (id, subnet) in context.subnets() {
        let block = subnet.cidr_block;
        let span = (block.network().into(), block.broadcast().into(), id, subnet);
        by_vpc.entry(&subnet.vpc_id).or_default().push(span);
    }
    for spans in by_vpc.values_mut() {
        // Sorted by first address, an overlap is with the block that has reached furthest so far.
        spans.sort_by(|a, b| (a.0, b.1, a.2).cmp(&(b.0, a.1, b.2)));
        let mut furthest: Option<(u32, &ResourceId, &Subnet)> = None;
        for (start, end, id, subnet) in spans.iter().copied() {
            if let Some((reach, other_id, other)) = furthest
                && start <= reach
            {
                report(context, findings, (id, subnet), (other_id, other));
            }
            if furthest.is_none_or(|(reach, ..)| end > reach) {
                furthest = Some((end, id, subnet));
            }
        }
    }
}

fn report(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    (id, subnet): (&ResourceId, &Subnet),
    (other_id, other): (&ResourceId, &Subnet),
) {
    let message = t!(
        "rule-subnet-overlap",
        block = subnet.cidr_block,
        name = context.label(id),
        other = context.label(other_id),
        other_block = other.cidr_block
    );
    let field = || Some(Field::new("cidr_block"));
    let finding =
        findings.report(id, field(), message, t!("rule-subnet-overlap-help")).also_field(other_id, field());
    if let Some((label, command)) = free_block_fix(context, id, subnet) {
        finding.fix(label, command);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    #[test]
    fn equal_and_nested_blocks() {
        let message =
            "the block 10.0.0.0/24 of subnet `subnet-public` overlaps 10.0.0.0/24 of subnet `subnet-private`";
        let place = ("subnet-public", Some("cidr_block"));
        finds(&RULE, place, message, |n| n.subnet("subnet-private", |it| it.cidr_block = net("10.0.0.0/24")));
        let message = "the block 10.0.0.128/25 of subnet `subnet-private` overlaps 10.0.0.0/24 of subnet `subnet-public`";
        let place = ("subnet-private", Some("cidr_block"));
        finds(&RULE, place, message, |n| {
            n.subnet("subnet-private", |it| it.cidr_block = net("10.0.0.128/25"))
        });
    }

    #[test]
    fn another_vpc_may_use_the_same_block() {
        silent(&RULE, |n| {
            n.other_vpc();
            n.subnet("subnet-other", |it| it.cidr_block = net("10.0.0.0/24"));
        });
    }

    #[test]
    fn the_fix_moves_it_to_a_free_block() {
        fixes(&RULE, 1, |n| n.subnet("subnet-private", |it| it.cidr_block = net("10.0.0.0/24")));
    }
}
