//! VPCs and what routes and filters in them.

use super::{Answer, Client, Value, all, each, ids, json, of_read, sdk, tags, word};

pub(super) async fn vpcs(ec2: &Client) -> Answer {
    all!(ec2.describe_vpcs(), vpc)
}

fn vpc(it: &sdk::Vpc) -> Value {
    json!({
        "VpcId": it.vpc_id, "CidrBlock": it.cidr_block, "DhcpOptionsId": it.dhcp_options_id,
        "OwnerId": it.owner_id, "IsDefault": it.is_default, "InstanceTenancy": word!(it.instance_tenancy),
        "State": word!(it.state), "Tags": tags(it.tags.as_ref()),
        "CidrBlockAssociationSet": each(it.cidr_block_association_set.as_ref(), |it| json!({
            "CidrBlock": it.cidr_block,
            "CidrBlockState": { "State": it.cidr_block_state.as_ref().and_then(|it| word!(it.state)) },
        })),
        "Ipv6CidrBlockAssociationSet": each(it.ipv6_cidr_block_association_set.as_ref(), |it| json!({
            "Ipv6CidrBlock": it.ipv6_cidr_block,
            "Ipv6CidrBlockState": { "State": it.ipv6_cidr_block_state.as_ref().and_then(|it| word!(it.state)) },
        })),
    })
}

/// Two calls per VPC: no describing call tells of these.
pub(super) async fn vpc_attributes(ec2: &Client, vpcs: &[Value]) -> Answer {
    use sdk::VpcAttributeName::{EnableDnsHostnames, EnableDnsSupport};
    let mut values = Vec::new();
    for id in ids(vpcs, "VpcId") {
        let ask = |attribute| ec2.describe_vpc_attribute().vpc_id(&id).attribute(attribute).send();
        let support = ask(EnableDnsSupport).await.map_err(of_read)?.enable_dns_support;
        let names = ask(EnableDnsHostnames).await.map_err(of_read)?.enable_dns_hostnames;
        values.push(json!({
            "VpcId": id,
            "EnableDnsSupport": support.and_then(|it| it.value),
            "EnableDnsHostnames": names.and_then(|it| it.value),
        }));
    }
    Ok(values)
}

pub(super) async fn subnets(ec2: &Client) -> Answer {
    all!(ec2.describe_subnets(), subnet)
}

fn subnet(it: &sdk::Subnet) -> Value {
    json!({
        "SubnetId": it.subnet_id, "VpcId": it.vpc_id, "CidrBlock": it.cidr_block,
        "AvailabilityZone": it.availability_zone, "AvailabilityZoneId": it.availability_zone_id,
        "OwnerId": it.owner_id, "EnableDns64": it.enable_dns64,
        "AssignIpv6AddressOnCreation": it.assign_ipv6_address_on_creation,
        "MapPublicIpOnLaunch": it.map_public_ip_on_launch, "Tags": tags(it.tags.as_ref()),
        "Ipv6CidrBlockAssociationSet": each(it.ipv6_cidr_block_association_set.as_ref(), |it| json!({
            "Ipv6CidrBlock": it.ipv6_cidr_block,
            "Ipv6CidrBlockState": { "State": it.ipv6_cidr_block_state.as_ref().and_then(|it| word!(it.state)) },
        })),
    })
}

pub(super) async fn route_tables(ec2: &Client) -> Answer {
    all!(ec2.describe_route_tables(), route_table)
}

fn route_table(it: &sdk::RouteTable) -> Value {
    json!({
        "RouteTableId": it.route_table_id, "VpcId": it.vpc_id, "OwnerId": it.owner_id,
        "Tags": tags(it.tags.as_ref()),
        "PropagatingVgws": each(it.propagating_vgws.as_ref(), |it| json!({ "GatewayId": it.gateway_id })),
        "Associations": each(it.associations.as_ref(), |it| json!({
            "Main": it.main, "SubnetId": it.subnet_id, "GatewayId": it.gateway_id,
            "AssociationState": { "State": it.association_state.as_ref().and_then(|it| word!(it.state)) },
        })),
        "Routes": each(it.routes.as_ref(), route),
    })
}

fn route(it: &sdk::Route) -> Value {
    json!({
        "DestinationCidrBlock": it.destination_cidr_block,
        "DestinationIpv6CidrBlock": it.destination_ipv6_cidr_block,
        "DestinationPrefixListId": it.destination_prefix_list_id,
        "GatewayId": it.gateway_id, "NatGatewayId": it.nat_gateway_id, "InstanceId": it.instance_id,
        "NetworkInterfaceId": it.network_interface_id, "TransitGatewayId": it.transit_gateway_id,
        "VpcPeeringConnectionId": it.vpc_peering_connection_id,
        "EgressOnlyInternetGatewayId": it.egress_only_internet_gateway_id,
        "LocalGatewayId": it.local_gateway_id, "CarrierGatewayId": it.carrier_gateway_id,
        "CoreNetworkArn": it.core_network_arn, "OdbNetworkArn": it.odb_network_arn,
        "State": word!(it.state), "Origin": word!(it.origin),
    })
}

pub(super) async fn network_acls(ec2: &Client) -> Answer {
    all!(ec2.describe_network_acls(), network_acl)
}

fn network_acl(it: &sdk::NetworkAcl) -> Value {
    json!({
        "NetworkAclId": it.network_acl_id, "VpcId": it.vpc_id, "IsDefault": it.is_default,
        "OwnerId": it.owner_id, "Tags": tags(it.tags.as_ref()),
        "Associations": each(it.associations.as_ref(), |it| json!({ "SubnetId": it.subnet_id })),
        "Entries": each(it.entries.as_ref(), |it| json!({
            "CidrBlock": it.cidr_block, "Ipv6CidrBlock": it.ipv6_cidr_block, "Egress": it.egress,
            "Protocol": it.protocol, "RuleAction": word!(it.rule_action), "RuleNumber": it.rule_number,
            "PortRange": it.port_range.as_ref().map(|it| json!({ "From": it.from, "To": it.to })),
            "IcmpTypeCode": it.icmp_type_code.as_ref().map(|it| json!({ "Type": it.r#type, "Code": it.code })),
        })),
    })
}

pub(super) async fn security_groups(ec2: &Client) -> Answer {
    all!(ec2.describe_security_groups(), security_group)
}

fn security_group(it: &sdk::SecurityGroup) -> Value {
    json!({
        "GroupId": it.group_id, "GroupName": it.group_name, "Description": it.description,
        "VpcId": it.vpc_id, "OwnerId": it.owner_id, "Tags": tags(it.tags.as_ref()),
        "IpPermissions": each(it.ip_permissions.as_ref(), permission),
        "IpPermissionsEgress": each(it.ip_permissions_egress.as_ref(), permission),
    })
}

fn permission(it: &sdk::IpPermission) -> Value {
    json!({
        "IpProtocol": it.ip_protocol, "FromPort": it.from_port, "ToPort": it.to_port,
        "IpRanges": each(it.ip_ranges.as_ref(), |it| json!({
            "CidrIp": it.cidr_ip, "Description": it.description })),
        "Ipv6Ranges": each(it.ipv6_ranges.as_ref(), |it| json!({
            "CidrIpv6": it.cidr_ipv6, "Description": it.description })),
        "PrefixListIds": each(it.prefix_list_ids.as_ref(), |it| json!({
            "PrefixListId": it.prefix_list_id, "Description": it.description })),
        "UserIdGroupPairs": each(it.user_id_group_pairs.as_ref(), |it| json!({
            "GroupId": it.group_id, "UserId": it.user_id, "Description": it.description })),
    })
}

fn attachments(list: Option<&Vec<sdk::InternetGatewayAttachment>>) -> Value {
    each(list, |it| json!({ "State": word!(it.state), "VpcId": it.vpc_id }))
}

pub(super) async fn internet_gateways(ec2: &Client) -> Answer {
    all!(ec2.describe_internet_gateways(), internet_gateway)
}

fn internet_gateway(it: &sdk::InternetGateway) -> Value {
    json!({
        "InternetGatewayId": it.internet_gateway_id, "Attachments": attachments(it.attachments.as_ref()),
        "OwnerId": it.owner_id, "Tags": tags(it.tags.as_ref()),
    })
}

pub(super) async fn egress_only(ec2: &Client) -> Answer {
    all!(ec2.describe_egress_only_internet_gateways(), egress_only_gateway)
}

fn egress_only_gateway(it: &sdk::EgressOnlyInternetGateway) -> Value {
    json!({
        "EgressOnlyInternetGatewayId": it.egress_only_internet_gateway_id,
        "Attachments": attachments(it.attachments.as_ref()), "Tags": tags(it.tags.as_ref()),
    })
}

pub(super) async fn nat_gateways(ec2: &Client) -> Answer {
    all!(ec2.describe_nat_gateways(), nat_gateway)
}

fn nat_gateway(it: &sdk::NatGateway) -> Value {
    json!({
        "NatGatewayId": it.nat_gateway_id, "State": word!(it.state), "SubnetId": it.subnet_id,
        "VpcId": it.vpc_id, "ConnectivityType": word!(it.connectivity_type),
        "AvailabilityMode": word!(it.availability_mode),
        "AutoProvisionZones": word!(it.auto_provision_zones), "Tags": tags(it.tags.as_ref()),
        "NatGatewayAddresses": each(it.nat_gateway_addresses.as_ref(), |it| json!({
            "AllocationId": it.allocation_id, "NetworkInterfaceId": it.network_interface_id,
            "PrivateIp": it.private_ip, "PublicIp": it.public_ip, "IsPrimary": it.is_primary,
            "Status": word!(it.status), "AvailabilityZone": it.availability_zone,
        })),
    })
}

pub(super) async fn dhcp_options(ec2: &Client) -> Answer {
    all!(ec2.describe_dhcp_options(), dhcp)
}

fn dhcp(it: &sdk::DhcpOptions) -> Value {
    json!({
        "DhcpOptionsId": it.dhcp_options_id, "Tags": tags(it.tags.as_ref()),
        "DhcpConfigurations": each(it.dhcp_configurations.as_ref(), |it| json!({
            "Key": it.key, "Values": each(it.values.as_ref(), |it| json!({ "Value": it.value })),
        })),
    })
}

pub(super) async fn prefix_lists(ec2: &Client) -> Answer {
    all!(ec2.describe_prefix_lists(), prefix_list)
}

fn prefix_list(it: &sdk::PrefixList) -> Value {
    json!({ "PrefixListId": it.prefix_list_id, "PrefixListName": it.prefix_list_name, "Cidrs": it.cidrs })
}

pub(super) async fn managed_prefix_lists(ec2: &Client) -> Answer {
    all!(ec2.describe_managed_prefix_lists(), managed_prefix_list)
}

fn managed_prefix_list(it: &sdk::ManagedPrefixList) -> Value {
    json!({
        "PrefixListId": it.prefix_list_id, "PrefixListName": it.prefix_list_name,
        "AddressFamily": it.address_family, "MaxEntries": it.max_entries, "OwnerId": it.owner_id,
        "State": word!(it.state), "Tags": tags(it.tags.as_ref()),
    })
}

/// The entries of each list, with the id of the list.
pub(super) async fn prefix_list_entries(ec2: &Client, lists: &[Value]) -> Answer {
    let mut values = Vec::new();
    for id in ids(lists, "PrefixListId") {
        let call = ec2.get_managed_prefix_list_entries().prefix_list_id(&id);
        let entries: Answer = all!(call, entry);
        values.push(json!({ "PrefixListId": id, "Entries": entries? }));
    }
    Ok(values)
}

fn entry(it: &sdk::PrefixListEntry) -> Value {
    json!({ "Cidr": it.cidr, "Description": it.description })
}

pub(super) async fn peerings(ec2: &Client) -> Answer {
    all!(ec2.describe_vpc_peering_connections(), peering)
}

fn peering(it: &sdk::VpcPeeringConnection) -> Value {
    let side = |it: &sdk::VpcPeeringConnectionVpcInfo| {
        json!({
            "VpcId": it.vpc_id, "CidrBlock": it.cidr_block, "OwnerId": it.owner_id, "Region": it.region,
            "CidrBlockSet": each(it.cidr_block_set.as_ref(), |it| json!({ "CidrBlock": it.cidr_block })),
            "Ipv6CidrBlockSet": each(it.ipv6_cidr_block_set.as_ref(), |it| json!({
                "Ipv6CidrBlock": it.ipv6_cidr_block })),
            "PeeringOptions": it.peering_options.as_ref().map(|it| json!({
                "AllowDnsResolutionFromRemoteVpc": it.allow_dns_resolution_from_remote_vpc })),
        })
    };
    json!({
        "VpcPeeringConnectionId": it.vpc_peering_connection_id, "Tags": tags(it.tags.as_ref()),
        "Status": { "Code": it.status.as_ref().and_then(|it| word!(it.code)) },
        "RequesterVpcInfo": it.requester_vpc_info.as_ref().map(side),
        "AccepterVpcInfo": it.accepter_vpc_info.as_ref().map(side),
    })
}

pub(super) async fn flow_logs(ec2: &Client) -> Answer {
    all!(ec2.describe_flow_logs(), flow_log)
}

fn flow_log(it: &sdk::FlowLog) -> Value {
    json!({
        "FlowLogId": it.flow_log_id, "ResourceId": it.resource_id, "TrafficType": word!(it.traffic_type),
        "LogDestinationType": word!(it.log_destination_type), "LogDestination": it.log_destination,
        "LogGroupName": it.log_group_name, "DeliverLogsPermissionArn": it.deliver_logs_permission_arn,
        "Tags": tags(it.tags.as_ref()),
    })
}

pub(super) async fn block_public_access(ec2: &Client) -> Answer {
    let answer = ec2.describe_vpc_block_public_access_options().send().await.map_err(of_read)?;
    let options = answer.vpc_block_public_access_options.into_iter();
    Ok(options
        .map(|it| json!({ "InternetGatewayBlockMode": word!(it.internet_gateway_block_mode) }))
        .collect())
}

pub(super) async fn block_exclusions(ec2: &Client) -> Answer {
    let mut values = Vec::new();
    let mut next = None;
    loop {
        let call = ec2.describe_vpc_block_public_access_exclusions().set_next_token(next);
        let answer = call.send().await.map_err(of_read)?;
        for it in answer.vpc_block_public_access_exclusions.unwrap_or_default() {
            values.push(json!({
                "ExclusionId": it.exclusion_id, "ResourceArn": it.resource_arn, "State": word!(it.state),
                "InternetGatewayExclusionMode": word!(it.internet_gateway_exclusion_mode),
            }));
        }
        next = answer.next_token.filter(|it| !it.is_empty());
        if next.is_none() {
            return Ok(values);
        }
    }
}
