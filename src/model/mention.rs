//! How one resource mentions another.

use super::id::{Field, ResourceId};

/// One resource's mention of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The field that holds the mention.
    pub field: Field,
    /// The resource that is mentioned; it need not exist.
    pub to: ResourceId,
}

/// The field of a mention before it is a text: look-ups over a large network need only the names in
/// it, and writing `routes[2].gateway_id` for each costs more than all the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    root: &'static str,
    at: Option<usize>,
    name: &'static str,
}

impl Mention {
    /// In a field of the resource itself: `vpc_id`.
    pub(super) const fn new(root: &'static str) -> Self {
        Self { root, at: None, name: "" }
    }

    /// In element `at` of a list: in its field `name`, or the element itself where that is empty.
    pub(super) const fn item(root: &'static str, at: usize, name: &'static str) -> Self {
        Self { root, at: Some(at), name }
    }

    /// The field as text: `routes[2].gateway_id`.
    pub fn field(self) -> Field {
        match self.at {
            None => Field::new(self.root),
            Some(at) => Field::item(self.root, at, self.name),
        }
    }

    /// The name of the resource's own field: `routes` of `routes[2].gateway_id`.
    pub fn root(self) -> &'static str {
        self.root
    }

    /// The name nearest to the mention: `gateway_id` of `routes[2].gateway_id`, `subnet_ids` of
    /// `subnet_ids[1]`.
    pub fn last_name(self) -> &'static str {
        if self.name.is_empty() { self.root } else { self.name }
    }
}
