//! NAT gateways.

use aws_sdk_ec2::{
    Client,
    types::{AvailabilityMode, AvailabilityZoneAddress, ConnectivityType, ResourceType},
};

use super::{
    answer::{created, list, tagged},
    failure::of_write,
};
use crate::cloud::{CloudFuture, Reply, Tags, ZoneAddresses};

/// The parameters of `CreateNatGateway`.
pub(super) struct NatGateway<'a> {
    pub(super) subnet_id: &'a str,
    pub(super) connectivity_type: &'a str,
    pub(super) allocation_id: Option<&'a str>,
    pub(super) private_ip_address: Option<&'a str>,
    pub(super) tags: &'a Tags,
    pub(super) client_token: Option<&'a str>,
}

pub(super) fn create<'a>(ec2: &'a Client, wanted: NatGateway<'a>) -> CloudFuture<'a> {
    Box::pin(async move {
        let made = ec2
            .create_nat_gateway()
            .subnet_id(wanted.subnet_id)
            .connectivity_type(ConnectivityType::from(wanted.connectivity_type))
            .set_allocation_id(wanted.allocation_id.map(str::to_owned))
            .set_private_ip_address(wanted.private_ip_address.map(str::to_owned))
            .set_tag_specifications(tagged(ResourceType::Natgateway, wanted.tags))
            .set_client_token(wanted.client_token.map(str::to_owned))
            .send()
            .await
            .map_err(of_write)?;
        created(made.nat_gateway.and_then(|gateway| gateway.nat_gateway_id))
    })
}

pub(super) fn create_regional<'a>(
    ec2: &'a Client,
    vpc_id: &'a str,
    zones: &'a [ZoneAddresses],
    tags: &'a Tags,
    client_token: Option<&'a str>,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let addresses = |it: &ZoneAddresses| {
            let zone = AvailabilityZoneAddress::builder().availability_zone(&it.availability_zone);
            zone.set_allocation_ids(list(&it.allocation_ids)).build()
        };
        let zones: Vec<AvailabilityZoneAddress> = zones.iter().map(addresses).collect();
        let made = ec2
            .create_nat_gateway()
            .availability_mode(AvailabilityMode::Regional)
            .vpc_id(vpc_id)
            .set_availability_zone_addresses((!zones.is_empty()).then_some(zones))
            .set_tag_specifications(tagged(ResourceType::Natgateway, tags))
            .set_client_token(client_token.map(str::to_owned))
            .send()
            .await
            .map_err(of_write)?;
        created(made.nat_gateway.and_then(|gateway| gateway.nat_gateway_id))
    })
}

pub(super) fn delete<'a>(ec2: &'a Client, nat_gateway_id: &'a str) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.delete_nat_gateway().nat_gateway_id(nat_gateway_id);
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}
