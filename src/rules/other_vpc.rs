//! What works together belongs to one VPC.

use super::{Context, Findings, Rule};
use crate::{
    model::{Home, Kind, Mention, Resource, ResourceId, ResourceKind},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "other-vpc",
    severity: Severity::Error,
    summary: || t!("rule-other-vpc-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html",
    rows: &["R1", "A1", "N4", "L7"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for resource in context.resources().filter(|it| is_bound(&it.kind)) {
        let Some(own) = context.vpc_of(resource) else {
            continue;
        };
        let home = resource.kind.home();
        resource.kind.each_reference(&mut |mention, to| {
            if crosses(&resource.kind, mention) {
                return;
            }
            // The most frequent mentions need no look-up.
            let is_home = to == own || home == Home::Subnet(to);
            let target = if is_home { None } else { context.index.get(to) };
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

/// Whether a mention may cross VPCs. Groups of other VPCs are the matter of `group-reference`; a
/// network interface of another VPC may be attached to an instance.
fn crosses(kind: &ResourceKind, mention: Mention) -> bool {
    match kind.kind() {
        Kind::SecurityGroup => true,
        Kind::NetworkInterface => mention.root() == "instance_id",
        _ => false,
    }
}

/// Whether the kind lives in one VPC and its references must stay inside it.
fn is_bound(kind: &ResourceKind) -> bool {
    !matches!(kind.kind(), Kind::Vpc | Kind::ElasticIp | Kind::KeyPair | Kind::Other)
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{NetworkInterface, RouteTarget};

    #[test]
    fn tables_groups_and_targets_of_another_vpc() {
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
    }

    #[test]
    fn two_vpcs_side_by_side_are_fine() {
        silent(&RULE, Network::other_vpc);
    }

    #[test]
    fn an_interface_of_another_vpc_may_be_attached() {
        silent(&RULE, |n| {
            n.other_vpc();
            let mut interface = NetworkInterface::new(id("subnet-other"));
            interface.instance_id = Some(id("i-private"));
            n.put("eni-other", interface);
        });
    }
}
