//! Tests of the whole cloud.

#[macro_use]
mod bench;
mod faults;
mod fixture;
mod interfaces;
mod life;
mod parts;
mod preflight;
mod refusals;
mod refusals_beyond;
mod refusals_block;
mod refusals_joined;
mod refusals_regional;
mod refusals_traffic;
mod refusals_vpn;
mod storm;
