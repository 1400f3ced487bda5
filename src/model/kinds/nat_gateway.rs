use std::net::Ipv4Addr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::ResourceId;

/// A NAT gateway in one subnet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NatGateway {
    /// The subnet in which it stands.
    pub subnet_id: ResourceId,
    /// Public (with an Elastic IP address) or private.
    #[serde(default)]
    pub connectivity_type: ConnectivityType,
    /// The Elastic IP address of a public one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation_id: Option<ResourceId>,
    /// Further Elastic IP addresses; each carries another 55,000 connections to one destination.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secondary_allocation_ids: Vec<ResourceId>,
    /// A fixed private address; AWS picks one where this is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_ip: Option<Ipv4Addr>,
}

/// Whether a NAT gateway reaches the internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConnectivityType {
    /// Towards the internet, with an Elastic IP address.
    #[default]
    Public,
    /// Towards other private networks, without an address of its own.
    Private,
}

impl NatGateway {
    /// A public one with an Elastic IP address, which may be chosen later.
    pub fn public(subnet_id: ResourceId, allocation_id: Option<ResourceId>) -> Self {
        Self {
            subnet_id,
            connectivity_type: ConnectivityType::Public,
            allocation_id,
            secondary_allocation_ids: Vec::new(),
            private_ip: None,
        }
    }

    /// A private one.
    pub fn private(subnet_id: ResourceId) -> Self {
        Self { connectivity_type: ConnectivityType::Private, ..Self::public(subnet_id, None) }
    }
}

references!(NatGateway { required subnet_id, optional allocation_id, list secondary_allocation_ids });
