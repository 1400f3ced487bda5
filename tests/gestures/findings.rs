//! The list of problems: fixes that are previewed and applied, findings that are meant to be so.

use eframe::egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use vpcscape::{
    model::{Document, RuleLevel},
    scene::NodeId,
};

use crate::window::{Window, id, template};

const CODE: &str = "subnet-outside-vpc";

/// The tutorial with both subnets outside of their VPC.
fn broken() -> Window {
    let mut document = template("bastion-nat");
    for (name, block) in [("subnet-public", "10.9.0.0/24"), ("subnet-private", "10.9.1.0/24")] {
        let mut resource = document.topology.get(&id(name)).expect("a subnet").clone();
        resource.kind.as_subnet_mut().expect("a subnet").cidr_block = block.parse().expect("a block");
        document.topology.resources.insert(id(name), resource.into());
    }
    Window::on(document)
}

fn block(document: &Document, name: &str) -> String {
    let kind = document.topology.kind(&id(name)).and_then(|kind| kind.as_subnet());
    kind.expect("a subnet").cidr_block.to_string()
}

fn found(window: &Window) -> usize {
    window.session().problems().iter().filter(|it| it.code == CODE).count()
}

/// The button of the first fix of the first finding, and its words.
fn first_fix(window: &Window) -> String {
    let problem = window.session().problems().iter().find(|it| it.code == CODE).expect("a finding");
    problem.fixes.first().expect("a fix").label.clone()
}

#[test]
fn a_fix_is_previewed_on_the_drawing_while_the_pointer_is_on_it() {
    let mut window = broken();
    let label = first_fix(&window);
    let before = window.document().clone();
    let at = window.harness.get_all_by_label(&label).next().expect("a button").rect().center();
    window.hover(at);
    let shown = window.harness.state().view().problems.preview(window.session()).expect("a preview");
    let culprit = window.session().problems()[0].subjects[0].id.clone();
    let fates: Vec<_> = shown.fates().map(|(id, _)| id.clone()).collect();
    assert_eq!(fates, std::slice::from_ref(&culprit));
    assert_ne!(block(&shown.document, culprit.as_str()), block(&before, culprit.as_str()));
    let picture = window.harness.state().view().canvas.preview().expect("the canvas shows it");
    assert!(picture.node(&NodeId::Resource(culprit)).is_some());
    assert_eq!(*window.document(), before, "nothing has happened yet");
    let aside = window.rect("region").center();
    window.hover(aside);
    assert!(window.harness.state().view().canvas.preview().is_none(), "it goes with the pointer");
    window.click_at(at);
    assert_eq!(found(&window), 1);
    window.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.document(), before, "one step of undo");
}

#[test]
fn all_findings_of_a_rule_are_mended_by_one_button_and_one_step_of_undo() {
    let mut window = broken();
    let before = window.document().clone();
    assert_eq!(found(&window), 2);
    window.press(&format!("Fix all 2 of {CODE}"));
    assert_eq!(found(&window), 0);
    assert_eq!(window.session().history().depth(), 1);
    window.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.document(), before);
}

/// Opens the menu beside the first finding of the rule.
fn open_menu(window: &mut Window) {
    let label = format!("More about {CODE}");
    let at = window.harness.get_all_by_label(&label).next().expect("a menu").rect().center();
    window.click_at(at);
}

#[test]
fn a_finding_is_suppressed_with_a_reason_listed_and_let_speak_again() {
    let mut window = broken();
    open_menu(&mut window);
    window.press("Suppress it here…");
    let field = format!("Suppress {CODE} on private, because");
    let reason = window.harness.get_by_role_and_label(Role::TextInput, &field).rect();
    assert!(reason.width() > 40.0);
    let suppress = window.harness.get_by_label("Suppress");
    assert!(suppress.accesskit_node().is_disabled(), "a reason is required");
    window.type_into(&field, "it is drawn so on purpose");
    assert_eq!(found(&window), 1);
    let told: Vec<&str> = window.session().suppressed().iter().map(|(_, why)| why.as_str()).collect();
    assert_eq!(told, ["it is drawn so on purpose"]);
    window.press("1 suppressed or set");
    window.press("Unsuppress");
    assert_eq!(found(&window), 2);
    assert!(window.session().suppressed().is_empty());
}

#[test]
fn the_severity_of_a_rule_is_set_for_the_file_and_given_back() {
    let mut window = broken();
    open_menu(&mut window);
    window.press(&format!("Rule {CODE}: off"));
    assert_eq!(found(&window), 0);
    assert_eq!(window.document().severities.get(CODE), Some(&RuleLevel::Off));
    window.press("1 suppressed or set");
    window.press("Back to its own severity");
    assert_eq!(found(&window), 2);
    assert!(window.document().severities.is_empty());
}
