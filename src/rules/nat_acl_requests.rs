//! The network ACL of a NAT gateway's subnet lets requests in from the hosts and out to the internet.

use std::collections::BTreeSet;

use ipnet::{IpNet, Ipv4Net};

use super::{Context, Findings, Rule, nat_acl::acl_of, set};
use crate::{
    model::{AclRule, Field, NetworkAcl, ResourceId, ResourceKind, RuleAction},
    net::Protocol,
    problem::Severity,
    t,
};

/// The rule. Which services hosts use the drawing does not say, so that one port below 1024 is enough.
pub const RULE: Rule = Rule {
    code: "nat-acl-requests",
    severity: Severity::Warning,
    summary: || t!("rule-nat-acl-requests-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    rows: &["N5"],
    check,
};

/// The last port of well-known services.
const WELL_KNOWN: u16 = 1023;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let world = IpNet::V4(Ipv4Net::default());
    let mut seen = BTreeSet::new();
    for (subnet, fields) in context.subnets() {
        let Some(nat) = context.nat_of(subnet) else {
            continue;
        };
        let Some(home) = context.kind(nat).and_then(ResourceKind::as_nat_gateway) else {
            continue;
        };
        // A gateway of another VPC is the matter of `other-vpc`.
        let stands_apart = home.subnet_id != *subnet
            && context.subnet(&home.subnet_id).is_some_and(|it| it.vpc_id == fields.vpc_id);
        let Some((id, acl)) = acl_of(context, &home.subnet_id).filter(|_| stands_apart) else {
            continue;
        };
        let (name, gateway) = (|| context.label(id), || context.label(nat));
        let block = IpNet::V4(fields.cidr_block);
        if !admits_some(&acl.ingress, block) {
            let subnet = context.label(subnet);
            let message = t!("rule-nat-acl-requests-in", name = name(), subnet = subnet, nat = gateway());
            report(findings, (id, acl), nat, message, (block, true));
        }
        if seen.insert((id, nat)) && !admits_some(&acl.egress, world) {
            let message = t!("rule-nat-acl-requests-out", name = name(), nat = gateway());
            report(findings, (id, acl), nat, message, (world, false));
        }
    }
}

/// Whether TCP to some port below 1024 passes between the gateway and some of `block`. A list that
/// allows nothing at all is the matter of `acl-denies-all`.
fn admits_some(rules: &[AclRule], block: IpNet) -> bool {
    let mut ordered: Vec<&AclRule> =
        rules.iter().filter(|rule| rule.protocol.covers(Protocol::Tcp) && is_well_known(rule)).collect();
    ordered.sort_by_key(|rule| rule.rule_number);
    let mut denied: Vec<&AclRule> = Vec::new();
    for rule in ordered {
        if rule.rule_action == RuleAction::Deny {
            denied.push(rule);
            continue;
        }
        let meets = rule.cidr_block.contains(&block) || block.contains(&rule.cidr_block);
        let hidden = denied.iter().any(|it| it.cidr_block.contains(&rule.cidr_block) && covers(it, rule));
        if meets && !hidden {
            return true;
        }
    }
    !rules.iter().any(|rule| rule.rule_action == RuleAction::Allow)
}

fn ports(rule: &AclRule) -> (u16, u16) {
    match (rule.protocol, rule.from_port, rule.to_port) {
        (Protocol::Tcp, Some(from), Some(to)) => (from, to),
        _ => (0, u16::MAX),
    }
}

fn is_well_known(rule: &AclRule) -> bool {
    ports(rule).0 <= WELL_KNOWN
}

fn covers(wide: &AclRule, narrow: &AclRule) -> bool {
    let (wide, narrow) = (ports(wide), ports(narrow));
    wide.0 <= narrow.0 && narrow.1.min(WELL_KNOWN) <= wide.1
}

fn report(
    findings: &mut Findings<'_>,
    (id, acl): (&ResourceId, &NetworkAcl),
    nat: &ResourceId,
    message: String,
    (block, inbound): (IpNet, bool),
) {
    let (list, rules) = if inbound { ("ingress", &acl.ingress) } else { ("egress", &acl.egress) };
    let field = Field::new(list);
    let finding =
        findings.report(id, Some(field.clone()), message, t!("rule-nat-acl-requests-help")).also(nat);
    let highest = rules.iter().map(|rule| rule.rule_number).max().unwrap_or(0);
    if rules.iter().any(|rule| rule.rule_action == RuleAction::Deny) || highest > 32000 {
        // Where a rule forbids it on purpose, the user has to decide.
        return;
    }
    let rule_number = (highest / 10 + 1) * 10;
    let rule = AclRule {
        rule_number,
        protocol: Protocol::Tcp,
        cidr_block: block,
        from_port: Some(0),
        to_port: Some(u16::MAX),
        ..AclRule::allow_all()
    };
    let mut to = acl.clone();
    if inbound { &mut to.ingress } else { &mut to.egress }.push(rule);
    let label = t!("rule-nat-acl-requests-fix", block = block, list = list, number = rule_number);
    finding.fix(label, set(id, field, to));
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{AclRule, NetworkAcl};

    fn edge(n: &mut Network, ingress: AclRule, egress: AclRule) {
        let acl =
            NetworkAcl { ingress: vec![ingress], egress: vec![egress], ..NetworkAcl::new(id("vpc-main")) };
        n.put("acl-edge", acl);
        n.subnet("subnet-public", |it| it.network_acl_id = Some(id("acl-edge")));
    }

    fn answers_only_in(n: &mut Network) {
        edge(n, acl_tcp(100, "0.0.0.0/0", 1024, 65535), AclRule::allow_all());
    }

    fn answers_only_out(n: &mut Network) {
        edge(n, AclRule::allow_all(), acl_tcp(100, "10.0.0.0/16", 1024, 65535));
    }

    #[test]
    fn answers_only() {
        let message = "network ACL `acl-edge` does not let requests of subnet `subnet-private` in to NAT gateway `nat-main` (TCP below 1024)";
        finds(&RULE, ("acl-edge", Some("ingress")), message, answers_only_in);
        let message =
            "network ACL `acl-edge` does not let NAT gateway `nat-main` out to the internet (TCP below 1024)";
        finds(&RULE, ("acl-edge", Some("egress")), message, answers_only_out);
    }

    #[test]
    fn one_service_is_enough() {
        silent(&RULE, |n| {
            edge(n, acl_tcp(100, "10.0.1.0/24", 443, 443), acl_tcp(100, "0.0.0.0/0", 443, 443))
        });
    }

    #[test]
    fn the_fix_allows_requests() {
        fixes(&RULE, 1, answers_only_in);
        fixes(&RULE, 1, answers_only_out);
    }
}
