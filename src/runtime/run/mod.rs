//! Carries out plans: the files beside a document, the calls, the clock, the private keys.
//!
//! [`Workspace`] is one document in one account and region. It looks ([`Workspace::prepare`]), and it
//! carries out what was planned ([`Workspace::apply`]).

mod adopt;
mod drift;
mod drive;
mod keep;
mod kept_cloud;
mod look;
mod rehearse;
mod target;
mod workspace;

#[cfg(test)]
mod tests;

pub use drive::{Cancel, Watch, cancel_pair};
pub use keep::{Paths, fresh_number};
pub use target::{Cloud, Pace, open_target};
pub use workspace::{Ended, Goal, Workspace};
