//! A network ACL is stateless, so what it lets in must find its way out again.

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{AclRule, Field, NetworkAcl, ResourceId, ResourceKind, RuleAction},
    net::{PortRange, Protocol},
    problem::Severity,
    t,
};

/// The rule. It asks for some outbound TCP to the ephemeral ports, not for all of them: clients that
/// use fewer are a matter of taste.
pub const RULE: Rule = Rule {
    code: "acl-no-replies",
    severity: Severity::Warning,
    summary: || t!("rule-acl-no-replies-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports",
    rows: &["A3", "A4"],
    check,
};

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
    let (from, back) = if inbound { (&acl.ingress, &acl.egress) } else { (&acl.egress, &acl.ingress) };
    let Some(opener) = from.iter().find(|rule| opens_a_service(rule)) else {
        return;
    };
    if back.iter().any(lets_replies) || !back.iter().any(|rule| rule.rule_action == RuleAction::Allow) {
        // Without any allow rule at all, `acl-denies-all` says so already.
        return;
    }
    let (list, other) = if inbound { ("ingress", "egress") } else { ("egress", "ingress") };
    let message = t!(
        "rule-acl-no-replies",
        name = context.label(id),
        list = list,
        number = opener.rule_number,
        other = other
    );
    let field = Field::new(if inbound { "egress" } else { "ingress" });
    let finding = findings.report(id, Some(field.clone()), message, t!("rule-acl-no-replies-help"));
    if let Some(reply) = reply_rule(opener, back) {
        let label = t!("rule-acl-no-replies-fix", list = other, number = reply.rule_number);
        let mut to = acl.clone();
        if inbound { &mut to.egress } else { &mut to.ingress }.push(reply);
        finding
            .fix(label, Command::Set { id: id.clone(), field, to: Box::new(ResourceKind::NetworkAcl(to)) });
    }
}

/// An allow rule for TCP connections to some port: someone wants to be talked to.
fn opens_a_service(rule: &AclRule) -> bool {
    let ephemeral_only =
        rule.from_port.is_some_and(|port| port >= PortRange::EPHEMERAL.from && rule.to_port > Some(port));
    rule.rule_action == RuleAction::Allow && rule.protocol.covers(Protocol::Tcp) && !ephemeral_only
}

fn lets_replies(rule: &AclRule) -> bool {
    rule.rule_action == RuleAction::Allow
        && rule.protocol.covers(Protocol::Tcp)
        && (rule.protocol == Protocol::All || rule.to_port.is_none_or(|port| port >= 32768))
}

fn reply_rule(opener: &AclRule, back: &[AclRule]) -> Option<AclRule> {
    let numbers = || back.iter().map(|rule| rule.rule_number);
    let number = (1..=3276u16).map(|at| at * 10).find(|number| numbers().all(|taken| taken < *number))?;
    Some(AclRule {
        rule_number: number,
        protocol: Protocol::Tcp,
        rule_action: RuleAction::Allow,
        cidr_block: opener.cidr_block,
        from_port: Some(PortRange::EPHEMERAL.from),
        to_port: Some(PortRange::EPHEMERAL.to),
        icmp_type: None,
        icmp_code: None,
    })
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{AclRule, NetworkAcl};

    fn web(n: &mut Network, egress: Vec<AclRule>) {
        let mut acl = NetworkAcl::new(id("vpc-main"));
        acl.ingress = vec![acl_tcp(100, "0.0.0.0/0", 443, 443), acl_tcp(110, "0.0.0.0/0", 1024, 65535)];
        acl.egress = egress;
        n.put("acl-web", acl);
    }

    #[test]
    fn https_in_and_no_ephemeral_ports_out() {
        let message = "ingress rule 100 of network ACL `acl-web` lets connections through whose replies no egress rule lets back";
        finds(&RULE, ("acl-web", Some("egress")), message, |n| {
            web(n, vec![acl_tcp(100, "0.0.0.0/0", 443, 443)])
        });
    }

    #[test]
    fn with_ephemeral_ports_both_ways_it_is_fine() {
        silent(&RULE, |n| {
            web(n, vec![acl_tcp(100, "0.0.0.0/0", 443, 443), acl_tcp(110, "0.0.0.0/0", 1024, 65535)])
        });
    }

    #[test]
    fn the_fix_adds_the_missing_rule() {
        fixes(&RULE, 1, |n| web(n, vec![acl_tcp(100, "0.0.0.0/0", 443, 443)]));
    }
}
