use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Visit, map_optional};
use crate::model::{Field, Mention, ResourceId};

/// An Elastic IP address. A NAT gateway that uses it names it in `allocation_id`; for an instance
/// the address names the instance.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ElasticIp {
    /// The instance that it is associated with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<ResourceId>,
}

impl ElasticIp {
    pub(in crate::model) fn each_reference<'a>(&'a self, visit: Visit<'_, 'a>) {
        if let Some(id) = &self.instance_id {
            visit(Mention::new("instance_id"), id);
        }
    }

    pub(in crate::model) fn map_references(
        &mut self,
        change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
        _: &mut Vec<Field>,
    ) {
        map_optional(&mut self.instance_id, change);
    }
}
