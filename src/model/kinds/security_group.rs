use ipnet::{Ipv4Net, Ipv6Net};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Visit, is_false, map_required};
use crate::{
    model::{Field, Mention, ResourceId},
    net::Protocol,
};

/// A security group: allow rules at the network interface, stateful.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SecurityGroup {
    /// The VPC that it belongs to.
    pub vpc_id: ResourceId,
    /// Unique in the VPC whatever the case of its letters; cannot be changed once deployed.
    pub group_name: String,
    /// Required by AWS; cannot be changed once deployed.
    pub description: String,
    /// Whether it is the group `default` that AWS makes together with the VPC.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_default: bool,
    /// What may come in.
    #[serde(default)]
    pub ingress: Vec<SecurityGroupRule>,
    /// What may go out.
    #[serde(default)]
    pub egress: Vec<SecurityGroupRule>,
}

/// One allow rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "RuleFields", into = "RuleFields")]
#[schemars(with = "RuleFields")]
pub struct SecurityGroupRule {
    /// The protocol.
    pub ip_protocol: Protocol,
    /// First port; for ICMP the type, -1 for all. Empty for all protocols.
    pub from_port: Option<i32>,
    /// Last port; for ICMP the code, -1 for all. Empty for all protocols.
    pub to_port: Option<i32>,
    /// The other side.
    pub peer: SecurityGroupRulePeer,
    /// What the rule is for.
    pub description: String,
}

/// The other side of a security group rule.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SecurityGroupRulePeer {
    /// `cidr_ipv4`.
    Ipv4(Ipv4Net),
    /// `cidr_ipv6`.
    Ipv6(Ipv6Net),
    /// `referenced_security_group_id`: the members of a group of this file.
    Group(ResourceId),
    /// `prefix_list_id`: an AWS-managed list by name (`com.amazonaws.REGION.s3`) or id.
    PrefixList(String),
    /// `managed_prefix_list_id`: a prefix list of this file.
    ManagedPrefixList(ResourceId),
}

impl std::fmt::Display for SecurityGroupRulePeer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Ipv4(net) => net.fmt(f),
            Self::Ipv6(net) => net.fmt(f),
            Self::Group(id) | Self::ManagedPrefixList(id) => id.fmt(f),
            Self::PrefixList(id) => f.write_str(id),
        }
    }
}

/// The flat form of a rule in a file; exactly one other side may be given.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SecurityGroupRule")]
struct RuleFields {
    /// The protocol.
    ip_protocol: Protocol,
    /// First port; for ICMP the type, -1 for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from_port: Option<i32>,
    /// Last port; for ICMP the code, -1 for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to_port: Option<i32>,
    /// An IPv4 block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    cidr_ipv4: Option<Ipv4Net>,
    /// An IPv6 block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    cidr_ipv6: Option<Ipv6Net>,
    /// A security group of this file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    referenced_security_group_id: Option<ResourceId>,
    /// A prefix list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prefix_list_id: Option<String>,
    /// A prefix list of this file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    managed_prefix_list_id: Option<ResourceId>,
    /// What the rule is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    description: String,
}

impl From<SecurityGroupRule> for RuleFields {
    fn from(rule: SecurityGroupRule) -> Self {
        let mut fields = Self {
            ip_protocol: rule.ip_protocol,
            from_port: rule.from_port,
            to_port: rule.to_port,
            cidr_ipv4: None,
            cidr_ipv6: None,
            referenced_security_group_id: None,
            prefix_list_id: None,
            managed_prefix_list_id: None,
            description: rule.description,
        };
        match rule.peer {
            SecurityGroupRulePeer::Ipv4(net) => fields.cidr_ipv4 = Some(net),
            SecurityGroupRulePeer::Ipv6(net) => fields.cidr_ipv6 = Some(net),
            SecurityGroupRulePeer::Group(id) => fields.referenced_security_group_id = Some(id),
            SecurityGroupRulePeer::PrefixList(id) => fields.prefix_list_id = Some(id),
            SecurityGroupRulePeer::ManagedPrefixList(id) => fields.managed_prefix_list_id = Some(id),
        }
        fields
    }
}

impl TryFrom<RuleFields> for SecurityGroupRule {
    type Error = String;

    fn try_from(fields: RuleFields) -> Result<Self, Self::Error> {
        let mut peers = Vec::new();
        peers.extend(fields.cidr_ipv4.map(|net| SecurityGroupRulePeer::Ipv4(net.trunc())));
        peers.extend(fields.cidr_ipv6.map(|net| SecurityGroupRulePeer::Ipv6(net.trunc())));
        peers.extend(fields.referenced_security_group_id.map(SecurityGroupRulePeer::Group));
        peers.extend(fields.prefix_list_id.map(SecurityGroupRulePeer::PrefixList));
        peers.extend(fields.managed_prefix_list_id.map(SecurityGroupRulePeer::ManagedPrefixList));
        let [peer] = <[_; 1]>::try_from(peers).map_err(|_| {
            "a security group rule needs exactly one of `cidr_ipv4`, `cidr_ipv6`, \
             `referenced_security_group_id`, `prefix_list_id` and `managed_prefix_list_id`"
                .to_owned()
        })?;
        Ok(Self {
            ip_protocol: fields.ip_protocol,
            from_port: fields.from_port,
            to_port: fields.to_port,
            peer,
            description: fields.description,
        })
    }
}

impl SecurityGroupRule {
    /// Everything, to or from one other side.
    pub fn all_traffic(peer: SecurityGroupRulePeer) -> Self {
        Self { ip_protocol: Protocol::All, from_port: None, to_port: None, peer, description: String::new() }
    }

    /// One TCP port.
    pub fn tcp(port: u16, peer: SecurityGroupRulePeer) -> Self {
        let port = Some(i32::from(port));
        Self { ip_protocol: Protocol::Tcp, from_port: port, to_port: port, peer, description: String::new() }
    }
}

impl SecurityGroup {
    /// A group as AWS makes it: nothing in, all IPv4 out.
    pub fn new(vpc_id: ResourceId, group_name: impl Into<String>, description: impl Into<String>) -> Self {
        let everywhere = SecurityGroupRulePeer::Ipv4(Ipv4Net::default());
        Self {
            vpc_id,
            group_name: group_name.into(),
            description: description.into(),
            is_default: false,
            ingress: Vec::new(),
            egress: vec![SecurityGroupRule::all_traffic(everywhere)],
        }
    }

    /// The group that AWS makes with a VPC: all traffic among its members in, all IPv4 out.
    pub fn default_of(vpc_id: ResourceId, id: ResourceId) -> Self {
        let mut group = Self::new(vpc_id, "default", "default VPC security group");
        group.is_default = true;
        group.ingress.push(SecurityGroupRule::all_traffic(SecurityGroupRulePeer::Group(id)));
        group
    }

    pub(in crate::model) fn each_reference<'a>(&'a self, visit: Visit<'_, 'a>) {
        visit(Mention::new("vpc_id"), &self.vpc_id);
        for (list, rules) in [("ingress", &self.ingress), ("egress", &self.egress)] {
            for (at, rule) in rules.iter().enumerate() {
                match &rule.peer {
                    SecurityGroupRulePeer::Group(id) => {
                        visit(Mention::item(list, at, "referenced_security_group_id"), id);
                    }
                    SecurityGroupRulePeer::ManagedPrefixList(id) => {
                        visit(Mention::item(list, at, "managed_prefix_list_id"), id);
                    }
                    _ => {}
                }
            }
        }
    }

    pub(in crate::model) fn map_references(
        &mut self,
        change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
        orphaned: &mut Vec<Field>,
    ) {
        map_required(&mut self.vpc_id, "vpc_id", change, orphaned);
        for rules in [&mut self.ingress, &mut self.egress] {
            rules.retain_mut(|rule| match &mut rule.peer {
                SecurityGroupRulePeer::Group(id) | SecurityGroupRulePeer::ManagedPrefixList(id) => change(id)
                    .is_some_and(|new| {
                        *id = new;
                        true
                    }),
                _ => true,
            });
        }
    }
}
