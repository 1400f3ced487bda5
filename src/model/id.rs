//! Names of things inside a document.

use std::{borrow::Borrow, borrow::Cow, fmt, sync::Arc};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The key of a resource in a document, such as `subnet-public-a`: readable, never reused, never
/// renumbered. An imported resource keeps its AWS id here.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResourceId(Arc<str>);

impl ResourceId {
    /// The longest id, in bytes.
    pub const MAX_LEN: usize = 128;

    /// An id from its text: 1 to 128 ASCII letters, digits, `-`, `_` and `.`.
    pub fn new(text: &str) -> Result<Self, IdError> {
        let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if text.is_empty() || text.len() > Self::MAX_LEN || !text.chars().all(legal) {
            return Err(IdError(text.chars().take(Self::MAX_LEN).collect()));
        }
        Ok(Self(text.into()))
    }

    /// The text of the id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An id made of `prefix` and the legal part of `name`, in lower case with dashes.
    pub fn from_name(prefix: &str, name: &str) -> Self {
        let mut text = String::from(prefix);
        for c in name.chars() {
            if c.is_ascii_alphanumeric() {
                text.push(c.to_ascii_lowercase());
            } else if !text.ends_with('-') {
                text.push('-');
            }
        }
        let text: String = text.trim_matches('-').chars().take(Self::MAX_LEN - 8).collect();
        Self(if text.is_empty() { "resource".into() } else { text.as_str().into() })
    }

    /// The same id with `-number` behind it.
    pub fn numbered(&self, number: usize) -> Self {
        Self(format!("{}-{number}", self.0).into())
    }
}

/// The text cannot be the id of a resource.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a resource id: use 1 to 128 ASCII letters, digits, `-`, `_` and `.`")]
pub struct IdError(pub String);

impl fmt::Display for ResourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ResourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

impl Borrow<str> for ResourceId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for ResourceId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for ResourceId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

impl Serialize for ResourceId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for ResourceId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        Self::new(&text).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for ResourceId {
    fn schema_name() -> Cow<'static, str> {
        "ResourceId".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "The key of another resource in the same file.",
            "pattern": "^[A-Za-z0-9._-]{1,128}$"
        })
    }
}

/// A place inside a resource, in the words of the file: `cidr_block`, `routes[2].gateway_id`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Field(Cow<'static, str>);

impl Field {
    /// A field by its name.
    pub const fn new(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// The field `name` of element `index` of the list `list`.
    pub fn item(list: &str, index: usize, name: &str) -> Self {
        if name.is_empty() {
            Self(format!("{list}[{index}]").into())
        } else {
            Self(format!("{list}[{index}].{name}").into())
        }
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name before the first dot or bracket: `routes` of `routes[2].gateway_id`.
    pub fn root(&self) -> &str {
        self.0.split(['.', '[']).next().unwrap_or_default()
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
