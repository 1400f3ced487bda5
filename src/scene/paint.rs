//! Lines and letters: what a box or an arrow looks like, for the canvas and for the picture exports.

use super::{
    geometry::{Point, Rect},
    icon::Icon,
};

/// A colour by what it is for; [`Theme`] says what it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The paper.
    Background,
    /// Titles.
    Text,
    /// Second lines.
    FaintText,
    /// The region's frame.
    RegionLine,
    /// A VPC's frame.
    VpcLine,
    /// A VPC's ground.
    VpcFill,
    /// A lane's frame.
    LaneLine,
    /// A public subnet's frame.
    PublicLine,
    /// A public subnet's ground.
    PublicFill,
    /// A private subnet's frame.
    PrivateLine,
    /// A private subnet's ground.
    PrivateFill,
    /// A card's border.
    CardLine,
    /// A card's ground.
    CardFill,
    /// A chip's ground.
    ChipFill,
    /// Networking, AWS's purple.
    Networking,
    /// Compute, AWS's orange.
    Compute,
    /// Security, AWS's red.
    Security,
    /// Storage, AWS's green.
    Storage,
    /// Databases, AWS's blue.
    Database,
    /// Arrows to internet gateways.
    ArrowInternet,
    /// Arrows to NAT gateways.
    ArrowNat,
    /// Arrows to endpoints.
    ArrowEndpoint,
    /// An arrow to another network.
    ArrowNetwork,
    /// Arrows onwards and to other targets.
    ArrowOther,
    /// Arrows whose target is gone.
    ArrowBlackhole,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// Dark letters on white.
    #[default]
    Light,
    /// Light letters on near-black.
    Dark,
}

/// Where a text stands relative to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    /// The point is at its left end.
    Left,
    /// The point is in its middle.
    Center,
    /// The point is at its right end.
    Right,
}

/// How much of a box is worth drawing at a zoom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Detail {
    /// Coloured blocks only.
    Blocks,
    /// Frames, icons and titles.
    Titles,
    /// Everything.
    Full,
}

/// One line, ground, text or icon, in world coordinates; sizes scale with the zoom.
#[derive(Debug, Clone, PartialEq)]
pub enum Primitive {
    /// A rectangle with rounded corners.
    Box {
        /// Where.
        rect: Rect,
        /// Radius of the corners.
        radius: f32,
        /// Its ground, if any.
        fill: Option<Role>,
        /// Its border and the border's width, if any.
        line: Option<(Role, f32)>,
        /// Whether the border is dashed.
        dashed: bool,
    },
    /// A line of text; `at` is on the vertical middle of the letters.
    Text {
        /// Where.
        at: Point,
        /// Where the text stands relative to that point.
        align: Align,
        /// Height of the letters' em in world units.
        size: f32,
        /// Its colour.
        role: Role,
        /// The text, already cut to its room.
        text: String,
    },
    /// An icon.
    Icon {
        /// Where.
        rect: Rect,
        /// Which.
        icon: Icon,
    },
    /// A line with bends and, at its end, an arrow head.
    Line {
        /// Its bends.
        points: Vec<Point>,
        /// Its colour.
        role: Role,
        /// Its width.
        width: f32,
        /// Whether it is dashed.
        dashed: bool,
        /// Whether it ends in an arrow head.
        head: bool,
    },
}
