//! What Copy takes and Paste puts in.

use serde::{Deserialize, Serialize};

use crate::model::{Placement, Resource, ResourceId};

/// Copied resources with their placements; references among them are renamed at paste.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clip {
    /// The resources, containers first.
    pub resources: Vec<Resource>,
    /// Their placements, where they had one.
    pub placements: Vec<(ResourceId, Placement)>,
}

/// The lane and container of a clip survive only as the resources' own fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClipMark;
