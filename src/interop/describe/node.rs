//! A value of a record with the place where it stands, and lenient ways to read it.

use std::{cell::RefCell, str::FromStr};

use serde_json::Value;

use super::report::Note;
use crate::{
    model::{ResourceId, Tags},
    t,
};

/// What could not be understood while reading; shared by all nodes of an import.
pub(super) type Faults = RefCell<Vec<Note>>;

/// A JSON value, its file and its path there.
#[derive(Clone)]
pub(super) struct Node<'a> {
    pub value: &'a Value,
    pub file: &'a str,
    pub path: String,
    pub faults: &'a Faults,
}

impl Node<'_> {
    /// Writes down that something here was not understood.
    pub fn fault(&self, why: String) {
        let note = Note { place: format!("{}: {}", self.file, self.path), why };
        self.faults.borrow_mut().push(note);
    }

    /// The value of a field; none where it is absent or `null`.
    pub fn get(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name).filter(|value| !value.is_null())?;
        Some(Self { value, path: format!("{}.{name}", self.path), ..self.clone() })
    }

    fn wrong(&self, expected: &str) {
        self.fault(t!("import-wrong-type", expected = expected));
    }

    /// A text; a number counts as its digits.
    pub fn text(&self, name: &str) -> Option<String> {
        let node = self.get(name)?;
        match node.value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => {
                node.wrong("a text");
                None
            }
        }
    }

    /// A text that is not empty.
    pub fn word(&self, name: &str) -> Option<String> {
        self.text(name).filter(|text| !text.is_empty())
    }

    /// Whether a field says so; the texts `true` and `enable` count, as options write them.
    pub fn flag(&self, name: &str) -> Option<bool> {
        let node = self.get(name)?;
        match node.value {
            Value::Bool(value) => Some(*value),
            Value::String(text) => match text.to_ascii_lowercase().as_str() {
                "true" | "enable" | "enabled" => Some(true),
                "false" | "disable" | "disabled" => Some(false),
                _ => {
                    node.wrong("true or false");
                    None
                }
            },
            _ => {
                node.wrong("true or false");
                None
            }
        }
    }

    /// A text that means something: an address, a block, a number, a protocol.
    pub fn parse<T: FromStr>(&self, name: &str, expected: &str) -> Option<T> {
        let text = self.word(name)?;
        let parsed = text.trim().parse().ok();
        if parsed.is_none() {
            let node = self.get(name).unwrap_or_else(|| self.clone());
            node.fault(t!("import-wrong-value", value = shorten(&text), expected = expected));
        }
        parsed
    }

    /// An id as AWS gives it.
    pub fn id(&self, name: &str) -> Option<ResourceId> {
        self.parse(name, "an id")
    }

    /// The entries of a list; none where it is absent.
    pub fn list(&self, name: &str) -> Vec<Self> {
        let Some(node) = self.get(name) else { return Vec::new() };
        let Value::Array(entries) = node.value else {
            node.wrong("a list");
            return Vec::new();
        };
        let entry = |(at, value)| Self { value, path: format!("{}[{at}]", node.path), ..node.clone() };
        entries.iter().enumerate().map(entry).collect()
    }

    /// The ids in a list of texts.
    pub fn ids(&self, name: &str) -> Vec<ResourceId> {
        self.list(name).iter().filter_map(Self::as_id).collect()
    }

    fn as_id(&self) -> Option<ResourceId> {
        let id = self.value.as_str().and_then(|text| ResourceId::new(text).ok());
        if id.is_none() {
            self.wrong("an id");
        }
        id
    }

    /// The blocks or addresses in a list of texts.
    pub fn parsed<T: FromStr>(&self, name: &str, expected: &str) -> Vec<T> {
        let parse = |node: Self| {
            let parsed = node.value.as_str().and_then(|text| text.trim().parse().ok());
            if parsed.is_none() {
                node.wrong(expected);
            }
            parsed
        };
        self.list(name).into_iter().filter_map(parse).collect()
    }

    /// The tags, and the name that the tag `Name` gives.
    pub fn tags(&self) -> (String, Tags) {
        let mut tags = Tags::new();
        for field in ["Tags", "TagSet"] {
            for tag in self.list(field) {
                if let (Some(key), Some(value)) = (tag.word("Key"), tag.text("Value")) {
                    tags.insert(key, value);
                }
            }
        }
        let name = tags.remove("Name").unwrap_or_default();
        // Nobody may set those that AWS keeps for itself; ours belong to the deploy that wrote them.
        tags.retain(|key, _| !key.starts_with("aws:") && !key.starts_with("vpcscape:"));
        (name, tags)
    }

    /// Whether `State` (a text, or an object with `Name` or `Code`) is one of the words, or absent.
    pub fn state_is(&self, field: &str, words: &[&str]) -> bool {
        let Some(node) = self.get(field) else { return true };
        let word = match node.value {
            Value::Object(_) => node
                .get("Code")
                .filter(|code| code.value.is_string())
                .and_then(|_| node.word("Code"))
                .or_else(|| node.word("Name"))
                .or_else(|| node.word("State")),
            _ => self.word(field),
        };
        word.is_none_or(|word| words.iter().any(|it| it.eq_ignore_ascii_case(&word)))
    }
}

/// The beginning of a text of the user, so that no report carries a novel.
pub(super) fn shorten(text: &str) -> String {
    text.chars().take(60).collect()
}
