//! What was changed behind the drawing's back: objects of ours that are gone or no longer as drawn,
//! and what others put into our VPCs. What AWS adds by itself (routes of endpoints and of virtual
//! private gateways, what comes with a VPC) is no drift.
//!
//! A difference counts where it is: a route to a gateway that is gone leads where it did, and what
//! stands in a subnet that is no longer as drawn has not changed with it.

mod accept;
mod added;
mod describe;
mod describe_objects;
mod fields;
mod report;

pub use accept::{Accepted, AcceptedAll, accept, accept_all, accept_everything};
pub use describe::as_described;
pub use report::{line, to_json};

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Desired, Known, Observed,
    desired::is_deployable,
    ids::Ids,
    kinds::{self, Aspect, Context, Frozen},
    plan::{self, ActionKind, Plan, Request},
    stamp::{DOCUMENT_TAG, RESOURCE_TAG, RUN_TAG},
};
use crate::{
    cloud::Call,
    model::{Document, Kind, Resource, ResourceId, ResourceKind},
    t,
};

/// How something drifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It is there, but not as drawn.
    Changed,
    /// It was deployed and is gone.
    Missing,
    /// It stands in a VPC of ours and is not ours.
    Added,
}

impl Change {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Added => "added",
        }
    }

    /// The sign before a line.
    pub fn glyph(self) -> &'static str {
        match self {
            Self::Changed => "~",
            Self::Missing => "-",
            Self::Added => "+",
        }
    }
}

/// One thing that drifted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// How.
    pub change: Change,
    /// The resource of the drawing; empty for what others put there.
    pub resource: Option<ResourceId>,
    /// What kind of thing it is.
    pub kind: Kind,
    /// Its id in the account.
    pub live: String,
    /// What is different, in words.
    pub detail: String,
    /// What can be set back in place.
    pub aspects: Vec<Aspect>,
    /// The fields that cannot: setting them back makes the object anew.
    pub fixed: Vec<&'static str>,
}

impl Drift {
    /// Whether this is what a user means by a resource's id or an id of AWS.
    pub fn is_called(&self, name: &str) -> bool {
        self.live == name || self.resource.as_ref().is_some_and(|id| id.as_str() == name)
    }
}

/// What a look at the account found: it is compared with the drawing as the drawing changes.
#[derive(Debug, Clone)]
pub struct Sight {
    /// How a deploy would be planned.
    pub request: Request,
    /// What state and journal know.
    pub known: BTreeMap<ResourceId, Known>,
    /// What is there.
    pub observed: Observed,
    /// The same as an import draws it, by the ids of AWS.
    pub live: Document,
}

impl Sight {
    /// What differs between a drawing and what was seen.
    pub fn drift(&self, document: &Document) -> Vec<Drift> {
        let mut request = self.request.clone();
        let tag_keys = std::mem::take(&mut request.desired.tag_keys);
        request.desired = Desired::new(document, &self.request.desired.topology.region);
        request.desired.tag_keys = tag_keys;
        drift(request, &self.known, &self.observed)
    }
}

/// Compares what was deployed with what stands; `known` is what the state and the journal say.
/// Resources that are drawn and were never deployed, or are drawn no more, are no drift: a plan shows
/// them.
pub fn drift(request: Request, known: &BTreeMap<ResourceId, Known>, observed: &Observed) -> Vec<Drift> {
    let document = request.stamp.document.clone();
    let plan = plan::plan(request, observed);
    let mut found = missing(&plan, known, observed);
    let ids = bindings(&plan, known);
    let there = |live: &str| observed.objects().any(|object| object.live == live && object.alive);
    let standing = plan.desired.topology.iter().filter(|it| {
        let is_there = known.get(&it.id).is_some_and(|known| there(&known.live));
        is_there && is_deployable(&it.kind)
    });
    let changed: Vec<Drift> = standing.filter_map(|it| changed(&plan, &ids, it, observed)).collect();
    found.extend(changed);
    let by_id = known.iter().map(|(id, known)| (id.clone(), known.live.clone())).collect();
    let ours = observed.ours(&document, &by_id);
    let vpcs: BTreeSet<&str> =
        ours.iter().filter(|it| it.kind == Kind::Vpc).map(|it| it.live.as_str()).collect();
    // What the drawing names by its own id was accepted into it.
    let accepted = plan.ids.iter().map(|(_, live)| live.to_owned());
    let ours: BTreeSet<String> = ours.iter().map(|it| it.live.clone()).chain(accepted).collect();
    let cx = Context { desired: &plan.desired, ids: &ids, stamp: &plan.stamp, places: None };
    found.extend(added::added(observed, cx, &vpcs, &ours));
    found
}

/// Which object each resource is or was: also where it is gone, or is to be made anew.
fn bindings(plan: &Plan, known: &BTreeMap<ResourceId, Known>) -> Ids {
    let mut ids = plan.ids.clone();
    for action in plan.actions.iter().filter(|it| it.kind == ActionKind::Replace) {
        if let Some(live) = &action.live {
            ids.bind(action.resource.clone(), live.clone());
        }
    }
    for (id, known) in known {
        if ids.get(id).is_none() {
            ids.bind(id.clone(), known.live.clone());
        }
    }
    ids
}

fn missing(plan: &Plan, known: &BTreeMap<ResourceId, Known>, observed: &Observed) -> Vec<Drift> {
    let is_there = |live: &str| observed.objects().any(|object| object.live == live && object.alive);
    let is_drawn = |id: &ResourceId, kind: Kind| {
        plan.desired.index.kind(id).map(ResourceKind::kind) == Some(kind) && plan.ids.get(id).is_none()
    };
    known
        .iter()
        .filter(|(id, known)| !is_there(&known.live) && is_drawn(id, known.kind))
        .map(|(id, known)| Drift {
            change: Change::Missing,
            resource: Some(id.clone()),
            kind: known.kind,
            live: known.live.clone(),
            detail: t!("deploy-drift-missing"),
            aspects: Vec::new(),
            fixed: Vec::new(),
        })
        .collect()
}

/// What differs about an object that stands; what an earlier run left on its way is no drift.
fn changed(plan: &Plan, ids: &Ids, resource: &Resource, observed: &Observed) -> Option<Drift> {
    let live = ids.get(&resource.id)?.to_owned();
    let cx = Context { desired: &plan.desired, ids, stamp: &plan.stamp, places: None };
    let differs = |aspect: &&Aspect| {
        let calls = kinds::diff(**aspect, resource, cx, observed);
        calls.iter().any(|call| !sets_marks(call))
    };
    let aspects: Vec<Aspect> = kinds::aspects(resource.kind.kind()).iter().filter(differs).copied().collect();
    let fixed: Vec<Frozen> = kinds::frozen(resource, cx, observed);
    let mut detail = Vec::new();
    if !aspects.is_empty() {
        detail.push(plan::differs(&aspects));
    }
    if !fixed.is_empty() {
        detail.push(plan::replaced(&fixed));
    }
    (!detail.is_empty()).then(|| Drift {
        change: Change::Changed,
        resource: Some(resource.id.clone()),
        kind: resource.kind.kind(),
        live,
        detail: detail.join("; "),
        aspects,
        fixed: fixed.iter().map(|it| it.field).collect(),
    })
}

/// Whether a call sets nothing but the marks of this program: what was accepted gets them by the next
/// deploy.
fn sets_marks(call: &Call) -> bool {
    let is_mark = |key: &String| [DOCUMENT_TAG, RESOURCE_TAG, RUN_TAG].contains(&key.as_str());
    match call {
        // A part that others made has other words than ours on it, too.
        Call::CreateTags { resources, tags } if resources.iter().all(|it| kinds::is_part(it)) => {
            tags.contains_key(DOCUMENT_TAG)
        }
        Call::CreateTags { tags, .. } => tags.keys().all(is_mark),
        _ => false,
    }
}
