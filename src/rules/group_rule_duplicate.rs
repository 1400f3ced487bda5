//! A security group has each rule once.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{Field, ResourceId, SecurityGroup, SecurityGroupRule, SecurityGroupRulePeer},
    net::Protocol,
    problem::Severity,
    t,
};

/// The rule. AWS answers `InvalidPermission.Duplicate`; the description does not make a difference.
pub const RULE: Rule = Rule {
    code: "group-rule-duplicate",
    severity: Severity::Error,
    summary: || t!("rule-group-rule-duplicate-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html",
    rows: &["SG8"],
    check,
};

type Key<'a> = (Protocol, Option<i32>, Option<i32>, &'a SecurityGroupRulePeer);

fn key(rule: &SecurityGroupRule) -> Key<'_> {
    let ports = rule.ip_protocol.has_ports() || rule.ip_protocol.is_icmp();
    let (from, to) = if ports { (rule.from_port, rule.to_port) } else { (None, None) };
    (rule.ip_protocol, from, to, &rule.peer)
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, group) in context.security_groups() {
        look(context, findings, id, group, true);
        look(context, findings, id, group, false);
    }
}

fn look(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    id: &ResourceId,
    group: &SecurityGroup,
    inbound: bool,
) {
    let (list, rules) = if inbound { ("ingress", &group.ingress) } else { ("egress", &group.egress) };
    if rules.len() < 2 {
        return;
    }
    let mut first: BTreeMap<Key<'_>, usize> = BTreeMap::new();
    for (at, rule) in rules.iter().enumerate() {
        let Some(earlier) = first.get(&key(rule)) else {
            first.insert(key(rule), at);
            continue;
        };
        let message = t!(
            "rule-group-rule-duplicate",
            name = context.label(id),
            first = &Field::item(list, *earlier, ""),
            second = &Field::item(list, at, "")
        );
        let mut to = group.clone();
        if inbound { &mut to.ingress } else { &mut to.egress }.remove(at);
        let field = Field::new(if inbound { "ingress" } else { "egress" });
        let label = t!("rule-fix-remove-rule", place = &Field::item(list, at, ""));
        findings
            .report(id, Some(Field::item(list, at, "")), message, t!("rule-group-rule-duplicate-help"))
            .fix(label, Command::Set { id: id.clone(), field, to: Box::new(to.into()) });
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{SecurityGroupRule, SecurityGroupRulePeer};

    fn second(n: &mut Network, port: u16) {
        let peer = SecurityGroupRulePeer::Group(id("sg-bastion"));
        n.group("sg-private", |it| {
            it.ingress.push(SecurityGroupRule {
                description: "again".to_owned(),
                ..SecurityGroupRule::tcp(port, peer)
            });
        });
    }

    #[test]
    fn the_same_rule_with_another_description() {
        let message = "security group `sg-private` has the same rule twice, at `ingress[0]` and `ingress[1]`";
        finds(&RULE, ("sg-private", Some("ingress[1]")), message, |n| second(n, 22));
    }

    #[test]
    fn another_port_is_another_rule() {
        silent(&RULE, |n| second(n, 443));
    }

    #[test]
    fn the_fix_removes_the_second() {
        fixes(&RULE, 1, |n| second(n, 22));
    }
}
