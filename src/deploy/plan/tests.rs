//! Plans of single edits.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::*;
use crate::{
    deploy::{DocumentId, Observed, RunId},
    interop::native,
    model::{Document, Resource, Route, RouteDestination, RouteTarget},
    problem::Severity,
};

fn template() -> Document {
    native::read(include_bytes!("../../../saved-topologies/bastion-nat.vpcscape.json")).unwrap()
}

fn request(document: &Document) -> Request {
    Request {
        desired: Desired::new(document, &document.topology.region),
        destroy: false,
        only_run: false,
        is_back: false,
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
    assert!(one.does_the_same(&two));
    assert_eq!(one.basis(), two.basis());
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

fn says(plan: &Plan, code: &str) -> Vec<(Severity, String)> {
    plan.problems.iter().filter(|it| it.code == code).map(|it| (it.severity, it.message.clone())).collect()
}

#[test]
fn what_cannot_be_made_is_left_alone_and_what_leads_to_it_is_refused() {
    let mut document = template();
    let tgw = ResourceId::new("eni-lambda").unwrap();
    let mut interface = crate::model::NetworkInterface::new(ResourceId::new("subnet-public").unwrap());
    interface.interface_type = "lambda".to_owned();
    let hub = Resource::new(tgw.clone(), "hub", interface);
    document.topology.resources.insert(tgw.clone(), Arc::new(hub));
    let alone = plan(request(&document), &Observed::default());
    assert!(!alone.actions.iter().any(|action| action.resource == tgw), "no action for what is left alone");
    let sentence = "hub is of a kind that this program cannot deploy; it is left alone.".to_owned();
    assert_eq!(says(&alone, "deploy-unknown-kind"), [(Severity::Warning, sentence)]);
    let table = Arc::make_mut(document.topology.resources.get_mut("rtb-tutorial-main").unwrap());
    table.kind.as_route_table_mut().unwrap().routes.push(Route {
        destination: RouteDestination::Ipv4("10.9.0.0/16".parse().unwrap()),
        target: RouteTarget::NetworkInterface(tgw),
    });
    let used = plan(request(&document), &Observed::default());
    let sentence = "rtb-tutorial-main leads to hub, which this program cannot deploy.".to_owned();
    assert_eq!(says(&used, "deploy-unknown-kind"), [(Severity::Error, sentence)]);
}

#[test]
fn a_field_that_no_call_makes_is_an_error_that_names_it() {
    let mut document = template();
    let vpc = Arc::make_mut(document.topology.resources.get_mut("vpc-tutorial").unwrap());
    vpc.kind.as_vpc_mut().unwrap().ipv6_cidr_blocks.push("2001:db8::/56".parse().unwrap());
    let plan = plan(request(&document), &Observed::default());
    let found = says(&plan, "deploy-unknown-field");
    assert_eq!(found.len(), 1, "{:?}", plan.problems);
    let (severity, message) = found[0].clone();
    assert_eq!(severity, Severity::Error);
    assert!(message.starts_with("The field `ipv6_cidr_blocks` of "), "{message}");
}

#[test]
fn what_a_plan_costs_is_estimated_from_the_table_and_says_whose_prices_it_takes() {
    let document = template();
    let made = plan(request(&document), &Observed::default());
    // A NAT gateway with its address, two t3.micro, and the address that the bastion gets at launch.
    let expected = 0.045 + 0.005 + 2.0 * 0.0104 + 0.005;
    assert!((made.cost.adds - expected).abs() < 1e-9, "{:?}", made.cost);
    assert!(made.cost.removes.abs() < 1e-9, "{:?}", made.cost);
    assert!(
        made.cost.words().starts_with("Estimate: +0.0758 USD an hour, +55.33 a month"),
        "{}",
        made.cost.words()
    );
    let mut elsewhere = request(&document);
    elsewhere.desired = Desired::new(&document, "mars-north-1");
    assert_eq!(plan(elsewhere, &Observed::default()).cost.prices_of, "us-east-1");
}
