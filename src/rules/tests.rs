//! What holds for all rules together.

use std::collections::BTreeSet;

use super::{RULES, check, testing};
use crate::{
    interop::{generate, templates},
    model::{RuleLevel, Suppressed},
    problem::Severity,
};

#[test]
fn the_sound_network_has_no_findings() {
    let n = testing::network();
    assert_eq!(check(&n.0, &n.0.topology.index()), Vec::new());
}

#[test]
fn codes_are_unique_and_in_kebab_case() {
    let codes: BTreeSet<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), RULES.len());
    for code in codes {
        assert!(code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{code}");
    }
}

#[test]
fn every_summary_is_in_the_catalogue_and_every_rule_has_a_page() {
    for rule in RULES {
        let summary = (rule.summary)();
        assert!(!summary.starts_with("rule-"), "{} has no summary", rule.code);
        assert!(rule.url.starts_with("https://docs.aws.amazon.com/"), "{}", rule.code);
    }
}

#[test]
fn templates_and_generated_networks_have_no_errors_and_no_warnings() {
    let templates = templates::names().iter().filter_map(|name| templates::document(name));
    let sizes = (4..200).step_by(7).chain([600, 2000]);
    for document in templates.chain(sizes.map(|size| generate::network(size, size as u64))) {
        let found = check(&document, &document.topology.index());
        let serious: Vec<_> = found.iter().filter(|it| it.severity != Severity::Info).collect();
        assert!(serious.is_empty(), "{}: {serious:#?}", document.name);
    }
}

#[test]
fn a_finding_that_is_meant_to_be_so_is_told_apart() {
    let mut n = testing::network();
    n.subnet("subnet-private", |it| it.cidr_block = testing::net("10.0.1.0/30"));
    let size = Suppressed { code: "subnet-cidr-size".to_owned(), resource: testing::id("subnet-private") };
    n.0.suppressions.insert(size.clone(), "a test".to_owned());
    let review = super::review(&n.0, &n.0.topology.index());
    let codes: Vec<&str> = review.problems.iter().map(|it| it.code).collect();
    assert!(!codes.contains(&"subnet-cidr-size"), "{codes:?}");
    let suppressed: Vec<_> =
        review.suppressed.iter().map(|(it, reason)| (it.code, reason.as_str())).collect();
    assert_eq!(suppressed, [("subnet-cidr-size", "a test")]);
    let elsewhere = Suppressed { resource: testing::id("subnet-public"), ..size.clone() };
    n.0.suppressions = [(elsewhere, "a test".to_owned())].into();
    assert_eq!(super::review(&n.0, &n.0.topology.index()).suppressed, Vec::new());
}

#[test]
fn a_document_sets_the_severity_of_a_rule_or_switches_it_off() {
    let mut n = testing::network();
    n.subnet("subnet-private", |it| it.cidr_block = testing::net("10.0.1.0/30"));
    let severity = |n: &testing::Network, code: &str| {
        let found = check(&n.0, &n.0.topology.index());
        found.iter().find(|it| it.code == code).map(|it| it.severity)
    };
    assert_eq!(severity(&n, "subnet-cidr-size"), Some(Severity::Error));
    n.0.severities.insert("subnet-cidr-size".to_owned(), RuleLevel::Info);
    assert_eq!(severity(&n, "subnet-cidr-size"), Some(Severity::Info));
    n.0.severities.insert("subnet-cidr-size".to_owned(), RuleLevel::Off);
    assert_eq!(severity(&n, "subnet-cidr-size"), None);
    assert_eq!(severity(&n, "flow-log-missing"), None);
    n.0.severities.insert("flow-log-missing".to_owned(), RuleLevel::Warning);
    assert_eq!(severity(&n, "flow-log-missing"), Some(Severity::Warning));
    assert!(super::OPTIONAL.iter().all(|code| RULES.iter().any(|rule| rule.code == *code)));
}

#[test]
fn errors_come_first() {
    let mut n = testing::network();
    n.subnet("subnet-public", |it| it.map_public_ip_on_launch = false);
    n.subnet("subnet-private", |it| it.cidr_block = testing::net("10.0.1.0/30"));
    let found = check(&n.0, &n.0.topology.index());
    let severities: Vec<Severity> = found.iter().map(|problem| problem.severity).collect();
    assert!(severities.is_sorted(), "{severities:?}");
    assert!(severities.contains(&Severity::Error) && severities.contains(&Severity::Warning));
}
