//! What an edge of the map looks like: a line with an arrow head and a small label in its middle.

use eframe::egui::{
    CornerRadius, FontFamily, FontId, Pos2, Shape, Stroke, Vec2,
    epaint::{RectShape, TextShape},
};
use egui_graphs::{DisplayEdge, DisplayNode, DrawContext, EdgeProps, Node};
use petgraph::{EdgeType, stable_graph::IndexType};

use super::graph::{MapEdge, MapNode};
use crate::{
    scene::{Role, Theme},
    ui::theme,
};

const LABEL_SIZE: f32 = 10.0;
/// Text below this size, in points, is not legible.
const LEGIBLE: f32 = 5.0;
const HEAD: f32 = 9.0;
/// How far the two lines of a pair of edges in opposite directions stand from each other.
const APART: f32 = 5.0;

/// An arrow on the map.
#[derive(Debug, Clone)]
pub struct Arrow {
    label: String,
    dead: bool,
}

impl From<EdgeProps<MapEdge>> for Arrow {
    fn from(props: EdgeProps<MapEdge>) -> Self {
        Self { label: props.label, dead: props.payload.dead }
    }
}

/// The ends of the line in units of the graph. It keeps a little to its right, so that the line back
/// has room beside it.
fn ends<E, Ty, Ix, D>(start: &Node<MapNode, E, Ty, Ix, D>, end: &Node<MapNode, E, Ty, Ix, D>) -> (Pos2, Pos2)
where
    E: Clone,
    Ty: EdgeType,
    Ix: IndexType,
    D: DisplayNode<MapNode, E, Ty, Ix>,
{
    let way = (end.location() - start.location()).normalized();
    let aside = Vec2::new(-way.y, way.x) * APART;
    (start.display().closest_boundary_point(way) + aside, end.display().closest_boundary_point(-way) + aside)
}

impl<Ty, Ix, D> DisplayEdge<MapNode, MapEdge, Ty, Ix, D> for Arrow
where
    Ty: EdgeType,
    Ix: IndexType,
    D: DisplayNode<MapNode, MapEdge, Ty, Ix>,
{
    fn shapes(
        &mut self,
        start: &Node<MapNode, MapEdge, Ty, Ix, D>,
        end: &Node<MapNode, MapEdge, Ty, Ix, D>,
        ctx: &DrawContext<'_>,
    ) -> Vec<Shape> {
        let dark = ctx.ctx.global_style().visuals.dark_mode;
        let theme = if dark { Theme::Dark } else { Theme::Light };
        let color = theme::role_color(if self.dead { Role::ArrowBlackhole } else { Role::ArrowOther }, theme);
        let (from, to) = ends(start, end);
        let (from, to) = (ctx.meta.canvas_to_screen_pos(from), ctx.meta.canvas_to_screen_pos(to));
        let way = (to - from).normalized();
        let (head, across) =
            (way * HEAD * ctx.meta.zoom, Vec2::new(-way.y, way.x) * HEAD * 0.4 * ctx.meta.zoom);
        let tip = vec![to, to - head + across, to - head - across];
        let mut shapes = vec![
            Shape::line_segment([from, to - head * 0.5], Stroke::new(1.5, color)),
            Shape::convex_polygon(tip, color, Stroke::NONE),
        ];
        let size = (LABEL_SIZE * ctx.meta.zoom * 2.0).round() / 2.0;
        if size >= LEGIBLE && !self.label.is_empty() {
            let tokens = theme::tokens(dark);
            let font = FontId::new(size, FontFamily::Proportional);
            let galley = ctx.painter.layout_no_wrap(self.label.clone(), font, tokens.text);
            let at = from.lerp(to, 0.5) - galley.size() / 2.0;
            let ground = theme::role_color(Role::Background, theme);
            let rect = galley.rect.translate(at.to_vec2()).expand(1.0);
            shapes.push(Shape::Rect(RectShape::filled(rect, CornerRadius::same(2), ground)));
            shapes.push(TextShape::new(at, galley, tokens.text).into());
        }
        shapes
    }

    fn update(&mut self, state: &EdgeProps<MapEdge>) {
        self.label.clone_from(&state.label);
        self.dead = state.payload.dead;
    }

    fn is_inside(
        &self,
        start: &Node<MapNode, MapEdge, Ty, Ix, D>,
        end: &Node<MapNode, MapEdge, Ty, Ix, D>,
        pos: Pos2,
    ) -> bool {
        let (from, to) = ends(start, end);
        let along = to - from;
        let part = ((pos - from).dot(along) / along.length_sq().max(f32::EPSILON)).clamp(0.0, 1.0);
        (from + along * part).distance(pos) <= APART
    }
}
