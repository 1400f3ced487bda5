//! A network ACL of one's own that only repeats the default one.

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{AclRule, NetworkAcl, ResourceKind, RuleAction},
    net::Protocol,
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "acl-allows-all",
    severity: Severity::Info,
    summary: || t!("rule-acl-allows-all-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html",
    rows: &["A10"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, acl) in context.network_acls() {
        if acl.is_default || !passes_all(acl) {
            continue;
        }
        let message = t!("rule-acl-allows-all", name = context.label(id));
        let finding = findings.report(id, None, message, t!("rule-acl-allows-all-help"));
        let default = context
            .index
            .default_network_acl(&acl.vpc_id)
            .and_then(|default| context.kind(default))
            .and_then(ResourceKind::as_network_acl);
        if default.is_some_and(passes_all) {
            let label = t!("rule-fix-delete", name = context.label(id));
            finding.fix(label, Command::Delete { ids: vec![id.clone()] });
        }
    }
}

/// Whether the first rule of both directions lets all of IPv4 pass.
fn passes_all(acl: &NetworkAcl) -> bool {
    [&acl.ingress, &acl.egress].into_iter().all(|rules| {
        rules.iter().min_by_key(|rule| rule.rule_number).is_some_and(|rule: &AclRule| {
            rule.rule_action == RuleAction::Allow
                && rule.protocol == Protocol::All
                && rule.cidr_block.prefix_len() == 0
                && rule.cidr_block.addr().is_ipv4()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{AclRule, NetworkAcl, RuleAction};

    fn copy(n: &mut Network) {
        n.put("acl-copy", NetworkAcl { is_default: false, ..NetworkAcl::default_of(id("vpc-main")) });
        n.subnet("subnet-private", |it| it.network_acl_id = Some(id("acl-copy")));
    }

    #[test]
    fn a_copy_of_the_default_one() {
        let message = "network ACL `acl-copy` lets everything pass, as the default one does";
        finds(&RULE, ("acl-copy", None), message, copy);
    }

    #[test]
    fn a_denial_before_it_is_of_use() {
        silent(&RULE, |n| {
            copy(n);
            let deny = AclRule { rule_number: 50, rule_action: RuleAction::Deny, ..AclRule::allow_all() };
            n.acl("acl-copy", |it| it.ingress.push(deny));
        });
    }

    #[test]
    fn the_fix_deletes_it_and_the_default_one_takes_over() {
        fixes(&RULE, 1, copy);
    }
}
