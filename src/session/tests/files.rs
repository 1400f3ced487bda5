use std::path::PathBuf;

use super::{answer_write, last_notice, opened, picked, place_vpc, read, session};
use crate::session::{
    AfterSave, Answer, Effect, Event, Expected, ExportFormat, Intent, NoticeLevel, PathPurpose, Question,
    SaveError,
};

#[test]
fn opening_replaces_the_document_and_remembers_the_file() {
    let mut session = session();
    session.handle(Intent::OpenPath("b.vpcscape.json".into()));
    let effects = session.receive(read("b.vpcscape.json", "s"));
    assert!(matches!(effects.as_slice(), [Effect::RememberRecent(files)] if files.len() == 1));
    assert_eq!(session.document().name, "b.vpcscape.json");
    assert_eq!(session.file().stamp.as_deref(), Some("s"));
    assert!(!session.history().is_dirty());
    assert_eq!(session.frame_request().map(|it| it.1.len()), Some(0), "the whole drawing comes into view");
}

#[test]
fn a_file_that_cannot_be_read_leaves_everything() {
    let mut session = opened();
    let before = session.snapshot();
    session.handle(Intent::OpenPath("c.json".into()));
    let result = Err("`c.json` is not JSON".to_owned());
    assert!(session.receive(Event::Opened { path: "c.json".into(), result }).is_empty());
    assert_eq!(*before, *session.document());
    assert_eq!(last_notice(&session), (NoticeLevel::Error, "`c.json` is not JSON"));
}

#[test]
fn ten_files_are_remembered_newest_first() {
    let mut session = session();
    for number in 0..12 {
        let path = format!("{number}.json");
        session.handle(Intent::OpenPath(path.clone().into()));
        session.receive(read(&path, "s"));
    }
    session.handle(Intent::OpenPath("5.json".into()));
    session.receive(read("5.json", "s"));
    let names: Vec<_> = session.recent_files().iter().map(|it| it.display().to_string()).collect();
    assert_eq!(names[..3], ["5.json", "11.json", "10.json"]);
    assert_eq!(names.len(), 10);
}

#[test]
fn saving_marks_only_what_was_written() {
    let mut session = opened();
    session.handle(place_vpc());
    let effects = session.handle(Intent::Save);
    assert!(matches!(
        effects.as_slice(),
        [Effect::WriteFile { expected: Expected::Stamp(stamp), .. }] if stamp == "one"
    ));
    assert!(session.file().saving);
    session.handle(place_vpc());
    session.receive(answer_write(&effects, Ok("two")));
    assert!(session.history().is_dirty(), "the second VPC is not in the file");
    assert_eq!(session.file().stamp.as_deref(), Some("two"));
    session.handle(Intent::Undo);
    assert!(!session.history().is_dirty(), "but the first one is");
}

#[test]
fn a_second_save_waits_for_the_first_and_is_not_lost() {
    let mut session = opened();
    session.handle(place_vpc());
    let first = session.handle(Intent::Save);
    session.handle(place_vpc());
    assert!(session.handle(Intent::Save).is_empty());
    let effects = session.receive(answer_write(&first, Ok("two")));
    let writes: Vec<_> = effects.into_iter().filter(|it| matches!(it, Effect::WriteFile { .. })).collect();
    session.receive(answer_write(&writes, Ok("three")));
    assert!(!session.history().is_dirty());
}

#[test]
fn a_document_without_a_file_asks_where() {
    let mut session = session();
    session.handle(place_vpc());
    let effects = session.handle(Intent::Save);
    let [Effect::PickPath { purpose: PathPurpose::Save, suggestion }] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    assert_eq!(suggestion, "net.vpcscape.json");
    let effects = session.receive(picked(PathPurpose::Save, "work"));
    assert!(matches!(
        effects.as_slice(),
        [Effect::WriteFile { path, expected: Expected::Anything, .. }] if path.ends_with("work.vpcscape.json")
    ));
    session.receive(answer_write(&effects, Ok("s")));
    assert_eq!(session.file().path, Some(PathBuf::from("work.vpcscape.json")));
}

#[test]
fn a_file_that_someone_else_changed_is_not_overwritten_unasked() {
    let mut session = opened();
    session.handle(place_vpc());
    let effects = session.handle(Intent::Save);
    session.receive(answer_write(&effects, Err(SaveError::ChangedOnDisk)));
    assert!(matches!(session.question(), Some(Question::ChangedOnDisk { .. })));
    assert!(session.handle(Intent::Answer(Answer::Cancel)).is_empty());
    assert!(session.history().is_dirty() && session.question().is_none());

    let effects = session.handle(Intent::Save);
    session.receive(answer_write(&effects, Err(SaveError::ChangedOnDisk)));
    let effects = session.handle(Intent::Answer(Answer::Yes));
    assert!(matches!(effects.as_slice(), [Effect::WriteFile { expected: Expected::Anything, .. }]));
    session.receive(answer_write(&effects, Ok("mine")));
    assert!(!session.history().is_dirty());
}

#[test]
fn a_failed_save_loses_nothing_and_stops_what_would_follow() {
    let mut session = opened();
    session.handle(place_vpc());
    session.handle(Intent::CloseRequested);
    let effects = session.handle(Intent::Answer(Answer::Yes));
    let failed = Err(SaveError::Failed("the disk is full".to_owned()));
    assert!(session.receive(answer_write(&effects, failed)).is_empty());
    assert!(session.history().is_dirty() && !session.file().saving);
    assert_eq!(last_notice(&session), (NoticeLevel::Error, "the disk is full"));
    let effects = session.handle(Intent::Save);
    let effects = session.receive(answer_write(&effects, Ok("s")));
    assert!(!effects.iter().any(|it| matches!(it, Effect::Close)), "that close was given up");
}

#[test]
fn unsaved_changes_are_saved_and_then_the_wish_goes_on() {
    let mut session = opened();
    session.handle(place_vpc());
    assert!(session.handle(Intent::New).is_empty());
    let then = Box::new(AfterSave::New);
    assert_eq!(session.question(), Some(&Question::SaveChanges { then }));
    let effects = session.handle(Intent::Answer(Answer::Yes));
    session.receive(answer_write(&effects, Ok("two")));
    assert!(session.document().topology.resources.is_empty());
    assert_eq!(session.file().path, None);
}

#[test]
fn unsaved_changes_may_be_dropped_or_kept() {
    let mut session = opened();
    session.handle(place_vpc());
    session.handle(Intent::CloseRequested);
    assert!(session.handle(Intent::Answer(Answer::Cancel)).is_empty());
    session.handle(Intent::CloseRequested);
    let effects = session.handle(Intent::Answer(Answer::No));
    assert!(matches!(effects.as_slice(), [Effect::Close]));

    let mut clean = opened();
    assert!(matches!(clean.handle(Intent::CloseRequested).as_slice(), [Effect::Close]));
}

#[test]
fn what_is_drawn_while_a_file_is_read_or_written_is_not_thrown_away() {
    let mut session = opened();
    session.handle(Intent::OpenPath("b.json".into()));
    session.handle(place_vpc());
    session.receive(read("b.json", "s"));
    assert!(matches!(session.question(), Some(Question::SaveChanges { .. })));
    assert!(!session.document().topology.resources.is_empty());
    let effects = session.handle(Intent::Answer(Answer::Yes));
    session.handle(place_vpc());
    session.receive(answer_write(&effects, Ok("two")));
    assert!(matches!(session.question(), Some(Question::SaveChanges { .. })), "asked again");
}

#[test]
fn a_cancelled_dialog_gives_the_wish_up() {
    let mut session = session();
    session.handle(place_vpc());
    session.handle(Intent::New);
    session.handle(Intent::Answer(Answer::Yes));
    session.receive(Event::PathPicked { purpose: PathPurpose::Save, path: None });
    session.handle(Intent::SaveTo("n.json".into()));
    assert!(!session.document().topology.resources.is_empty());
}

#[test]
fn without_a_dialog_a_path_is_typed_and_nothing_is_overwritten_unasked() {
    let mut session = session();
    session.handle(place_vpc());
    session.handle(Intent::SaveAs);
    session.receive(Event::NoDialog { purpose: PathPurpose::Save, suggestion: "net".to_owned() });
    session.handle(Intent::Answer(Answer::Path("  ".to_owned())));
    assert!(matches!(session.question(), Some(Question::Path { error: Some(_), .. })));
    let effects = session.handle(Intent::Answer(Answer::Path("typed".to_owned())));
    assert!(matches!(effects.as_slice(), [Effect::WriteFile { expected: Expected::Absent, .. }]));
    session.receive(answer_write(&effects, Err(SaveError::Exists)));
    assert!(matches!(session.question(), Some(Question::Overwrite { purpose: PathPurpose::Save, .. })));
    session.handle(Intent::Answer(Answer::No));
    let Some(Question::Path { suggestion, .. }) = session.question() else {
        panic!("another path is asked for");
    };
    assert_eq!(suggestion, "typed.vpcscape.json");
    let effects = session.handle(Intent::Answer(Answer::Path("typed.vpcscape.json".to_owned())));
    session.receive(answer_write(&effects, Err(SaveError::Exists)));
    let effects = session.handle(Intent::Answer(Answer::Yes));
    assert!(matches!(effects.as_slice(), [Effect::WriteFile { expected: Expected::Anything, .. }]));
}

#[test]
fn exports_go_to_a_file_of_their_own() {
    let mut session = opened();
    let effects = session.handle(Intent::Export(ExportFormat::Svg));
    assert!(matches!(effects.as_slice(), [Effect::PickPath { suggestion, .. }] if suggestion == "a.svg"));
    let purpose = PathPurpose::Export(ExportFormat::Svg);
    let effects = session.receive(picked(purpose, "out"));
    assert!(matches!(effects.as_slice(), [Effect::WriteExport { path, .. }] if path.ends_with("out.svg")));
    let done = |result| Event::Exported { format: ExportFormat::Svg, path: "out.svg".into(), result };
    session.receive(done(Ok(())));
    assert_eq!(last_notice(&session), (NoticeLevel::Info, "Exported to out.svg"));
    session.handle(Intent::ExportTo(ExportFormat::Svg, "out.svg".into()));
    session.receive(done(Err(SaveError::Exists)));
    let effects = session.handle(Intent::Answer(Answer::Yes));
    assert!(matches!(effects.as_slice(), [Effect::WriteExport { expected: Expected::Anything, .. }]));
}

#[test]
fn exported_pictures_are_light_until_dark_is_asked_for() {
    use crate::scene::Theme;
    let mut session = opened();
    let written = |session: &mut crate::session::Session| {
        let effects = session.handle(Intent::ExportTo(ExportFormat::Png, "out.png".into()));
        match effects.as_slice() {
            [Effect::WriteExport { theme, .. }] => theme.to_owned(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(written(&mut session), Theme::Light);
    session.handle(Intent::SetPictureTheme(Theme::Dark));
    assert_eq!(written(&mut session), Theme::Dark);
}

#[test]
fn templates_are_opened_by_name() {
    let mut session = session();
    session.handle(Intent::NewFromTemplate("bastion-nat".to_owned()));
    assert!(session.document().topology.resources.len() > 5);
    assert_eq!(session.document().check_invariants(), Vec::<String>::new());
    assert_eq!(session.file().path, None);
    session.handle(Intent::NewFromTemplate("no-such".to_owned()));
    assert_eq!(last_notice(&session).0, NoticeLevel::Error);
}
