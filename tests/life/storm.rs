//! Random networks, random edits, random faults from a seed. One seed is one life: deploys and edits
//! under faults and crashes, then the faults end and everything must come to what is drawn, and go.
//!
//! `VPCSCAPE_SEED=7 cargo test --test life storm` runs one seed and tells every plan and call if it fails,
//! `VPCSCAPE_SEEDS=100000` runs so many.

use std::{collections::BTreeMap, sync::Arc};

use vpcscape::{
    cloud::Call,
    deploy::ActionKind,
    edit::{self, Command},
    interop::{generate, native},
    model::{Document, Kind, Resource, ResourceId, ResourceKind, SecurityGroupRulePeer},
    problem::Severity,
    rules,
    simulated::{Fault, Faults, Limits, PlannedFault, SimulatedCloud},
};

use super::{
    beyond,
    house::{End, House, Trouble},
    joined,
};

/// How many seeds a plain `cargo test` runs.
const SEEDS: u64 = 2_000;
/// How many threads share them.
const THREADS: u64 = 2;

/// Numbers from a seed (SplitMix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x2545_F491_4F6C_DD1D) ^ 0x5851_F42D_4C95_7F2D)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        value ^ (value >> 31)
    }

    /// A number below `most`.
    pub fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most.max(1) as u64).unwrap()
    }

    /// Once in so many times.
    pub fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }

    /// One of a list that is not empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

fn template(name: &str) -> Document {
    let bytes = std::fs::read(format!("saved-topologies/{name}.vpcscape.json")).unwrap();
    native::read(&bytes).unwrap()
}

fn network(dice: &mut Dice) -> Document {
    let mut document = match dice.below(12) {
        0 => template("bastion-nat"),
        1 => template("private-endpoints"),
        2..=5 => joined::network(dice),
        _ => {
            let (size, seed) = (4 + dice.below(22), dice.next());
            generate::network(size, seed)
        }
    };
    for resource in document.topology.resources.values_mut() {
        if let Some(instance) = Arc::make_mut(resource).kind.as_instance_mut() {
            instance.user_data = Some("echo open-sesame".to_owned());
        }
    }
    document
}

/// Each kind of fault is there or not, with a weight of its own (swarm testing): faults that hide each
/// other do not always come together.
fn faults(dice: &mut Dice, seed: u64, is_wide: bool) -> Faults {
    let mut weight = |most: usize| if dice.one_in(2) { 0 } else { u16::try_from(dice.below(most)).unwrap() };
    let mut faults = Faults {
        seed,
        throttle_per_mille: weight(300),
        lost_reply_per_mille: weight(200),
        stale_describe_per_mille: weight(400),
        nat_failure_per_mille: weight(500),
        instance_failure_per_mille: weight(300),
        ..Faults::default()
    };
    faults.stale_ms = 1_000 + 500 * dice.below(20) as u64;
    for _ in 0..dice.below(4) {
        let plain = [
            "CreateVpc",
            "CreateSubnet",
            "CreateRoute",
            "AllocateAddress",
            "RunInstances",
            "CreateSecurityGroup",
            "CreateNatGateway",
            "CreateVpcEndpoint",
            "AuthorizeSecurityGroupIngress",
            "DeleteSubnet",
            "DeleteVpc",
            "TerminateInstances",
            "CreateKeyPair",
        ];
        let actions = match dice.below(4) {
            0 | 1 if is_wide => beyond::ACTIONS,
            2 => joined::ACTIONS,
            _ => &plain,
        };
        let action = *dice.pick(actions);
        let nth = 1 + u32::try_from(dice.below(6)).unwrap();
        let fault = match dice.below(5) {
            0 => Fault::LostReply,
            1 => Fault::LostRequest,
            2 => Fault::Unreachable,
            3 => Fault::Refused { code: "InternalError".to_owned(), message: "An internal error".to_owned() },
            _ => {
                Fault::Refused { code: "InsufficientInstanceCapacity".to_owned(), message: "None".to_owned() }
            }
        };
        faults.planned.push(PlannedFault { action: action.to_owned(), nth, fault });
    }
    faults
}

/// Quotas that may be too small for a while.
fn limits(dice: &mut Dice) -> Limits {
    let mut limits = Limits::plenty();
    if dice.one_in(3) {
        limits.addresses = dice.below(3);
    }
    if dice.one_in(6) {
        limits.internet_gateways = 1 + dice.below(2);
    }
    if dice.one_in(6) {
        limits.nat_gateways_per_zone = dice.below(2);
    }
    limits
}

fn trouble(dice: &mut Dice, effects: usize) -> Trouble {
    let mut trouble = Trouble::default();
    match dice.below(6) {
        0..=2 => trouble.crash_after = Some(dice.below(effects + 1)),
        3 => trouble.cancel_after = Some(dice.below(effects + 1)),
        4 => trouble.expires_after_ms = Some(500 * dice.below(240) as u64),
        _ => {}
    }
    trouble
}

/// A change of the drawing that leaves it sound and that can be planned.
fn edited(dice: &mut Dice, document: &Document, house: &mut House, is_wide: bool) -> Document {
    let mut after = document.clone();
    for _ in 0..=dice.below(3) {
        let mut next = after.clone();
        match dice.below(if is_wide { 7 } else { 2 }) {
            0 | 1 => edit_once(dice, &mut next),
            2 | 3 => beyond::add(dice, &mut next),
            _ => beyond::edit(dice, &mut next),
        }
        if is_sound(&next) {
            after = next;
        }
    }
    if house.plan(Some(&after)).has_errors() { document.clone() } else { after }
}

/// Whether AWS would take a drawing. Of a regional NAT gateway without an internet gateway the rules only
/// warn, and it comes to nothing.
fn is_sound(document: &Document) -> bool {
    let problems = rules::check(document, &document.topology.index());
    problems.iter().all(|it| it.severity != Severity::Error && it.code != "regional-nat")
}

/// A network with more than a plain VPC.
fn widened(dice: &mut Dice, document: &Document, house: &mut House) -> Document {
    let mut after = document.clone();
    for _ in 0..2 + dice.below(5) {
        let mut next = after.clone();
        beyond::add(dice, &mut next);
        if is_sound(&next) && !house.plan(Some(&next)).has_errors() {
            after = next;
        }
    }
    after
}

fn edit_once(dice: &mut Dice, document: &mut Document) {
    let ids: Vec<ResourceId> = document.topology.resources.keys().cloned().collect();
    if ids.is_empty() {
        return;
    }
    let id = dice.pick(&ids).clone();
    if dice.one_in(4) {
        return delete(document, &id);
    }
    let tables: Vec<ResourceId> =
        document.topology.of_kind(Kind::RouteTable).map(|it| it.id.clone()).collect();
    let around = joined::Around::of(document);
    let resource = Arc::make_mut(document.topology.resources.get_mut(&id).unwrap());
    match dice.below(6) {
        0 => return resource.name.push('x'),
        1 => return drop(resource.tags.insert(format!("k{}", dice.below(3)), format!("v{}", dice.below(3)))),
        2 => return resource.tags.clear(),
        3 => return joined::edit_field(dice, &mut resource.kind, &around),
        _ => {}
    }
    edit_field(dice, resource, &tables, &around);
}

fn edit_field(dice: &mut Dice, resource: &mut Resource, tables: &[ResourceId], around: &joined::Around) {
    match &mut resource.kind {
        ResourceKind::Vpc(it) => match dice.below(2) {
            0 => it.enable_dns_hostnames = !it.enable_dns_hostnames,
            _ => it.cidr_block = format!("10.{}.0.0/16", dice.below(9)).parse().unwrap(),
        },
        ResourceKind::Subnet(it) => match dice.below(4) {
            0 => it.map_public_ip_on_launch = !it.map_public_ip_on_launch,
            1 if !tables.is_empty() => it.route_table_id = Some(dice.pick(tables).clone()),
            2 => it.availability_zone = format!("us-east-1{}", dice.pick(&["a", "b", "c"])),
            _ => it.route_table_id = None,
        },
        ResourceKind::RouteTable(it) => match dice.below(2) {
            0 => drop(it.routes.pop()),
            _ => it.routes.reverse(),
        },
        ResourceKind::SecurityGroup(it) => match dice.below(4) {
            0 => drop(it.ingress.pop()),
            1 => drop(it.egress.pop()),
            2 => {
                if let Some(rule) = it.ingress.first_mut() {
                    rule.description = "changed".to_owned();
                }
            }
            _ => {
                if let Some(rule) = it.egress.first_mut() {
                    rule.peer = SecurityGroupRulePeer::Ipv4("10.0.0.0/8".parse().unwrap());
                }
            }
        },
        ResourceKind::NetworkAcl(it) => match dice.below(3) {
            0 => drop(it.ingress.pop()),
            1 => it.egress.iter_mut().for_each(|rule| rule.rule_number += 1),
            _ => it.ingress.iter_mut().for_each(|rule| rule.rule_number += 10),
        },
        ResourceKind::Instance(it) => match dice.below(3) {
            0 => it.source_dest_check = !it.source_dest_check,
            1 => it.vpc_security_group_ids.truncate(1),
            _ => it.associate_public_ip_address = Some(dice.one_in(2)),
        },
        ResourceKind::GatewayEndpoint(it) => it.route_table_ids.truncate(dice.below(3)),
        ResourceKind::InterfaceEndpoint(it) => it.private_dns_enabled = !it.private_dns_enabled,
        other => joined::edit_field(dice, other, around),
    }
}

pub fn delete(document: &mut Document, id: &ResourceId) {
    let command = Command::Delete { ids: vec![id.clone()] };
    if let Ok(planned) = edit::plan(document, &document.topology.index(), &command) {
        let mut after = document.clone();
        if after.apply(&planned.transaction).is_ok() {
            *document = after;
        }
    }
}

/// An account in which others have something already.
fn account(seed: u64, is_wide: bool) -> SimulatedCloud {
    let mut cloud = SimulatedCloud::new(seed, "us-east-1").with_limits(Limits::plenty());
    let mut make = |call: Call| {
        let now = cloud.now_ms();
        cloud.handle(&call, now).unwrap().id().unwrap().to_owned()
    };
    let tags = BTreeMap::from([("Name".to_owned(), "somebody else's".to_owned())]);
    let vpc_id = make(Call::CreateVpc {
        cidr_block: "10.0.0.0/16".to_owned(),
        instance_tenancy: None,
        tags: tags.clone(),
    });
    make(Call::CreateSubnet {
        vpc_id: vpc_id.clone(),
        cidr_block: "10.0.0.0/24".to_owned(),
        ipv6_cidr_block: None,
        availability_zone: None,
        tags: tags.clone(),
    });
    make(Call::AllocateAddress { tags });
    if is_wide {
        beyond::of_others(&mut cloud, seed, &vpc_id);
    }
    cloud
}

fn life(seed: u64) {
    let mut dice = Dice::new(seed);
    let mut document = network(&mut dice);
    // A share of the lives has what is rarer than a plain VPC.
    let is_wide = dice.one_in(2);
    let mut house = House::with(account(seed, is_wide), seed);
    house.is_told = number("VPCSCAPE_SEED").is_some();
    if is_wide {
        document = widened(&mut dice, &document, &mut house);
    }
    let before = house.inventory();
    let mut effects = 60 + dice.below(500);
    for _ in 0..=dice.below(if is_wide { 5 } else { 3 }) {
        let cloud = house.cloud.clone();
        house.cloud = cloud.with_faults(faults(&mut dice, seed, is_wide)).with_limits(limits(&mut dice));
        let trouble = trouble(&mut dice, effects);
        // Now and then everything is to go, and then to be there again after all.
        let wanted = (!dice.one_in(6)).then_some(&document);
        house.run(wanted, &trouble);
        effects = house.effects.max(20);
        document = edited(&mut dice, &document, &mut house, is_wide);
    }
    house.cloud = house.cloud.clone().with_faults(Faults::default()).with_limits(Limits::plenty());
    house.cloud.advance(60_000);
    let mut end = End::Crashed;
    for _ in 0..3 {
        end = house.run(Some(&document), &Trouble::default());
        if end == End::Done {
            break;
        }
    }
    assert_eq!(end, End::Done);
    let again = house.plan(Some(&document));
    let left: Vec<_> = again.actions.iter().filter(|it| it.kind != ActionKind::NoOp).collect();
    assert!(left.is_empty(), "the next plan is not empty: {left:#?}");
    assert_eq!(house.run(None, &Trouble::default()), End::Done);
    assert_order(&house);
    let after = house.inventory();
    assert_eq!(after, before, "destroy did not leave the account as it was");
}

/// A destroy without faults asks for nothing out of order. What AWS lets go of only a while after its
/// own object is gone may still be in the way.
fn assert_order(house: &House) {
    let is_illegal = |code: &String| matches!(code.as_str(), "DependencyViolation" | "IncorrectState");
    let illegal: Vec<_> = house.refusals.iter().filter(|(_, code)| is_illegal(code)).collect();
    assert!(illegal.is_empty(), "out of order: {illegal:?}");
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn a_storm_of_faults_is_survived() {
    if let Some(seed) = number("VPCSCAPE_SEED") {
        return life(seed);
    }
    let (first, count) = (number("VPCSCAPE_FIRST_SEED").unwrap_or_default(), number("VPCSCAPE_SEEDS"));
    let end = first + count.unwrap_or(SEEDS);
    let failed: Vec<u64> = std::thread::scope(|scope| {
        let share = |nth: u64| {
            move || {
                let seeds = (first..end).filter(move |seed| seed % THREADS == nth);
                let fails = |seed: &u64| std::panic::catch_unwind(|| life(*seed)).is_err();
                seeds.filter(fails).take(3).collect::<Vec<u64>>()
            }
        };
        let threads: Vec<_> = (0..THREADS).map(|nth| scope.spawn(share(nth))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let repro: Vec<String> =
        failed.iter().map(|seed| format!("VPCSCAPE_SEED={seed} cargo test --test life storm")).collect();
    assert!(failed.is_empty(), "\n{}", repro.join("\n"));
}
