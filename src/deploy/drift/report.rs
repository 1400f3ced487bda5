//! What drifted, for programs and for people.

use serde_json::{Value, json};

use super::{Change, Drift};
use crate::{t, words};

/// What drifted, as `vpcscape-drift/1`.
pub fn to_json(account: &str, found: &[Drift]) -> Value {
    let count = |change| found.iter().filter(|it| it.change == change).count();
    let items: Vec<Value> = found
        .iter()
        .map(|it| {
            json!({
                "change": it.change.as_str(),
                "resource": it.resource,
                "kind": it.kind.as_str(),
                "id": it.live,
                "detail": it.detail,
            })
        })
        .collect();
    json!({
        "format": "vpcscape-drift/1",
        "account": account,
        "drift": items,
        "summary": {
            "changed": count(Change::Changed),
            "missing": count(Change::Missing),
            "added": count(Change::Added),
        },
    })
}

/// A line for people, without its sign.
pub fn line(it: &Drift) -> String {
    let kind = words::text(&format!("kind-{}", it.kind.as_str()), &[]);
    match &it.resource {
        Some(resource) => t!(
            "deploy-drift-line",
            kind = kind,
            name = resource,
            id = it.live.clone(),
            detail = it.detail.clone()
        ),
        None => t!("deploy-drift-line-added", kind = kind, id = it.live.clone(), detail = it.detail.clone()),
    }
}
