//! What would come of a drop or of an arrow, cheap enough to ask at every frame of a drag.

use super::{
    command::{Command, ConnectTarget},
    plan::plan,
    refusal::Refusal,
};
use crate::model::{Container, Document, Index, Kind, ResourceId};

/// What hangs on the pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dragged {
    /// A kind from the palette.
    New(Kind),
    /// A resource of the drawing.
    Existing(ResourceId),
}

/// Whether a drop into `into` would be taken, and why not. It is the plan itself that answers, so
/// the two cannot differ; a plan touches the resources around the target, never the whole drawing.
pub fn drop_verdict(
    document: &Document,
    index: &Index,
    what: &Dragged,
    into: &Container,
) -> Result<(), Refusal> {
    let into = into.clone();
    let command = match what {
        Dragged::New(kind) => Command::Place { kind: *kind, into, at: None, name: None },
        Dragged::Existing(id) => Command::MoveInto { id: id.clone(), into, at: None },
    };
    plan(document, index, &command).map(|_| ())
}

/// Whether an arrow from `from` to `to` would be taken, and why not: the answer of the plan.
pub fn connect_verdict(
    document: &Document,
    index: &Index,
    from: &ResourceId,
    to: &ConnectTarget,
) -> Result<(), Refusal> {
    let command = Command::Connect { from: from.clone(), to: to.clone() };
    plan(document, index, &command).map(|_| ())
}
