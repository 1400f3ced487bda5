//! A deterministic in-memory EC2: the offline target, and the test bed of the deploy engine.
//!
//! [`SimulatedCloud`] is plain data with one function that changes it, `handle(call, now)`: it knows
//! neither clocks nor threads. It refuses what EC2 refuses with EC2's codes, makes and removes the
//! objects that EC2 makes and removes by itself, and moves through EC2's states as time, which the
//! caller counts, passes. [`SimulatedApi`] wraps it for callers of [`CloudApi`](crate::cloud::CloudApi).

mod account;
mod acl;
mod address;
mod api;
mod block_public_access;
mod catalogue;
mod clock;
mod defaults;
mod describe;
mod dispatch;
mod drive;
mod egress_only;
mod endpoint;
mod endpoint_change;
mod faults;
mod file;
mod filters;
mod foreign;
mod gateway;
mod group;
mod group_rules;
mod ids;
mod instance;
mod instance_power;
mod interface;
mod interface_alone;
mod ipv6;
mod key;
mod limits;
mod nat;
mod nat_addresses;
mod nat_regional;
mod objects;
mod objects_check;
mod objects_transit;
mod route;
mod route_table;
mod state;
mod subnet;
mod tags;
mod vpc;
mod vpc_blocks;
mod vpn;

#[cfg(test)]
mod tests;

pub use api::SimulatedApi;
pub use drive::{Driven, Driver, Timeline, drive};
pub use faults::{Fault, Faults, PlannedFault};
pub use file::FileError;
pub use foreign::ForeignInterface;
pub use limits::Limits;
pub use state::SimulatedCloud;
