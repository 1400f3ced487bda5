use std::net::{Ipv4Addr, Ipv6Addr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::yes;
use crate::model::ResourceId;

/// The public parameter that names the current Amazon Linux 2023 image for x86-64, in the notation
/// of RunInstances.
pub const AMAZON_LINUX_2023_X86_64: &str =
    "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
/// The same for Arm (Graviton).
pub const AMAZON_LINUX_2023_ARM64: &str =
    "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

/// An EC2 instance with its primary network interface; further ones are `NetworkInterface`s.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Instance {
    /// The subnet in which it stands.
    pub subnet_id: ResourceId,
    /// The type, such as `t3.micro`.
    pub instance_type: String,
    /// The image: `ami-…`, or `resolve:ssm:PARAMETER` for the image that a parameter names at deploy.
    pub ami: String,
    /// The key pair for SSH.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_pair_id: Option<ResourceId>,
    /// Its security groups; without any, AWS gives it the VPC's default group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vpc_security_group_ids: Vec<ResourceId>,
    /// A fixed primary address; AWS picks one where this is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_ip: Option<Ipv4Addr>,
    /// Further private addresses of the primary interface.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secondary_private_ips: Vec<Ipv4Addr>,
    /// IPv6 addresses of the primary interface, from the subnet's block.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ipv6_addresses: Vec<Ipv6Addr>,
    /// Whether it gets a public address at launch; the subnet decides where this is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub associate_public_ip_address: Option<bool>,
    /// The public address that it is known to have, of an imported one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_ip: Option<Ipv4Addr>,
    /// The AWS id of its primary interface, of an imported one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_network_interface_id: Option<String>,
    /// Whether packets that are neither from nor to it are dropped; off for one that forwards.
    #[serde(default = "yes")]
    pub source_dest_check: bool,
    /// What runs at the first boot, as plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_data: Option<String>,
}

impl Instance {
    /// A small instance with the current Amazon Linux and nothing else.
    pub fn new(subnet_id: ResourceId) -> Self {
        Self {
            subnet_id,
            instance_type: "t3.micro".to_owned(),
            ami: AMAZON_LINUX_2023_X86_64.to_owned(),
            key_pair_id: None,
            vpc_security_group_ids: Vec::new(),
            private_ip: None,
            secondary_private_ips: Vec::new(),
            ipv6_addresses: Vec::new(),
            associate_public_ip_address: None,
            public_ip: None,
            primary_network_interface_id: None,
            source_dest_check: true,
            user_data: None,
        }
    }
}

references!(Instance { required subnet_id, optional key_pair_id, list vpc_security_group_ids });
