//! Faults that a test asks of the simulated cloud, by chance from a seed or by plan.

use serde::{Deserialize, Serialize};

use super::state::{SimulatedCloud, hash_text, mix};
use crate::cloud::{Call, CloudError, Reply};

/// What goes wrong, drawn from a seed. Everything is zero or empty at first: nothing goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Faults {
    /// What the draws depend on, beside the number of the call.
    pub seed: u64,
    /// How many of a thousand calls are refused with `RequestLimitExceeded`.
    pub throttle_per_mille: u16,
    /// How many of a thousand writes take effect and lose their reply.
    pub lost_reply_per_mille: u16,
    /// How many of a thousand describing calls do not yet show what was made in the last `stale_ms`.
    pub stale_describe_per_mille: u16,
    /// How long an object may stay hidden, in milliseconds.
    pub stale_ms: u64,
    /// How many of a thousand NAT gateways fail while they are pending (`InternalError`).
    pub nat_failure_per_mille: u16,
    /// How many of a thousand instances terminate by themselves while they are pending.
    pub instance_failure_per_mille: u16,
    /// Faults of single calls.
    pub planned: Vec<PlannedFault>,
    /// Machine images that this cloud does not have. An offline cloud cannot know all there are, so
    /// it has every other well-formed id.
    pub missing_images: Vec<String>,
    /// Actions that the credentials do not allow.
    pub denied_actions: Vec<String>,
}

/// A fault of one call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedFault {
    /// The action: `CreateSubnet`.
    pub action: String,
    /// Which call of this action, from 1.
    pub nth: u32,
    /// What happens to it.
    pub fault: Fault,
}

/// What can happen to a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It takes effect, and its reply is lost.
    LostReply,
    /// It has no effect, and nobody can tell: to the caller it looks like a lost reply.
    LostRequest,
    /// It does not arrive, and the caller knows.
    Unreachable,
    /// It is refused with this code and message.
    Refused {
        /// EC2's code.
        code: String,
        /// The message.
        message: String,
    },
}

/// What becomes of the call at hand.
pub(super) enum Fate {
    Answered,
    Failed(CloudError),
    ReplyLost,
}

impl SimulatedCloud {
    /// Decides what becomes of a call; `nth` counts the calls of its action.
    pub(super) fn fate(&self, call: &Call, nth: u32) -> Fate {
        let action = call.name();
        let planned = self.faults.planned.iter().find(|fault| fault.action == action && fault.nth == nth);
        match planned.map(|planned| &planned.fault) {
            Some(Fault::LostReply) => return Fate::ReplyLost,
            Some(Fault::LostRequest) => return Fate::Failed(lost()),
            Some(Fault::Unreachable) => return Fate::Failed(CloudError::unreachable("connection refused")),
            Some(Fault::Refused { code, message }) => {
                return Fate::Failed(CloudError::answered(code, message));
            }
            None => {}
        }
        if let Err(denied) = self.allowed(action) {
            return Fate::Failed(denied);
        }
        if self.draw("throttle", action, nth, self.faults.throttle_per_mille) {
            return Fate::Failed(CloudError::answered("RequestLimitExceeded", "Request limit exceeded."));
        }
        if call.is_write() && self.draw("lost", action, nth, self.faults.lost_reply_per_mille) {
            return Fate::ReplyLost;
        }
        Fate::Answered
    }

    /// Refuses what the credentials do not allow.
    fn allowed(&self, action: &str) -> Result<(), CloudError> {
        if self.faults.denied_actions.iter().any(|denied| denied == action) {
            return Err(CloudError::answered(
                "UnauthorizedOperation",
                format!("You are not authorized to perform this operation: ec2:{action}."),
            ));
        }
        Ok(())
    }

    /// Whether the credentials allow a call: EC2 asks this first and carries nothing out.
    pub(super) fn dry_run(&self, call: &Call) -> Result<Reply, CloudError> {
        if !call.takes_dry_run() {
            let message = "The parameter DryRun is not recognized";
            return Err(CloudError::answered("UnknownParameter", message));
        }
        self.allowed(call.name()).map(|()| Reply::Done)
    }

    /// Whether a fault of this probability happens to the `nth` call of an action.
    pub(super) fn draw(&self, fault: &str, action: &str, nth: u32, per_mille: u16) -> bool {
        let roll =
            mix(mix(self.faults.seed ^ hash_text(fault)) ^ hash_text(action).wrapping_add(u64::from(nth)));
        roll % 1000 < u64::from(per_mille)
    }
}

/// The error of a call whose reply did not come.
pub(super) fn lost() -> CloudError {
    CloudError::lost_reply("the connection was closed before the reply arrived")
}
