use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{map_optional, refer};
use crate::model::{Field, Reference, ResourceId};

/// An internet gateway: created on its own, then attached to one VPC.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InternetGateway {
    /// The VPC that it is attached to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vpc_id: Option<ResourceId>,
}

impl InternetGateway {
    pub(in crate::model) fn references(&self, out: &mut Vec<Reference>) {
        if let Some(id) = &self.vpc_id {
            refer(out, Field::new("vpc_id"), id);
        }
    }

    pub(in crate::model) fn map_references(
        &mut self,
        change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
        _: &mut Vec<Field>,
    ) {
        map_optional(&mut self.vpc_id, change);
    }
}
