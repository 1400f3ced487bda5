//! What joins networks, leads out of them or watches over them: making and deleting.

use aws_sdk_ec2::{
    Client,
    types::{
        AddPrefixListEntry, ApplianceModeSupportValue, CreateTransitGatewayVpcAttachmentRequestOptions,
        DefaultRouteTableAssociationValue, DefaultRouteTablePropagationValue, DnsSupportValue,
        FlowLogsResourceType, Ipv6SupportValue, LogDestinationType, NewDhcpConfiguration, ResourceType,
        SecurityGroupReferencingSupportValue, Tag, TrafficType, TransitGatewayRequestOptions,
    },
};

use super::{
    answer::{created, list, required, sdk_tags, tagged},
    block_public_access,
    failure::of_write,
    interfaces, vpn,
};
use crate::{
    cloud::{AttachmentOptions, CloudError, CloudFuture, DescribeKind, PrefixEntry, Reply, Spec, Tags},
    t,
};

/// EC2's word for a switch.
pub(super) fn switch(on: bool) -> &'static str {
    if on { "enable" } else { "disable" }
}

/// Entries in the SDK's form; none at all where there are none.
pub(super) fn entries(entries: &[PrefixEntry]) -> Option<Vec<AddPrefixListEntry>> {
    let entry = |it: &PrefixEntry| {
        let words = (!it.description.is_empty()).then(|| it.description.clone());
        AddPrefixListEntry::builder().cidr(&it.cidr).set_description(words).build()
    };
    (!entries.is_empty()).then(|| entries.iter().map(entry).collect())
}

/// The number of the caller's account: EC2 wants it named where two transit gateways of one account
/// peer.
pub(super) struct Caller<'a> {
    pub sts: &'a aws_sdk_sts::Client,
    pub region: &'a str,
}

impl Caller<'_> {
    async fn account(&self) -> Result<String, CloudError> {
        let answer = self.sts.get_caller_identity().send().await.map_err(super::failure::of_read)?;
        answer
            .account
            .filter(|it| !it.is_empty())
            .ok_or_else(|| CloudError::not_understood(t!("aws-identity-empty")))
    }
}

pub(super) fn create<'a>(
    ec2: &'a Client,
    caller: Caller<'a>,
    spec: &'a Spec,
    tags: &'a Tags,
    token: Option<&'a str>,
) -> CloudFuture<'a> {
    let token = token.map(str::to_owned);
    match spec {
        Spec::VpcPeeringConnection { .. } => peering(ec2, spec, tags),
        Spec::ManagedPrefixList { .. } => prefix_list(ec2, spec, tags, token),
        Spec::TransitGateway { .. } => transit_gateway(ec2, spec, tags),
        Spec::FlowLog { .. } => flow_log(ec2, spec, tags, token),
        Spec::DhcpOptions { domain_name, domain_name_servers, ntp_servers } => {
            let names: Vec<String> = domain_name.iter().cloned().collect();
            dhcp_options(ec2, [names, domain_name_servers.clone(), ntp_servers.clone()], tags)
        }
        Spec::TransitGatewayPeeringAttachment { .. } => transit_peering(ec2, caller, spec, tags),
        Spec::CustomerGateway { .. } | Spec::VpnConnection { .. } => Box::pin(vpn::create(ec2, spec, tags)),
        Spec::VpcBlockPublicAccessExclusion { .. } => Box::pin(block_public_access::create(ec2, spec, tags)),
        Spec::NetworkInterface { .. } => Box::pin(interfaces::create(ec2, spec, tags, token)),
        _ => Box::pin(small(ec2, spec, tags, token)),
    }
}

/// The kinds whose creation fits in one call without options.
async fn small(ec2: &Client, spec: &Spec, tags: &Tags, token: Option<String>) -> Result<Reply, CloudError> {
    match spec {
        Spec::VpnGateway { amazon_side_asn, .. } => {
            let call = ec2.create_vpn_gateway().r#type("ipsec.1".into());
            let call = call.set_amazon_side_asn(*amazon_side_asn);
            let made = call
                .set_tag_specifications(tagged(ResourceType::VpnGateway, tags))
                .send()
                .await
                .map_err(of_write)?;
            created(made.vpn_gateway.and_then(|it| it.vpn_gateway_id))
        }
        Spec::TransitGatewayVpcAttachment { transit_gateway_id, vpc_id, subnet_ids, options } => {
            let call = ec2.create_transit_gateway_vpc_attachment().transit_gateway_id(transit_gateway_id);
            let call =
                call.vpc_id(vpc_id).set_subnet_ids(list(subnet_ids)).options(attachment_options(*options));
            let call = call.set_tag_specifications(tagged(ResourceType::TransitGatewayAttachment, tags));
            let made = call.send().await.map_err(of_write)?;
            created(made.transit_gateway_vpc_attachment.and_then(|it| it.transit_gateway_attachment_id))
        }
        Spec::TransitGatewayRouteTable { transit_gateway_id, .. } => {
            let call = ec2.create_transit_gateway_route_table().transit_gateway_id(transit_gateway_id);
            let call = call.set_tag_specifications(tagged(ResourceType::TransitGatewayRouteTable, tags));
            let made = call.send().await.map_err(of_write)?;
            created(made.transit_gateway_route_table.and_then(|it| it.transit_gateway_route_table_id))
        }
        Spec::InstanceConnectEndpoint { subnet_id, security_group_ids, preserve_client_ip } => {
            let call = ec2.create_instance_connect_endpoint().subnet_id(subnet_id);
            let call = call.set_security_group_ids(list(security_group_ids));
            let call = call.preserve_client_ip(*preserve_client_ip).set_client_token(token);
            let call = call.set_tag_specifications(tagged(ResourceType::InstanceConnectEndpoint, tags));
            let made = call.send().await.map_err(of_write)?;
            created(made.instance_connect_endpoint.and_then(|it| it.instance_connect_endpoint_id))
        }
        _ => created(None),
    }
}

fn peering<'a>(ec2: &'a Client, spec: &'a Spec, tags: &'a Tags) -> CloudFuture<'a> {
    Box::pin(async move {
        let Spec::VpcPeeringConnection { vpc_id, peer_vpc_id, peer_owner_id, peer_region, .. } = spec else {
            return created(None);
        };
        let made = ec2
            .create_vpc_peering_connection()
            .vpc_id(vpc_id)
            .peer_vpc_id(peer_vpc_id)
            .set_peer_owner_id(peer_owner_id.clone())
            .set_peer_region(peer_region.clone())
            .set_tag_specifications(tagged(ResourceType::VpcPeeringConnection, tags))
            .send()
            .await
            .map_err(of_write)?;
        created(made.vpc_peering_connection.and_then(|it| it.vpc_peering_connection_id))
    })
}

fn prefix_list<'a>(
    ec2: &'a Client,
    spec: &'a Spec,
    tags: &'a Tags,
    token: Option<String>,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let Spec::ManagedPrefixList {
            prefix_list_name, address_family, max_entries, entries: blocks, ..
        } = spec
        else {
            return created(None);
        };
        let made = ec2
            .create_managed_prefix_list()
            .prefix_list_name(prefix_list_name)
            .address_family(address_family)
            .max_entries(*max_entries)
            .set_entries(entries(blocks))
            .set_tag_specifications(tagged(ResourceType::PrefixList, tags))
            .set_client_token(token)
            .send()
            .await
            .map_err(of_write)?;
        created(made.prefix_list.and_then(|it| it.prefix_list_id))
    })
}

fn transit_gateway<'a>(ec2: &'a Client, spec: &'a Spec, tags: &'a Tags) -> CloudFuture<'a> {
    Box::pin(async move {
        let Spec::TransitGateway {
            description,
            amazon_side_asn,
            default_route_table_association,
            default_route_table_propagation,
            dns_support,
            security_group_referencing_support,
        } = spec
        else {
            return created(None);
        };
        let associates = DefaultRouteTableAssociationValue::from(switch(*default_route_table_association));
        let propagates = DefaultRouteTablePropagationValue::from(switch(*default_route_table_propagation));
        let groups = SecurityGroupReferencingSupportValue::from(switch(*security_group_referencing_support));
        let options = TransitGatewayRequestOptions::builder()
            .set_amazon_side_asn(*amazon_side_asn)
            .default_route_table_association(associates)
            .default_route_table_propagation(propagates)
            .dns_support(DnsSupportValue::from(switch(*dns_support)))
            .security_group_referencing_support(groups)
            .build();
        let made = ec2
            .create_transit_gateway()
            .description(description)
            .options(options)
            .set_tag_specifications(tagged(ResourceType::TransitGateway, tags))
            .send()
            .await
            .map_err(of_write)?;
        created(made.transit_gateway.and_then(|it| it.transit_gateway_id))
    })
}

fn attachment_options(options: AttachmentOptions) -> CreateTransitGatewayVpcAttachmentRequestOptions {
    let groups =
        SecurityGroupReferencingSupportValue::from(switch(options.security_group_referencing_support));
    CreateTransitGatewayVpcAttachmentRequestOptions::builder()
        .appliance_mode_support(ApplianceModeSupportValue::from(switch(options.appliance_mode_support)))
        .dns_support(DnsSupportValue::from(switch(options.dns_support)))
        .ipv6_support(Ipv6SupportValue::from(switch(options.ipv6_support)))
        .security_group_referencing_support(groups)
        .build()
}

fn transit_peering<'a>(
    ec2: &'a Client,
    caller: Caller<'a>,
    spec: &'a Spec,
    tags: &'a Tags,
) -> CloudFuture<'a> {
    Box::pin(async move {
        let Spec::TransitGatewayPeeringAttachment {
            transit_gateway_id,
            peer_transit_gateway_id,
            peer_account_id,
            peer_region,
        } = spec
        else {
            return created(None);
        };
        let account = match peer_account_id {
            Some(account) => account.clone(),
            None => caller.account().await?,
        };
        let made = ec2
            .create_transit_gateway_peering_attachment()
            .transit_gateway_id(transit_gateway_id)
            .peer_transit_gateway_id(peer_transit_gateway_id)
            .peer_account_id(account)
            .peer_region(peer_region.as_deref().unwrap_or(caller.region))
            .set_tag_specifications(tagged(ResourceType::TransitGatewayAttachment, tags))
            .send()
            .await
            .map_err(of_write)?;
        created(made.transit_gateway_peering_attachment.and_then(|it| it.transit_gateway_attachment_id))
    })
}

/// Not every endpoint keeps the tags of this call; they are set again where the reply has none.
fn dhcp_options<'a>(ec2: &'a Client, values: [Vec<String>; 3], tags: &'a Tags) -> CloudFuture<'a> {
    Box::pin(async move {
        let keys = ["domain-name", "domain-name-servers", "ntp-servers"];
        let given = keys.into_iter().zip(values).filter(|(_, values)| !values.is_empty());
        let configurations = given
            .map(|(key, values)| NewDhcpConfiguration::builder().key(key).set_values(Some(values)).build())
            .collect();
        let call = ec2.create_dhcp_options().set_dhcp_configurations(Some(configurations));
        let call = call.set_tag_specifications(tagged(ResourceType::DhcpOptions, tags));
        let made = call.send().await.map_err(of_write)?.dhcp_options;
        let kept: Vec<Tag> = made.as_ref().and_then(|it| it.tags.clone()).unwrap_or_default();
        let id = required(made.and_then(|it| it.dhcp_options_id))?;
        if kept.is_empty() && !tags.is_empty() {
            let call = ec2.create_tags().resources(&id).set_tags(Some(sdk_tags(tags)));
            call.send().await.map_err(of_write)?;
        }
        Ok(Reply::created(id))
    })
}

fn flow_log<'a>(ec2: &'a Client, spec: &'a Spec, tags: &'a Tags, token: Option<String>) -> CloudFuture<'a> {
    Box::pin(async move {
        let Spec::FlowLog { resource_id, traffic_type, log_destination_type, log_destination, iam_role_arn } =
            spec
        else {
            return created(None);
        };
        let watched = match resource_id.split('-').next() {
            Some("vpc") => FlowLogsResourceType::Vpc,
            Some("subnet") => FlowLogsResourceType::Subnet,
            _ => FlowLogsResourceType::NetworkInterface,
        };
        let call = ec2
            .create_flow_logs()
            .resource_ids(resource_id)
            .resource_type(watched)
            .traffic_type(TrafficType::from(traffic_type.as_str()))
            .log_destination_type(LogDestinationType::from(log_destination_type.as_str()))
            .set_deliver_logs_permission_arn(iam_role_arn.clone())
            .set_tag_specifications(tagged(ResourceType::VpcFlowLog, tags))
            .set_client_token(token);
        // A log group has a name, everything else an ARN.
        let by_name = log_destination_type == "cloud-watch-logs" && !log_destination.starts_with("arn:");
        let call = if by_name {
            call.log_group_name(log_destination)
        } else {
            call.log_destination(log_destination)
        };
        let made = call.send().await.map_err(of_write)?;
        if let Some(error) = made.unsuccessful.unwrap_or_default().into_iter().find_map(|it| it.error) {
            let (code, message) = (error.code.unwrap_or_default(), error.message.unwrap_or_default());
            return Err(CloudError::answered(code, message));
        }
        created(made.flow_log_ids.unwrap_or_default().into_iter().next())
    })
}

/// Sends a deleting call of one parameter.
macro_rules! deleted {
    ($ec2:ident, $action:ident, $parameter:ident, $id:ident) => {
        Box::pin(async move {
            $ec2.$action().$parameter($id).send().await.map_err(of_write)?;
            Ok(Reply::Done)
        })
    };
}

pub(super) fn delete<'a>(ec2: &'a Client, kind: DescribeKind, id: &'a str) -> CloudFuture<'a> {
    match kind {
        DescribeKind::VpcPeeringConnections => {
            deleted!(ec2, delete_vpc_peering_connection, vpc_peering_connection_id, id)
        }
        DescribeKind::ManagedPrefixLists => deleted!(ec2, delete_managed_prefix_list, prefix_list_id, id),
        DescribeKind::VpnGateways => deleted!(ec2, delete_vpn_gateway, vpn_gateway_id, id),
        DescribeKind::CustomerGateways => deleted!(ec2, delete_customer_gateway, customer_gateway_id, id),
        DescribeKind::VpnConnections => deleted!(ec2, delete_vpn_connection, vpn_connection_id, id),
        DescribeKind::VpcBlockPublicAccessExclusions => {
            deleted!(ec2, delete_vpc_block_public_access_exclusion, exclusion_id, id)
        }
        DescribeKind::TransitGateways => deleted!(ec2, delete_transit_gateway, transit_gateway_id, id),
        DescribeKind::TransitGatewayVpcAttachments => {
            deleted!(ec2, delete_transit_gateway_vpc_attachment, transit_gateway_attachment_id, id)
        }
        DescribeKind::TransitGatewayPeeringAttachments => {
            deleted!(ec2, delete_transit_gateway_peering_attachment, transit_gateway_attachment_id, id)
        }
        DescribeKind::TransitGatewayRouteTables => {
            deleted!(ec2, delete_transit_gateway_route_table, transit_gateway_route_table_id, id)
        }
        DescribeKind::DhcpOptions => deleted!(ec2, delete_dhcp_options, dhcp_options_id, id),
        DescribeKind::FlowLogs => deleted!(ec2, delete_flow_logs, flow_log_ids, id),
        DescribeKind::InstanceConnectEndpoints => {
            deleted!(ec2, delete_instance_connect_endpoint, instance_connect_endpoint_id, id)
        }
        DescribeKind::NetworkInterfaces => deleted!(ec2, delete_network_interface, network_interface_id, id),
        other => Box::pin(async move {
            Err(CloudError::answered("InvalidAction", format!("Nothing deletes {}.", other.action())))
        }),
    }
}
