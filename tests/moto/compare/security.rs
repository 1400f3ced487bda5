//! Network ACLs, security groups and key pairs.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Comparison, text};

/// EC2's own last entry of every network ACL.
const FINAL_DENY: i64 = 32767;

impl Comparison<'_> {
    pub(super) fn network_acl(&mut self, id: &str, drawn: &Value, live: &Value) {
        self.same(id, "VpcId", self.id(&drawn["vpc_id"]), live["VpcId"].clone());
        let default = drawn["is_default"].as_bool().unwrap_or_default();
        self.same(id, "IsDefault", Some(default), live["IsDefault"].as_bool());
        for (field, egress) in [("ingress", false), ("egress", true)] {
            let rules = drawn[field].as_array().into_iter().flatten();
            let wanted: BTreeSet<_> = rules.map(|rule| self.drawn_entry(rule)).collect();
            let entries = live["Entries"].as_array().into_iter().flatten();
            let there: BTreeSet<_> = entries
                .filter(|entry| entry["Egress"] == egress)
                .filter(|entry| entry["RuleNumber"].as_i64() < Some(FINAL_DENY))
                .map(live_entry)
                .collect();
            self.same(id, field, wanted, there);
        }
    }

    /// A rule in the shape of [`live_entry`].
    fn drawn_entry(&self, rule: &Value) -> String {
        let protocol = match text(&rule["protocol"]) {
            "tcp" => "6",
            "udp" => "17",
            "icmp" => "1",
            other => other,
        };
        let ports = rule.get("from_port").map(|from| format!("{from}-{}", rule["to_port"]));
        let block = self.real_block(text(&rule["cidr_block"]));
        entry(&rule["rule_number"], protocol, text(&rule["rule_action"]), &block, ports)
    }

    pub(super) fn security_group(&mut self, id: &str, drawn: &Value, live: &Value) {
        self.same(id, "VpcId", self.id(&drawn["vpc_id"]), live["VpcId"].clone());
        self.same(id, "GroupName", &drawn["group_name"], &live["GroupName"]);
        self.same(id, "Description", &drawn["description"], &live["Description"]);
        for (field, permissions) in [("ingress", "IpPermissions"), ("egress", "IpPermissionsEgress")] {
            let rules = drawn[field].as_array().into_iter().flatten();
            let wanted: BTreeSet<_> = rules.map(|rule| self.drawn_rule(rule)).collect();
            self.same(id, field, wanted, live_rules(&live[permissions]));
        }
    }

    /// A rule in the shape of [`live_rules`].
    fn drawn_rule(&self, rule: &Value) -> String {
        let peer = match rule.get("referenced_security_group_id") {
            Some(group) => text(&self.id(group)).to_owned(),
            None => self.real_block(text(rule.get("cidr_ipv6").unwrap_or(&rule["cidr_ipv4"]))),
        };
        line(
            text(&rule["ip_protocol"]),
            &rule["from_port"],
            &rule["to_port"],
            &peer,
            text(&rule["description"]),
        )
    }

    pub(super) fn key_pair(&mut self, id: &str, drawn: &Value, live: &Value) {
        self.same(id, "KeyName", &drawn["key_name"], &live["KeyName"]);
        let Some(public_key) = drawn.get("public_key") else {
            self.same(id, "KeyType", &drawn["key_type"], &live["KeyType"]);
            return;
        };
        let bare = |key: &Value| text(key).split_whitespace().take(2).map(str::to_owned).collect::<Vec<_>>();
        self.same(id, "PublicKey", bare(public_key), bare(&live["PublicKey"]));
    }
}

fn live_entry(entry_: &Value) -> String {
    let ports = entry_.get("PortRange").filter(|range| range.get("From").is_some());
    let ports = ports.map(|range| format!("{}-{}", range["From"], range["To"]));
    let (protocol, action) = (text(&entry_["Protocol"]), text(&entry_["RuleAction"]));
    let block = entry_["CidrBlock"].as_str().unwrap_or(text(&entry_["Ipv6CidrBlock"]));
    entry(&entry_["RuleNumber"], protocol, action, block, ports)
}

fn entry(number: &Value, protocol: &str, action: &str, block: &str, ports: Option<String>) -> String {
    format!("{number} {action} {protocol} {block} {}", ports.unwrap_or_default())
}

/// The rules of a list of permissions, one line each.
fn live_rules(permissions: &Value) -> BTreeSet<String> {
    let mut rules = BTreeSet::new();
    for permission in permissions.as_array().into_iter().flatten() {
        let peers = [("IpRanges", "CidrIp"), ("Ipv6Ranges", "CidrIpv6"), ("UserIdGroupPairs", "GroupId")];
        for (list, field) in peers {
            for peer in permission[list].as_array().into_iter().flatten() {
                let (protocol, description) = (text(&permission["IpProtocol"]), text(&peer["Description"]));
                let (from, to) = (&permission["FromPort"], &permission["ToPort"]);
                rules.insert(line(protocol, from, to, text(&peer[field]), description));
            }
        }
    }
    rules
}

/// "All ports" is -1 or nothing.
fn line(protocol: &str, from: &Value, to: &Value, peer: &str, description: &str) -> String {
    let port = |port: &Value| port.as_i64().unwrap_or(-1);
    format!("{protocol} {}-{} {peer} `{description}`", port(from), port(to))
}
