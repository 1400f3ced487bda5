//! Bytes to documents and back.

pub mod png;
pub mod svg;
pub mod templates;
