//! The groups of an interface endpoint admit HTTPS.

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{
        Field, InterfaceEndpoint, ResourceId, ResourceKind, SecurityGroup, SecurityGroupRule,
        SecurityGroupRulePeer,
    },
    net::Protocol,
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "endpoint-group-443",
    severity: Severity::Warning,
    summary: || t!("rule-endpoint-group-443-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    rows: &["P4"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, endpoint) in context.interface_endpoints() {
        let groups = groups(context, endpoint);
        if groups.is_empty() || groups.iter().any(|(_, group)| group.ingress.iter().any(admits_https)) {
            continue;
        }
        let names: Vec<String> = groups.iter().map(|(id, _)| format!("`{}`", context.label(id))).collect();
        let message = t!("rule-endpoint-group-443", name = context.label(id), groups = names.join(", "));
        let field = Some(Field::new("security_group_ids"));
        let mut finding = findings.report(id, field, message, t!("rule-endpoint-group-443-help"));
        for (group, _) in &groups {
            finding = finding.also_field(group, Some(Field::new("ingress")));
        }
        if let Some((label, command)) = fix(context, endpoint, &groups) {
            finding.fix(label, command);
        }
    }
}

/// The endpoint's groups, or the VPC's default group where it has none.
fn groups<'a>(
    context: &Context<'a>,
    endpoint: &'a InterfaceEndpoint,
) -> Vec<(&'a ResourceId, &'a SecurityGroup)> {
    let chosen: Vec<&ResourceId> = if endpoint.security_group_ids.is_empty() {
        context.index.default_security_group(&endpoint.vpc_id).into_iter().collect()
    } else {
        endpoint.security_group_ids.iter().collect()
    };
    let fields = |id: &'a ResourceId| context.kind(id).and_then(ResourceKind::as_security_group);
    chosen.into_iter().filter_map(|id| fields(id).map(|group| (id, group))).collect()
}

fn admits_https(rule: &SecurityGroupRule) -> bool {
    // A default group admits its own members only: clients are rarely among them.
    let own_members =
        rule.ip_protocol == Protocol::All && matches!(rule.peer, SecurityGroupRulePeer::Group(_));
    let ports = rule.from_port.unwrap_or(0)..=rule.to_port.unwrap_or(65535);
    rule.ip_protocol.covers(Protocol::Tcp)
        && (rule.ip_protocol == Protocol::All || ports.contains(&443))
        && !own_members
}

fn fix(
    context: &Context<'_>,
    endpoint: &InterfaceEndpoint,
    groups: &[(&ResourceId, &SecurityGroup)],
) -> Option<(String, Command)> {
    let (id, group) = groups.first()?;
    let block = context.vpc(&endpoint.vpc_id)?.cidr_block;
    let mut to = (*group).clone();
    to.ingress.push(SecurityGroupRule::tcp(443, SecurityGroupRulePeer::Ipv4(block)));
    let label = t!("rule-endpoint-group-443-fix", group = context.label(id), block = block);
    let to = Box::new(ResourceKind::SecurityGroup(to));
    Some((label, Command::Set { id: (*id).clone(), field: Field::new("ingress"), to }))
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    fn closed(n: &mut Network) {
        n.group("sg-endpoint", |it| it.ingress.clear());
    }

    #[test]
    fn a_group_without_443_and_the_default_group() {
        let place = ("vpce-ssm", Some("security_group_ids"));
        let message = "no group of endpoint `vpce-ssm` (`sg-endpoint`) admits TCP 443, so no client reaches the service";
        finds(&RULE, place, message, closed);
        let message =
            "no group of endpoint `vpce-ssm` (`sg-default`) admits TCP 443, so no client reaches the service";
        finds(&RULE, place, message, |n| n.endpoint(|it| it.security_group_ids.clear()));
    }

    #[test]
    fn one_group_that_admits_it_is_enough() {
        silent(&RULE, |n| n.endpoint(|it| it.security_group_ids.push(id("sg-default"))));
    }

    #[test]
    fn the_fix_admits_the_vpc() {
        fixes(&RULE, 1, closed);
    }
}
