//! The tree: its rows, its search, and selection by mouse and keys.

use eframe::egui::Key;
use egui_kittest::{Harness, kittest::Queryable as _};

use super::{show, tree::rows};
use crate::{
    session::Intent,
    ui::tests::{Bench, bench, document, id},
};

fn outline(selected: &[&str]) -> Harness<'static, Bench> {
    let mut harness =
        bench(selected, |ui, session, view, intents| show(ui, session, &mut view.outline, intents));
    harness.run();
    harness
}

#[test]
fn rows_are_nested_as_drawn() {
    let rows = rows(&document(), "", &[]);
    let shown: Vec<_> = rows.iter().map(|row| (row.depth, row.title.as_str())).collect();
    let start =
        [(0, "us-east-1"), (1, "main"), (2, "us-east-1a"), (3, "private"), (3, "public"), (4, "host")];
    assert_eq!(shown[..6], start);
    assert_eq!(rows[1].children, 7, "a lane, two tables, a gateway, a network ACL and two groups");
}

#[test]
fn a_search_keeps_what_encloses_a_match() {
    let rows = rows(&document(), "instance", &[]);
    let titles: Vec<_> = rows.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["us-east-1", "main", "us-east-1a", "public", "host"]);
}

#[test]
fn a_closed_branch_hides_what_is_below() {
    let rows = rows(&document(), "", &["subnet-public".to_owned()]);
    assert!(rows.iter().any(|row| row.title == "public" && !row.open && row.children == 1));
    assert!(!rows.iter().any(|row| row.title == "host"));
}

#[test]
fn a_click_selects() {
    let mut harness = outline(&[]);
    harness.get_by_label("EC2 instance host").click();
    harness.run();
    assert_eq!(harness.state().intents, [Intent::Select(vec![id("i-host")])]);
}

#[test]
fn arrow_keys_go_from_row_to_row() {
    let mut harness = outline(&["subnet-private"]);
    harness.get_by_label("Subnet private").focus();
    harness.run();
    harness.key_press(Key::ArrowDown);
    harness.run();
    assert_eq!(harness.state().intents, [Intent::Select(vec![id("subnet-public")])]);
    harness.key_press(Key::ArrowLeft);
    harness.run();
    assert!(harness.query_by_label("EC2 instance host").is_none(), "the branch is closed");
}

#[test]
fn a_branch_closes_by_its_sign() {
    let mut harness = outline(&[]);
    harness.get_by_label("Close public").click();
    harness.run();
    assert!(harness.query_by_label("EC2 instance host").is_none());
    harness.get_by_label("Open public").click();
    harness.run();
    assert!(harness.query_by_label("EC2 instance host").is_some());
}
