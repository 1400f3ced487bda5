//! The real SDK over real HTTP: against moto, which plays the EC2 API on loopback, and against
//! endpoints that misbehave.
//!
//! The tests make their own Python environment from `tests/support/requirements.txt`. Each test has a
//! region of its own, so that they run side by side. moto carries out many a `DryRun`: none is sent.
#![cfg(test)]
#![cfg(feature = "aws")]

mod agreement;
mod bad_endpoints;
mod cloud;
mod compare;
mod connect;
mod deploy;
mod drift;
mod endpoints;
mod foreign;
mod gateways;
mod import;
mod joined;
mod kill;
mod machines;
mod network;
mod program;
mod proxy;
mod python;
mod read_back;
mod refusals;
mod scripted;
mod security;
mod server;
mod terminal;
mod trouble;
