//! A VPC is attached once to a transit gateway, and to five of them at most.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule};
use crate::{edit::Command, model::ResourceId, problem::Severity, t};

/// The rule.
pub const RULE: Rule = Rule {
    code: "transit-attachment-duplicate",
    severity: Severity::Error,
    summary: || t!("rule-transit-attachment-duplicate-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-quotas.html",
    rows: &["T5"],
    check,
};

/// A fixed quota.
const GATEWAYS_PER_VPC: usize = 5;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut of_vpc: BTreeMap<&ResourceId, BTreeMap<&ResourceId, &ResourceId>> = BTreeMap::new();
    for (id, attachment) in context.attachments() {
        let gateways = of_vpc.entry(&attachment.vpc_id).or_default();
        if let Some(other) = gateways.get(&attachment.transit_gateway_id) {
            let message = t!(
                "rule-transit-attachment-duplicate",
                vpc = context.label(&attachment.vpc_id),
                gateway = context.label(&attachment.transit_gateway_id),
                first = context.label(other),
                second = context.label(id)
            );
            let label = t!("rule-fix-delete", name = context.label(id));
            findings
                .report(id, None, message, t!("rule-transit-attachment-duplicate-help"))
                .also(other)
                .fix(label, Command::Delete { ids: vec![id.clone()] });
            continue;
        }
        gateways.insert(&attachment.transit_gateway_id, id);
        if gateways.len() == GATEWAYS_PER_VPC + 1 {
            let message = t!(
                "rule-transit-attachment-quota",
                vpc = context.label(&attachment.vpc_id),
                name = context.label(id)
            );
            findings
                .report(id, None, message, t!("rule-transit-attachment-quota-help"))
                .also(&attachment.vpc_id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{TransitGateway, TransitGatewayVpcAttachment};

    fn attach(n: &mut Network, name: &str, gateway: &str) {
        n.put(gateway, TransitGateway::default());
        let subnets = vec![id("subnet-private")];
        n.put(name, TransitGatewayVpcAttachment::new(id(gateway), id("vpc-main"), subnets));
    }

    fn twice(n: &mut Network) {
        attach(n, "tgw-attach-a", "tgw");
        attach(n, "tgw-attach-b", "tgw");
    }

    fn several(n: &mut Network, count: usize) {
        (1..=count).for_each(|at| attach(n, &format!("tgw-attach-{at}"), &format!("tgw-{at}")));
    }

    #[test]
    fn a_second_attachment_and_a_sixth_gateway() {
        let message =
            "VPC `vpc-main` is attached to transit gateway `tgw` twice, by `tgw-attach-a` and `tgw-attach-b`";
        finds(&RULE, ("tgw-attach-b", None), message, twice);
        let message =
            "VPC `vpc-main` is attached to more than five transit gateways, `tgw-attach-6` is too many";
        finds(&RULE, ("tgw-attach-6", None), message, |n| several(n, 6));
    }

    #[test]
    fn five_gateways_are_fine() {
        silent(&RULE, |n| several(n, 5));
    }

    #[test]
    fn the_fix_deletes_the_second() {
        fixes(&RULE, 1, twice);
    }
}
