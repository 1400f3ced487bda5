//! A gateway endpoint's traffic passes the groups of the hosts and needs DNS.

use super::{Context, Findings, Rule, vpc_cidr_unwise::is_public};
use crate::{
    model::{Field, Instance, ResourceId, ResourceKind, SecurityGroupRule, SecurityGroupRulePeer},
    net::Protocol,
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "gateway-endpoint-blocked",
    severity: Severity::Warning,
    summary: || t!("rule-gateway-endpoint-blocked-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html#gateway-endpoint-security",
    rows: &["P2"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if context.gateway_endpoints().next().is_none() {
        return;
    }
    for (subnet, _) in context.subnets() {
        let Some((table, _)) = context.effective_table(subnet) else {
            continue;
        };
        let Some(endpoint) = context.index.endpoints_of_table(table).first() else {
            continue;
        };
        for id in context.index.users(subnet, "subnet_id") {
            let Some(instance) = context.kind(id).and_then(ResourceKind::as_instance) else {
                continue;
            };
            if lets_out(context, instance) {
                continue;
            }
            let message = t!(
                "rule-gateway-endpoint-blocked",
                name = context.label(id),
                endpoint = context.label(endpoint)
            );
            let field = Some(Field::new("vpc_security_group_ids"));
            findings.report(id, field, message, t!("rule-gateway-endpoint-blocked-help")).also(endpoint);
        }
    }
}

/// Whether a group lets HTTPS out to public addresses or to a prefix list. The default group, which
/// AWS gives a host without any, and a group that does not exist may do so.
fn lets_out(context: &Context<'_>, instance: &Instance) -> bool {
    let groups = &instance.vpc_security_group_ids;
    groups.is_empty()
        || groups.iter().any(|id: &ResourceId| {
            let group = context.kind(id).and_then(ResourceKind::as_security_group);
            group.is_none_or(|group| group.egress.iter().any(is_https_out))
        })
}

fn is_https_out(rule: &SecurityGroupRule) -> bool {
    let peer = match &rule.peer {
        SecurityGroupRulePeer::Ipv4(net) => is_public(net),
        SecurityGroupRulePeer::PrefixList(_) | SecurityGroupRulePeer::ManagedPrefixList(_) => true,
        SecurityGroupRulePeer::Ipv6(_) | SecurityGroupRulePeer::Group(_) => false,
    };
    let port = rule.ip_protocol == Protocol::All
        || rule.ip_protocol == Protocol::Tcp && rule.from_port <= Some(443) && rule.to_port >= Some(443);
    peer && port
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{SecurityGroupRule, SecurityGroupRulePeer};

    fn only(n: &mut Network, peer: SecurityGroupRulePeer) {
        n.group("sg-private", |it| it.egress = vec![SecurityGroupRule::tcp(443, peer)]);
    }

    #[test]
    fn a_host_that_may_only_talk_inside() {
        let message = "instance `i-private` cannot use gateway endpoint `vpce-s3`: no group of it lets HTTPS out to the service";
        finds(&RULE, ("i-private", Some("vpc_security_group_ids")), message, |n| {
            only(n, SecurityGroupRulePeer::Ipv4(net("10.0.0.0/16")));
        });
    }

    #[test]
    fn the_prefix_list_is_enough() {
        let list = SecurityGroupRulePeer::PrefixList("com.amazonaws.us-east-1.s3".to_owned());
        silent(&RULE, |n| only(n, list));
    }
}
