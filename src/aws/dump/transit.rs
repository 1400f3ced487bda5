//! Transit gateways, virtual private gateways and VPN connections.

use super::{Answer, Client, Value, all, each, ids, json, of_read, sdk, tags, word};

pub(super) async fn vpn_gateways(ec2: &Client) -> Answer {
    let answer = ec2.describe_vpn_gateways().send().await.map_err(of_read)?;
    let gateway = |it: &sdk::VpnGateway| {
        json!({
            "VpnGatewayId": it.vpn_gateway_id, "State": word!(it.state),
            "AmazonSideAsn": it.amazon_side_asn, "Tags": tags(it.tags.as_ref()),
            "VpcAttachments": each(it.vpc_attachments.as_ref(), |it| json!({
                "State": word!(it.state), "VpcId": it.vpc_id })),
        })
    };
    Ok(answer.vpn_gateways.unwrap_or_default().iter().map(gateway).collect())
}

/// Without their configuration, which holds pre-shared keys.
pub(super) async fn vpn_connections(ec2: &Client) -> Answer {
    let answer = ec2.describe_vpn_connections().send().await.map_err(of_read)?;
    let connection = |it: &sdk::VpnConnection| {
        json!({
            "VpnConnectionId": it.vpn_connection_id, "State": word!(it.state),
            "VpnGatewayId": it.vpn_gateway_id, "TransitGatewayId": it.transit_gateway_id,
            "CustomerGatewayId": it.customer_gateway_id, "Tags": tags(it.tags.as_ref()),
            "Options": it.options.as_ref().map(|it| json!({ "StaticRoutesOnly": it.static_routes_only })),
            "Routes": each(it.routes.as_ref(), |it| json!({
                "DestinationCidrBlock": it.destination_cidr_block, "State": word!(it.state) })),
        })
    };
    Ok(answer.vpn_connections.unwrap_or_default().iter().map(connection).collect())
}

pub(super) async fn customer_gateways(ec2: &Client) -> Answer {
    let answer = ec2.describe_customer_gateways().send().await.map_err(of_read)?;
    let gateway = |it: &sdk::CustomerGateway| {
        json!({
            "CustomerGatewayId": it.customer_gateway_id, "IpAddress": it.ip_address, "State": it.state,
            "BgpAsn": it.bgp_asn, "BgpAsnExtended": it.bgp_asn_extended,
        })
    };
    Ok(answer.customer_gateways.unwrap_or_default().iter().map(gateway).collect())
}

pub(super) async fn gateways(ec2: &Client) -> Answer {
    all!(ec2.describe_transit_gateways(), gateway)
}

fn gateway(it: &sdk::TransitGateway) -> Value {
    let options = |it: &sdk::TransitGatewayOptions| {
        json!({
            "AmazonSideAsn": it.amazon_side_asn, "DnsSupport": word!(it.dns_support),
            "AssociationDefaultRouteTableId": it.association_default_route_table_id,
            "PropagationDefaultRouteTableId": it.propagation_default_route_table_id,
            "DefaultRouteTableAssociation": word!(it.default_route_table_association),
            "DefaultRouteTablePropagation": word!(it.default_route_table_propagation),
            "SecurityGroupReferencingSupport": word!(it.security_group_referencing_support),
        })
    };
    json!({
        "TransitGatewayId": it.transit_gateway_id, "TransitGatewayArn": it.transit_gateway_arn,
        "State": word!(it.state), "OwnerId": it.owner_id, "Description": it.description,
        "Options": it.options.as_ref().map(options), "Tags": tags(it.tags.as_ref()),
    })
}

pub(super) async fn attachments(ec2: &Client) -> Answer {
    all!(ec2.describe_transit_gateway_attachments(), attachment)
}

fn attachment(it: &sdk::TransitGatewayAttachment) -> Value {
    let association = |it: &sdk::TransitGatewayAttachmentAssociation| json!({ "State": word!(it.state), "TransitGatewayRouteTableId": it.transit_gateway_route_table_id });
    json!({
        "TransitGatewayAttachmentId": it.transit_gateway_attachment_id,
        "TransitGatewayId": it.transit_gateway_id, "TransitGatewayOwnerId": it.transit_gateway_owner_id,
        "ResourceType": word!(it.resource_type), "ResourceId": it.resource_id,
        "ResourceOwnerId": it.resource_owner_id, "State": word!(it.state),
        "Association": it.association.as_ref().map(association), "Tags": tags(it.tags.as_ref()),
    })
}

pub(super) async fn vpc_attachments(ec2: &Client) -> Answer {
    all!(ec2.describe_transit_gateway_vpc_attachments(), vpc_attachment)
}

fn vpc_attachment(it: &sdk::TransitGatewayVpcAttachment) -> Value {
    let options = |it: &sdk::TransitGatewayVpcAttachmentOptions| {
        json!({
            "DnsSupport": word!(it.dns_support), "Ipv6Support": word!(it.ipv6_support),
            "ApplianceModeSupport": word!(it.appliance_mode_support),
            "SecurityGroupReferencingSupport": word!(it.security_group_referencing_support),
        })
    };
    json!({
        "TransitGatewayAttachmentId": it.transit_gateway_attachment_id,
        "TransitGatewayId": it.transit_gateway_id, "VpcId": it.vpc_id, "VpcOwnerId": it.vpc_owner_id,
        "State": word!(it.state), "SubnetIds": it.subnet_ids, "Options": it.options.as_ref().map(options),
        "Tags": tags(it.tags.as_ref()),
    })
}

pub(super) async fn peering_attachments(ec2: &Client) -> Answer {
    all!(ec2.describe_transit_gateway_peering_attachments(), peering_attachment)
}

fn peering_attachment(it: &sdk::TransitGatewayPeeringAttachment) -> Value {
    let side = |it: &sdk::PeeringTgwInfo| json!({ "TransitGatewayId": it.transit_gateway_id, "OwnerId": it.owner_id, "Region": it.region });
    json!({
        "TransitGatewayAttachmentId": it.transit_gateway_attachment_id, "State": word!(it.state),
        "RequesterTgwInfo": it.requester_tgw_info.as_ref().map(side),
        "AccepterTgwInfo": it.accepter_tgw_info.as_ref().map(side), "Tags": tags(it.tags.as_ref()),
    })
}

pub(super) async fn route_tables(ec2: &Client) -> Answer {
    all!(ec2.describe_transit_gateway_route_tables(), route_table)
}

fn route_table(it: &sdk::TransitGatewayRouteTable) -> Value {
    json!({
        "TransitGatewayRouteTableId": it.transit_gateway_route_table_id,
        "TransitGatewayId": it.transit_gateway_id, "State": word!(it.state),
        "DefaultAssociationRouteTable": it.default_association_route_table,
        "DefaultPropagationRouteTable": it.default_propagation_route_table, "Tags": tags(it.tags.as_ref()),
    })
}

/// The propagations of each table, with the id of the table.
pub(super) async fn propagations(ec2: &Client, tables: &[Value]) -> Answer {
    let mut values = Vec::new();
    for id in ids(tables, "TransitGatewayRouteTableId") {
        let call = ec2.get_transit_gateway_route_table_propagations().transit_gateway_route_table_id(&id);
        let found: Answer = all!(call, propagation);
        values.push(json!({
            "TransitGatewayRouteTableId": id, "TransitGatewayRouteTablePropagations": found? }));
    }
    Ok(values)
}

fn propagation(it: &sdk::TransitGatewayRouteTablePropagation) -> Value {
    json!({
        "TransitGatewayAttachmentId": it.transit_gateway_attachment_id, "ResourceId": it.resource_id,
        "ResourceType": word!(it.resource_type), "State": word!(it.state),
    })
}

/// The routes of each table, with the id of the table; also the propagated ones, since a VPN
/// connection's are written down nowhere else.
pub(super) async fn routes(ec2: &Client, tables: &[Value]) -> Answer {
    let mut values = Vec::new();
    for id in ids(tables, "TransitGatewayRouteTableId") {
        let filter = sdk::Filter::builder().name("state").values("active").values("blackhole").build();
        let call = ec2.search_transit_gateway_routes().transit_gateway_route_table_id(&id);
        // It has no pages: without a number it answers with 1,000, the most that one can ask for.
        let answer = call.filters(filter).send().await.map_err(of_read)?;
        values.push(json!({
            "TransitGatewayRouteTableId": id, "Routes": each(answer.routes.as_ref(), route) }));
    }
    Ok(values)
}

fn route(it: &sdk::TransitGatewayRoute) -> Value {
    json!({
        "DestinationCidrBlock": it.destination_cidr_block, "State": word!(it.state), "Type": word!(it.r#type),
        "TransitGatewayAttachments": each(it.transit_gateway_attachments.as_ref(), |it| json!({
            "ResourceId": it.resource_id, "ResourceType": word!(it.resource_type),
            "TransitGatewayAttachmentId": it.transit_gateway_attachment_id,
        })),
    })
}
