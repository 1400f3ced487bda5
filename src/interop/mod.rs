//! Bytes to documents and back.

pub mod native;
pub mod png;
pub mod svg;
pub mod templates;
