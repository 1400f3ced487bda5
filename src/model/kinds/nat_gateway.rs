use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Visit, map_optional, map_required};
use crate::model::{Field, Mention, ResourceId};

/// A NAT gateway in one subnet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NatGateway {
    /// The subnet in which it stands.
    pub subnet_id: ResourceId,
    /// Public (with an Elastic IP address) or private.
    #[serde(default)]
    pub connectivity_type: ConnectivityType,
    /// The Elastic IP address of a public one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation_id: Option<ResourceId>,
}

/// Whether a NAT gateway reaches the internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConnectivityType {
    /// Towards the internet, with an Elastic IP address.
    #[default]
    Public,
    /// Towards other private networks, without an address of its own.
    Private,
}

impl NatGateway {
    pub(in crate::model) fn each_reference<'a>(&'a self, visit: Visit<'_, 'a>) {
        visit(Mention::new("subnet_id"), &self.subnet_id);
        if let Some(id) = &self.allocation_id {
            visit(Mention::new("allocation_id"), id);
        }
    }

    pub(in crate::model) fn map_references(
        &mut self,
        change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
        orphaned: &mut Vec<Field>,
    ) {
        map_required(&mut self.subnet_id, "subnet_id", change, orphaned);
        map_optional(&mut self.allocation_id, change);
    }
}
