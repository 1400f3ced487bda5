//! The version of a file, and the steps from older ones to the one that is written today.

use serde_json::{Map, Value};

use super::{FORMAT, VERSION, fault::FileError};
use crate::t;

/// Rewrites a tree of one version into the next.
type Step = fn(&mut Map<String, Value>);

/// Row N leads from version N + 1 to N + 2. Version 1 is the first, so there is no row yet.
const STEPS: [Step; VERSION as usize - 1] = [];

/// The tree in the current version.
pub(super) fn to_current(root: Value) -> Result<Value, FileError> {
    let version = version(&root)?;
    let Value::Object(map) = root else {
        return Err(FileError::Foreign);
    };
    if version > VERSION {
        return Err(FileError::Newer(version));
    }
    Ok(Value::Object(step_up(map, version, &STEPS)))
}

fn version(root: &Value) -> Result<u32, FileError> {
    let Some(format) = root.get("format") else {
        return Err(FileError::Foreign);
    };
    let Value::String(format) = format else {
        return Err(FileError::at("format", t!("file-format-not-text", version = VERSION)));
    };
    let number = format.strip_prefix(FORMAT).and_then(|rest| rest.strip_prefix('/'));
    match number.and_then(|text| text.parse::<u32>().ok()) {
        Some(version) if version >= 1 => Ok(version),
        _ => Err(FileError::UnknownFormat(format.chars().take(60).collect())),
    }
}

fn step_up(mut map: Map<String, Value>, from: u32, steps: &[Step]) -> Map<String, Value> {
    for (at, step) in steps.iter().enumerate().skip(from as usize - 1) {
        step(&mut map);
        map.insert("format".to_owned(), Value::String(format!("{FORMAT}/{}", at + 2)));
    }
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_tree_takes_every_step_from_its_version_on() {
        let rename: Step = |map| {
            let title = map.shift_remove("title").unwrap();
            map.insert("name".to_owned(), title);
        };
        let region: Step = |map| {
            map.insert("region".to_owned(), Value::from("us-east-1"));
        };
        let old = serde_json::json!({ "format": "vpcscape/1", "title": "a" }).as_object().unwrap().clone();
        let new = Value::Object(step_up(old, 1, &[rename, region]));
        assert_eq!(new, serde_json::json!({ "format": "vpcscape/3", "name": "a", "region": "us-east-1" }));
        let middle = serde_json::json!({ "format": "vpcscape/2", "name": "b" }).as_object().unwrap().clone();
        assert_eq!(step_up(middle, 2, &[rename, region])["format"], "vpcscape/3");
    }
}
