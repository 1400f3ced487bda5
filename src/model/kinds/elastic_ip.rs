use std::net::Ipv4Addr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::ResourceId;

/// An Elastic IP address. A NAT gateway that uses it names it in `allocation_id`; for an instance
/// the address names the instance.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ElasticIp {
    /// The instance that it is associated with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<ResourceId>,
    /// The network interface that it is associated with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network_interface_id: Option<ResourceId>,
    /// The private address that it stands for, where that is not the primary one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_ip_address: Option<Ipv4Addr>,
    /// The address itself, of an imported one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_ip: Option<Ipv4Addr>,
}

references!(ElasticIp { optional instance_id, optional network_interface_id });
