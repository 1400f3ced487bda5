use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the hosts of a VPC are told by DHCP. Cannot be changed once deployed; a VPC takes another set.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DhcpOptions {
    /// The domain of unqualified names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain_name: Option<String>,
    /// Up to four addresses of resolvers, or `AmazonProvidedDNS`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub domain_name_servers: Vec<String>,
    /// Up to four addresses of time servers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ntp_servers: Vec<String>,
}

references!(DhcpOptions {});
