//! What joins networks, and network interfaces, in the form in which `aws ec2 describe-*` writes them.

use serde_json::{Map, Value, json};

use super::describe::{all, tags};
use crate::{
    cloud::{AttachmentOptions, Joined, LiveNetworkInterface, LiveObject, Spec, TransitRoute},
    deploy::{observed::Observed, occupants::Owner},
};

/// The lists of everything that joins networks, by the names of the API.
pub(super) fn lists(observed: &Observed) -> Map<String, Value> {
    let mut lists = Map::new();
    for object in observed.objects.values() {
        let attachment = attachment(object, observed).map(|it| ("TransitGatewayAttachments", it));
        for (list, value) in described(object).into_iter().chain(attachment) {
            if let Some(list) = lists.entry(list).or_insert_with(|| json!([])).as_array_mut() {
                list.push(without_nulls(value));
            }
        }
    }
    lists
}

/// The API leaves out what is not there.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let there = fields.into_iter().filter(|(_, value)| !value.is_null());
            there.map(|(name, value)| (name, without_nulls(value))).collect()
        }
        Value::Array(list) => list.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

/// An object, and what other calls say of it.
fn described(it: &LiveObject) -> Vec<(&'static str, Value)> {
    match &it.spec {
        Spec::VpcPeeringConnection {
            vpc_id,
            peer_vpc_id,
            peer_owner_id,
            peer_region,
            requester_dns,
            accepter_dns,
        } => {
            let resolves = |on: &bool| json!({ "AllowDnsResolutionFromRemoteVpc": on });
            let value = json!({
                "VpcPeeringConnectionId": it.id,
                "Status": { "Code": it.state },
                "RequesterVpcInfo": { "VpcId": vpc_id, "PeeringOptions": resolves(requester_dns) },
                "AccepterVpcInfo": {
                    "VpcId": peer_vpc_id,
                    "OwnerId": peer_owner_id,
                    "Region": peer_region,
                    "PeeringOptions": resolves(accepter_dns),
                },
                "Tags": tags(&it.tags),
            });
            vec![("VpcPeeringConnections", value)]
        }
        Spec::ManagedPrefixList { .. } => vec![("ManagedPrefixLists", prefix_list(it))],
        Spec::VpnGateway { amazon_side_asn, attachments } => {
            let attached = |it: &Joined| json!({ "VpcId": it.id, "State": it.state });
            let value = json!({
                "VpnGatewayId": it.id,
                "State": it.state,
                "AmazonSideAsn": amazon_side_asn,
                "VpcAttachments": attachments.iter().map(attached).collect::<Vec<_>>(),
                "Tags": tags(&it.tags),
            });
            vec![("VpnGateways", value)]
        }
        Spec::CustomerGateway { ip_address, bgp_asn, .. } => {
            let value = json!({
                "CustomerGatewayId": it.id,
                "State": it.state,
                "IpAddress": ip_address,
                "BgpAsn": bgp_asn.to_string(),
            });
            vec![("CustomerGateways", value)]
        }
        Spec::VpnConnection { .. } => vec![("VpnConnections", vpn_connection(it))],
        Spec::DhcpOptions { domain_name, domain_name_servers, ntp_servers } => {
            let value = json!({
                "DhcpOptionsId": it.id,
                "DhcpConfigurations": [
                    configuration("domain-name", domain_name.as_slice()),
                    configuration("domain-name-servers", domain_name_servers),
                    configuration("ntp-servers", ntp_servers),
                ],
                "Tags": tags(&it.tags),
            });
            vec![("DhcpOptions", value)]
        }
        _ => transit(it),
    }
}

/// A list of one's own: those of AWS are known by name.
fn prefix_list(it: &LiveObject) -> Value {
    let Spec::ManagedPrefixList { prefix_list_name, address_family, max_entries, entries, .. } = &it.spec
    else {
        return Value::Null;
    };
    json!({
        "PrefixListId": it.id,
        "PrefixListName": prefix_list_name,
        "AddressFamily": address_family,
        "MaxEntries": max_entries,
        "OwnerId": "self",
        "Entries": all(entries.iter()),
        "Tags": tags(&it.tags),
    })
}

fn vpn_connection(it: &LiveObject) -> Value {
    let Spec::VpnConnection {
        customer_gateway_id,
        vpn_gateway_id,
        transit_gateway_id,
        static_routes_only,
        routes,
        ..
    } = &it.spec
    else {
        return Value::Null;
    };
    let route = |block: &String| json!({ "DestinationCidrBlock": block, "State": "available" });
    json!({
        "VpnConnectionId": it.id,
        "State": it.state,
        "CustomerGatewayId": customer_gateway_id,
        "VpnGatewayId": vpn_gateway_id,
        "TransitGatewayId": transit_gateway_id,
        "Options": { "StaticRoutesOnly": static_routes_only },
        "Routes": routes.iter().map(route).collect::<Vec<_>>(),
        "Tags": tags(&it.tags),
    })
}

fn configuration(key: &str, values: &[String]) -> Value {
    json!({ "Key": key, "Values": values.iter().map(|it| json!({ "Value": it })).collect::<Vec<_>>() })
}

/// What belongs to transit gateways.
fn transit(it: &LiveObject) -> Vec<(&'static str, Value)> {
    match &it.spec {
        Spec::TransitGateway {
            description,
            amazon_side_asn,
            default_route_table_association,
            default_route_table_propagation,
            dns_support,
            security_group_referencing_support,
        } => {
            let value = json!({
                "TransitGatewayId": it.id,
                "State": it.state,
                "Description": description,
                "Options": {
                    "AmazonSideAsn": amazon_side_asn,
                    "DefaultRouteTableAssociation": default_route_table_association,
                    "DefaultRouteTablePropagation": default_route_table_propagation,
                    "DnsSupport": dns_support,
                    "SecurityGroupReferencingSupport": security_group_referencing_support,
                },
                "Tags": tags(&it.tags),
            });
            vec![("TransitGateways", value)]
        }
        Spec::TransitGatewayVpcAttachment { transit_gateway_id, vpc_id, subnet_ids, options } => {
            let value = json!({
                "TransitGatewayAttachmentId": it.id,
                "TransitGatewayId": transit_gateway_id,
                "State": it.state,
                "VpcId": vpc_id,
                "SubnetIds": subnet_ids,
                "Options": switches(options),
                "Tags": tags(&it.tags),
            });
            vec![("TransitGatewayVpcAttachments", value)]
        }
        Spec::TransitGatewayPeeringAttachment {
            transit_gateway_id,
            peer_transit_gateway_id,
            peer_account_id,
            peer_region,
        } => {
            let value = json!({
                "TransitGatewayAttachmentId": it.id,
                "State": it.state,
                "RequesterTgwInfo": { "TransitGatewayId": transit_gateway_id },
                "AccepterTgwInfo": {
                    "TransitGatewayId": peer_transit_gateway_id,
                    "OwnerId": peer_account_id,
                    "Region": peer_region,
                },
                "Tags": tags(&it.tags),
            });
            vec![("TransitGatewayPeeringAttachments", value)]
        }
        Spec::TransitGatewayRouteTable { .. } => table(it),
        _ => Vec::new(),
    }
}

fn switches(options: &AttachmentOptions) -> Value {
    json!({
        "ApplianceModeSupport": options.appliance_mode_support,
        "DnsSupport": options.dns_support,
        "Ipv6Support": options.ipv6_support,
        "SecurityGroupReferencingSupport": options.security_group_referencing_support,
    })
}

/// A route table of a transit gateway. Its associations are said of the attachments.
fn table(it: &LiveObject) -> Vec<(&'static str, Value)> {
    let Spec::TransitGatewayRouteTable {
        transit_gateway_id,
        default_association_route_table,
        default_propagation_route_table,
        propagations,
        routes,
        ..
    } = &it.spec
    else {
        return Vec::new();
    };
    let value = json!({
        "TransitGatewayRouteTableId": it.id,
        "TransitGatewayId": transit_gateway_id,
        "State": it.state,
        "DefaultAssociationRouteTable": default_association_route_table,
        "DefaultPropagationRouteTable": default_propagation_route_table,
        "Tags": tags(&it.tags),
    });
    let propagates = |it: &Joined| json!({ "TransitGatewayAttachmentId": it.id, "State": it.state });
    let route = |it: &TransitRoute| {
        let to: Vec<Value> =
            it.attachment_id.iter().map(|id| json!({ "TransitGatewayAttachmentId": id })).collect();
        json!({
            "DestinationCidrBlock": it.destination_cidr_block,
            "Type": "static",
            "State": if to.is_empty() { "blackhole" } else { "active" },
            "TransitGatewayAttachments": to,
        })
    };
    vec![
        ("TransitGatewayRouteTables", value),
        (
            "TransitGatewayPropagations",
            json!({
                "TransitGatewayRouteTableId": it.id,
                "TransitGatewayRouteTablePropagations": propagations.iter().map(propagates).collect::<Vec<_>>(),
            }),
        ),
        (
            "TransitGatewayStaticRoutes",
            json!({
                "TransitGatewayRouteTableId": it.id,
                "Routes": routes.iter().map(route).collect::<Vec<_>>(),
            }),
        ),
    ]
}

/// An attachment as the transit gateway tells of it, with the table that it is associated with.
fn attachment(it: &LiveObject, observed: &Observed) -> Option<Value> {
    let (id, gateway, of, to) = match &it.spec {
        Spec::TransitGatewayVpcAttachment { transit_gateway_id, vpc_id, .. } => {
            (&it.id, transit_gateway_id, "vpc", vpc_id)
        }
        Spec::TransitGatewayPeeringAttachment { transit_gateway_id, peer_transit_gateway_id, .. } => {
            (&it.id, transit_gateway_id, "peering", peer_transit_gateway_id)
        }
        Spec::VpnConnection { transit_gateway_id, transit_gateway_attachment_id, .. } => {
            (transit_gateway_attachment_id.as_ref()?, transit_gateway_id.as_ref()?, "vpn", &it.id)
        }
        _ => return None,
    };
    let association = observed.objects.values().find_map(|table| {
        let Spec::TransitGatewayRouteTable { associations, .. } = &table.spec else { return None };
        let joined = associations.iter().find(|joined| joined.id == *id && joined.stands())?;
        Some(json!({ "TransitGatewayRouteTableId": table.id, "State": joined.state }))
    });
    Some(json!({
        "TransitGatewayAttachmentId": id,
        "TransitGatewayId": gateway,
        "ResourceType": of,
        "ResourceId": to,
        "State": it.state,
        "Association": association,
    }))
}

/// A network interface. What belongs to a service is told by its type, whatever the endpoint calls it.
pub(super) fn interface(it: &LiveNetworkInterface) -> Value {
    let of = match Owner::of(it) {
        Owner::NatGateway(_) => "nat_gateway",
        Owner::Endpoint(_) => "vpc_endpoint",
        Owner::LoadBalancer(_) => "network_load_balancer",
        Owner::TransitGateway(_) => "transit_gateway",
        _ => it.interface_type.as_str(),
    };
    let address = |ip: &String, primary: bool| {
        let association = it.association.as_ref().filter(|_| primary);
        let association =
            association.map(|it| json!({ "PublicIp": it.public_ip, "AllocationId": it.allocation_id }));
        let mut value = json!({ "PrivateIpAddress": ip, "Primary": primary });
        if let (Some(fields), Some(association)) = (value.as_object_mut(), association) {
            fields.insert("Association".to_owned(), association);
        }
        value
    };
    let first = (!it.private_ip_address.is_empty()).then(|| address(&it.private_ip_address, true));
    let further = it.secondary_private_ips.iter().map(|ip| address(ip, false));
    let attachment = it.attachment.as_ref().map(
        |it| json!({ "InstanceId": it.instance_id, "DeviceIndex": it.device_index, "Status": it.status }),
    );
    let mut value = json!({
        "NetworkInterfaceId": it.network_interface_id,
        "VpcId": it.vpc_id,
        "SubnetId": it.subnet_id,
        "InterfaceType": of,
        "Description": it.description,
        "PrivateIpAddresses": first.into_iter().chain(further).collect::<Vec<_>>(),
        "Ipv6Addresses": it.ipv6_addresses.iter().map(|ip| json!({ "Ipv6Address": ip })).collect::<Vec<_>>(),
        "Groups": all(it.groups.iter()),
        "SourceDestCheck": it.source_dest_check,
        "Tags": tags(&it.tags),
    });
    if let (Some(fields), Some(attachment)) = (value.as_object_mut(), attachment) {
        fields.insert("Attachment".to_owned(), attachment);
    }
    without_nulls(value)
}
