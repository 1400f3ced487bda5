//! ICMP is for IPv4 and ICMPv6 for IPv6.

use super::{Context, Findings, Rule, set};
use crate::{
    model::{AclRule, Field, NetworkAcl, ResourceId},
    net::{IpNet, Protocol},
    problem::Severity,
    t,
};

/// The rule. AWS accepts it, and for ICMPv6 with an IPv4 block it ignores type and code.
pub const RULE: Rule = Rule {
    code: "acl-icmp-family",
    severity: Severity::Warning,
    summary: || t!("rule-acl-icmp-family-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html",
    rows: &["A8"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, acl) in context.network_acls() {
        for inbound in [true, false] {
            let (list, rules) = if inbound { ("ingress", &acl.ingress) } else { ("egress", &acl.egress) };
            for (at, rule) in rules.iter().enumerate() {
                let Some(wanted) = wanted(rule) else {
                    continue;
                };
                let message = t!(
                    "rule-acl-icmp-family",
                    list = list,
                    number = rule.rule_number,
                    name = context.label(id),
                    protocol = rule.protocol,
                    block = rule.cidr_block
                );
                let field = Field::item(list, at, "protocol");
                let label = t!("rule-acl-icmp-family-fix", protocol = wanted);
                findings
                    .report(id, Some(field), message, t!("rule-acl-icmp-family-help"))
                    .fix(label, changed(id, acl, inbound, at, wanted));
            }
        }
    }
}

/// The protocol of the rule's family, where it has that of the other one.
fn wanted(rule: &AclRule) -> Option<Protocol> {
    match (rule.protocol, rule.cidr_block) {
        (Protocol::Icmp, IpNet::V6(_)) => Some(Protocol::Icmpv6),
        (Protocol::Icmpv6, IpNet::V4(_)) => Some(Protocol::Icmp),
        _ => None,
    }
}

fn changed(
    id: &ResourceId,
    acl: &NetworkAcl,
    inbound: bool,
    at: usize,
    protocol: Protocol,
) -> crate::edit::Command {
    let mut to = acl.clone();
    if let Some(rule) = if inbound { &mut to.ingress } else { &mut to.egress }.get_mut(at) {
        rule.protocol = protocol;
    }
    set(id, Field::new(if inbound { "ingress" } else { "egress" }), to)
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::{model::AclRule, net::Protocol};

    fn rule(n: &mut Network, protocol: Protocol) {
        let rule = AclRule { protocol, icmp_type: Some(-1), icmp_code: Some(-1), ..AclRule::allow_all() };
        n.acl("acl-default", |it| it.ingress = vec![rule]);
    }

    #[test]
    fn icmpv6_with_an_ipv4_block() {
        let message = "ingress rule 100 of network ACL `acl-default` is for icmpv6 and names 0.0.0.0/0";
        finds(&RULE, ("acl-default", Some("ingress[0].protocol")), message, |n| rule(n, Protocol::Icmpv6));
    }

    #[test]
    fn icmp_with_an_ipv4_block() {
        silent(&RULE, |n| rule(n, Protocol::Icmp));
    }

    #[test]
    fn the_fix_names_the_other_protocol() {
        fixes(&RULE, 1, |n| rule(n, Protocol::Icmpv6));
    }
}
