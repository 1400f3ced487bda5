use ipnet::Ipv4Net;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Visit, yes};
use crate::model::{Field, ResourceId};

/// A virtual private cloud. Its main route table, default network ACL and default security group
/// are resources of their own, marked as such.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vpc {
    /// The primary IPv4 block, /16 to /28.
    #[schemars(with = "String")]
    pub cidr_block: Ipv4Net,
    /// Further IPv4 blocks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub secondary_cidr_blocks: Vec<Ipv4Net>,
    /// Whether the Amazon-provided DNS server answers.
    #[serde(default = "yes")]
    pub enable_dns_support: bool,
    /// Whether instances with public addresses get public DNS names; private DNS of endpoints needs it.
    #[serde(default)]
    pub enable_dns_hostnames: bool,
    /// The tenancy of instances launched into the VPC.
    #[serde(default)]
    pub instance_tenancy: Tenancy,
}

/// Whether instances share hardware with other accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tenancy {
    /// Shared hardware.
    #[default]
    Default,
    /// Hardware for this account alone.
    Dedicated,
}

impl Vpc {
    /// A VPC with AWS's defaults.
    pub fn new(cidr_block: Ipv4Net) -> Self {
        Self {
            cidr_block,
            secondary_cidr_blocks: Vec::new(),
            enable_dns_support: true,
            enable_dns_hostnames: false,
            instance_tenancy: Tenancy::Default,
        }
    }

    /// The primary block, then the secondary ones.
    pub fn cidr_blocks(&self) -> impl Iterator<Item = Ipv4Net> + '_ {
        std::iter::once(self.cidr_block).chain(self.secondary_cidr_blocks.iter().copied())
    }

    pub(in crate::model) fn each_reference<'a>(&'a self, _: Visit<'_, 'a>) {}

    pub(in crate::model) fn map_references(
        &mut self,
        _: &mut dyn FnMut(&ResourceId) -> Option<ResourceId>,
        _: &mut Vec<Field>,
    ) {
    }
}
