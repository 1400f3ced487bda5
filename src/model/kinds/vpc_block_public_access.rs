use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Visit, map_optional};
use crate::model::{Field, Mention, ResourceId};

/// VPC Block Public Access: a setting of the account in this region that overrides routes and
/// groups. A document has one at most.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VpcBlockPublicAccess {
    /// What is blocked.
    #[serde(default)]
    pub internet_gateway_block_mode: BlockMode,
    /// VPCs and subnets to which it does not apply.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclusions: Vec<BlockExclusion>,
}

/// What Block Public Access blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BlockMode {
    /// Nothing.
    Off,
    /// All traffic of internet gateways and egress-only internet gateways.
    #[default]
    BlockBidirectional,
    /// New connections from the internet; NAT and egress-only gateways still reach out.
    BlockIngress,
}

/// A VPC or a subnet to which Block Public Access does not apply; exactly one of the two is named.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockExclusion {
    /// The VPC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vpc_id: Option<ResourceId>,
    /// The subnet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subnet_id: Option<ResourceId>,
    /// What is let through.
    #[serde(default)]
    pub internet_gateway_exclusion_mode: ExclusionMode,
}

/// What an exclusion lets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ExclusionMode {
    /// Everything.
    #[default]
    AllowBidirectional,
    /// What NAT and egress-only gateways start; only where the mode is `block-bidirectional`.
    AllowEgress,
}

impl VpcBlockPublicAccess {
    pub(in crate::model) fn each_reference<'a>(&'a self, visit: Visit<'_, 'a>) {
        for (at, exclusion) in self.exclusions.iter().enumerate() {
            if let Some(id) = &exclusion.vpc_id {
                visit(Mention::item("exclusions", at, "vpc_id"), id);
            }
            if let Some(id) = &exclusion.subnet_id {
                visit(Mention::item("exclusions", at, "subnet_id"), id);
            }
        }
    }

    pub(in crate::model) fn map_references(
        &mut self,
        change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
        _: &mut Vec<Field>,
    ) {
        for exclusion in &mut self.exclusions {
            map_optional(&mut exclusion.vpc_id, change);
            map_optional(&mut exclusion.subnet_id, change);
        }
        self.exclusions.retain(|it| it.vpc_id.is_some() || it.subnet_id.is_some());
    }
}
