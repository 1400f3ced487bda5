//! `docs/rules.md`, made from the rules themselves.

use std::fmt::Write as _;

use super::RULES;

/// The page: one row per rule.
pub fn markdown() -> String {
    let mut page = String::from(
        "# Rules\n\nMade from `src/rules` by `UPDATE_DOCS=1 cargo test --test tidy`; do not edit.\n\n\
         | code | severity | what it says | AWS page |\n| --- | --- | --- | --- |\n",
    );
    for rule in RULES {
        // Writing to a string cannot fail.
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | [page]({}) |",
            rule.code,
            rule.severity.as_str(),
            (rule.summary)(),
            rule.url
        );
    }
    page
}
