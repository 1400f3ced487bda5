//! vpcscape: draw an AWS network, have it checked, deploy it, export it.
//!
//! The rooms and their order are described in ARCHITECTURE.md; a test holds the code to it.

pub mod cloud;
pub mod deploy;
pub mod edit;
pub mod interop;
pub mod model;
pub mod net;
pub mod problem;
pub mod reach;
pub mod rules;
pub mod scene;
pub mod session;
pub mod simulated;
pub mod words;

#[cfg(feature = "aws")]
pub mod aws;
pub mod cli;
pub mod runtime;
pub mod ui;
