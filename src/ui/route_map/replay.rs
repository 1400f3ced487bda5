//! Paints again what was painted before.

use std::sync::Arc;

use eframe::egui::{
    Color32, FontId, Galley, LayerId, Rect, Response, Sense, Ui,
    epaint::{ClippedShape, Shape},
};

/// What one run of a view painted, and for which circumstances.
#[derive(Debug, Default)]
pub struct Replay {
    shapes: Vec<ClippedShape>,
    made_for: Option<Circumstances>,
}

#[derive(Debug, Clone)]
struct Circumstances {
    rect: Rect,
    dark: bool,
    pixels_per_point: f32,
    /// Text laid out with another font texture shows the wrong letters. egui keeps a laid-out text
    /// as long as the texture lives and it is asked for in every frame, so another one means another texture.
    probe: Arc<Galley>,
}

impl Circumstances {
    fn now(ui: &Ui, rect: Rect) -> Self {
        let probe =
            ui.painter().layout_no_wrap("probe".to_owned(), FontId::monospace(9.0), Color32::PLACEHOLDER);
        Self { rect, dark: ui.visuals().dark_mode, pixels_per_point: ui.ctx().pixels_per_point(), probe }
    }

    fn fits(&self, other: &Self) -> bool {
        self.rect == other.rect
            && self.dark == other.dark
            && (self.pixels_per_point - other.pixels_per_point).abs() < f32::EPSILON
            && Arc::ptr_eq(&self.probe, &other.probe)
    }
}

impl Replay {
    /// How much is painted so far on the layer of `ui`: where a recording begins.
    pub fn start(ui: &Ui) -> usize {
        painted(ui, ui.layer_id())
    }

    /// Keeps what was painted since `start`.
    pub fn record(&mut self, ui: &Ui, start: usize, rect: Rect) {
        let layer = ui.layer_id();
        self.shapes = ui.ctx().graphics(|graphics| {
            let entries = graphics.get(layer).map(|list| list.all_entries().skip(start).cloned());
            entries.into_iter().flatten().filter(|entry| !matches!(entry.shape, Shape::Noop)).collect()
        });
        self.made_for = Some(Circumstances::now(ui, rect));
    }

    /// Paints it again in place of the view; nothing when it no longer fits and the view must run.
    pub fn paint(&self, ui: &mut Ui, rect: Rect) -> Option<Response> {
        let now = Circumstances::now(ui, rect);
        if !self.made_for.as_ref().is_some_and(|then| then.fits(&now)) {
            return None;
        }
        let (response, painter) = ui.allocate_painter(ui.available_size(), Sense::click_and_drag());
        for entry in &self.shapes {
            painter.with_clip_rect(entry.clip_rect).add(entry.shape.clone());
        }
        Some(response)
    }
}

fn painted(ui: &Ui, layer: LayerId) -> usize {
    ui.ctx().graphics(|graphics| graphics.get(layer).map_or(0, |list| list.all_entries().len()))
}
