//! What was changed behind the drawing's back: objects of ours that are gone or no longer as drawn,
//! and what others put into our VPCs. What AWS adds by itself (routes of endpoints and of virtual
//! private gateways, what comes with a VPC) is no drift.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{
    Known, Observed,
    observed::is_main,
    plan::{self, Action, ActionKind, Plan, Request, strangers},
};
use crate::{
    model::{Kind, ResourceId},
    t, words,
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
}

/// Compares what was deployed with what stands; `known` is what the state and the journal say.
/// Resources that are drawn and were never deployed, or are drawn no more, are no drift: a plan shows
/// them.
pub fn drift(request: Request, known: &BTreeMap<ResourceId, Known>, observed: &Observed) -> Vec<Drift> {
    let document = request.stamp.document.clone();
    let plan = plan::plan(request, observed);
    let mut found = missing(known, observed);
    let gone: BTreeSet<&ResourceId> = found.iter().filter_map(|it| it.resource.as_ref()).collect();
    let changed: Vec<Drift> = plan
        .actions
        .iter()
        .filter(|action| known.contains_key(&action.resource) && !gone.contains(&action.resource))
        .filter_map(|action| changed(&plan, action))
        .collect();
    found.extend(changed);
    let ids = known.iter().map(|(id, known)| (id.clone(), known.live.clone())).collect();
    let ours = observed.ours(&document, &ids);
    let vpcs: BTreeSet<&str> =
        ours.iter().filter(|it| it.kind == Kind::Vpc).map(|it| it.live.as_str()).collect();
    let ours: BTreeSet<String> = ours.iter().map(|it| it.live.clone()).collect();
    found.extend(added(observed, &vpcs, &ours));
    found
}

fn missing(known: &BTreeMap<ResourceId, Known>, observed: &Observed) -> Vec<Drift> {
    let is_there = |live: &str| observed.objects().any(|object| object.live == live && object.alive);
    known
        .iter()
        .filter(|(_, known)| !is_there(&known.live))
        .map(|(id, known)| Drift {
            change: Change::Missing,
            resource: Some(id.clone()),
            kind: known.kind,
            live: known.live.clone(),
            detail: t!("deploy-drift-missing"),
        })
        .collect()
}

/// An action on what stands, as drift; what an earlier run left on its way is none.
fn changed(plan: &Plan, action: &Action) -> Option<Drift> {
    let live = action.live.clone()?;
    let frozen = || {
        let mut problems = plan.problems.iter().filter(|it| it.code == plan::REPLACEMENT);
        problems.find(|it| it.subjects.iter().any(|subject| subject.id == action.resource))
    };
    let detail = match action.kind {
        ActionKind::Update if !action.calls.is_empty() => action.reason.clone(),
        ActionKind::Replace => action.reason.clone(),
        _ => frozen()?.message.clone(),
    };
    Some(Drift {
        change: Change::Changed,
        resource: Some(action.resource.clone()),
        kind: action.of,
        live,
        detail,
    })
}

fn added(observed: &Observed, vpcs: &BTreeSet<&str>, ours: &BTreeSet<String>) -> Vec<Drift> {
    let item = |kind, live: &str, what: &str, vpc: &str| Drift {
        change: Change::Added,
        resource: None,
        kind,
        live: live.to_owned(),
        detail: t!("deploy-drift-added", what = what, vpc = vpc),
    };
    let foreign = |live: &String, vpc: &String| !ours.contains(live) && vpcs.contains(vpc.as_str());
    let mut found: Vec<Drift> = strangers(observed, vpcs, ours)
        .into_iter()
        .map(|it| item(it.kind, &it.live, &it.what, &it.vpc))
        .collect();
    let tables = observed.route_tables.values().filter(|it| foreign(&it.route_table_id, &it.vpc_id));
    found.extend(
        tables.filter(|it| !is_main(it)).map(|it| item(Kind::RouteTable, &it.route_table_id, "", &it.vpc_id)),
    );
    let acls = observed.network_acls.values().filter(|it| foreign(&it.network_acl_id, &it.vpc_id));
    found.extend(
        acls.filter(|it| !it.is_default).map(|it| item(Kind::NetworkAcl, &it.network_acl_id, "", &it.vpc_id)),
    );
    found
}

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
