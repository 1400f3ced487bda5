//! Network ACLs, their entries and their associations.

use aws_sdk_ec2::{
    Client,
    types::{IcmpTypeCode, PortRange, ResourceType, RuleAction},
};

use super::{
    answer::{created, tagged},
    failure::of_write,
};
use crate::cloud::{CloudFuture, NetworkAclEntry, Reply, Tags};

pub(super) fn create<'a>(
    ec2: &'a Client,
    vpc_id: &'a str,
    tags: &'a Tags,
    client_token: Option<&'a str>,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let made = ec2
            .create_network_acl()
            .vpc_id(vpc_id)
            .set_tag_specifications(tagged(ResourceType::NetworkAcl, tags))
            .set_client_token(client_token.map(str::to_owned))
            .send()
            .await
            .map_err(of_write)?;
        created(made.network_acl.and_then(|acl| acl.network_acl_id))
    })
}

pub(super) fn delete<'a>(ec2: &'a Client, acl_id: &'a str) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.delete_network_acl().network_acl_id(acl_id);
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

/// `CreateNetworkAclEntry` and `ReplaceNetworkAclEntry` have the same parameters under other types.
macro_rules! with_entry {
    ($call:expr, $acl_id:expr, $entry:expr) => {
        $call
            .network_acl_id($acl_id)
            .rule_number($entry.rule_number)
            .egress($entry.egress)
            .protocol(&$entry.protocol)
            .rule_action(RuleAction::from($entry.rule_action.as_str()))
            .set_cidr_block($entry.cidr_block.clone())
            .set_ipv6_cidr_block($entry.ipv6_cidr_block.clone())
            .set_port_range(port_range($entry))
            .set_icmp_type_code(icmp_type_code($entry))
    };
}

fn port_range(entry: &NetworkAclEntry) -> Option<PortRange> {
    let range = entry.port_range?;
    Some(PortRange::builder().from(range.from).to(range.to).build())
}

fn icmp_type_code(entry: &NetworkAclEntry) -> Option<IcmpTypeCode> {
    let icmp = entry.icmp_type_code?;
    Some(IcmpTypeCode::builder().r#type(icmp.icmp_type).code(icmp.code).build())
}

pub(super) fn create_entry<'a>(
    ec2: &'a Client,
    acl_id: &'a str,
    entry: &'a NetworkAclEntry,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = with_entry!(ec2.create_network_acl_entry(), acl_id, entry);
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn replace_entry<'a>(
    ec2: &'a Client,
    acl_id: &'a str,
    entry: &'a NetworkAclEntry,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = with_entry!(ec2.replace_network_acl_entry(), acl_id, entry);
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn delete_entry<'a>(
    ec2: &'a Client,
    acl_id: &'a str,
    rule_number: i32,
    egress: bool,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let call =
            ec2.delete_network_acl_entry().network_acl_id(acl_id).rule_number(rule_number).egress(egress);
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn replace_association<'a>(
    ec2: &'a Client,
    association_id: &'a str,
    acl_id: &'a str,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let call =
            ec2.replace_network_acl_association().association_id(association_id).network_acl_id(acl_id);
        created(call.send().await.map_err(of_write)?.new_association_id)
    })
}
