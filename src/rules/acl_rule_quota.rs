//! How many rules a network ACL may have.

use super::{Context, Findings, Rule};
use crate::{model::Field, problem::Severity, t};

/// The rule. Above the default quota it warns, above what AWS ever grants it is an error.
pub const RULE: Rule = Rule {
    code: "acl-rule-quota",
    severity: Severity::Error,
    summary: || t!("rule-acl-rule-quota-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-nacls",
    rows: &["A9"],
    check,
};

const DEFAULT_QUOTA: usize = 20;
const HIGHEST_QUOTA: usize = 40;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, acl) in context.network_acls() {
        for (list, field, count) in [
            ("ingress", Field::new("ingress"), acl.ingress.len()),
            ("egress", Field::new("egress"), acl.egress.len()),
        ] {
            if count <= DEFAULT_QUOTA {
                continue;
            }
            let message = t!("rule-acl-rule-quota", name = context.label(id), count = count, list = list);
            let finding = findings.report(id, Some(field), message, t!("rule-acl-rule-quota-help"));
            if count <= HIGHEST_QUOTA {
                finding.severity(Severity::Warning);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::{model::AclRule, problem::Severity};

    fn rules(n: &mut Network, count: u16) {
        n.acl("acl-default", |it| {
            it.egress =
                (1..=count).map(|rule_number| AclRule { rule_number, ..AclRule::allow_all() }).collect();
        });
    }

    #[test]
    fn the_21st_needs_a_higher_quota_and_the_41st_is_never_granted() {
        let message = "network ACL `acl-default` has 21 egress rules, the default quota is 20";
        finds(&RULE, ("acl-default", Some("egress")), message, |n| rules(n, 21));
        assert_eq!(one(&RULE, |n| rules(n, 21)).0.severity, Severity::Warning);
        assert_eq!(one(&RULE, |n| rules(n, 41)).0.severity, Severity::Error);
    }

    #[test]
    fn twenty_are_fine() {
        silent(&RULE, |n| rules(n, 20));
    }
}
