//! What a user can ask for.

use super::clip::Clip;
use crate::model::{
    Check, Container, Field, Kind, Placement, Resource, ResourceId, ResourceKind, RuleLevel, Suppressed, Tags,
};

/// A wish to change the document. Plain data, so that it can be logged, compared, offered as a fix
/// and scripted by tests.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// A new resource of a kind, as by a drop from the palette. What AWS makes with it comes with
    /// it (a VPC brings its main table, default network ACL and default group), and so does what
    /// it cannot work without (a NAT gateway brings its Elastic IP; a subnet proposes the next
    /// free block).
    Place {
        /// The kind.
        kind: Kind,
        /// Where it was dropped; what cannot live there is refused with the reason.
        into: Container,
        /// The place relative to that container; the layout chooses where it is empty.
        at: Option<(i32, i32)>,
        /// The name; one is made up where it is empty (`subnet-2`).
        name: Option<String>,
    },
    /// Boxes are moved inside their containers or resized.
    Move {
        /// The new placements, relative to the container as in the file.
        placements: Vec<(ResourceId, Placement)>,
    },
    /// A box is dropped into another container: a subnet changes its lane, an instance its subnet,
    /// an internet gateway is attached to a VPC or detached from it.
    MoveInto {
        /// The resource.
        id: ResourceId,
        /// Its new container.
        into: Container,
        /// The place relative to that container.
        at: Option<(i32, i32)>,
    },
    /// An arrow is drawn. From a subnet to a gateway it edits the subnet's effective route table;
    /// to a route table or network ACL it associates; from an instance to a security group or key
    /// pair it uses them; from an Elastic IP to a NAT gateway or instance it associates.
    Connect {
        /// Where the arrow starts.
        from: ResourceId,
        /// Where it ends.
        to: ConnectTarget,
    },
    /// One field of one resource changes: the whole kind with that field changed.
    Set {
        /// The resource.
        id: ResourceId,
        /// The field that changed, for the label of the undo step.
        field: Field,
        /// The resource's fields afterwards; the kind must stay the same.
        to: Box<ResourceKind>,
    },
    /// A resource gets another name; its id stays.
    Rename {
        /// The resource.
        id: ResourceId,
        /// The new name.
        name: String,
    },
    /// A resource gets other tags.
    SetTags {
        /// The resource.
        id: ResourceId,
        /// All its tags afterwards, without `Name`.
        tags: Tags,
    },
    /// Resources are removed with everything that cannot exist without them; mere mentions of them
    /// are removed too. What AWS makes with a VPC goes only with that VPC.
    Delete {
        /// The resources.
        ids: Vec<ResourceId>,
    },
    /// Resources and what they contain are copied beside themselves.
    Duplicate {
        /// The resources.
        ids: Vec<ResourceId>,
    },
    /// A clip is put in, with fresh ids and, for subnets, free blocks.
    Paste {
        /// What was copied.
        clip: Clip,
        /// Where to; its own container where this is empty.
        into: Option<Container>,
        /// The place of the first resource relative to that container.
        at: Option<(i32, i32)>,
    },
    /// The drawn lanes of a VPC change; a lane with subnets stays.
    SetLanes {
        /// The VPC.
        vpc: ResourceId,
        /// The zone names, left to right.
        zones: Vec<String>,
    },
    /// Another table becomes the VPC's main one.
    SetMainRouteTable {
        /// The table.
        table: ResourceId,
    },
    /// Resources become what an account has, with their fields and ids as they are there.
    TakeOver {
        /// The resources: those that are drawn are changed, the others are added.
        resources: Vec<Resource>,
    },
    /// The region changes, and with it zone and service names that follow from it.
    SetRegion {
        /// The new region.
        region: String,
    },
    /// The document gets another name.
    SetName {
        /// The new name.
        name: String,
    },
    /// A saved check is added, changed or removed.
    SetCheck {
        /// Its name.
        name: String,
        /// The check; `None` removes it.
        check: Option<Check>,
    },
    /// What a rule says about a resource is meant to be so, or no longer.
    Suppress {
        /// The rule and the resource.
        of: Suppressed,
        /// Why; `None` lets the finding speak again.
        reason: Option<String>,
    },
    /// The findings of a rule get another severity in this document.
    SetSeverity {
        /// The rule.
        code: String,
        /// The level; `None` gives the rule its own again.
        level: Option<RuleLevel>,
    },
    /// Every box is laid out anew (the placements come from `scene::layout`).
    Tidy {
        /// The new placements of everything.
        placements: Vec<(ResourceId, Placement)>,
    },
    /// Several commands as one step of undo; each is planned on what the ones before it left.
    Batch {
        /// What the user did.
        label: String,
        /// The steps.
        commands: Vec<Command>,
    },
}

/// Where an arrow may end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConnectTarget {
    /// On a resource.
    Resource(ResourceId),
    /// On the internet outside: stands for the internet gateway attached to the subnet's VPC.
    Internet,
}
