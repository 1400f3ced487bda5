//! Intents and events in, effects out.

mod deploying;
mod editing;
mod files;

use std::path::PathBuf;

use super::{Effect, Event, Intent, NoticeLevel, PathPurpose, SaveError, Session};
use crate::{
    edit::Command,
    model::{Container, Document, Kind, ResourceId},
};

pub(super) fn id(text: &str) -> ResourceId {
    ResourceId::new(text).unwrap()
}

pub(super) fn place(kind: Kind, into: Container) -> Intent {
    Intent::Edit(Command::Place { kind, into, at: None, name: None })
}

pub(super) fn place_vpc() -> Intent {
    place(Kind::Vpc, Container::Region)
}

pub(super) fn session() -> Session {
    Session::new(Document::new("net", "us-east-1"), None)
}

/// A session over a file that was read.
pub(super) fn opened() -> Session {
    let mut session = session();
    let effects = session.handle(Intent::OpenPath(PathBuf::from("a.vpcscape.json")));
    assert!(matches!(effects.as_slice(), [Effect::ReadFile(path)] if path.ends_with("a.vpcscape.json")));
    session.receive(read("a.vpcscape.json", "one"));
    session
}

pub(super) fn read(path: &str, stamp: &str) -> Event {
    let document = Box::new(Document::new(path, "us-east-1"));
    Event::Opened { path: PathBuf::from(path), result: Ok((document, stamp.to_owned())) }
}

pub(super) fn picked(purpose: PathPurpose, path: &str) -> Event {
    Event::PathPicked { purpose, path: Some(PathBuf::from(path)) }
}

/// What the outside would answer to the only effect, a write.
pub(super) fn answer_write(effects: &[Effect], result: Result<&str, SaveError>) -> Event {
    let [Effect::WriteFile { path, revision, .. }] = effects else {
        panic!("not one write: {effects:?}");
    };
    Event::Saved { path: path.clone(), revision: *revision, result: result.map(str::to_owned) }
}

pub(super) fn last_notice(session: &Session) -> (NoticeLevel, &str) {
    session.notices().last().map(|it| (it.level, it.text.as_str())).expect("something was said")
}
