use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{is_false, yes};
use crate::model::ResourceId;

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
    /// IPv6 blocks. Of one that Amazon provides only the length is known before the deploy: the
    /// block of the drawing stands for it, and subnets keep their place inside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub ipv6_cidr_blocks: Vec<Ipv6Net>,
    /// Whether the first IPv6 block is a /56 that Amazon provides.
    #[serde(default, skip_serializing_if = "is_false")]
    pub assign_generated_ipv6_cidr_block: bool,
    /// Whether the Amazon-provided DNS server answers.
    #[serde(default = "yes")]
    pub enable_dns_support: bool,
    /// Whether instances with public addresses get public DNS names; private DNS of endpoints needs it.
    #[serde(default)]
    pub enable_dns_hostnames: bool,
    /// The tenancy of instances launched into the VPC.
    #[serde(default)]
    pub instance_tenancy: Tenancy,
    /// What its hosts are told by DHCP; AWS's default set where this is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dhcp_options_id: Option<ResourceId>,
    /// Its region, where that is not the document's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The account that owns it, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<String>,
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
            ipv6_cidr_blocks: Vec::new(),
            assign_generated_ipv6_cidr_block: false,
            enable_dns_support: true,
            enable_dns_hostnames: false,
            instance_tenancy: Tenancy::Default,
            dhcp_options_id: None,
            region: None,
            owner_id: None,
        }
    }

    /// The primary block, then the secondary ones.
    pub fn cidr_blocks(&self) -> impl Iterator<Item = Ipv4Net> + '_ {
        std::iter::once(self.cidr_block).chain(self.secondary_cidr_blocks.iter().copied())
    }

    /// The IPv4 blocks, then the IPv6 ones.
    pub fn all_cidr_blocks(&self) -> impl Iterator<Item = IpNet> + '_ {
        let ipv6 = self.ipv6_cidr_blocks.iter().copied().map(IpNet::V6);
        self.cidr_blocks().map(IpNet::V4).chain(ipv6)
    }
}

references!(Vpc { optional dhcp_options_id });
