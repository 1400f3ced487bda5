//! The groups of an EC2 Instance Connect Endpoint let it reach SSH or RDP.

use super::{Context, Findings, Rule, set};
use crate::{
    model::{Field, ResourceId, SecurityGroup, SecurityGroupRule, SecurityGroupRulePeer},
    net::Protocol,
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "connect-endpoint-egress",
    severity: Severity::Warning,
    summary: || t!("rule-connect-endpoint-egress-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/eice-security-groups.html",
    rows: &["P11"],
    check,
};

const SSH: u16 = 22;
const RDP: i32 = 3389;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, endpoint) in context.connect_endpoints() {
        let Some(vpc) = context.subnet(&endpoint.subnet_id).map(|it| &it.vpc_id) else {
            continue;
        };
        let groups = context.groups_of(&endpoint.security_group_ids, vpc);
        if groups.is_empty() || groups.iter().any(|(_, group)| group.egress.iter().any(lets_out)) {
            continue;
        }
        let names = context.labels(groups.iter().map(|(id, _)| *id));
        let message = t!("rule-connect-endpoint-egress", name = context.label(id), groups = names);
        let field = Some(Field::new("security_group_ids"));
        let mut finding = findings.report(id, field, message, t!("rule-connect-endpoint-egress-help"));
        for (group, _) in &groups {
            finding = finding.also_field(group, Some(Field::new("egress")));
        }
        if let Some((label, command)) = fix(context, vpc, &groups) {
            finding.fix(label, command);
        }
    }
}

fn lets_out(rule: &SecurityGroupRule) -> bool {
    let ports = rule.from_port.unwrap_or(0)..=rule.to_port.unwrap_or(65535);
    match rule.ip_protocol {
        Protocol::All => true,
        Protocol::Tcp => ports.contains(&i32::from(SSH)) || ports.contains(&RDP),
        _ => false,
    }
}

fn fix(
    context: &Context<'_>,
    vpc: &ResourceId,
    groups: &[(&ResourceId, &SecurityGroup)],
) -> Option<(String, crate::edit::Command)> {
    let (id, group) = groups.first()?;
    let block = context.vpc(vpc)?.cidr_block;
    let mut to = (*group).clone();
    to.egress.push(SecurityGroupRule::tcp(SSH, SecurityGroupRulePeer::Ipv4(block)));
    let label = t!("rule-connect-endpoint-egress-fix", block = block, group = context.label(id));
    Some((label, set(id, Field::new("egress"), to)))
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::InstanceConnectEndpoint;

    fn endpoint(n: &mut Network) {
        let endpoint = InstanceConnectEndpoint {
            subnet_id: id("subnet-private"),
            security_group_ids: vec![id("sg-endpoint")],
            preserve_client_ip: false,
        };
        n.put("eice", endpoint);
    }

    fn closed(n: &mut Network) {
        endpoint(n);
        n.group("sg-endpoint", |it| it.egress.clear());
    }

    #[test]
    fn a_group_that_lets_nothing_out() {
        let message =
            "no group of EC2 Instance Connect Endpoint `eice` (`sg-endpoint`) lets it out to TCP 22 or 3389";
        finds(&RULE, ("eice", Some("security_group_ids")), message, closed);
    }

    #[test]
    fn a_group_that_lets_all_out() {
        silent(&RULE, endpoint);
    }

    #[test]
    fn the_fix_lets_it_out() {
        fixes(&RULE, 1, closed);
    }
}
