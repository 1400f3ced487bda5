//! A destroy that others are in the way of: the deploy panel names them and offers to leave them.

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use vpcscape::session::{ActionRow, DeployPhase, Effect, Event, PlanReport, RowStatus};

use crate::window::{Window, template};

const HELD: &str = "`eni-1` (load balancer `edge`)";

/// The last plan that was asked for: its number, and whether others' things are left.
fn asked(window: &Window) -> (u64, bool) {
    let effects = window.script.effects.borrow();
    let found = effects.iter().rev().find_map(|effect| match effect {
        Effect::Plan { destroy: true, leave_foreign, ticket, .. } => Some((*ticket, *leave_foreign)),
        _ => None,
    });
    found.expect("a destroy is planned")
}

fn planned(window: &mut Window, ticket: u64) {
    let row = ActionRow {
        glyph: "-",
        stands_out: true,
        title: "delete subnet private".to_owned(),
        status: RowStatus::Waiting,
        ..ActionRow::default()
    };
    let report = PlanReport { rows: vec![row], summary: "1 to delete.".to_owned(), ..PlanReport::default() };
    window.happens(Event::Planned { ticket, result: Ok(report) });
}

#[test]
fn what_others_hold_is_named_and_left_by_one_click() {
    let mut window = Window::on(template("bastion-nat"));
    window.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
    window.press("Plan destroy");
    let (ticket, leaves) = asked(&window);
    assert!(!leaves);
    planned(&mut window, ticket);
    window.press("Destroy as planned…");
    window.type_into("Type `destroy` to confirm", "destroy");
    window.press("Destroy");
    assert_eq!(window.session().deploy().phase, DeployPhase::Running);
    window.happens(Event::Held(vec![HELD.to_owned()]));
    window.happens(Event::RunEnded { result: Err("Some of it failed.".to_owned()) });
    let sentence = format!("Not of this drawing, and untouched: {HELD}");
    assert_eq!(window.harness.query_all_by_label(&sentence).count(), 1);
    window.press("Leave these and stop");
    let (ticket, leaves) = asked(&window);
    assert!(leaves);
    planned(&mut window, ticket);
    assert_eq!(
        window.session().deploy().phase,
        DeployPhase::Running,
        "what was agreed to is not asked again"
    );
}
