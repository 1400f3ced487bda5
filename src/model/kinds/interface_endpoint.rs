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
}

impl InterfaceEndpoint {
    pub(in crate::model) fn each_reference<'a>(&'a self, visit: Visit<'_, 'a>) {
        visit(Mention::new("vpc_id"), &self.vpc_id);
        visit_list(visit, "subnet_ids", &self.subnet_ids);
        visit_list(visit, "security_group_ids", &self.security_group_ids);
    }

    pub(in crate::model) fn map_references(
        &mut self,
        change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
        orphaned: &mut Vec<Field>,
    ) {
        map_required(&mut self.vpc_id, "vpc_id", change, orphaned);
        map_list(&mut self.subnet_ids, change);
        map_list(&mut self.security_group_ids, change);
    }
}
