//! The document and the only function that changes it.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    diagram::{Diagram, Placement},
    id::ResourceId,
    resource::Resource,
    review::{RuleLevel, Suppressed},
    topology::Topology,
};

/// What a file holds: a network, its picture, and statements about it that must stay true.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What people call the whole.
    pub name: String,
    /// The network.
    pub topology: Topology,
    /// Statements about reachability that the user wants to hold.
    pub checks: BTreeMap<String, Check>,
    /// The findings that are meant to be so, with the reasons.
    pub suppressions: BTreeMap<Suppressed, String>,
    /// How grave the findings of single rules are here, by the rules' codes.
    pub severities: BTreeMap<String, RuleLevel>,
    /// The picture.
    pub diagram: Diagram,
}

/// A saved statement about one flow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// A resource id, an address, or `internet`.
    pub from: String,
    /// A resource id, an address, or `internet`.
    pub to: String,
    /// `tcp`, `udp`, `icmp`, `-1` or a number.
    pub protocol: crate::net::Protocol,
    /// The destination port, for TCP and UDP.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// What must be the case.
    pub expect: CheckExpectation,
}

/// What a saved statement claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckExpectation {
    /// The packet arrives and the reply comes back.
    Reachable,
    /// It does not.
    Blocked,
}

/// One change with both sides, so that it can be undone.
#[derive(Debug, Clone, PartialEq)]
pub enum Op {
    /// A resource is added (`before` empty), removed (`after` empty) or changed.
    Put {
        /// Its id.
        id: ResourceId,
        /// What was there.
        before: Option<Arc<Resource>>,
        /// What is there now.
        after: Option<Arc<Resource>>,
    },
    /// A box moves, gets its first place or loses it.
    Place {
        /// The resource.
        id: ResourceId,
        /// Where it stood.
        before: Option<Placement>,
        /// Where it stands now.
        after: Option<Placement>,
    },
    /// The drawn lanes of a VPC change.
    Lanes {
        /// The VPC.
        vpc: ResourceId,
        /// The lanes before.
        before: Option<Vec<String>>,
        /// The lanes now.
        after: Option<Vec<String>>,
    },
    /// A saved check is added, removed or changed.
    PutCheck {
        /// Its name.
        name: String,
        /// What it said.
        before: Option<Check>,
        /// What it says now.
        after: Option<Check>,
    },
    /// A finding is suppressed, no longer suppressed, or for another reason.
    PutSuppression {
        /// The rule and the resource.
        of: Suppressed,
        /// The reason before.
        before: Option<String>,
        /// The reason now.
        after: Option<String>,
    },
    /// The findings of a rule get another severity, or their own again.
    PutSeverity {
        /// The rule.
        code: String,
        /// The level before.
        before: Option<RuleLevel>,
        /// The level now.
        after: Option<RuleLevel>,
    },
    /// The region changes; resources that name it change by their own ops.
    Region {
        /// The region before.
        before: String,
        /// The region now.
        after: String,
    },
    /// The document gets another name.
    Name {
        /// The name before.
        before: String,
        /// The name now.
        after: String,
    },
}

/// A named list of changes that belong together: one step of undo.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Transaction {
    /// What the user did, in the user's language: shown behind Undo and Redo.
    pub label: String,
    /// The changes, in order.
    pub ops: Vec<Op>,
}

impl Transaction {
    /// The transaction that takes this one back.
    #[must_use]
    pub fn invert(&self) -> Self {
        let ops = self.ops.iter().rev().map(Op::invert).collect();
        Self { label: self.label.clone(), ops }
    }

    /// Whether it changes the network itself, not only the picture, a name or a check.
    pub fn touches_network(&self) -> bool {
        self.ops.iter().any(|op| matches!(op, Op::Put { .. } | Op::Region { .. }))
    }

    /// Whether it changes what the rules are asked, or what becomes of their answers.
    pub fn touches_review(&self) -> bool {
        self.ops.iter().any(|op| matches!(op, Op::PutSuppression { .. } | Op::PutSeverity { .. }))
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }
}

impl Op {
    fn invert(&self) -> Self {
        match self.clone() {
            Self::Put { id, before, after } => Self::Put { id, before: after, after: before },
            Self::Place { id, before, after } => Self::Place { id, before: after, after: before },
            Self::Lanes { vpc, before, after } => Self::Lanes { vpc, before: after, after: before },
            Self::PutCheck { name, before, after } => Self::PutCheck { name, before: after, after: before },
            Self::PutSuppression { of, before, after } => {
                Self::PutSuppression { of, before: after, after: before }
            }
            Self::PutSeverity { code, before, after } => {
                Self::PutSeverity { code, before: after, after: before }
            }
            Self::Region { before, after } => Self::Region { before: after, after: before },
            Self::Name { before, after } => Self::Name { before: after, after: before },
        }
    }
}

/// A transaction was made for another version of the document; nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the change was made for another version of the drawing")]
pub struct Stale;

impl Document {
    /// An empty document in a region.
    pub fn new(name: impl Into<String>, region: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            topology: Topology::new(region),
            checks: BTreeMap::new(),
            suppressions: BTreeMap::new(),
            severities: BTreeMap::new(),
            diagram: Diagram::default(),
        }
    }

    /// What the names of the files beside a document begin with: `net` for `net.vpcscape.json`.
    pub fn file_stem(document: &Path) -> String {
        let name = document.file_name().unwrap_or_default().to_string_lossy();
        let stem = name.strip_suffix(".vpcscape.json").or_else(|| name.strip_suffix(".json"));
        stem.unwrap_or(&name).to_owned()
    }

    /// Applies every op, or none: a transaction whose `before` sides do not fit is refused.
    pub fn apply(&mut self, transaction: &Transaction) -> Result<(), Stale> {
        for (done, op) in transaction.ops.iter().enumerate() {
            if !self.apply_op(op) {
                for op in transaction.ops.iter().take(done).rev() {
                    self.apply_op(&op.invert());
                }
                return Err(Stale);
            }
        }
        Ok(())
    }

    fn apply_op(&mut self, op: &Op) -> bool {
        match op {
            Op::Put { id, before, after } => {
                swap(&mut self.topology.resources, id, before.as_ref(), after.as_ref())
            }
            Op::Place { id, before, after } => {
                swap(&mut self.diagram.placements, id, before.as_ref(), after.as_ref())
            }
            Op::Lanes { vpc, before, after } => {
                swap(&mut self.diagram.lanes, vpc, before.as_ref(), after.as_ref())
            }
            Op::PutCheck { name, before, after } => {
                swap(&mut self.checks, name, before.as_ref(), after.as_ref())
            }
            Op::PutSuppression { of, before, after } => {
                swap(&mut self.suppressions, of, before.as_ref(), after.as_ref())
            }
            Op::PutSeverity { code, before, after } => {
                swap(&mut self.severities, code, before.as_ref(), after.as_ref())
            }
            Op::Region { before, after } => replace(&mut self.topology.region, before, after),
            Op::Name { before, after } => replace(&mut self.name, before, after),
        }
    }
}

fn swap<K: Ord + Clone, V: PartialEq + Clone>(
    map: &mut BTreeMap<K, V>,
    key: &K,
    before: Option<&V>,
    after: Option<&V>,
) -> bool {
    if map.get(key) != before {
        return false;
    }
    match after {
        Some(value) => map.insert(key.clone(), value.clone()),
        None => map.remove(key),
    };
    true
}

fn replace(value: &mut String, before: &str, after: &str) -> bool {
    if value != before {
        return false;
    }
    after.clone_into(value);
    true
}
