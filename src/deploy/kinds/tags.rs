//! Tags of any kind of object.

use crate::{
    cloud::{Call, Tags},
    deploy::{
        observed::Observed,
        stamp::{RUN_TAG, Stamp},
    },
    model::Resource,
};

use super::Context;

/// Sets what is missing or different, and removes what an earlier run set and the drawing no longer
/// has. Tags of others stay.
pub fn diff(resource: &Resource, id: &str, cx: Context<'_>, observed: &Observed) -> Vec<Call> {
    let Some(live) = observed.tags(id) else {
        return Vec::new();
    };
    let mut wanted = cx.stamp.tags(resource);
    if live.contains_key(RUN_TAG) {
        // The run that made the object stays named.
        wanted.remove(RUN_TAG);
    }
    let missing: Tags = wanted.into_iter().filter(|(key, value)| live.get(key) != Some(value)).collect();
    let user = Stamp::user_tags(resource);
    let stale: Vec<String> = cx
        .desired
        .tag_keys
        .get(&resource.id)
        .into_iter()
        .flatten()
        .filter(|key| live.contains_key(*key) && !user.contains_key(*key))
        .cloned()
        .collect();
    let mut calls = Vec::new();
    if !missing.is_empty() {
        calls.push(Call::CreateTags { resources: vec![id.to_owned()], tags: missing });
    }
    if !stale.is_empty() {
        calls.push(Call::DeleteTags { resources: vec![id.to_owned()], keys: stale });
    }
    calls
}
