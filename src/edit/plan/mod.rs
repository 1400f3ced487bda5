//! From a wish to a list of changes, or to a refusal. Pure and total; one file per command.

mod batch;
mod connect;
mod delete;
mod diagram;
mod lanes;
mod main_table;
mod move_into;
mod paste;
mod place;
mod region;
mod set;
mod settings;
mod take_over;

use super::{command::Command, draft::Draft, refusal::Refusal};
use crate::model::{Document, Index, ResourceId, Transaction};

/// What a command comes to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Planned {
    /// The changes; none where everything is as asked already.
    pub transaction: Transaction,
    /// What is selected afterwards; the selection stays where this is `None`.
    pub select: Option<Vec<ResourceId>>,
    /// What the user should know, such as which route table an arrow has edited and whom it serves.
    pub notes: Vec<String>,
}

/// Plans a command on a document. `index` must be that of the document.
pub fn plan(document: &Document, index: &Index, command: &Command) -> Result<Planned, Refusal> {
    let draft = Draft::new(document, index);
    match command {
        Command::Place { kind, into, at, name } => place::plan(draft, *kind, into, *at, name.as_deref()),
        Command::Move { placements } => diagram::plan_move(draft, placements),
        Command::Tidy { placements } => diagram::plan_tidy(draft, placements),
        Command::MoveInto { id, into, at } => move_into::plan(draft, id, into, *at),
        Command::Connect { from, to } => connect::plan(draft, from, to),
        Command::Set { id, field, to } => set::plan(draft, id, field, to),
        Command::Rename { id, name } => settings::plan_rename(draft, id, name),
        Command::SetTags { id, tags } => settings::plan_tags(draft, id, tags),
        Command::Delete { ids } => delete::plan(draft, ids),
        Command::Duplicate { ids } => paste::plan_duplicate(draft, ids),
        Command::Paste { clip, into, at } => paste::plan_paste(draft, clip, into.as_ref(), *at),
        Command::SetLanes { vpc, zones } => lanes::plan(draft, vpc, zones),
        Command::SetMainRouteTable { table } => main_table::plan(draft, table),
        Command::TakeOver { resources } => take_over::plan(draft, resources),
        Command::SetRegion { region } => region::plan(draft, region),
        Command::SetName { name } => settings::plan_document_name(draft, name),
        Command::SetCheck { name, check } => settings::plan_check(draft, name, check.as_ref()),
        Command::Suppress { of, reason } => settings::plan_suppression(draft, of, reason.as_deref()),
        Command::SetSeverity { code, level } => settings::plan_severity(draft, code, *level),
        Command::Batch { label, commands } => batch::plan(document, index, label, commands),
    }
}
