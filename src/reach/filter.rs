//! What security groups and network ACLs say to one packet.

use std::net::IpAddr;

use ipnet::IpNet;

use super::network::{Interface, Network};
use crate::{
    model::{
        AclRule, ResourceId, ResourceKind, RuleAction, SecurityGroup, SecurityGroupRule,
        SecurityGroupRulePeer,
    },
    net::{PortRange, PortSet, Protocol},
};

/// The header of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Packet {
    pub source: IpAddr,
    pub destination: IpAddr,
    pub protocol: Protocol,
    pub source_port: u16,
    pub destination_port: u16,
    pub icmp: (u8, u8),
}

impl Packet {
    /// The packet that answers this one: an echo reply to an echo request.
    pub fn reply(self) -> Self {
        let icmp = match (self.protocol, self.icmp) {
            (Protocol::Icmp, (8, 0)) => (0, 0),
            (Protocol::Icmpv6, (128, 0)) => (129, 0),
            (_, icmp) => icmp,
        };
        Self {
            source: self.destination,
            destination: self.source,
            source_port: self.destination_port,
            destination_port: self.source_port,
            icmp,
            ..self
        }
    }
}

/// In or out of an interface or a subnet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    In,
    Out,
}

/// What the groups of an interface say.
pub(super) enum GroupAnswer {
    /// The rule at this place of this group allows it.
    Allowed { group: ResourceId, at: usize },
    /// There are rules, none matches.
    NoMatch,
    /// There is no rule in this direction at all.
    NoRules,
}

/// The other side of a packet, as far as rules name it by something else than its address.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Peer<'a> {
    /// The interface, where it is seen under its private address: references by membership match
    /// private addresses only.
    pub interface: Option<&'a Interface>,
    /// The service, which rules may name by its prefix list.
    pub service: Option<&'a str>,
}

/// Asks all groups of an interface, as one set of allow rules.
pub(super) fn ask_groups(
    network: &Network<'_>,
    interface: &Interface,
    way: Way,
    packet: &Packet,
    peer: Peer<'_>,
) -> GroupAnswer {
    let other = if way == Way::In { packet.source } else { packet.destination };
    let mut has_rules = false;
    for id in &interface.groups {
        let Some(group) = network.kind(id).and_then(ResourceKind::as_security_group) else {
            continue;
        };
        for (at, rule) in rules_of(group, way).iter().enumerate() {
            has_rules = true;
            if matches_group_rule(network, rule, packet, other, peer) {
                return GroupAnswer::Allowed { group: id.clone(), at };
            }
        }
    }
    if has_rules { GroupAnswer::NoMatch } else { GroupAnswer::NoRules }
}

fn rules_of(group: &SecurityGroup, way: Way) -> &[SecurityGroupRule] {
    match way {
        Way::In => &group.ingress,
        Way::Out => &group.egress,
    }
}

fn matches_group_rule(
    network: &Network<'_>,
    rule: &SecurityGroupRule,
    packet: &Packet,
    other: IpAddr,
    peer: Peer<'_>,
) -> bool {
    rule.ip_protocol.covers(packet.protocol)
        && matches_peer(network, rule, other, peer)
        && group_ports_match(rule, packet)
}

fn matches_peer(network: &Network<'_>, rule: &SecurityGroupRule, other: IpAddr, peer: Peer<'_>) -> bool {
    match &rule.peer {
        SecurityGroupRulePeer::Ipv4(net) => IpNet::V4(*net).contains(&other),
        SecurityGroupRulePeer::Ipv6(net) => IpNet::V6(*net).contains(&other),
        SecurityGroupRulePeer::Group(id) => peer.interface.is_some_and(|peer| peer.groups.contains(id)),
        SecurityGroupRulePeer::PrefixList(name) => {
            let mut blocks = network.list_named(name).into_iter().flat_map(|id| network.list_entries(id));
            peer.service == Some(name) || blocks.any(|it| it.contains(&other))
        }
        SecurityGroupRulePeer::ManagedPrefixList(id) => {
            network.list_entries(id).any(|it| it.contains(&other))
        }
    }
}

fn group_ports_match(rule: &SecurityGroupRule, packet: &Packet) -> bool {
    if rule.ip_protocol == Protocol::All {
        return true;
    }
    let (from, to) = (rule.from_port.unwrap_or(-1), rule.to_port.unwrap_or(-1));
    if packet.protocol.is_icmp() {
        // For ICMP the fields hold type and code, -1 is any.
        let (kind, code) = packet.icmp;
        return (from == -1 || from == i32::from(kind)) && (to == -1 || to == i32::from(code));
    }
    !packet.protocol.has_ports() || (from..=to).contains(&i32::from(packet.destination_port))
}

/// What a network ACL says: the first rule that matches, or the final deny.
pub(super) struct AclAnswer {
    /// Whether the packet passes.
    pub allowed: bool,
    /// The number of the rule that decided; `None` is the final deny.
    pub rule_number: Option<u16>,
}

/// Asks one network ACL.
pub(super) fn ask_acl(rules: &[AclRule], way: Way, packet: &Packet) -> AclAnswer {
    let other = if way == Way::In { packet.source } else { packet.destination };
    let matching = rules.iter().filter(|rule| matches_acl_rule(rule, packet, other));
    match matching.min_by_key(|rule| rule.rule_number) {
        Some(rule) => {
            AclAnswer { allowed: rule.rule_action == RuleAction::Allow, rule_number: Some(rule.rule_number) }
        }
        None => AclAnswer { allowed: false, rule_number: None },
    }
}

fn matches_acl_address(rule: &AclRule, packet: &Packet, other: IpAddr) -> bool {
    rule.cidr_block.contains(&other) && rule.protocol.covers(packet.protocol)
}

fn matches_acl_rule(rule: &AclRule, packet: &Packet, other: IpAddr) -> bool {
    if !matches_acl_address(rule, packet, other) {
        return false;
    }
    if rule.protocol == Protocol::All {
        return true;
    }
    if packet.protocol.is_icmp() {
        let any_or = |wanted: Option<i16>, is: u8| wanted.is_none_or(|it| it == -1 || it == i16::from(is));
        return any_or(rule.icmp_type, packet.icmp.0) && any_or(rule.icmp_code, packet.icmp.1);
    }
    // For any protocol but TCP and UDP the ports of a rule are ignored (CreateNetworkAclEntry).
    !packet.protocol.has_ports()
        || (rule.from_port.unwrap_or(0)..=rule.to_port.unwrap_or(u16::MAX)).contains(&packet.destination_port)
}

/// All ports at which the groups of an interface let such a packet pass.
pub(super) fn ports_of_groups(
    network: &Network<'_>,
    interface: &Interface,
    way: Way,
    packet: &Packet,
    peer: Peer<'_>,
    within: &PortSet,
) -> PortSet {
    let other = if way == Way::In { packet.source } else { packet.destination };
    let groups =
        interface.groups.iter().filter_map(|id| network.kind(id).and_then(ResourceKind::as_security_group));
    let mut open = PortSet::none();
    for rule in groups.flat_map(|group| rules_of(group, way)) {
        if !rule.ip_protocol.covers(packet.protocol) || !matches_peer(network, rule, other, peer) {
            continue;
        }
        if !packet.protocol.has_ports() || rule.ip_protocol == Protocol::All {
            if group_ports_match(rule, packet) {
                return within.clone();
            }
            continue;
        }
        let end = |port: Option<i32>| u16::try_from(port.unwrap_or(-1)).ok();
        if let (Some(from), Some(to)) = (end(rule.from_port), end(rule.to_port))
            && let Some(range) = PortRange::new(from, to)
        {
            open.add(&within.within(range));
        }
    }
    open
}

/// All ports at which a network ACL lets such a packet pass.
pub(super) fn ports_of_acl(rules: &[AclRule], way: Way, packet: &Packet, within: &PortSet) -> PortSet {
    let other = if way == Way::In { packet.source } else { packet.destination };
    let mut in_order: Vec<&AclRule> =
        rules.iter().filter(|it| matches_acl_address(it, packet, other)).collect();
    in_order.sort_by_key(|it| it.rule_number);
    let (mut open, mut left) = (PortSet::none(), within.clone());
    for rule in in_order {
        let range = if !packet.protocol.has_ports() || rule.protocol == Protocol::All {
            if !matches_acl_rule(rule, packet, other) {
                continue;
            }
            PortRange::ALL
        } else {
            let (from, to) = (rule.from_port.unwrap_or(0), rule.to_port.unwrap_or(u16::MAX));
            let Some(range) = PortRange::new(from, to) else { continue };
            range
        };
        if rule.rule_action == RuleAction::Allow {
            open.add(&left.within(range));
        }
        left.remove(range);
        if left.is_empty() {
            break;
        }
    }
    open
}
