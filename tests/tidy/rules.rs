//! Every rule is held to account by its own file.

use vpcscape::rules::RULES;

use super::{files, read};

/// How often one of several texts stands in another one, whatever the white space between.
fn count(text: &str, wanted: &str) -> usize {
    text.split_whitespace().collect::<String>().matches(wanted).count()
}

/// Each report of a rule has a network that breaks it, with culprit, field and message; each rule has a
/// network next to that which is left alone; each rule with fixes has them carried out.
#[test]
fn every_rule_has_tests_that_break_it_that_do_not_and_that_mend_it() {
    let mut rules = 0;
    let mut missing = Vec::new();
    for path in files("src/rules", "rs") {
        let text = read(&path);
        let (code, tests) = text.split_once("#[cfg(test)]").unwrap_or((&text, ""));
        if !code.contains("pub const RULE: Rule") {
            continue;
        }
        rules += 1;
        let reports = count(code, ".report(");
        let (broken, sound) = (count(tests, "finds(&RULE,"), count(tests, "silent(&RULE,"));
        let (offers, mended) = (count(code, ".fix("), count(tests, "fixes(&RULE,"));
        let name = path.display();
        if broken < reports {
            missing.push(format!("{name}: {reports} reports, {broken} of them with a broken network"));
        }
        if sound == 0 {
            missing.push(format!("{name}: no sound network"));
        }
        if (offers > 0) != (mended > 0) {
            missing.push(format!("{name}: {offers} fixes, {mended} tests of them"));
        }
    }
    assert_eq!(rules, RULES.len(), "one file for each rule");
    assert!(missing.is_empty(), "{missing:#?}");
}
