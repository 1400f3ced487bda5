//! The display list: boxes, labels, icons, badges and routed arrows made from a document. The canvas
//! paints it and the picture exports write it, so that both look the same.

pub mod geometry;
pub mod icon;
pub mod layout;
pub mod node;
pub mod paint;

pub use geometry::{Point, Rect};
pub use icon::Icon;
pub use node::{Arrow, ArrowKind, Badge, BadgeKind, Node, NodeId, NodeKind, Scene, Shape};
pub use paint::{Align, Detail, Primitive, Role, Theme};
