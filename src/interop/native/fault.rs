//! What can be wrong with a file, each in one sentence.

use std::fmt;

use super::VERSION;
use crate::t;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
/// The most resources that a file may hold.
pub const MAX_RESOURCES: usize = 100_000;
/// How deep objects and lists may be nested.
pub const MAX_DEPTH: usize = 64;

/// A line and a column, both counted from one; columns count bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Why a file was not read. Displayed as one sentence that names the place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Nothing is in it.
    Empty,
    /// More than [`MAX_BYTES`]; the number of bytes.
    TooLarge(u64),
    /// Not UTF-8 from here on.
    NotText(Position),
    /// Nested more than [`MAX_DEPTH`] deep.
    TooDeep(Position),
    /// The JSON ends before it is complete.
    Truncated(Position),
    /// Not JSON; the parser's words.
    NotJson(Position, String),
    /// A key stands twice in one object; the path to it.
    Duplicate(Position, String),
    /// More than [`MAX_RESOURCES`].
    TooMany(Position),
    /// JSON, but not of this program: no `format`.
    Foreign,
    /// `format` says something that this program does not know.
    UnknownFormat(String),
    /// A version that a later program wrote.
    Newer(u32),
    /// Something is wrong at a place such as `resources.subnet-a.cidr_block`; what, in words.
    At {
        /// The path from the top of the file.
        place: String,
        /// What is wrong there.
        what: String,
    },
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl FileError {
    /// An error at a path.
    pub(super) fn at(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self::At { place: place.into(), what: what.into() }
    }

    fn sentence(&self) -> String {
        match self {
            Self::Empty => t!("file-empty"),
            Self::TooLarge(bytes) => {
                t!("file-too-large", size = bytes.to_string(), limit = MAX_BYTES / (1024 * 1024))
            }
            Self::NotText(at) => t!("file-not-text", line = at.line, column = at.column),
            Self::TooDeep(at) => t!("file-too-deep", line = at.line, column = at.column, limit = MAX_DEPTH),
            Self::Truncated(at) => t!("file-truncated", line = at.line, column = at.column),
            Self::NotJson(at, detail) => {
                t!("file-not-json", line = at.line, column = at.column, detail = detail)
            }
            Self::Duplicate(at, place) => {
                t!("file-duplicate", line = at.line, column = at.column, place = place)
            }
            Self::TooMany(at) => {
                t!("file-too-many", line = at.line, column = at.column, limit = MAX_RESOURCES.to_string())
            }
            Self::Foreign => t!("file-foreign"),
            Self::UnknownFormat(found) => t!("file-unknown-format", found = found, version = VERSION),
            Self::Newer(found) => t!("file-newer", found = *found, version = VERSION),
            Self::At { place, what } => t!("file-at", place = place, what = what),
        }
    }
}

/// A parser's message about a field in our own words, with the part of the path that it adds.
pub(super) fn explain(message: &str, value: Option<&serde_json::Value>) -> (Option<String>, String) {
    if let Some((field, expected)) = quoted(message, "unknown field ") {
        let known = expected.map_or_else(String::new, |it| t!("file-known-fields", fields = it));
        return (Some(field), t!("file-unknown-field", known = known));
    }
    if let Some((field, _)) = quoted(message, "missing field ") {
        return (None, t!("file-missing-field", field = field));
    }
    if let Some((variant, expected)) = quoted(message, "unknown variant ") {
        let expected = expected.unwrap_or_default();
        return (None, t!("file-unknown-word", found = variant, expected = expected));
    }
    for prefix in ["invalid type: ", "invalid value: "] {
        let parts = message.strip_prefix(prefix).and_then(|rest| rest.rsplit_once(", expected "));
        if let Some((_, expected)) = parts {
            let found = value.map_or_else(|| t!("file-a-null"), describe);
            return (None, t!("file-wrong-type", found = found, expected = expectation(expected)));
        }
    }
    let is_address = ["invalid IP", "invalid IPv4", "invalid CIDR"].iter().any(|it| message.starts_with(it));
    match value {
        Some(value) if is_address => (None, t!("file-bad-address", found = describe(value))),
        _ => (None, message.to_owned()),
    }
}

/// Splits ``unknown field `x`, expected one of `a`, `b` `` into `x` and the list behind `expected`.
fn quoted(message: &str, prefix: &str) -> Option<(String, Option<String>)> {
    let rest = message.strip_prefix(prefix)?.strip_prefix('`')?;
    let Some((word, expected)) = rest.rsplit_once("`, expected ") else {
        let word = rest.split("`, there").next().unwrap_or(rest);
        return Some((word.trim_end_matches('`').to_owned(), None));
    };
    // The word is the user's and may hold the separator; the parser's own list never does.
    let expected = expected.trim_start_matches("one of ").replace("` or `", "`, `");
    Some((word.to_owned(), Some(expected)))
}

/// What stands in the file, short enough for one sentence.
fn describe(value: &serde_json::Value) -> String {
    use serde_json::Value;
    const SHOWN: usize = 60;
    match value {
        Value::Null => t!("file-a-null"),
        Value::Array(_) => t!("file-a-list"),
        Value::Object(_) => t!("file-an-object"),
        Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
        Value::String(text) if text.chars().count() <= SHOWN => format!("`{}`", text.escape_debug()),
        Value::String(text) => {
            let start: String = text.chars().take(SHOWN).collect();
            format!("`{}…`", start.escape_debug())
        }
    }
}

/// The parser's name for what should stand there, in words for people.
fn expectation(expected: &str) -> String {
    match expected {
        "a string" | "string" | "a borrowed string" | "str" => t!("file-want-text"),
        "a boolean" => t!("file-want-switch"),
        "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" => {
            let (from, to) = bounds(expected);
            t!("file-want-number", from = from, to = to)
        }
        "a sequence" => t!("file-a-list"),
        "a map" | "map" => t!("file-an-object"),
        text if text.starts_with("struct ") || text.starts_with("a JSON object") => t!("file-an-object"),
        text if text.contains("network address") => t!("file-want-block"),
        text if text.contains("IPv4 address") => t!("file-want-address"),
        text => text.to_owned(),
    }
}

fn bounds(number: &str) -> (String, String) {
    match number {
        "u8" => (u8::MIN.to_string(), u8::MAX.to_string()),
        "u16" => (u16::MIN.to_string(), u16::MAX.to_string()),
        "i8" => (i8::MIN.to_string(), i8::MAX.to_string()),
        "i16" => (i16::MIN.to_string(), i16::MAX.to_string()),
        "i32" => (i32::MIN.to_string(), i32::MAX.to_string()),
        "u32" => (u32::MIN.to_string(), u32::MAX.to_string()),
        "i64" => (i64::MIN.to_string(), i64::MAX.to_string()),
        _ => (u64::MIN.to_string(), u64::MAX.to_string()),
    }
}
