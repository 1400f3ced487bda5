use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::ResourceId;

/// A flow log: records of the traffic of a VPC, a subnet or a network interface.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlowLog {
    /// The VPC, subnet, instance (its primary interface) or network interface that is watched.
    pub resource_id: ResourceId,
    /// Which traffic is recorded.
    #[serde(default)]
    pub traffic_type: TrafficType,
    /// Where the records go.
    #[serde(default)]
    pub log_destination_type: LogDestinationType,
    /// The name of the log group, or the ARN of the bucket or stream.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub log_destination: String,
    /// The ARN of the role that writes to CloudWatch Logs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iam_role_arn: Option<String>,
}

/// Which traffic a flow log records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum TrafficType {
    /// What was let through.
    Accept,
    /// What was dropped.
    Reject,
    /// Both.
    #[default]
    All,
}

/// Where a flow log writes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LogDestinationType {
    /// A group of CloudWatch Logs.
    #[default]
    CloudWatchLogs,
    /// A bucket.
    S3,
    /// A delivery stream.
    KinesisDataFirehose,
}

impl FlowLog {
    /// All traffic of a resource, to CloudWatch Logs.
    pub fn new(resource_id: ResourceId) -> Self {
        Self {
            resource_id,
            traffic_type: TrafficType::All,
            log_destination_type: LogDestinationType::CloudWatchLogs,
            log_destination: String::new(),
            iam_role_arn: None,
        }
    }
}

references!(FlowLog { required resource_id });
