//! Network ACLs.

use ipnet::IpNet;

use super::{context::Import, node::Node};
use crate::{
    model::{AclRule, Kind, NetworkAcl, RuleAction},
    net::Protocol,
};

/// The numbers from here on are the final deny of either family, which no file lists.
const FINAL: u32 = 32_767;

/// `NetworkAcls`.
pub(super) fn read(import: &mut Import<'_>) {
    for (node, _) in import.all("NetworkAcls") {
        let (Some(id), Some(vpc)) = (node.id("NetworkAclId"), node.id("VpcId")) else {
            import.incomplete(&node, "VpcId");
            continue;
        };
        let mut acl = NetworkAcl::new(vpc);
        acl.is_default = node.flag("IsDefault").unwrap_or(false);
        for entry in node.list("Entries") {
            if entry.parse::<u32>("RuleNumber", "a number").is_some_and(|number| number >= FINAL) {
                continue;
            }
            let Some(rule) = rule(&entry) else {
                import.leave_out(&entry, crate::t!("import-rule"));
                continue;
            };
            let rules =
                if entry.flag("Egress").unwrap_or(false) { &mut acl.egress } else { &mut acl.ingress };
            rules.push(rule);
        }
        acl.ingress.sort_by_key(|rule| rule.rule_number);
        acl.egress.sort_by_key(|rule| rule.rule_number);
        let is_default = acl.is_default;
        import.add(id.clone(), &node, acl);
        for association in node.list("Associations").iter().filter(|_| !is_default) {
            let Some(subnet) = association.id("SubnetId") else { continue };
            match import.resources.get_mut(&subnet).and_then(|it| it.kind.as_subnet_mut()) {
                Some(subnet) => subnet.network_acl_id = Some(id.clone()),
                None => missing_subnet(import, association, subnet.as_str()),
            }
        }
    }
}

/// Writes down that an association names a subnet that is not in the files.
pub(super) fn missing_subnet(import: &mut Import<'_>, node: &Node<'_>, subnet: &str) {
    let place = format!("{}: {}", node.file, node.path);
    let kind = crate::words::text(&format!("kind-{}", Kind::Subnet.as_str()), &[]);
    import.report.dangle(place, crate::t!("import-dangling-one", to = subnet, what = kind));
}

fn rule(entry: &Node<'_>) -> Option<AclRule> {
    let cidr_block: IpNet =
        entry.parse("CidrBlock", "a CIDR block").or_else(|| entry.parse("Ipv6CidrBlock", "a CIDR block"))?;
    let protocol: Protocol = entry.parse("Protocol", "a protocol")?;
    let rule_action = match entry.word("RuleAction")?.as_str() {
        "allow" => RuleAction::Allow,
        _ => RuleAction::Deny,
    };
    let mut rule = AclRule {
        rule_number: entry.parse("RuleNumber", "a number")?,
        protocol,
        rule_action,
        cidr_block: cidr_block.trunc(),
        ..AclRule::allow_all()
    };
    if protocol.has_ports() {
        let range = entry.get("PortRange");
        let port = |name: &str| range.as_ref().and_then(|it| it.parse(name, "a port"));
        rule.from_port = Some(port("From").unwrap_or(0));
        rule.to_port = Some(port("To").unwrap_or(u16::MAX));
    }
    if protocol.is_icmp() {
        let pair = entry.get("IcmpTypeCode");
        let number = |name: &str| pair.as_ref().and_then(|it| it.parse(name, "a number"));
        rule.icmp_type = Some(number("Type").unwrap_or(-1));
        rule.icmp_code = Some(number("Code").unwrap_or(-1));
    }
    Some(rule)
}
