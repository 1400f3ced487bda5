//! The state file: which objects stand for which resources, per account and region. It holds ids and
//! the drawing that stands, and it can be read and mended by hand. There is no secret in it that is not
//! in the drawing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{desired::describe_kind, journal::RunState, observe::Known, stamp::DocumentId};
use crate::{
    cloud::DescribeKind,
    model::{Kind, ResourceId},
    t,
};

const FORMAT: &str = "vpcscape-state";
const VERSION: u64 = 1;

/// What was deployed of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct StateFile {
    format: String,
    /// The name of the document in tags.
    pub document: DocumentId,
    /// What stands where: by `ACCOUNT/REGION`.
    pub deployments: BTreeMap<String, Deployment>,
}

/// What stands in one account and region.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Deployment {
    /// The objects by resource.
    pub resources: BTreeMap<ResourceId, Deployed>,
    /// The drawing that was deployed last and whole, in its own file format: what a rollback goes back
    /// to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawing: Option<Value>,
}

/// One object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Deployed {
    /// Its kind, as in a file.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// The keys of the tags that were set for the user.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tag_keys: BTreeSet<String>,
}

/// Why a state file cannot be used, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct StateError(pub String);

impl StateFile {
    /// The state of a document that was never deployed.
    pub fn new(document: DocumentId) -> Self {
        Self { format: format!("{FORMAT}/{VERSION}"), document, deployments: BTreeMap::new() }
    }

    /// The file's text, one trailing newline.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Reads what [`Self::to_json`] wrote.
    pub fn from_json(text: &str) -> Result<Self, StateError> {
        let unreadable =
            |error: serde_json::Error| StateError(t!("deploy-state-unreadable", error = error.to_string()));
        let value: serde_json::Value = serde_json::from_str(text).map_err(unreadable)?;
        let format = value.get("format").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let version = format
            .strip_prefix(FORMAT)
            .and_then(|rest| rest.strip_prefix('/'))
            .and_then(|it| it.parse().ok());
        if version != Some(VERSION) {
            return Err(StateError(t!("deploy-state-format", format = format)));
        }
        serde_json::from_str(text).map_err(unreadable)
    }

    /// The objects known in one account and region, those of an open run there included.
    pub fn known(&self, scope: &str, open: Option<&RunState>) -> BTreeMap<ResourceId, Known> {
        let mut known = BTreeMap::new();
        for (id, deployed) in self.deployments.get(scope).map(|it| &it.resources).into_iter().flatten() {
            if let Some(kind) = Kind::from_name(&deployed.kind) {
                known.insert(id.clone(), Known { kind, live: deployed.id.clone() });
            }
        }
        if let Some(run) = open.filter(|run| run.scope == scope) {
            known.retain(|_, known| !run.ended.contains(&known.live));
            known.extend(run.bound.iter().map(|(id, known)| (id.clone(), known.clone())));
        }
        known
    }

    /// The kinds of objects that not every network has and of which something may stand in one account and
    /// region, whatever the drawing has now. An object that is gone counts too: its parts, such as the
    /// customer gateway of a VPN connection, end after it.
    pub fn object_kinds(&self, scope: &str, open: Option<&RunState>) -> BTreeSet<DescribeKind> {
        let deployed = self.deployments.get(scope).map(|it| &it.resources).into_iter().flatten();
        let deployed = deployed.filter_map(|(_, it)| describe_kind(Kind::from_name(&it.kind)?));
        let touched = open.filter(|run| run.scope == scope).map(RunState::touched).unwrap_or_default();
        deployed.chain(touched).filter(|kind| DescribeKind::OBJECTS.contains(kind)).collect()
    }

    /// The keys of the tags that earlier runs set.
    pub fn tag_keys(&self, scope: &str) -> BTreeMap<ResourceId, BTreeSet<String>> {
        let resources = self.deployments.get(scope).map(|it| &it.resources).into_iter().flatten();
        resources.map(|(id, deployed)| (id.clone(), deployed.tag_keys.clone())).collect()
    }

    /// Writes down what stands after a run; an empty account and region is left out.
    pub fn set(&mut self, scope: &str, resources: BTreeMap<ResourceId, Deployed>) {
        if resources.is_empty() {
            self.deployments.remove(scope);
        } else {
            self.deployments.entry(scope.to_owned()).or_default().resources = resources;
        }
    }

    /// The drawing that was deployed last and whole.
    pub fn drawing(&self, scope: &str) -> Option<&Value> {
        self.deployments.get(scope)?.drawing.as_ref()
    }

    /// Writes down which drawing stands whole.
    pub fn set_drawing(&mut self, scope: &str, drawing: Option<Value>) {
        if let Some(deployment) = self.deployments.get_mut(scope) {
            deployment.drawing = drawing;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_comes_back_as_it_was_written() {
        let mut state = StateFile::new(DocumentId::from_number(7));
        let deployed = Deployed { kind: "vpc".into(), id: "vpc-1".into(), tag_keys: BTreeSet::new() };
        state.set("1/us-east-1", BTreeMap::from([(ResourceId::new("vpc-main").unwrap(), deployed)]));
        assert_eq!(StateFile::from_json(&state.to_json()).unwrap(), state);
        assert_eq!(state.known("1/us-east-1", None).len(), 1);
        assert!(state.known("2/us-east-1", None).is_empty());
    }

    #[test]
    fn a_newer_or_broken_state_is_refused_in_words() {
        let newer = StateFile::from_json("{\"format\":\"vpcscape-state/9\"}").unwrap_err();
        assert!(newer.to_string().contains("vpcscape-state/9"), "{newer}");
        assert!(StateFile::from_json("{").unwrap_err().to_string().contains("line 1"));
    }
}
