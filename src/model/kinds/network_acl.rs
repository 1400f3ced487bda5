use ipnet::IpNet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Visit, is_false, map_required};
use crate::{
    model::{Field, Mention, ResourceId},
    net::Protocol,
};

/// A network ACL: numbered, stateless rules at the border of its subnets. The final deny (32767) is
/// not listed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NetworkAcl {
    /// The VPC that it belongs to.
    pub vpc_id: ResourceId,
    /// Whether it is the one that AWS makes together with the VPC.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_default: bool,
    /// The rules for packets that enter a subnet.
    #[serde(default)]
    pub ingress: Vec<AclRule>,
    /// The rules for packets that leave a subnet.
    #[serde(default)]
    pub egress: Vec<AclRule>,
}

/// One rule of a network ACL. The lowest number that matches decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AclRule {
    /// 1 to 32766, unique per direction.
    pub rule_number: u16,
    /// The protocol; for all but TCP, UDP and ICMP the ports are ignored.
    pub protocol: Protocol,
    /// Allow or deny.
    pub rule_action: RuleAction,
    /// Source of an inbound rule, destination of an outbound one.
    #[schemars(with = "String")]
    pub cidr_block: IpNet,
    /// First port, for TCP and UDP.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_port: Option<u16>,
    /// Last port, for TCP and UDP.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_port: Option<u16>,
    /// ICMP type, -1 for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icmp_type: Option<i16>,
    /// ICMP code, -1 for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icmp_code: Option<i16>,
}

/// What a rule of a network ACL does with a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleAction {
    /// Lets it pass.
    Allow,
    /// Drops it.
    Deny,
}

impl AclRule {
    /// The rule 100 of AWS's default network ACL: everything passes.
    pub fn allow_all() -> Self {
        Self {
            rule_number: 100,
            protocol: Protocol::All,
            rule_action: RuleAction::Allow,
            cidr_block: IpNet::V4(ipnet::Ipv4Net::default()),
            from_port: None,
            to_port: None,
            icmp_type: None,
            icmp_code: None,
        }
    }
}

impl NetworkAcl {
    /// A network ACL without rules: it denies everything.
    pub fn new(vpc_id: ResourceId) -> Self {
        Self { vpc_id, is_default: false, ingress: Vec::new(), egress: Vec::new() }
    }

    /// The one that AWS makes with a VPC: it allows everything.
    pub fn default_of(vpc_id: ResourceId) -> Self {
        Self {
            vpc_id,
            is_default: true,
            ingress: vec![AclRule::allow_all()],
            egress: vec![AclRule::allow_all()],
        }
    }

    pub(in crate::model) fn each_reference<'a>(&'a self, visit: Visit<'_, 'a>) {
        visit(Mention::new("vpc_id"), &self.vpc_id);
    }

    pub(in crate::model) fn map_references(
        &mut self,
        change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
        orphaned: &mut Vec<Field>,
    ) {
        map_required(&mut self.vpc_id, "vpc_id", change, orphaned);
    }
}
