use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{is_false, yes};
use crate::model::ResourceId;

/// The attachment of a VPC to a transit gateway, with one subnet in each Availability Zone that it
/// serves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "these are the switches that EC2 has")]
pub struct TransitGatewayVpcAttachment {
    /// The transit gateway.
    pub transit_gateway_id: ResourceId,
    /// The VPC.
    pub vpc_id: ResourceId,
    /// The subnets that get a network interface; at most one per Availability Zone.
    #[serde(default)]
    pub subnet_ids: Vec<ResourceId>,
    /// Whether both directions of a flow use the same Availability Zone.
    #[serde(default, skip_serializing_if = "is_false")]
    pub appliance_mode_support: bool,
    /// Whether names resolve across it.
    #[serde(default = "yes")]
    pub dns_support: bool,
    /// Whether it carries IPv6.
    #[serde(default, skip_serializing_if = "is_false")]
    pub ipv6_support: bool,
    /// Whether security groups of this VPC may name groups of other attached VPCs.
    #[serde(default, skip_serializing_if = "is_false")]
    pub security_group_referencing_support: bool,
}

impl TransitGatewayVpcAttachment {
    /// An attachment with AWS's defaults.
    pub fn new(transit_gateway_id: ResourceId, vpc_id: ResourceId, subnet_ids: Vec<ResourceId>) -> Self {
        Self {
            transit_gateway_id,
            vpc_id,
            subnet_ids,
            appliance_mode_support: false,
            dns_support: true,
            ipv6_support: false,
            security_group_referencing_support: false,
        }
    }
}

references!(TransitGatewayVpcAttachment {
    required transit_gateway_id,
    required vpc_id,
    list subnet_ids,
});
