//! Help, wrong usage, and the editor without a display.

use super::{code, err, folder, out, refused, run};

#[test]
fn help_and_version_give_0() {
    for args in
        [&["--help"][..], &["--version"], &["new", "--help"], &["check", "--help"], &["export", "--help"]]
    {
        let shown = run(&folder(), args);
        assert_eq!(code(&shown), 0);
        assert!(out(&shown).contains("vpcscape"), "{}", out(&shown));
    }
}

#[test]
fn help_names_every_subcommand() {
    let shown = out(&run(&folder(), &["--help"]));
    for name in ["new", "check", "export", "schema"] {
        assert!(shown.lines().any(|line| line.trim_start().starts_with(name)), "{name}: {shown}");
    }
}

#[test]
fn wrong_usage_gives_2() {
    let cases: &[&[&str]] = &[
        &["--no-such-option"],
        &["check"],
        &["check", "a", "--format", "xml"],
        &["new"],
        &["new", "bastion-nat"],
        &["new", "--generate", "1", "-o", "a"],
        &["new", "--generate", "x", "-o", "a"],
        &["new", "bastion-nat", "--seed", "1", "-o", "a"],
        &["export", "a", "-o", "b"],
        &["export", "a", "--to", "gif", "-o", "b"],
        &["schema", "extra"],
    ];
    for args in cases {
        let output = run(&folder(), args);
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(err(&output).starts_with("error: "), "{args:?}: {}", err(&output));
        assert!(!err(&output).contains("panicked"), "{args:?}");
    }
}

#[test]
fn the_schema_is_printed_as_it_is_kept() {
    let printed = run(&folder(), &["schema"]);
    assert_eq!(code(&printed), 0);
    assert_eq!(out(&printed), include_str!("../../docs/file-format.schema.json"));
}

#[cfg(target_os = "linux")]
#[test]
fn the_editor_without_a_display_says_so_in_one_sentence() {
    let said = refused(&run(&folder(), &[]));
    assert!(said.starts_with("the editor's window could not be opened ("), "{said}");
}
