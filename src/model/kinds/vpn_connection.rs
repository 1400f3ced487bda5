use std::net::Ipv4Addr;

use ipnet::IpNet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::ResourceId;

/// A site-to-site VPN connection, to a virtual private gateway or to a transit gateway (of which it
/// is then an attachment). Keys are never kept.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VpnConnection {
    /// The virtual private gateway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vpn_gateway_id: Option<ResourceId>,
    /// The transit gateway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transit_gateway_id: Option<ResourceId>,
    /// The public address of the router on premises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_gateway_ip: Option<Ipv4Addr>,
    /// The router's number in BGP. Where this is empty, the connection has static routes only: those to
    /// the blocks on premises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bgp_asn: Option<u32>,
    /// The blocks on premises: static routes, or what BGP is known to announce.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub on_premises_cidr_blocks: Vec<IpNet>,
}

references!(VpnConnection { optional vpn_gateway_id, optional transit_gateway_id });
