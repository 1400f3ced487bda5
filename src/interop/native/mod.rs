//! The program's own file format: bytes to a document and back.
//!
//! Reading goes through fixed stages, each with its own file and its own kind of refusal: limits on
//! the bytes (`scan`), JSON without doubled keys (`strict`), the version (`migrate`), the fields
//! (`decode`), the references (`references`). Nothing that cannot be represented is dropped silently.

mod decode;
mod encode;
mod fault;
mod migrate;
mod references;
mod scan;
mod strict;
#[cfg(test)]
mod tests;

pub use encode::write;
pub use fault::{FileError, MAX_BYTES, MAX_DEPTH, MAX_RESOURCES};

pub use references::each_broken_reference;

use crate::model::Document;

/// The name of the format.
pub const FORMAT: &str = "vpcscape";
/// The version that is written.
pub const VERSION: u32 = 1;
/// How the name of a file in this format ends.
pub const ENDING: &str = ".vpcscape.json";

/// Reads a document.
///
/// # Errors
/// One sentence with the place: too large, not text, not JSON, another format, a newer version, a
/// field that is unknown, missing or of the wrong type, a reference that leads nowhere or to a
/// resource of the wrong kind.
pub fn read(bytes: &[u8]) -> Result<Document, FileError> {
    let text = scan::text(bytes)?;
    let root = strict::parse(text)?;
    let root = migrate::to_current(root)?;
    let document = decode::document(root)?;
    references::verify(&document.topology)?;
    Ok(document)
}
