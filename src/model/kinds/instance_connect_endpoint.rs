use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::is_false;
use crate::model::ResourceId;

/// An EC2 Instance Connect Endpoint: SSH and RDP to private hosts without a bastion; one per VPC.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InstanceConnectEndpoint {
    /// The subnet in which its interface stands.
    pub subnet_id: ResourceId,
    /// Its groups, whose outbound rules must admit the hosts; without any it is the VPC's default one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub security_group_ids: Vec<ResourceId>,
    /// Whether hosts see the client's address instead of the endpoint's.
    #[serde(default, skip_serializing_if = "is_false")]
    pub preserve_client_ip: bool,
}

references!(InstanceConnectEndpoint { required subnet_id, list security_group_ids });
