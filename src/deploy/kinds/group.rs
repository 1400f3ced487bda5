//! Security groups: the rules.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, Frozen};
use crate::{
    cloud::{self, Call, LiveSecurityGroup, LiveSecurityGroupRule, Tags},
    deploy::observed::Observed,
    model::{ResourceId, SecurityGroup, SecurityGroupRule, SecurityGroupRulePeer},
    net::Protocol,
};

pub fn create(group: &SecurityGroup, tags: Tags, cx: Context<'_>) -> Call {
    Call::CreateSecurityGroup {
        group_name: group.group_name.clone(),
        description: group.description.clone(),
        vpc_id: cx.vpc(&group.vpc_id),
        tags,
    }
}

pub fn newborn(group: &SecurityGroup, id: String, cx: Context<'_>, observed: &mut Observed) {
    let everything =
        LiveSecurityGroupRule { ip_protocol: "-1".to_owned(), ..LiveSecurityGroupRule::default() };
    let mut rules = vec![LiveSecurityGroupRule {
        security_group_rule_id: format!("{id}/egress"),
        is_egress: true,
        cidr_ipv4: Some("0.0.0.0/0".to_owned()),
        ..everything.clone()
    }];
    if group.is_default {
        rules.push(LiveSecurityGroupRule {
            security_group_rule_id: format!("{id}/ingress"),
            referenced_group_id: Some(id.clone()),
            ..everything
        });
    }
    let live = LiveSecurityGroup {
        group_id: id.clone(),
        group_name: group.group_name.clone(),
        description: group.description.clone(),
        vpc_id: cx.vpc(&group.vpc_id),
        rules,
        ..LiveSecurityGroup::default()
    };
    observed.security_groups.insert(id, live);
}

pub fn frozen(group: &SecurityGroup, id: &str, cx: Context<'_>, observed: &Observed, out: &mut Vec<Frozen>) {
    let Some(live) = observed.security_groups.get(id) else { return };
    Frozen::check(out, "vpc_id", &live.vpc_id, &cx.ids.shown(&group.vpc_id));
    if !group.is_default {
        Frozen::check(out, "group_name", &live.group_name, &group.group_name);
        Frozen::check(out, "description", &live.description, &group.description);
    }
}

/// What makes two rules the same: EC2 allows one rule per key, whatever its description.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    egress: bool,
    protocol: String,
    from: Option<i32>,
    to: Option<i32>,
    peer: String,
}

impl Key {
    fn new(egress: bool, protocol: &str, ports: (Option<i32>, Option<i32>), peer: &str) -> Self {
        let parsed = protocol.parse::<Protocol>().ok();
        let name = parsed.map_or_else(|| protocol.to_owned(), |protocol| protocol.to_string());
        let (from, to) = match parsed {
            Some(it) if it.is_icmp() => (Some(ports.0.unwrap_or(-1)), Some(ports.1.unwrap_or(-1))),
            Some(it) if it.has_ports() => ports,
            _ => (None, None),
        };
        Self { egress, protocol: name, from, to, peer: peer.to_owned() }
    }

    fn wanted(rule: &cloud::SecurityGroupRule, egress: bool) -> Self {
        let peers = [&rule.cidr_ipv4, &rule.cidr_ipv6, &rule.prefix_list_id, &rule.referenced_group_id];
        let peer = peers.into_iter().flatten().next().map_or("", String::as_str);
        Self::new(egress, &rule.ip_protocol, (rule.from_port, rule.to_port), peer)
    }

    fn live(rule: &LiveSecurityGroupRule) -> Self {
        let peers = [&rule.cidr_ipv4, &rule.cidr_ipv6, &rule.prefix_list_id, &rule.referenced_group_id];
        let peer = peers.into_iter().flatten().next().map_or("", String::as_str);
        Self::new(rule.is_egress, &rule.ip_protocol, (rule.from_port, rule.to_port), peer)
    }
}

fn wanted_rule(rule: &SecurityGroupRule, vpc: &ResourceId, cx: Context<'_>) -> cloud::SecurityGroupRule {
    let mut wanted = cloud::SecurityGroupRule {
        ip_protocol: rule.ip_protocol.to_string(),
        from_port: rule.from_port,
        to_port: rule.to_port,
        description: (!rule.description.is_empty()).then(|| rule.description.clone()),
        ..cloud::SecurityGroupRule::default()
    };
    if rule.ip_protocol.is_icmp() {
        wanted.from_port = Some(rule.from_port.unwrap_or(-1));
        wanted.to_port = Some(rule.to_port.unwrap_or(-1));
    }
    match &rule.peer {
        SecurityGroupRulePeer::Ipv4(net) => wanted.cidr_ipv4 = Some(net.to_string()),
        SecurityGroupRulePeer::Ipv6(net) => {
            wanted.cidr_ipv6 = Some(cx.real_ipv6(Some(vpc), *net).to_string());
        }
        SecurityGroupRulePeer::Group(id) => wanted.referenced_group_id = Some(cx.ids.of(id)),
        SecurityGroupRulePeer::PrefixList(name) => wanted.prefix_list_id = Some(cx.ids.prefix_list(name)),
        SecurityGroupRulePeer::ManagedPrefixList(id) => wanted.prefix_list_id = Some(cx.ids.of(id)),
    }
    wanted
}

/// Adds what is missing before it removes what is drawn no more, so that nothing that is allowed
/// before and after is cut in between; only a rule whose description alone changes must go first.
pub fn rules(group: &SecurityGroup, id: &str, cx: Context<'_>, observed: &Observed) -> Vec<Call> {
    let Some(live) = observed.security_groups.get(id) else {
        return Vec::new();
    };
    let now: BTreeMap<Key, &LiveSecurityGroupRule> =
        live.rules.iter().map(|rule| (Key::live(rule), rule)).collect();
    let inbound = group.ingress.iter().map(|rule| (false, wanted_rule(rule, &group.vpc_id, cx)));
    let outbound = group.egress.iter().map(|rule| (true, wanted_rule(rule, &group.vpc_id, cx)));
    let wanted: BTreeMap<Key, cloud::SecurityGroupRule> =
        inbound.chain(outbound).map(|(egress, rule)| (Key::wanted(&rule, egress), rule)).collect();
    let same_words = |key: &Key, rule: &cloud::SecurityGroupRule| {
        let text = |description: &Option<String>| description.clone().unwrap_or_default();
        now.get(key).is_some_and(|live| text(&live.description) == text(&rule.description))
    };
    let reworded: BTreeSet<&Key> = wanted
        .iter()
        .filter(|(key, rule)| now.contains_key(*key) && !same_words(key, rule))
        .map(|(key, _)| key)
        .collect();
    let mut calls = Vec::new();
    for egress in [false, true] {
        let revoke = |keys: &mut dyn Iterator<Item = &Key>| {
            let ids: Vec<String> = keys
                .filter(|key| key.egress == egress)
                .filter_map(|key| now.get(key).map(|rule| rule.security_group_rule_id.clone()))
                .collect();
            (!ids.is_empty()).then(|| Call::RevokeSecurityGroupRules {
                group_id: id.to_owned(),
                egress,
                security_group_rule_ids: ids,
            })
        };
        calls.extend(revoke(&mut reworded.iter().copied()));
        let missing: Vec<cloud::SecurityGroupRule> = wanted
            .iter()
            .filter(|(key, rule)| key.egress == egress && !same_words(key, rule))
            .map(|(_, rule)| rule.clone())
            .collect();
        if !missing.is_empty() {
            calls.push(Call::AuthorizeSecurityGroupRules {
                group_id: id.to_owned(),
                egress,
                rules: missing,
                tags: Tags::new(),
            });
        }
        calls.extend(revoke(&mut now.keys().filter(|key| !wanted.contains_key(*key))));
    }
    calls
}
