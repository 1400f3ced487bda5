//! What was changed behind the drawing's back: the list in the deploy panel, accepted and set back.

use std::sync::Arc;

use eframe::egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use vpcscape::{
    cloud::{Call, Tags},
    deploy::drift::Sight,
    runtime::run::{Goal, Pace, Workspace, cancel_pair},
    session::{Effect, Event, Target},
};

use crate::window::{Window, id, template};

#[path = "../support/outside.rs"]
mod outside;

fn wait<T>(work: impl Future<Output = Result<T, String>>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(work).expect("it works offline")
}

/// The tutorial is deployed offline; then somebody terminates an instance and makes a subnet.
fn seen() -> (Sight, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("net.vpcscape.json");
    let open = || {
        let document = Arc::new(template("bastion-nat"));
        wait(Workspace::open(document, Some(&path), &Target::Simulated, Pace::AtOnce))
    };
    let mut workspace = open();
    let plan = wait(workspace.prepare(Goal::Deploy));
    wait(workspace.apply(plan, &mut |_, _| {}, &mut cancel_pair().1));
    let live = |resource| outside::live(folder.path(), resource);
    outside::call(folder.path(), &Call::TerminateInstances { instance_ids: vec![live("i-private")] });
    let subnet = outside::call(
        folder.path(),
        &Call::CreateSubnet {
            vpc_id: live("vpc-tutorial"),
            cidr_block: "10.0.99.0/24".to_owned(),
            ipv6_cidr_block: None,
            availability_zone: Some("us-east-1a".to_owned()),
            tags: Tags::new(),
        },
    );
    (wait(open().sight()), subnet)
}

/// The window with the list of what drifted.
fn listed() -> (Window, String) {
    let (sight, subnet) = seen();
    let mut window = Window::on(template("bastion-nat"));
    window.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
    window.press("Drift");
    let asked = window.script.effects.borrow().iter().find_map(|effect| match effect {
        Effect::LookForDrift { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let ticket = asked.expect("the account is looked at");
    window.happens(Event::DriftFound { ticket, result: Ok(Arc::new(sight)) });
    assert_eq!(window.session().drift().found.len(), 2);
    (window, subnet)
}

#[test]
fn each_thing_that_drifted_is_accepted_by_a_click_and_one_step_of_undo() {
    let (mut window, subnet) = listed();
    let before = window.document().clone();
    window.press(&format!("Accept {subnet}"));
    assert!(window.document().topology.get(&id(&subnet)).is_some());
    assert_eq!(window.session().drift().found.len(), 1, "it differs no more");
    window.fit();
    assert!(window.sees(&subnet), "it is drawn");
    window.press("Accept i-private");
    assert!(window.document().topology.get(&id("i-private")).is_none());
    assert!(window.session().drift().found.is_empty());
    assert_eq!(window.session().history().depth(), 2);
    for _ in 0..2 {
        window.key_with(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(*window.document(), before);
    assert_eq!(window.session().drift().found.len(), 2, "and differs again");
    window.press("Accept all");
    assert!(window.session().drift().found.is_empty());
    assert_eq!(window.session().history().depth(), 1);
}

#[test]
fn what_is_ours_is_restored_by_a_plan_of_its_own_and_what_others_added_is_not() {
    let (mut window, subnet) = listed();
    let name = format!("Restore {subnet}");
    let button = window.harness.get_by_role_and_label(Role::Button, &name);
    assert!(button.accesskit_node().is_disabled(), "what is not ours is never removed");
    window.press("Restore i-private");
    let effects = window.script.effects.borrow();
    let Some(Effect::Plan { restore, destroy: false, .. }) = effects.last() else {
        panic!("{effects:?}");
    };
    let names: Vec<_> = restore.iter().filter_map(|it| it.resource.clone()).collect();
    assert_eq!(names, [id("i-private")]);
    drop(effects);
    window.press("Put drift away");
    assert!(!window.session().drift().is_known());
}
