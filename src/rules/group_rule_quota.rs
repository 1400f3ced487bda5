//! How many rules a security group may have.

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, SecurityGroupRule, SecurityGroupRulePeer},
    problem::Severity,
    t,
};

/// The rule. Rules per group times groups per interface never exceed 1000, so that no quota lets a
/// group have more.
pub const RULE: Rule = Rule {
    code: "group-rule-quota",
    severity: Severity::Error,
    summary: || t!("rule-group-rule-quota-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups",
    rows: &["SG6"],
    check,
};

const DEFAULT_QUOTA: usize = 60;
const HIGHEST_QUOTA: usize = 1000;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, group) in context.security_groups() {
        for (list, rules) in [("ingress", &group.ingress), ("egress", &group.egress)] {
            let count = counted(rules);
            if count <= DEFAULT_QUOTA {
                continue;
            }
            let message =
                t!("rule-group-rule-quota", name = context.label(id), count = count.to_string(), list = list);
            let field = Field::new(if list == "ingress" { "ingress" } else { "egress" });
            let finding = findings.report(id, Some(field), message, t!("rule-group-rule-quota-help"));
            if count <= HIGHEST_QUOTA {
                finding.severity(Severity::Warning);
            }
        }
    }
}

/// The rules that count against the quota, which holds for IPv4 and IPv6 separately; a group or a
/// prefix list counts for both.
fn counted(rules: &[SecurityGroupRule]) -> usize {
    if rules.len() <= DEFAULT_QUOTA {
        return rules.len();
    }
    let ipv4 = rules.iter().filter(|it| matches!(it.peer, SecurityGroupRulePeer::Ipv4(_))).count();
    let ipv6 = rules.iter().filter(|it| matches!(it.peer, SecurityGroupRulePeer::Ipv6(_))).count();
    rules.len() - ipv4.min(ipv6)
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::{
        model::{SecurityGroupRule, SecurityGroupRulePeer},
        problem::Severity,
    };

    fn rules(n: &mut Network, count: u16) {
        let peer = SecurityGroupRulePeer::Ipv4(net("10.0.0.0/16"));
        n.group("sg-private", |it| {
            it.ingress = (1..=count).map(|port| SecurityGroupRule::tcp(port, peer.clone())).collect();
        });
    }

    #[test]
    fn the_61st_rule_needs_a_higher_quota_and_the_1001st_is_never_granted() {
        let message = "security group `sg-private` has 61 ingress rules, the default quota is 60";
        finds(&RULE, ("sg-private", Some("ingress")), message, |n| rules(n, 61));
        assert_eq!(one(&RULE, |n| rules(n, 61)).0.severity, Severity::Warning);
        assert_eq!(one(&RULE, |n| rules(n, 1001)).0.severity, Severity::Error);
    }

    #[test]
    fn sixty_of_each_family_are_fine() {
        silent(&RULE, |n| {
            rules(n, 60);
            let everyone = SecurityGroupRulePeer::Ipv6("2001:db8::/32".parse().unwrap());
            n.group("sg-private", |it| {
                it.ingress.extend((1..=60).map(|port| SecurityGroupRule::tcp(port, everyone.clone())));
            });
        });
    }
}
