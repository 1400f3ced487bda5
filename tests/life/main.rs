//! Whole lives of networks on the simulated cloud: the engine under faults and crashes, judged from
//! outside; the exact plans of single edits; the cloud's own refusals.
#![cfg(test)]

mod beyond;
mod edits;
mod house;
mod joined;
mod probes;
mod storm;
