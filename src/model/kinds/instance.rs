use std::net::Ipv4Addr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Visit, map_list, map_optional, map_required, visit_list, yes};
use crate::model::{Field, Mention, ResourceId};

/// The public parameter that names the current Amazon Linux 2023 image for x86-64, in the notation
/// of RunInstances.
pub const AMAZON_LINUX_2023_X86_64: &str =
    "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
/// The same for Arm (Graviton).
pub const AMAZON_LINUX_2023_ARM64: &str =
    "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

/// An EC2 instance with one network interface.
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
    /// Whether it gets a public address at launch; the subnet decides where this is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub associate_public_ip_address: Option<bool>,
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
            associate_public_ip_address: None,
            source_dest_check: true,
            user_data: None,
        }
    }

    pub(in crate::model) fn each_reference<'a>(&'a self, visit: Visit<'_, 'a>) {
        visit(Mention::new("subnet_id"), &self.subnet_id);
        if let Some(id) = &self.key_pair_id {
            visit(Mention::new("key_pair_id"), id);
        }
        visit_list(visit, "vpc_security_group_ids", &self.vpc_security_group_ids);
    }

    pub(in crate::model) fn map_references(
        &mut self,
        change: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
        orphaned: &mut Vec<Field>,
    ) {
        map_required(&mut self.subnet_id, "subnet_id", change, orphaned);
        map_optional(&mut self.key_pair_id, change);
        map_list(&mut self.vpc_security_group_ids, change);
    }
}
