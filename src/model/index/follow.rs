//! Keeping the look-ups true while the topology changes: as much work as there are changes, not as
//! there are resources.

use std::{cmp::Ordering, sync::Arc};

use super::{Index, sole};
use crate::model::{
    id::ResourceId,
    resource::{Kind, Resource, ResourceKind},
    topology::Topology,
};

/// A resource that is not the same in two versions of a topology.
#[derive(Debug, Clone)]
pub struct Change {
    /// Whose change it is.
    pub id: ResourceId,
    /// What it was; `None` for a new one.
    pub before: Option<Arc<Resource>>,
    /// What it is; `None` for one that is gone.
    pub after: Option<Arc<Resource>>,
}

impl Index {
    /// What has changed in a topology since these look-ups were made of it, in the order of ids.
    pub fn changes(&self, topology: &Topology) -> Vec<Change> {
        let mut old = self.resources.iter().peekable();
        let mut new = topology.resources.iter().peekable();
        let mut changes = Vec::new();
        loop {
            let order = match (old.peek(), new.peek()) {
                (None, None) => return changes,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                // What is shared is the same, and is most of it.
                (Some((_, before)), Some((_, after))) if Arc::ptr_eq(before, after) => {
                    old.next();
                    new.next();
                    continue;
                }
                (Some((before, _)), Some((after, _))) => before.cmp(after),
            };
            let before = if order.is_le() { old.next() } else { None };
            let after = if order.is_ge() { new.next() } else { None };
            let Some((id, _)) = before.or(after) else { return changes };
            changes.push(Change {
                id: id.clone(),
                before: before.map(|(_, it)| Arc::clone(it)),
                after: after.map(|(_, it)| Arc::clone(it)),
            });
        }
    }

    /// Brings the look-ups up to date with a topology; answers what has changed.
    pub fn refresh(&mut self, topology: &Topology) -> Vec<Change> {
        let changes = self.changes(topology);
        self.follow(&changes);
        changes
    }

    /// Brings the look-ups up to date with changes that [`Self::changes`] has found; afterwards they
    /// are those of the changed topology.
    pub fn follow(&mut self, changes: &[Change]) {
        for change in changes {
            self.follow_resource(change);
        }
        for change in changes {
            self.follow_mentions(change);
        }
        for change in changes {
            self.follow_special(change);
        }
    }

    fn follow_resource(&mut self, change: &Change) {
        let kind_of = |it: &Option<Arc<Resource>>| it.as_ref().map(|it| it.kind.kind());
        let (before, after) = (kind_of(&change.before), kind_of(&change.after));
        if let Some(kind) = before.filter(|kind| Some(*kind) != after) {
            self.drop_from_kind(kind, &change.id);
        }
        match &change.after {
            Some(resource) => {
                self.put_in_kind(resource);
                match self.resources.get_mut(&change.id) {
                    Some(slot) => *slot = Arc::clone(resource),
                    None => {
                        self.resources.insert_sorted(change.id.clone(), Arc::clone(resource));
                    }
                }
            }
            None => {
                self.resources.shift_remove(&change.id);
            }
        }
    }

    fn drop_from_kind(&mut self, kind: Kind, id: &ResourceId) {
        let Some(of_kind) = self.by_kind.get_mut(&kind) else { return };
        if let Ok(at) = of_kind.ids.binary_search(id) {
            of_kind.ids.remove(at);
            of_kind.resources.remove(at);
        }
        if of_kind.ids.is_empty() {
            self.by_kind.remove(&kind);
        }
    }

    fn put_in_kind(&mut self, resource: &Arc<Resource>) {
        let of_kind = self.by_kind.entry(resource.kind.kind()).or_default();
        match of_kind.ids.binary_search(&resource.id) {
            Ok(at) => {
                if let Some(slot) = of_kind.resources.get_mut(at) {
                    *slot = Arc::clone(resource);
                }
            }
            Err(at) => {
                of_kind.ids.insert(at, resource.id.clone());
                of_kind.resources.insert(at, Arc::clone(resource));
            }
        }
    }

    fn follow_mentions(&mut self, change: &Change) {
        if let Some(before) = &change.before {
            before.kind.each_reference(&mut |_, to| self.forget_mentions(&change.id, to));
        }
        let Some(after) = &change.after else { return };
        after.kind.each_reference(&mut |mention, to| {
            let mentions = self.referrers.entry(to.clone()).or_default();
            let at = mentions.partition_point(|(from, _)| *from <= change.id);
            mentions.insert(at, (change.id.clone(), mention.root()));
        });
    }

    fn forget_mentions(&mut self, from: &ResourceId, to: &ResourceId) {
        let Some(mentions) = self.referrers.get_mut(to) else { return };
        let first = mentions.partition_point(|(it, _)| it < from);
        let end = mentions.partition_point(|(it, _)| it <= from);
        mentions.drain(first..end);
        if mentions.is_empty() {
            self.referrers.swap_remove(to);
        }
    }

    fn follow_special(&mut self, change: &Change) {
        let kind_of = |it: &'_ Option<Arc<Resource>>| it.clone();
        if let Some(before) = kind_of(&change.before) {
            self.forget_special(&change.id, &before.kind);
        }
        if let Some(after) = kind_of(&change.after) {
            self.note_special(&change.id, &after.kind);
        }
    }

    fn forget_special(&mut self, id: &ResourceId, kind: &ResourceKind) {
        if let ResourceKind::GatewayEndpoint(fields) = kind {
            for table in &fields.route_table_ids {
                if let Some(endpoints) = self.table_endpoints.get_mut(table) {
                    endpoints.retain(|it| it != id);
                    if endpoints.is_empty() {
                        self.table_endpoints.swap_remove(table);
                    }
                }
            }
        }
        let Some((what, vpc)) = sole(kind) else { return };
        let table = self.sole_table(what);
        if table.get(vpc) != Some(id) {
            return;
        }
        table.swap_remove(vpc);
        // The next one by id takes its place.
        let is_one = |it: &ResourceId| {
            self.kind(it).and_then(sole).is_some_and(|(also, of)| also == what && of == vpc)
        };
        let next = self.users(vpc, "vpc_id").find(|it| is_one(it)).cloned();
        if let Some(next) = next {
            self.sole_table(what).insert(vpc.clone(), next);
        }
    }
}
