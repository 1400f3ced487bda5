//! Tests of the whole cloud.

#[macro_use]
mod bench;
mod life;
