//! Bytes to documents and back.

pub mod generate;
pub mod native;
pub mod png;
pub mod schema;
pub mod svg;
pub mod templates;
