use ipnet::IpNet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::ResourceId;

/// A virtual private gateway: the VPC's side of VPN and Direct Connect.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VpnGateway {
    /// The VPC that it is attached to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vpc_id: Option<ResourceId>,
    /// Its number in BGP; 64512 where this is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amazon_side_asn: Option<u32>,
    /// The blocks on premises that it learns (by BGP, or from connections that are not drawn) and
    /// propagates to the route tables that ask for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub on_premises_cidr_blocks: Vec<IpNet>,
}

references!(VpnGateway { optional vpc_id });
