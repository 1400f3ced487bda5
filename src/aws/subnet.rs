//! Subnets.

use aws_sdk_ec2::{
    Client,
    types::{AttributeBooleanValue, ResourceType},
};

use super::{
    answer::{created, tagged},
    failure::of_write,
};
use crate::cloud::{CloudFuture, Reply, SubnetAttribute, Tags};

pub(super) fn create<'a>(
    ec2: &'a Client,
    vpc_id: &'a str,
    (cidr_block, ipv6_cidr_block): (&'a str, Option<&'a str>),
    zone: Option<&'a str>,
    tags: &'a Tags,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let made = ec2
            .create_subnet()
            .vpc_id(vpc_id)
            .cidr_block(cidr_block)
            .set_ipv6_cidr_block(ipv6_cidr_block.map(str::to_owned))
            .set_availability_zone(zone.map(str::to_owned))
            .set_tag_specifications(tagged(ResourceType::Subnet, tags))
            .send()
            .await
            .map_err(of_write)?;
        created(made.subnet.and_then(|subnet| subnet.subnet_id))
    })
}

pub(super) fn modify<'a>(
    ec2: &'a Client,
    subnet_id: &'a str,
    attribute: SubnetAttribute,
    value: bool,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let value = AttributeBooleanValue::builder().value(value).build();
        let call = ec2.modify_subnet_attribute().subnet_id(subnet_id);
        let call = match attribute {
            SubnetAttribute::MapPublicIpOnLaunch => call.map_public_ip_on_launch(value),
            SubnetAttribute::AssignIpv6AddressOnCreation => call.assign_ipv6_address_on_creation(value),
            SubnetAttribute::EnableDns64 => call.enable_dns64(value),
        };
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn add_block<'a>(
    ec2: &'a Client,
    subnet_id: &'a str,
    ipv6_cidr_block: &'a str,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.associate_subnet_cidr_block().subnet_id(subnet_id).ipv6_cidr_block(ipv6_cidr_block);
        let made = call.send().await.map_err(of_write)?;
        created(made.ipv6_cidr_block_association.and_then(|association| association.association_id))
    })
}

pub(super) fn remove_block<'a>(ec2: &'a Client, association_id: &'a str) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.disassociate_subnet_cidr_block().association_id(association_id);
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn delete<'a>(ec2: &'a Client, subnet_id: &'a str) -> CloudFuture<'a> {
    Box::pin(async move {
        ec2.delete_subnet().subnet_id(subnet_id).send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}
