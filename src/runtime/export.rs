//! A document in one of the formats of `vpcscape export`.

use crate::{
    interop::{native, png, svg},
    model::Document,
    scene::{self, Theme},
    session::ExportFormat,
};

/// Pixels per unit of the drawing in a PNG where nothing else is asked for: sharp on dense screens.
pub const DEFAULT_SCALE: f32 = 2.0;

/// The bytes of an export.
///
/// # Errors
/// One sentence.
pub fn bytes(document: &Document, format: ExportFormat, theme: Theme, scale: f32) -> Result<Vec<u8>, String> {
    let drawn = || scene::build(document, &document.topology.index());
    match format {
        ExportFormat::Json => {
            native::write(document).map(String::into_bytes).map_err(|error| error.to_string())
        }
        ExportFormat::Svg => Ok(svg::write(&drawn(), theme).into_bytes()),
        ExportFormat::Png => png::write(&drawn(), theme, scale),
    }
}
