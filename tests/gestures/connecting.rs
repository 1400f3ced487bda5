//! The part of the inspector that says how to get a shell on an instance.

use eframe::egui::{Key, OutputCommand};
use egui_kittest::kittest::Queryable as _;

use crate::window::{Window, template};

fn says(window: &Window, text: &str) -> bool {
    window.harness.query_all_by_label_contains(text).count() > 0
}

fn copied(window: &Window) -> String {
    let commands = &window.harness.output().platform_output.commands;
    let text = commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    text.expect("something was copied")
}

/// A click after which only one frame passes, so that its output is still there.
fn press_once(window: &mut Window, label: &str) {
    window.harness.get_by_label(label).scroll_to_me();
    window.run();
    window.harness.get_by_label(label).click();
    window.harness.step();
}

#[test]
fn the_way_through_the_bastion_is_copied_and_follows_edits() {
    let mut window = Window::sized(template("bastion-nat"), 1600.0, 1300.0);
    window.click_node("i-private");
    assert!(says(&window, "By SSH through bastion"));
    press_once(&mut window, "Copy: By SSH through bastion");
    let commands = copied(&window);
    assert!(commands.ends_with("ssh -J ec2-user@\"$JUMP\" ec2-user@\"$HOST\""), "{commands}");
    press_once(&mut window, "Copy for ssh_config: By SSH through bastion");
    assert!(copied(&window).contains("ProxyJump i-bastion"));
    window.click_node("nat-tutorial");
    window.key(Key::Delete);
    window.click_node("i-private");
    assert!(!says(&window, "By Session Manager"), "nothing leads to its services any more");
    window.click_node("i-bastion");
    window.key(Key::Delete);
    window.click_node("i-private");
    assert!(says(&window, "No way leads to a shell on private"));
    assert!(
        says(&window, "NO_ROUTE_TO_DESTINATION") || says(&window, "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS")
    );
}

#[test]
fn the_user_is_typed_and_what_is_none_is_refused() {
    let mut window = Window::sized(template("bastion-nat"), 1600.0, 1300.0);
    window.click_node("i-bastion");
    window.type_into("User", "ubuntu");
    assert!(says(&window, "ubuntu@\"$HOST\""));
    window.type_into("User", "-oProxyCommand=x");
    assert!(says(&window, "is no user") && !says(&window, "-oProxyCommand=x@"));
}
