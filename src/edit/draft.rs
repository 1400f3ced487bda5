//! The changes of one command while they are being worked out: a thin layer over a document.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{plan::Planned, refusal::Refusal};
use crate::{
    model::{
        Check, Container, Document, Index, Kind, Op, Placement, Resource, ResourceId, ResourceKind,
        RuleLevel, Suppressed, Topology, Transaction,
    },
    t, words,
};

/// A document with changes laid over it. Nothing is copied but what changes.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    document: &'a Document,
    index: &'a Index,
    resources: BTreeMap<ResourceId, Option<Arc<Resource>>>,
    /// What was put, by kind, so that a large paste need not look through all of itself.
    put_by_kind: BTreeMap<Kind, BTreeSet<ResourceId>>,
    placements: BTreeMap<ResourceId, Option<Placement>>,
    lanes: BTreeMap<ResourceId, Option<Vec<String>>>,
    checks: BTreeMap<String, Option<Check>>,
    suppressions: BTreeMap<Suppressed, Option<String>>,
    severities: BTreeMap<String, Option<RuleLevel>>,
    region: Option<String>,
    name: Option<String>,
    notes: Vec<String>,
    select: Option<Vec<ResourceId>>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(document: &'a Document, index: &'a Index) -> Self {
        Self {
            document,
            index,
            resources: BTreeMap::new(),
            put_by_kind: BTreeMap::new(),
            placements: BTreeMap::new(),
            lanes: BTreeMap::new(),
            checks: BTreeMap::new(),
            suppressions: BTreeMap::new(),
            severities: BTreeMap::new(),
            region: None,
            name: None,
            notes: Vec::new(),
            select: None,
        }
    }

    /// The document below the changes.
    pub(super) fn document(&self) -> &'a Document {
        self.document
    }

    /// The network below the changes.
    pub(super) fn topology(&self) -> &'a Topology {
        &self.document.topology
    }

    /// The look-ups over the document below the changes.
    pub(super) fn index(&self) -> &'a Index {
        self.index
    }

    /// A resource with the changes so far.
    pub(super) fn get(&self, id: &ResourceId) -> Option<&Resource> {
        match self.resources.get(id) {
            Some(changed) => changed.as_deref(),
            None => self.document.topology.get(id),
        }
    }

    /// The fields of a resource with the changes so far.
    pub(super) fn kind(&self, id: &ResourceId) -> Option<&ResourceKind> {
        self.get(id).map(|resource| &resource.kind)
    }

    /// The resource, or the refusal that says that it is gone.
    pub(super) fn require(&self, id: &ResourceId) -> Result<&Resource, Refusal> {
        self.get(id).ok_or_else(|| gone(id))
    }

    /// What a message calls a resource.
    pub(super) fn label(&self, id: &ResourceId) -> String {
        self.get(id).map_or(id.as_str(), Resource::label).to_owned()
    }

    /// The resources of a kind that were added or changed so far.
    pub(super) fn touched_of(&self, kind: Kind) -> impl Iterator<Item = &ResourceId> {
        self.put_by_kind.get(&kind).into_iter().flatten()
    }

    /// Adds or replaces a resource.
    pub(super) fn put(&mut self, resource: Resource) {
        let ids = self.put_by_kind.entry(resource.kind.kind()).or_default();
        ids.insert(resource.id.clone());
        self.resources.insert(resource.id.clone(), Some(Arc::new(resource)));
    }

    /// Changes the fields of a resource; one that does not exist stays so.
    pub(super) fn change(&mut self, id: &ResourceId, change: impl FnOnce(&mut ResourceKind)) {
        if let Some(mut resource) = self.get(id).cloned() {
            change(&mut resource.kind);
            self.put(resource);
        }
    }

    /// Removes a resource with its placement, lanes and what is suppressed about it.
    pub(super) fn remove(&mut self, id: &ResourceId) {
        self.resources.insert(id.clone(), None);
        self.placements.insert(id.clone(), None);
        if self.document.diagram.lanes.contains_key(id) {
            self.lanes.insert(id.clone(), None);
        }
        for of in self.document.suppressions.keys().filter(|of| of.resource == *id) {
            self.suppressions.insert(of.clone(), None);
        }
    }

    /// Sets or clears a placement.
    pub(super) fn place(&mut self, id: &ResourceId, placement: Option<Placement>) {
        self.placements.insert(id.clone(), placement);
    }

    /// The placement with the changes so far.
    pub(super) fn placement(&self, id: &ResourceId) -> Option<Placement> {
        match self.placements.get(id) {
            Some(changed) => *changed,
            None => self.document.diagram.placements.get(id).copied(),
        }
    }

    /// Moves a box to a place, keeping its size; without a place the layout chooses.
    pub(super) fn place_at(&mut self, id: &ResourceId, at: Option<(i32, i32)>) {
        let old = self.placement(id).unwrap_or_default();
        let placement = at.map(|(x, y)| Placement { x: coordinate(x), y: coordinate(y), ..old });
        self.place(id, placement);
    }

    /// The drawn lanes of a VPC with the changes so far.
    pub(super) fn lanes(&self, vpc: &ResourceId) -> &[String] {
        match self.lanes.get(vpc) {
            Some(changed) => changed.as_deref().unwrap_or_default(),
            None => self.document.diagram.lanes.get(vpc).map_or(&[], Vec::as_slice),
        }
    }

    /// Sets the drawn lanes of a VPC.
    pub(super) fn set_lanes(&mut self, vpc: &ResourceId, zones: Vec<String>) {
        self.lanes.insert(vpc.clone(), (!zones.is_empty()).then_some(zones));
    }

    /// Draws a lane of this zone also when no subnet is in it.
    pub(super) fn ensure_lane(&mut self, vpc: &ResourceId, zone: &str) {
        let mut lanes = self.lanes(vpc).to_vec();
        if !lanes.iter().any(|lane| lane == zone) {
            lanes.push(zone.to_owned());
            self.set_lanes(vpc, lanes);
        }
    }

    /// Adds, changes or removes a saved check.
    pub(super) fn set_check(&mut self, name: &str, check: Option<Check>) {
        self.checks.insert(name.to_owned(), check);
    }

    /// Suppresses a finding for a reason, or lets it speak again.
    pub(super) fn suppress(&mut self, of: &Suppressed, reason: Option<String>) {
        self.suppressions.insert(of.clone(), reason);
    }

    /// Gives the findings of a rule another severity, or their own.
    pub(super) fn set_severity(&mut self, code: &str, level: Option<RuleLevel>) {
        self.severities.insert(code.to_owned(), level);
    }

    /// Changes the region's name; the resources that carry it are changed apart.
    pub(super) fn set_region(&mut self, region: &str) {
        self.region = Some(region.to_owned());
    }

    /// Changes the document's name.
    pub(super) fn set_name(&mut self, name: &str) {
        self.name = Some(name.to_owned());
    }

    /// Adds a sentence for the user.
    pub(super) fn note(&mut self, sentence: String) {
        self.notes.push(sentence);
    }

    /// What is selected afterwards.
    pub(super) fn select(&mut self, ids: Vec<ResourceId>) {
        self.select = Some(ids);
    }

    /// Whether an id is in use, now or before the changes.
    pub(super) fn is_taken(&self, id: &ResourceId) -> bool {
        self.resources.contains_key(id) || self.topology().resources.contains_key(id)
    }

    /// An id that is free, from a kind's prefix and a name.
    pub(super) fn free_id(&self, kind: Kind, name: &str) -> ResourceId {
        Topology::fresh_id(kind, name, |id| self.is_taken(id))
    }

    /// The names in use by resources of a kind.
    pub(super) fn names(&self, kind: Kind) -> BTreeSet<String> {
        let below = self.index.of_kind(kind).iter();
        let above = self.touched_of(kind);
        below
            .chain(above)
            .filter_map(|id| self.get(id))
            .filter(|resource| resource.kind.kind() == kind)
            .map(|resource| resource.name.clone())
            .collect()
    }

    /// The resources of a kind with the changes so far, in the order of ids.
    pub(super) fn of_kind(&self, kind: Kind) -> Vec<&Resource> {
        let ids: BTreeSet<&ResourceId> =
            self.index.of_kind(kind).iter().chain(self.touched_of(kind)).collect();
        ids.into_iter()
            .filter_map(|id| self.get(id))
            .filter(|resource| resource.kind.kind() == kind)
            .collect()
    }

    /// Turns what differs from the document into ops.
    pub(super) fn finish(self, label: String) -> Planned {
        let document = self.document;
        let mut ops = Vec::new();
        if let Some(after) = self.region.filter(|after| *after != document.topology.region) {
            ops.push(Op::Region { before: document.topology.region.clone(), after });
        }
        if let Some(after) = self.name.filter(|after| *after != document.name) {
            ops.push(Op::Name { before: document.name.clone(), after });
        }
        for (id, before, after) in changes(&document.topology.resources, self.resources) {
            ops.push(Op::Put { id, before, after });
        }
        for (id, before, after) in changes(&document.diagram.placements, self.placements) {
            ops.push(Op::Place { id, before, after });
        }
        for (vpc, before, after) in changes(&document.diagram.lanes, self.lanes) {
            ops.push(Op::Lanes { vpc, before, after });
        }
        for (name, before, after) in changes(&document.checks, self.checks) {
            ops.push(Op::PutCheck { name, before, after });
        }
        for (of, before, after) in changes(&document.suppressions, self.suppressions) {
            ops.push(Op::PutSuppression { of, before, after });
        }
        for (code, before, after) in changes(&document.severities, self.severities) {
            ops.push(Op::PutSeverity { code, before, after });
        }
        Planned { transaction: Transaction { label, ops }, select: self.select, notes: self.notes }
    }
}

/// The entries of a layer that differ from what lies below, with both sides.
fn changes<K: Ord, V: Clone + PartialEq>(
    below: &BTreeMap<K, V>,
    layer: BTreeMap<K, Option<V>>,
) -> impl Iterator<Item = (K, Option<V>, Option<V>)> {
    layer
        .into_iter()
        .map(|(key, after)| (below.get(&key).cloned(), key, after))
        .filter(|(before, _, after)| before != after)
        .map(|(before, key, after)| (key, before, after))
}

/// A coordinate that cannot overflow when boxes are nested.
pub(super) fn coordinate(value: i32) -> i32 {
    const FAR: i32 = 1_000_000;
    value.clamp(-FAR, FAR)
}

/// The refusal for a resource that does not exist.
pub(super) fn gone(id: &ResourceId) -> Refusal {
    Refusal::new(t!("edit-gone", id = id), [id.clone()])
}

/// The name of a kind, in the user's language.
pub(super) fn kind_name(kind: Kind) -> String {
    words::text(&format!("kind-{}", kind.as_str()), &[])
}

/// The VPC that a container lies in.
pub(super) fn vpc_of_container<'a>(topology: &'a Topology, into: &'a Container) -> Option<&'a ResourceId> {
    match into {
        Container::Region => None,
        Container::Vpc(vpc) | Container::Lane(vpc, _) => Some(vpc),
        Container::Subnet(subnet) => topology.vpc_of(subnet),
    }
}

/// Names in backticks with commas: `` `a`, `b` and 3 more ``.
pub(super) fn list(names: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let shown = shown.join(", ");
    match names.len().checked_sub(SHOWN) {
        Some(more) if more > 0 => t!("edit-list-more", shown = shown, more = more),
        _ => shown,
    }
}
