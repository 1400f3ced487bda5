//! The lowest number that matches decides, so a rule behind a wider one never does.

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{AclRule, Field, NetworkAcl, ResourceId, RuleAction},
    net::Protocol,
    problem::Severity,
    t,
};

/// The rule. A hidden rule that says the same as the one before it is only superfluous.
pub const RULE: Rule = Rule {
    code: "acl-rule-hidden",
    severity: Severity::Warning,
    summary: || t!("rule-acl-rule-hidden-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html",
    rows: &["A2"],
    check,
};

/// The last port of well-known services; answers come to those above.
const LAST_WELL_KNOWN: u16 = 1023;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, acl) in context.network_acls() {
        look(context, findings, id, acl, true);
        look(context, findings, id, acl, false);
    }
}

fn look(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    id: &ResourceId,
    acl: &NetworkAcl,
    inbound: bool,
) {
    let (list, rules) = if inbound { ("ingress", &acl.ingress) } else { ("egress", &acl.egress) };
    for (at, rule) in rules.iter().enumerate() {
        let earlier = |other: &&AclRule| other.rule_number < rule.rule_number && covers(other, rule);
        // The lowest of several decides, wherever it stands in the list.
        let Some(other) = rules.iter().filter(earlier).min_by_key(|it| it.rule_number) else {
            continue;
        };
        let message = t!(
            "rule-acl-rule-hidden",
            name = context.label(id),
            list = list,
            number = rule.rule_number,
            other = other.rule_number
        );
        let finding =
            findings.report(id, Some(Field::item(list, at, "")), message, t!("rule-acl-rule-hidden-help"));
        if rule.rule_action == other.rule_action {
            let finding = finding.severity(Severity::Info);
            let mut to = acl.clone();
            if inbound { &mut to.ingress } else { &mut to.egress }.remove(at);
            let field = Field::new(if inbound { "ingress" } else { "egress" });
            let label = t!("rule-fix-remove-rule", place = &Field::item(list, at, ""));
            finding.fix(label, Command::Set { id: id.clone(), field, to: Box::new(to.into()) });
        } else if rule.rule_action == RuleAction::Deny
            && spares_replies(rule)
            && spares_services(rule, other)
            && let Some(number) = free_number_before(rules, other.rule_number)
        {
            let mut to = acl.clone();
            let list_of = if inbound { &mut to.ingress } else { &mut to.egress };
            if let Some(rule) = list_of.get_mut(at) {
                rule.rule_number = number;
            }
            let field = Field::item(list, at, "rule_number");
            let label = t!("rule-acl-rule-hidden-fix", old = rule.rule_number, new = number);
            finding.fix(label, Command::Set { id: id.clone(), field, to: Box::new(to.into()) });
        }
    }
}

/// Whether every packet that `narrow` matches is matched by `wide` too.
fn covers(wide: &AclRule, narrow: &AclRule) -> bool {
    wide.cidr_block.contains(&narrow.cidr_block)
        && wide.protocol.covers(narrow.protocol)
        && match wide.protocol {
            Protocol::Tcp | Protocol::Udp => {
                within(narrow.from_port, wide.from_port, wide.to_port)
                    && within(narrow.to_port, wide.from_port, wide.to_port)
            }
            Protocol::Icmp | Protocol::Icmpv6 => {
                let same = |wide: Option<i16>, narrow: Option<i16>| wide == Some(-1) || wide == narrow;
                same(wide.icmp_type, narrow.icmp_type) && same(wide.icmp_code, narrow.icmp_code)
            }
            Protocol::All | Protocol::Number(_) => true,
        }
}

/// Whether a denial leaves the ports alone to which answers come. One that does not may have been the
/// mistake: putting it first would cut more off than it says.
fn spares_replies(rule: &AclRule) -> bool {
    match rule.protocol {
        Protocol::Tcp | Protocol::Udp => rule.to_port.is_some_and(|port| port <= LAST_WELL_KNOWN),
        Protocol::Icmp | Protocol::Icmpv6 => true,
        Protocol::All | Protocol::Number(_) => false,
    }
}

/// Whether a denial put before `allow` leaves something of what that lets through to well-known
/// services. One that does not would hide the permission in its turn.
fn spares_services(deny: &AclRule, allow: &AclRule) -> bool {
    if !deny.cidr_block.contains(&allow.cidr_block) || !matches!(deny.protocol, Protocol::Tcp | Protocol::Udp)
    {
        return true;
    }
    let (first, last) = match allow.protocol {
        Protocol::Tcp | Protocol::Udp => (allow.from_port.unwrap_or(0), allow.to_port.unwrap_or(u16::MAX)),
        _ => (0, u16::MAX),
    };
    let from_first = deny.from_port.is_none_or(|port| port <= first);
    let to_last = deny.to_port.is_none_or(|port| port >= last.min(LAST_WELL_KNOWN));
    !(from_first && to_last)
}

fn within(port: Option<u16>, from: Option<u16>, to: Option<u16>) -> bool {
    matches!((port, from, to), (Some(port), Some(from), Some(to)) if (from..=to).contains(&port))
}

/// The number that comes right before `number` in steps of ten, if no rule has one from there on.
fn free_number_before(rules: &[AclRule], number: u16) -> Option<u16> {
    let before = number.checked_sub(10).filter(|before| *before > 0)?;
    let free = !rules.iter().any(|rule| (before..number).contains(&rule.rule_number));
    free.then_some(before)
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::{
        model::{AclRule, RuleAction},
        net::Protocol,
    };

    fn deny_ssh(rule_number: u16) -> AclRule {
        AclRule {
            rule_number,
            protocol: Protocol::Tcp,
            rule_action: RuleAction::Deny,
            from_port: Some(22),
            to_port: Some(22),
            ..AclRule::allow_all()
        }
    }

    #[test]
    fn a_denial_behind_allow_all() {
        let message = "ingress rule 200 of network ACL `acl-default` never decides: rule 100 matches all that it matches";
        finds(&RULE, ("acl-default", Some("ingress[1]")), message, |n| {
            n.acl("acl-default", |it| it.ingress.push(deny_ssh(200)));
        });
    }

    #[test]
    fn a_denial_before_allow_all_and_another_range_are_fine() {
        silent(&RULE, |n| n.acl("acl-default", |it| it.ingress.push(deny_ssh(90))));
        silent(&RULE, |n| {
            let allow = AclRule { rule_action: RuleAction::Allow, to_port: Some(80), ..deny_ssh(90) };
            n.acl("acl-default", |it| it.ingress = vec![deny_ssh(80), allow]);
        });
    }

    #[test]
    fn the_fix_puts_it_before_or_removes_it() {
        fixes(&RULE, 1, |n| n.acl("acl-default", |it| it.ingress.push(deny_ssh(200))));
        fixes(&RULE, 1, |n| {
            n.acl("acl-default", |it| it.egress.push(AclRule { rule_number: 110, ..AclRule::allow_all() }));
        });
    }

    #[test]
    fn a_denial_of_all_that_is_allowed_to_services_is_left_to_the_user() {
        let web = |rule_number, rule_action, to| AclRule {
            rule_number,
            protocol: Protocol::Tcp,
            rule_action,
            from_port: Some(80),
            to_port: Some(to),
            ..AclRule::allow_all()
        };
        let offered = |to| {
            let (problem, _) = one(&RULE, |n| {
                n.acl("acl-default", |it| {
                    it.ingress = vec![web(100, RuleAction::Allow, 5000), web(200, RuleAction::Deny, to)];
                    it.ingress.push(AclRule { rule_number: 300, ..AclRule::allow_all() });
                });
            });
            problem.fixes.len()
        };
        assert_eq!((offered(1023), offered(443)), (0, 1));
    }

    #[test]
    fn the_lowest_of_several_decides_wherever_it_stands() {
        let message = "ingress rule 200 of network ACL `acl-default` never decides: rule 50 matches all that it matches";
        let (problem, _) = one(&RULE, |n| {
            let wider = AclRule { to_port: Some(23), ..deny_ssh(50) };
            n.acl("acl-default", |it| it.ingress = vec![AclRule::allow_all(), wider, deny_ssh(200)]);
        });
        assert_eq!((problem.message.as_str(), problem.severity), (message, crate::problem::Severity::Info));
    }
}
