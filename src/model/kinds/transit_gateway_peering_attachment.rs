use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::yes;
use crate::model::ResourceId;

/// The peering of two transit gateways, usually across regions. It carries static routes only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransitGatewayPeeringAttachment {
    /// The transit gateway that asks for it.
    pub transit_gateway_id: ResourceId,
    /// The transit gateway on the other side, where it is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peer_transit_gateway_id: Option<ResourceId>,
    /// The AWS id of the other one, where it is not drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peer_transit_gateway: Option<String>,
    /// The region of the other side, where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peer_region: Option<String>,
    /// The account of the other side, where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peer_account_id: Option<String>,
    /// Whether the other side accepts: one that is still pending carries nothing.
    #[serde(default = "yes")]
    pub auto_accept: bool,
}

impl TransitGatewayPeeringAttachment {
    /// An active peering of two drawn transit gateways.
    pub fn new(transit_gateway_id: ResourceId, peer_transit_gateway_id: ResourceId) -> Self {
        Self {
            transit_gateway_id,
            peer_transit_gateway_id: Some(peer_transit_gateway_id),
            peer_transit_gateway: None,
            peer_region: None,
            peer_account_id: None,
            auto_accept: true,
        }
    }
}

references!(TransitGatewayPeeringAttachment {
    required transit_gateway_id,
    optional peer_transit_gateway_id,
});
