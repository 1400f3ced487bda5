//! Network ACLs: the numbered entries.

use std::collections::BTreeMap;

use super::Context;
use crate::{
    cloud::{AclPortRange, Call, IcmpTypeCode, LiveNetworkAcl, NetworkAclEntry},
    deploy::observed::Observed,
    model::{AclRule, NetworkAcl, RuleAction},
    net::{IpNet, Protocol},
};

/// The number of the implicit deny; entries of one's own end below it.
const LAST: i32 = 32767;

pub fn newborn(acl: &NetworkAcl, id: String, cx: Context<'_>, observed: &mut Observed) {
    let entries = if acl.is_default {
        [false, true].map(|egress| entry(&AclRule::allow_all(), egress, acl, cx)).into()
    } else {
        Vec::new()
    };
    let live = LiveNetworkAcl {
        network_acl_id: id.clone(),
        vpc_id: cx.vpc(&acl.vpc_id),
        is_default: acl.is_default,
        entries,
        associations: Vec::new(),
        ..LiveNetworkAcl::default()
    };
    observed.network_acls.insert(id, live);
}

fn entry(rule: &AclRule, egress: bool, acl: &NetworkAcl, cx: Context<'_>) -> NetworkAclEntry {
    let (ipv4, ipv6) = match cx.real_block(Some(&acl.vpc_id), rule.cidr_block) {
        IpNet::V4(net) => (Some(net.to_string()), None),
        IpNet::V6(net) => (None, Some(net.to_string())),
    };
    let ports = rule.protocol.has_ports().then(|| AclPortRange {
        from: i32::from(rule.from_port.unwrap_or(0)),
        to: i32::from(rule.to_port.unwrap_or(u16::MAX)),
    });
    let icmp = rule.protocol.is_icmp().then(|| IcmpTypeCode {
        icmp_type: i32::from(rule.icmp_type.unwrap_or(-1)),
        code: i32::from(rule.icmp_code.unwrap_or(-1)),
    });
    NetworkAclEntry {
        rule_number: i32::from(rule.rule_number),
        egress,
        protocol: rule.protocol.as_number_text(),
        rule_action: match rule.rule_action {
            RuleAction::Allow => "allow".to_owned(),
            RuleAction::Deny => "deny".to_owned(),
        },
        cidr_block: ipv4,
        ipv6_cidr_block: ipv6,
        port_range: ports,
        icmp_type_code: icmp,
    }
}

/// The same entry in one spelling: protocols by number, ports only where they mean something.
fn normal(entry: &NetworkAclEntry) -> NetworkAclEntry {
    let mut entry = entry.clone();
    if let Ok(protocol) = entry.protocol.parse::<Protocol>() {
        entry.protocol = protocol.as_number_text();
        if !protocol.has_ports() {
            entry.port_range = None;
        }
        if !protocol.is_icmp() {
            entry.icmp_type_code = None;
        }
    }
    entry
}

/// Replaces what differs, adds what is missing, removes what is drawn no more, in this order.
pub fn entries(acl: &NetworkAcl, id: &str, cx: Context<'_>, observed: &Observed) -> Vec<Call> {
    let Some(live) = observed.network_acls.get(id) else {
        return Vec::new();
    };
    let now: BTreeMap<(bool, i32), NetworkAclEntry> = live
        .entries
        .iter()
        .filter(|entry| entry.rule_number < LAST)
        .map(|entry| ((entry.egress, entry.rule_number), normal(entry)))
        .collect();
    let inbound = acl.ingress.iter().map(|rule| entry(rule, false, acl, cx));
    let outbound = acl.egress.iter().map(|rule| entry(rule, true, acl, cx));
    let wanted: BTreeMap<(bool, i32), NetworkAclEntry> =
        inbound.chain(outbound).map(|entry| ((entry.egress, entry.rule_number), entry)).collect();
    let network_acl_id = || id.to_owned();
    let mut calls = Vec::new();
    for (key, entry) in &wanted {
        match now.get(key) {
            Some(current) if *current == normal(entry) => {}
            Some(_) => calls.push(Call::ReplaceNetworkAclEntry {
                network_acl_id: network_acl_id(),
                entry: entry.clone(),
            }),
            None => {
                calls.push(Call::CreateNetworkAclEntry {
                    network_acl_id: network_acl_id(),
                    entry: entry.clone(),
                });
            }
        }
    }
    for (egress, rule_number) in now.keys().filter(|key| !wanted.contains_key(*key)) {
        calls.push(Call::DeleteNetworkAclEntry {
            network_acl_id: network_acl_id(),
            rule_number: *rule_number,
            egress: *egress,
        });
    }
    calls
}
