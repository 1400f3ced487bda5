//! The drawing as a fix would make it: the boxes that it adds, changes or removes are outlined.

use eframe::egui::{CornerRadius, Painter, Shape, Stroke, StrokeKind};

use super::{cache::Cache, dashes, look::Look, viewport::Lens};
use crate::{edit::Fate, model::ResourceId, scene::Rect, ui::problems::Preview};

/// How far a line stands off its box, in points.
const OFF: f32 = 4.0;

/// The picture of a preview.
#[derive(Debug)]
pub struct Picture {
    /// Boxes and arrows.
    pub cache: Cache,
    fates: Vec<(ResourceId, Fate)>,
}

impl Picture {
    /// The picture that is there, where it is of this preview, or a new one.
    pub fn of(kept: Option<Self>, preview: &Preview) -> Self {
        kept.filter(|it| it.cache.shows(&preview.document)).unwrap_or_else(|| Self {
            cache: Cache::of(&preview.document, &preview.index, 0, &preview.problems),
            fates: preview.fates().map(|(id, fate)| (id.clone(), fate)).collect(),
        })
    }
}

/// Outlines what changes: `before` has the boxes that would go.
pub fn paint(painter: &Painter, lens: &Lens, look: &Look, picture: &Picture, before: &Cache) {
    for (id, fate) in &picture.fates {
        match fate {
            Fate::Added => each(&picture.cache, id, |rect| {
                let stroke = Stroke::new(2.5, look.good);
                let rect = lens.screen_rect(rect).expand(OFF);
                painter.rect_stroke(rect, CornerRadius::same(6), stroke, StrokeKind::Middle);
            }),
            Fate::Changed => {
                let stroke = Stroke::new(2.5, look.accent);
                each(&picture.cache, id, |rect| dashed(painter, lens, rect, stroke));
            }
            Fate::Removed => {
                each(before, id, |rect| dashed(painter, lens, rect, Stroke::new(2.0, look.bad)));
            }
        }
    }
}

fn each(cache: &Cache, id: &ResourceId, mut paint: impl FnMut(&Rect)) {
    for at in cache.scene.positions_of(id) {
        if let Some(node) = cache.node(at) {
            paint(&node.rect);
        }
    }
}

fn dashed(painter: &Painter, lens: &Lens, rect: &Rect, stroke: Stroke) {
    let mut shapes: Vec<Shape> = Vec::new();
    let outline = dashes::outline(lens.screen_rect(rect).expand(OFF));
    dashes::add(&mut shapes, &outline, stroke, lens.canvas);
    painter.extend(shapes);
}
