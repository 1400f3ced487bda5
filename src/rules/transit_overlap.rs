//! VPCs on one transit gateway share no address.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule, peering_overlap::overlap};
use crate::{
    model::{ResourceId, TransitGatewayVpcAttachment},
    problem::Severity,
    t,
};

/// The rule. AWS attaches the VPC and does not propagate its blocks.
pub const RULE: Rule = Rule {
    code: "transit-overlap",
    severity: Severity::Warning,
    summary: || t!("rule-transit-overlap-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html",
    rows: &["T3", "V13"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut of_gateway: BTreeMap<&ResourceId, Vec<(&ResourceId, &TransitGatewayVpcAttachment)>> =
        BTreeMap::new();
    for (id, attachment) in context.attachments() {
        let before = of_gateway.entry(&attachment.transit_gateway_id).or_default();
        for (other_id, other) in before.iter().filter(|(_, other)| other.vpc_id != attachment.vpc_id) {
            let (Some(one), Some(two)) = (context.vpc(&attachment.vpc_id), context.vpc(&other.vpc_id)) else {
                continue;
            };
            let clash = one
                .all_cidr_blocks()
                .find_map(|block| two.all_cidr_blocks().find(|it| overlap(it, &block)).map(|it| (block, it)));
            let Some((block, other_block)) = clash else {
                continue;
            };
            let message = t!(
                "rule-transit-overlap",
                gateway = context.label(&attachment.transit_gateway_id),
                name = context.label(&attachment.vpc_id),
                block = block,
                other = context.label(&other.vpc_id),
                other_block = other_block
            );
            findings
                .report(id, None, message, t!("rule-transit-overlap-help"))
                .also(other_id)
                .also(&attachment.vpc_id)
                .also(&other.vpc_id);
            break;
        }
        before.push((id, attachment));
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{TransitGateway, TransitGatewayVpcAttachment};

    fn both(n: &mut Network, block: &str) {
        n.other_vpc();
        n.change("vpc-other", |kind| kind.as_vpc_mut().unwrap().cidr_block = net(block));
        n.put("tgw", TransitGateway::default());
        for (name, vpc, subnet) in
            [("tgw-attach-a", "vpc-main", "subnet-private"), ("tgw-attach-b", "vpc-other", "subnet-other")]
        {
            n.put(name, TransitGatewayVpcAttachment::new(id("tgw"), id(vpc), vec![id(subnet)]));
        }
    }

    #[test]
    fn a_block_inside_that_of_another() {
        let message = "transit gateway `tgw` joins blocks that overlap: 10.0.64.0/20 of VPC `vpc-other` and 10.0.0.0/16 of VPC `vpc-main`";
        finds(&RULE, ("tgw-attach-b", None), message, |n| both(n, "10.0.64.0/20"));
    }

    #[test]
    fn neighbours_are_fine() {
        silent(&RULE, |n| both(n, "10.1.0.0/16"));
    }
}
