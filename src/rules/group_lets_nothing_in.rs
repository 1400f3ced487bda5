//! A host whose groups have no inbound rule can be reached by nobody.

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, ResourceKind},
    problem::Severity,
    t,
};

/// The rule. A host that only speaks and never listens is a fair design, so this is information.
pub const RULE: Rule = Rule {
    code: "group-lets-nothing-in",
    severity: Severity::Info,
    summary: || t!("rule-group-lets-nothing-in-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html",
    rows: &["SG1"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, instance) in context.instances() {
        let groups = &instance.vpc_security_group_ids;
        let lets_in = |id| {
            let group = context.kind(id).and_then(ResourceKind::as_security_group);
            group.is_none_or(|group| !group.ingress.is_empty())
        };
        if groups.is_empty() || groups.iter().any(lets_in) {
            continue;
        }
        let names: Vec<String> = groups.iter().map(|group| format!("`{}`", context.label(group))).collect();
        let message = t!("rule-group-lets-nothing-in", name = context.label(id), groups = names.join(", "));
        let field = Some(Field::new("vpc_security_group_ids"));
        let mut finding = findings.report(id, field, message, t!("rule-group-lets-nothing-in-help"));
        for group in groups {
            finding = finding.also_field(group, Some(Field::new("ingress")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    #[test]
    fn a_group_without_inbound_rules() {
        let message =
            "nothing can connect to instance `i-private`: its groups (`sg-private`) have no inbound rule";
        finds(&RULE, ("i-private", Some("vpc_security_group_ids")), message, |n| {
            n.group("sg-private", |it| it.ingress.clear());
        });
    }

    #[test]
    fn one_group_with_a_rule_is_enough() {
        silent(&RULE, |n| {
            n.group("sg-private", |it| it.ingress.clear());
            n.instance("i-private", |it| it.vpc_security_group_ids.push(id("sg-bastion")));
        });
    }
}
