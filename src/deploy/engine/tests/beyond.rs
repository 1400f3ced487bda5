//! Lives of the kinds that lead out of a VPC or watch over it: made, changed, cut off, removed.

use std::sync::Arc;

use super::*;
use crate::model::{Resource, ResourceKind};

/// Drawings that between them hold these kinds and their fields.
const DRAWINGS: &[&str] =
    &["ipv6", "joined", "transit", "watched", "interfaces", "vpn", "blocked", "regional"];

pub(super) fn drawing(name: &str) -> Document {
    let path = format!("tests/support/{name}.vpcscape.json");
    native::read(&std::fs::read(path).unwrap()).unwrap()
}

pub(super) fn differing(plan: &Plan) -> Vec<(ActionKind, &str)> {
    let differing = plan.actions.iter().filter(|it| it.kind != ActionKind::NoOp);
    differing.map(|it| (it.kind, it.resource.as_str())).collect()
}

#[test]
fn each_drawing_lives_and_goes() {
    for name in DRAWINGS {
        let document = drawing(name);
        let mut house = house_for(&document, 7);
        let before = house.inventory();
        assert_eq!(house.run(Some(&document), None).0, End::Done, "{name}");
        house.check_nothing_twice();
        let again = house.plan(Some(&document));
        assert!(again.is_empty(), "{name}: {:#?}", again.actions);
        assert_eq!(house.run(None, None).0, End::Done, "{name}");
        assert_eq!(house.inventory(), before, "{name}");
    }
}

#[test]
fn each_survives_a_crash_after_any_effect() {
    for name in DRAWINGS {
        let document = drawing(name);
        let effects = house_for(&document, 1).run(Some(&document), None).1;
        // Each effect of the first, every few of the others: there are many.
        let step = if *name == "ipv6" { 1 } else { 7 };
        for cut in (0..effects).step_by(step) {
            let mut house = house_for(&document, 1);
            let before = house.inventory();
            assert_eq!(house.run(Some(&document), Some(cut)).0, End::Crashed);
            assert_eq!(house.run(Some(&document), None).0, End::Done, "{name}, crash after {cut}");
            house.check_nothing_twice();
            let again = house.plan(Some(&document));
            assert!(again.is_empty(), "{name}, crash after {cut}: {:?}", differing(&again));
            let (ended, _) = house.run(None, Some(cut));
            if ended == End::Crashed {
                assert_eq!(house.run(None, None).0, End::Done, "{name}, crash after {cut}");
            }
            assert_eq!(house.inventory(), before, "{name}, crash after {cut}");
        }
    }
}

#[test]
fn what_a_run_made_goes_although_a_crash_hid_it_and_nothing_is_drawn_any_more() {
    for name in DRAWINGS {
        let document = drawing(name);
        let effects = house_for(&document, 2).run(Some(&document), None).1;
        for cut in (0..effects).step_by(11) {
            let mut house = house_for(&document, 2);
            let before = house.inventory();
            assert_eq!(house.run(Some(&document), Some(cut)).0, End::Crashed);
            assert_eq!(house.run(None, None).0, End::Done, "{name}, crash after {cut}");
            assert_eq!(house.inventory(), before, "{name}, crash after {cut}");
        }
    }
}

#[test]
fn each_survives_throttles_lost_replies_and_stale_descriptions() {
    for seed in 0..40 {
        for name in DRAWINGS.iter().skip(seed as usize % DRAWINGS.len()).take(1) {
            let document = drawing(name);
            let mut house = house_for(&document, seed);
            let before = house.inventory();
            house.cloud = house.cloud.with_faults(Faults {
                seed,
                throttle_per_mille: 100,
                lost_reply_per_mille: 120,
                stale_describe_per_mille: 150,
                stale_ms: 5_000,
                ..Faults::default()
            });
            let mut ended = house.run(Some(&document), None).0;
            for _ in 0..3 {
                if ended != End::Done {
                    ended = house.run(Some(&document), None).0;
                }
            }
            house.cloud = house.cloud.clone().with_faults(Faults::default());
            house.cloud.advance(10_000);
            assert_eq!(ended, End::Done, "{name}, seed {seed}");
            house.check_nothing_twice();
            let again = house.plan(Some(&document));
            assert!(again.is_empty(), "{name}, seed {seed}: {:?}", differing(&again));
            assert_eq!(house.run(None, None).0, End::Done, "{name}, seed {seed}");
            assert_eq!(house.inventory(), before, "{name}, seed {seed}");
        }
    }
}

pub(super) fn kind<'a>(document: &'a mut Document, id: &str) -> &'a mut ResourceKind {
    &mut Arc::make_mut(document.topology.resources.get_mut(id).unwrap()).kind
}

fn remove(document: &mut Document, id: &str) {
    document.topology.resources.remove(id).unwrap();
}

/// An edit of a drawing, in words and done, and exactly what a plan does about it.
pub(super) type Edit = (&'static str, &'static str, fn(&mut Document), &'static [(ActionKind, &'static str)]);

/// Makes a drawing, edits it, and holds the plan to what it must do.
pub(super) fn does_exactly((name, what, edit, expected): &Edit) {
    let mut document = drawing(name);
    let mut house = house_for(&document, 3);
    let before = house.inventory();
    assert_eq!(house.run(Some(&document), None).0, End::Done, "{what}");
    edit(&mut document);
    let plan = house.plan(Some(&document));
    assert!(!plan.has_errors(), "{what}: {:?}", plan.problems);
    assert_eq!(differing(&plan), *expected, "{what}: {:#?}", plan.actions);
    assert_eq!(house.run(Some(&document), None).0, End::Done, "{what}");
    house.check_nothing_twice();
    let again = house.plan(Some(&document));
    assert!(again.is_empty(), "{what}: {:?}", differing(&again));
    assert_eq!(house.run(None, None).0, End::Done, "{what}");
    assert_eq!(house.inventory(), before, "{what}");
}

/// Edits, and exactly what is done about each.
const EDITS: &[Edit] = &[
    (
        "ipv6",
        "a subnet moves to another place in the block of its VPC",
        |it| {
            kind(it, "subnet-a").as_subnet_mut().unwrap().ipv6_cidr_block =
                Some("2001:db8:0:aa09::/64".parse().unwrap())
        },
        &[(ActionKind::Update, "subnet-a")],
    ),
    (
        "ipv6",
        "a subnet gives its block up",
        |it| {
            let subnet = kind(it, "subnet-a").as_subnet_mut().unwrap();
            subnet.ipv6_cidr_block = None;
            subnet.assign_ipv6_address_on_creation = false;
        },
        &[(ActionKind::Update, "subnet-a")],
    ),
    (
        "ipv6",
        "the whole network gives IPv6 up",
        |it| {
            for id in ["subnet-a", "subnet-b"] {
                let subnet = kind(it, id).as_subnet_mut().unwrap();
                subnet.ipv6_cidr_block = None;
                subnet.assign_ipv6_address_on_creation = false;
                subnet.enable_dns64 = false;
            }
            let vpc = kind(it, "vpc-six").as_vpc_mut().unwrap();
            vpc.ipv6_cidr_blocks.clear();
            vpc.assign_generated_ipv6_cidr_block = false;
            kind(it, "rtb-private").as_route_table_mut().unwrap().routes.clear();
            kind(it, "sg-six").as_security_group_mut().unwrap().ingress.clear();
            kind(it, "acl-default").as_network_acl_mut().unwrap().ingress.remove(2);
            remove(it, "eigw-six");
        },
        &[
            (ActionKind::Update, "vpc-six"),
            (ActionKind::Update, "sg-six"),
            (ActionKind::Update, "acl-default"),
            (ActionKind::Update, "rtb-private"),
            (ActionKind::Update, "subnet-a"),
            (ActionKind::Update, "subnet-b"),
            (ActionKind::Delete, "eigw-six"),
        ],
    ),
    (
        "ipv6",
        "another egress-only gateway takes the place of the first",
        |it| {
            let id = ResourceId::new("eigw-new").unwrap();
            let gateway = kind(it, "eigw-six").clone();
            let new = Resource { id: id.clone(), name: "new".into(), tags: BTreeMap::new(), kind: gateway };
            it.topology.resources.insert(id.clone(), Arc::new(new));
            remove(it, "eigw-six");
            kind(it, "rtb-private").as_route_table_mut().unwrap().routes[0].target =
                crate::model::RouteTarget::EgressOnlyGateway(id);
        },
        &[
            (ActionKind::Create, "eigw-new"),
            (ActionKind::Update, "rtb-private"),
            (ActionKind::Delete, "eigw-six"),
        ],
    ),
];

#[test]
fn edits_do_exactly_what_they_must() {
    EDITS.iter().for_each(does_exactly);
}

#[test]
fn what_names_a_part_of_the_drawn_block_names_the_same_part_of_the_real_one() {
    let document = drawing("ipv6");
    let mut house = house_for(&document, 11);
    assert_eq!(house.run(Some(&document), None).0, End::Done);
    let known = house.state.known(SCOPE, None);
    let observed = house.observe(&known, &Desired::new(&document, &document.topology.region));
    let live = |id: &str| known[&ResourceId::new(id).unwrap()].live.clone();
    let real = &observed.vpcs[&live("vpc-six")].ipv6_cidr_block_associations[0].ipv6_cidr_block;
    let prefix = real.strip_suffix("00::/56").unwrap();
    assert!(!real.starts_with("2001:db8:"), "{real}");
    let block =
        |id: &str| observed.subnets[&live(id)].ipv6_cidr_block_associations[0].ipv6_cidr_block.clone();
    assert_eq!(block("subnet-b"), format!("{prefix}07::/64"));
    let rules = &observed.security_groups[&live("sg-six")].rules;
    assert!(rules.iter().any(|it| it.cidr_ipv6 == Some(block("subnet-a"))), "{rules:?}");
    let entries = &observed.network_acls[&live("acl-default")].entries;
    assert!(entries.iter().any(|it| it.ipv6_cidr_block == Some(block("subnet-b"))), "{entries:?}");
}
