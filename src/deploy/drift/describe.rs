//! What was observed in the form in which `aws ec2 describe-*` writes it, so that the import draws it
//! like any other network.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::describe_objects::{interface, lists};
use crate::{
    cloud::{LiveRouteTable, LiveSecurityGroup, LiveSecurityGroupRule, LiveVpc, Tags},
    deploy::observed::Observed,
};

/// One file with everything that an import knows how to draw.
pub fn as_described(observed: &Observed) -> Value {
    let attributes: Vec<Value> = observed
        .dns
        .iter()
        .map(|(vpc, (support, hostnames))| {
            let switch = |on: &Option<bool>| on.map(|on| json!({ "Value": on }));
            json!({
                "VpcId": vpc,
                "EnableDnsSupport": switch(support),
                "EnableDnsHostnames": switch(hostnames),
            })
        })
        .collect();
    let mut value = json!({
        "Vpcs": observed.vpcs.values().map(vpc).collect::<Vec<_>>(),
        "VpcAttributes": attributes,
        "Subnets": observed.subnets.values().map(|it| {
            let mut value = plain(it);
            blocks(&mut value, "Ipv6CidrBlockAssociations", "Ipv6CidrBlockAssociationSet", "Ipv6CidrBlockState");
            value
        }).collect::<Vec<_>>(),
        "RouteTables": observed.route_tables.values().map(|it| route_table(it, observed)).collect::<Vec<_>>(),
        "InternetGateways": all(observed.internet_gateways.values()),
        "EgressOnlyInternetGateways": all(observed.egress_only_internet_gateways.values()),
        "Addresses": all(observed.addresses.values()),
        "NatGateways": all(observed.nat_gateways.values()),
        "NetworkAcls": all(observed.network_acls.values()),
        "SecurityGroups": observed.security_groups.values().map(security_group).collect::<Vec<_>>(),
        "KeyPairs": all(observed.key_pairs.values()),
        "Instances": observed.instances.values().map(|it| {
            let mut value = plain(it);
            remove(&mut value, "NetworkInterfaces");
            value
        }).collect::<Vec<_>>(),
        "VpcEndpoints": all(observed.vpc_endpoints.values()),
        "NetworkInterfaces": observed.network_interfaces.values().map(interface).collect::<Vec<_>>(),
    });
    if let Some(fields) = value.as_object_mut() {
        fields.extend(lists(observed));
    }
    value
}

pub(super) fn all<'a, T: Serialize + 'a>(list: impl Iterator<Item = &'a T>) -> Vec<Value> {
    list.map(plain).collect()
}

fn remove(value: &mut Value, field: &str) -> Value {
    value.as_object_mut().and_then(|fields| fields.remove(field)).unwrap_or_default()
}

fn put(value: &mut Value, field: &str, to: Value) {
    if let Some(fields) = value.as_object_mut() {
        fields.insert(field.to_owned(), to);
    }
}

/// The fields by their names in the API; tags as a list; nothing for what is not known.
fn plain<T: Serialize>(it: &T) -> Value {
    renamed(serde_json::to_value(it).unwrap_or_default())
}

fn renamed(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut out = Map::new();
            for (name, value) in fields {
                let is_tags = name == "tags";
                match value {
                    Value::Null => {}
                    Value::String(text) if text.is_empty() => {}
                    Value::Object(tags) if is_tags => {
                        let list = tags.into_iter().map(|(key, value)| json!({ "Key": key, "Value": value }));
                        out.insert("Tags".to_owned(), list.collect());
                    }
                    value => {
                        out.insert(pascal(&name), renamed(value));
                    }
                }
            }
            Value::Object(out)
        }
        Value::Array(list) => list.into_iter().map(renamed).collect(),
        other => other,
    }
}

/// `VpcId` of `vpc_id`.
fn pascal(name: &str) -> String {
    let part = |part: &str| {
        let mut letters = part.chars();
        letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
    };
    name.split('_').filter_map(part).collect()
}

/// Associated blocks have their state a level deeper in the API.
fn blocks(value: &mut Value, from: &str, to: &str, state: &str) {
    let mut list = remove(value, from);
    for block in list.as_array_mut().into_iter().flatten() {
        let word = remove(block, "State");
        put(block, state, json!({ "State": word }));
    }
    put(value, to, list);
}

pub(super) fn tags(tags: &Tags) -> Value {
    tags.iter().map(|(key, value)| json!({ "Key": key, "Value": value })).collect()
}

fn vpc(it: &LiveVpc) -> Value {
    let mut value = plain(it);
    blocks(&mut value, "CidrBlockAssociations", "CidrBlockAssociationSet", "CidrBlockState");
    blocks(&mut value, "Ipv6CidrBlockAssociations", "Ipv6CidrBlockAssociationSet", "Ipv6CidrBlockState");
    value
}

fn route_table(it: &LiveRouteTable, observed: &Observed) -> Value {
    let mut value = plain(it);
    let gateways = it.propagating_vgws.iter().map(|id| json!({ "GatewayId": id })).collect();
    put(&mut value, "PropagatingVgws", gateways);
    for route in value.get_mut("Routes").and_then(Value::as_array_mut).into_iter().flatten() {
        let interface = route.get("NetworkInterfaceId").and_then(Value::as_str);
        let interface = interface.and_then(|id| observed.network_interfaces.get(id));
        let attachment = interface.and_then(|it| it.attachment.as_ref());
        if attachment.is_some_and(|it| it.device_index > 0) {
            // The drawing has the interface, which is attached to the instance.
            remove(route, "InstanceId");
        } else if route.get("InstanceId").is_some() {
            // The interface is the instance's: the drawing has the instance.
            remove(route, "NetworkInterfaceId");
        }
    }
    for association in value.get_mut("Associations").and_then(Value::as_array_mut).into_iter().flatten() {
        let state = remove(association, "State");
        if state.is_string() {
            put(association, "AssociationState", json!({ "State": state }));
        }
    }
    value
}

fn security_group(it: &LiveSecurityGroup) -> Value {
    let mut value = plain(it);
    remove(&mut value, "Rules");
    let of = |egress: bool| it.rules.iter().filter(|rule| rule.is_egress == egress).map(permission).collect();
    put(&mut value, "IpPermissions", of(false));
    put(&mut value, "IpPermissionsEgress", of(true));
    value
}

fn permission(rule: &LiveSecurityGroupRule) -> Value {
    let peer = |field: &str, id: &Option<String>| {
        let peer = |id: &String| match &rule.description {
            Some(words) => json!([{ field: id, "Description": words }]),
            None => json!([{ field: id }]),
        };
        id.as_ref().map(peer)
    };
    let mut value = json!({ "IpProtocol": rule.ip_protocol });
    let ports = [("FromPort", rule.from_port), ("ToPort", rule.to_port)];
    for (field, port) in ports {
        if let Some(port) = port {
            put(&mut value, field, port.into());
        }
    }
    let peers = [
        ("IpRanges", peer("CidrIp", &rule.cidr_ipv4)),
        ("Ipv6Ranges", peer("CidrIpv6", &rule.cidr_ipv6)),
        ("PrefixListIds", peer("PrefixListId", &rule.prefix_list_id)),
        ("UserIdGroupPairs", peer("GroupId", &rule.referenced_group_id)),
    ];
    for (field, list) in peers {
        if let Some(list) = list {
            put(&mut value, field, list);
        }
    }
    value
}
