//! What is found out about a plan before anything is made.

use std::collections::{BTreeMap, BTreeSet};

use super::bench::{REGION, address, ask, cloud, made, named, vpc};
use crate::{
    cloud::Call,
    deploy::{Desired, DocumentId, Observed, Plan, Preflight, Request, RunId, Stamp, plan},
    interop::native,
    model::{Document, Instance, ResourceId, ResourceKind},
    problem::Problem,
    simulated::{Faults, SimulatedCloud},
};

fn template() -> Document {
    let mut document =
        native::read(include_bytes!("../../../saved-topologies/bastion-nat.vpcscape.json")).unwrap();
    document.topology = Desired::new(&document, REGION).topology;
    document
}

fn planned(document: &Document, destroy: bool) -> Plan {
    let desired = Desired::new(document, REGION);
    let request = Request {
        desired: if destroy { Desired::nothing(REGION) } else { desired },
        destroy,
        only_run: false,
        is_back: false,
        account: "simulated".to_owned(),
        stamp: Stamp { document: DocumentId::from_number(1), run: RunId::from_number(1) },
        known: BTreeMap::new(),
        lost_keys: BTreeSet::new(),
        attempts: BTreeMap::new(),
        problems: Vec::new(),
    };
    plan(request, &Observed::default())
}

/// Every finding as `code resource`, and the calls that were made.
fn look(document: &Document, cloud: &mut SimulatedCloud) -> (Vec<Problem>, Vec<Call>) {
    let plan = planned(document, false);
    let mut preflight = Preflight::new(&plan);
    let mut asked = Vec::new();
    loop {
        let calls = preflight.next_round();
        if calls.is_empty() {
            return (preflight.finish(), asked);
        }
        for call in calls {
            let result = ask(cloud, &call);
            preflight.take(&call, result);
            asked.push(call);
        }
    }
}

fn short(found: &[Problem]) -> Vec<String> {
    let subject = |it: &Problem| it.subjects.first().map(|it| it.id.to_string()).unwrap_or_default();
    found.iter().map(|it| format!("{} {} {}", it.severity.as_str(), it.code, subject(it))).collect()
}

fn edit_instance(document: &mut Document, id: &str, change: impl FnOnce(&mut Instance)) {
    let id = ResourceId::new(id).unwrap();
    let mut resource = document.topology.get(&id).unwrap().clone();
    let ResourceKind::Instance(instance) = &mut resource.kind else { panic!("{id} is no instance") };
    change(instance);
    document.topology.resources.insert(id, std::sync::Arc::new(resource));
}

#[test]
fn nothing_is_found_where_nothing_is_wrong_and_nothing_is_changed_by_asking() {
    let mut cloud = cloud();
    let before = cloud.clone();
    let (found, asked) = look(&template(), &mut cloud);
    assert_eq!(short(&found), Vec::<String>::new());
    assert!(asked.iter().all(|call| !call.is_write()));
    let before = SimulatedCloud { calls: cloud.calls.clone(), ..before };
    assert_eq!(cloud, before, "asking changed something");
    let asked: Vec<&Call> = asked.iter().filter(|call| matches!(call, Call::DryRun { .. })).collect();
    let names: BTreeSet<&str> = asked.iter().map(|call| call.name()).collect();
    assert_eq!(names.len(), asked.len(), "one dry run for each kind of call");
    for name in ["CreateVpc", "CreateNatGateway", "RunInstances", "CreateRoute", "AssociateRouteTable"] {
        assert!(names.contains(name), "{names:?}");
    }
    assert!(!names.contains("ModifyVpcAttribute"), "it has no dry run");
}

#[test]
fn a_missing_permission_is_named_with_the_action_that_needs_it() {
    let denied_actions = vec!["CreateNatGateway".to_owned(), "CreateRoute".to_owned()];
    let mut cloud = cloud().with_faults(Faults { denied_actions, ..Faults::default() });
    let (found, _) = look(&template(), &mut cloud);
    let codes: Vec<&str> = found.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["preflight-permission", "preflight-permission"]);
    assert!(found[0].message.contains("`CreateNatGateway`"), "{}", found[0].message);
    assert!(found[1].message.contains("`CreateRoute`"), "{}", found[1].message);
    assert!(found[0].help.as_ref().unwrap().contains("ec2:CreateNatGateway"));
}

#[test]
fn everything_is_found_at_once() {
    let mut c = cloud();
    for block in ["172.16.0.0/16", "172.17.0.0/16", "172.18.0.0/16", "10.0.0.0/20"] {
        vpc(&mut c, block);
    }
    (0..5).for_each(|_| drop(address(&mut c)));
    let taken = Call::CreateKeyPair {
        key_name: "tutorial".to_owned(),
        key_type: "ed25519".to_owned(),
        tags: named("someone else's"),
    };
    made(&mut c, taken);
    let mut document = template();
    edit_instance(&mut document, "i-bastion", |it| it.instance_type = "t9z.huge".to_owned());
    let (found, _) = look(&document, &mut c);
    assert_eq!(
        short(&found),
        [
            "error preflight-instance-type i-bastion",
            "error preflight-key-pair key-tutorial",
            "warning preflight-cidr vpc-tutorial",
            "warning preflight-quota vpc-tutorial",
            "error preflight-quota eip-nat",
        ]
    );
    assert!(found[2].message.contains("10.0.0.0/20"), "{}", found[2].message);
}

#[test]
fn zones_and_images_that_are_not_there_are_found() {
    let missing_images = vec!["ami-0123456789abcdef0".to_owned()];
    let mut c = cloud().with_faults(Faults { missing_images, ..Faults::default() });
    let mut document = template();
    edit_instance(&mut document, "i-bastion", |it| it.ami = "ami-0123456789abcdef0".to_owned());
    edit_instance(&mut document, "i-private", |it| it.ami = "resolve:ssm:/no/such/parameter".to_owned());
    let id = ResourceId::new("subnet-private").unwrap();
    let mut resource = document.topology.get(&id).unwrap().clone();
    resource.kind.as_subnet_mut().unwrap().availability_zone = format!("{REGION}z");
    document.topology.resources.insert(id, std::sync::Arc::new(resource));
    let (found, _) = look(&document, &mut c);
    assert_eq!(
        short(&found),
        [
            "error preflight-zone subnet-private",
            "error preflight-image i-bastion",
            "error preflight-image i-private",
        ]
    );
    assert!(found[0].help.as_ref().unwrap().contains("eu-central-1c"), "{:?}", found[0].help);
}

#[test]
fn a_plan_to_remove_everything_asks_for_permissions_only() {
    let plan = planned(&template(), true);
    assert!(Preflight::new(&plan).next_round().is_empty(), "there is nothing to remove");
}
