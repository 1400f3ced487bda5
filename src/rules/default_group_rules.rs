//! The default security group lets nothing through, so that what joins it by mistake is cut off.

use super::{Context, Findings, Rule, set};
use crate::{
    model::{Field, SecurityGroup},
    problem::Severity,
    t,
};

/// The rule. Only asked where the document wants it: AWS makes the group with rules.
pub const RULE: Rule = Rule {
    code: "default-group-rules",
    severity: Severity::Info,
    summary: || t!("rule-default-group-rules-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
    rows: &["L2"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, group) in context.security_groups().filter(|(_, group)| group.is_default) {
        let count = group.ingress.len() + group.egress.len();
        if count == 0 {
            continue;
        }
        let message = t!(
            "rule-default-group-rules",
            name = context.label(id),
            vpc = context.label(&group.vpc_id),
            count = count
        );
        let field = Field::new(if group.ingress.is_empty() { "egress" } else { "ingress" });
        let to = SecurityGroup { ingress: Vec::new(), egress: Vec::new(), ..group.clone() };
        findings
            .report(id, Some(field.clone()), message, t!("rule-default-group-rules-help"))
            .fix(t!("rule-default-group-rules-fix", name = context.label(id)), set(id, field, to));
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    #[test]
    fn as_aws_makes_it() {
        let message = "the default security group `sg-default` of VPC `vpc-main` has 2 rules";
        finds(&RULE, ("sg-default", Some("ingress")), message, |_| ());
    }

    #[test]
    fn without_rules() {
        silent(&RULE, |n| {
            n.group("sg-default", |it| {
                it.ingress.clear();
                it.egress.clear();
            });
        });
    }

    #[test]
    fn the_fix_removes_them() {
        fixes(&RULE, 1, |_| ());
    }
}
