//! What the user says about findings: which are meant to be so, and how grave a rule's are.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::id::ResourceId;

/// A finding that is meant to be so: what one rule says about one resource.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Suppressed {
    /// The rule: `group-open-to-world`.
    pub code: String,
    /// The resource, the first that the finding names.
    pub resource: ResourceId,
}

/// The form of a suppression in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Suppression {
    /// The rule: `group-open-to-world`.
    pub code: String,
    /// The resource, the first that the finding names.
    pub resource: ResourceId,
    /// Why it is meant to be so.
    pub reason: String,
}

/// How grave the findings of a rule are in this file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleLevel {
    /// They stop a deploy.
    Error,
    /// Probably mistakes.
    Warning,
    /// Worth knowing.
    Info,
    /// The rule is not asked.
    Off,
}

impl RuleLevel {
    /// Every level, the gravest first.
    pub const ALL: [Self; 4] = [Self::Error, Self::Warning, Self::Info, Self::Off];

    /// The word in a file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Off => "off",
        }
    }
}
