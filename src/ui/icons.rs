//! Icons as textures, drawn from their SVG at the size at which they are shown, so that they are sharp
//! at any zoom.

use std::collections::BTreeMap;

use eframe::egui::{
    self, Color32, ColorImage, Id, Image, Mesh, Pos2, Rect, TextureHandle, TextureOptions, Ui, vec2,
};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg,
};

use crate::scene::{Icon, Theme};

/// The largest texture of an icon, in pixels a side: beyond it a soft edge is cheaper than the memory.
const MAX_PIXELS: u32 = 512;
/// How many textures are kept before those are dropped that no zoom shows any more.
const KEPT: usize = 600;

type Key = (Icon, bool, u32);

/// The textures that exist. Lives in egui's memory, so that every panel shares them.
#[derive(Clone, Default)]
struct Textures(BTreeMap<Key, TextureHandle>);

/// The texture of an icon that is shown `side` points wide.
pub fn texture(ctx: &egui::Context, icon: Icon, theme: Theme, side: f32) -> Option<TextureHandle> {
    let pixels = quantise(side * ctx.pixels_per_point());
    let key = (icon, theme == Theme::Dark, pixels);
    let found = ctx.data_mut(|data| {
        let textures = data.get_temp_mut_or_default::<Textures>(Id::NULL);
        if textures.0.len() > KEPT {
            textures.0.clear();
        }
        textures.0.get(&key).cloned()
    });
    if found.is_some() {
        return found;
    }
    let image = rasterise(icon, theme, pixels)?;
    // Loading takes the context's lock, so it cannot happen inside of `data_mut`.
    let handle = ctx.load_texture(format!("icon-{icon:?}-{pixels}"), image, TextureOptions::LINEAR);
    ctx.data_mut(|data| {
        data.get_temp_mut_or_default::<Textures>(Id::NULL).0.insert(key, handle.clone());
    });
    Some(handle)
}

/// An icon as a widget of `side` points in the theme that is in use.
pub fn image(ui: &Ui, icon: Icon, side: f32) -> Option<Image<'static>> {
    let theme = if ui.visuals().dark_mode { Theme::Dark } else { Theme::Light };
    let handle = texture(ui.ctx(), icon, theme, side)?;
    Some(Image::new((handle.id(), vec2(side, side))))
}

/// The size in pixels of the texture for an icon of this size: never smaller, and at most an eighth
/// larger, so that a zoom gesture does not draw every icon anew at each step.
fn quantise(pixels: f32) -> u32 {
    let wanted = pixels.ceil().clamp(4.0, MAX_PIXELS as f32) as u32;
    let step = (wanted.next_power_of_two() / 16).max(1);
    wanted.div_ceil(step) * step
}

fn rasterise(icon: Icon, theme: Theme, pixels: u32) -> Option<ColorImage> {
    let tree = usvg::Tree::from_str(icon.svg(theme), &usvg::Options::default()).ok()?;
    let mut pixmap = Pixmap::new(pixels, pixels)?;
    let size = tree.size();
    let scale = pixels as f32 / size.width().max(size.height());
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let side = pixels as usize;
    Some(ColorImage::from_rgba_premultiplied([side, side], pixmap.data()))
}

/// Icons of one frame, gathered by texture: as many draw calls as there are textures, not as icons.
#[derive(Debug, Default)]
pub struct IconBatch {
    meshes: BTreeMap<Key, Mesh>,
}

impl IconBatch {
    /// Adds an icon at a place on the screen.
    pub fn add(&mut self, ctx: &egui::Context, icon: Icon, theme: Theme, rect: Rect) {
        let key = (icon, theme == Theme::Dark, quantise(rect.width() * ctx.pixels_per_point()));
        if let std::collections::btree_map::Entry::Vacant(entry) = self.meshes.entry(key) {
            let Some(handle) = texture(ctx, icon, theme, rect.width()) else {
                return;
            };
            entry.insert(Mesh::with_texture(handle.id()));
        }
        if let Some(mesh) = self.meshes.get_mut(&key) {
            let whole = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0));
            mesh.add_rect_with_uv(rect, whole, Color32::WHITE);
        }
    }

    /// Paints them all.
    pub fn paint(self, painter: &egui::Painter) {
        for mesh in self.meshes.into_values() {
            painter.add(mesh);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_can_be_drawn_in_both_themes() {
        for icon in Icon::ALL {
            for theme in [Theme::Light, Theme::Dark] {
                let image = rasterise(*icon, theme, 32).expect("the SVG can be read");
                let painted = image.pixels.iter().filter(|pixel| pixel.a() > 0).count();
                assert!(painted > 100, "{icon:?} is nearly empty: {painted} pixels");
            }
        }
    }

    #[test]
    fn a_texture_is_never_smaller_than_shown_and_hardly_larger() {
        for pixels in 4..=512u32 {
            let found = quantise(pixels as f32);
            assert!(found >= pixels, "{pixels} became {found}");
            assert!(found <= pixels + pixels / 8 + 1, "{pixels} became {found}");
        }
    }
}
