//! What works together belongs to one VPC.

use super::{Context, Findings, Rule};
use crate::{
    model::{Kind, Mention, Resource, ResourceId, ResourceKind},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "other-vpc",
    severity: Severity::Error,
    summary: || t!("rule-other-vpc-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html",
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for resource in context.topology.iter().filter(|it| is_bound(&it.kind)) {
        let Some(own) = context.vpc_of(resource) else {
            continue;
        };
        resource.kind.each_reference(&mut |mention, to| {
            // A mention of the own VPC is the most frequent one and needs no look-up.
            let target = if to == own { None } else { context.index.get(to) };
            let Some(target) = target.filter(|target| is_bound(&target.kind)) else {
                return;
            };
            if let Some(other) = context.vpc_of(target).filter(|other| *other != own) {
                report(context, findings, (resource, own), (target, other), mention);
            }
        });
    }
}

fn report(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    (resource, own): (&Resource, &ResourceId),
    (target, other): (&Resource, &ResourceId),
    mention: Mention,
) {
    let message = t!(
        "rule-other-vpc",
        name = resource.label(),
        vpc = context.label(own),
        other = target.label(),
        other_vpc = context.label(other)
    );
    findings.report(&resource.id, Some(mention.field()), message, t!("rule-other-vpc-help")).also(&target.id);
}

/// Whether the kind lives in one VPC and its references must stay inside it.
fn is_bound(kind: &ResourceKind) -> bool {
    !matches!(kind.kind(), Kind::Vpc | Kind::ElasticIp | Kind::KeyPair | Kind::Other)
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{RouteTarget, SecurityGroupRule, SecurityGroupRulePeer};

    #[test]
    fn tables_network_acls_groups_and_targets_of_another_vpc() {
        let message = "`subnet-private` of VPC `vpc-main` uses `rtb-other` of VPC `vpc-other`";
        finds(&RULE, ("subnet-private", Some("route_table_id")), message, |n| {
            n.other_vpc();
            n.subnet("subnet-private", |it| it.route_table_id = Some(id("rtb-other")));
        });
        let message = "`i-private` of VPC `vpc-main` uses `sg-other` of VPC `vpc-other`";
        finds(&RULE, ("i-private", Some("vpc_security_group_ids[0]")), message, |n| {
            n.other_vpc();
            n.instance("i-private", |it| it.vpc_security_group_ids = vec![id("sg-other")]);
        });
        let message = "`rtb-other` of VPC `vpc-other` uses `nat-main` of VPC `vpc-main`";
        finds(&RULE, ("rtb-other", Some("routes[0].nat_gateway_id")), message, |n| {
            n.other_vpc();
            n.table("rtb-other", |it| it.routes.push(default_route(RouteTarget::NatGateway(id("nat-main")))));
        });
        let message = "`sg-private` of VPC `vpc-main` uses `sg-other` of VPC `vpc-other`";
        finds(&RULE, ("sg-private", Some("ingress[1].referenced_security_group_id")), message, |n| {
            n.other_vpc();
            let peer = SecurityGroupRulePeer::Group(id("sg-other"));
            n.group("sg-private", |it| it.ingress.push(SecurityGroupRule::tcp(22, peer)));
        });
    }

    #[test]
    fn two_vpcs_side_by_side_are_fine() {
        silent(&RULE, Network::other_vpc);
    }
}
