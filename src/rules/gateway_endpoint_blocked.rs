//! A gateway endpoint's traffic passes the groups of the hosts and needs DNS.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule, nat_acl::acl_of, vpc_cidr_unwise::is_public};
use crate::{
    model::{
        AclRule, Field, Instance, Kind, NetworkAcl, ResourceId, ResourceKind, RouteTable, RuleAction,
        SecurityGroupRule, SecurityGroupRulePeer, Subnet,
    },
    net::{IpNet, PortRange, Protocol},
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
    if context.index.of_kind(Kind::GatewayEndpoint).is_empty() {
        return;
    }
    let mut guarded: BTreeMap<_, (&NetworkAcl, &ResourceId, &ResourceId)> = BTreeMap::new();
    for (subnet, fields) in context.subnets() {
        let Some((table, _)) = context.effective_table(subnet) else {
            continue;
        };
        let Some(endpoint) = context.index.endpoints_of_table(table).first() else {
            continue;
        };
        let mut has_hosts = false;
        for id in context.index.users(subnet, "subnet_id") {
            let Some(instance) = context.kind(id).and_then(ResourceKind::as_instance) else {
                continue;
            };
            has_hosts = true;
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
        if has_hosts && let Some((id, acl)) = acl_of(context, subnet) {
            guarded.entry((id, &fields.vpc_id)).or_insert((acl, subnet, endpoint));
        }
    }
    for ((id, _), (acl, subnet, endpoint)) in guarded {
        filtered(context, findings, (id, acl), subnet, endpoint);
    }
}

/// The service has public addresses: a network ACL must let HTTPS out to some of them, and answers in.
fn filtered(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    (id, acl): (&ResourceId, &NetworkAcl),
    subnet: &ResourceId,
    endpoint: &ResourceId,
) {
    for list in closed_lists(acl) {
        let message = t!(
            "rule-gateway-endpoint-blocked-acl",
            name = context.label(id),
            list = list,
            subnet = context.label(subnet),
            endpoint = context.label(endpoint)
        );
        let help = t!("rule-gateway-endpoint-blocked-acl-help");
        findings.report(id, Some(Field::new(list)), message, help).also(subnet).also(endpoint);
    }
}

/// The lists that keep HTTPS to public addresses in, or the answers out. One that allows nothing at all is
/// the matter of `acl-denies-all`.
fn closed_lists(acl: &NetworkAcl) -> impl Iterator<Item = &'static str> {
    let (out, back) = (PortRange::single(443), PortRange::EPHEMERAL);
    let lists = [("egress", &acl.egress, out), ("ingress", &acl.ingress, back)];
    let is_closed = |(_, rules, ports): &(&str, &Vec<AclRule>, PortRange)| {
        rules.iter().any(|rule| rule.rule_action == RuleAction::Allow)
            && !rules.iter().any(|rule| lets_public(rule, *ports))
    };
    lists.into_iter().filter(is_closed).map(|(list, ..)| list)
}

/// Whether groups or a network ACL would keep a host behind this table from a gateway endpoint in it.
pub(super) fn would_block(context: &Context<'_>, id: &ResourceId, table: &RouteTable) -> bool {
    let is_served = |subnet: &Subnet| match &subnet.route_table_id {
        Some(own) => own == id,
        None => table.main,
    };
    context.subnets_of(&table.vpc_id).filter(|(_, subnet)| is_served(subnet)).any(|(subnet, _)| {
        let users = context.index.users(subnet, "subnet_id");
        let mut hosts = users.filter_map(|host| context.kind(host)?.as_instance()).peekable();
        let is_closed = |(_, acl): (&ResourceId, &NetworkAcl)| closed_lists(acl).next().is_some();
        let is_filtered = hosts.peek().is_some() && acl_of(context, subnet).is_some_and(is_closed);
        is_filtered || hosts.any(|host| !lets_out(context, host))
    })
}

/// Whether a rule allows TCP on some of these ports to or from some public address.
fn lets_public(rule: &AclRule, ports: PortRange) -> bool {
    let is_open = matches!(rule.cidr_block, IpNet::V4(net) if is_public(&net));
    let (from, to) = match rule.protocol {
        Protocol::All => (0, u16::MAX),
        _ => (rule.from_port.unwrap_or(0), rule.to_port.unwrap_or(u16::MAX)),
    };
    rule.rule_action == RuleAction::Allow
        && rule.protocol.covers(Protocol::Tcp)
        && is_open
        && from <= ports.to
        && ports.from <= to
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
    use crate::model::{AclRule, SecurityGroupRule, SecurityGroupRulePeer};

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
    fn a_network_acl_that_talks_inside_only() {
        let inside = || AclRule { cidr_block: "10.0.0.0/16".parse().unwrap(), ..AclRule::allow_all() };
        let message = "the ingress rules of network ACL `acl-default` keep subnet `subnet-private` from gateway endpoint `vpce-s3`: they name no public address";
        finds(&RULE, ("acl-default", Some("ingress")), message, |n| {
            n.acl("acl-default", |it| it.ingress = vec![inside()]);
        });
        silent(&RULE, |n| n.acl("acl-default", |it| it.ingress.insert(0, inside())));
    }

    #[test]
    fn the_prefix_list_is_enough() {
        let list = SecurityGroupRulePeer::PrefixList("com.amazonaws.us-east-1.s3".to_owned());
        silent(&RULE, |n| only(n, list));
    }
}
