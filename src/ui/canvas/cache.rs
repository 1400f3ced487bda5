//! The scene of the document as it is now, and what is derived from it: made once per revision.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    model::{Document, Index, ResourceId},
    problem::{Problem, Severity},
    scene::{Detail, Node, NodeId, Primitive, Rect, Scene, SpatialIndex, arrow_primitives, node_primitives},
    session::Session,
};

/// The worst severity of a resource's findings, and how many findings it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Findings {
    /// The worst.
    pub worst: Severity,
    /// How many.
    pub count: usize,
}

/// The picture of one version of a document.
#[derive(Debug)]
pub struct Cache {
    revision: u64,
    /// Kept so that its address stays taken: another document cannot be mistaken for this one.
    document: Arc<Document>,
    /// Boxes and arrows.
    pub scene: Scene,
    /// The same by place.
    pub spatial: SpatialIndex,
    /// Findings by the resource that they blame first.
    pub findings: BTreeMap<ResourceId, Findings>,
    titles: Vec<OnceCell<Vec<Primitive>>>,
    full: Vec<OnceCell<Vec<Primitive>>>,
    arrows: Vec<OnceCell<Vec<Primitive>>>,
}

impl Cache {
    /// The picture of the session's document.
    pub fn new(session: &Session) -> Self {
        Self::of(&session.snapshot(), session.index(), session.revision(), session.problems())
    }

    /// The picture of a document; `index` and `problems` must be its own.
    pub fn of(document: &Arc<Document>, index: &Index, revision: u64, problems: &[Problem]) -> Self {
        let scene = crate::scene::build(document, index);
        let spatial = SpatialIndex::new(&scene);
        let cells = |count: usize| (0..count).map(|_| OnceCell::new()).collect();
        Self {
            revision,
            document: Arc::clone(document),
            findings: findings(problems),
            titles: cells(scene.nodes.len()),
            full: cells(scene.nodes.len()),
            arrows: cells(scene.arrows.len()),
            scene,
            spatial,
        }
    }

    /// Whether this is still the picture of the session's document. Another document may have been
    /// opened under the same number, so the document itself is compared too, by its address.
    pub fn is_current(&self, session: &Session) -> bool {
        self.revision == session.revision() && std::ptr::eq(&raw const *self.document, session.document())
    }

    /// Whether this is the picture of a document, by its address.
    pub fn shows(&self, document: &Arc<Document>) -> bool {
        Arc::ptr_eq(&self.document, document)
    }

    /// The lines and letters of a box; made when first asked for.
    pub fn node_primitives(&self, at: usize, detail: Detail) -> &[Primitive] {
        let cells = if detail == Detail::Full { &self.full } else { &self.titles };
        match (cells.get(at), self.scene.nodes.get(at)) {
            (Some(cell), Some(node)) => cell.get_or_init(|| node_primitives(node, detail)),
            _ => &[],
        }
    }

    /// The lines and letters of an arrow; made when first asked for.
    pub fn arrow_primitives(&self, at: usize) -> &[Primitive] {
        match (self.arrows.get(at), self.scene.arrows.get(at)) {
            (Some(cell), Some(arrow)) => cell.get_or_init(|| arrow_primitives(arrow)),
            _ => &[],
        }
    }

    /// The box at a place of the list.
    pub fn node(&self, at: usize) -> Option<&Node> {
        self.scene.nodes.get(at)
    }

    /// The smallest rectangle around the boxes of some resources.
    pub fn bounds_of(&self, ids: &[ResourceId]) -> Option<Rect> {
        ids.iter()
            .flat_map(|id| self.scene.positions_of(id))
            .filter_map(|at| self.node(at))
            .map(|node| node.rect)
            .reduce(|all, rect| all.union(&rect))
    }

    /// Whether a box is, or stands inside of, one of these resources' boxes.
    pub fn is_within(&self, at: usize, ids: &BTreeSet<ResourceId>) -> bool {
        let mut next = Some(at);
        while let Some(node) = next.and_then(|at| self.node(at)) {
            if let NodeId::Resource(id) = &node.id
                && ids.contains(id)
            {
                return true;
            }
            next = node.parent;
        }
        false
    }
}

fn findings(problems: &[Problem]) -> BTreeMap<ResourceId, Findings> {
    let mut all: BTreeMap<ResourceId, Findings> = BTreeMap::new();
    for problem in problems {
        let Some(subject) = problem.subjects.first() else {
            continue;
        };
        let own = Findings { worst: problem.severity, count: 1 };
        all.entry(subject.id.clone())
            .and_modify(|sum| {
                sum.worst = sum.worst.min(problem.severity);
                sum.count += 1;
            })
            .or_insert(own);
    }
    all
}
