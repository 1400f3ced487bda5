//! Bytes to documents and back.

pub mod templates;
