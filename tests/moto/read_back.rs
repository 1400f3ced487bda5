//! What stands in a region, read with boto3: a second client that shares no line with ours.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use serde_json::Value;

use super::{python, server::Server};

/// Everything that stands in the region; the shape is described in `read_back.py`.
pub fn read(server: &Server, region: &str) -> Value {
    let output = Command::new(python::interpreter())
        .arg(python::support("read_back.py"))
        .args([server.url.as_str(), region])
        .output()
        .expect("the environment's interpreter starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("it prints JSON")
}

/// The field that holds the id of each list's objects.
const IDS: &[(&str, &str)] = &[
    ("vpcs", "VpcId"),
    ("subnets", "SubnetId"),
    ("route_tables", "RouteTableId"),
    ("internet_gateways", "InternetGatewayId"),
    ("egress_only_internet_gateways", "EgressOnlyInternetGatewayId"),
    ("addresses", "AllocationId"),
    ("nat_gateways", "NatGatewayId"),
    ("network_acls", "NetworkAclId"),
    ("security_groups", "GroupId"),
    ("key_pairs", "KeyPairId"),
    ("instances", "InstanceId"),
    ("volumes", "VolumeId"),
    ("network_interfaces", "NetworkInterfaceId"),
    ("vpc_endpoints", "VpcEndpointId"),
    ("peerings", "VpcPeeringConnectionId"),
    ("prefix_lists", "PrefixListId"),
    ("vpn_gateways", "VpnGatewayId"),
    ("customer_gateways", "CustomerGatewayId"),
    ("vpn_connections", "VpnConnectionId"),
    ("dhcp_options", "DhcpOptionsId"),
    ("flow_logs", "FlowLogId"),
    ("transit_gateways", "TransitGatewayId"),
    ("attachments", "TransitGatewayAttachmentId"),
    ("transit_peerings", "TransitGatewayAttachmentId"),
    ("transit_tables", "TransitGatewayRouteTableId"),
];

/// The objects by id, without what EC2 itself only remembers for a while: terminated instances,
/// deleted gateways and endpoints.
pub fn standing(live: &Value) -> BTreeMap<String, Value> {
    let mut standing = BTreeMap::new();
    for (list, id) in IDS {
        for object in live[list].as_array().expect("every list is there") {
            let state = object["State"]["Name"].as_str().or(object["State"].as_str());
            let state = state.or(object["Status"]["Code"].as_str()).unwrap_or_default();
            if !matches!(state, "terminated" | "deleted" | "delete-complete") {
                standing.insert(object[id].as_str().expect("it has an id").to_owned(), object.clone());
            }
        }
    }
    standing
}

/// What has come since `before`: moto keeps the default network ACL of a deleted VPC with its tags.
pub fn since(before: &Value, live: &Value) -> Value {
    let old = standing(before);
    let mut live = live.clone();
    for (list, id) in IDS {
        if let Some(objects) = live[list].as_array_mut() {
            objects.retain(|object| object[id].as_str().is_none_or(|id| !old.contains_key(id)));
        }
    }
    live
}

/// What moto leaves behind where EC2 does not: the default network ACL of a deleted VPC, the interface
/// of a deleted NAT gateway, and the default table of a deleted transit gateway.
pub fn left_by_moto(deployed: &Value) -> BTreeSet<String> {
    let acls = deployed["network_acls"].as_array().expect("the list is there");
    let gateways = deployed["nat_gateways"].as_array().expect("the list is there");
    let addresses =
        gateways.iter().flat_map(|gateway| gateway["NatGatewayAddresses"].as_array().into_iter().flatten());
    let tables = deployed["transit_tables"].as_array().expect("the list is there").iter();
    let tables = tables.filter(|table| table["DefaultAssociationRouteTable"] == true);
    acls.iter()
        .filter(|acl| acl["IsDefault"] == true)
        .map(|acl| &acl["NetworkAclId"])
        .chain(addresses.map(|address| &address["NetworkInterfaceId"]))
        .chain(tables.map(|table| &table["TransitGatewayRouteTableId"]))
        .filter_map(|id| id.as_str().map(str::to_owned))
        .collect()
}
