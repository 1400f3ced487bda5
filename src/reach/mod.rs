//! The packet walk: can A talk to B on the drawing, and if not, why not?
//!
//! [`Network`] is prepared once per version of a topology; [`walk`](walk()) then follows one
//! [`Flow`] forward and back and tells every step with what decided it. The order of steps is that
//! of AWS: source interface, security group, network ACL, route table, gateways, network ACL,
//! security group; replies meet stateless filters only. Blockers carry the explanation codes of
//! Reachability Analyzer, so that a user can compare.

mod addresses;
mod balancer;
mod between;
pub mod connect;
mod ends;
mod filter;
mod flow;
mod gateways;
pub mod grid;
mod matrix;
mod network;
mod open;
mod reply;
mod route;
mod saved;
mod steps;
mod trace;
mod walk;
mod words;

#[cfg(test)]
mod naive;
#[cfg(test)]
pub(crate) mod random;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_between;

pub use flow::{Flow, FlowError, Party};
pub use matrix::{Classes, Matrix};
pub use network::{Held, Interface, Network};
pub use open::{Open, open};
pub use saved::{CheckResult, run_checks};
pub use trace::{Blocker, Code, Decision, Direction, Hop, HopKind, Step, Trace, Verdict};
pub use walk::walk;
