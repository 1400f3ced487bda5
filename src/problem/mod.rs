//! Findings: what rules, importers and plans report.

use crate::{
    edit::Command,
    model::{Field, ResourceId},
};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// AWS will refuse it, or the design cannot work.
    Error,
    /// It will be accepted and is probably a mistake.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// The word in reports: `error`, `warning`, `info`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// A resource that a finding is about, and the field where that is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The resource.
    pub id: ResourceId,
    /// The place inside it.
    pub field: Option<Field>,
}

/// A change that would mend a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What the button says.
    pub label: String,
    /// What it does.
    pub command: Command,
}

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The rule, in kebab case: `subnet-outside-vpc`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The culprit first, then what else is concerned.
    pub subjects: Vec<Subject>,
    /// What is wrong here, one sentence with names and values.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Ways to mend it with one click.
    pub fixes: Vec<Fix>,
}
