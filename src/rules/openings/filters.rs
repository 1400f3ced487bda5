//! Rules of security groups and network ACLs that would let a flow pass.

use std::collections::BTreeSet;

use ipnet::IpNet;

use super::{
    Choices, Edit,
    site::{Site, everywhere},
};
use crate::{
    edit::Command,
    model::{
        AclRule, Field, NetworkAcl, ResourceId, ResourceKind, RuleAction, SecurityGroup, SecurityGroupRule,
        SecurityGroupRulePeer, routing,
    },
    net::{PortRange, Protocol},
    t,
};

/// The highest number that a rule of a network ACL may have.
const LAST_NUMBER: u16 = 32766;

/// A rule in a group of the interface that refused: by the other side's group where that is seen, else
/// by the narrowest block.
pub(super) fn group_rules(site: &Site<'_>) -> Choices {
    let mut choices = Vec::new();
    let Some(owner) = &site.blocker.resource else { return choices };
    let ingress = site.what.ends_with("ingress");
    let groups: BTreeSet<&ResourceId> = site
        .network
        .of_owner(owner)
        .filter(|it| it.guarded)
        .filter_map(|it| chosen(site, &it.groups))
        .collect();
    for id in groups {
        let Some(group) = site.kind(id).and_then(ResourceKind::as_security_group) else { continue };
        for peer in peers(site) {
            for ports in ports(site, ingress) {
                let rule = group_rule(site, ports, peer.clone());
                choices.push(vec![add_rule(site, id, group, ingress, rule)]);
            }
        }
    }
    choices
}

/// The group to be changed: one of the user's own rather than the VPC's default one.
fn chosen<'a>(site: &Site<'_>, groups: &'a [ResourceId]) -> Option<&'a ResourceId> {
    let own = |id: &&ResourceId| {
        site.kind(id).and_then(ResourceKind::as_security_group).is_some_and(|it| !it.is_default)
    };
    groups.iter().find(own).or_else(|| groups.first())
}

/// Who is let through, the narrowest first.
fn peers(site: &Site<'_>) -> Vec<SecurityGroupRulePeer> {
    let side = site.other_side();
    let mut peers = Vec::new();
    let guarded = side.interfaces.iter().filter(|it| it.guarded);
    peers.extend(
        guarded.filter_map(|it| chosen(site, &it.groups)).map(|id| SecurityGroupRulePeer::Group(id.clone())),
    );
    if let Some(endpoint) =
        side.service.and_then(|id| site.kind(id)).and_then(ResourceKind::as_gateway_endpoint)
    {
        peers.push(SecurityGroupRulePeer::PrefixList(endpoint.service_name.clone()));
    }
    peers.extend(blocks(site, true).into_iter().map(|block| match block {
        IpNet::V4(net) => SecurityGroupRulePeer::Ipv4(net),
        IpNet::V6(net) => SecurityGroupRulePeer::Ipv6(net),
    }));
    peers
}

/// The blocks of the other side: its own, those of what translates between, everything.
fn blocks(site: &Site<'_>, own: bool) -> Vec<IpNet> {
    let side = site.other_side();
    let of = |it: &crate::reach::Interface| if own { site.own_blocks(it) } else { site.subnet_blocks(it) };
    let mut blocks: Vec<IpNet> = side.interfaces.iter().flat_map(|it| of(it)).collect();
    blocks.extend(side.outside.map(IpNet::from));
    if !side.internet {
        blocks.extend(site.between().into_iter().flat_map(of));
    }
    // A public address that AWS will choose can be named by everything only.
    blocks.extend(everywhere());
    let mut seen = BTreeSet::new();
    blocks.retain(|block| seen.insert(*block));
    blocks
}

/// The ports that the blocked packet may go to.
fn ports(site: &Site<'_>, group: bool) -> Vec<PortRange> {
    if site.is_reply() {
        return vec![site.reply_ports()];
    }
    let ports = site.ports().into_iter().map(PortRange::single);
    if group || site.flow.protocol.has_ports() { ports.collect() } else { vec![PortRange::ALL] }
}

fn group_rule(site: &Site<'_>, ports: PortRange, peer: SecurityGroupRulePeer) -> SecurityGroupRule {
    let protocol = site.flow.protocol;
    let (from_port, to_port) = match protocol {
        Protocol::Tcp | Protocol::Udp => (Some(i32::from(ports.from)), Some(i32::from(ports.to))),
        Protocol::Icmp | Protocol::Icmpv6 => (Some(i32::from(site.flow.icmp.0)), Some(-1)),
        _ => (None, None),
    };
    SecurityGroupRule { ip_protocol: protocol, from_port, to_port, peer, description: String::new() }
}

fn add_rule(
    site: &Site<'_>,
    id: &ResourceId,
    group: &SecurityGroup,
    ingress: bool,
    rule: SecurityGroupRule,
) -> Edit {
    let peer = match &rule.peer {
        SecurityGroupRulePeer::Group(id) => t!("rule-open-members", group = site.label(id)),
        other => other.to_string(),
    };
    let what = traffic(rule.ip_protocol, rule.from_port, rule.to_port);
    let name = site.label(id);
    let mut to = group.clone();
    let (field, label) = if ingress {
        to.ingress.push(rule);
        ("ingress", t!("rule-open-group-in", group = name, what = what, peer = peer))
    } else {
        to.egress.push(rule);
        ("egress", t!("rule-open-group-out", group = name, what = what, peer = peer))
    };
    let to = Box::new(ResourceKind::SecurityGroup(to));
    Edit { label, command: Command::Set { id: id.clone(), field: Field::new(field), to } }
}

/// `tcp 22`, `icmp`, `all protocols`.
fn traffic(protocol: Protocol, from: Option<i32>, to: Option<i32>) -> String {
    match (protocol, from, to) {
        (Protocol::All, ..) => t!("rule-open-everything"),
        (Protocol::Tcp | Protocol::Udp, Some(from), Some(to)) if from == to => format!("{protocol} {from}"),
        (Protocol::Tcp | Protocol::Udp, Some(from), Some(to)) => format!("{protocol} {from}-{to}"),
        _ => protocol.to_string(),
    }
}

/// An entry in the network ACL of the subnet that refused, before the rule that denies.
pub(super) fn acl_rules(site: &Site<'_>) -> Choices {
    let mut choices = Vec::new();
    let Some(subnet) = &site.blocker.resource else { return choices };
    let found = routing::effective_network_acl(&site.document.topology, site.index, subnet);
    let Some((id, _)) = found else { return choices };
    let Some(acl) = site.kind(id).and_then(ResourceKind::as_network_acl) else { return choices };
    let ingress = site.what.ends_with("ingress");
    for cidr_block in blocks(site, false) {
        for ports in ports(site, false) {
            let rule = acl_rule(site, ports, cidr_block);
            choices.extend(add_entry(site, id, acl, ingress, rule).map(|edit| vec![edit]));
        }
    }
    choices
}

fn acl_rule(site: &Site<'_>, ports: PortRange, cidr_block: IpNet) -> AclRule {
    let protocol = site.flow.protocol;
    let with_ports = protocol.has_ports();
    let echo = site.flow.icmp == (8, 0);
    let icmp_type = if site.is_reply() && echo { 0 } else { i16::from(site.flow.icmp.0) };
    AclRule {
        rule_number: 0,
        protocol,
        rule_action: RuleAction::Allow,
        cidr_block,
        from_port: with_ports.then_some(ports.from),
        to_port: with_ports.then_some(ports.to),
        icmp_type: protocol.is_icmp().then_some(icmp_type),
        icmp_code: protocol.is_icmp().then_some(-1),
    }
}

fn add_entry(
    site: &Site<'_>,
    id: &ResourceId,
    acl: &NetworkAcl,
    ingress: bool,
    mut rule: AclRule,
) -> Option<Edit> {
    let rules = if ingress { &acl.ingress } else { &acl.egress };
    rule.rule_number = free_number(rules, &rule)?;
    let (acl_name, block, number) = (site.label(id), rule.cidr_block.to_string(), rule.rule_number);
    let what = traffic(rule.protocol, rule.from_port.map(i32::from), rule.to_port.map(i32::from));
    let mut to = acl.clone();
    let (field, label) = if ingress {
        to.ingress.push(rule);
        to.ingress.sort_by_key(|it| it.rule_number);
        ("ingress", t!("rule-open-acl-in", acl = acl_name, what = what, block = block, number = number))
    } else {
        to.egress.push(rule);
        to.egress.sort_by_key(|it| it.rule_number);
        ("egress", t!("rule-open-acl-out", acl = acl_name, what = what, block = block, number = number))
    };
    let to = Box::new(ResourceKind::NetworkAcl(to));
    Some(Edit { label, command: Command::Set { id: id.clone(), field: Field::new(field), to } })
}

/// A free number before every rule that denies some of the same packets; the next round one behind all
/// rules where there is none.
pub(super) fn free_number(rules: &[AclRule], new: &AclRule) -> Option<u16> {
    let used: BTreeSet<u16> = rules.iter().map(|it| it.rule_number).collect();
    let denies = rules.iter().filter(|it| it.rule_action == RuleAction::Deny && overlaps(it, new));
    let Some(limit) = denies.map(|it| it.rule_number).min() else {
        let last = used.iter().next_back().copied().unwrap_or(0);
        let round = last.checked_div(100).unwrap_or(0).saturating_add(1).saturating_mul(100).min(LAST_NUMBER);
        return (1..=round).rev().find(|number| !used.contains(number));
    };
    let free = |step: u16| {
        (1..limit).rev().find(|number| number.checked_rem(step) == Some(0) && !used.contains(number))
    };
    free(100).or_else(|| free(10)).or_else(|| free(1))
}

fn overlaps(a: &AclRule, b: &AclRule) -> bool {
    let blocks = a.cidr_block.contains(&b.cidr_block) || b.cidr_block.contains(&a.cidr_block);
    let protocols = a.protocol.covers(b.protocol) || b.protocol.covers(a.protocol);
    let ports = a.protocol != b.protocol
        || !a.protocol.has_ports()
        || (a.from_port.unwrap_or(0) <= b.to_port.unwrap_or(u16::MAX)
            && b.from_port.unwrap_or(0) <= a.to_port.unwrap_or(u16::MAX));
    blocks && protocols && ports
}
