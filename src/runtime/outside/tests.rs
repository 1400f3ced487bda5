//! Effects go in, and what came of them comes out.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use super::*;
use crate::{
    interop::templates,
    session::{Expected, ExportFormat, SaveError},
};

/// Remembers what it was asked.
#[derive(Default)]
struct Asked(Vec<Event>);

impl EffectSink for Asked {
    fn dispatch(&mut self, _: Effect) {
        self.0.push(Event::RunEnded { result: Ok("asked".to_owned()) });
    }

    fn drain(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.0)
    }
}

fn outside(folder: &Path) -> Outside {
    let mailbox = Mailbox::new(Arc::new(|| {}));
    Outside::start(mailbox, Some(Folders::at(folder)), Box::new(Asked::default())).unwrap()
}

/// What comes of one effect.
fn answer(outside: &mut Outside, effect: Effect) -> Event {
    outside.dispatch(effect);
    let begun = Instant::now();
    loop {
        if let Some(event) = outside.drain().pop() {
            return event;
        }
        assert!(begun.elapsed() < Duration::from_secs(45), "waited in vain");
        std::thread::yield_now();
    }
}

#[test]
fn a_document_is_written_read_and_guarded() {
    let folder = tempfile::tempdir().unwrap();
    let mut outside = outside(folder.path());
    let document = Arc::new(templates::document("bastion-nat").unwrap());
    let path = folder.path().join("a.vpcscape.json");
    let write = |expected| Effect::WriteFile {
        path: path.clone(),
        document: Arc::clone(&document),
        revision: 7,
        expected,
    };
    let Event::Saved { revision: 7, result: Ok(stamp), .. } = answer(&mut outside, write(Expected::Absent))
    else {
        panic!("not saved");
    };
    let Event::Opened { result: Ok((read, found)), .. } =
        answer(&mut outside, Effect::ReadFile(path.clone()))
    else {
        panic!("not opened");
    };
    assert_eq!((&*read, &found), (&*document, &stamp));
    std::fs::write(&path, "theirs").unwrap();
    let again = answer(&mut outside, write(Expected::Stamp(stamp)));
    assert!(matches!(again, Event::Saved { result: Err(SaveError::ChangedOnDisk), .. }), "{again:?}");
    let refused = answer(&mut outside, Effect::ReadFile(path));
    assert!(matches!(refused, Event::Opened { result: Err(_), .. }), "{refused:?}");
}

#[test]
fn pictures_are_written_and_runs_go_to_whom_they_belong() {
    let folder = tempfile::tempdir().unwrap();
    let mut outside = outside(folder.path());
    let document = Arc::new(templates::document("private-endpoints").unwrap());
    for format in ExportFormat::ALL {
        let path = folder.path().join(format.as_str());
        let effect = Effect::WriteExport {
            format: *format,
            path: path.clone(),
            document: Arc::clone(&document),
            theme: crate::scene::Theme::Dark,
            expected: Expected::Absent,
        };
        let event = answer(&mut outside, effect);
        assert!(matches!(event, Event::Exported { result: Ok(()), .. }), "{event:?}");
        assert!(path.metadata().unwrap().len() > 500);
    }
    assert!(matches!(answer(&mut outside, Effect::Apply), Event::RunEnded { .. }));
}

#[test]
fn more_jobs_than_the_queue_holds_are_all_done() {
    let folder = tempfile::tempdir().unwrap();
    let mut outside = outside(folder.path());
    for _ in 0..40 {
        outside.dispatch(Effect::ReadFile(folder.path().join("none")));
    }
    let begun = Instant::now();
    let mut answers = 0;
    while answers < 40 {
        assert!(begun.elapsed() < Duration::from_secs(45), "waited in vain");
        answers += outside.drain().len();
        std::thread::yield_now();
    }
}
