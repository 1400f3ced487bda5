//! Rules for TCP and UDP say which ports, in the right order.

use super::{Context, Findings, Rule};
use crate::{model::Field, net::Protocol, problem::Severity, t};

/// The rule.
pub const RULE: Rule = Rule {
    code: "rule-ports",
    severity: Severity::Error,
    summary: || t!("rule-rule-ports-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html",
    rows: &["SG9", "A8", "L7"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, group) in context.security_groups() {
        for (list, rules) in [("ingress", &group.ingress), ("egress", &group.egress)] {
            for (at, rule) in rules.iter().enumerate() {
                if let Some(fault) = fault(rule.ip_protocol, rule.from_port, rule.to_port) {
                    report(context, findings, id, &Field::item(list, at, "from_port"), fault);
                }
            }
        }
    }
    for (id, acl) in context.network_acls() {
        for (list, rules) in [("ingress", &acl.ingress), ("egress", &acl.egress)] {
            for (at, rule) in rules.iter().enumerate() {
                let icmp = rule.protocol.is_icmp();
                let (from, to) = if icmp {
                    (rule.icmp_type.map(i32::from), rule.icmp_code.map(i32::from))
                } else {
                    (rule.from_port.map(i32::from), rule.to_port.map(i32::from))
                };
                let name = if icmp { "icmp_type" } else { "from_port" };
                if let Some(fault) = fault(rule.protocol, from, to) {
                    report(context, findings, id, &Field::item(list, at, name), fault);
                }
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Fault {
    Missing,
    Order,
    Range,
    Icmp,
}

fn fault(protocol: Protocol, from: Option<i32>, to: Option<i32>) -> Option<Fault> {
    match (from, to) {
        _ if protocol.is_icmp() => {
            let legal = |value: Option<i32>| value.is_some_and(|value| (-1..=255).contains(&value));
            (!legal(from) || !legal(to)).then_some(Fault::Icmp)
        }
        _ if !protocol.has_ports() => None,
        (Some(from), Some(to)) if !(0..=65535).contains(&from) || !(0..=65535).contains(&to) => {
            Some(Fault::Range)
        }
        (Some(from), Some(to)) => (from > to).then_some(Fault::Order),
        _ => Some(Fault::Missing),
    }
}

fn report(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    id: &crate::model::ResourceId,
    field: &Field,
    fault: Fault,
) {
    let (name, place) = (context.label(id), field.as_str());
    let (message, help) = match fault {
        Fault::Missing => {
            (t!("rule-rule-ports-missing", name = name, place = place), t!("rule-rule-ports-missing-help"))
        }
        Fault::Order => {
            (t!("rule-rule-ports-order", name = name, place = place), t!("rule-rule-ports-order-help"))
        }
        Fault::Range => {
            (t!("rule-rule-ports-range", name = name, place = place), t!("rule-rule-ports-range-help"))
        }
        Fault::Icmp => {
            (t!("rule-rule-ports-icmp", name = name, place = place), t!("rule-rule-ports-icmp-help"))
        }
    };
    findings.report(id, Some(field.clone()), message, help);
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::{
        model::{AclRule, SecurityGroupRule, SecurityGroupRulePeer},
        net::Protocol,
    };

    fn rule(n: &mut Network, protocol: Protocol, from: Option<i32>, to: Option<i32>) {
        let mut rule = SecurityGroupRule::tcp(22, SecurityGroupRulePeer::Ipv4(net("10.0.0.0/16")));
        (rule.ip_protocol, rule.from_port, rule.to_port) = (protocol, from, to);
        n.group("sg-private", |it| it.ingress = vec![rule]);
    }

    #[test]
    fn missing_swapped_too_large_and_icmp_without_a_type() {
        let place = ("sg-private", Some("ingress[0].from_port"));
        let message = "the rule at `ingress[0].from_port` of `sg-private` names no ports";
        finds(&RULE, place, message, |n| rule(n, Protocol::Tcp, None, None));
        let message = "the ports at `ingress[0].from_port` of `sg-private` are the wrong way round";
        finds(&RULE, place, message, |n| rule(n, Protocol::Udp, Some(90), Some(80)));
        let message = "a port at `ingress[0].from_port` of `sg-private` is not between 0 and 65535";
        finds(&RULE, place, message, |n| rule(n, Protocol::Tcp, Some(0), Some(70000)));
        let message =
            "the ICMP rule at `ingress[0].icmp_type` of `acl-default` needs a type and a code, -1 for all";
        finds(&RULE, ("acl-default", Some("ingress[0].icmp_type")), message, |n| {
            n.acl("acl-default", |it| {
                it.ingress = vec![AclRule { protocol: Protocol::Icmp, ..AclRule::allow_all() }]
            });
        });
    }

    #[test]
    fn all_protocols_need_no_ports() {
        silent(&RULE, |n| rule(n, Protocol::All, None, None));
        silent(&RULE, |n| rule(n, Protocol::Icmp, Some(-1), Some(-1)));
    }
}
