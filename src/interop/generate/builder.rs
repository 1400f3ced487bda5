//! A document that takes resources up to a number.

use std::sync::Arc;

use crate::model::{Document, Kind, Resource, ResourceId, ResourceKind};

/// A growing network.
pub(super) struct Builder {
    document: Document,
    count: usize,
}

impl Builder {
    /// A VPC, its main route table, its default network ACL and its default security group.
    pub(super) const DEFAULTS: usize = 4;

    pub(super) fn new(document: Document, count: usize) -> Self {
        Self { document, count }
    }

    /// Whether nothing more fits.
    pub(super) fn is_full(&self) -> bool {
        self.document.topology.resources.len() >= self.count
    }

    /// The id that a resource of this name gets. Names are unique per kind, so no look-up is needed.
    pub(super) fn id(kind: Kind, name: &str) -> ResourceId {
        ResourceId::from_name(kind.id_prefix(), name)
    }

    /// Adds a resource, or leaves it out when the network is full. Returns its id.
    pub(super) fn put(&mut self, kind: Kind, name: &str, fields: impl Into<ResourceKind>) -> ResourceId {
        let id = Self::id(kind, name);
        if !self.is_full() {
            self.force(&id, name, fields.into());
        }
        id
    }

    /// Adds a VPC and what AWS makes with it, all or nothing; says whether there was room.
    pub(super) fn put_together(&mut self, parts: [(Kind, String, ResourceKind); Self::DEFAULTS]) -> bool {
        if self.document.topology.resources.len() + parts.len() > self.count {
            return false;
        }
        for (kind, name, fields) in parts {
            self.force(&Self::id(kind, &name), &name, fields);
        }
        true
    }

    fn force(&mut self, id: &ResourceId, name: &str, fields: ResourceKind) {
        let resource = Resource::new(id.clone(), name, fields);
        self.document.topology.resources.insert(id.clone(), Arc::new(resource));
    }

    pub(super) fn finish(self) -> Document {
        self.document
    }
}
