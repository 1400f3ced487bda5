//! Ports that AWS does not look at.

use super::{Context, Findings, Rule};
use crate::{edit::Command, model::Field, net::Protocol, problem::Severity, t};

/// The rule. A rule for all protocols with a port looks narrow and lets everything through.
pub const RULE: Rule = Rule {
    code: "rule-ports-ignored",
    severity: Severity::Warning,
    summary: || t!("rule-rule-ports-ignored-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html",
    rows: &["SG9", "A8"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, group) in context.security_groups() {
        for (inbound, rules) in [(true, &group.ingress), (false, &group.egress)] {
            for (at, rule) in rules.iter().enumerate() {
                let ports =
                    rule.from_port.filter(|port| *port >= 0).or(rule.to_port.filter(|port| *port >= 0));
                let Some(port) = ports.filter(|_| ignores_ports(rule.ip_protocol)) else {
                    continue;
                };
                let place = place(inbound, at);
                let message = say(context.label(id), &place, rule.ip_protocol, port);
                let mut to = group.clone();
                if let Some(rule) = if inbound { &mut to.ingress } else { &mut to.egress }.get_mut(at) {
                    (rule.from_port, rule.to_port) = (None, None);
                }
                let command = Command::Set { id: id.clone(), field: place.clone(), to: Box::new(to.into()) };
                findings
                    .report(id, Some(place), message, t!("rule-rule-ports-ignored-help"))
                    .fix(t!("rule-rule-ports-ignored-fix"), command);
            }
        }
    }
    for (id, acl) in context.network_acls() {
        for (inbound, rules) in [(true, &acl.ingress), (false, &acl.egress)] {
            for (at, rule) in rules.iter().enumerate() {
                let Some(port) = rule.from_port.or(rule.to_port).filter(|_| ignores_ports(rule.protocol))
                else {
                    continue;
                };
                let place = place(inbound, at);
                let message = say(context.label(id), &place, rule.protocol, i32::from(port));
                let mut to = acl.clone();
                if let Some(rule) = if inbound { &mut to.ingress } else { &mut to.egress }.get_mut(at) {
                    (rule.from_port, rule.to_port) = (None, None);
                }
                let command = Command::Set { id: id.clone(), field: place.clone(), to: Box::new(to.into()) };
                findings
                    .report(id, Some(place), message, t!("rule-rule-ports-ignored-help"))
                    .fix(t!("rule-rule-ports-ignored-fix"), command);
            }
        }
    }
}

fn ignores_ports(protocol: Protocol) -> bool {
    matches!(protocol, Protocol::All | Protocol::Number(_))
}

fn place(inbound: bool, at: usize) -> Field {
    Field::item(if inbound { "ingress" } else { "egress" }, at, "from_port")
}

fn say(name: String, place: &Field, protocol: Protocol, port: i32) -> String {
    t!("rule-rule-ports-ignored", name = name, place = place, protocol = protocol, port = port.to_string())
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::{model::AclRule, net::Protocol};

    fn group(n: &mut Network, protocol: Protocol) {
        n.group("sg-private", |it| it.ingress.iter_mut().for_each(|rule| rule.ip_protocol = protocol));
    }

    fn acl(n: &mut Network) {
        let rule = AclRule { from_port: Some(443), to_port: Some(443), ..AclRule::allow_all() };
        n.acl("acl-default", |it| it.ingress = vec![rule]);
    }

    #[test]
    fn all_protocols_with_a_port() {
        let message = "the rule at `ingress[0].from_port` of `sg-private` is for protocol -1, so port 22 is ignored and all ports match";
        finds(&RULE, ("sg-private", Some("ingress[0].from_port")), message, |n| group(n, Protocol::All));
        let message = "the rule at `ingress[0].from_port` of `acl-default` is for protocol -1, so port 443 is ignored and all ports match";
        finds(&RULE, ("acl-default", Some("ingress[0].from_port")), message, acl);
    }

    #[test]
    fn udp_has_ports() {
        silent(&RULE, |n| group(n, Protocol::Udp));
    }

    #[test]
    fn the_fix_clears_the_ports() {
        fixes(&RULE, 1, |n| group(n, Protocol::Number(50)));
        fixes(&RULE, 1, acl);
    }
}
