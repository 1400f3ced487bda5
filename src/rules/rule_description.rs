//! Rules of security groups say what they are for.

use super::{Context, Findings, Rule};
use crate::{model::Field, problem::Severity, t};

/// The rule. Only asked where the document wants it.
pub const RULE: Rule = Rule {
    code: "rule-description",
    severity: Severity::Info,
    summary: || t!("rule-rule-description-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    rows: &["L3"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, group) in context.security_groups().filter(|(_, group)| !group.is_default) {
        let lists = [("ingress", &group.ingress), ("egress", &group.egress)];
        for (list, rules) in lists {
            // The egress rule that AWS makes with a group has none either.
            let silent = rules.iter().enumerate().filter(|(_, rule)| rule.description.is_empty());
            let silent = silent.filter(|(_, rule)| list == "ingress" || rule.from_port.is_some());
            for (at, _) in silent {
                let field = Field::item(list, at, "description");
                let message = t!("rule-rule-description", place = &field, name = context.label(id));
                findings.report(id, Some(field), message, t!("rule-rule-description-help"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    fn describe(n: &mut Network, all: bool) {
        for name in ["sg-bastion", "sg-private", "sg-endpoint"] {
            n.group(name, |it| {
                it.ingress.iter_mut().for_each(|rule| "SSH".clone_into(&mut rule.description));
            });
        }
        if !all {
            n.group("sg-private", |it| it.ingress.iter_mut().for_each(|rule| rule.description.clear()));
        }
    }

    #[test]
    fn one_that_does_not() {
        let message =
            "the rule at `ingress[0].description` of security group `sg-private` does not say what it is for";
        let place = ("sg-private", Some("ingress[0].description"));
        finds(&RULE, place, message, |n| describe(n, false));
    }

    #[test]
    fn all_that_do() {
        silent(&RULE, |n| describe(n, true));
    }
}
