//! The two sides of a peering connection share no address.

use ipnet::IpNet;

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{Field, ResourceId, SecurityGroupRulePeer, VpcPeeringConnection},
    problem::Severity,
    t,
};

/// The rule. One block that overlaps is enough, used or not: the connection fails.
pub const RULE: Rule = Rule {
    code: "peering-overlap",
    severity: Severity::Error,
    summary: || t!("rule-peering-overlap-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/peering/invalid-peering-configurations.html#overlapping-cidr",
    rows: &["X1", "V11"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, peering) in context.peerings() {
        let Some(vpc) = context.vpc(&peering.vpc_id) else {
            continue;
        };
        let label = t!("rule-fix-delete", name = context.label(id));
        let delete = || Command::Delete { ids: vec![id.clone()] };
        if peering.peer_vpc_id.as_ref() == Some(&peering.vpc_id) {
            let message =
                t!("rule-peering-itself", name = context.label(id), vpc = context.label(&peering.vpc_id));
            let field = Some(Field::new("peer_vpc_id"));
            findings
                .report(id, field, message, t!("rule-peering-itself-help"))
                .also(&peering.vpc_id)
                .fix(label, delete());
            continue;
        }
        let theirs = other_blocks(context, peering);
        let clash = vpc.all_cidr_blocks().find_map(|block| {
            let other = theirs.iter().find(|other| overlap(&block, other))?;
            Some((block, *other))
        });
        let Some((block, other)) = clash else {
            continue;
        };
        let message = t!(
            "rule-peering-overlap",
            name = context.label(id),
            vpc = context.label(&peering.vpc_id),
            block = block,
            other = other
        );
        let finding =
            findings.report(id, None, message, t!("rule-peering-overlap-help")).also(&peering.vpc_id);
        let finding = match &peering.peer_vpc_id {
            Some(peer) => finding.also(peer),
            None => finding,
        };
        // Groups that name each other across it would be wrong without it.
        if !names_groups(context, peering) {
            finding.fix(label, delete());
        }
    }
}

/// Whether a group of one side names a group of the other one.
fn names_groups(context: &Context<'_>, peering: &VpcPeeringConnection) -> bool {
    let is_side = |vpc: &ResourceId| *vpc == peering.vpc_id || Some(vpc) == peering.peer_vpc_id.as_ref();
    context.security_groups().filter(|(_, group)| is_side(&group.vpc_id)).any(|(_, group)| {
        group.ingress.iter().chain(&group.egress).any(|rule| match &rule.peer {
            SecurityGroupRulePeer::Group(id) => {
                context.group(id).is_some_and(|it| it.vpc_id != group.vpc_id && is_side(&it.vpc_id))
            }
            _ => false,
        })
    })
}

/// The blocks of the accepting side, drawn or not.
pub(super) fn other_blocks(context: &Context<'_>, peering: &VpcPeeringConnection) -> Vec<IpNet> {
    match peering.peer_vpc_id.as_ref().and_then(|id| context.vpc(id)) {
        Some(vpc) => vpc.all_cidr_blocks().collect(),
        None => peering.peer_cidr_blocks.clone(),
    }
}

/// Whether two blocks share an address.
pub(super) fn overlap(a: &IpNet, b: &IpNet) -> bool {
    a.contains(b) || b.contains(a)
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::VpcPeeringConnection;

    fn peered(n: &mut Network, block: &str) {
        n.other_vpc();
        n.change("vpc-other", |kind| kind.as_vpc_mut().unwrap().cidr_block = net(block));
        n.put("pcx", VpcPeeringConnection::new(id("vpc-main"), id("vpc-other")));
    }

    fn clash(n: &mut Network) {
        peered(n, "10.0.128.0/17");
    }

    fn itself(n: &mut Network) {
        n.put("pcx", VpcPeeringConnection::new(id("vpc-main"), id("vpc-main")));
    }

    #[test]
    fn a_block_of_the_other_side_and_the_vpc_itself() {
        let message = "peering connection `pcx` joins blocks that overlap: 10.0.0.0/16 of VPC `vpc-main` and 10.0.128.0/17";
        finds(&RULE, ("pcx", None), message, clash);
        let message = "peering connection `pcx` joins VPC `vpc-main` to itself";
        finds(&RULE, ("pcx", Some("peer_vpc_id")), message, itself);
    }

    #[test]
    fn blocks_that_are_not_drawn_count_too() {
        let outside = |n: &mut Network, block: &str| {
            let mut peering = VpcPeeringConnection::new(id("vpc-main"), id("vpc-main"));
            peering.peer_vpc_id = None;
            peering.peer_cidr_blocks = vec![block.parse().unwrap()];
            n.put("pcx", peering);
        };
        one(&RULE, |n| outside(n, "10.0.0.0/8"));
        silent(&RULE, |n| outside(n, "10.1.0.0/16"));
    }

    #[test]
    fn neighbours_are_fine() {
        silent(&RULE, |n| peered(n, "10.1.0.0/16"));
    }

    #[test]
    fn the_fix_deletes_it() {
        fixes(&RULE, 1, clash);
        fixes(&RULE, 1, itself);
    }
}
