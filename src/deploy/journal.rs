//! The journal of a run: what was about to be done, and what came of it. One record per line of JSON,
//! written before the call and after it, so that a crash at any moment leaves no object that nobody
//! knows of. It names calls, never their parameters: a start script or a key never gets here.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    desired::describe_kind,
    observe::Known,
    stamp::{DocumentId, RunId},
};
use crate::{
    cloud::DescribeKind,
    model::{Kind, ResourceId},
    t,
};

/// The format of a journal's first line.
pub const FORMAT: &str = "vpcscape-journal/1";

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub enum JournalRecord {
    /// A run begins; always the first line.
    RunStarted {
        /// [`FORMAT`].
        format: String,
        /// The run.
        run: RunId,
        /// The document.
        document: DocumentId,
        /// The account and region: the key in the state file.
        scope: String,
        /// Whether it removes everything.
        destroy: bool,
        /// The resources that it sets back, and what goes along with them; nothing for a run of the whole
        /// drawing.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        only: BTreeSet<ResourceId>,
    },
    /// A call that changes something is about to be sent.
    Intent {
        /// Counts the intents of the run.
        seq: u64,
        /// The action of the API.
        action: String,
        /// The resource that it is for.
        resource: ResourceId,
        /// The client token that it carries.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<String>,
    },
    /// What came of an intent.
    Outcome {
        /// The intent.
        seq: u64,
        /// What came of it.
        outcome: Outcome,
    },
    /// A resource got its object.
    Bound {
        /// The resource.
        resource: ResourceId,
        /// Its kind, as in a file.
        kind: String,
        /// The object.
        id: String,
        /// Whether the run made it; otherwise it came with the VPC.
        made: bool,
    },
    /// An object is gone.
    Ended {
        /// The resource that it was.
        resource: ResourceId,
        /// The object.
        id: String,
    },
    /// The run is over and everything was done. A run that failed or was cancelled has no such line:
    /// it stays open, and deploy, destroy or rollback goes on from it.
    RunEnded,
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was carried out; the id is that of what it made.
    Done {
        /// `vpc-…`, `rtbassoc-…`, …
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
    },
    /// It was refused and changed nothing.
    Refused {
        /// The code.
        code: String,
    },
    /// Nobody knows: the reply was lost.
    Unknown,
}

/// What a journal says of its run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunState {
    /// The run.
    pub run: RunId,
    /// The document.
    pub document: DocumentId,
    /// The account and region.
    pub scope: String,
    /// Whether it removes everything.
    pub destroy: bool,
    /// What a run sets back that is not of the whole drawing; nothing otherwise.
    pub only: BTreeSet<ResourceId>,
    /// The objects that the run made or found, and that are not gone.
    pub bound: BTreeMap<ResourceId, Known>,
    /// The objects that are gone.
    pub ended: BTreeSet<String>,
    /// The kinds of the objects that the run made or found, gone or not.
    pub kinds: BTreeSet<Kind>,
    /// Intents of which nobody knows what came: resource and action.
    pub unknown: Vec<(ResourceId, String)>,
    /// How many objects the run has made for a resource, or may have made and removed again.
    pub attempts: BTreeMap<ResourceId, u32>,
    /// The number after the last intent.
    pub next_seq: u64,
    /// Whether the run is over.
    pub over: bool,
}

/// Why a journal cannot be used, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct JournalError(pub String);

/// Reads a journal; `None` where there is no complete first line, since then no call was sent. A last
/// line that a crash cut short is left out.
pub fn replay(text: &str) -> Result<Option<RunState>, JournalError> {
    let complete = text.rfind('\n').and_then(|end| text.get(..end)).unwrap_or_default();
    let mut lines = complete.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let Some((_, first)) = lines.next() else {
        return Ok(None);
    };
    let Ok(JournalRecord::RunStarted { format, run, document, scope, destroy, only }) =
        serde_json::from_str(first)
    else {
        return Err(JournalError(t!("deploy-journal-unreadable", line = 1u32)));
    };
    if format != FORMAT {
        return Err(JournalError(t!("deploy-journal-format", format = format)));
    }
    let mut state = RunState {
        run,
        document,
        scope,
        destroy,
        only,
        bound: BTreeMap::new(),
        ended: BTreeSet::new(),
        kinds: BTreeSet::new(),
        unknown: Vec::new(),
        attempts: BTreeMap::new(),
        next_seq: 0,
        over: false,
    };
    let mut open = BTreeMap::new();
    for (at, line) in lines {
        let record = serde_json::from_str(line)
            .map_err(|_| JournalError(t!("deploy-journal-unreadable", line = at + 1)))?;
        state.take(record, &mut open);
    }
    state.unknown = open.into_values().map(|it| (it.resource, it.action)).collect();
    Ok(Some(state))
}

/// An intent that is not answered yet.
struct Open {
    resource: ResourceId,
    action: String,
    /// What was made, until it is bound.
    made: Option<String>,
}

impl RunState {
    fn take(&mut self, record: JournalRecord, open: &mut BTreeMap<u64, Open>) {
        match record {
            JournalRecord::RunStarted { destroy, only, .. } => {
                // The same run goes on, perhaps the other way.
                self.destroy = destroy;
                self.only = only;
                self.over = false;
            }
            JournalRecord::Intent { seq, action, resource, .. } => {
                self.next_seq = self.next_seq.max(seq + 1);
                if removes_something(&action) {
                    self.count_unbound(&resource, open);
                }
                open.insert(seq, Open { resource, action, made: None });
            }
            JournalRecord::Outcome { seq, outcome } => match (outcome, open.get_mut(&seq)) {
                (Outcome::Unknown, _) => {}
                // Until what was made is bound, the plan has to find it: it may not show at once. The
                // reply of a key pair is its private key, which was kept before this was written.
                (Outcome::Done { id: Some(id) }, Some(it))
                    if makes_something(&it.action) && it.action != "CreateKeyPair" =>
                {
                    it.made = Some(id);
                }
                _ => drop(open.remove(&seq)),
            },
            JournalRecord::Bound { resource, kind, id, made } => {
                // What was found answers the intents of this resource that nobody knew of.
                open.retain(|_, it| it.resource != resource || it.action == "CreateKeyPair");
                if made {
                    *self.attempts.entry(resource.clone()).or_default() += 1;
                }
                if let Some(kind) = Kind::from_name(&kind) {
                    self.kinds.insert(kind);
                    self.bound.insert(resource, Known { kind, live: id });
                }
            }
            JournalRecord::Ended { resource, id } => {
                self.count_unbound(&resource, open);
                open.retain(|_, it| it.made.as_ref() != Some(&id));
                if self.bound.get(&resource).is_some_and(|known| known.live == id) {
                    self.bound.remove(&resource);
                }
                self.ended.insert(id);
            }
            JournalRecord::RunEnded => self.over = true,
        }
    }

    /// What goes is perhaps what was made before a crash, and never bound. Its client token still answers
    /// with the id of what is gone: the next one needs another.
    fn count_unbound(&mut self, resource: &ResourceId, open: &BTreeMap<u64, Open>) {
        if open.values().any(|it| it.resource == *resource && makes_something(&it.action)) {
            *self.attempts.entry(resource.clone()).or_default() += 1;
        }
    }

    /// Key pairs that AWS made and whose private key never arrived.
    pub fn lost_keys(&self) -> BTreeSet<ResourceId> {
        self.unknown
            .iter()
            .filter(|(_, action)| action == "CreateKeyPair")
            .map(|(id, _)| id.clone())
            .collect()
    }

    /// The kinds of what the run has made or found, be it gone again or erased from the drawing, and of
    /// what it may have made without anybody knowing the id.
    pub fn touched(&self) -> BTreeSet<DescribeKind> {
        let may_be = |kind: &DescribeKind| self.unknown.iter().any(|(_, it)| it == kind.writes().0);
        let unknown = DescribeKind::ALL.iter().copied().filter(may_be);
        unknown.chain(self.kinds.iter().copied().filter_map(describe_kind)).collect()
    }

    /// Whether something may have been made of which nobody knows the id yet.
    pub fn has_unknown_creations(&self) -> bool {
        self.unknown.iter().any(|(_, action)| makes_something(action))
    }
}

/// Whether a call of this name makes something.
fn makes_something(action: &str) -> bool {
    ["Create", "Allocate", "Run", "Import"].iter().any(|prefix| action.starts_with(prefix))
}

/// Whether a call of this name removes something.
fn removes_something(action: &str) -> bool {
    ["Delete", "Release", "Terminate"].iter().any(|prefix| action.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> ResourceId {
        ResourceId::new("rtb-main").unwrap()
    }

    fn intent(seq: u64) -> JournalRecord {
        JournalRecord::Intent {
            seq,
            action: "CreateRouteTable".to_owned(),
            resource: table(),
            token: Some(format!("token {seq}")),
        }
    }

    fn removal(seq: u64) -> JournalRecord {
        let action = "DeleteRouteTable".to_owned();
        JournalRecord::Intent { seq, action, resource: table(), token: None }
    }

    fn made(seq: u64, id: &str) -> JournalRecord {
        JournalRecord::Outcome { seq, outcome: Outcome::Done { id: Some(id.to_owned()) } }
    }

    fn bound(id: &str) -> JournalRecord {
        let kind = Kind::RouteTable.as_str().to_owned();
        JournalRecord::Bound { resource: table(), kind, id: id.to_owned(), made: true }
    }

    fn ended(id: &str) -> JournalRecord {
        JournalRecord::Ended { resource: table(), id: id.to_owned() }
    }

    /// How many were made, and whether something is unknown.
    fn replayed(records: &[JournalRecord]) -> (u32, bool) {
        let first = JournalRecord::RunStarted {
            format: FORMAT.to_owned(),
            run: RunId::from_number(1),
            document: DocumentId::from_number(1),
            scope: "simulated/us-east-1".to_owned(),
            destroy: false,
            only: BTreeSet::new(),
        };
        let lines = [&first].into_iter().chain(records);
        let text: String = lines.map(|it| serde_json::to_string(it).unwrap() + "\n").collect();
        let state = replay(&text).unwrap().unwrap();
        (state.attempts.get(&table()).copied().unwrap_or_default(), state.has_unknown_creations())
    }

    #[test]
    fn what_was_made_and_is_gone_again_counts_even_where_it_was_never_bound() {
        let unknown = JournalRecord::Outcome { seq: 0, outcome: Outcome::Unknown };
        assert_eq!(replayed(&[intent(0), made(0, "rtb-1")]), (0, true));
        assert_eq!(replayed(&[intent(0), made(0, "rtb-1"), ended("rtb-1")]), (1, false));
        assert_eq!(replayed(&[intent(0), unknown, ended("rtb-1")]), (1, true));
        assert_eq!(replayed(&[intent(0), made(0, "rtb-1"), bound("rtb-1"), ended("rtb-1")]), (1, false));
        // A crash comes before anybody knows that it is gone.
        assert!(replayed(&[intent(0), made(0, "rtb-1"), removal(1)]).0 > 0);
        // The end of the old one says nothing of the new one that is made afterwards.
        assert_eq!(replayed(&[removal(0), ended("rtb-0"), intent(1), made(1, "rtb-1")]), (0, true));
    }
}
