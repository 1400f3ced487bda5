//! Single mistakes in sound networks: each gives exactly the findings that it should, and every fix that is
//! offered for them mends its finding and makes nothing worse.
#![cfg(test)]

#[path = "../support/mutations.rs"]
mod table;

use std::collections::{BTreeMap, BTreeSet};

use vpcscape::{
    problem::{Problem, Severity},
    rules::{RULES, fix},
};

use table::{ALL, base, found};

/// A finding as the table writes it.
fn said(problem: &Problem) -> String {
    let mut words = vec![problem.severity.as_str().to_owned(), problem.code.to_owned()];
    for (at, subject) in problem.subjects.iter().enumerate() {
        let field = subject.field.as_ref().filter(|_| at == 0);
        words.push(field.map_or_else(|| subject.id.to_string(), |field| format!("{}.{field}", subject.id)));
    }
    words.join(" ")
}

fn counts(list: &[Problem]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for problem in list {
        *counts.entry(said(problem)).or_default() += 1;
    }
    counts
}

/// What differs between two lists as the table writes it.
fn differences(before: &[Problem], after: &[Problem]) -> Vec<String> {
    let (before, after) = (counts(before), counts(after));
    let only = |these: &BTreeMap<String, usize>, those: &BTreeMap<String, usize>, sign: &str| {
        let surplus = |(text, n): (&String, &usize)| {
            let more = n.saturating_sub(those.get(text).copied().unwrap_or_default());
            std::iter::repeat_n(format!("{sign}{text}"), more)
        };
        these.iter().flat_map(surplus).collect::<Vec<_>>()
    };
    let mut all = only(&after, &before, "");
    all.extend(only(&before, &after, "-"));
    all
}

#[test]
fn the_networks_are_sound_before() {
    for name in ALL.iter().map(|it| it.of.as_str()).collect::<BTreeSet<_>>() {
        let found = found(&base(name));
        let serious: Vec<_> = found.iter().filter(|it| it.severity != Severity::Info).collect();
        assert!(serious.is_empty(), "{name}: {serious:#?}");
    }
}

#[test]
fn each_mutation_gives_exactly_its_findings_and_none_elsewhere() {
    assert!(ALL.len() >= 40, "{} mutations", ALL.len());
    let names: BTreeSet<&str> = ALL.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names.len(), ALL.len(), "each has a name of its own");
    let mut wrong = String::new();
    for mutation in ALL.iter() {
        let finds = differences(&found(&base(&mutation.of)), &found(&mutation.document()));
        if finds != mutation.finds {
            wrong += &serde_json::json!({ "name": mutation.name, "finds": finds }).to_string();
            wrong.push('\n');
        }
    }
    assert!(wrong.is_empty(), "these say something else now:\n{wrong}");
}

#[test]
fn the_mutations_reach_many_rules() {
    let texts = ALL.iter().flat_map(|it| &it.finds);
    let codes: BTreeSet<&str> = texts.filter_map(|it| it.split(' ').nth(1)).collect();
    assert!(codes.iter().all(|code| RULES.iter().any(|rule| rule.code == *code)), "{codes:?}");
    assert!(codes.len() >= 40, "{} of {} rules: {codes:?}", codes.len(), RULES.len());
}

#[test]
fn every_fix_that_a_mutation_is_offered_mends_it_and_makes_nothing_worse() {
    let mut tried = 0;
    for mutation in ALL.iter() {
        let document = mutation.document();
        let before = found(&document);
        for problem in &before {
            for fix in &problem.fixes {
                let wrong = fix::trial(&document, &before, problem, fix);
                assert_eq!(wrong, None, "{}: `{}` for {}", mutation.name, fix.label, problem.message);
                tried += 1;
            }
        }
    }
    assert!(tried >= 40, "only {tried} fixes are offered");
}
