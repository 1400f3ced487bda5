use std::net::IpAddr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Visit, is_false, map_required};
use crate::{
    model::{Field, Mention, ResourceId},
    net::Protocol,
};

/// What a load balancer forwards to. Only imported and walked through, never deployed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetGroup {
    /// The VPC.
    pub vpc_id: ResourceId,
    /// TCP or UDP; TLS and HTTP are TCP.
    pub protocol: Protocol,
    /// The port of targets that name none.
    pub port: u16,
    /// Whether targets see the client's address.
    #[serde(default, skip_serializing_if = "is_false")]
    pub preserve_client_ip: bool,
    /// The targets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
}

/// One target: an instance of the drawing, or an address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The instance, or the load balancer behind this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_id: Option<ResourceId>,
    /// The address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<IpAddr>,
    /// The port, where it is not the group's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// Whether the last health check found it unhealthy: it then gets nothing.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unhealthy: bool,
}

impl TargetGroup {
    /// A group without targets.
    pub fn new(vpc_id: ResourceId, protocol: Protocol, port: u16) -> Self {
        Self { vpc_id, protocol, port, preserve_client_ip: false, targets: Vec::new() }
    }

    pub(in crate::model) fn each_reference<'a>(&'a self, visit: Visit<'_, 'a>) {
        visit(Mention::new("vpc_id"), &self.vpc_id);
        for (at, target) in self.targets.iter().enumerate() {
            if let Some(id) = &target.target_id {
                visit(Mention::item("targets", at, "target_id"), id);
            }
        }
    }

    pub(in crate::model) fn map_references(
        &mut self,
        change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
        orphaned: &mut Vec<Field>,
    ) {
        map_required(&mut self.vpc_id, "vpc_id", change, orphaned);
        self.targets.retain_mut(|target| match &mut target.target_id {
            None => true,
            Some(id) => change(id).is_some_and(|new| {
                *id = new;
                true
            }),
        });
    }
}
