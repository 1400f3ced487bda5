//! Describing what joins networks, leads out of them or watches over them.

use aws_sdk_ec2::{
    Client,
    types::{self as sdk, Filter as SdkFilter},
};

use super::{
    block_public_access,
    failure::of_read,
    live::{some, tags},
    vpn,
};
use crate::cloud::{
    AttachmentOptions, CloudError, CloudFuture, DescribeKind, Filter, Joined, Live, LiveObject, PrefixEntry,
    Reply, Spec, TransitRoute,
};

pub(super) type Found = Result<Vec<LiveObject>, CloudError>;

/// What is asked for: ids and filters in the SDK's form.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    pub ids: Option<Vec<String>>,
    pub filters: Option<Vec<SdkFilter>>,
}

pub(super) fn describe<'a>(
    ec2: &'a Client,
    kind: DescribeKind,
    asked: Asked,
    filters: &'a [Filter],
) -> CloudFuture<'a> {
    Box::pin(async move {
        let mut items = match kind {
            DescribeKind::VpcPeeringConnections => peerings(ec2, asked).await?,
            DescribeKind::ManagedPrefixLists => prefix_lists(ec2, asked).await?,
            DescribeKind::VpnGateways => vpn_gateways(ec2, asked).await?,
            DescribeKind::CustomerGateways => vpn::customer_gateways(ec2, asked).await?,
            DescribeKind::VpnConnections => vpn::connections(ec2, asked).await?,
            DescribeKind::VpcBlockPublicAccess => block_public_access::setting(ec2, asked).await?,
            DescribeKind::VpcBlockPublicAccessExclusions => {
                block_public_access::exclusions(ec2, asked).await?
            }
            DescribeKind::TransitGateways => transit_gateways(ec2, asked).await?,
            DescribeKind::TransitGatewayVpcAttachments => vpc_attachments(ec2, asked).await?,
            DescribeKind::TransitGatewayPeeringAttachments => peering_attachments(ec2, asked).await?,
            DescribeKind::TransitGatewayRouteTables => transit_tables(ec2, asked).await?,
            DescribeKind::DhcpOptions => dhcp_options(ec2, asked).await?,
            DescribeKind::FlowLogs => flow_logs(ec2, asked).await?,
            _ => connect_endpoints(ec2, asked).await?,
        };
        // Some emulators ignore filters of these calls.
        items.retain(|item| filters.iter().all(|filter| passes(item, filter)));
        items.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(Reply::Described(Live::Objects(items)))
    })
}

/// Whether an object passes a filter on a tag or on its transit gateway; others are EC2's to apply.
fn passes(item: &LiveObject, filter: &Filter) -> bool {
    if let Some(key) = filter.name.strip_prefix("tag:") {
        return item.tags.get(key).is_some_and(|value| filter.values.contains(value));
    }
    match &item.spec {
        Spec::TransitGatewayRouteTable { transit_gateway_id, .. } if filter.name == "transit-gateway-id" => {
            filter.values.contains(transit_gateway_id)
        }
        _ => true,
    }
}

/// Every item of a paged describing call, converted.
macro_rules! all {
    ($call:expr, $convert:expr) => {{
        let mut pages = $call.into_paginator().items().send();
        let mut items = Vec::new();
        while let Some(item) = pages.next().await {
            items.push($convert(item.map_err(of_read)?));
        }
        items
    }};
}

/// The word of a value that has a type of its own.
macro_rules! said {
    ($value:expr) => {
        $value.map(|it| it.as_str())
    };
}

/// EC2's word in lower case, with hyphens: `pendingAcceptance` is `pending-acceptance`.
fn word(text: Option<&str>) -> String {
    let mut out = String::new();
    let mut after_lower_case = false;
    for letter in text.unwrap_or("available").chars() {
        if letter.is_ascii_uppercase() && after_lower_case {
            out.push('-');
        }
        after_lower_case = letter.is_ascii_lowercase();
        out.push(letter.to_ascii_lowercase());
    }
    out
}

pub(super) fn object(
    id: Option<String>,
    state: Option<&str>,
    reason: Option<String>,
    spec: Spec,
    tag_list: Option<Vec<sdk::Tag>>,
) -> LiveObject {
    LiveObject {
        id: id.unwrap_or_default(),
        state: word(state),
        state_reason: some(reason),
        spec,
        tags: tags(tag_list),
    }
}

fn is_on(value: Option<&str>) -> bool {
    value == Some("enable")
}

async fn peerings(ec2: &Client, asked: Asked) -> Found {
    let call = ec2.describe_vpc_peering_connections();
    Ok(all!(call.set_vpc_peering_connection_ids(asked.ids).set_filters(asked.filters), peering))
}

fn peering(it: sdk::VpcPeeringConnection) -> LiveObject {
    let dns = |side: Option<&sdk::VpcPeeringConnectionVpcInfo>| {
        let options = side.and_then(|side| side.peering_options.as_ref());
        options.and_then(|it| it.allow_dns_resolution_from_remote_vpc).unwrap_or_default()
    };
    let (requester, accepter) = (it.requester_vpc_info.as_ref(), it.accepter_vpc_info.as_ref());
    let spec = Spec::VpcPeeringConnection {
        vpc_id: requester.and_then(|it| it.vpc_id.clone()).unwrap_or_default(),
        peer_vpc_id: accepter.and_then(|it| it.vpc_id.clone()).unwrap_or_default(),
        peer_owner_id: accepter.and_then(|it| it.owner_id.clone()),
        peer_region: accepter.and_then(|it| it.region.clone()),
        requester_dns: dns(requester),
        accepter_dns: dns(accepter),
    };
    let status = it.status.as_ref();
    let state = status.and_then(|it| it.code.as_ref()).map(|it| it.as_str().to_owned());
    let reason = status.and_then(|it| it.message.clone());
    object(it.vpc_peering_connection_id, state.as_deref(), reason, spec, it.tags)
}

async fn prefix_lists(ec2: &Client, asked: Asked) -> Found {
    let call = ec2.describe_managed_prefix_lists();
    let lists: Vec<sdk::ManagedPrefixList> =
        all!(call.set_prefix_list_ids(asked.ids).set_filters(asked.filters), std::convert::identity);
    let mut items = Vec::new();
    for it in lists.into_iter().filter(|it| it.owner_id.as_deref() != Some("AWS")) {
        let id = it.prefix_list_id.clone().unwrap_or_default();
        let mut entries: Vec<PrefixEntry> =
            all!(ec2.get_managed_prefix_list_entries().prefix_list_id(&id), entry);
        entries.sort();
        let spec = Spec::ManagedPrefixList {
            prefix_list_name: it.prefix_list_name.unwrap_or_default(),
            address_family: it.address_family.unwrap_or_default(),
            max_entries: it.max_entries.unwrap_or_default(),
            entries,
            version: it.version.unwrap_or_default(),
        };
        let state = said!(it.state.as_ref());
        items.push(object(Some(id), state, it.state_message, spec, it.tags));
    }
    Ok(items)
}

fn entry(it: sdk::PrefixListEntry) -> PrefixEntry {
    PrefixEntry { cidr: it.cidr.unwrap_or_default(), description: it.description.unwrap_or_default() }
}

async fn vpn_gateways(ec2: &Client, asked: Asked) -> Found {
    let call = ec2.describe_vpn_gateways().set_vpn_gateway_ids(asked.ids).set_filters(asked.filters);
    let answer = call.send().await.map_err(of_read)?;
    Ok(answer.vpn_gateways.unwrap_or_default().into_iter().map(vpn_gateway).collect())
}

fn vpn_gateway(it: sdk::VpnGateway) -> LiveObject {
    let attached = |it: sdk::VpcAttachment| {
        let state = word(said!(it.state.as_ref()));
        Joined { id: it.vpc_id.unwrap_or_default(), state }
    };
    let attachments = it.vpc_attachments.unwrap_or_default().into_iter().map(attached);
    let spec = Spec::VpnGateway {
        amazon_side_asn: it.amazon_side_asn,
        attachments: attachments.filter(|it| it.state != "detached").collect(),
    };
    object(it.vpn_gateway_id, said!(it.state.as_ref()), None, spec, it.tags)
}

async fn transit_gateways(ec2: &Client, asked: Asked) -> Found {
    let call = ec2.describe_transit_gateways();
    Ok(all!(call.set_transit_gateway_ids(asked.ids).set_filters(asked.filters), transit_gateway))
}

fn transit_gateway(it: sdk::TransitGateway) -> LiveObject {
    let options = it.options.unwrap_or_else(|| sdk::TransitGatewayOptions::builder().build());
    let associates = said!(options.default_route_table_association.as_ref());
    let propagates = said!(options.default_route_table_propagation.as_ref());
    let groups = said!(options.security_group_referencing_support.as_ref());
    let spec = Spec::TransitGateway {
        description: it.description.unwrap_or_default(),
        amazon_side_asn: options.amazon_side_asn,
        default_route_table_association: is_on(associates),
        default_route_table_propagation: is_on(propagates),
        dns_support: is_on(said!(options.dns_support.as_ref())),
        security_group_referencing_support: is_on(groups),
    };
    object(it.transit_gateway_id, said!(it.state.as_ref()), None, spec, it.tags)
}

async fn vpc_attachments(ec2: &Client, asked: Asked) -> Found {
    let call = ec2.describe_transit_gateway_vpc_attachments();
    Ok(all!(call.set_transit_gateway_attachment_ids(asked.ids).set_filters(asked.filters), vpc_attachment))
}

fn vpc_attachment(it: sdk::TransitGatewayVpcAttachment) -> LiveObject {
    let set = it.options.as_ref();
    let groups = said!(set.and_then(|it| it.security_group_referencing_support.as_ref()));
    let options = AttachmentOptions {
        appliance_mode_support: is_on(said!(set.and_then(|it| it.appliance_mode_support.as_ref()))),
        dns_support: is_on(said!(set.and_then(|it| it.dns_support.as_ref()))),
        ipv6_support: is_on(said!(set.and_then(|it| it.ipv6_support.as_ref()))),
        security_group_referencing_support: is_on(groups),
    };
    let mut subnet_ids = it.subnet_ids.unwrap_or_default();
    subnet_ids.sort();
    let spec = Spec::TransitGatewayVpcAttachment {
        transit_gateway_id: it.transit_gateway_id.unwrap_or_default(),
        vpc_id: it.vpc_id.unwrap_or_default(),
        subnet_ids,
        options,
    };
    let state = said!(it.state.as_ref());
    object(it.transit_gateway_attachment_id, state, None, spec, it.tags)
}

async fn peering_attachments(ec2: &Client, asked: Asked) -> Found {
    let call = ec2.describe_transit_gateway_peering_attachments();
    let call = call.set_transit_gateway_attachment_ids(asked.ids).set_filters(asked.filters);
    let found: Vec<sdk::TransitGatewayPeeringAttachment> = all!(call, std::convert::identity);
    // An emulator lists the attachments of VPCs too.
    let peerings = found.into_iter().filter(|it| it.requester_tgw_info.is_some());
    Ok(peerings.map(peering_attachment).collect())
}

fn peering_attachment(it: sdk::TransitGatewayPeeringAttachment) -> LiveObject {
    let accepter = it.accepter_tgw_info.unwrap_or_else(|| sdk::PeeringTgwInfo::builder().build());
    let spec = Spec::TransitGatewayPeeringAttachment {
        transit_gateway_id: it.requester_tgw_info.and_then(|it| it.transit_gateway_id).unwrap_or_default(),
        peer_transit_gateway_id: accepter.transit_gateway_id.unwrap_or_default(),
        peer_account_id: accepter.owner_id,
        peer_region: accepter.region,
    };
    let reason = it.status.and_then(|it| it.message);
    let state = said!(it.state.as_ref());
    object(it.transit_gateway_attachment_id, state, reason, spec, it.tags)
}

/// What is joined to a table, and its routes, is told by calls of their own.
async fn transit_tables(ec2: &Client, asked: Asked) -> Found {
    let call = ec2.describe_transit_gateway_route_tables();
    let tables: Vec<sdk::TransitGatewayRouteTable> = all!(
        call.set_transit_gateway_route_table_ids(asked.ids).set_filters(asked.filters),
        std::convert::identity
    );
    let mut items = Vec::new();
    for it in tables {
        let id = it.transit_gateway_route_table_id.clone().unwrap_or_default();
        let is_there = it.state.as_ref().is_none_or(|it| !it.as_str().starts_with("delet"));
        let (associations, propagations, routes) =
            if is_there { of_table(ec2, &id).await? } else { Default::default() };
        let spec = Spec::TransitGatewayRouteTable {
            transit_gateway_id: it.transit_gateway_id.unwrap_or_default(),
            default_association_route_table: it.default_association_route_table.unwrap_or_default(),
            default_propagation_route_table: it.default_propagation_route_table.unwrap_or_default(),
            associations,
            propagations,
            routes,
        };
        items.push(object(Some(id), said!(it.state.as_ref()), None, spec, it.tags));
    }
    Ok(items)
}

type OfTable = (Vec<Joined>, Vec<Joined>, Vec<TransitRoute>);

async fn of_table(ec2: &Client, id: &str) -> Result<OfTable, CloudError> {
    let call = ec2.get_transit_gateway_route_table_associations().transit_gateway_route_table_id(id);
    let associations: Vec<Joined> = all!(call, |it: sdk::TransitGatewayRouteTableAssociation| Joined {
        state: word(said!(it.state.as_ref())),
        id: it.transit_gateway_attachment_id.unwrap_or_default(),
    });
    let call = ec2.get_transit_gateway_route_table_propagations().transit_gateway_route_table_id(id);
    let propagations: Vec<Joined> = all!(call, |it: sdk::TransitGatewayRouteTablePropagation| Joined {
        state: word(said!(it.state.as_ref())),
        id: it.transit_gateway_attachment_id.unwrap_or_default(),
    });
    let filter = SdkFilter::builder().name("type").values("static").build();
    let call = ec2.search_transit_gateway_routes().transit_gateway_route_table_id(id).filters(filter);
    // It has no pages: without a number it answers with 1,000, the most that one can ask for.
    let answer = call.send().await.map_err(of_read)?;
    let is_static = |it: &sdk::TransitGatewayRoute| {
        let going = it.state.as_ref().is_some_and(|it| it.as_str().starts_with("delet"));
        it.r#type.as_ref().is_none_or(|it| it.as_str() == "static") && !going
    };
    let routes = answer.routes.unwrap_or_default().into_iter().filter(is_static).map(|it| {
        let attachments = it.transit_gateway_attachments.unwrap_or_default();
        TransitRoute {
            destination_cidr_block: it.destination_cidr_block.unwrap_or_default(),
            attachment_id: some(attachments.into_iter().find_map(|it| it.transit_gateway_attachment_id)),
        }
    });
    Ok((associations, propagations, routes.collect()))
}

async fn dhcp_options(ec2: &Client, asked: Asked) -> Found {
    let ids = asked.ids.clone();
    // An emulator knows no filters on tags here: all are asked for, and chosen afterwards.
    let call = ec2.describe_dhcp_options().set_dhcp_options_ids(ids);
    Ok(all!(call, dhcp))
}

fn dhcp(it: sdk::DhcpOptions) -> LiveObject {
    let configurations = it.dhcp_configurations.unwrap_or_default();
    let values = |key: &str| -> Vec<String> {
        let found = configurations.iter().filter(|it| it.key.as_deref() == Some(key));
        found.flat_map(|it| it.values.iter().flatten()).filter_map(|it| it.value.clone()).collect()
    };
    let spec = Spec::DhcpOptions {
        domain_name: values("domain-name").into_iter().next(),
        domain_name_servers: values("domain-name-servers"),
        ntp_servers: values("ntp-servers"),
    };
    object(it.dhcp_options_id, None, None, spec, it.tags)
}

async fn flow_logs(ec2: &Client, asked: Asked) -> Found {
    let call = ec2.describe_flow_logs();
    Ok(all!(call.set_flow_log_ids(asked.ids).set_filter(asked.filters), flow_log))
}

fn flow_log(it: sdk::FlowLog) -> LiveObject {
    let by_name = it.log_destination_type.as_ref().is_none_or(|it| it.as_str() == "cloud-watch-logs");
    let destination =
        if by_name { some(it.log_group_name).or(some(it.log_destination)) } else { it.log_destination };
    let spec = Spec::FlowLog {
        resource_id: it.resource_id.unwrap_or_default(),
        traffic_type: it.traffic_type.map(|it| it.as_str().to_owned()).unwrap_or_default(),
        log_destination_type: it.log_destination_type.map(|it| it.as_str().to_owned()).unwrap_or_default(),
        log_destination: destination.unwrap_or_default(),
        iam_role_arn: some(it.deliver_logs_permission_arn),
    };
    object(it.flow_log_id, it.flow_log_status.as_deref(), it.deliver_logs_error_message, spec, it.tags)
}

async fn connect_endpoints(ec2: &Client, asked: Asked) -> Found {
    let call = ec2.describe_instance_connect_endpoints();
    Ok(all!(call.set_instance_connect_endpoint_ids(asked.ids).set_filters(asked.filters), connect_endpoint))
}

fn connect_endpoint(it: sdk::Ec2InstanceConnectEndpoint) -> LiveObject {
    let mut groups = it.security_group_ids.unwrap_or_default();
    groups.sort();
    let spec = Spec::InstanceConnectEndpoint {
        subnet_id: it.subnet_id.unwrap_or_default(),
        security_group_ids: groups,
        preserve_client_ip: it.preserve_client_ip.unwrap_or_default(),
    };
    let state = said!(it.state.as_ref());
    object(it.instance_connect_endpoint_id, state, it.state_message, spec, it.tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_spelling_become_one() {
        assert_eq!(word(Some("pendingAcceptance")), "pending-acceptance");
        assert_eq!(word(Some("create-complete")), "create-complete");
        assert_eq!(word(Some("ACTIVE")), "active");
        assert_eq!(word(None), "available");
    }
}
