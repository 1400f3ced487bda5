//! VPN connections and customer gateways. The answers of EC2 hold the configuration of the router with its
//! pre-shared keys: nothing here looks at it, so that it goes no further than the SDK's own values.

use aws_sdk_ec2::{
    Client,
    types::{self as sdk, ResourceType, VpnConnectionOptionsSpecification},
};

use super::{
    answer::{created, tagged},
    failure::{of_read, of_write},
    live::some,
    objects_live::{Asked, Found, object},
};
use crate::cloud::{Change, CloudError, LiveObject, Reply, Spec, Tags};

/// The type of VPN that there is.
const TYPE: &str = "ipsec.1";

pub(super) async fn create(ec2: &Client, spec: &Spec, tags: &Tags) -> Result<Reply, CloudError> {
    match spec {
        Spec::CustomerGateway { ip_address, bgp_asn, device_name } => {
            let call = ec2.create_customer_gateway().r#type(TYPE.into()).ip_address(ip_address);
            let call = match i32::try_from(*bgp_asn) {
                Ok(asn) => call.bgp_asn(asn),
                Err(_) => call.bgp_asn_extended(*bgp_asn),
            };
            let call = call.device_name(device_name);
            let call = call.set_tag_specifications(tagged(ResourceType::CustomerGateway, tags));
            let made = call.send().await.map_err(of_write)?;
            created(made.customer_gateway.and_then(|it| it.customer_gateway_id))
        }
        Spec::VpnConnection {
            customer_gateway_id,
            vpn_gateway_id,
            transit_gateway_id,
            static_routes_only,
            ..
        } => {
            let options =
                VpnConnectionOptionsSpecification::builder().static_routes_only(*static_routes_only).build();
            let call = ec2.create_vpn_connection().r#type(TYPE).customer_gateway_id(customer_gateway_id);
            let call = call.set_vpn_gateway_id(vpn_gateway_id.clone());
            let call = call.set_transit_gateway_id(transit_gateway_id.clone()).options(options);
            let call = call.set_tag_specifications(tagged(ResourceType::VpnConnection, tags));
            let made = call.send().await.map_err(of_write)?;
            created(made.vpn_connection.and_then(|it| it.vpn_connection_id))
        }
        _ => created(None),
    }
}

pub(super) async fn change(ec2: &Client, id: &str, change: &Change) -> Result<Reply, CloudError> {
    match change {
        Change::ModifyVpnConnection { customer_gateway_id } => {
            let call = ec2.modify_vpn_connection().vpn_connection_id(id);
            call.customer_gateway_id(customer_gateway_id).send().await.map_err(of_write)?;
        }
        Change::CreateVpnConnectionRoute { destination_cidr_block } => {
            let call = ec2.create_vpn_connection_route().vpn_connection_id(id);
            call.destination_cidr_block(destination_cidr_block).send().await.map_err(of_write)?;
        }
        Change::DeleteVpnConnectionRoute { destination_cidr_block } => {
            let call = ec2.delete_vpn_connection_route().vpn_connection_id(id);
            call.destination_cidr_block(destination_cidr_block).send().await.map_err(of_write)?;
        }
        _ => {}
    }
    Ok(Reply::Done)
}

pub(super) async fn customer_gateways(ec2: &Client, asked: Asked) -> Found {
    let call = ec2.describe_customer_gateways().set_customer_gateway_ids(asked.ids);
    let answer = call.set_filters(asked.filters).send().await.map_err(of_read)?;
    Ok(answer.customer_gateways.unwrap_or_default().into_iter().map(customer_gateway).collect())
}

fn customer_gateway(it: sdk::CustomerGateway) -> LiveObject {
    let asn = some(it.bgp_asn).or(some(it.bgp_asn_extended));
    let spec = Spec::CustomerGateway {
        ip_address: it.ip_address.unwrap_or_default(),
        bgp_asn: asn.and_then(|it| it.parse().ok()).unwrap_or_default(),
        device_name: it.device_name.unwrap_or_default(),
    };
    object(it.customer_gateway_id, it.state.as_deref(), None, spec, it.tags)
}

/// By which id a transit gateway knows a connection is told by another call, which is made only where
/// there is such a connection.
pub(super) async fn connections(ec2: &Client, asked: Asked) -> Found {
    let call = ec2.describe_vpn_connections().set_vpn_connection_ids(asked.ids);
    let answer = call.set_filters(asked.filters).send().await.map_err(of_read)?;
    let found = answer.vpn_connections.unwrap_or_default();
    let of_transit: Vec<String> = found
        .iter()
        .filter(|it| it.transit_gateway_id.is_some())
        .filter_map(|it| it.vpn_connection_id.clone())
        .collect();
    let attachments = if of_transit.is_empty() { Vec::new() } else { attachments(ec2).await? };
    let attachment = |id: Option<&String>| {
        let mut of_it = attachments.iter().filter(|it| it.resource_id.as_ref() == id);
        of_it.find_map(|it| it.transit_gateway_attachment_id.clone())
    };
    Ok(found
        .into_iter()
        .map(|it| {
            let known = attachment(it.vpn_connection_id.as_ref());
            connection(it, known)
        })
        .collect())
}

async fn attachments(ec2: &Client) -> Result<Vec<sdk::TransitGatewayAttachment>, CloudError> {
    let filter = sdk::Filter::builder().name("resource-type").values("vpn").build();
    let mut pages =
        ec2.describe_transit_gateway_attachments().filters(filter).into_paginator().items().send();
    let mut items = Vec::new();
    while let Some(item) = pages.next().await {
        let item = item.map_err(of_read)?;
        if item.state.as_ref().is_none_or(|it| !it.as_str().starts_with("delet")) {
            items.push(item);
        }
    }
    Ok(items)
}

fn connection(it: sdk::VpnConnection, attachment: Option<String>) -> LiveObject {
    let stands = |it: &sdk::VpnStaticRoute| {
        it.state.as_ref().is_none_or(|state| matches!(state.as_str(), "available" | "pending"))
    };
    let routes = it.routes.unwrap_or_default().into_iter().filter(stands);
    let mut routes: Vec<String> = routes.filter_map(|it| some(it.destination_cidr_block)).collect();
    routes.sort();
    let transit_gateway_id = some(it.transit_gateway_id);
    let spec = Spec::VpnConnection {
        customer_gateway_id: it.customer_gateway_id.unwrap_or_default(),
        vpn_gateway_id: some(it.vpn_gateway_id),
        transit_gateway_attachment_id: attachment.filter(|_| transit_gateway_id.is_some()),
        transit_gateway_id,
        static_routes_only: it.options.and_then(|it| it.static_routes_only).unwrap_or_default(),
        routes,
    };
    object(it.vpn_connection_id, it.state.as_ref().map(sdk::VpnState::as_str), None, spec, it.tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_no_further() {
        let answer = sdk::VpnConnection::builder()
            .vpn_connection_id("vpn-1")
            .customer_gateway_configuration("<pre_shared_key>open-sesame</pre_shared_key>")
            .pre_shared_key_arn("arn:aws:secretsmanager:us-east-1:123456789012:secret:open-sesame")
            .build();
        assert!(!format!("{answer:?}").contains("<pre_shared_key>"), "the SDK hides it too");
        let live = connection(answer, None);
        assert_eq!(live.id, "vpn-1");
        assert!(!serde_json::to_string(&live).unwrap().contains("open-sesame"));
    }
}
