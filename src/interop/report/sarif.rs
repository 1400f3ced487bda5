//! Findings as SARIF 2.1.0, which code hosts show beside the lines of a change.

use std::{collections::BTreeSet, fmt::Write as _};

use serde_json::{Value, json};

use super::{place, places::Places};
use crate::{
    problem::{Problem, Severity, Subject},
    rules::{OPTIONAL, RULES, Review, Rule},
};

/// One run with every rule that the program knows and the findings; `text` is the file's text, for
/// line numbers.
pub fn sarif(file: &str, text: &str, Review { problems, suppressed }: &Review) -> String {
    let all = problems.iter().chain(suppressed.iter().map(|(problem, _)| problem));
    let places = Places::of(text, all.flat_map(|it| &it.subjects));
    let active = problems.iter().map(|it| result(file, &places, it));
    let silent = suppressed.iter().map(|(it, reason)| {
        let mut value = result(file, &places, it);
        if let Value::Object(map) = &mut value {
            // In the file itself, beside what it is about.
            let suppression = json!({ "kind": "inSource", "justification": reason });
            map.insert("suppressions".to_owned(), Value::from(vec![suppression]));
        }
        value
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "vpcscape",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": RULES.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": active.chain(silent).collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": { "text": (rule.summary)() },
        "helpUri": rule.url,
        "defaultConfiguration": {
            "level": level(rule.severity),
            "enabled": !OPTIONAL.contains(&rule.code),
        },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(file: &str, places: &Places<'_>, problem: &Problem) -> Value {
    let message = match &problem.help {
        Some(help) => format!("{}; {help}", problem.message),
        None => problem.message.clone(),
    };
    // The standard wants each related location once.
    let related: BTreeSet<&Subject> = problem.subjects.iter().skip(1).collect();
    let all = problem.subjects.iter().take(1).chain(related);
    let mut subjects = all.map(|it| location(file, places, it));
    let mut value = json!({
        "ruleId": problem.code,
        "level": level(problem.severity),
        "message": { "text": message },
        "locations": subjects.next().into_iter().collect::<Vec<_>>(),
        "relatedLocations": subjects.collect::<Vec<_>>(),
    });
    if let (Some(at), Value::Object(map)) = (RULES.iter().position(|it| it.code == problem.code), &mut value)
    {
        map.insert("ruleIndex".to_owned(), Value::from(at));
    }
    value
}

fn location(file: &str, places: &Places<'_>, subject: &Subject) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(file) } });
    if let (Some(at), Value::Object(map)) = (places.get(subject), &mut physical) {
        let region = json!({ "startLine": at.line, "startColumn": at.column, "endColumn": at.end });
        map.insert("region".to_owned(), region);
    }
    json!({
        "physicalLocation": physical,
        "logicalLocations": [{ "fullyQualifiedName": format!("resources.{}", place(subject)), "kind": "member" }],
    })
}

/// A relative path as a reference: separators stay, what is special in an address is escaped.
fn uri(file: &str) -> String {
    let mut out = String::new();
    for byte in file.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            write!(out, "%{byte:02X}").ok();
        }
    }
    out
}
