//! Paints the part of the scene that is in sight, in screen space: texts at their final size, details
//! by zoom, never more than what is visible.

use eframe::egui::{
    self, Align2, Color32, CornerRadius, FontId, Mesh, Painter, Pos2, Shape, Stroke, StrokeKind,
    epaint::{PathShape, PathStroke, RectShape},
    pos2, vec2,
};

use super::{cache::Cache, dashes, look::Look, viewport::Lens};
use crate::{
    model::Kind,
    scene::{Align, Detail, Node, NodeKind, Primitive, Role, measure, node_primitives},
    ui::icons::IconBatch,
};

/// Below this size letters become a bar.
const LEAST_LETTERS: f32 = 6.0;
/// Below this size not even a bar is painted.
const LEAST_BAR: f32 = 1.6;
/// Font sizes are rounded to this, so that zooming does not fill the font texture.
const FONT_STEP: f32 = 0.5;
/// The size of names on an overview.
const NAME_LETTERS: f32 = 10.0;
/// How far an arrow's head and the width of its line reach beside it, in units of the drawing.
const HEAD: f32 = 12.0;
/// The largest letters.
const MOST_LETTERS: f32 = 96.0;

/// What was painted in the last frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Painted {
    /// Boxes.
    pub nodes: usize,
    /// Arrows.
    pub arrows: usize,
}

/// How much of a box is worth painting at a zoom.
pub fn detail(zoom: f32) -> Detail {
    if zoom < 0.12 {
        Detail::Blocks
    } else if zoom < 0.5 {
        Detail::Titles
    } else {
        Detail::Full
    }
}

/// One frame of painting.
struct Brush<'a> {
    painter: &'a Painter,
    lens: &'a Lens,
    look: &'a Look,
    shapes: Vec<Shape>,
    icons: IconBatch,
}

/// Paints what is in sight. Answers the boxes in sight, in the order of painting, and the counts.
pub fn paint(painter: &Painter, lens: &Lens, look: &Look, cache: &Cache) -> (Vec<usize>, Painted) {
    let visible = lens.visible();
    let nodes = cache.spatial.in_rect(&visible);
    let detail = detail(lens.zoom());
    if detail == Detail::Blocks {
        painter.add(blocks(lens, look, cache, &nodes));
    } else {
        let mut brush = Brush::new(painter, lens, look);
        for at in &nodes {
            for primitive in cache.node_primitives(*at, detail) {
                brush.primitive(primitive);
            }
        }
        brush.finish();
    }
    let arrows = cache.spatial.arrows_in_rect(&cache.scene, &visible.expand(HEAD));
    let mut brush = Brush::new(painter, lens, look);
    for at in &arrows {
        for primitive in cache.arrow_primitives(*at) {
            if detail == Detail::Full || matches!(primitive, Primitive::Line { .. }) {
                brush.primitive(primitive);
            }
        }
    }
    brush.finish();
    if detail == Detail::Blocks {
        names(painter, lens, look, cache, &nodes);
    }
    let painted = Painted { nodes: nodes.len(), arrows: arrows.len() };
    (nodes, painted)
}

/// All boxes as plain rectangles in one mesh: ten thousand of them cost less than a millisecond.
fn blocks(lens: &Lens, look: &Look, cache: &Cache, nodes: &[usize]) -> Mesh {
    let mut mesh = Mesh::default();
    for node in nodes.iter().filter_map(|at| cache.node(*at)) {
        for primitive in node_primitives(node, Detail::Blocks) {
            if let Primitive::Box { rect, fill, line, .. } = primitive {
                let rect = lens.screen_rect(&rect);
                if let Some(fill) = fill {
                    mesh.add_colored_rect(rect, look.role(fill));
                }
                if let Some((role, _)) = line {
                    frame(&mut mesh, rect, look.role(role));
                }
            }
        }
    }
    mesh
}

/// The names of the VPCs that are large enough for one, so that an overview can be read.
fn names(painter: &Painter, lens: &Lens, look: &Look, cache: &Cache, nodes: &[usize]) {
    for node in nodes.iter().filter_map(|at| cache.node(*at)) {
        let rect = lens.screen_rect(&node.rect);
        if node.kind != NodeKind::Resource(Kind::Vpc) || rect.width() < 40.0 || rect.height() < 24.0 {
            continue;
        }
        let text = measure::fit(&node.title, NAME_LETTERS, rect.width() - 6.0);
        let galley = painter.layout_no_wrap(text, FontId::proportional(NAME_LETTERS), look.role(Role::Text));
        let place = egui::Rect::from_center_size(rect.center_top() + vec2(0.0, 8.0), galley.size());
        painter.rect_filled(place.expand2(vec2(3.0, 1.0)), 3.0, look.role(Role::CardFill));
        painter.galley(place.min, galley, look.role(Role::Text));
    }
}

/// Four lines of one point around a rectangle.
fn frame(mesh: &mut Mesh, rect: egui::Rect, color: Color32) {
    let side = |min: Pos2, max: Pos2| egui::Rect::from_min_max(min, max);
    let (min, max) = (rect.min, rect.max);
    mesh.add_colored_rect(side(min, pos2(max.x, min.y + 1.0)), color);
    mesh.add_colored_rect(side(pos2(min.x, max.y - 1.0), max), color);
    mesh.add_colored_rect(side(min, pos2(min.x + 1.0, max.y)), color);
    mesh.add_colored_rect(side(pos2(max.x - 1.0, min.y), max), color);
}

/// Paints one box as a ghost under the pointer, moved by so many points.
pub fn paint_ghost(painter: &Painter, lens: &Lens, look: &Look, node: &Node, by: egui::Vec2) {
    let moved = lens.panned(by).on(lens.canvas);
    let mut painter = painter.clone();
    painter.multiply_opacity(0.6);
    let mut brush = Brush::new(&painter, &moved, look);
    for primitive in node_primitives(node, detail(lens.zoom()).max(Detail::Titles)) {
        brush.primitive(&primitive);
    }
    brush.finish();
}

impl<'a> Brush<'a> {
    fn new(painter: &'a Painter, lens: &'a Lens, look: &'a Look) -> Self {
        Self { painter, lens, look, shapes: Vec::new(), icons: IconBatch::default() }
    }

    /// Icons come last: no box stands on another's icon, and so they need few draw calls.
    fn finish(self) {
        self.painter.extend(self.shapes);
        self.icons.paint(self.painter);
    }

    fn primitive(&mut self, primitive: &Primitive) {
        match primitive {
            Primitive::Box { rect, radius, fill, line, dashed } => {
                self.rectangle(self.lens.screen_rect(rect), *radius, *fill, *line, *dashed);
            }
            Primitive::Text { at, align, size, role, text } => {
                let at = self.lens.screen_from_world(*at);
                self.text(at, *align, *size, *role, text);
            }
            Primitive::Icon { rect, icon } => {
                let rect = self.lens.screen_rect(rect);
                if rect.intersects(self.lens.canvas) {
                    self.icons.add(self.painter.ctx(), *icon, self.look.theme, rect);
                }
            }
            Primitive::Line { points, role, width, dashed, head } => {
                let points: Vec<Pos2> =
                    points.iter().map(|point| self.lens.screen_from_world(*point)).collect();
                self.line(points, *role, *width, *dashed, *head);
            }
        }
    }

    fn stroke(&self, role: Role, width: f32) -> Stroke {
        Stroke::new((width * self.lens.zoom()).clamp(0.75, 4.0), self.look.role(role))
    }

    fn rectangle(
        &mut self,
        rect: egui::Rect,
        radius: f32,
        fill: Option<Role>,
        line: Option<(Role, f32)>,
        dashed: bool,
    ) {
        let fill = fill.map_or(Color32::TRANSPARENT, |role| self.look.role(role));
        let stroke = line.map_or(Stroke::NONE, |(role, width)| self.stroke(role, width));
        let radius = CornerRadius::same((radius * self.lens.zoom()).clamp(0.0, 40.0) as u8);
        let solid = if dashed { Stroke::NONE } else { stroke };
        if fill != Color32::TRANSPARENT || solid != Stroke::NONE {
            self.shapes.push(RectShape::new(rect, radius, fill, solid, StrokeKind::Middle).into());
        }
        if dashed {
            dashes::add(&mut self.shapes, &dashes::outline(rect), stroke, self.lens.canvas);
        }
    }

    fn text(&mut self, at: Pos2, align: Align, size: f32, role: Role, text: &str) {
        let em = size * self.lens.zoom();
        if em < LEAST_BAR || text.is_empty() {
            return;
        }
        let width = measure::width(text, em);
        let left = match align {
            Align::Left => at.x,
            Align::Center => at.x - width / 2.0,
            Align::Right => at.x - width,
        };
        let place = egui::Rect::from_min_size(pos2(left, at.y - em / 2.0), vec2(width, em));
        if !place.expand(em).intersects(self.lens.canvas) {
            return;
        }
        let color = self.look.role(role);
        if em < LEAST_LETTERS {
            let bar = egui::Rect::from_center_size(place.center(), vec2(width, (em * 0.35).max(1.0)));
            self.shapes.push(Shape::rect_filled(bar, CornerRadius::ZERO, color.gamma_multiply(0.45)));
            return;
        }
        let em = ((em / FONT_STEP).round() * FONT_STEP).min(MOST_LETTERS);
        let galley = self.painter.layout_no_wrap(text.to_owned(), FontId::proportional(em), color);
        let anchor = match align {
            Align::Left => Align2::LEFT_CENTER,
            Align::Center => Align2::CENTER_CENTER,
            Align::Right => Align2::RIGHT_CENTER,
        };
        let place = anchor.anchor_size(at, galley.size());
        self.shapes.push(Shape::galley(place.min, galley, color));
    }

    fn line(&mut self, mut points: Vec<Pos2>, role: Role, width: f32, dashed: bool, head: bool) {
        let stroke = self.stroke(role, width);
        if head && self.lens.zoom() >= 0.12 {
            self.head(&mut points, stroke);
        }
        if dashed {
            dashes::add(&mut self.shapes, &points, stroke, self.lens.canvas);
        } else {
            self.shapes.push(PathShape::line(points, PathStroke::from(stroke)).into());
        }
    }

    /// An arrow head at the end of a line; the line ends at its base.
    fn head(&mut self, points: &mut [Pos2], stroke: Stroke) {
        let [.., before, end] = points else {
            return;
        };
        let along = *end - *before;
        let length = (7.0 * self.lens.zoom()).clamp(3.0, 24.0).min(along.length());
        if length <= 0.0 {
            return;
        }
        let direction = along.normalized();
        let base = *end - direction * length;
        let side = direction.rot90() * length * 0.5;
        let corners = vec![*end, base + side, base - side];
        self.shapes.push(Shape::convex_polygon(corners, stroke.color, Stroke::NONE));
        *end = base;
    }
}
