use super::{id, last_notice, place_vpc, session};
use crate::{
    edit::Command,
    model::Placement,
    problem::Severity,
    session::{
        ActionRow, Answer, DeployPhase, Effect, Event, Finding, Intent, LogLine, NoticeLevel, PlanReport,
        Question, RowStatus, Session, Target,
    },
};

fn row(title: &str) -> ActionRow {
    ActionRow {
        resource: Some(id("vpc-1")),
        glyph: "+",
        stands_out: false,
        title: title.to_owned(),
        reason: "it is new".to_owned(),
        status: RowStatus::Waiting,
        ..ActionRow::default()
    }
}

/// Asks for a plan and answers with two rows.
fn plan(session: &mut Session, intent: Intent) {
    let effects = session.handle(intent);
    let [Effect::Plan { ticket, .. }] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    let rows = vec![row("create VPC"), row("create subnet")];
    let result = Ok(PlanReport { rows, summary: "2 to create".to_owned(), ..PlanReport::default() });
    session.receive(Event::Planned { ticket: *ticket, result });
}

fn planned() -> Session {
    let mut session = session();
    session.handle(place_vpc());
    plan(&mut session, Intent::Plan);
    assert_eq!(session.deploy().phase, DeployPhase::Planned);
    session
}

fn running() -> Session {
    let mut session = planned();
    assert!(matches!(session.handle(Intent::Apply).as_slice(), [Effect::Apply]));
    session
}

#[test]
fn a_plan_is_shown_carried_out_and_reported() {
    let mut session = running();
    let detail = "waits for AWS".to_owned();
    session.receive(Event::RowChanged { row: 0, status: RowStatus::Running, detail, at_secs: 2 });
    session.receive(Event::RowChanged { row: 9, status: RowStatus::Done, detail: String::new(), at_secs: 2 });
    session.receive(Event::Logged(LogLine { at_secs: 1, text: "created".to_owned(), is_error: false }));
    assert_eq!(session.deploy().rows[0].status, RowStatus::Running);
    assert_eq!(session.deploy().log.len(), 1);
    session.receive(Event::RunEnded { result: Err("a quota is used up".to_owned()) });
    assert_eq!(session.deploy().phase, DeployPhase::Failed);
    assert_eq!(session.deploy().rows[1].status, RowStatus::Skipped);
    assert_eq!(last_notice(&session), (NoticeLevel::Error, "a quota is used up"));
    plan(&mut session, Intent::PlanDestroy);
    assert!(session.deploy().destroy && session.deploy().log.is_empty());
}

#[test]
fn a_plan_of_another_drawing_is_not_carried_out() {
    let mut session = planned();
    session.handle(place_vpc());
    assert!(session.handle(Intent::Apply).is_empty());
    let (level, text) = last_notice(&session);
    assert_eq!(level, NoticeLevel::Warning);
    assert!(text.contains("plan again"), "{text}");
    assert!(session.is_plan_stale());
}

#[test]
fn moving_a_box_leaves_the_plan_fresh() {
    let mut session = planned();
    let placements = vec![(id("vpc-1"), Placement { x: 3, y: 4, ..Placement::default() })];
    session.handle(Intent::Edit(Command::Move { placements }));
    assert!(!session.is_plan_stale());
    assert!(matches!(session.handle(Intent::Apply).as_slice(), [Effect::Apply]));
}

#[test]
fn an_answer_to_an_older_question_is_dropped() {
    let mut session = session();
    session.handle(place_vpc());
    let first = session.handle(Intent::Plan);
    session.handle(Intent::DismissPlan);
    session.handle(Intent::Plan);
    let [Effect::Plan { ticket, .. }] = first.as_slice() else {
        panic!("{first:?}");
    };
    session.receive(Event::Planned { ticket: *ticket, result: Ok(PlanReport::default()) });
    assert_eq!(session.deploy().phase, DeployPhase::Planning);
}

#[test]
fn what_cannot_be_applied_says_so() {
    let mut session = session();
    assert!(session.handle(Intent::Apply).is_empty());
    assert!(last_notice(&session).1.contains("plan first"));
    let effects = session.handle(Intent::Plan);
    let [Effect::Plan { ticket, .. }] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    session.receive(Event::Planned { ticket: *ticket, result: Err("no credentials".to_owned()) });
    assert_eq!(session.deploy().phase, DeployPhase::Idle);
    assert_eq!(last_notice(&session), (NoticeLevel::Error, "no credentials"));
}

#[test]
fn another_target_needs_another_plan() {
    let mut session = planned();
    session.handle(Intent::SetTarget(Target::Simulated));
    assert_eq!(session.deploy().phase, DeployPhase::Planned, "that is the target already");
    session.handle(Intent::SetTarget(Target::Aws { profile: None, region: None, endpoint_url: None }));
    assert_eq!(session.deploy().phase, DeployPhase::Idle);
}

#[test]
fn while_a_run_is_under_way_the_document_stays_open() {
    let mut session = running();
    for intent in [Intent::New, Intent::Open, Intent::Plan, Intent::DismissPlan] {
        assert!(session.handle(intent).is_empty());
        assert!(last_notice(&session).1.contains("under way"));
    }
    assert_eq!(session.deploy().phase, DeployPhase::Running);
    assert!(session.question().is_none());
}

#[test]
fn closing_during_a_run_asks_stops_and_then_closes() {
    let mut session = running();
    session.handle(Intent::Undo);
    assert!(session.handle(Intent::CloseRequested).is_empty());
    assert_eq!(session.question(), Some(&Question::RunUnderWay));
    assert!(session.handle(Intent::Answer(Answer::No)).is_empty());
    session.handle(Intent::CloseRequested);
    assert!(matches!(session.handle(Intent::Answer(Answer::Yes)).as_slice(), [Effect::CancelRun]));
    assert_eq!(session.deploy().phase, DeployPhase::Cancelling);
    let effects = session.receive(Event::RunEnded { result: Err("stopped".to_owned()) });
    assert!(matches!(effects.as_slice(), [Effect::Close]));
}

#[test]
fn closing_twice_during_a_run_does_not_wait() {
    let mut session = running();
    session.handle(Intent::CloseRequested);
    session.handle(Intent::Answer(Answer::Yes));
    session.handle(Intent::CloseRequested);
    assert!(matches!(session.handle(Intent::Answer(Answer::Yes)).as_slice(), [Effect::Close]));
}

#[test]
fn a_run_can_be_cancelled_once() {
    let mut session = running();
    assert!(matches!(session.handle(Intent::CancelRun).as_slice(), [Effect::CancelRun]));
    assert!(session.handle(Intent::CancelRun).is_empty());
}

#[test]
fn a_plan_with_errors_is_shown_whole_and_not_carried_out() {
    let mut session = session();
    session.handle(place_vpc());
    let effects = session.handle(Intent::Plan);
    let [Effect::Plan { ticket, .. }] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    let finding = |severity, text: &str| Finding { severity, text: text.to_owned(), resource: None };
    let findings = vec![finding(Severity::Error, "no zone"), finding(Severity::Warning, "a quota")];
    let report = PlanReport { rows: vec![row("create VPC")], findings, ..PlanReport::default() };
    session.receive(Event::Planned { ticket: *ticket, result: Ok(report) });
    assert_eq!(session.deploy().phase, DeployPhase::Planned);
    assert_eq!(session.deploy().findings.len(), 2);
    assert!(session.handle(Intent::Apply).is_empty());
    assert!(last_notice(&session).1.contains("errors stand in the way"));
}
