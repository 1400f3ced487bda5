//! The real window without a screen: pointer and keys go in, the session's document comes out.
//!
//! State is asserted first, pictures last. Pictures need a Vulkan driver; on a machine without a graphics
//! card that is Mesa's software rasteriser (Debian: `mesa-vulkan-drivers`).
#![cfg(test)]

mod beyond;
mod checks;
mod connecting;
mod drift;
mod drops;
mod findings;
mod fitting;
mod foreign;
mod keyboard;
mod marks;
mod matrix;
mod pictures;
mod quiet;
mod selecting;
mod tracing;
mod tutorial;
mod window;
