//! Bytes to documents and back.

pub mod describe;
pub mod generate;
pub mod native;
pub mod png;
pub mod report;
pub mod schema;
pub mod svg;
pub mod templates;
pub mod walk_report;
