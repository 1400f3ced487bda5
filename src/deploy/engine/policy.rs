//! How long to wait for what, and what to do about which kind of error.

use crate::{
    cloud::ErrorKind,
    deploy::{kinds::Aspect, plan::Until},
};

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;

/// How many calls are under way at once, at most: more than the rate lets through where a reply takes a
/// second, so that the rate decides and not the bound.
pub const MAX_IN_FLIGHT: usize = 32;

/// How long an object that was made a moment ago may be unknown to parts of EC2.
pub const SETTLE_MS: u64 = MINUTE;

/// How long after a lost reply an object that was made may stay hidden from describing calls.
pub const HIDDEN_MS: u64 = 20 * SECOND;

/// A delay that doubles from `first_ms` up to `most_ms`.
pub fn back_off(tries: u32, first_ms: u64, most_ms: u64) -> u64 {
    first_ms.saturating_mul(1 << tries.min(16)).min(most_ms)
}

/// What a step was doing when an error came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Asking.
    Reading,
    /// Making or changing.
    Writing,
    /// Removing.
    Removing,
}

/// In how many milliseconds to try again after an error, if at all. `tries` counts the errors before
/// this one, `elapsed_ms` the time since the step began.
pub fn retry(kind: ErrorKind, doing: Doing, tries: u32, elapsed_ms: u64) -> Option<u64> {
    let (within, delay) = match kind {
        ErrorKind::Throttled => (10 * MINUTE, back_off(tries, SECOND / 2, 20 * SECOND)),
        ErrorKind::Unreachable => (20 * SECOND, back_off(tries, SECOND, 8 * SECOND)),
        ErrorKind::NotFound => (SETTLE_MS, back_off(tries, SECOND, 8 * SECOND)),
        ErrorKind::IncorrectState => (5 * MINUTE, back_off(tries, 2 * SECOND, 15 * SECOND)),
        // While the blockers are known to clear: interfaces of what has just been removed.
        ErrorKind::DependencyViolation | ErrorKind::AlreadyExists if doing == Doing::Removing => {
            (5 * MINUTE, back_off(tries, 2 * SECOND, 15 * SECOND))
        }
        ErrorKind::LostReply | ErrorKind::Internal | ErrorKind::NotUnderstood if doing != Doing::Writing => {
            (MINUTE, back_off(tries, SECOND, 8 * SECOND))
        }
        _ => return None,
    };
    (elapsed_ms < within).then_some(delay)
}

/// The pause before the first look at what takes seconds: at once nothing would be seen yet, and an
/// emulator or a quiet region is done by then.
pub const FIRST_LOOK_MS: u64 = SECOND;

/// How a state is waited for: the pauses between looks, the longest wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// The shortest pause.
    pub first_ms: u64,
    /// The longest pause.
    pub most_ms: u64,
    /// The longest wait.
    pub budget_ms: u64,
    /// How long it usually takes, for the reader.
    pub usual_secs: u64,
}

impl Patience {
    /// The pause before the next look, a sixteenth of the time that it has taken: what is soon there is
    /// soon seen, and what takes long costs few calls.
    pub fn pause_ms(self, elapsed_ms: u64) -> u64 {
        (elapsed_ms / 16).max(self.first_ms).min(self.most_ms)
    }
}

/// How long to wait for a state.
pub fn patience(until: Until) -> Patience {
    // One call looks at all objects of a kind, so that looking often costs little.
    let (first, most, budget, usual_secs) = match until {
        Until::Available => (SECOND / 20, SECOND, 5 * MINUTE, 2),
        Until::InstanceRunning => (3 * SECOND, 5 * SECOND, 10 * MINUTE, 20),
        Until::NatAvailable => (5 * SECOND, 5 * SECOND, 15 * MINUTE, 100),
        Until::EndpointAvailable => (5 * SECOND, 5 * SECOND, 15 * MINUTE, 60),
        Until::Standing => (2 * SECOND, 5 * SECOND, 20 * MINUTE, 60),
        Until::Detached => (SECOND, 5 * SECOND, 10 * MINUTE, 10),
        Until::Gone => (5 * SECOND, 5 * SECOND, 20 * MINUTE, 60),
    };
    Patience { first_ms: first, most_ms: most, budget_ms: budget, usual_secs }
}

/// How long to wait for what was mended to take effect.
pub fn settle_patience(aspect: Aspect) -> Patience {
    let (first, most, budget, usual_secs) = match aspect {
        Aspect::Settings | Aspect::GatewayAttachment | Aspect::Associations => {
            (2 * SECOND, 10 * SECOND, 15 * MINUTE, 30)
        }
        // Connections through a NAT gateway have minutes to end before an address leaves it.
        Aspect::AddressRelease | Aspect::NatAddresses => (2 * SECOND, 10 * SECOND, 15 * MINUTE, 60),
        Aspect::InstanceType => (5 * SECOND, 15 * SECOND, 15 * MINUTE, 60),
        Aspect::AddBlocks => (2 * SECOND, 10 * SECOND, 5 * MINUTE, 10),
        _ => (SECOND, 5 * SECOND, 5 * MINUTE, 5),
    };
    Patience { first_ms: first, most_ms: most, budget_ms: budget, usual_secs }
}
