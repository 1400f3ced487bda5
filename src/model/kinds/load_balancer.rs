use std::net::Ipv4Addr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Visit, is_false, map_list, map_optional, map_required, visit_list};
use crate::{
    model::{Field, Mention, ResourceId},
    net::Protocol,
};

/// A load balancer. Only imported and walked through, never deployed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LoadBalancer {
    /// The VPC.
    pub vpc_id: ResourceId,
    /// Network, application or gateway.
    #[serde(default)]
    pub load_balancer_type: LoadBalancerType,
    /// Whether it has private addresses only.
    #[serde(default, skip_serializing_if = "is_false")]
    pub internal: bool,
    /// Where its interfaces stand, with their addresses where these are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subnet_mappings: Vec<SubnetMapping>,
    /// Its groups; a network load balancer may have none, and then nothing guards it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub security_group_ids: Vec<ResourceId>,
    /// Whether every interface sends to targets of every Availability Zone.
    #[serde(default, skip_serializing_if = "is_false")]
    pub enable_cross_zone_load_balancing: bool,
    /// What it listens for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listeners: Vec<Listener>,
}

/// The kind of a load balancer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LoadBalancerType {
    /// Passes connections on.
    #[default]
    Network,
    /// Answers HTTP itself.
    Application,
    /// Sends everything through appliances.
    Gateway,
}

/// One interface of a load balancer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubnetMapping {
    /// The subnet.
    pub subnet_id: ResourceId,
    /// Its private address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_ipv4_address: Option<Ipv4Addr>,
    /// Its public address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_ip: Option<Ipv4Addr>,
    /// The Elastic IP address that it uses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation_id: Option<ResourceId>,
}

/// A port that a load balancer listens on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Listener {
    /// TCP or UDP; TLS and HTTP are TCP.
    pub protocol: Protocol,
    /// Whether it takes both TCP and UDP.
    #[serde(default, skip_serializing_if = "is_false")]
    pub tcp_udp: bool,
    /// The port.
    pub port: u16,
    /// Where it forwards to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target_group_ids: Vec<ResourceId>,
}

impl LoadBalancer {
    /// A network load balancer without interfaces or listeners.
    pub fn new(vpc_id: ResourceId) -> Self {
        Self {
            vpc_id,
            load_balancer_type: LoadBalancerType::Network,
            internal: false,
            subnet_mappings: Vec::new(),
            security_group_ids: Vec::new(),
            enable_cross_zone_load_balancing: false,
            listeners: Vec::new(),
        }
    }

    pub(in crate::model) fn each_reference<'a>(&'a self, visit: Visit<'_, 'a>) {
        visit(Mention::new("vpc_id"), &self.vpc_id);
        for (at, mapping) in self.subnet_mappings.iter().enumerate() {
            visit(Mention::item("subnet_mappings", at, "subnet_id"), &mapping.subnet_id);
            if let Some(id) = &mapping.allocation_id {
                visit(Mention::item("subnet_mappings", at, "allocation_id"), id);
            }
        }
        visit_list(visit, "security_group_ids", &self.security_group_ids);
        for (at, listener) in self.listeners.iter().enumerate() {
            for id in &listener.target_group_ids {
                visit(Mention::item("listeners", at, "target_group_ids"), id);
            }
        }
    }

    pub(in crate::model) fn map_references(
        &mut self,
        change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
        orphaned: &mut Vec<Field>,
    ) {
        map_required(&mut self.vpc_id, "vpc_id", change, orphaned);
        self.subnet_mappings.retain_mut(|mapping| {
            map_optional(&mut mapping.allocation_id, change);
            change(&mapping.subnet_id).is_some_and(|new| {
                mapping.subnet_id = new;
                true
            })
        });
        map_list(&mut self.security_group_ids, change);
        for listener in &mut self.listeners {
            map_list(&mut listener.target_group_ids, change);
        }
    }
}
