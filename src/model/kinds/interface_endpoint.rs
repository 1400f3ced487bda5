use std::net::Ipv4Addr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Visit, is_false, map_list, map_required, visit_list};
use crate::model::{Field, Mention, ResourceId};

/// An interface endpoint: a service behind network interfaces in the chosen subnets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InterfaceEndpoint {
    /// The VPC that it belongs to.
    pub vpc_id: ResourceId,
    /// The service, such as `com.amazonaws.us-east-1.ssm`.
    pub service_name: String,
    /// The subnets that get a network interface; at most one per Availability Zone.
    #[serde(default)]
    pub subnet_ids: Vec<ResourceId>,
    /// The groups that guard its interfaces; without any it is the VPC's default group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub security_group_ids: Vec<ResourceId>,
    /// Whether the service's usual name resolves to the interfaces inside the VPC.
    #[serde(default, skip_serializing_if = "is_false")]
    pub private_dns_enabled: bool,
    /// Fixed addresses in some of its subnets; AWS picks one elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subnet_configurations: Vec<SubnetConfiguration>,
}

/// The address of an interface endpoint in one of its subnets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubnetConfiguration {
    /// The subnet.
    pub subnet_id: ResourceId,
    /// The address.
    pub ipv4: Ipv4Addr,
}

impl InterfaceEndpoint {
    /// An endpoint without subnets.
    pub fn new(vpc_id: ResourceId, service_name: impl Into<String>) -> Self {
        Self {
            vpc_id,
            service_name: service_name.into(),
            subnet_ids: Vec::new(),
            security_group_ids: Vec::new(),
            private_dns_enabled: false,
            subnet_configurations: Vec::new(),
        }
    }

    pub(in crate::model) fn each_reference<'a>(&'a self, visit: Visit<'_, 'a>) {
        visit(Mention::new("vpc_id"), &self.vpc_id);
        visit_list(visit, "subnet_ids", &self.subnet_ids);
        visit_list(visit, "security_group_ids", &self.security_group_ids);
        for (at, it) in self.subnet_configurations.iter().enumerate() {
            visit(Mention::item("subnet_configurations", at, "subnet_id"), &it.subnet_id);
        }
    }

    pub(in crate::model) fn map_references(
        &mut self,
        change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
        orphaned: &mut Vec<Field>,
    ) {
        map_required(&mut self.vpc_id, "vpc_id", change, orphaned);
        map_list(&mut self.subnet_ids, change);
        map_list(&mut self.security_group_ids, change);
        self.subnet_configurations.retain_mut(|it| {
            change(&it.subnet_id).is_some_and(|new| {
                it.subnet_id = new;
                true
            })
        });
    }
}
