use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::ResourceId;

/// An egress-only internet gateway: IPv6 from the VPC outwards, never inwards; at most one per VPC.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EgressOnlyInternetGateway {
    /// The VPC that it serves.
    pub vpc_id: ResourceId,
}

references!(EgressOnlyInternetGateway { required vpc_id });
