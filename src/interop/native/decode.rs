//! A tree into a document, field by field.

use std::{collections::BTreeMap, sync::Arc};

use ipnet::IpNet;
use serde::{
    Deserialize,
    de::{DeserializeOwned, value::MapDeserializer},
};
use serde_json::{Map, Value};

use super::fault::{FileError, explain};
use crate::{
    model::{
        Check, Diagram, Document, Kind, NetworkAcl, Other, Resource, ResourceId, ResourceKind, RuleLevel,
        Suppressed, Suppression, Tags, Topology,
    },
    t,
};

/// The top of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Top {
    #[serde(rename = "format")]
    _format: String,
    #[serde(default)]
    name: String,
    region: String,
    /// Only to refuse anything but an object: what is in it is read one by one.
    #[serde(rename = "resources", default)]
    _resources: Map<String, Value>,
    #[serde(default)]
    checks: BTreeMap<String, Check>,
    #[serde(default)]
    suppressions: Vec<Suppression>,
    #[serde(default)]
    severities: BTreeMap<String, RuleLevel>,
    #[serde(default)]
    diagram: Diagram,
}

/// The fields that every resource has.
#[derive(Debug, Deserialize)]
struct Common {
    kind: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    tags: Tags,
}

/// The document that a tree of the current version describes. References are not followed here.
pub(super) fn document(mut root: Value) -> Result<Document, FileError> {
    objects_at_the_top(&root)?;
    // Nearly all of a file: taken out, so that reading the top does not copy it.
    let resources = root.get_mut("resources").and_then(Value::as_object_mut).map(std::mem::take);
    let top: Top = typed(&root, "")?;
    let mut entries = Vec::new();
    for (key, value) in resources.unwrap_or_default() {
        let place = format!("resources.{key}");
        let id = ResourceId::new(&key).map_err(|error| FileError::at(&place, error.to_string()))?;
        entries.push((id.clone(), Arc::new(resource(id, value, &place)?)));
    }
    let topology = Topology { region: top.region, resources: entries.into_iter().collect() };
    let suppressions = top.suppressions.into_iter().map(|it| {
        let Suppression { code, resource, reason } = it;
        (Suppressed { code, resource }, reason)
    });
    Ok(Document {
        name: top.name,
        topology,
        checks: top.checks,
        suppressions: suppressions.collect(),
        severities: top.severities,
        diagram: top.diagram,
    })
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The derived readers take a list of values for an object; a file must not.
fn no_list(value: &Value, place: &str) -> Result<(), FileError> {
    if value.is_array() {
        return Err(FileError::at(
            place,
            t!("file-wrong-type", found = t!("file-a-list"), expected = t!("file-an-object")),
        ));
    }
    Ok(())
}

fn no_list_in_list(fields: &Value, place: &str) -> Result<(), FileError> {
    for (field, value) in entries(fields) {
        let inner = value.as_array().into_iter().flatten().position(Value::is_array);
        if let Some(at) = inner {
            return Err(FileError::at(format!("{place}.{field}[{at}]"), t!("file-list-in-list")));
        }
    }
    Ok(())
}

fn objects_at_the_top(root: &Value) -> Result<(), FileError> {
    for field in ["checks", "diagram"] {
        let value = root.get(field).unwrap_or(&Value::Null);
        no_list(value, field)?;
        for (key, inner) in entries(value) {
            let place = format!("{field}.{key}");
            no_list(inner, &place)?;
            entries(inner)
                .filter(|_| key == "placements")
                .try_for_each(|(id, it)| no_list(it, &format!("{place}.{id}")))?;
        }
    }
    no_list(root.get("severities").unwrap_or(&Value::Null), "severities")?;
    let suppressions = root.get("suppressions").and_then(Value::as_array).into_iter().flatten();
    suppressions.enumerate().try_for_each(|(at, it)| no_list(it, &format!("suppressions[{at}]")))
}

fn resource(id: ResourceId, value: Value, place: &str) -> Result<Resource, FileError> {
    no_list(&value, place)?;
    let common: Common = typed(&value, place)?;
    if common.tags.contains_key("Name") {
        return Err(FileError::at(format!("{place}.tags.Name"), t!("file-name-tag")));
    }
    if Kind::from_name(&common.kind).is_some() {
        no_list_in_list(&value, place)?;
    }
    let mut kind = kind(&common.kind, &value, place)?;
    canonical(&mut kind);
    Ok(Resource { id, name: common.name, tags: common.tags, kind })
}

fn kind(name: &str, fields: &Value, place: &str) -> Result<ResourceKind, FileError> {
    Ok(match Kind::from_name(name) {
        Some(Kind::Vpc) => ResourceKind::Vpc(own_fields(fields, place)?),
        Some(Kind::Subnet) => ResourceKind::Subnet(own_fields(fields, place)?),
        Some(Kind::RouteTable) => ResourceKind::RouteTable(own_fields(fields, place)?),
        Some(Kind::InternetGateway) => ResourceKind::InternetGateway(own_fields(fields, place)?),
        Some(Kind::NatGateway) => ResourceKind::NatGateway(own_fields(fields, place)?),
        Some(Kind::ElasticIp) => ResourceKind::ElasticIp(own_fields(fields, place)?),
        Some(Kind::NetworkAcl) => ResourceKind::NetworkAcl(own_fields(fields, place)?),
        Some(Kind::SecurityGroup) => ResourceKind::SecurityGroup(own_fields(fields, place)?),
        Some(Kind::Instance) => ResourceKind::Instance(own_fields(fields, place)?),
        Some(Kind::KeyPair) => ResourceKind::KeyPair(own_fields(fields, place)?),
        Some(Kind::GatewayEndpoint) => ResourceKind::GatewayEndpoint(own_fields(fields, place)?),
        Some(Kind::InterfaceEndpoint) => ResourceKind::InterfaceEndpoint(own_fields(fields, place)?),
        Some(Kind::NetworkInterface) => ResourceKind::NetworkInterface(own_fields(fields, place)?),
        Some(Kind::EgressOnlyInternetGateway) => {
            ResourceKind::EgressOnlyInternetGateway(own_fields(fields, place)?)
        }
        Some(Kind::RegionalNatGateway) => ResourceKind::RegionalNatGateway(own_fields(fields, place)?),
        Some(Kind::VpcPeeringConnection) => ResourceKind::VpcPeeringConnection(own_fields(fields, place)?),
        Some(Kind::TransitGateway) => ResourceKind::TransitGateway(own_fields(fields, place)?),
        Some(Kind::TransitGatewayVpcAttachment) => {
            ResourceKind::TransitGatewayVpcAttachment(own_fields(fields, place)?)
        }
        Some(Kind::TransitGatewayPeeringAttachment) => {
            ResourceKind::TransitGatewayPeeringAttachment(own_fields(fields, place)?)
        }
        Some(Kind::TransitGatewayRouteTable) => {
            ResourceKind::TransitGatewayRouteTable(own_fields(fields, place)?)
        }
        Some(Kind::VpnGateway) => ResourceKind::VpnGateway(own_fields(fields, place)?),
        Some(Kind::VpnConnection) => ResourceKind::VpnConnection(own_fields(fields, place)?),
        Some(Kind::ManagedPrefixList) => ResourceKind::ManagedPrefixList(own_fields(fields, place)?),
        Some(Kind::InstanceConnectEndpoint) => {
            ResourceKind::InstanceConnectEndpoint(own_fields(fields, place)?)
        }
        Some(Kind::DhcpOptions) => ResourceKind::DhcpOptions(own_fields(fields, place)?),
        Some(Kind::FlowLog) => ResourceKind::FlowLog(own_fields(fields, place)?),
        Some(Kind::VpcBlockPublicAccess) => ResourceKind::VpcBlockPublicAccess(own_fields(fields, place)?),
        Some(Kind::LoadBalancer) => ResourceKind::LoadBalancer(own_fields(fields, place)?),
        Some(Kind::TargetGroup) => ResourceKind::TargetGroup(own_fields(fields, place)?),
        Some(Kind::Other) | None => {
            ResourceKind::Other(Other { kind_name: name.to_owned(), fields: own_fields(fields, place)? })
        }
    })
}

/// The fields of a resource's kind: all but those of [`Common`].
fn own_fields<T: DeserializeOwned>(value: &Value, place: &str) -> Result<T, FileError> {
    let own = || entries(value).filter(|(field, _)| !matches!(field.as_str(), "kind" | "name" | "tags"));
    let fast: Result<T, serde_json::Error> =
        T::deserialize(MapDeserializer::new(own().map(|(field, value)| (field.as_str(), value))));
    fast.or_else(|_| {
        let fields = own().map(|(field, value)| (field.clone(), value.clone())).collect();
        located(&Value::Object(fields), place)
    })
}

/// A value of a type, or the error with the path to what does not fit. The path is looked for in a
/// second run: keeping track of it costs as much as reading, and nearly all files are well.
fn typed<T: DeserializeOwned>(value: &Value, place: &str) -> Result<T, FileError> {
    T::deserialize(value).or_else(|_| located(value, place))
}

fn located<T: DeserializeOwned>(value: &Value, place: &str) -> Result<T, FileError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let inner = error.path().to_string();
        let mut path = join(place, if inner == "." { "" } else { &inner });
        let culprit = error.path().iter().try_fold(value, |value, segment| match segment {
            serde_path_to_error::Segment::Map { key } => value.get(key),
            serde_path_to_error::Segment::Seq { index } => value.get(index),
            _ => None,
        });
        let (field, what) = explain(&error.inner().to_string(), culprit);
        if let Some(field) = field.filter(|field| path != *field && !path.ends_with(&format!(".{field}"))) {
            path = join(&path, &field);
        }
        FileError::at(if path.is_empty() { t!("file-top") } else { path }, what)
    })
}

fn join(place: &str, inner: &str) -> String {
    match (place.is_empty(), inner.is_empty()) {
        (true, _) => inner.to_owned(),
        (_, true) => place.to_owned(),
        _ if inner.starts_with('[') => format!("{place}{inner}"),
        _ => format!("{place}.{inner}"),
    }
}

fn truncate(blocks: &mut [IpNet]) {
    for block in blocks {
        *block = IpNet::trunc(block);
    }
}

/// Clears host bits, as EC2 does, so that equal blocks compare equal everywhere behind this.
fn canonical(kind: &mut ResourceKind) {
    match kind {
        ResourceKind::Vpc(vpc) => {
            vpc.cidr_block = vpc.cidr_block.trunc();
            for block in &mut vpc.secondary_cidr_blocks {
                *block = block.trunc();
            }
            for block in &mut vpc.ipv6_cidr_blocks {
                *block = block.trunc();
            }
        }
        ResourceKind::Subnet(subnet) => {
            subnet.cidr_block = subnet.cidr_block.trunc();
            subnet.ipv6_cidr_block = subnet.ipv6_cidr_block.map(|block| block.trunc());
        }
        ResourceKind::VpcPeeringConnection(it) => truncate(&mut it.peer_cidr_blocks),
        ResourceKind::VpnGateway(it) => truncate(&mut it.on_premises_cidr_blocks),
        ResourceKind::VpnConnection(it) => truncate(&mut it.on_premises_cidr_blocks),
        ResourceKind::ManagedPrefixList(it) => {
            for entry in &mut it.entries {
                entry.cidr = IpNet::trunc(&entry.cidr);
            }
        }
        ResourceKind::TransitGatewayRouteTable(it) => {
            for route in &mut it.routes {
                route.destination_cidr_block = IpNet::trunc(&route.destination_cidr_block);
            }
        }
        ResourceKind::NetworkAcl(NetworkAcl { ingress, egress, .. }) => {
            for rule in ingress.iter_mut().chain(egress) {
                rule.cidr_block = IpNet::trunc(&rule.cidr_block);
            }
        }
        _ => {}
    }
}
