//! How many rules a security group may have.

use super::{Context, Findings, Rule};
use crate::{
    model::{AddressFamily, Field, SecurityGroupRule, SecurityGroupRulePeer},
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
            let count = counted(context, rules);
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

/// The rules that count against the quota, which holds for IPv4 and IPv6 separately: a group or a list
/// of AWS's own counts for both, a prefix list for as many as it has room for.
fn counted(context: &Context<'_>, rules: &[SecurityGroupRule]) -> usize {
    let has_lists = rules.iter().any(|it| matches!(it.peer, SecurityGroupRulePeer::ManagedPrefixList(_)));
    if rules.len() <= DEFAULT_QUOTA && !has_lists {
        return rules.len();
    }
    let (mut ipv4, mut ipv6) = (0usize, 0usize);
    for rule in rules {
        match &rule.peer {
            SecurityGroupRulePeer::Ipv4(_) => ipv4 += 1,
            SecurityGroupRulePeer::Ipv6(_) => ipv6 += 1,
            SecurityGroupRulePeer::Group(_) | SecurityGroupRulePeer::PrefixList(_) => {
                (ipv4, ipv6) = (ipv4 + 1, ipv6 + 1);
            }
            SecurityGroupRulePeer::ManagedPrefixList(id) => {
                let list = context.kind(id).and_then(|it| it.as_managed_prefix_list());
                match list.map(|it| it.address_family) {
                    Some(AddressFamily::Ipv6) => ipv6 = ipv6.saturating_add(context.weight(id)),
                    _ => ipv4 = ipv4.saturating_add(context.weight(id)),
                }
            }
        }
    }
    ipv4.max(ipv6)
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
    fn a_prefix_list_counts_for_all_it_has_room_for() {
        let message = "security group `sg-private` has 61 ingress rules, the default quota is 60";
        let list = |n: &mut Network, room| {
            n.put("pl", crate::model::ManagedPrefixList::new(room));
            let peer = SecurityGroupRulePeer::ManagedPrefixList(id("pl"));
            n.group("sg-private", |it| it.ingress = vec![SecurityGroupRule::tcp(443, peer)]);
        };
        finds(&RULE, ("sg-private", Some("ingress")), message, |n| list(n, 61));
        silent(&RULE, |n| list(n, 60));
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
