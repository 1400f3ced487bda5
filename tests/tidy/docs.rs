//! Generated pages are fresh.

use std::{env, fs};

use super::root;

/// Compares a page with what the code says, or writes it where `UPDATE_DOCS` is set.
fn page(path: &str, fresh: &str) {
    let file = root().join(path);
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, fresh).unwrap();
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(found == fresh, "{path} is stale: run `UPDATE_DOCS=1 cargo test --test tidy`");
}

#[test]
fn the_rules_page_is_fresh() {
    page("docs/rules.md", &vpcscape::rules::docs::markdown());
}

#[test]
fn the_shortcuts_page_is_fresh() {
    page("docs/shortcuts.md", &vpcscape::ui::command::page::shortcuts_page());
}

#[test]
fn the_page_of_the_command_line_is_fresh() {
    page("docs/cli.md", &vpcscape::cli::docs::markdown());
}

#[test]
fn the_schema_of_the_file_format_is_fresh() {
    page("docs/file-format.schema.json", &vpcscape::interop::schema::text());
}
