//! Instances, interfaces, addresses, key pairs, endpoints.

use super::{Answer, Client, Value, all, each, groups, json, of_read, sdk, tags, word};

pub(super) async fn addresses(ec2: &Client) -> Answer {
    let answer = ec2.describe_addresses().send().await.map_err(of_read)?;
    let address = |it: &sdk::Address| {
        json!({
            "AllocationId": it.allocation_id, "PublicIp": it.public_ip, "InstanceId": it.instance_id,
            "NetworkInterfaceId": it.network_interface_id, "PrivateIpAddress": it.private_ip_address,
            "Tags": tags(it.tags.as_ref()),
        })
    };
    Ok(answer.addresses.unwrap_or_default().iter().map(address).collect())
}

pub(super) async fn key_pairs(ec2: &Client) -> Answer {
    let answer = ec2.describe_key_pairs().include_public_key(true).send().await.map_err(of_read)?;
    let key = |it: &sdk::KeyPairInfo| {
        json!({
            "KeyPairId": it.key_pair_id, "KeyName": it.key_name, "KeyType": word!(it.key_type),
            "PublicKey": it.public_key, "Tags": tags(it.tags.as_ref()),
        })
    };
    Ok(answer.key_pairs.unwrap_or_default().iter().map(key).collect())
}

pub(super) async fn reservations(ec2: &Client) -> Answer {
    all!(ec2.describe_instances(), reservation)
}

fn reservation(it: &sdk::Reservation) -> Value {
    json!({
        "ReservationId": it.reservation_id, "OwnerId": it.owner_id,
        "Instances": each(it.instances.as_ref(), instance),
    })
}

fn instance(it: &sdk::Instance) -> Value {
    json!({
        "InstanceId": it.instance_id, "InstanceType": word!(it.instance_type), "ImageId": it.image_id,
        "KeyName": it.key_name, "SubnetId": it.subnet_id, "VpcId": it.vpc_id,
        "PrivateIpAddress": it.private_ip_address, "PublicIpAddress": it.public_ip_address,
        "SourceDestCheck": it.source_dest_check, "Tags": tags(it.tags.as_ref()),
        "SecurityGroups": groups(it.security_groups.as_ref()),
        "State": { "Name": it.state.as_ref().and_then(|it| word!(it.name)) },
        "NetworkInterfaces": each(it.network_interfaces.as_ref(), instance_interface),
    })
}

fn instance_interface(it: &sdk::InstanceNetworkInterface) -> Value {
    let association = |it: &sdk::InstanceNetworkInterfaceAssociation| json!({ "PublicIp": it.public_ip, "IpOwnerId": it.ip_owner_id });
    json!({
        "NetworkInterfaceId": it.network_interface_id, "SubnetId": it.subnet_id, "VpcId": it.vpc_id,
        "Description": it.description, "InterfaceType": it.interface_type,
        "PrivateIpAddress": it.private_ip_address, "SourceDestCheck": it.source_dest_check,
        "Groups": groups(it.groups.as_ref()),
        "Attachment": it.attachment.as_ref().map(|it| json!({
            "DeviceIndex": it.device_index, "Status": word!(it.status) })),
        "Association": it.association.as_ref().map(association),
        "Ipv6Addresses": each(it.ipv6_addresses.as_ref(), |it| json!({ "Ipv6Address": it.ipv6_address })),
        "PrivateIpAddresses": each(it.private_ip_addresses.as_ref(), |it| json!({
            "PrivateIpAddress": it.private_ip_address, "Primary": it.primary,
            "Association": it.association.as_ref().map(association),
        })),
    })
}

pub(super) async fn network_interfaces(ec2: &Client) -> Answer {
    all!(ec2.describe_network_interfaces(), network_interface)
}

fn network_interface(it: &sdk::NetworkInterface) -> Value {
    let association = |it: &sdk::NetworkInterfaceAssociation| json!({ "PublicIp": it.public_ip, "IpOwnerId": it.ip_owner_id, "AllocationId": it.allocation_id });
    json!({
        "NetworkInterfaceId": it.network_interface_id, "SubnetId": it.subnet_id, "VpcId": it.vpc_id,
        "Description": it.description, "InterfaceType": word!(it.interface_type), "OwnerId": it.owner_id,
        "PrivateIpAddress": it.private_ip_address, "SourceDestCheck": it.source_dest_check,
        "Groups": groups(it.groups.as_ref()), "TagSet": tags(it.tag_set.as_ref()),
        "Attachment": it.attachment.as_ref().map(|it| json!({
            "DeviceIndex": it.device_index, "Status": word!(it.status), "InstanceId": it.instance_id })),
        "Association": it.association.as_ref().map(association),
        "Ipv6Addresses": each(it.ipv6_addresses.as_ref(), |it| json!({ "Ipv6Address": it.ipv6_address })),
        "PrivateIpAddresses": each(it.private_ip_addresses.as_ref(), |it| json!({
            "PrivateIpAddress": it.private_ip_address, "Primary": it.primary,
            "Association": it.association.as_ref().map(association),
        })),
    })
}

pub(super) async fn endpoints(ec2: &Client) -> Answer {
    all!(ec2.describe_vpc_endpoints(), endpoint)
}

fn endpoint(it: &sdk::VpcEndpoint) -> Value {
    json!({
        "VpcEndpointId": it.vpc_endpoint_id, "VpcEndpointType": word!(it.vpc_endpoint_type),
        "VpcId": it.vpc_id, "ServiceName": it.service_name, "State": word!(it.state),
        "RouteTableIds": it.route_table_ids, "SubnetIds": it.subnet_ids,
        "NetworkInterfaceIds": it.network_interface_ids, "PrivateDnsEnabled": it.private_dns_enabled,
        "OwnerId": it.owner_id, "Tags": tags(it.tags.as_ref()),
        "Groups": each(it.groups.as_ref(), |it| json!({
            "GroupId": it.group_id, "GroupName": it.group_name })),
    })
}

pub(super) async fn connect_endpoints(ec2: &Client) -> Answer {
    all!(ec2.describe_instance_connect_endpoints(), connect_endpoint)
}

fn connect_endpoint(it: &sdk::Ec2InstanceConnectEndpoint) -> Value {
    json!({
        "InstanceConnectEndpointId": it.instance_connect_endpoint_id, "SubnetId": it.subnet_id,
        "VpcId": it.vpc_id, "State": word!(it.state), "NetworkInterfaceIds": it.network_interface_ids,
        "SecurityGroupIds": it.security_group_ids, "PreserveClientIp": it.preserve_client_ip,
        "Tags": tags(it.tags.as_ref()),
    })
}
