use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Visit, map_optional};
use crate::model::{Field, Mention, ResourceId};

/// An internet gateway: created on its own, then attached to one VPC.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InternetGateway {
    /// The VPC that it is attached to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vpc_id: Option<ResourceId>,
}

impl InternetGateway {
    pub(in crate::model) fn each_reference<'a>(&'a self, visit: Visit<'_, 'a>) {
        if let Some(id) = &self.vpc_id {
            visit(Mention::new("vpc_id"), id);
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
