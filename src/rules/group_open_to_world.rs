//! Administration and data ports that the whole internet may try.

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, SecurityGroupRule, SecurityGroupRulePeer},
    net::Protocol,
    problem::Severity,
    t,
};

/// The rule. Web ports are meant to be open; these are not.
pub const RULE: Rule = Rule {
    code: "group-open-to-world",
    severity: Severity::Warning,
    summary: || t!("rule-group-open-to-world-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    rows: &["SG1", "L5"],
    check,
};

/// TCP ports with what answers there.
const PORTS: &[(i32, &str)] = &[
    (22, "SSH"),
    (23, "Telnet"),
    (445, "SMB"),
    (1433, "SQL Server"),
    (1521, "Oracle"),
    (2049, "NFS"),
    (3306, "MySQL"),
    (3389, "RDP"),
    (5432, "PostgreSQL"),
    (5900, "VNC"),
    (6379, "Redis"),
    (9200, "Elasticsearch"),
    (11211, "memcached"),
    (27017, "MongoDB"),
];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, group) in context.security_groups() {
        for (at, rule) in group.ingress.iter().enumerate() {
            if !is_world(&rule.peer) {
                continue;
            }
            let Some(what) = exposed(rule) else {
                continue;
            };
            let peer = rule.peer.to_string();
            let (name, field) = (context.label(id), Some(Field::item("ingress", at, "")));
            let message = match what {
                Exposed::Everything => t!("rule-group-open-to-world-all", name = name, peer = peer),
                Exposed::Port(port, service) => {
                    let port = port.to_string();
                    t!("rule-group-open-to-world", name = name, peer = peer, port = port, service = service)
                }
            };
            findings.report(id, field, message, t!("rule-group-open-to-world-help"));
        }
    }
}

/// Whether a rule's other side is everybody.
pub(super) fn is_world(peer: &SecurityGroupRulePeer) -> bool {
    match peer {
        SecurityGroupRulePeer::Ipv4(net) => net.prefix_len() == 0,
        SecurityGroupRulePeer::Ipv6(net) => net.prefix_len() == 0,
        SecurityGroupRulePeer::Group(_)
        | SecurityGroupRulePeer::PrefixList(_)
        | SecurityGroupRulePeer::ManagedPrefixList(_) => false,
    }
}

enum Exposed {
    Everything,
    Port(i32, &'static str),
}

fn exposed(rule: &SecurityGroupRule) -> Option<Exposed> {
    if rule.ip_protocol == Protocol::All {
        return Some(Exposed::Everything);
    }
    let (from, to) = (rule.from_port?, rule.to_port?);
    if !rule.ip_protocol.has_ports() {
        return None;
    }
    if from <= 1 && to >= 65535 {
        return Some(Exposed::Everything);
    }
    if rule.ip_protocol != Protocol::Tcp {
        return None;
    }
    let (port, service) = PORTS.iter().find(|(port, _)| (from..=to).contains(port))?;
    Some(Exposed::Port(*port, service))
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::{
        model::{SecurityGroupRule, SecurityGroupRulePeer},
        net::Protocol,
    };

    fn admit(n: &mut Network, from: i32, to: i32, peer: SecurityGroupRulePeer) {
        let rule =
            SecurityGroupRule { from_port: Some(from), to_port: Some(to), ..SecurityGroupRule::tcp(0, peer) };
        n.group("sg-bastion", |it| it.ingress = vec![rule]);
    }

    fn everyone() -> SecurityGroupRulePeer {
        SecurityGroupRulePeer::Ipv4(net("0.0.0.0/0"))
    }

    #[test]
    fn ssh_for_everybody() {
        let message = "security group `sg-bastion` admits TCP 22 (SSH) from 0.0.0.0/0";
        finds(&RULE, ("sg-bastion", Some("ingress[0]")), message, |n| admit(n, 20, 25, everyone()));
    }

    #[test]
    fn everything_for_everybody_of_either_family() {
        let message = "security group `sg-bastion` admits all ports from ::/0";
        let everyone_else = SecurityGroupRulePeer::Ipv6("::/0".parse().unwrap());
        finds(&RULE, ("sg-bastion", Some("ingress[0]")), message, |n| {
            n.group("sg-bastion", |it| it.ingress = vec![SecurityGroupRule::all_traffic(everyone_else)]);
        });
        one(&RULE, |n| admit(n, 0, 65535, everyone()));
    }

    #[test]
    fn web_ports_ping_and_ssh_from_one_block_are_fine() {
        silent(&RULE, |n| admit(n, 443, 443, everyone()));
        silent(&RULE, |n| admit(n, 22, 22, SecurityGroupRulePeer::Ipv4(net("203.0.113.0/24"))));
        silent(&RULE, |n| {
            admit(n, -1, -1, everyone());
            n.group("sg-bastion", |it| it.ingress[0].ip_protocol = Protocol::Icmp);
        });
    }
}
