//! VPCs: blocks, DNS switches.

use aws_sdk_ec2::{
    Client,
    types::{AttributeBooleanValue, ResourceType, Tenancy, VpcAttributeName},
};

use super::{
    answer::{created, tagged},
    failure::{of_read, of_write},
};
use crate::cloud::{CloudFuture, Reply, Tags, VpcAttribute};

pub(super) fn create<'a>(
    ec2: &'a Client,
    cidr_block: &'a str,
    tenancy: Option<&'a str>,
    tags: &'a Tags,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let made = ec2
            .create_vpc()
            .cidr_block(cidr_block)
            .set_instance_tenancy(tenancy.map(Tenancy::from))
            .set_tag_specifications(tagged(ResourceType::Vpc, tags))
            .send()
            .await
            .map_err(of_write)?;
        created(made.vpc.and_then(|vpc| vpc.vpc_id))
    })
}

pub(super) fn modify<'a>(
    ec2: &'a Client,
    vpc_id: &'a str,
    attribute: VpcAttribute,
    value: bool,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let value = AttributeBooleanValue::builder().value(value).build();
        let call = ec2.modify_vpc_attribute().vpc_id(vpc_id);
        let call = match attribute {
            VpcAttribute::EnableDnsSupport => call.enable_dns_support(value),
            VpcAttribute::EnableDnsHostnames => call.enable_dns_hostnames(value),
        };
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn describe_attribute<'a>(
    ec2: &'a Client,
    vpc_id: &'a str,
    attribute: VpcAttribute,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let name = match attribute {
            VpcAttribute::EnableDnsSupport => VpcAttributeName::EnableDnsSupport,
            VpcAttribute::EnableDnsHostnames => VpcAttributeName::EnableDnsHostnames,
        };
        let call = ec2.describe_vpc_attribute().vpc_id(vpc_id).attribute(name);
        let answer = call.send().await.map_err(of_read)?;
        let switch = match attribute {
            VpcAttribute::EnableDnsSupport => answer.enable_dns_support,
            VpcAttribute::EnableDnsHostnames => answer.enable_dns_hostnames,
        };
        Ok(Reply::Switch(switch.and_then(|switch| switch.value).unwrap_or_default()))
    })
}

pub(super) fn add_block<'a>(
    ec2: &'a Client,
    vpc_id: &'a str,
    cidr_block: Option<&'a str>,
    amazon_provided_ipv6: bool,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.associate_vpc_cidr_block().vpc_id(vpc_id);
        let call = call.set_cidr_block(cidr_block.map(str::to_owned));
        let call = call.set_amazon_provided_ipv6_cidr_block(amazon_provided_ipv6.then_some(true));
        let made = call.send().await.map_err(of_write)?;
        let ipv6 = made.ipv6_cidr_block_association.and_then(|association| association.association_id);
        created(made.cidr_block_association.and_then(|association| association.association_id).or(ipv6))
    })
}

pub(super) fn remove_block<'a>(ec2: &'a Client, association_id: &'a str) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.disassociate_vpc_cidr_block().association_id(association_id);
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn delete<'a>(ec2: &'a Client, vpc_id: &'a str) -> CloudFuture<'a> {
    Box::pin(async move {
        ec2.delete_vpc().vpc_id(vpc_id).send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}
