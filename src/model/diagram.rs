//! Where things stand: apart from the network, so that moving a box never changes a plan.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::id::ResourceId;

/// The position of a box relative to the top left corner of what contains it, and its size where
/// the user gave it one. Units are those of the canvas at zoom 1 (logical pixels), whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Placement {
    /// To the right.
    pub x: i32,
    /// Downwards.
    pub y: i32,
    /// Width, where chosen by the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<i32>,
    /// Height, where chosen by the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<i32>,
}

/// The picture of a document. A resource without a placement is placed by the layout.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Diagram {
    /// Placements by resource. A subnet's is relative to its lane, anything else's to its container.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub placements: BTreeMap<ResourceId, Placement>,
    /// The Availability Zone lanes of each VPC that are drawn even when empty, left to right.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub lanes: BTreeMap<ResourceId, Vec<String>>,
}
