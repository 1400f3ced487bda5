use ipnet::Ipv4Net;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Visit, is_false, map_optional, map_required};
use crate::model::{Field, Mention, ResourceId};

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
            map_public_ip_on_launch: false,
            route_table_id: None,
            network_acl_id: None,
        }
    }

    pub(in crate::model) fn each_reference<'a>(&'a self, visit: Visit<'_, 'a>) {
        visit(Mention::new("vpc_id"), &self.vpc_id);
        if let Some(id) = &self.route_table_id {
            visit(Mention::new("route_table_id"), id);
        }
        if let Some(id) = &self.network_acl_id {
            visit(Mention::new("network_acl_id"), id);
        }
    }

    pub(in crate::model) fn map_references(
        &mut self,
        change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
        orphaned: &mut Vec<Field>,
    ) {
        map_required(&mut self.vpc_id, "vpc_id", change, orphaned);
        map_optional(&mut self.route_table_id, change);
        map_optional(&mut self.network_acl_id, change);
    }
}
