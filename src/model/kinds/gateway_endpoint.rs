use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Visit, map_list, map_required, visit_list};
use crate::model::{Field, Mention, ResourceId};

/// A gateway endpoint: S3 or DynamoDB by a route in the chosen route tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GatewayEndpoint {
    /// The VPC that it belongs to.
    pub vpc_id: ResourceId,
    /// `com.amazonaws.REGION.s3` or `com.amazonaws.REGION.dynamodb`.
    pub service_name: String,
    /// The tables that get a route to it.
    #[serde(default)]
    pub route_table_ids: Vec<ResourceId>,
}

impl GatewayEndpoint {
    pub(in crate::model) fn each_reference<'a>(&'a self, visit: Visit<'_, 'a>) {
        visit(Mention::new("vpc_id"), &self.vpc_id);
        visit_list(visit, "route_table_ids", &self.route_table_ids);
    }

    pub(in crate::model) fn map_references(
        &mut self,
        change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
        orphaned: &mut Vec<Field>,
    ) {
        map_required(&mut self.vpc_id, "vpc_id", change, orphaned);
        map_list(&mut self.route_table_ids, change);
    }
}
