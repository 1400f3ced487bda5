//! Forms: what typing and choosing asks for.

use eframe::egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable as _};

use super::{network_acl::next_number, parse, show};
use crate::{
    edit::Command,
    model::{AclRule, Field, Kind, ResourceKind, RouteTarget, SecurityGroupRulePeer},
    net::Protocol,
    session::Intent,
    ui::tests::{Bench, bench, id, retype},
};

fn form(selected: &[&str]) -> Harness<'static, Bench> {
    let mut harness =
        bench(selected, |ui, session, view, intents| show(ui, session, &mut view.inspector, intents));
    harness.run();
    harness
}

/// The fields after the only intent, which changes one field of one resource.
fn only_set(harness: &Harness<'_, Bench>) -> (Field, ResourceKind) {
    match harness.state().intents.as_slice() {
        [Intent::Edit(Command::Set { field, to, .. })] => (field.clone(), (**to).clone()),
        other => panic!("not one change of a field: {other:?}"),
    }
}

#[test]
fn a_block_is_committed_once_by_enter() {
    let mut harness = form(&["subnet-public"]);
    retype(&mut harness, "CIDR block", "10.0.7.9/24");
    assert!(harness.state().intents.is_empty(), "typing alone changes nothing");
    harness.key_press(Key::Enter);
    harness.run();
    let (field, to) = only_set(&harness);
    assert_eq!(field.as_str(), "cidr_block");
    assert_eq!(to.as_subnet().unwrap().cidr_block.to_string(), "10.0.7.0/24");
}

#[test]
fn a_bad_block_shows_why_and_commits_nothing() {
    let mut harness = form(&["subnet-public"]);
    retype(&mut harness, "CIDR block", "10.0.0.0/33");
    assert!(harness.query_by_label_contains("is not an IPv4 block").is_some());
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.state().intents.is_empty());
    assert!(harness.query_by_label_contains("is not an IPv4 block").is_some(), "the text stays to be mended");
}

#[test]
fn escape_drops_what_was_typed() {
    let mut harness = form(&["subnet-public"]);
    retype(&mut harness, "CIDR block", "10.0.9.0/24");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.state().intents.is_empty());
    assert_eq!(harness.get_by_label("CIDR block").value().as_deref(), Some("10.0.0.0/24"));
}

#[test]
fn leaving_a_field_commits_it() {
    let mut harness = form(&["vpc-main"]);
    retype(&mut harness, "CIDR block", "10.8.0.0/16");
    harness.get_by_label("Name").focus();
    harness.run();
    assert_eq!(only_set(&harness).1.as_vpc().unwrap().cidr_block.to_string(), "10.8.0.0/16");
}

#[test]
fn a_draft_survives_the_selection_moving_on_as_a_commit() {
    let mut harness = form(&["vpc-main"]);
    retype(&mut harness, "CIDR block", "10.8.0.0/16");
    harness.state_mut().session.handle(Intent::Select(vec![id("subnet-public")]));
    harness.run();
    assert_eq!(only_set(&harness).0.as_str(), "cidr_block");
}

#[test]
fn a_change_under_a_draft_drops_it() {
    let mut harness = form(&["vpc-main"]);
    retype(&mut harness, "Name", "half typ");
    let mut other = crate::ui::tests::document();
    let mut vpc = other.topology.get(&id("vpc-main")).unwrap().clone();
    "renamed elsewhere".clone_into(&mut vpc.name);
    other.topology.resources.insert(vpc.id.clone(), vpc.into());
    harness.state_mut().session = crate::session::Session::new(other, None);
    harness.state_mut().session.handle(Intent::Select(vec![id("vpc-main")]));
    harness.run();
    assert_eq!(harness.get_by_label("Name").value().as_deref(), Some("renamed elsewhere"));
    assert!(harness.state().intents.is_empty());
}

#[test]
fn a_name_is_a_rename() {
    let mut harness = form(&["i-host"]);
    retype(&mut harness, "Name", "배스천");
    harness.key_press(Key::Enter);
    harness.run();
    let wanted = Intent::Edit(Command::Rename { id: id("i-host"), name: "배스천".to_owned() });
    assert_eq!(harness.state().intents, [wanted]);
}

#[test]
fn switches_and_choices_change_one_field() {
    let mut harness = form(&["subnet-private"]);
    harness.get_by_label("Auto-assign public IPv4").click();
    harness.run();
    assert!(only_set(&harness).1.as_subnet().unwrap().map_public_ip_on_launch);
    harness.state_mut().intents.clear();
    harness.get_by_label("Route table").click();
    harness.run();
    harness.get_by_label("public table").click();
    harness.run();
    assert_eq!(only_set(&harness).1.as_subnet().unwrap().route_table_id, Some(id("rtb-public")));
}

#[test]
fn groups_are_chosen_from_a_list_that_stays_open() {
    let mut harness = form(&["i-host"]);
    harness.get_by_label("Security groups").click();
    harness.run();
    harness.get_by_label("default").click();
    harness.run();
    let groups = only_set(&harness).1.as_instance().unwrap().vpc_security_group_ids.clone();
    assert_eq!(groups, [id("sg-web"), id("sg-default")]);
    assert!(harness.query_by_label("web").is_some(), "the list is still open");
}

#[test]
fn a_route_is_added_with_the_first_target() {
    let mut harness = form(&["rtb-main"]);
    assert!(harness.query_by_label("10.0.0.0/16 → local").is_some());
    harness.get_by_label("Add route").click();
    harness.run();
    let (field, to) = only_set(&harness);
    let routes = &to.as_route_table().unwrap().routes;
    assert_eq!(field.as_str(), "routes");
    assert_eq!(routes[0].destination.to_string(), "0.0.0.0/0");
    assert_eq!(routes[0].target, RouteTarget::Gateway(id("igw-main")));
}

#[test]
fn a_route_is_changed_and_removed() {
    let mut harness = form(&["rtb-public"]);
    retype(&mut harness, "Destination of route 1", "pl-63a5400a");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(
        only_set(&harness).1.as_route_table().unwrap().routes[0].destination.to_string(),
        "pl-63a5400a"
    );
    harness.state_mut().intents.clear();
    harness.get_by_label("Remove route 1").click();
    harness.run();
    assert!(only_set(&harness).1.as_route_table().unwrap().routes.is_empty());
}

#[test]
fn a_group_rule_is_added_and_its_ports_are_typed() {
    let mut harness = form(&["sg-web"]);
    harness.get_by_label("Add inbound rule").click();
    harness.run();
    let rule = only_set(&harness).1.as_security_group().unwrap().ingress[0].clone();
    assert_eq!(
        (rule.ip_protocol, rule.from_port, rule.peer.to_string().as_str()),
        (Protocol::Tcp, Some(443), "10.0.0.0/16")
    );

    let mut harness = form(&["sg-default"]);
    harness.get_by_label("Peer type of inbound rule 1").click();
    harness.run();
    harness.get_by_label("CIDR block or prefix list").click();
    harness.run();
    let rule = only_set(&harness).1.as_security_group().unwrap().ingress[0].clone();
    assert!(matches!(rule.peer, SecurityGroupRulePeer::Ipv4(_)));
}

#[test]
fn network_acl_rules_show_the_final_deny_and_take_numbers() {
    let mut harness = form(&["acl-default"]);
    assert_eq!(harness.get_all_by_label("*  everything else: deny").count(), 2);
    retype(&mut harness, "Number of inbound rule 1", "40000");
    assert!(harness.query_by_label_contains("is not a rule number").is_some());
    retype(&mut harness, "Number of inbound rule 1", "50");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(only_set(&harness).1.as_network_acl().unwrap().ingress[0].rule_number, 50);
}

#[test]
fn nothing_selected_shows_the_document() {
    let mut harness = form(&[]);
    retype(&mut harness, "Region", "eu-central-1");
    harness.key_press(Key::Enter);
    harness.run();
    let wanted = Intent::Edit(Command::SetRegion { region: "eu-central-1".to_owned() });
    assert_eq!(harness.state().intents, [wanted]);
}

#[test]
fn several_selected_can_be_deleted_together() {
    let mut harness = form(&["i-host", "igw-main"]);
    assert!(harness.query_by_label("2 selected").is_some());
    harness.get_by_label("Delete all").click();
    harness.run();
    assert_eq!(harness.state().intents, [Intent::DeleteSelection]);
}

#[test]
fn the_private_half_of_a_key_is_refused() {
    let mut document = crate::ui::tests::document();
    let pair = crate::model::Resource::new(id("key-ops"), "ops", crate::model::KeyPair::default());
    document.topology.resources.insert(pair.id.clone(), pair.into());
    let mut harness = form(&[]);
    harness.state_mut().session = crate::session::Session::new(document, None);
    harness.state_mut().session.handle(Intent::Select(vec![id("key-ops")]));
    harness.run();
    retype(&mut harness, "Public key", "-----BEGIN OPENSSH PRIVATE KEY-----");
    assert!(harness.query_by_label_contains("this is a private key").is_some());
    harness.get_by_label("Name").focus();
    harness.run();
    assert!(harness.state().intents.is_empty());
}

#[test]
fn every_kind_has_a_form_that_draws() {
    for resource in crate::ui::tests::document().topology.iter() {
        let harness = form(&[resource.id.as_str()]);
        assert!(harness.query_by_label("Add tag").is_some(), "{:?}", resource.kind.kind());
        assert_ne!(resource.kind.kind(), Kind::Other);
    }
}

#[test]
fn a_tag_is_added() {
    let mut harness = form(&["i-host"]);
    retype(&mut harness, "New tag key", "team");
    retype(&mut harness, "New tag value", "net");
    harness.get_by_label("Add tag").click();
    harness.run();
    let tags = [("team".to_owned(), "net".to_owned())].into();
    assert_eq!(harness.state().intents, [Intent::Edit(Command::SetTags { id: id("i-host"), tags })]);
    harness.key_press_modifiers(Modifiers::NONE, Key::Escape);
}

#[test]
fn ports_and_icmp_are_read_as_they_are_shown() {
    for text in ["22", "8000-8080", "all"] {
        let (from, to) = parse::ports(text).unwrap();
        assert_eq!(parse::show_range(Protocol::Tcp, Some(from.into()), Some(to.into())), text);
    }
    for text in ["8", "3/4", "all"] {
        let (kind, code) = parse::icmp(text).unwrap();
        assert_eq!(parse::show_range(Protocol::Icmp, Some(kind.into()), Some(code.into())), text);
    }
    for text in ["x", "9-8", "70000", "-1"] {
        assert!(parse::ports(text).is_err(), "{text}");
    }
}

#[test]
fn a_new_acl_rule_gets_the_next_round_number() {
    let rule = |number| AclRule { rule_number: number, ..AclRule::allow_all() };
    assert_eq!(next_number(&[]), 100);
    assert_eq!(next_number(&[rule(100), rule(120)]), 200);
    assert_eq!(next_number(&[rule(32766)]), 32765);
}
