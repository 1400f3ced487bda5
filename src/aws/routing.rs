//! Route tables, their routes and their associations.

use aws_sdk_ec2::{Client, types::ResourceType};

use super::{
    answer::{created, tagged},
    failure::of_write,
};
use crate::cloud::{CloudFuture, Reply, RouteDestination, RouteTarget, Tags};

pub(super) fn create_table<'a>(
    ec2: &'a Client,
    vpc_id: &'a str,
    tags: &'a Tags,
    client_token: Option<&'a str>,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let made = ec2
            .create_route_table()
            .vpc_id(vpc_id)
            .set_tag_specifications(tagged(ResourceType::RouteTable, tags))
            .set_client_token(client_token.map(str::to_owned))
            .send()
            .await
            .map_err(of_write)?;
        created(made.route_table.and_then(|table| table.route_table_id))
    })
}

pub(super) fn delete_table<'a>(ec2: &'a Client, table_id: &'a str) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.delete_route_table().route_table_id(table_id);
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

/// `CreateRoute` and `ReplaceRoute` have the same parameters under other types.
macro_rules! with_route {
    ($call:expr, $destination:expr, $target:expr) => {{
        let call = match $destination {
            RouteDestination::Ipv4(block) => $call.destination_cidr_block(block),
            RouteDestination::Ipv6(block) => $call.destination_ipv6_cidr_block(block),
            RouteDestination::PrefixList(id) => $call.destination_prefix_list_id(id),
        };
        match $target {
            RouteTarget::Gateway(id) => call.gateway_id(id),
            RouteTarget::NatGateway(id) => call.nat_gateway_id(id),
            RouteTarget::Instance(id) => call.instance_id(id),
            RouteTarget::NetworkInterface(id) => call.network_interface_id(id),
            RouteTarget::EgressOnlyInternetGateway(id) => call.egress_only_internet_gateway_id(id),
            RouteTarget::VpcPeeringConnection(id) => call.vpc_peering_connection_id(id),
            RouteTarget::TransitGateway(id) => call.transit_gateway_id(id),
            RouteTarget::VpcEndpoint(id) => call.vpc_endpoint_id(id),
            RouteTarget::CarrierGateway(id) => call.carrier_gateway_id(id),
            RouteTarget::LocalGateway(id) => call.local_gateway_id(id),
        }
    }};
}

pub(super) fn create_route<'a>(
    ec2: &'a Client,
    table_id: &'a str,
    destination: &'a RouteDestination,
    target: &'a RouteTarget,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.create_route().route_table_id(table_id);
        with_route!(call, destination, target).send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn replace_route<'a>(
    ec2: &'a Client,
    table_id: &'a str,
    destination: &'a RouteDestination,
    target: &'a RouteTarget,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.replace_route().route_table_id(table_id);
        with_route!(call, destination, target).send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn delete_route<'a>(
    ec2: &'a Client,
    table_id: &'a str,
    destination: &'a RouteDestination,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.delete_route().route_table_id(table_id);
        let call = match destination {
            RouteDestination::Ipv4(block) => call.destination_cidr_block(block),
            RouteDestination::Ipv6(block) => call.destination_ipv6_cidr_block(block),
            RouteDestination::PrefixList(id) => call.destination_prefix_list_id(id),
        };
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}

pub(super) fn associate<'a>(ec2: &'a Client, table_id: &'a str, subnet_id: &'a str) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.associate_route_table().route_table_id(table_id).subnet_id(subnet_id);
        created(call.send().await.map_err(of_write)?.association_id)
    })
}

pub(super) fn replace_association<'a>(
    ec2: &'a Client,
    association_id: &'a str,
    table_id: &'a str,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let call =
            ec2.replace_route_table_association().association_id(association_id).route_table_id(table_id);
        created(call.send().await.map_err(of_write)?.new_association_id)
    })
}

pub(super) fn disassociate<'a>(ec2: &'a Client, association_id: &'a str) -> CloudFuture<'a> {
    Box::pin(async move {
        let call = ec2.disassociate_route_table().association_id(association_id);
        call.send().await.map_err(of_write)?;
        Ok(Reply::Done)
    })
}
