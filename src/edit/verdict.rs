//! What would come of a drop or of an arrow, cheap enough to ask at every frame of a drag.

use super::{command::ConnectTarget, refusal::Refusal};
use crate::model::{Container, Document, Index, Kind, ResourceId};

/// What hangs on the pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dragged {
    /// A kind from the palette.
    New(Kind),
    /// A resource of the drawing.
    Existing(ResourceId),
}

/// Whether a drop into `into` would be taken, and why not: the answer that `plan` would give.
pub fn drop_verdict(
    _document: &Document,
    _index: &Index,
    _what: &Dragged,
    _into: &Container,
) -> Result<(), Refusal> {
    Ok(())
}

/// Whether an arrow from `from` to `to` would be taken, and why not: the answer that `plan` would give.
pub fn connect_verdict(
    _document: &Document,
    _index: &Index,
    _from: &ResourceId,
    _to: &ConnectTarget,
) -> Result<(), Refusal> {
    Ok(())
}
