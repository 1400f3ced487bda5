use ipnet::{Ipv4Net, Ipv6Net};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::is_false;
use crate::model::ResourceId;

/// A subnet, in exactly one Availability Zone. Whether it is public is decided by its route table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subnet {
    /// The VPC that it belongs to.
    pub vpc_id: ResourceId,
    /// Its IPv4 block, /16 to /28, inside a block of the VPC. Cannot be changed once deployed.
    #[schemars(with = "String")]
    pub cidr_block: Ipv4Net,
    /// The name of its zone: `us-east-1a`. Cannot be changed once deployed.
    pub availability_zone: String,
    /// Its IPv6 block, inside one of the VPC's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub ipv6_cidr_block: Option<Ipv6Net>,
    /// Whether interfaces get an IPv6 address when they are made.
    #[serde(default, skip_serializing_if = "is_false")]
    pub assign_ipv6_address_on_creation: bool,
    /// Whether the resolver invents IPv6 addresses (64:ff9b::/96) for names that have IPv4 ones only.
    #[serde(default, skip_serializing_if = "is_false")]
    pub enable_dns64: bool,
    /// Whether instances get a public IPv4 address at launch.
    #[serde(default, skip_serializing_if = "is_false")]
    pub map_public_ip_on_launch: bool,
    /// The route table associated explicitly; without one the VPC's main table serves the subnet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route_table_id: Option<ResourceId>,
    /// The network ACL associated explicitly; without one it is the VPC's default one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network_acl_id: Option<ResourceId>,
}

impl Subnet {
    /// A subnet on the main route table and the default network ACL.
    pub fn new(vpc_id: ResourceId, cidr_block: Ipv4Net, availability_zone: impl Into<String>) -> Self {
        Self {
            vpc_id,
            cidr_block,
            availability_zone: availability_zone.into(),
            ipv6_cidr_block: None,
            assign_ipv6_address_on_creation: false,
            enable_dns64: false,
            map_public_ip_on_launch: false,
            route_table_id: None,
            network_acl_id: None,
        }
    }
}

references!(Subnet { required vpc_id, optional route_table_id, optional network_acl_id });
