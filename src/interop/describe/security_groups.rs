//! Security groups.

use super::{context::Import, node::Node};
use crate::{
    model::{Kind, SecurityGroup, SecurityGroupRule, SecurityGroupRulePeer},
    net::Protocol,
    t,
};

/// `SecurityGroups`.
pub(super) fn read(import: &mut Import<'_>) {
    for (node, _) in import.all("SecurityGroups") {
        let (Some(id), Some(vpc)) = (node.id("GroupId"), node.id("VpcId")) else {
            import.incomplete(&node, "VpcId");
            continue;
        };
        let group_name = node.word("GroupName").unwrap_or_else(|| id.as_str().to_owned());
        let group = SecurityGroup {
            vpc_id: vpc,
            is_default: group_name == "default",
            description: node.text("Description").unwrap_or_default(),
            ingress: rules(import, &node, "IpPermissions"),
            egress: rules(import, &node, "IpPermissionsEgress"),
            group_name: group_name.clone(),
        };
        import.add(id.clone(), &node, group);
        let made = import.resources.get_mut(&id).filter(|it| it.kind.kind() == Kind::SecurityGroup);
        if let Some(resource) = made.filter(|it| it.name.is_empty()) {
            resource.name = group_name;
        }
    }
}

fn rules(import: &mut Import<'_>, node: &Node<'_>, field: &str) -> Vec<SecurityGroupRule> {
    let mut rules = Vec::new();
    for permission in node.list(field) {
        let Some(protocol) = permission.parse::<Protocol>("IpProtocol", "a protocol") else {
            import.leave_out(&permission, t!("import-rule"));
            continue;
        };
        let (from_port, to_port) = ports(protocol, &permission);
        for (peer, description) in peers(import, &permission) {
            rules.push(SecurityGroupRule { ip_protocol: protocol, from_port, to_port, peer, description });
        }
    }
    rules
}

/// First and last port; type and code of ICMP; nothing where the protocol has neither.
fn ports(protocol: Protocol, permission: &Node<'_>) -> (Option<i32>, Option<i32>) {
    let number = |name: &str| permission.parse(name, "a number");
    match protocol {
        _ if protocol.has_ports() => {
            let (from, to) = (number("FromPort").unwrap_or(0), number("ToPort").unwrap_or(65_535));
            // -1 for all ports is how some tools write them.
            if from < 0 { (Some(0), Some(65_535)) } else { (Some(from), Some(to)) }
        }
        _ if protocol.is_icmp() => {
            (Some(number("FromPort").unwrap_or(-1)), Some(number("ToPort").unwrap_or(-1)))
        }
        _ => (None, None),
    }
}

fn peers(import: &Import<'_>, permission: &Node<'_>) -> Vec<(SecurityGroupRulePeer, String)> {
    let mut peers = Vec::new();
    let mut add = |node: &Node<'_>, peer: Option<SecurityGroupRulePeer>| {
        peers.extend(peer.map(|peer| (peer, node.text("Description").unwrap_or_default())));
    };
    for range in permission.list("IpRanges") {
        let block = range.parse::<ipnet::Ipv4Net>("CidrIp", "a CIDR block");
        add(&range, block.map(|block| SecurityGroupRulePeer::Ipv4(block.trunc())));
    }
    for range in permission.list("Ipv6Ranges") {
        let block = range.parse::<ipnet::Ipv6Net>("CidrIpv6", "a CIDR block");
        add(&range, block.map(|block| SecurityGroupRulePeer::Ipv6(block.trunc())));
    }
    for list in permission.list("PrefixListIds") {
        let peer = list.id("PrefixListId").map(|id| {
            if import.has(&id, Kind::ManagedPrefixList) {
                SecurityGroupRulePeer::ManagedPrefixList(id)
            } else {
                SecurityGroupRulePeer::PrefixList(id.as_str().to_owned())
            }
        });
        add(&list, peer);
    }
    for pair in permission.list("UserIdGroupPairs") {
        add(&pair, pair.id("GroupId").map(SecurityGroupRulePeer::Group));
    }
    peers
}
