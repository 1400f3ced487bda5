//! The real EC2 API, with Systems Manager, Service Quotas and STS beside it:
//! [`CloudApi`](crate::cloud::CloudApi) over AWS's own SDK. The only room that names it.
//!
//! Nothing is decided here: a call is sent once, its reply or its refusal is turned into plain data.
//! One file per group of calls.

mod account;
mod acl;
mod answer;
mod api;
mod block_public_access;
mod connect;
mod describe;
mod dry_run;
mod dump;
mod endpoint;
mod failure;
mod gateways;
mod http;
mod instance;
mod interfaces;
mod key_pair;
mod live;
mod live_network;
mod nat;
mod objects;
mod objects_change;
mod objects_live;
mod routing;
mod security_group;
mod subnet;
mod tags;
mod vpc;
mod vpn;

pub use connect::{Aws, CliFiles, ConnectError, Options, Timeouts};
pub use dump::Dump;
