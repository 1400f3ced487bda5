use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{is_false, yes};

/// A transit gateway: a router between VPCs, VPN connections and other transit gateways.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "these are the switches that EC2 has")]
pub struct TransitGateway {
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Its number in BGP; 64512 where this is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amazon_side_asn: Option<u32>,
    /// Whether a new attachment is associated with the default association table.
    #[serde(default = "yes")]
    pub default_route_table_association: bool,
    /// Whether a new attachment propagates its blocks to the default propagation table.
    #[serde(default = "yes")]
    pub default_route_table_propagation: bool,
    /// Whether names resolve across it.
    #[serde(default = "yes")]
    pub dns_support: bool,
    /// Whether a security group may name groups of other attached VPCs.
    #[serde(default, skip_serializing_if = "is_false")]
    pub security_group_referencing_support: bool,
    /// Its region, where that is not the document's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The account that owns it, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<String>,
}

impl Default for TransitGateway {
    fn default() -> Self {
        Self {
            description: String::new(),
            amazon_side_asn: None,
            default_route_table_association: true,
            default_route_table_propagation: true,
            dns_support: true,
            security_group_referencing_support: false,
            region: None,
            owner_id: None,
        }
    }
}

references!(TransitGateway {});
