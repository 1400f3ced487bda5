use ipnet::IpNet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{is_false, yes};
use crate::model::ResourceId;

/// A peering connection between two VPCs. The other side may lie outside the drawing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VpcPeeringConnection {
    /// The VPC that asks for it; of an imported one, the side that is drawn.
    pub vpc_id: ResourceId,
    /// The VPC on the other side, where it is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peer_vpc_id: Option<ResourceId>,
    /// The AWS id of the VPC on the other side, where it is not drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peer_vpc: Option<String>,
    /// The account of the other side, where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peer_owner_id: Option<String>,
    /// The region of the other side, where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peer_region: Option<String>,
    /// The blocks of the other side, where it is not drawn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub peer_cidr_blocks: Vec<IpNet>,
    /// Whether the other side accepts: a connection that is still pending carries nothing.
    #[serde(default = "yes")]
    pub auto_accept: bool,
    /// Whether names of hosts on this side resolve to private addresses on the other side.
    #[serde(default, skip_serializing_if = "is_false")]
    pub requester_allow_remote_vpc_dns_resolution: bool,
    /// The same for the other side.
    #[serde(default, skip_serializing_if = "is_false")]
    pub accepter_allow_remote_vpc_dns_resolution: bool,
}

impl VpcPeeringConnection {
    /// An active connection between two drawn VPCs.
    pub fn new(vpc_id: ResourceId, peer_vpc_id: ResourceId) -> Self {
        Self {
            vpc_id,
            peer_vpc_id: Some(peer_vpc_id),
            peer_vpc: None,
            peer_owner_id: None,
            peer_region: None,
            peer_cidr_blocks: Vec::new(),
            auto_accept: true,
            requester_allow_remote_vpc_dns_resolution: false,
            accepter_allow_remote_vpc_dns_resolution: false,
        }
    }

    /// The VPC on the other side as seen from `vpc`, where it is drawn.
    pub fn other_side(&self, vpc: &ResourceId) -> Option<&ResourceId> {
        if *vpc == self.vpc_id { self.peer_vpc_id.as_ref() } else { Some(&self.vpc_id) }
    }
}

references!(VpcPeeringConnection { required vpc_id, optional peer_vpc_id });
