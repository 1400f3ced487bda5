//! What the boxes say beside their names, and what their menus offer.

use eframe::egui::{Event, Modifiers, PointerButton};
use egui_kittest::kittest::Queryable as _;
use vpcscape::session::{ActionRow, Effect, Event as Happening, PlanReport, RowStatus};

use crate::window::{Window, id, template};

fn row(resource: &str) -> ActionRow {
    ActionRow {
        resource: Some(id(resource)),
        glyph: "+",
        stands_out: false,
        title: format!("create {resource}"),
        reason: "it does not exist yet".to_owned(),
        status: RowStatus::Waiting,
        ..ActionRow::default()
    }
}

#[test]
fn the_boxes_follow_the_deploy() {
    let mut window = Window::on(template("bastion-nat"));
    window.press("Plan deploy…");
    let ticket = window.script.effects.borrow().iter().find_map(|effect| match effect {
        Effect::Plan { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let rows = vec![row("vpc-tutorial"), row("subnet-public")];
    let report = PlanReport { rows, summary: "2 to create".to_owned(), ..PlanReport::default() };
    let ticket = ticket.expect("a plan was asked for");
    window.happens(Happening::Planned { ticket, result: Ok(report) });
    let says = |window: &Window, what: &str| {
        let name = format!("deploy: {what}");
        window.harness.get_all_by_label_contains(&name).map(|node| node.rect()).collect::<Vec<_>>()
    };
    assert_eq!(says(&window, "waiting").len(), 2);
    let detail = String::new();
    window.happens(Happening::RowChanged {
        row: 0,
        status: RowStatus::Done,
        detail: detail.clone(),
        at_secs: 2,
    });
    assert_eq!(says(&window, "done"), [window.rect("vpc-tutorial")]);
    window.happens(Happening::RowChanged { row: 1, status: RowStatus::Failed, detail, at_secs: 2 });
    assert_eq!(says(&window, "failed"), [window.rect("subnet-public")]);
}

#[test]
fn a_box_says_how_many_problems_it_has_and_its_mark_says_which() {
    let mut window = Window::on(template("private-endpoints"));
    let problem = window.session().problems().first().expect("the template has a hint").clone();
    assert_eq!(problem.subjects[0].id, id("i-host"));
    let named = window.harness.get_by_label_contains(", 1 problem").rect();
    assert_eq!(named, window.rect("i-host"));
    let before = window.harness.query_all_by_label(&problem.message).count();
    window.harness.event(Event::PointerMoved(named.right_top()));
    window.run();
    assert_eq!(window.harness.query_all_by_label(&problem.message).count(), before + 1);
}

#[test]
fn the_menu_of_a_subnet_shows_its_route_table() {
    let mut window = Window::on(template("bastion-nat"));
    window.node("subnet-public").click_secondary();
    window.run();
    assert_eq!(window.session().selection(), [id("subnet-public")]);
    window.press("Show its route table");
    assert_eq!(window.session().selection(), [id("rtb-public")]);
}

#[test]
fn the_menu_of_a_lane_adds_and_removes_lanes() {
    let mut window = Window::on(template("bastion-nat"));
    let title = window.at("vpc-tutorial/us-east-1a", 0.15, 0.04);
    window.menu_at(title);
    window.press("Add the lane us-east-1b");
    assert!(window.sees("vpc-tutorial/us-east-1b"));
    let lane = window.rect("vpc-tutorial/us-east-1b").center();
    window.menu_at(lane);
    window.press("Remove the lane us-east-1b");
    assert!(!window.sees("vpc-tutorial/us-east-1b"));
    assert_eq!(window.session().history().depth(), 2);
}

#[test]
fn a_double_click_opens_the_name() {
    let mut window = Window::on(template("bastion-nat"));
    let at = window.rect("i-bastion").center();
    // Within one frame: the clock of the tests takes larger steps than a double click may.
    let button = |pressed| Event::PointerButton {
        pos: at,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let twice = [Event::PointerMoved(at), button(true), button(false), button(true), button(false)];
    window.harness.input_mut().events.extend(twice);
    window.harness.step();
    window.run();
    window.harness.get_by_label("New name");
}
