//! `docs/rules.md`, made from the rules themselves.

use super::{RULES, Rule};

const HEAD: &str = "\
# Rules

Made from `src/rules` by `UPDATE_DOCS=1 cargo test --test tidy`; do not edit.

| code | severity | what it says | AWS page |
| --- | --- | --- | --- |
";

/// The page: one row per rule.
pub fn markdown() -> String {
    RULES.iter().fold(HEAD.to_owned(), |page, rule| page + &row(rule))
}

fn row(rule: &Rule) -> String {
    let (severity, summary) = (rule.severity.as_str(), (rule.summary)());
    format!("| `{}` | {severity} | {summary} | [page]({}) |\n", rule.code, rule.url)
}
