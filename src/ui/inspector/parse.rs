//! From typed texts to values, with one sentence where that fails.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::{
    model::{AclRule, RouteDestination, SecurityGroupRule, SecurityGroupRulePeer},
    net::{Protocol, cidr},
    t,
};

/// An IPv4 block; host bits are cleared as EC2 does.
pub fn ipv4_block(text: &str) -> Result<Ipv4Net, String> {
    cidr::parse_ipv4(text).map_err(|_| t!("panel-parse-ipv4-block", text = text))
}

/// A block of either family.
pub fn block(text: &str) -> Result<IpNet, String> {
    cidr::parse(text).map_err(|_| t!("panel-parse-block", text = text))
}

/// An IPv4 address, or nothing.
pub fn optional_address(text: &str) -> Result<Option<Ipv4Addr>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| t!("panel-parse-address", text = text))
}

/// An IPv4 address.
pub fn address(text: &str) -> Result<Ipv4Addr, String> {
    text.parse().map_err(|_| t!("panel-parse-address", text = text))
}

/// An IPv6 address.
pub fn ipv6_address(text: &str) -> Result<Ipv6Addr, String> {
    text.parse().map_err(|_| t!("panel-parse-ipv6-address", text = text))
}

/// An address of either family.
pub fn any_address(text: &str) -> Result<IpAddr, String> {
    text.parse().map_err(|_| t!("panel-parse-any-address", text = text))
}

/// An IPv6 block; host bits are cleared as EC2 does.
pub fn ipv6_block(text: &str) -> Result<Ipv6Net, String> {
    match cidr::parse(text) {
        Ok(IpNet::V6(net)) => Ok(net),
        _ => Err(t!("panel-parse-ipv6-block", text = text)),
    }
}

/// A whole number.
pub fn number(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| t!("panel-parse-number", text = text))
}

/// A port.
pub fn port(text: &str) -> Result<u16, String> {
    match text.parse() {
        Ok(port @ 1..) => Ok(port),
        _ => Err(t!("panel-parse-single-port", text = text)),
    }
}

/// A text that must not be empty.
pub fn filled(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() { Err(t!("panel-parse-empty")) } else { Ok(text.to_owned()) }
}

/// A text, or nothing.
pub fn optional(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.trim().is_empty())
}

/// The names of lanes, separated by commas or spaces.
pub fn zones(text: &str) -> Vec<String> {
    let mut zones: Vec<String> = Vec::new();
    for zone in text.split([',', ' ']).map(str::trim).filter(|zone| !zone.is_empty()) {
        if !zones.iter().any(|other| other == zone) {
            zones.push(zone.to_owned());
        }
    }
    zones
}

/// The destination of a route: a block, or a prefix list by its id or name.
pub fn destination(text: &str) -> Result<RouteDestination, String> {
    let text = text.trim();
    if is_prefix_list(text) {
        return Ok(RouteDestination::PrefixList(text.to_owned()));
    }
    match cidr::parse(text) {
        Ok(IpNet::V4(net)) => Ok(RouteDestination::Ipv4(net)),
        Ok(IpNet::V6(net)) => Ok(RouteDestination::Ipv6(net)),
        Err(_) => Err(t!("panel-parse-destination", text = text)),
    }
}

/// The other side of a security group rule that is not a group.
pub fn peer(text: &str) -> Result<SecurityGroupRulePeer, String> {
    let text = text.trim();
    if is_prefix_list(text) {
        return Ok(SecurityGroupRulePeer::PrefixList(text.to_owned()));
    }
    match cidr::parse(text) {
        Ok(IpNet::V4(net)) => Ok(SecurityGroupRulePeer::Ipv4(net)),
        Ok(IpNet::V6(net)) => Ok(SecurityGroupRulePeer::Ipv6(net)),
        Err(_) => Err(t!("panel-parse-peer", text = text)),
    }
}

fn is_prefix_list(text: &str) -> bool {
    text.starts_with("pl-") || text.starts_with("com.amazonaws.")
}

/// A protocol by name or number.
pub fn protocol(text: &str) -> Result<Protocol, String> {
    text.parse().map_err(|_| t!("panel-parse-protocol", text = text))
}

/// A number of a network ACL rule.
pub fn rule_number(text: &str) -> Result<u16, String> {
    match text.trim().parse::<u16>() {
        Ok(number @ 1..=32766) => Ok(number),
        _ => Err(t!("panel-parse-rule-number", text = text)),
    }
}

/// Ports: one (`22`), a range (`8000-8080`), or all of them (`all`).
pub fn ports(text: &str) -> Result<(u16, u16), String> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("all") {
        return Ok((0, u16::MAX));
    }
    let wrong = || t!("panel-parse-ports", text = text);
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let from: u16 = from.trim().parse().map_err(|_| wrong())?;
    let to: u16 = to.trim().parse().map_err(|_| wrong())?;
    if from > to { Err(wrong()) } else { Ok((from, to)) }
}

/// ICMP messages: a type (`8`), a type and code (`3/4`), or all of them (`all`); -1 stands for all.
pub fn icmp(text: &str) -> Result<(i16, i16), String> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("all") {
        return Ok((-1, -1));
    }
    let wrong = || t!("panel-parse-icmp", text = text);
    let number = |text: &str| match text.trim().parse::<i16>() {
        Ok(number @ -1..=255) => Ok(number),
        _ => Err(wrong()),
    };
    match text.split_once('/') {
        None => Ok((number(text)?, -1)),
        Some((kind, code)) => Ok((number(kind)?, number(code)?)),
    }
}

/// Ports or ICMP messages as they are typed.
pub fn show_range(protocol: Protocol, from: Option<i32>, to: Option<i32>) -> String {
    if protocol.is_icmp() {
        return match (from.unwrap_or(-1), to.unwrap_or(-1)) {
            (-1, _) => t!("panel-rule-all"),
            (kind, -1) => kind.to_string(),
            (kind, code) => format!("{kind}/{code}"),
        };
    }
    match (from, to) {
        (None | Some(0 | -1), None | Some(65535 | -1)) => t!("panel-rule-all"),
        (Some(from), Some(to)) if from == to => from.to_string(),
        (from, to) => format!("{}-{}", from.unwrap_or(0), to.unwrap_or(65535)),
    }
}

/// Gives a security group rule another protocol and the range that goes with it.
pub fn set_group_protocol(rule: &mut SecurityGroupRule, protocol: Protocol) {
    let fits = rule.ip_protocol.has_ports() && protocol.has_ports() && rule.from_port.is_some();
    if !fits {
        (rule.from_port, rule.to_port) = match protocol {
            it if it.has_ports() => (Some(0), Some(65535)),
            it if it.is_icmp() => (Some(-1), Some(-1)),
            _ => (None, None),
        };
    }
    rule.ip_protocol = protocol;
}

/// Gives a network ACL rule another protocol and the range that goes with it.
pub fn set_acl_protocol(rule: &mut AclRule, protocol: Protocol) {
    let ports = protocol.has_ports();
    rule.from_port = ports.then(|| rule.from_port.unwrap_or(0));
    rule.to_port = ports.then(|| rule.to_port.unwrap_or(u16::MAX));
    rule.icmp_type = protocol.is_icmp().then(|| rule.icmp_type.unwrap_or(-1));
    rule.icmp_code = protocol.is_icmp().then(|| rule.icmp_code.unwrap_or(-1));
    rule.protocol = protocol;
}
