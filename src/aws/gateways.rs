//! Internet gateways and Elastic IP addresses.

use aws_sdk_ec2::{
    Client,
    types::{DomainType, ResourceType},
};

use super::{
    answer::{created, required, tagged},
    failure::of_write,
};
use crate::cloud::{AddressTarget, CloudFuture, Created, Reply, Tags};

pub(super) fn create<'a>(ec2: &'a Client, tags: &'a Tags) -> CloudFuture<'a> {
    Box::pin(async move {
        let call =
            ec2.create_internet_gateway().set_tag_specifications(tagged(ResourceType::InternetGateway, tags));
        let made = call.send().await.map_err(of_write)?;
        created(made.internet_gateway.and_then(|gateway| gateway.internet_gateway_id))
    })
}

pub(super) fn attach<'a>(ec2: &'a Client, gateway_id: &'a str, vpc_id: &'a str) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.attach_internet_gateway().internet_gateway_id(gateway_id).vpc_id(vpc_id);
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn detach<'a>(ec2: &'a Client, gateway_id: &'a str, vpc_id: &'a str) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.detach_internet_gateway().internet_gateway_id(gateway_id).vpc_id(vpc_id);
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn delete<'a>(ec2: &'a Client, gateway_id: &'a str) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.delete_internet_gateway().internet_gateway_id(gateway_id);
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

/// The SDK sets no token of its own here.
pub(super) fn create_egress_only<'a>(
    ec2: &'a Client,
    vpc_id: &'a str,
    tags: &'a Tags,
    client_token: Option<&'a str>,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let made = ec2
            .create_egress_only_internet_gateway()
            .vpc_id(vpc_id)
            .set_tag_specifications(tagged(ResourceType::EgressOnlyInternetGateway, tags))
            .set_client_token(client_token.map(str::to_owned))
            .send()
            .await
            .map_err(of_write)?;
        let gateway = made.egress_only_internet_gateway;
        created(gateway.and_then(|gateway| gateway.egress_only_internet_gateway_id))
    })
}

pub(super) fn delete_egress_only<'a>(ec2: &'a Client, gateway_id: &'a str) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.delete_egress_only_internet_gateway().egress_only_internet_gateway_id(gateway_id);
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn allocate<'a>(ec2: &'a Client, tags: &'a Tags) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2
            .allocate_address()
            .domain(DomainType::Vpc)
            .set_tag_specifications(tagged(ResourceType::ElasticIp, tags));
        let made = call.send().await.map_err(of_write)?;
        Ok(Reply::Created(Created {
            id: required(made.allocation_id)?,
            public_ip: made.public_ip,
            ..Created::default()
        }))
    })
}

pub(super) fn release<'a>(ec2: &'a Client, allocation_id: &'a str) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.release_address().allocation_id(allocation_id);
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn associate<'a>(
    ec2: &'a Client,
    allocation_id: &'a str,
    target: &'a AddressTarget,
    allow_reassociation: bool,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let call =
            ec2.associate_address().allocation_id(allocation_id).allow_reassociation(allow_reassociation);
        let call = match target {
            AddressTarget::Instance(id) => call.instance_id(id),
            AddressTarget::NetworkInterface(id) => call.network_interface_id(id),
            AddressTarget::PrivateAddress { network_interface_id, private_ip_address } => {
                call.network_interface_id(network_interface_id).private_ip_address(private_ip_address)
            }
        };
        created(call.send().await.map_err(of_write)?.association_id)
    })
}

pub(super) fn disassociate<'a>(ec2: &'a Client, association_id: &'a str) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.disassociate_address().association_id(association_id);
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}
