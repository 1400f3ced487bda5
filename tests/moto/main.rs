//! The real SDK over real HTTP: against moto, which plays the EC2 API on loopback, and against
//! endpoints that misbehave.
//!
//! The tests make their own Python environment from `tests/support/requirements.txt`. Each test has a
//! region of its own, so that they run side by side. moto carries out many a `DryRun`: none is sent.
#![cfg(feature = "aws")]

mod cloud;
mod connect;
mod endpoints;
mod gateways;
mod machines;
mod network;
mod python;
mod refusals;
mod scripted;
mod security;
mod server;
