//! What a fix would make of the drawing, while the pointer or the keyboard is on its button.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    edit::{self, Change, Fate},
    model::{Document, Index, ResourceId},
    problem::Problem,
    rules::{self, fix},
    session::Session,
};

/// Above so many resources a fix of every finding of a rule is not tried out before it is asked for.
const MOST_AT_ONCE: usize = 1500;

/// The fix that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// One fix of one finding, by their places.
    One(usize, usize),
    /// Everything that mends the rule of the finding at this place.
    All(usize),
}

/// The drawing as it would be.
#[derive(Debug)]
pub struct Preview {
    wish: Wish,
    revision: u64,
    /// The document afterwards; its address tells one preview from another.
    pub document: Arc<Document>,
    /// Look-ups over it.
    pub index: Index,
    /// What the rules would find then.
    pub problems: Vec<Problem>,
    changes: Vec<Change>,
    fates: BTreeMap<ResourceId, Fate>,
}

impl Preview {
    /// What a fix would make of the document; nothing where the editor would refuse it.
    pub(super) fn of(session: &Session, wish: Wish) -> Option<Self> {
        let (document, index) = (session.document(), session.index());
        let fix = match wish {
            Wish::One(at, number) => session.problems().get(at)?.fixes.get(number)?.clone(),
            Wish::All(_) if document.topology.resources.len() > MOST_AT_ONCE => return None,
            Wish::All(at) => fix::all_of(document, session.problems().get(at)?.code)?,
        };
        let fix::Outcome { document, index, transaction, .. } = fix::carried_out(document, index, &fix)?;
        let changes = edit::changes(&transaction);
        Some(Self {
            wish,
            revision: session.revision(),
            problems: rules::check(&document, &index),
            document: Arc::new(document),
            index,
            fates: changes.iter().map(|it| (it.id.clone(), it.fate)).collect(),
            changes,
        })
    }

    /// Whether this is still what the wish would make of the session's document.
    pub(super) fn is_of(&self, session: &Session, wish: Wish) -> bool {
        self.wish == wish && self.is_current(session)
    }

    /// Whether the document is still the one that the fix was tried on.
    pub fn is_current(&self, session: &Session) -> bool {
        self.revision == session.revision()
    }

    /// What would become of a resource.
    pub fn fate(&self, id: &ResourceId) -> Option<Fate> {
        self.fates.get(id).copied()
    }

    /// The resources that the fix would touch, and how.
    pub fn fates(&self) -> impl Iterator<Item = (&ResourceId, Fate)> {
        self.fates.iter().map(|(id, fate)| (id, *fate))
    }

    /// The changes in words, one line each.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.changes.iter().flat_map(|change| &change.lines).map(String::as_str)
    }
}
