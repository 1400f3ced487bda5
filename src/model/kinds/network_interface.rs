use std::net::{Ipv4Addr, Ipv6Addr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::yes;
use crate::model::ResourceId;

/// A network interface of its own. The primary interface of an instance is part of the instance;
/// this is a further one, one that stands alone, or one that another service of AWS owns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NetworkInterface {
    /// The subnet in which it stands, for good.
    pub subnet_id: ResourceId,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// A fixed primary address; AWS picks one where this is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_ip: Option<Ipv4Addr>,
    /// Further private addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secondary_private_ips: Vec<Ipv4Addr>,
    /// IPv6 addresses, from the subnet's block.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ipv6_addresses: Vec<Ipv6Addr>,
    /// Its security groups; without any, AWS gives it the VPC's default group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub security_group_ids: Vec<ResourceId>,
    /// Whether packets that are neither from nor to it are dropped; off for one that forwards.
    #[serde(default = "yes")]
    pub source_dest_check: bool,
    /// The instance that it is attached to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<ResourceId>,
    /// Its place on the instance, from 1; 0 is the primary one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_index: Option<u32>,
    /// `interface`, or the type of one that a service of AWS owns (`lambda`, `load_balancer`, …):
    /// such a one is only imported, never deployed.
    #[serde(default = "interface", skip_serializing_if = "is_interface")]
    pub interface_type: String,
    /// A public address that is known to be mapped to the primary address, without an Elastic IP.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_ip: Option<Ipv4Addr>,
}

fn interface() -> String {
    "interface".to_owned()
}

fn is_interface(text: &str) -> bool {
    text == "interface"
}

impl NetworkInterface {
    /// An interface that is attached to nothing.
    pub fn new(subnet_id: ResourceId) -> Self {
        Self {
            subnet_id,
            description: String::new(),
            private_ip: None,
            secondary_private_ips: Vec::new(),
            ipv6_addresses: Vec::new(),
            security_group_ids: Vec::new(),
            source_dest_check: true,
            instance_id: None,
            device_index: None,
            interface_type: interface(),
            public_ip: None,
        }
    }

    /// Whether a service of AWS owns it, so that nobody else may change it.
    pub fn is_service_owned(&self) -> bool {
        !is_interface(&self.interface_type)
    }
}

references!(NetworkInterface { required subnet_id, list security_group_ids, optional instance_id });
