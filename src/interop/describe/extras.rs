//! Flow logs and the setting VPC Block Public Access.

use super::context::Import;
use crate::{
    model::{
        BlockExclusion, BlockMode, ExclusionMode, FlowLog, Kind, LogDestinationType, TrafficType,
        VpcBlockPublicAccess,
    },
    t,
};

/// `FlowLogs`.
pub(super) fn flow_logs(import: &mut Import<'_>) {
    for (node, _) in import.all("FlowLogs") {
        let (Some(id), Some(of)) = (node.id("FlowLogId"), node.id("ResourceId")) else {
            import.incomplete(&node, "ResourceId");
            continue;
        };
        let mut log = FlowLog::new(import.primary_of.get(&of).cloned().unwrap_or(of));
        log.traffic_type = match node.word("TrafficType").as_deref() {
            Some("ACCEPT") => TrafficType::Accept,
            Some("REJECT") => TrafficType::Reject,
            _ => TrafficType::All,
        };
        log.log_destination_type = match node.word("LogDestinationType").as_deref() {
            Some("s3") => LogDestinationType::S3,
            Some("kinesis-data-firehose") => LogDestinationType::KinesisDataFirehose,
            _ => LogDestinationType::CloudWatchLogs,
        };
        let destination = node.word("LogDestination").or_else(|| node.word("LogGroupName"));
        log.log_destination = destination.unwrap_or_default();
        log.iam_role_arn = node.word("DeliverLogsPermissionArn");
        import.add(id, &node, log);
    }
}

/// `VpcBlockPublicAccessOptions`, which stands alone in its file, and the exclusions.
pub(super) fn block_public_access(import: &mut Import<'_>) {
    let Some(node) = import.one("VpcBlockPublicAccessOptions", "options") else { return };
    let mode = match node.word("InternetGatewayBlockMode").as_deref() {
        Some("block-bidirectional") => BlockMode::BlockBidirectional,
        Some("block-ingress") => BlockMode::BlockIngress,
        _ => {
            import.leave_out(&node, t!("import-off"));
            return;
        }
    };
    let mut block = VpcBlockPublicAccess { internet_gateway_block_mode: mode, exclusions: Vec::new() };
    for (node, _) in import.all("VpcBlockPublicAccessExclusions") {
        if !node.state_is("State", &["create-complete", "update-complete", "update-in-progress"]) {
            continue;
        }
        // `arn:aws:ec2:REGION:ACCOUNT:vpc/vpc-…` or `…:subnet/subnet-…`.
        let arn = node.word("ResourceArn").unwrap_or_default();
        let Some(id) = arn.rsplit('/').next().and_then(|id| crate::model::ResourceId::new(id).ok()) else {
            continue;
        };
        let egress = node.word("InternetGatewayExclusionMode").is_some_and(|it| it == "allow-egress");
        block.exclusions.push(BlockExclusion {
            vpc_id: import.has(&id, Kind::Vpc).then(|| id.clone()),
            subnet_id: import.has(&id, Kind::Subnet).then_some(id),
            internet_gateway_exclusion_mode: if egress {
                ExclusionMode::AllowEgress
            } else {
                ExclusionMode::AllowBidirectional
            },
        });
    }
    block.exclusions.retain(|it| it.vpc_id.is_some() || it.subnet_id.is_some());
    let id = import.free_id(Kind::VpcBlockPublicAccess, "account");
    import.add(id, &node, block);
}
