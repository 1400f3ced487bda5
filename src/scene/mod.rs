//! The display list: boxes, labels, icons, badges and routed arrows made from a document. The canvas
//! paints it and the picture exports write it, so that both look the same.
//!
//! A document becomes boxes without places (`draft`), the boxes get places (`layout`), the effective
//! routes become arrows between them (`arrows`, `route`), and both become lines and letters (`draw`).

mod arrows;
mod badges;
mod beyond;
pub mod color;
mod draft;
pub mod draw;
pub mod geometry;
pub mod icon;
pub mod layout;
pub mod legend;
pub mod marks;
pub mod measure;
pub mod node;
pub mod paint;
mod route;
#[cfg(test)]
pub(crate) mod samples;
pub mod size;
pub mod spatial;
mod words;

pub use color::color;
pub use draft::is_chip;
pub use draw::{arrow_primitives, node_primitives};
pub use geometry::{Point, Rect};
pub use icon::Icon;
pub use layout::tidy;
pub use legend::legend;
pub use marks::badge_rects;
pub use node::{Arrow, ArrowKind, Badge, BadgeKind, Node, NodeId, NodeKind, Scene, Shape};
pub use paint::{Align, Detail, Primitive, Role, Theme};
pub use spatial::SpatialIndex;

use crate::model::{Document, Index};

/// Makes the picture of a document.
pub fn build(document: &Document, index: &Index) -> Scene {
    let placed = layout::place(document, index, &document.diagram.placements);
    let mut scene = Scene::new(placed.nodes, Vec::new(), placed.shelves);
    let wanted = arrows::collect(&document.topology, index, &scene);
    let arrows = route::route(&scene, wanted);
    scene.set_arrows(arrows);
    scene
}
