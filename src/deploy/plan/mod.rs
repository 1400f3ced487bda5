//! What a deploy or a destroy would do: the actions that a user reviews, and the steps that the
//! engine carries out for them.

mod build;
mod compare;
mod exclusive;
mod json;
mod needs;
mod only;
mod order;
mod problems;
mod removal;
mod removal_objects;
mod replace;
mod states;
mod teardown;
mod undeployed;
mod users;
mod words;

#[cfg(test)]
mod tests;

pub use build::{Request, plan};
pub use json::to_json;
pub use only::only;
pub(in crate::deploy) use order::Followers;
pub(in crate::deploy) use removal::strangers;
pub(in crate::deploy) use words::{differs, replaced};

use std::collections::BTreeSet;

use super::{
    cost::Cost,
    desired::Desired,
    estimate::{Estimate, duration},
    ids::Ids,
    kinds::Aspect,
    occupants::Occupant,
    stamp::{Fingerprint, Stamp},
};
use crate::{
    cloud::{Call, DescribeKind},
    model::{Kind, ResourceId},
    problem::{Problem, Severity},
};

/// The code of the problem that a field cannot be changed and the resource is not made anew for it.
pub const REPLACEMENT: &str = "deploy-replacement";

/// What happens to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActionKind {
    /// It is made.
    Create,
    /// It is there and is changed.
    Update,
    /// It is there, cannot be changed as drawn, and is made anew.
    Replace,
    /// It is there and is removed.
    Delete,
    /// AWS makes it together with its VPC; it becomes ours.
    Adopt,
    /// It is there as drawn.
    NoOp,
}

impl ActionKind {
    /// The sign before the action.
    pub fn glyph(self) -> &'static str {
        match self {
            Self::Create => "+",
            Self::Update => "~",
            Self::Replace => "±",
            Self::Delete => "-",
            Self::Adopt => "=",
            Self::NoOp => " ",
        }
    }

    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Replace => "replace",
            Self::Delete => "delete",
            Self::Adopt => "adopt",
            Self::NoOp => "none",
        }
    }
}

/// One line of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What happens.
    pub kind: ActionKind,
    /// To which resource of the drawing, or of a drawing before.
    pub resource: ResourceId,
    /// What kind of resource it is.
    pub of: Kind,
    /// Its id, where it is there already.
    pub live: Option<String>,
    /// What is done, in words.
    pub title: String,
    /// Why, in words. It explains; nothing is decided by it.
    pub reason: String,
    /// What it means for those who use the resource, in words: what is lost or out of reach.
    pub consequences: Vec<String>,
    /// The resources whose actions must be over before this one is.
    pub after: BTreeSet<ResourceId>,
    /// The calls to be made, `@id` standing for what is yet to be made.
    pub calls: Vec<Call>,
}

impl Action {
    /// What is done, to what.
    fn work(&self) -> (ActionKind, &ResourceId, Option<&str>, &[Call]) {
        (self.kind, &self.resource, self.live.as_deref(), &self.calls)
    }

    /// Whether something is lost or out of reach for a while. What is only changed says what it means
    /// where something breaks.
    pub fn is_dangerous(&self) -> bool {
        matches!(self.kind, ActionKind::Delete | ActionKind::Replace) || !self.consequences.is_empty()
    }
}

/// What a waiting step waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Until {
    /// A VPC or subnet is `available`.
    Available,
    /// A NAT gateway is `available`.
    NatAvailable,
    /// An instance is `running`.
    InstanceRunning,
    /// An endpoint is `available`.
    EndpointAvailable,
    /// An object of a kind of its own is made and not on its way.
    Standing,
    /// A network interface, a gateway or a table is joined to nothing.
    Detached,
    /// The object is no longer listed, or is at the end of its life.
    Gone,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// Makes the object of the resource; this is the how many-th that the run makes for it.
    Create {
        /// 0 for the first.
        attempt: u32,
    },
    /// Finds the object that came with the VPC.
    Find,
    /// Reads one aspect, compares it with the drawing and mends it.
    Mend(Aspect),
    /// Waits until the object has a state.
    Wait {
        /// What describes it.
        describe: DescribeKind,
        /// The object; that of the step's resource where it is empty.
        live: Option<String>,
        /// For what.
        until: Until,
    },
    /// Removes something that is there.
    Remove(Box<Call>),
}

/// One unit of work of the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The action that it belongs to.
    pub action: usize,
    /// The resource.
    pub resource: ResourceId,
    /// What is done.
    pub work: Work,
    /// The steps that must be done before.
    pub after: BTreeSet<usize>,
    /// Once this step is done, these objects are no longer there.
    pub ends: Vec<(ResourceId, String)>,
}

/// Whose credentials carry a plan out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caller {
    /// The ARN of the user or role.
    pub arn: String,
    /// The profile that was asked for.
    pub profile: Option<String>,
}

/// A reviewed plan: everything that is needed to carry it out.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The account.
    pub account: String,
    /// Who carries it out.
    pub caller: Caller,
    /// Whether everything is removed.
    pub destroy: bool,
    /// Whether only what the run made is removed.
    pub only_run: bool,
    /// The actions, in an order in which they could be carried out.
    pub actions: Vec<Action>,
    /// The steps; `after` points into this list.
    pub steps: Vec<Step>,
    /// What stands in the way (errors) and what should be known.
    pub problems: Vec<Problem>,
    /// What it does to the bill.
    pub cost: Cost,
    /// What others have in VPCs that shall go, beside network interfaces: VPC, what it is.
    pub foreign: Vec<(String, Occupant)>,
    /// Whether what others keep from going is left as it is, and the run ends there.
    pub leave_foreign: bool,
    /// How long it takes.
    pub estimate: Estimate,
    /// How long a rehearsal in the simulated cloud took, in milliseconds of its clock.
    pub rehearsed_ms: Option<u64>,
    /// What shall be there.
    pub desired: Desired,
    /// Which objects are known now.
    pub ids: Ids,
    /// The marks of the run that carries it out.
    pub stamp: Stamp,
}

impl Plan {
    /// How many actions of a kind there are.
    pub fn count(&self, kind: ActionKind) -> usize {
        self.actions.iter().filter(|action| action.kind == kind).count()
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.actions.iter().all(|action| action.kind == ActionKind::NoOp)
    }

    /// Whether something is lost or out of reach for a while, so that it should be confirmed by more
    /// than a click.
    pub fn is_dangerous(&self) -> bool {
        self.actions.iter().any(Action::is_dangerous)
    }

    /// Whether something stands in the way, so that it cannot be carried out.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// Whether two plans make the same calls on the same objects. What passes by itself, such as a
    /// gateway that has become available in the meantime, is no difference.
    pub fn does_the_same(&self, other: &Self) -> bool {
        self.has_errors() == other.has_errors()
            && self.stamp == other.stamp
            && self.doing().map(Action::work).eq(other.doing().map(Action::work))
    }

    /// What makes calls.
    fn doing(&self) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(|it| it.kind != ActionKind::NoOp && !it.calls.is_empty())
    }

    /// A hash of what it does: two plans with the same one make the same calls on the same objects.
    pub fn basis(&self) -> String {
        let mut hash = Fingerprint::default();
        let marks = [self.account.as_str(), &self.desired.topology.region, self.stamp.document.as_str()];
        for action in self.doing() {
            let (kind, resource, live, calls) = action.work();
            if let Err(error) = serde_json::to_writer(&mut hash, &(kind.as_str(), resource, live, calls)) {
                hash.update(error.to_string().as_bytes());
            }
        }
        for mark in marks {
            hash.update(mark.as_bytes());
        }
        hash.finish()
    }

    /// How long it takes, in words; nothing where there is nothing to do.
    pub fn takes(&self) -> String {
        match self.rehearsed_ms {
            _ if self.is_empty() => String::new(),
            Some(ms) => crate::t!("deploy-takes-rehearsed", time = duration(ms)),
            None => crate::t!("deploy-takes", time = duration(self.estimate.total_ms)),
        }
    }

    /// Where it goes, and with whose credentials.
    pub fn who(&self) -> String {
        words::who(self)
    }

    /// One sentence about the plan.
    pub fn summary(&self) -> String {
        words::summary(self)
    }
}
