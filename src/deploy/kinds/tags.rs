//! Tags of any kind of object.

use crate::{
    cloud::{Call, Tags},
    deploy::{observed::Observed, stamp::RUN_TAG},
    model::Resource,
};

use super::Context;

/// Sets what is missing or different, and removes what an earlier run set and the drawing no longer
/// has. Tags of others stay.
pub fn diff(resource: &Resource, id: &str, cx: Context<'_>, observed: &Observed) -> Vec<Call> {
    let Some(live) = observed.tags_of(resource.kind.kind(), id) else {
        return Vec::new();
    };
    // The run that made the object stays named. What others made gets none, so that going back from the run
    // that takes it over leaves it; what came with an object of the run goes with that.
    let is_itself = cx.ids.get(&resource.id) == Some(id);
    let is_implicit = is_itself && super::comes_with(resource, cx.desired).is_some();
    let is_kept = |key: &str| key == RUN_TAG && (!is_implicit || live.contains_key(key));
    let differs = |(key, value): &(&str, &str)| live.get(*key).is_none_or(|now| now != value);
    let wanted = cx.stamp.pairs(resource);
    let missing: Tags = wanted
        .iter()
        .filter(|pair| !is_kept(pair.0) && differs(pair))
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    let is_wanted = |key: &str| wanted.iter().any(|(wanted, _)| *wanted == key);
    let stale: Vec<String> = cx
        .desired
        .tag_keys
        .get(&resource.id)
        .into_iter()
        .flatten()
        .filter(|key| live.contains_key(*key) && !is_wanted(key))
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
