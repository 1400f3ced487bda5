use ipnet::IpNet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::is_false;

/// A prefix list: a named set of blocks for routes and security groups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ManagedPrefixList {
    /// IPv4 or IPv6; cannot be changed once deployed.
    pub address_family: AddressFamily,
    /// How many entries it may have: this, not their number, counts against quotas.
    pub max_entries: u32,
    /// The blocks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<PrefixListEntry>,
    /// Whether AWS maintains it: such a one is only imported, never deployed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub aws_managed: bool,
}

/// A block of a prefix list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrefixListEntry {
    /// The block.
    #[schemars(with = "String")]
    pub cidr: IpNet,
    /// What it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// A family of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum AddressFamily {
    /// IPv4.
    #[default]
    #[serde(rename = "IPv4")]
    Ipv4,
    /// IPv6.
    #[serde(rename = "IPv6")]
    Ipv6,
}

impl ManagedPrefixList {
    /// A list of IPv4 blocks with room for `max_entries`.
    pub fn new(max_entries: u32) -> Self {
        Self { address_family: AddressFamily::Ipv4, max_entries, entries: Vec::new(), aws_managed: false }
    }
}

references!(ManagedPrefixList {});
