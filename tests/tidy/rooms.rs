//! Arrows between rooms point down only.

use std::collections::BTreeMap;

use super::{code, files, read};

/// The rooms with their levels; see ARCHITECTURE.md.
const LEVELS: &[(&str, u8)] = &[
    ("net", 0),
    ("words", 0),
    ("model", 1),
    ("edit", 2),
    ("reach", 2),
    ("scene", 2),
    ("cloud", 2),
    ("problem", 3),
    ("rules", 4),
    ("deploy", 4),
    ("interop", 4),
    ("session", 5),
    ("aws", 6),
    ("simulated", 6),
    ("ui", 6),
    ("cli", 7),
    ("runtime", 7),
];

/// Rooms of one level that may see each other, and why.
const NEIGHBOURS: &[(&str, &str)] = &[
    // `words` formats addresses and ids as arguments of messages.
    ("words", "net"),
    ("words", "model"),
    ("net", "words"),
    // A plan refuses what the rules call an error; a report of findings is a format like any other.
    ("deploy", "rules"),
    ("interop", "rules"),
    // The subcommands carry out effects through the same files and run driver as the editor.
    ("cli", "runtime"),
];

#[test]
fn arrows_point_down_only() {
    let levels: BTreeMap<&str, u8> = LEVELS.iter().copied().collect();
    let mut wrong = Vec::new();
    for path in files("src", "rs") {
        let mut parts = path.components().skip(1).map(|part| part.as_os_str().to_str().unwrap());
        let room = parts.next().unwrap().trim_end_matches(".rs").to_owned();
        if matches!(room.as_str(), "lib" | "main") || path.ends_with("tests.rs") {
            continue;
        }
        let own = *levels
            .get(room.as_str())
            .unwrap_or_else(|| panic!("`{room}` is no room: add it to ARCHITECTURE.md"));
        for other in mentioned(&code(&read(&path))) {
            let Some(level) = levels.get(other.as_str()) else {
                continue;
            };
            let neighbours = NEIGHBOURS.contains(&(room.as_str(), other.as_str()));
            if *level >= own && other != room && !neighbours {
                wrong.push(format!("{} uses `{other}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The rooms named by `crate::room` and by `use crate::{room, room::thing}`.
fn mentioned(code: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for rest in code.split("crate::").skip(1) {
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut word = String::new();
            let mut fresh = true;
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => fresh = true,
                    c if c.is_ascii_lowercase() || c == '_' => {
                        if depth == 0 && fresh {
                            word.push(c);
                        }
                        continue;
                    }
                    _ => {}
                }
                if !word.is_empty() {
                    rooms.push(std::mem::take(&mut word));
                    fresh = c == ',' && depth == 0;
                }
            }
            rooms.extend((!word.is_empty()).then_some(word));
        } else {
            rooms.push(rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect());
        }
    }
    rooms
}

#[test]
fn mentions_are_found_in_all_forms_of_use() {
    let code = "use crate::{\n    edit::Command,\n    model::{Field, Kind},\n    t,\n};\nfn f() { crate::net::cidr::size() }";
    assert_eq!(mentioned(code), ["edit", "model", "t", "net"]);
}

#[test]
fn only_one_room_names_the_sdk() {
    for path in files("src", "rs") {
        let inside = path.starts_with("src/aws");
        assert!(inside || !code(&read(&path)).contains("aws_sdk_"), "{} names the SDK", path.display());
    }
}

#[test]
fn pure_rooms_keep_away_from_hash_order_clocks_and_files() {
    let pure =
        ["net", "words", "model", "edit", "reach", "scene", "cloud", "problem", "rules", "deploy", "session"];
    for path in files("src", "rs") {
        let is_test =
            path.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs");
        if is_test || !pure.iter().any(|room| path.starts_with(format!("src/{room}"))) {
            continue;
        }
        let text = code(&read(&path));
        for word in
            ["HashMap", "HashSet", "Instant::now", "SystemTime", "std::fs", "std::thread", "tokio", "egui"]
        {
            let font = word == "egui" && text.contains("epaint_default_fonts");
            assert!(font || !text.contains(word), "{} mentions `{word}`", path.display());
        }
    }
}
