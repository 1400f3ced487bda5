//! What a look at an object showed of a state that is waited for.

use crate::t;

/// What a look showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// It is so.
    Reached,
    /// Not yet; the state now, for the reader.
    NotYet(String),
    /// It will never be, with the reason.
    Never(String),
    /// It is not listed at all.
    Absent,
}

impl Look {
    /// Compares a state with the wanted one; `reason` is what the cloud says of a failure.
    pub fn at(state: Option<&str>, wanted: &str, reason: Option<&str>) -> Self {
        match state {
            None => Self::Absent,
            Some(state) if state == wanted => Self::Reached,
            Some(state) if is_going(state) => Self::never(state, reason),
            Some(state) => Self::NotYet(state.to_owned()),
        }
    }

    /// Whether an object of any kind stands: made, not on its way, not on its way out.
    pub fn standing(state: Option<&str>, reason: Option<&str>) -> Self {
        match state {
            None => Self::Absent,
            Some(
                "available" | "active" | "create-complete" | "modify-complete" | "restore-complete"
                | "update-complete" | "pending-acceptance" | "default-state",
            ) => Self::Reached,
            Some(state) if is_going(state) => Self::never(state, reason),
            Some(state) => Self::NotYet(state.to_owned()),
        }
    }

    /// A failure, in words.
    pub fn never(state: &str, reason: Option<&str>) -> Self {
        Self::Never(t!("deploy-never", state = state, reason = reason.unwrap_or(state)))
    }

    /// The first that is not reached.
    pub fn all(looks: impl IntoIterator<Item = Self>) -> Self {
        looks.into_iter().find(|look| *look != Self::Reached).unwrap_or(Self::Reached)
    }
}

/// Whether a state is one on the way out, or of something that never came to be.
pub fn is_going(state: &str) -> bool {
    matches!(
        state,
        "deleting"
            | "deleted"
            | "shutting-down"
            | "terminated"
            | "failed"
            | "failing"
            | "rejected"
            | "rejecting"
            | "expired"
            | "create-failed"
            | "disable-in-progress"
            | "disable-complete"
            | "delete-in-progress"
            | "delete-complete"
            | "delete-failed"
    )
}
