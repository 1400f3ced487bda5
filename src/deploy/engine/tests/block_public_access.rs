//! VPC Block Public Access: a setting of the whole region is changed, and put back.

use super::{
    beyond::{Edit, differing, does_exactly, drawing, kind},
    *,
};
use crate::{
    cloud::{Change, DescribeKind, Spec},
    model::{BlockExclusion, BlockMode, ExclusionMode, VpcBlockPublicAccess},
};

fn setting(document: &mut Document) -> &mut VpcBlockPublicAccess {
    kind(document, "bpa-account").as_vpc_block_public_access_mut().unwrap()
}

const EDITS: &[Edit] = &[
    (
        "blocked",
        "another mode",
        |it| setting(it).internet_gateway_block_mode = BlockMode::BlockIngress,
        &[(ActionKind::Update, "bpa-account")],
    ),
    (
        "blocked",
        "an exclusion lets less through, another goes, a third comes",
        |it| {
            let exclusions = &mut setting(it).exclusions;
            exclusions[0].internet_gateway_exclusion_mode = ExclusionMode::AllowEgress;
            exclusions[1] = BlockExclusion {
                subnet_id: Some(ResourceId::new("subnet-vault-b").unwrap()),
                ..BlockExclusion::default()
            };
        },
        &[(ActionKind::Update, "bpa-account"), (ActionKind::Delete, "bpa-account")],
    ),
    (
        "blocked",
        "an excluded subnet goes, and its exclusion before it",
        |it| {
            it.topology.resources.remove("subnet-vault-a").unwrap();
            setting(it).exclusions.truncate(1);
        },
        &[(ActionKind::Delete, "bpa-account"), (ActionKind::Delete, "subnet-vault-a")],
    ),
    (
        "blocked",
        "an excluded subnet is made anew, and excluded again",
        |it| {
            let subnet = kind(it, "subnet-vault-a").as_subnet_mut().unwrap();
            subnet.availability_zone = "eu-west-1c".to_owned();
        },
        &[
            (ActionKind::Replace, "subnet-vault-a"),
            (ActionKind::Update, "bpa-account"),
            (ActionKind::Delete, "bpa-account"),
        ],
    ),
    (
        "blocked",
        "the setting is drawn no more",
        |it| drop(it.topology.resources.remove("bpa-account")),
        &[
            (ActionKind::Delete, "bpa-account"),
            (ActionKind::Delete, "bpa-account"),
            (ActionKind::Delete, "bpa-account"),
        ],
    ),
];

#[test]
fn edits_do_exactly_what_they_must() {
    EDITS.iter().for_each(does_exactly);
}

fn mode(house: &mut House) -> String {
    let mut seen = Observed::default();
    let call = Call::describe_all(DescribeKind::VpcBlockPublicAccess);
    let reply = house.ask(&call).unwrap();
    seen.take(&call, reply);
    match &seen.objects.values().next().unwrap().spec {
        Spec::VpcBlockPublicAccess { internet_gateway_block_mode, .. } => internet_gateway_block_mode.clone(),
        other => panic!("{other:?}"),
    }
}

fn set(house: &mut House, mode: &str) {
    let internet_gateway_block_mode = mode.to_owned();
    let change = Change::ModifyVpcBlockPublicAccessOptions { internet_gateway_block_mode };
    house.ask(&Call::ChangeObject { id: "the account".to_owned(), change }).unwrap();
    house.cloud.advance(10_000);
}

#[test]
fn what_was_set_before_is_put_back_whenever_the_runs_are_cut_off() {
    let document = drawing("blocked");
    let effects = house_for(&document, 1).run(Some(&document), None).1;
    for cut in (0..effects).step_by(5) {
        let mut house = house_for(&document, 1);
        set(&mut house, "block-ingress");
        assert_eq!(house.run(Some(&document), Some(cut)).0, End::Crashed);
        assert_eq!(house.run(Some(&document), None).0, End::Done);
        assert_eq!(mode(&mut house), "block-bidirectional");
        let again = house.plan(Some(&document));
        assert!(again.is_empty(), "crash after {cut}: {:?}", differing(&again));
        assert_eq!(house.run(None, None).0, End::Done);
        assert_eq!(mode(&mut house), "block-ingress", "crash after {cut}");
    }
}

#[test]
fn a_plan_says_that_it_touches_the_whole_region_and_must_be_confirmed() {
    let document = drawing("blocked");
    let mut house = house_for(&document, 1);
    let plan = house.plan(Some(&document));
    let action = plan.actions.iter().find(|it| it.resource.as_str() == "bpa-account").unwrap();
    let words = "it holds for every VPC of the account in eu-west-1, also for those that are not drawn: \
                 `off` becomes `block-bidirectional`";
    assert_eq!(
        (action.kind, action.consequences.as_slice()),
        (ActionKind::Adopt, [words.to_owned()].as_slice())
    );
    assert!(plan.is_dangerous());
    assert_eq!(house.run(Some(&document), None).0, End::Done);
    let end = house.plan(None);
    let titles: Vec<&str> = end.actions.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(titles[0], "put Block Public Access bpa-account back to `off`", "{titles:?}");
}

#[test]
fn what_an_account_has_already_is_left_as_it_is() {
    let document = drawing("blocked");
    let mut house = house_for(&document, 1);
    set(&mut house, "block-bidirectional");
    let plan = house.plan(Some(&document));
    let action = plan.actions.iter().find(|it| it.resource.as_str() == "bpa-account").unwrap();
    assert_eq!(action.consequences, Vec::<String>::new());
    assert_eq!(house.run(Some(&document), None).0, End::Done);
    assert_eq!(house.run(None, None).0, End::Done);
    assert_eq!(mode(&mut house), "block-bidirectional");
}

#[test]
fn exclusions_come_before_the_block_and_go_after_it() {
    let document = drawing("blocked");
    let mut house = house_for(&document, 1);
    assert_eq!(house.run(Some(&document), None).0, End::Done);
    let at = |house: &House, name: &str| house.calls.iter().rposition(|call| call.name() == name);
    let made = at(&house, "CreateVpcBlockPublicAccessExclusion");
    assert!(made.is_some() && made < at(&house, "ModifyVpcBlockPublicAccessOptions"));
    assert_eq!(house.run(None, None).0, End::Done);
    let back = at(&house, "ModifyVpcBlockPublicAccessOptions");
    let gone = house.calls.iter().position(|call| call.name() == "DeleteVpcBlockPublicAccessExclusion");
    assert!(back < gone, "{back:?} {gone:?}");
}
