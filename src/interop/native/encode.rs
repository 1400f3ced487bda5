//! A document into the text of a file.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{FORMAT, VERSION, fault::FileError};
use crate::model::{Document, Resource, ResourceKind, Suppressed, Suppression, Tags, Topology};

/// The text of a file: two-space JSON in a fixed order of keys with one newline at the end, so that
/// equal documents are equal files and a difference in git shows what changed.
///
/// # Errors
/// None that a document can cause; the signature keeps a failing serialiser from writing half a file.
pub fn write(document: &Document) -> Result<String, FileError> {
    let mut text = serde_json::to_string_pretty(&Top(document))
        .map_err(|error| FileError::at("resources", error.to_string()))?;
    text.push('\n');
    Ok(text)
}

struct Top<'a>(&'a Document);

impl Serialize for Top<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(document) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", &format!("{FORMAT}/{VERSION}"))?;
        map.serialize_entry("name", &document.name)?;
        map.serialize_entry("region", &document.topology.region)?;
        map.serialize_entry("resources", &Resources(&document.topology))?;
        map.serialize_entry("checks", &document.checks)?;
        if !document.suppressions.is_empty() {
            map.serialize_entry("suppressions", &Suppressions(&document.suppressions))?;
        }
        if !document.severities.is_empty() {
            map.serialize_entry("severities", &document.severities)?;
        }
        map.serialize_entry("diagram", &document.diagram)?;
        map.end()
    }
}

struct Suppressions<'a>(&'a BTreeMap<Suppressed, String>);

impl Serialize for Suppressions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|(of, reason)| Suppression {
            code: of.code.clone(),
            resource: of.resource.clone(),
            reason: reason.clone(),
        }))
    }
}

struct Resources<'a>(&'a Topology);

impl Serialize for Resources<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|resource| (&resource.id, Entry(resource))))
    }
}

struct Entry<'a>(&'a Resource);

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(resource) = self;
        match &resource.kind {
            ResourceKind::Vpc(it) => row(resource, it, serializer),
            ResourceKind::Subnet(it) => row(resource, it, serializer),
            ResourceKind::RouteTable(it) => row(resource, it, serializer),
            ResourceKind::InternetGateway(it) => row(resource, it, serializer),
            ResourceKind::NatGateway(it) => row(resource, it, serializer),
            ResourceKind::ElasticIp(it) => row(resource, it, serializer),
            ResourceKind::NetworkAcl(it) => row(resource, it, serializer),
            ResourceKind::SecurityGroup(it) => row(resource, it, serializer),
            ResourceKind::Instance(it) => row(resource, it, serializer),
            ResourceKind::KeyPair(it) => row(resource, it, serializer),
            ResourceKind::GatewayEndpoint(it) => row(resource, it, serializer),
            ResourceKind::InterfaceEndpoint(it) => row(resource, it, serializer),
            ResourceKind::NetworkInterface(it) => row(resource, it, serializer),
            ResourceKind::EgressOnlyInternetGateway(it) => row(resource, it, serializer),
            ResourceKind::RegionalNatGateway(it) => row(resource, it, serializer),
            ResourceKind::VpcPeeringConnection(it) => row(resource, it, serializer),
            ResourceKind::TransitGateway(it) => row(resource, it, serializer),
            ResourceKind::TransitGatewayVpcAttachment(it) => row(resource, it, serializer),
            ResourceKind::TransitGatewayPeeringAttachment(it) => row(resource, it, serializer),
            ResourceKind::TransitGatewayRouteTable(it) => row(resource, it, serializer),
            ResourceKind::VpnGateway(it) => row(resource, it, serializer),
            ResourceKind::VpnConnection(it) => row(resource, it, serializer),
            ResourceKind::ManagedPrefixList(it) => row(resource, it, serializer),
            ResourceKind::InstanceConnectEndpoint(it) => row(resource, it, serializer),
            ResourceKind::DhcpOptions(it) => row(resource, it, serializer),
            ResourceKind::FlowLog(it) => row(resource, it, serializer),
            ResourceKind::VpcBlockPublicAccess(it) => row(resource, it, serializer),
            ResourceKind::LoadBalancer(it) => row(resource, it, serializer),
            ResourceKind::TargetGroup(it) => row(resource, it, serializer),
            ResourceKind::Other(it) => row(resource, &it.fields, serializer),
        }
    }
}

/// What every resource has, then the fields of its kind.
#[derive(Serialize)]
struct Row<'a, T> {
    kind: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Tags::is_empty")]
    tags: &'a Tags,
    #[serde(flatten)]
    fields: &'a T,
}

fn row<S: Serializer>(
    resource: &Resource,
    fields: &impl Serialize,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let kind = match &resource.kind {
        ResourceKind::Other(other) => &other.kind_name,
        known => known.kind().as_str(),
    };
    Row { kind, name: &resource.name, tags: &resource.tags, fields }.serialize(serializer)
}
