//! Why a command was not carried out.

use crate::model::ResourceId;

/// A sentence that says what is wrong and what to do, and the resources it speaks of.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// The sentence.
    pub message: String,
    /// The resources concerned.
    pub subjects: Vec<ResourceId>,
}

impl Refusal {
    /// A refusal that concerns these resources.
    pub fn new(message: impl Into<String>, subjects: impl IntoIterator<Item = ResourceId>) -> Self {
        Self { message: message.into(), subjects: subjects.into_iter().collect() }
    }
}
