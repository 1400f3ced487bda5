//! The JSON Schema of the file format, made from the types.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::native::{FORMAT, VERSION};
use crate::model::{
    Check, DhcpOptions, Diagram, EgressOnlyInternetGateway, ElasticIp, FlowLog, GatewayEndpoint, Instance,
    InstanceConnectEndpoint, InterfaceEndpoint, InternetGateway, KeyPair, Kind, LoadBalancer,
    ManagedPrefixList, NatGateway, NetworkAcl, NetworkInterface, RegionalNatGateway, RouteTable, RuleLevel,
    SecurityGroup, Subnet, Suppression, Tags, TargetGroup, TransitGateway, TransitGatewayPeeringAttachment,
    TransitGatewayRouteTable, TransitGatewayVpcAttachment, Vpc, VpcBlockPublicAccess, VpcPeeringConnection,
    VpnConnection, VpnGateway,
};

/// The schema as text: two-space JSON with one newline at the end.
pub fn text() -> String {
    // The tree prints its keys in the order of insertion, so equal types give equal text.
    format!("{:#}\n", schema())
}

/// The schema, draft 2020-12. A resource of a kind that it does not list is allowed and kept as it is.
pub fn schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut kinds: Vec<Value> = Kind::ALL.iter().map(|kind| resource(*kind, &mut generator)).collect();
    kinds.push(unknown());
    let checks = generator.subschema_for::<std::collections::BTreeMap<String, Check>>();
    let suppressions = generator.subschema_for::<Vec<Suppression>>();
    let severities = generator.subschema_for::<std::collections::BTreeMap<String, RuleLevel>>();
    let diagram = generator.subschema_for::<Diagram>();
    let mut definitions = generator.take_definitions(true);
    definitions.insert("Resource".to_owned(), json!({ "oneOf": kinds }));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "vpcscape topology",
        "description": "A network drawn with vpcscape: NAME.vpcscape.json.",
        "type": "object",
        "required": ["format", "region"],
        "additionalProperties": false,
        "properties": {
            "format": { "const": format!("{FORMAT}/{VERSION}"), "description": "The format and its version." },
            "name": { "type": "string", "description": "What people call the whole." },
            "region": { "type": "string", "description": "The region, such as `us-east-1`." },
            "resources": {
                "type": "object",
                "description": "The resources by their ids, which are never reused.",
                "propertyNames": { "pattern": "^[A-Za-z0-9._-]{1,128}$" },
                "additionalProperties": { "$ref": "#/$defs/Resource" }
            },
            "checks": described(checks, "Statements about reachability that must hold, by name."),
            "suppressions": described(suppressions, "Findings of rules that are meant to be so."),
            "severities": described(severities, "How grave the findings of single rules are, by their codes."),
            "diagram": described(diagram, "Where boxes stand; no part of the network."),
        },
        "$defs": definitions,
    })
}

fn described(schema: Schema, text: &str) -> Value {
    let mut value = schema.to_value();
    if let Value::Object(map) = &mut value {
        map.insert("description".to_owned(), Value::from(text));
    }
    value
}

fn resource(kind: Kind, generator: &mut SchemaGenerator) -> Value {
    let fields = match kind {
        Kind::Vpc => Vpc::json_schema(generator),
        Kind::Subnet => Subnet::json_schema(generator),
        Kind::RouteTable => RouteTable::json_schema(generator),
        Kind::InternetGateway => InternetGateway::json_schema(generator),
        Kind::NatGateway => NatGateway::json_schema(generator),
        Kind::ElasticIp => ElasticIp::json_schema(generator),
        Kind::NetworkAcl => NetworkAcl::json_schema(generator),
        Kind::SecurityGroup => SecurityGroup::json_schema(generator),
        Kind::Instance => Instance::json_schema(generator),
        Kind::KeyPair => KeyPair::json_schema(generator),
        Kind::GatewayEndpoint => GatewayEndpoint::json_schema(generator),
        Kind::InterfaceEndpoint => InterfaceEndpoint::json_schema(generator),
        Kind::NetworkInterface => NetworkInterface::json_schema(generator),
        Kind::EgressOnlyInternetGateway => EgressOnlyInternetGateway::json_schema(generator),
        Kind::RegionalNatGateway => RegionalNatGateway::json_schema(generator),
        Kind::VpcPeeringConnection => VpcPeeringConnection::json_schema(generator),
        Kind::TransitGateway => TransitGateway::json_schema(generator),
        Kind::TransitGatewayVpcAttachment => TransitGatewayVpcAttachment::json_schema(generator),
        Kind::TransitGatewayPeeringAttachment => TransitGatewayPeeringAttachment::json_schema(generator),
        Kind::TransitGatewayRouteTable => TransitGatewayRouteTable::json_schema(generator),
        Kind::VpnGateway => VpnGateway::json_schema(generator),
        Kind::VpnConnection => VpnConnection::json_schema(generator),
        Kind::ManagedPrefixList => ManagedPrefixList::json_schema(generator),
        Kind::InstanceConnectEndpoint => InstanceConnectEndpoint::json_schema(generator),
        Kind::DhcpOptions => DhcpOptions::json_schema(generator),
        Kind::FlowLog => FlowLog::json_schema(generator),
        Kind::VpcBlockPublicAccess => VpcBlockPublicAccess::json_schema(generator),
        Kind::LoadBalancer => LoadBalancer::json_schema(generator),
        Kind::TargetGroup => TargetGroup::json_schema(generator),
        Kind::Other => return unknown(),
    };
    let mut value = fields.to_value();
    let tags = generator.subschema_for::<Tags>();
    if let Value::Object(map) = &mut value {
        let own = map.shift_remove("properties").unwrap_or_default();
        let mut properties = common(json!({ "const": kind.as_str() }), tags);
        properties.extend(own.as_object().cloned().unwrap_or_default());
        map.insert("properties".to_owned(), Value::Object(properties));
        let required = map.entry("required").or_insert_with(|| json!([]));
        if let Value::Array(required) = required {
            required.insert(0, Value::from("kind"));
        }
    }
    value
}

fn unknown() -> Value {
    let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
    json!({
        "description": "A kind that vpcscape does not know: kept as it is and drawn as a plain box.",
        "type": "object",
        "required": ["kind"],
        "properties": { "kind": { "type": "string", "not": { "enum": known } } },
    })
}

fn common(kind: Value, tags: Schema) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("kind".to_owned(), kind);
    map.insert(
        "name".to_owned(),
        json!({ "type": "string", "description": "What people call it: the tag `Name`." }),
    );
    map.insert("tags".to_owned(), described(tags, "Further tags."));
    map
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interop::{native, templates};

    #[test]
    fn every_kind_allows_its_own_fields_and_the_common_ones_only() {
        let schema = schema();
        let kinds = schema["$defs"]["Resource"]["oneOf"].as_array().unwrap();
        assert_eq!(kinds.len(), Kind::ALL.len() + 1);
        for (kind, one) in Kind::ALL.iter().zip(kinds) {
            assert_eq!(one["properties"]["kind"]["const"], kind.as_str());
            assert_eq!(one["additionalProperties"], false, "{}", kind.as_str());
            assert!(one["description"].is_string(), "{}", kind.as_str());
        }
    }

    #[test]
    fn every_field_that_is_written_is_in_the_schema() {
        let schema = schema();
        for name in templates::names() {
            let text = native::write(&templates::document(name).unwrap()).unwrap();
            let file: Value = serde_json::from_str(&text).unwrap();
            for field in file.as_object().unwrap().keys() {
                assert!(schema["properties"][field].is_object(), "{field}");
            }
            for (id, resource) in file["resources"].as_object().unwrap() {
                let kinds = schema["$defs"]["Resource"]["oneOf"].as_array().unwrap();
                let own =
                    kinds.iter().find(|it| it["properties"]["kind"]["const"] == resource["kind"]).unwrap();
                for field in resource.as_object().unwrap().keys() {
                    assert!(own["properties"].get(field).is_some(), "{id}.{field}");
                }
            }
        }
    }

    #[test]
    fn every_reference_inside_leads_to_a_definition() {
        let text = text();
        let schema = schema();
        for (at, start) in text.match_indices("\"#/$defs/") {
            let name = text.get(at + start.len()..).and_then(|rest| rest.split('"').next()).unwrap();
            assert!(schema["$defs"][name].is_object(), "{name}");
        }
    }
}
