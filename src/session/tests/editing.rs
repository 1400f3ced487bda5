use super::{id, last_notice, place, place_vpc, session};
use crate::{
    edit::{Command, ConnectTarget},
    model::{Container, Kind},
    session::{Intent, NoticeLevel, Session},
};

fn with_subnet() -> Session {
    let mut session = session();
    session.handle(place_vpc());
    session.handle(place(Kind::Subnet, Container::Vpc(id("vpc-1"))));
    session
}

#[test]
fn an_edit_changes_document_look_ups_selection_and_history_together() {
    let session = with_subnet();
    assert_eq!(session.index().of_kind(Kind::Subnet), [id("subnet-1")]);
    assert_eq!(session.selection(), [id("subnet-1")]);
    assert_eq!((session.revision(), session.history().depth()), (2, 2));
    assert!(session.title().starts_with('●'), "{}", session.title());
}

#[test]
fn a_refusal_changes_nothing_and_says_why() {
    let mut session = with_subnet();
    let before = session.snapshot();
    session.handle(place(Kind::Instance, Container::Region));
    assert_eq!(*before, *session.document());
    assert_eq!(session.history().depth(), 2);
    let (level, text) = last_notice(&session);
    assert_eq!(level, NoticeLevel::Warning);
    assert!(text.contains("stands in a subnet"), "{text}");
}

#[test]
fn notes_are_said() {
    let mut session = with_subnet();
    session.handle(place(Kind::InternetGateway, Container::Vpc(id("vpc-1"))));
    session.handle(Intent::Edit(Command::Connect { from: id("subnet-1"), to: ConnectTarget::Internet }));
    let said: Vec<_> = session.notices().iter().map(|it| it.text.as_str()).collect();
    assert!(said.iter().any(|text| text.contains("main table `vpc-1-main` was edited")), "{said:?}");
    let numbers: Vec<_> = session.notices().iter().map(|it| it.number).collect();
    assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
}

#[test]
fn undo_and_redo_bring_back_document_and_selection() {
    let mut session = with_subnet();
    let full = session.snapshot();
    session.handle(Intent::Select(vec![id("vpc-1")]));
    session.handle(Intent::DeleteSelection);
    assert!(session.document().topology.resources.is_empty());
    assert!(session.selection().is_empty());
    session.handle(Intent::Undo);
    assert_eq!(*full, *session.document());
    assert_eq!(session.selection(), [id("vpc-1")]);
    assert_eq!(session.index().of_kind(Kind::Vpc), [id("vpc-1")]);
    session.handle(Intent::Redo);
    assert!(session.document().topology.resources.is_empty() && session.selection().is_empty());
    for _ in 0..5 {
        session.handle(Intent::Undo);
    }
    assert_eq!(session.history().depth(), 0);
    assert!(!session.history().is_dirty());
}

#[test]
fn problems_follow_the_document_and_fixes_mend_it() {
    let mut session = with_subnet();
    session.handle(place(Kind::NatGateway, Container::Subnet(id("subnet-1"))));
    session.handle(place(Kind::InternetGateway, Container::Vpc(id("vpc-1"))));
    session.handle(place(Kind::Subnet, Container::Vpc(id("vpc-1"))));
    assert!(!session.problems().is_empty(), "a NAT gateway without a way out is a finding");
    let fixable = session.problems().iter().position(|it| !it.fixes.is_empty()).expect("one can be mended");
    let code = session.problems()[fixable].code;
    let culprit = session.problems()[fixable].subjects[0].clone();
    session.handle(Intent::ApplyFix { problem: fixable, fix: 0 });
    let remains = session.problems().iter().any(|it| it.code == code && it.subjects[0] == culprit);
    assert!(!remains, "{code} of {culprit:?} is still there");
    session.handle(Intent::ApplyFix { problem: 999, fix: 0 });
    assert_eq!(last_notice(&session).0, NoticeLevel::Warning);
}

#[test]
fn selections_hold_existing_resources_once() {
    let mut session = with_subnet();
    session.handle(Intent::Select(vec![id("vpc-1"), id("nobody"), id("vpc-1")]));
    assert_eq!(session.selection(), [id("vpc-1")]);
    session.handle(Intent::ToggleSelect(id("subnet-1")));
    session.handle(Intent::ToggleSelect(id("vpc-1")));
    assert_eq!(session.selection(), [id("subnet-1")]);
    session.handle(Intent::SelectAll);
    assert_eq!(session.selection().len(), session.document().topology.resources.len());
    session.handle(Intent::Reveal(vec![id("vpc-1")]));
    assert_eq!(session.selection(), [id("vpc-1")]);
    let first = session.frame_request().unwrap().0;
    session.handle(Intent::Reveal(vec![id("vpc-1")]));
    assert_eq!(session.frame_request(), Some(&(first + 1, vec![id("vpc-1")])));
}

#[test]
fn cut_paste_and_duplicate() {
    let mut session = with_subnet();
    session.handle(Intent::Paste(None));
    assert_eq!(last_notice(&session).0, NoticeLevel::Warning);
    session.handle(Intent::Cut);
    assert!(session.document().topology.get(&id("subnet-1")).is_none());
    session.handle(Intent::Paste(None));
    assert_eq!(session.selection(), [id("subnet-1")], "what was cut comes back as it was");
    session.handle(Intent::Paste(Some(Container::Vpc(id("vpc-1")))));
    session.handle(Intent::Duplicate);
    assert_eq!(session.index().of_kind(Kind::Subnet).len(), 3);
}

#[test]
fn tidying_places_boxes_and_leaves_findings_alone() {
    let mut session = with_subnet();
    let (index, problems) = (session.index().clone(), session.problems().to_vec());
    session.handle(Intent::Tidy);
    assert!(!session.document().diagram.placements.is_empty());
    assert_eq!(session.document().check_invariants(), Vec::<String>::new());
    assert_eq!(session.problems(), problems);
    assert_eq!(session.index().of_kind(Kind::Subnet), index.of_kind(Kind::Subnet));
    session.handle(Intent::Undo);
    assert!(session.document().diagram.placements.is_empty());
}

#[test]
fn notices_do_not_grow_without_end() {
    let mut session = session();
    for _ in 0..1000 {
        session.handle(Intent::Paste(None));
    }
    assert_eq!(session.notices().len(), 300);
    assert_eq!(session.notices().last().unwrap().number, 1000);
}
