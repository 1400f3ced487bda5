//! Changing a document: a [`Command`] says what the user asked, [`plan`](plan()) turns it into a
//! [`Transaction`](crate::model::Transaction) or refuses with a reason, [`History`] undoes and redoes.
//!
//! `edit` refuses only what cannot be represented or drawn; what AWS would reject is for `rules`.

pub mod changes;
pub mod clip;
pub mod command;
mod draft;
mod fresh;
pub mod history;
mod homes;
pub mod plan;
pub mod refusal;
pub mod verdict;

pub use changes::{Change, Fate, changes};
pub use clip::Clip;
pub use command::{Command, ConnectTarget};
pub use history::History;
pub use plan::{Planned, plan};
pub use refusal::Refusal;
pub use verdict::{Dragged, connect_verdict, drop_verdict};

#[cfg(test)]
mod tests;
