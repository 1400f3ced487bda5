//! The whole window with the real session: what widgets ask for happens, once.

use eframe::egui::{self, Key, Modifiers, ViewportCommand};
use egui_kittest::{Harness, kittest::Queryable as _};

use crate::{
    model::{ResourceKind, RouteTarget},
    session::{
        ActionRow, DeployPhase, Effect, Event, Intent, LogLine, PlanReport, Question, RowStatus, Session,
        Target,
    },
    ui::{
        App,
        state::BottomTab,
        tests::{document, id, retype, window},
    },
};

fn select(harness: &mut Harness<'_, App>, text: &str) {
    let ctx = harness.ctx.clone();
    harness.state_mut().handle(&ctx, Intent::Select(vec![id(text)]));
    harness.run();
}

fn session<'a>(harness: &'a Harness<'_, App>) -> &'a Session {
    harness.state().session()
}

fn block(harness: &Harness<'_, App>) -> String {
    let kind = session(harness).document().topology.kind(&id("subnet-private")).cloned();
    kind.as_ref().and_then(ResourceKind::as_subnet).unwrap().cidr_block.to_string()
}

#[test]
fn a_typed_block_is_one_step_of_undo() {
    let (mut harness, _) = window(document());
    harness.run();
    select(&mut harness, "subnet-private");
    let before = session(&harness).document().clone();
    retype(&mut harness, "CIDR block", "10.0.42.0/24");
    assert_eq!(session(&harness).history().depth(), 0);
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(block(&harness), "10.0.42.0/24");
    assert_eq!(session(&harness).history().depth(), 1);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    assert_eq!(*session(&harness).document(), before);
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    harness.run();
    assert_eq!(block(&harness), "10.0.42.0/24");
}

#[test]
fn a_route_added_by_the_form_is_in_the_document() {
    let (mut harness, _) = window(document());
    harness.run();
    select(&mut harness, "rtb-main");
    harness.get_by_label("Add route").click();
    harness.run();
    let kind = session(&harness).document().topology.kind(&id("rtb-main")).cloned().unwrap();
    let routes = &kind.as_route_table().unwrap().routes;
    assert_eq!(routes.len(), 1);
    assert_eq!(routes[0].target, RouteTarget::Gateway(id("igw-main")));
    assert_eq!(session(&harness).history().depth(), 1);
}

#[test]
fn a_problem_selects_its_culprit_and_its_fix_mends_it() {
    let mut broken = document();
    let mut subnet = broken.topology.get(&id("subnet-private")).unwrap().clone();
    subnet.kind.as_subnet_mut().unwrap().cidr_block = "192.168.0.0/24".parse().unwrap();
    broken.topology.resources.insert(subnet.id.clone(), subnet.into());
    let (mut harness, _) = window(broken);
    harness.run();
    let problem = session(&harness).problems()[0].clone();
    let name = format!("{}: {}", problem.severity.as_str(), problem.message);
    harness.get_by_label(&name).click();
    harness.run();
    assert_eq!(session(&harness).selection(), [problem.subjects[0].id.clone()]);
    assert!(session(&harness).frame_request().is_some());
    let text = format!("⊗ {}", problem.message);
    assert!(harness.query_by_label(&text).is_some(), "the form shows it below the field");
    if let Some(fix) = problem.fixes.first() {
        harness.get_by_label(&fix.label).click();
        harness.run();
        assert!(!session(&harness).problems().contains(&problem));
        assert_eq!(session(&harness).history().depth(), 1);
    }
}

#[test]
fn a_finding_is_suppressed_with_a_reason_and_speaks_again() {
    let mut broken = document();
    let mut subnet = broken.topology.get(&id("subnet-private")).unwrap().clone();
    subnet.kind.as_subnet_mut().unwrap().cidr_block = "10.0.1.0/30".parse().unwrap();
    broken.topology.resources.insert(subnet.id.clone(), subnet.into());
    let (mut harness, _) = window(broken);
    harness.run();
    let problem = session(&harness).problems()[0].clone();
    let name = format!("{}: {}", problem.severity.as_str(), problem.message);
    harness.get_by_label(&name).click_secondary();
    harness.run();
    harness.get_by_label("Suppress it here…").click();
    harness.run();
    harness.run();
    let label = format!("Suppress {} on private, because", problem.code);
    harness.get_by_role_and_label(egui::accesskit::Role::TextInput, &label).type_text("a test");
    harness.run();
    harness.get_by_label("Suppress").click();
    harness.run();
    assert!(!session(&harness).problems().contains(&problem));
    assert_eq!(session(&harness).suppressed(), [(problem.clone(), "a test".to_owned())]);
    harness.get_by_label("1 suppressed or set").click();
    harness.run();
    harness.get_by_label("Unsuppress").click();
    harness.run();
    assert!(session(&harness).problems().contains(&problem));
}

#[test]
fn a_plan_is_reviewed_confirmed_and_followed() {
    let (mut harness, script) = window(document());
    harness.run();
    harness.key_press(Key::F5);
    harness.run();
    assert_eq!(harness.state().view().bottom, BottomTab::Deploy);
    let ticket = match script.borrow().asked.as_slice() {
        [Effect::Plan { target: Target::Simulated, destroy: false, ticket, .. }] => *ticket,
        other => panic!("not one plan: {other:?}"),
    };
    let row = ActionRow {
        resource: Some(id("vpc-main")),
        glyph: "+",
        stands_out: false,
        title: "create VPC main".to_owned(),
        reason: "it is not there".to_owned(),
        status: RowStatus::Waiting,
        ..ActionRow::default()
    };
    let planned = Event::Planned {
        ticket,
        result: Ok(PlanReport {
            rows: vec![row],
            summary: "1 to create".to_owned(),
            ..PlanReport::default()
        }),
    };
    script.borrow_mut().events.push(planned);
    harness.run();
    harness.get_by_label("Apply this plan…").click();
    harness.run();
    harness.get_by_label("Apply").click();
    harness.run();
    assert!(matches!(script.borrow().asked.last(), Some(Effect::Apply)));
    script.borrow_mut().events = vec![
        Event::RowChanged { row: 0, status: RowStatus::Done, detail: "vpc-0abc".to_owned(), at_secs: 2 },
        Event::Logged(LogLine { at_secs: 1, text: "created".to_owned(), is_error: false }),
        Event::RunEnded { result: Ok("everything is there".to_owned()) },
    ];
    harness.run();
    assert_eq!(session(&harness).deploy().phase, DeployPhase::Done);
    assert!(harness.query_by_label("+ create VPC main: done").is_some());
    harness.get_by_label("+ create VPC main: done").click();
    harness.run();
    assert_eq!(session(&harness).selection(), [id("vpc-main")]);
}

#[test]
fn a_destroy_needs_its_word() {
    let (mut harness, script) = window(document());
    harness.run();
    let ctx = harness.ctx.clone();
    harness.state_mut().handle(&ctx, Intent::PlanDestroy);
    let ticket = match script.borrow().asked.last() {
        Some(Effect::Plan { destroy: true, ticket, .. }) => *ticket,
        other => panic!("not a plan to destroy: {other:?}"),
    };
    let row = ActionRow {
        resource: None,
        glyph: "-",
        stands_out: false,
        title: "delete vpc-0abc".to_owned(),
        reason: "everything goes".to_owned(),
        status: RowStatus::Waiting,
        ..ActionRow::default()
    };
    script.borrow_mut().events.push(Event::Planned {
        ticket,
        result: Ok(PlanReport {
            rows: vec![row],
            summary: "1 to delete".to_owned(),
            ..PlanReport::default()
        }),
    });
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
    harness.run();
    harness.get_by_label("Destroy as planned…").click();
    harness.run();
    harness.get_by_label("Destroy").click();
    harness.run();
    assert!(!script.borrow().asked.iter().any(|effect| matches!(effect, Effect::Apply)));
    retype(&mut harness, "Type `destroy` to confirm", "destroy");
    harness.get_by_label("Destroy").click();
    harness.run();
    assert!(matches!(script.borrow().asked.last(), Some(Effect::Apply)));
}

/// Whether the window was told to close in the last frame.
fn told(harness: &Harness<'_, App>, wanted: &ViewportCommand) -> bool {
    harness.output().viewport_output[&egui::ViewportId::ROOT].commands.contains(wanted)
}

fn ask_to_close(harness: &mut Harness<'_, App>) {
    let viewport = harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
    viewport.events.push(egui::ViewportEvent::Close);
    harness.step();
}

#[test]
fn closing_without_changes_closes() {
    let (mut harness, _) = window(document());
    harness.run();
    ask_to_close(&mut harness);
    assert!(told(&harness, &ViewportCommand::Close));
}

#[test]
fn closing_with_changes_asks_first() {
    let (mut harness, _) = window(document());
    harness.run();
    select(&mut harness, "i-host");
    harness.key_press(Key::Delete);
    harness.run();
    ask_to_close(&mut harness);
    assert!(told(&harness, &ViewportCommand::CancelClose));
    assert!(!told(&harness, &ViewportCommand::Close));
    harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default().events.clear();
    harness.run();
    assert!(matches!(session(&harness).question(), Some(Question::SaveChanges { .. })));
    harness.get_by_label("Do not save").click();
    harness.run_ok();
    assert!(harness.state().is_closing());
}

#[test]
fn keys_wait_while_a_question_stands() {
    let (mut harness, script) = window(document());
    harness.run();
    script.borrow_mut().events.push(Event::NoDialog {
        purpose: crate::session::intent::PathPurpose::Save,
        suggestion: "net.vpcscape.json".to_owned(),
    });
    harness.run();
    select(&mut harness, "i-host");
    harness.key_press(Key::Delete);
    harness.run();
    assert!(session(&harness).document().topology.get(&id("i-host")).is_some());
    assert_eq!(harness.get_by_label("Path").value().as_deref(), Some("net.vpcscape.json"));
}

#[test]
fn names_in_other_scripts_are_drawn_and_kept() {
    let (mut harness, _) = window(document());
    harness.run();
    select(&mut harness, "i-host");
    retype(&mut harness, "Name", "운영 서버 東京");
    harness.key_press(Key::Enter);
    harness.run_ok();
    let name = session(&harness).document().topology.get(&id("i-host")).unwrap().name.clone();
    assert_eq!(name, "운영 서버 東京");
    assert!(harness.query_by_label("EC2 instance 운영 서버 東京").is_some());
}

#[test]
fn the_target_is_typed_and_kept() {
    let (mut harness, _) = window(document());
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
    harness.run();
    harness.get_by_label("AWS").click();
    harness.run();
    retype(&mut harness, "Endpoint URL", "http://127.0.0.1:5000");
    harness.key_press(Key::Enter);
    harness.run();
    let wanted =
        Target::Aws { profile: None, region: None, endpoint_url: Some("http://127.0.0.1:5000".to_owned()) };
    assert_eq!(*session(&harness).target(), wanted);
}
