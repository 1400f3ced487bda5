//! Single changes of the templates and of a generated network, each with what the rules say of it.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;
use serde_json::Value;
use vpcscape::{
    interop::{generate, native, templates},
    model::Document,
    problem::Problem,
    rules,
};

/// One change of one network.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mutation {
    /// What is done.
    pub name: String,
    /// The network: a template, or `generated`.
    pub of: String,
    /// New values by their places in the resources of the file; `null` takes a value away, `-` is the
    /// place behind the last entry of a list.
    pub set: BTreeMap<String, Value>,
    /// The findings that come: severity, code, the culprit as `id.field`, what else is concerned; those of
    /// the network before that go have a minus sign in front.
    pub finds: Vec<String>,
}

/// Every mutation.
pub static ALL: LazyLock<Vec<Mutation>> =
    LazyLock::new(|| serde_json::from_str(include_str!("mutations.json")).expect("the table is sound"));

/// A network before any change.
pub fn base(name: &str) -> Document {
    let known = templates::document(name);
    known.unwrap_or_else(|| generate::network(90, 7))
}

impl Mutation {
    /// The network after the change.
    pub fn document(&self) -> Document {
        let text = native::write(&base(&self.of)).expect("a network can be written");
        let mut file: Value = serde_json::from_str(&text).expect("it is JSON");
        for (place, value) in &self.set {
            let resources = file.get_mut("resources").expect("a file has resources");
            put(resources, place, value.clone());
        }
        native::read(file.to_string().as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

fn put(resources: &mut Value, place: &str, value: Value) {
    let (parent, key) = place.rsplit_once('/').expect("a place begins with a slash");
    match resources.pointer_mut(parent).unwrap_or_else(|| panic!("{place} is nowhere")) {
        Value::Array(list) => list.push(value),
        Value::Object(fields) if value.is_null() => {
            fields.remove(key);
        }
        Value::Object(fields) => {
            fields.insert(key.to_owned(), value);
        }
        other => panic!("{place} is inside of {other}"),
    }
}

/// What the rules say of a network.
pub fn found(document: &Document) -> Vec<Problem> {
    rules::check(document, &document.topology.index())
}
