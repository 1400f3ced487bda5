//! A document into the text of a file.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{FORMAT, VERSION, fault::FileError};
use crate::model::{Document, Resource, ResourceKind};

/// The text of a file: two-space JSON in a fixed order of keys with one newline at the end, so that
/// equal documents are equal files and a difference in git shows what changed.
///
/// # Errors
/// None that a document can cause; the signature keeps a failing serialiser from writing half a file.
pub fn write(document: &Document) -> Result<String, FileError> {
    let mut top = Map::new();
    top.insert("format".to_owned(), Value::String(format!("{FORMAT}/{VERSION}")));
    top.insert("name".to_owned(), Value::String(document.name.clone()));
    top.insert("region".to_owned(), Value::String(document.topology.region.clone()));
    let mut resources = Map::new();
    for resource in document.topology.iter() {
        resources.insert(resource.id.to_string(), tree(resource)?);
    }
    top.insert("resources".to_owned(), Value::Object(resources));
    top.insert("checks".to_owned(), value(&document.checks)?);
    top.insert("diagram".to_owned(), value(&document.diagram)?);
    let mut text = serde_json::to_string_pretty(&top).map_err(unwritable)?;
    text.push('\n');
    Ok(text)
}

fn tree(resource: &Resource) -> Result<Value, FileError> {
    let mut map = Map::new();
    map.insert("kind".to_owned(), Value::String(kind_name(&resource.kind).to_owned()));
    map.insert("name".to_owned(), Value::String(resource.name.clone()));
    if !resource.tags.is_empty() {
        map.insert("tags".to_owned(), value(&resource.tags)?);
    }
    if let Value::Object(fields) = fields(&resource.kind)? {
        map.extend(fields);
    }
    Ok(Value::Object(map))
}

fn kind_name(kind: &ResourceKind) -> &str {
    match kind {
        ResourceKind::Other(other) => &other.kind_name,
        known => known.kind().as_str(),
    }
}

fn fields(kind: &ResourceKind) -> Result<Value, FileError> {
    match kind {
        ResourceKind::Vpc(it) => value(it),
        ResourceKind::Subnet(it) => value(it),
        ResourceKind::RouteTable(it) => value(it),
        ResourceKind::InternetGateway(it) => value(it),
        ResourceKind::NatGateway(it) => value(it),
        ResourceKind::ElasticIp(it) => value(it),
        ResourceKind::NetworkAcl(it) => value(it),
        ResourceKind::SecurityGroup(it) => value(it),
        ResourceKind::Instance(it) => value(it),
        ResourceKind::KeyPair(it) => value(it),
        ResourceKind::GatewayEndpoint(it) => value(it),
        ResourceKind::InterfaceEndpoint(it) => value(it),
        ResourceKind::Other(it) => Ok(Value::Object(it.fields.clone())),
    }
}

fn value(it: &impl Serialize) -> Result<Value, FileError> {
    serde_json::to_value(it).map_err(unwritable)
}

fn unwritable(error: serde_json::Error) -> FileError {
    FileError::at("resources", error.to_string())
}
