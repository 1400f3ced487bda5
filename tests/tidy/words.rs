//! Every message that is used exists, and every message that exists is used.

use std::collections::BTreeSet;

use vpcscape::{
    model::Kind,
    words::{self, ENGLISH},
};

use super::{files, read};

fn used() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for path in files("src", "rs") {
        let text = read(&path);
        let mut before = '(';
        for part in text.split("t!(") {
            // `format!(` and `assert!(` end in the same letters.
            let is_macro = !before.is_alphanumeric() && before != '_';
            before = part.chars().last().unwrap_or('(');
            if is_macro {
                keys.extend(literal(part));
            }
        }
        keys.extend(text.split("words::text(").skip(1).filter_map(literal));
    }
    // The examples in the documentation of the macro.
    keys.remove("ui-open");
    keys.remove("edit-overlap");
    keys.retain(|key| {
        !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    });
    keys
}

/// The text of the string literal at the beginning.
fn literal(text: &str) -> Option<String> {
    text.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()).map(str::to_owned)
}

fn defined() -> BTreeSet<String> {
    let is_key = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase()) && line.contains(" =");
    let key = |line: &str| line.split(" =").next().unwrap_or_default().to_owned();
    ENGLISH.iter().flat_map(|(_, text)| text.lines().filter(is_key).map(key)).collect()
}

#[test]
fn every_message_that_is_used_exists() {
    let missing: Vec<_> = used().into_iter().filter(|key| !words::has(key)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_message_that_exists_is_used() {
    let used = used();
    // The names of kinds are looked up by the kind.
    let unused: Vec<_> =
        defined().into_iter().filter(|key| !used.contains(key) && !key.starts_with("kind-")).collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn every_kind_has_a_name() {
    for kind in Kind::ALL {
        assert!(words::has(&format!("kind-{}", kind.as_str())), "{}", kind.as_str());
    }
}

#[test]
fn no_message_is_defined_twice_and_all_files_parse() {
    let mut seen = BTreeSet::new();
    for (file, text) in ENGLISH {
        let parsed = fluent_bundle::FluentResource::try_new((*text).to_owned());
        assert!(parsed.is_ok(), "{file} does not parse: {:?}", parsed.err().map(|(_, errors)| errors));
        for line in text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())) {
            let key = line.split(" =").next().unwrap();
            assert!(seen.insert(key), "`{key}` of {file} is defined twice");
        }
    }
}
