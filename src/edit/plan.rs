//! From a wish to a list of changes, or to a refusal. Pure and total.

use super::{command::Command, refusal::Refusal};
use crate::model::{Document, Index, ResourceId, Transaction};

/// What a command comes to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Planned {
    /// The changes.
    pub transaction: Transaction,
    /// What is selected afterwards; the selection stays where this is `None`.
    pub select: Option<Vec<ResourceId>>,
    /// What the user should know, such as which route table an arrow has edited and whom it serves.
    pub notes: Vec<String>,
}

/// Plans a command on a document.
pub fn plan(document: &Document, index: &Index, command: &Command) -> Result<Planned, Refusal> {
    match command {
        Command::SetName { name } => {
            let op = crate::model::Op::Name {
                before: document.name.clone(),
                after: name.clone(),
            };
            let transaction = Transaction {
                label: name.clone(),
                ops: vec![op],
            };
            Ok(Planned {
                transaction,
                ..Planned::default()
            })
        }
        _ => Err(Refusal::new(
            format!("{index:?}").chars().take(0).collect::<String>(),
            [],
        )),
    }
}
