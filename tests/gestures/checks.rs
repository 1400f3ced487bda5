//! Saved checks live in the window: the line of each, the count below, the warning before a deploy.

use egui_kittest::kittest::Queryable as _;
use vpcscape::session::{ActionRow, DeployPhase, Effect, Event, PlanReport, RowStatus};

use crate::window::{Window, id, template};

const CHECK: &str = "private host reaches the internet";

/// The tutorial with its NAT gateway deleted: the private host is cut off.
fn cut_off() -> Window {
    let mut window = Window::on(template("bastion-nat"));
    window.click_node("nat-tutorial");
    window.key(eframe::egui::Key::Delete);
    window.key(eframe::egui::Key::Escape);
    assert!(window.session().selection().is_empty());
    window
}

/// Whether a text stands in the window.
fn says(window: &Window, text: &str) -> bool {
    window.harness.query_by_label_contains(text).is_some()
}

#[test]
fn a_check_says_why_it_does_not_hold_and_undo_mends_it() {
    let mut window = cut_off();
    assert_eq!(window.session().failed_checks(), 2);
    assert!(says(&window, "4/6 checks"));
    window.press(&format!("{CHECK}: does not hold"));
    assert!(says(&window, "NO_ROUTE_TO_DESTINATION"));
    window.key_with(eframe::egui::Modifiers::COMMAND, eframe::egui::Key::Z);
    window.key(eframe::egui::Key::Escape);
    assert!(says(&window, "6/6 checks"));
    assert!(says(&window, &format!("{CHECK}: holds")) && !says(&window, "NO_ROUTE_TO_DESTINATION"));
}

#[test]
fn the_count_below_leads_to_the_checks() {
    let mut window = cut_off();
    window.click_node("i-bastion");
    assert!(!says(&window, &format!("{CHECK}: does not hold")));
    window.harness.get_by_label_contains("4/6 checks").click();
    window.run();
    assert!(says(&window, &format!("{CHECK}: does not hold")));
}

#[test]
fn a_deploy_warns_of_checks_that_do_not_hold_and_asks_again() {
    let warning = "2 saved checks do not hold";
    let mut window = cut_off();
    window.key(eframe::egui::Key::F5);
    let asked = window.script.effects.borrow().iter().find_map(|effect| match effect {
        Effect::Plan { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let row = ActionRow {
        resource: Some(id("vpc-tutorial")),
        glyph: "+",
        stands_out: false,
        title: "create VPC".to_owned(),
        reason: String::new(),
        status: RowStatus::Waiting,
        ..ActionRow::default()
    };
    let result =
        Ok(PlanReport { rows: vec![row], summary: "1 to create".to_owned(), ..PlanReport::default() });
    window.happens(Event::Planned { ticket: asked.expect("a plan is asked for"), result });
    assert_eq!(window.session().deploy().phase, DeployPhase::Planned);
    assert_eq!(window.harness.query_all_by_label_contains(warning).count(), 1);
    window.press("Apply this plan…");
    assert_eq!(window.harness.query_all_by_label_contains(warning).count(), 2);
    assert_eq!(window.session().deploy().phase, DeployPhase::Planned, "nothing happens unconfirmed");
}
