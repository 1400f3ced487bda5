//! A NAT gateway has no security group, but the network ACL of its subnet applies to it.

use ipnet::{IpNet, Ipv4Net};

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{AclRule, Field, NetworkAcl, ResourceId, ResourceKind, RuleAction, routing},
    net::{PortRange, Protocol},
    problem::Severity,
    t,
};

/// The rule. The gateway sends from ports 1024-65535, so that answers come back to these.
pub const RULE: Rule = Rule {
    code: "nat-acl",
    severity: Severity::Warning,
    summary: || t!("rule-nat-acl-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    rows: &["N5"],
    check,
};

/// The ports from which Linux hosts connect.
const HOST_PORTS: PortRange = PortRange { from: 32768, to: 60999 };

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let world = IpNet::V4(Ipv4Net::default());
    for (nat, fields) in context.nat_gateways() {
        if let Some((id, acl)) = acl_of(context, &fields.subnet_id)
            && !admits(&acl.ingress, world, PortRange::EPHEMERAL)
        {
            report(context, findings, (nat, id, acl), world, None);
        }
    }
    for (subnet, fields) in context.subnets() {
        let Some(nat) = context.nat_of(subnet) else {
            continue;
        };
        let Some(home) = context.kind(nat).and_then(ResourceKind::as_nat_gateway) else {
            continue;
        };
        if home.subnet_id == *subnet {
            continue;
        }
        let block = IpNet::V4(fields.cidr_block);
        if let Some((id, acl)) = acl_of(context, &home.subnet_id)
            && !admits(&acl.egress, block, HOST_PORTS)
        {
            report(context, findings, (nat, id, acl), block, Some(subnet));
        }
    }
}

pub(super) fn acl_of<'a>(
    context: &Context<'a>,
    subnet: &ResourceId,
) -> Option<(&'a ResourceId, &'a NetworkAcl)> {
    let (id, _) = routing::effective_network_acl(context.topology, context.index, subnet)?;
    context.kind(id).and_then(ResourceKind::as_network_acl).map(|acl| (id, acl))
}

/// Whether TCP packets to or from all of `block` pass on all of these ports. A denial for a part of
/// the block is meant, so it does not count; a list that allows nothing at all is the matter of
/// `acl-denies-all`.
fn admits(rules: &[AclRule], block: IpNet, ports: PortRange) -> bool {
    let allows = |rule: &AclRule| rule.rule_action == RuleAction::Allow;
    if rules == [AclRule::allow_all()] || !rules.iter().any(allows) {
        return true;
    }
    let mut ordered: Vec<&AclRule> = rules
        .iter()
        .filter(|rule| rule.protocol.covers(Protocol::Tcp) && rule.cidr_block.contains(&block))
        .collect();
    ordered.sort_by_key(|rule| rule.rule_number);
    let mut open = vec![ports];
    for rule in ordered {
        let range = match (rule.protocol, rule.from_port, rule.to_port) {
            (Protocol::Tcp, Some(from), Some(to)) => PortRange { from, to },
            _ => PortRange::ALL,
        };
        let hits = |it: &PortRange| it.from <= range.to && range.from <= it.to;
        if rule.rule_action == RuleAction::Deny && open.iter().any(hits) {
            return false;
        }
        open = open.into_iter().flat_map(|it| without(it, range)).flatten().collect();
        if open.is_empty() {
            return true;
        }
    }
    false
}

/// What is left of a range on both sides of another.
fn without(range: PortRange, taken: PortRange) -> [Option<PortRange>; 2] {
    if taken.to < range.from || range.to < taken.from {
        return [Some(range), None];
    }
    let below = taken.from.checked_sub(1).and_then(|to| PortRange::new(range.from, to));
    let above = taken.to.checked_add(1).and_then(|from| PortRange::new(from, range.to));
    [below, above]
}

fn report(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    (nat, id, acl): (&ResourceId, &ResourceId, &NetworkAcl),
    block: IpNet,
    subnet: Option<&ResourceId>,
) {
    let (name, gateway) = (context.label(id), context.label(nat));
    let (message, field, rules) = match subnet {
        None => (t!("rule-nat-acl-in", name = name, nat = gateway), "ingress", &acl.ingress),
        Some(subnet) => {
            let subnet = context.label(subnet);
            (t!("rule-nat-acl-out", name = name, nat = gateway, subnet = subnet), "egress", &acl.egress)
        }
    };
    let place = Field::new(field);
    let finding = findings.report(id, Some(place.clone()), message, t!("rule-nat-acl-help")).also(nat);
    let highest = rules.iter().map(|rule| rule.rule_number).max().unwrap_or(0);
    let denies = rules.iter().any(|rule| rule.rule_action == RuleAction::Deny);
    if denies || highest > 32000 {
        // Where a rule forbids it on purpose, the user has to decide.
        return;
    }
    let number = (highest / 10 + 1) * 10;
    let rule = AclRule {
        rule_number: number,
        protocol: Protocol::Tcp,
        cidr_block: block,
        from_port: Some(PortRange::EPHEMERAL.from),
        to_port: Some(PortRange::EPHEMERAL.to),
        ..AclRule::allow_all()
    };
    let mut to = acl.clone();
    if subnet.is_none() { &mut to.ingress } else { &mut to.egress }.push(rule);
    let label = t!("rule-acl-no-replies-fix", list = field, number = number);
    finding.fix(label, Command::Set { id: id.clone(), field: place, to: Box::new(to.into()) });
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{AclRule, NetworkAcl};

    fn edge(n: &mut Network, ingress: Vec<AclRule>, egress: Vec<AclRule>) {
        n.put("acl-edge", NetworkAcl { ingress, egress, ..NetworkAcl::new(id("vpc-main")) });
        n.subnet("subnet-public", |it| it.network_acl_id = Some(id("acl-edge")));
    }

    fn no_answers_in(n: &mut Network) {
        edge(
            n,
            vec![acl_tcp(100, "0.0.0.0/0", 22, 22), acl_tcp(110, "0.0.0.0/0", 32768, 65535)],
            vec![AclRule::allow_all()],
        );
    }

    fn no_answers_out(n: &mut Network) {
        edge(n, vec![AclRule::allow_all()], vec![acl_tcp(100, "0.0.0.0/0", 443, 443)]);
    }

    #[test]
    fn answers_do_not_reach_the_gateway_or_the_hosts_behind_it() {
        let message = "network ACL `acl-edge` does not let answers from the internet back to NAT gateway `nat-main` (TCP 1024-65535)";
        finds(&RULE, ("acl-edge", Some("ingress")), message, no_answers_in);
        let message = "network ACL `acl-edge` does not let NAT gateway `nat-main` answer the hosts of subnet `subnet-private` (TCP 32768-60999)";
        finds(&RULE, ("acl-edge", Some("egress")), message, no_answers_out);
    }

    #[test]
    fn two_rules_may_share_the_ports() {
        silent(&RULE, |n| {
            let ingress =
                vec![acl_tcp(100, "0.0.0.0/0", 1024, 40000), acl_tcp(110, "0.0.0.0/0", 40001, 65535)];
            edge(n, ingress, vec![acl_tcp(100, "10.0.0.0/16", 1024, 65535)]);
        });
        silent(&RULE, |n| edge(n, Vec::new(), Vec::new()));
    }

    #[test]
    fn the_fix_adds_the_rule() {
        fixes(&RULE, 1, no_answers_in);
        fixes(&RULE, 1, no_answers_out);
    }
}
