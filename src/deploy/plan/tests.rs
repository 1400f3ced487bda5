//! Plans of single edits.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::{
    deploy::{DocumentId, Observed, RunId},
    interop::native,
    model::Document,
};

fn template() -> Document {
    native::read(include_bytes!("../../../saved-topologies/bastion-nat.vpcscape.json")).unwrap()
}

fn request(document: &Document) -> Request {
    Request {
        desired: Desired::new(document, &document.topology.region),
        destroy: false,
        only_run: false,
        account: "simulated".to_owned(),
        stamp: Stamp { document: DocumentId::from_number(1), run: RunId::from_number(1) },
        known: BTreeMap::new(),
        lost_keys: BTreeSet::new(),
        attempts: BTreeMap::new(),
        problems: Vec::new(),
    }
}

#[test]
fn an_empty_account_gets_everything_in_an_order_that_works() {
    let document = template();
    let plan = plan(request(&document), &Observed::default());
    assert!(!plan.has_errors(), "{:?}", plan.problems);
    assert_eq!(plan.actions.len(), document.topology.resources.len());
    let mut shown: BTreeSet<&ResourceId> = BTreeSet::new();
    for action in &plan.actions {
        assert!(matches!(action.kind, ActionKind::Create | ActionKind::Adopt), "{action:?}");
        assert!(!action.title.is_empty() && !action.reason.is_empty());
        shown.insert(&action.resource);
    }
    assert_eq!(shown.len(), plan.actions.len());
}

#[test]
fn equal_inputs_plan_the_same_and_the_json_names_its_format() {
    let document = template();
    let one = plan(request(&document), &Observed::default());
    let two = plan(request(&document), &Observed::default());
    assert_eq!(one.basis, two.basis);
    assert_eq!(one.steps, two.steps);
    assert_eq!(to_json(&one), to_json(&two));
    assert_eq!(to_json(&one)["format"], "vpcscape-plan/1");
}

#[test]
fn another_region_takes_its_own_zones() {
    let document = template();
    let mut request = request(&document);
    request.desired = Desired::new(&document, "eu-west-1");
    let plan = plan(request, &Observed::default());
    let zones: Vec<String> = plan
        .actions
        .iter()
        .flat_map(|action| &action.calls)
        .filter_map(|call| match call {
            Call::CreateSubnet { availability_zone, .. } => availability_zone.clone(),
            _ => None,
        })
        .collect();
    assert!(!zones.is_empty() && zones.iter().all(|zone| zone.starts_with("eu-west-1")), "{zones:?}");
}
