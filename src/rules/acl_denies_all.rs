//! A network ACL that lets nothing in or nothing out cuts its subnets off.

use super::{Context, Findings, Rule};
use crate::{
    model::{AclRule, Field, RuleAction},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "acl-denies-all",
    severity: Severity::Warning,
    summary: || t!("rule-acl-denies-all-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html",
    rows: &["A10"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, acl) in context.network_acls() {
        if acl.ingress.iter().any(allows) && acl.egress.iter().any(allows) {
            continue;
        }
        let explicit = context.index.users(id, "network_acl_id").next();
        let implicit = || {
            let mut subnets = context.index.subnets_of(context.topology, &acl.vpc_id);
            subnets.find(|subnet| context.subnet(subnet).is_some_and(|it| it.network_acl_id.is_none()))
        };
        let Some(subnet) = explicit.or_else(|| acl.is_default.then(implicit).flatten()) else {
            continue;
        };
        for (list, rules) in [("ingress", &acl.ingress), ("egress", &acl.egress)] {
            if rules.iter().any(allows) {
                continue;
            }
            let message = t!(
                "rule-acl-denies-all",
                name = context.label(id),
                list = list,
                subnet = context.label(subnet)
            );
            let field = Some(Field::new(if list == "ingress" { "ingress" } else { "egress" }));
            findings.report(id, field, message, t!("rule-acl-denies-all-help")).also(subnet);
        }
    }
}

fn allows(rule: &AclRule) -> bool {
    rule.rule_action == RuleAction::Allow
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{AclRule, NetworkAcl};

    #[test]
    fn a_new_network_acl_on_a_subnet() {
        let message =
            "network ACL `acl-app` allows no egress traffic, which cuts off subnet `subnet-private`";
        finds(&RULE, ("acl-app", Some("egress")), message, |n| {
            let mut acl = NetworkAcl::new(id("vpc-main"));
            acl.ingress.push(AclRule::allow_all());
            n.put("acl-app", acl);
            n.subnet("subnet-private", |it| it.network_acl_id = Some(id("acl-app")));
        });
    }

    #[test]
    fn one_that_guards_nothing_is_fine() {
        silent(&RULE, |n| n.put("acl-app", NetworkAcl::new(id("vpc-main"))));
    }
}
