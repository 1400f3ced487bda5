//! What no kind of the drawing stands for: kept as it was read, but for secrets.

use serde_json::{Map, Value};

use super::{context::Import, node::Node};
use crate::{
    model::{Kind, Other, ResourceId},
    t,
};

/// Arrays that describe no thing of anybody's network, or what other arrays say better.
const NOTHING: &[&str] = &[
    "AvailabilityZones",
    "Regions",
    "ServiceDetails",
    "VpcEndpointServices",
    "SecurityGroupRules",
    "Images",
    "Volumes",
    "Snapshots",
    "InstanceTypes",
    "InstanceStatuses",
    "Tags",
    "Rules",
    "Associations",
    "TransitGatewayRouteTableAssociations",
    "TransitGatewayRouteTablePropagations",
    "TargetHealthDescriptions",
    "NetworkInterfacePermissions",
    "AccountAttributes",
];

/// Every array that no kind reads.
pub(super) fn read(import: &mut Import<'_>) {
    let store = import.store;
    for (array, records) in store.unknown() {
        if NOTHING.contains(&array) {
            import.report.left_out(array, t!("import-no-thing", count = records.len()));
            continue;
        }
        let kind = snake_case(array);
        if Kind::from_name(&kind).is_some() {
            continue;
        }
        for (id, record) in records {
            let node = import.node(array, id, record);
            let wanted = ResourceId::new(id).ok().filter(|id| !import.resources.contains_key(id));
            let id = wanted.unwrap_or_else(|| import.free_id(Kind::Other, id));
            keep(import, &node, id, &kind);
        }
    }
}

/// Takes up a record of an unknown kind.
pub(super) fn keep(import: &mut Import<'_>, node: &Node<'_>, id: ResourceId, kind: &str) {
    let own = |key: &str| !matches!(key, "kind" | "name" | "tags" | "Tags" | "TagSet" | "TagList");
    let fields = node.value.as_object().into_iter().flatten();
    let fields = fields.filter(|(key, _)| own(key) && !is_secret(key));
    let fields: Map<String, Value> =
        fields.map(|(key, value)| (key.clone(), without_secrets(value))).collect();
    import.add(id, node, crate::model::ResourceKind::Other(Other { kind_name: kind.to_owned(), fields }));
}

fn is_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    let words = ["password", "secret", "token", "presharedkey", "userdata", "credential", "privatekey"];
    key == "customergatewayconfiguration" || words.iter().any(|word| key.contains(word))
}

fn without_secrets(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(key, _)| !is_secret(key))
            .map(|(key, value)| (key.clone(), without_secrets(value)))
            .collect(),
        Value::Array(entries) => entries.iter().map(without_secrets).collect(),
        plain => plain.clone(),
    }
}

/// `RdsInstances` as files write kinds: `rds_instances`.
fn snake_case(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().filter(char::is_ascii_alphanumeric) {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}
