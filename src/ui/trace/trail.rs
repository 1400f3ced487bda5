//! Which boxes a walk passes, for the canvas.

use std::collections::BTreeMap;

use crate::{
    model::ResourceId,
    reach::{Direction, HopKind, Trace},
    scene::NodeId,
};

/// What a walk has to do with a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// The packet passes here.
    pub forward: bool,
    /// The answer passes here.
    pub reply: bool,
    /// Something here stands in the way.
    pub blocked: bool,
}

/// The boxes that a walk passes; `None` is the internet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trail(BTreeMap<Option<ResourceId>, Mark>);

impl Trail {
    /// The boxes of a walk.
    pub fn of(trace: &Trace) -> Self {
        let mut trail = Self::default();
        for (direction, hops) in [(Direction::Forward, &trace.forward), (Direction::Reply, &trace.reply)] {
            for hop in hops {
                if hop.resource.is_none() && hop.kind != HopKind::Internet {
                    continue;
                }
                let mark = trail.0.entry(hop.resource.clone()).or_default();
                match direction {
                    Direction::Forward => mark.forward = true,
                    Direction::Reply => mark.reply = true,
                }
            }
        }
        for blocker in &trace.blockers {
            trail.0.entry(blocker.resource.clone()).or_default().blocked = true;
        }
        trail
    }

    /// What the walk has to do with a box of the drawing.
    pub fn at(&self, node: &NodeId) -> Option<Mark> {
        match node {
            NodeId::Internet => self.0.get(&None).copied(),
            node => self.0.get(&Some(node.resource()?.clone())).copied(),
        }
    }
}
