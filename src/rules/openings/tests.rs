//! Each kind of opening on the tutorial's network with something taken away, and as a whole on random
//! networks.

use std::sync::Arc;

use super::*;
use crate::{
    model::{
        AclRule, BlockExclusion, BlockMode, Resource, ResourceKind, Route, RouteTarget, RuleAction, Vpc,
        VpcBlockPublicAccess, VpcPeeringConnection,
    },
    net::Protocol,
    reach::Party,
};

fn id(text: &str) -> ResourceId {
    ResourceId::new(text).unwrap()
}

fn tutorial() -> Document {
    crate::interop::templates::document("bastion-nat").unwrap()
}

fn change(document: &mut Document, name: &str, change: impl FnOnce(&mut ResourceKind)) {
    change(&mut Arc::make_mut(document.topology.resources.get_mut(name).unwrap()).kind);
}

fn put(document: &mut Document, name: &str, kind: impl Into<ResourceKind>) {
    document.topology.resources.insert(id(name), Arc::new(Resource::new(id(name), name, kind)));
}

fn flow(document: &Document, from: &str, to: &str, protocol: Protocol, port: u16) -> Flow {
    let party = |text| Party::parse(&document.topology, text).unwrap();
    Flow::new(party(from), party(to), protocol, port)
}

/// The openings of a flow, each checked by applying its one command and walking again.
fn found(document: &Document, from: &str, to: &str, port: u16) -> Vec<Vec<String>> {
    let flow = flow(document, from, to, Protocol::Tcp, port);
    let index = document.topology.index();
    let openings = openings(document, &index, &flow);
    for opening in &openings {
        let planned = edit::plan(document, &index, &opening.fix().command).unwrap();
        let mut after = document.clone();
        after.apply(&planned.transaction).unwrap();
        let index = after.topology.index();
        let trace = walk(&Network::new(&after.topology, &index), &flow);
        assert_eq!(trace.verdict(), Verdict::Reachable, "{:?}", opening.label());
        assert_eq!(trace, opening.trace);
    }
    openings.into_iter().map(|it| it.edits.into_iter().map(|edit| edit.label).collect()).collect()
}

#[test]
fn what_works_needs_no_opening() {
    let document = tutorial();
    assert!(found(&document, "i-bastion", "i-private", 22).is_empty());
}

#[test]
fn a_group_rule_names_the_group_of_a_neighbour_and_everything_for_the_internet() {
    let document = tutorial();
    assert_eq!(
        found(&document, "i-bastion", "i-private", 5432),
        [["Let private take in tcp 5432 from the members of bastion"]]
    );
    assert_eq!(
        found(&document, "internet", "i-bastion", 443),
        [["Let bastion take in tcp 443 from 0.0.0.0/0"]]
    );
    assert_eq!(
        found(&document, "198.51.100.7", "i-bastion", 443),
        [["Let bastion take in tcp 443 from 198.51.100.7/32"]]
    );
}

#[test]
fn an_acl_rule_stands_before_the_deny_in_both_directions() {
    let mut document = tutorial();
    change(&mut document, "acl-tutorial-default", |kind| {
        let ResourceKind::NetworkAcl(it) = kind else { panic!() };
        let deny = AclRule { rule_number: 30, rule_action: RuleAction::Deny, ..AclRule::allow_all() };
        it.egress.insert(0, deny);
    });
    let openings = found(&document, "i-bastion", "i-private", 22);
    // Out of the public subnet, and the reply out of the private one: one list, two rules.
    assert_eq!(
        openings,
        [[
            "Let network ACL tutorial-default pass tcp 22 to 10.0.1.0/24 by a rule 20",
            "Let network ACL tutorial-default pass tcp 1024-65535 to 10.0.0.0/24 by a rule 10",
        ]]
    );
}

#[test]
fn a_lost_route_comes_back_by_any_way_that_works() {
    let mut document = tutorial();
    change(&mut document, "rtb-tutorial-main", |kind| {
        let ResourceKind::RouteTable(it) = kind else { panic!() };
        it.routes.clear();
    });
    let openings = found(&document, "i-private", "internet", 443);
    assert_eq!(openings[0], ["Send 0.0.0.0/0 to tutorial in table tutorial-main"]);
    assert!(openings.iter().all(|it| it.len() <= 2), "{openings:?}");
    let direct = openings.iter().flatten().any(|it| it == "Give private a public address");
    assert!(direct, "{openings:?}");
}

#[test]
fn a_host_is_shown_to_the_internet_with_all_that_it_takes() {
    let document = tutorial();
    let openings = found(&document, "internet", "i-private", 22);
    assert!(!openings.is_empty());
    let shortest: Vec<&str> = openings[0].iter().map(String::as_str).collect();
    assert!(shortest.contains(&"Give private a public address"), "{shortest:?}");
    assert!(shortest.contains(&"Let private take in tcp 22 from 0.0.0.0/0"), "{shortest:?}");
    assert_eq!(shortest.len(), 3, "and a way back: {shortest:?}");
}

#[test]
fn a_gateway_is_attached_or_made() {
    let mut document = tutorial();
    change(&mut document, "igw-tutorial", |kind| {
        let ResourceKind::InternetGateway(it) = kind else { panic!() };
        it.vpc_id = None;
    });
    assert_eq!(found(&document, "i-bastion", "internet", 443)[0], ["Attach tutorial to VPC tutorial"]);
    document.topology.resources.remove("igw-tutorial");
    change(&mut document, "rtb-public", |kind| {
        let ResourceKind::RouteTable(it) = kind else { panic!() };
        it.routes.clear();
    });
    let openings = found(&document, "i-bastion", "internet", 443);
    assert_eq!(openings[0].first().unwrap(), "Give VPC tutorial an internet gateway");
    assert_eq!(openings[0].len(), 2, "{openings:?}");
}

#[test]
fn a_dead_route_is_removed_or_led_elsewhere() {
    let mut document = tutorial();
    change(&mut document, "rtb-public", |kind| {
        let ResourceKind::RouteTable(it) = kind else { panic!() };
        let destination = crate::model::RouteDestination::Ipv4("198.51.100.0/24".parse().unwrap());
        it.routes.push(Route { destination, target: RouteTarget::Blackhole("pcx-0gone".to_owned()) });
    });
    let openings = found(&document, "i-bastion", "198.51.100.7", 443);
    let removed = "Remove the route to 198.51.100.0/24, which leads nowhere, from table public";
    let led = "Send 198.51.100.0/24 to tutorial in table public";
    assert!(openings.iter().any(|it| *it == [removed]), "{openings:?}");
    assert!(openings.iter().any(|it| *it == [led]), "{openings:?}");
}

#[test]
fn two_vpcs_are_peered_with_routes_there_and_back() {
    let mut document = tutorial();
    put(&mut document, "vpc-far", Vpc::new("10.9.0.0/16".parse().unwrap()));
    for (name, from, vpc) in [("subnet-far", "subnet-private", true), ("i-far", "i-private", false)] {
        let mut kind = document.topology.resources[from].kind.clone();
        match &mut kind {
            ResourceKind::Subnet(it) if vpc => {
                it.vpc_id = id("vpc-far");
                it.cidr_block = "10.9.1.0/24".parse().unwrap();
                it.route_table_id = Some(id("rtb-far"));
                it.network_acl_id = Some(id("acl-far"));
            }
            ResourceKind::Instance(it) => {
                it.subnet_id = id("subnet-far");
                it.vpc_security_group_ids = vec![id("sg-far")];
            }
            _ => panic!(),
        }
        put(&mut document, name, kind);
    }
    put(&mut document, "rtb-far", crate::model::RouteTable::new(id("vpc-far")));
    put(&mut document, "acl-far", crate::model::NetworkAcl::default_of(id("vpc-far")));
    put(&mut document, "sg-far", crate::model::SecurityGroup::new(id("vpc-far"), "far", "far"));
    let openings = found(&document, "i-private", "i-far", 443);
    assert!(openings.iter().any(|it| it.len() == 4), "a connection, two routes, a rule: {openings:?}");
    // What is drawn already is used, and accepted.
    let mut pending = VpcPeeringConnection::new(id("vpc-tutorial"), id("vpc-far"));
    pending.auto_accept = false;
    put(&mut document, "pcx", pending);
    let openings = found(&document, "i-private", "i-far", 443);
    assert!(openings[0].iter().any(|it| it == "Accept pcx"), "{openings:?}");
    assert!(!openings[0].iter().any(|it| it.starts_with("Peer VPC")), "{openings:?}");
}

#[test]
fn block_public_access_gets_an_exclusion() {
    let mut document = tutorial();
    put(
        &mut document,
        "bpa",
        VpcBlockPublicAccess {
            internet_gateway_block_mode: BlockMode::BlockBidirectional,
            exclusions: Vec::<BlockExclusion>::new(),
        },
    );
    let openings = found(&document, "i-bastion", "internet", 443);
    assert_eq!(openings, [["Exclude VPC tutorial from Block Public Access"]]);
}

#[test]
fn a_forwarding_host_is_let_forward() {
    let mut document = tutorial();
    change(&mut document, "rtb-tutorial-main", |kind| {
        let ResourceKind::RouteTable(it) = kind else { panic!() };
        it.routes[0].target = RouteTarget::Instance(id("i-bastion"));
    });
    change(&mut document, "sg-bastion", |kind| {
        let ResourceKind::SecurityGroup(it) = kind else { panic!() };
        let all = crate::model::SecurityGroupRulePeer::Ipv4("10.0.0.0/16".parse().unwrap());
        it.ingress.push(crate::model::SecurityGroupRule::all_traffic(all));
    });
    let openings = found(&document, "i-private", "internet", 443);
    let forward = "Let bastion forward packets: switch its source/destination check off";
    assert!(openings.iter().any(|it| *it == [forward]), "{openings:?}");
}

#[test]
fn a_new_rule_gets_a_free_number() {
    let rule = |number, action| AclRule { rule_number: number, rule_action: action, ..AclRule::allow_all() };
    let new = rule(0, RuleAction::Allow);
    let number = |rules: &[AclRule]| free_number_of(rules, &new);
    assert_eq!(number(&[]), Some(100));
    assert_eq!(number(&[rule(100, RuleAction::Allow)]), Some(200));
    assert_eq!(number(&[rule(32766, RuleAction::Allow)]), Some(32765));
    assert_eq!(number(&[rule(250, RuleAction::Deny)]), Some(200));
    assert_eq!(number(&[rule(2, RuleAction::Deny), rule(1, RuleAction::Allow)]), None);
    assert_eq!(number(&[rule(1, RuleAction::Deny)]), None);
    assert_eq!(number(&[rule(20, RuleAction::Deny), rule(10, RuleAction::Allow)]), Some(19));
}

fn free_number_of(rules: &[AclRule], new: &AclRule) -> Option<u16> {
    super::filters::free_number(rules, new)
}
