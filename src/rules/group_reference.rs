//! A security group names groups of its own VPC, or of one that is joined to it in a way that
//! carries groups.

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, ResourceId, SecurityGroupRulePeer},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "group-reference",
    severity: Severity::Error,
    summary: || t!("rule-group-reference-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html",
    rows: &["SG3", "SG12", "X6"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, group) in context.security_groups() {
        for (list, rules) in [("ingress", &group.ingress), ("egress", &group.egress)] {
            for (at, rule) in rules.iter().enumerate() {
                let SecurityGroupRulePeer::Group(peer) = &rule.peer else {
                    continue;
                };
                let Some(other) = context.group(peer).map(|it| &it.vpc_id).filter(|it| **it != group.vpc_id)
                else {
                    continue;
                };
                let why = obstacle(context, &group.vpc_id, other);
                let Some((key, help)) = why else { continue };
                let message = t!(
                    "rule-group-reference",
                    name = context.label(id),
                    vpc = context.label(&group.vpc_id),
                    other = context.label(peer),
                    other_vpc = context.label(other),
                    why = key
                );
                let field = Field::item(list, at, "referenced_security_group_id");
                findings.report(id, Some(field), message, help).also(peer);
            }
        }
    }
}

/// Why groups of one VPC cannot name those of the other, and what to do; `None` where they can.
fn obstacle<'a>(
    context: &Context<'a>,
    vpc: &'a ResourceId,
    other: &'a ResourceId,
) -> Option<(String, String)> {
    let (here, there) = (context.vpc(vpc)?, context.vpc(other)?);
    let joined = peerings(context, vpc, other).any(|active| active);
    let attached = through_transit_gateway(context, vpc, other);
    if context.region_of(here) != context.region_of(there) && (joined || attached.is_some()) {
        return Some((t!("rule-group-reference-region"), t!("rule-group-reference-region-help")));
    }
    if joined || attached == Some(true) {
        return None;
    }
    Some(if attached == Some(false) {
        (t!("rule-group-reference-transit"), t!("rule-group-reference-transit-help"))
    } else if peerings(context, vpc, other).next().is_some() {
        (t!("rule-group-reference-pending"), t!("rule-group-reference-pending-help"))
    } else {
        (t!("rule-group-reference-apart"), t!("rule-group-reference-apart-help"))
    })
}

/// Whether each peering connection of the two VPCs is accepted.
fn peerings<'a>(
    context: &Context<'a>,
    vpc: &'a ResourceId,
    other: &'a ResourceId,
) -> impl Iterator<Item = bool> + use<'a> {
    context
        .peerings()
        .filter(move |(_, it)| {
            let sides = (&it.vpc_id, it.peer_vpc_id.as_ref());
            sides == (vpc, Some(other)) || sides == (other, Some(vpc))
        })
        .map(|(_, it)| it.auto_accept)
}

/// Whether a transit gateway to which both are attached carries groups; `None` without such a one.
fn through_transit_gateway(context: &Context<'_>, vpc: &ResourceId, other: &ResourceId) -> Option<bool> {
    let mut found = None;
    for (_, one) in context.attachments_of(vpc) {
        for (_, two) in context.attachments_of(other) {
            if one.transit_gateway_id != two.transit_gateway_id {
                continue;
            }
            let gateway = context.kind(&one.transit_gateway_id).and_then(|it| it.as_transit_gateway());
            let carries = gateway.is_some_and(|it| it.security_group_referencing_support)
                && one.security_group_referencing_support
                && two.security_group_referencing_support;
            found = Some(carries || found == Some(true));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{
        SecurityGroupRule, SecurityGroupRulePeer, TransitGateway, TransitGatewayVpcAttachment,
        VpcPeeringConnection,
    };

    fn reference(n: &mut Network) {
        n.other_vpc();
        let peer = SecurityGroupRulePeer::Group(id("sg-other"));
        n.group("sg-private", |it| it.ingress.push(SecurityGroupRule::tcp(22, peer)));
    }

    fn peering(n: &mut Network, accepted: bool) {
        reference(n);
        let mut peering = VpcPeeringConnection::new(id("vpc-other"), id("vpc-main"));
        peering.auto_accept = accepted;
        n.put("pcx", peering);
    }

    fn transit(n: &mut Network, carries: bool) {
        reference(n);
        let gateway =
            TransitGateway { security_group_referencing_support: carries, ..TransitGateway::default() };
        n.put("tgw", gateway);
        for (name, vpc, subnet) in
            [("tgw-attach-a", "vpc-main", "subnet-private"), ("tgw-attach-b", "vpc-other", "subnet-other")]
        {
            let mut attachment = TransitGatewayVpcAttachment::new(id("tgw"), id(vpc), vec![id(subnet)]);
            attachment.security_group_referencing_support = true;
            n.put(name, attachment);
        }
    }

    #[test]
    fn without_a_way_or_with_one_that_carries_no_groups() {
        let place = ("sg-private", Some("ingress[1].referenced_security_group_id"));
        let start = "security group `sg-private` of VPC `vpc-main` names `sg-other` of VPC `vpc-other`";
        finds(&RULE, place, &format!("{start}, and nothing joins the two VPCs"), reference);
        let pending = format!("{start}, and their peering connection is not accepted");
        finds(&RULE, place, &pending, |n| peering(n, false));
        let transit_gateway = format!("{start}, and their transit gateway does not carry groups");
        finds(&RULE, place, &transit_gateway, |n| transit(n, false));
        finds(&RULE, place, &format!("{start}, which lies in another region"), |n| {
            peering(n, true);
            n.change("vpc-other", |kind| kind.as_vpc_mut().unwrap().region = Some("eu-west-1".to_owned()));
        });
    }

    #[test]
    fn across_a_peering_or_a_transit_gateway_that_carries_groups() {
        silent(&RULE, |n| peering(n, true));
        silent(&RULE, |n| transit(n, true));
    }
}
