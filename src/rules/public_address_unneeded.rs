//! A public address on a host that nobody outside may connect to.

use super::{Context, Findings, Rule, vpc_cidr_unwise::is_public};
use crate::{
    model::{Field, Instance, ResourceId, ResourceKind, SecurityGroupRulePeer},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "public-address-unneeded",
    severity: Severity::Info,
    summary: || t!("rule-public-address-unneeded-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html",
    rows: &["G9", "G10"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, instance) in context.instances() {
        if !context.has_public_address(id, instance)
            || admits_outsiders(context, instance)
            || !context.has_internet_route(&instance.subnet_id)
            || forwards(context, id)
        {
            continue;
        }
        let message = t!("rule-public-address-unneeded", name = context.label(id));
        let field = Field::new("associate_public_ip_address");
        findings.report(id, Some(field), message, t!("rule-public-address-unneeded-help"));
    }
}

/// Whether some rule lets a public address in. A group that does not exist may do so.
fn admits_outsiders(context: &Context<'_>, instance: &Instance) -> bool {
    instance.vpc_security_group_ids.iter().any(|id| {
        context.kind(id).and_then(ResourceKind::as_security_group).is_none_or(|group| {
            group.ingress.iter().any(|rule| match &rule.peer {
                SecurityGroupRulePeer::Ipv4(net) => is_public(net),
                SecurityGroupRulePeer::Ipv6(_) | SecurityGroupRulePeer::Group(_) => false,
                SecurityGroupRulePeer::PrefixList(_) | SecurityGroupRulePeer::ManagedPrefixList(_) => true,
            })
        })
    })
}

/// A host that a route leads to, such as a NAT instance, speaks for others.
fn forwards(context: &Context<'_>, id: &ResourceId) -> bool {
    context.index.referrers(id).iter().any(|(_, list)| *list == "routes")
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::RouteTarget;

    fn closed(n: &mut Network) {
        n.instance("i-bastion", |it| it.vpc_security_group_ids = vec![id("sg-private")]);
    }

    #[test]
    fn nobody_outside_is_let_in() {
        let message = "instance `i-bastion` has a public IPv4 address, but its groups let nobody outside in";
        finds(&RULE, ("i-bastion", Some("associate_public_ip_address")), message, closed);
    }

    #[test]
    fn a_host_that_is_reached_or_forwards_needs_it() {
        silent(&RULE, |_| ());
        silent(&RULE, |n| {
            closed(n);
            n.table("rtb-main", |it| it.routes = vec![default_route(RouteTarget::Instance(id("i-bastion")))]);
        });
    }
}
