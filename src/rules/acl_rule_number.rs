//! Rule numbers of a network ACL are 1 to 32766 and unique per direction.

use std::collections::BTreeSet;

use super::{Context, Findings, Rule};
use crate::{model::Field, problem::Severity, t};

/// The rule.
pub const RULE: Rule = Rule {
    code: "acl-rule-number",
    severity: Severity::Error,
    summary: || t!("rule-acl-rule-number-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html",
    rows: &["A2"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, acl) in context.network_acls() {
        for (list, rules) in [("ingress", &acl.ingress), ("egress", &acl.egress)] {
            let mut seen = BTreeSet::new();
            for (at, rule) in rules.iter().enumerate() {
                let number = rule.rule_number;
                let field = || Some(Field::item(list, at, "rule_number"));
                if !(1..=32766).contains(&number) {
                    let message = t!("rule-acl-rule-number", number = number, name = context.label(id));
                    findings.report(id, field(), message, t!("rule-acl-rule-number-help"));
                } else if !seen.insert(number) {
                    let message = t!(
                        "rule-acl-rule-number-twice",
                        number = number,
                        name = context.label(id),
                        list = list
                    );
                    findings.report(id, field(), message, t!("rule-acl-rule-number-twice-help"));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::AclRule;

    fn add(n: &mut Network, number: u16) {
        n.acl("acl-default", |it| it.ingress.push(AclRule { rule_number: number, ..AclRule::allow_all() }));
    }

    #[test]
    fn out_of_range_and_twice() {
        let place = ("acl-default", Some("ingress[1].rule_number"));
        let message = "rule number 32767 of network ACL `acl-default` is not between 1 and 32766";
        finds(&RULE, place, message, |n| add(n, 32767));
        let message = "network ACL `acl-default` has two ingress rules numbered 100";
        finds(&RULE, place, message, |n| add(n, 100));
    }

    #[test]
    fn the_other_direction_has_its_own_numbers() {
        silent(&RULE, |n| add(n, 32766));
    }
}
