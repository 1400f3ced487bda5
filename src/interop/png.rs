//! The picture as PNG: the SVG, painted with the embedded font. System fonts are asked only for scripts
//! that it does not have, so that a machine without fonts makes a readable picture.

use std::sync::Arc;

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb},
};

use super::svg;
use crate::{
    scene::{Icon, Scene, Theme, measure},
    t,
};

/// The longest side: more is refused by common viewers and by textures of graphics cards.
pub const MAX_SIDE: u32 = 16_384;
/// The most pixels: 256 MB while painting.
pub const MAX_PIXELS: u64 = 64_000_000;

/// The scale at which a picture can be made: the wanted one, or the largest that keeps to the limits.
pub fn scale_for(scene: &Scene, wanted: f32) -> f32 {
    let page = svg::page(scene);
    let (width, height) = (f64::from(page.width().max(1.0)), f64::from(page.height().max(1.0)));
    let sane = if wanted.is_finite() && wanted > 0.0 { f64::from(wanted) } else { 1.0 };
    let by_side = f64::from(MAX_SIDE - 1) / width.max(height);
    let by_area = (MAX_PIXELS as f64 / (width * height)).sqrt();
    sane.min(by_side).min(by_area) as f32
}

/// The sentence to show where the picture must be smaller than wanted.
pub fn note(scene: &Scene, wanted: f32) -> Option<String> {
    let scale = scale_for(scene, wanted);
    if scale >= wanted {
        return None;
    }
    let percent = |scale: f32| (scale * 100.0).round() as i64;
    let (scale, wanted, total) = (percent(scale), percent(wanted), MAX_PIXELS / 1_000_000);
    Some(t!("scene-png-scaled-down", scale = scale, wanted = wanted, limit = MAX_SIDE, total = total))
}

/// Paints the picture, `scale` pixels per world unit or fewer where it would be too large (see [`note`]).
pub fn write(scene: &Scene, theme: Theme, scale: f32) -> Result<Vec<u8>, String> {
    let drawing = svg::write(scene, theme);
    let page = svg::page(scene);
    let scale = scale_for(scene, scale);
    let side = |length: f32| ((length * scale).ceil() as u32).clamp(1, MAX_SIDE);
    let (width, height) = (side(page.width()), side(page.height()));
    // Whole pixels on both sides: otherwise the last row would be half paper, half nothing.
    let exact = Transform::from_scale(width as f32 / page.width(), height as f32 / page.height());
    let pixmap = paint(&drawing, width, height, exact)?;
    pixmap.encode_png().map_err(|error| t!("scene-png-not-drawn", why = error.to_string()))
}

/// An icon as `side` by `side` pixels, red, green, blue and opacity, not premultiplied. The canvas makes
/// its textures of these.
pub fn icon(icon: Icon, theme: Theme, side: u32) -> Result<Vec<u8>, String> {
    let side = side.clamp(1, 1024);
    let pixmap =
        paint(icon.svg(theme), side, side, Transform::from_scale(side as f32 / 48.0, side as f32 / 48.0))?;
    Ok(pixmap
        .pixels()
        .iter()
        .flat_map(|pixel| {
            let color = pixel.demultiply();
            [color.red(), color.green(), color.blue(), color.alpha()]
        })
        .collect())
}

fn paint(drawing: &str, width: u32, height: u32, transform: Transform) -> Result<Pixmap, String> {
    let failed = |why: String| t!("scene-png-not-drawn", why = why);
    let tree = tree(drawing).map_err(failed)?;
    let mut pixmap = Pixmap::new(width, height).ok_or_else(|| failed(format!("{width} × {height}")))?;
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    Ok(pixmap)
}

/// The drawing as the renderer sees it.
fn tree(drawing: &str) -> Result<Tree, String> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(measure::FONT.to_vec());
    if !drawing.chars().all(measure::is_covered) {
        fonts.load_system_fonts();
    }
    let options = Options { font_family: "Ubuntu".to_owned(), fontdb: Arc::new(fonts), ..Options::default() };
    Tree::from_str(drawing, &options).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests;
