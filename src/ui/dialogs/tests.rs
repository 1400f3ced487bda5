//! Dialogs: what their buttons and keys answer.

use std::path::PathBuf;

use eframe::egui::{Context, Key};
use egui_kittest::{Harness, kittest::Queryable as _};

use super::{OwnDialog, changed_on_disk, overwrite, path, run_under_way, save_changes, show};
use crate::{
    session::{
        Answer, Intent, Session,
        intent::{AfterSave, PathPurpose},
    },
    ui::{
        tests::{bench, document, retype, window},
        theme,
    },
};

/// A harness around one question, with the answers that it gave.
fn asked(mut question: impl FnMut(&Context) -> Option<Answer> + 'static) -> Harness<'static, Vec<Answer>> {
    let mut harness = Harness::builder().with_size([700.0, 500.0]).with_max_steps(10).build_ui_state(
        move |ui, answers: &mut Vec<Answer>| {
            theme::calm(ui.ctx());
            answers.extend(question(&ui.ctx().clone()));
        },
        Vec::new(),
    );
    harness.run();
    harness
}

fn click(harness: &mut Harness<'_, Vec<Answer>>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
}

#[test]
fn unsaved_changes_can_be_saved_dropped_or_kept_open() {
    for (label, answer) in [("Save", Answer::Yes), ("Do not save", Answer::No), ("Cancel", Answer::Cancel)] {
        let session = Session::new(document(), None);
        let mut harness = asked(move |ctx| save_changes::show(ctx, &session, &AfterSave::Close));
        click(&mut harness, label);
        assert_eq!(harness.state(), &[answer]);
    }
}

#[test]
fn escape_cancels() {
    let mut harness = asked(run_under_way::show);
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.state(), &[Answer::Cancel]);
}

#[test]
fn replacing_and_saving_over_need_a_yes() {
    let mut harness = asked(|ctx| overwrite::show(ctx, &PathBuf::from("net.json")));
    click(&mut harness, "Replace");
    assert_eq!(harness.state(), &[Answer::Yes]);
    let mut harness = asked(|ctx| changed_on_disk::show(ctx, &PathBuf::from("net.json")));
    click(&mut harness, "Save anyway");
    assert_eq!(harness.state(), &[Answer::Yes]);
}

#[test]
fn a_path_is_typed_and_its_error_shown() {
    let mut draft = path::PathDraft::default();
    let mut harness = asked(move |ctx| {
        path::show(
            ctx,
            &mut draft,
            PathPurpose::Save,
            "first.vpcscape.json",
            Some("that folder is not there"),
        )
    });
    assert!(harness.query_by_label("that folder is not there").is_some());
    assert_eq!(harness.get_by_label("Path").value().as_deref(), Some("first.vpcscape.json"));
    retype(&mut harness, "Path", "second.vpcscape.json");
    click(&mut harness, "Save");
    assert_eq!(harness.state(), &[Answer::Path("second.vpcscape.json".to_owned())]);
}

#[test]
fn the_gallery_offers_every_template() {
    for name in crate::interop::templates::names() {
        let mut harness =
            bench(&[], |ui, session, view, intents| show(&ui.ctx().clone(), session, view, intents));
        harness.state_mut().view.dialogs.open(OwnDialog::Templates);
        harness.run();
        harness.get_by_label(name).click();
        harness.run();
        assert_eq!(harness.state().intents, [Intent::NewFromTemplate((*name).to_owned())]);
        assert!(!harness.state().view.dialogs.is_open());
    }
}

#[test]
fn nothing_is_applied_without_a_plan() {
    let mut harness =
        bench(&[], |ui, session, view, intents| show(&ui.ctx().clone(), session, view, intents));
    harness.state_mut().view.dialogs.open(OwnDialog::ConfirmApply);
    harness.run();
    assert!(!harness.state().view.dialogs.is_open());
    assert!(harness.state().intents.is_empty());
}

#[test]
fn help_opens_by_key_and_closes_by_escape() {
    let (mut harness, _) = window(document());
    harness.run();
    harness.key_press(Key::F1);
    harness.run();
    assert!(harness.query_by_label("Close").is_some());
    harness.key_press(Key::Escape);
    harness.run();
    assert!(!harness.state().view().dialogs.is_open());
}
