//! Finds what is at a point or in a window without walking everything.

use rstar::{
    AABB, RTree,
    primitives::{GeomWithData, Rectangle},
};

use super::{
    draw,
    geometry::{Point, Rect},
    marks,
    node::{Arrow, Node, Scene, Shape},
};

type Entry = GeomWithData<Rectangle<[f32; 2]>, usize>;

/// The boxes and arrows of one scene by place. Answers are positions in [`Scene::nodes`] and
/// [`Scene::arrows`].
#[derive(Debug, Clone, Default)]
pub struct SpatialIndex {
    nodes: RTree<Entry>,
    arrows: RTree<Entry>,
    /// One entry per straight piece of an arrow and one per label, for exact hits.
    strokes: RTree<Entry>,
}

impl SpatialIndex {
    /// Builds the index of a scene.
    pub fn new(scene: &Scene) -> Self {
        let nodes = scene.nodes.iter().enumerate().map(|(at, node)| entry(&node.rect, at)).collect();
        let mut arrows = Vec::with_capacity(scene.arrows.len());
        let mut strokes = Vec::new();
        for (at, arrow) in scene.arrows.iter().enumerate() {
            strokes.extend(parts(arrow).map(|part| entry(&part, at)));
            if let Some(all) = parts(arrow).reduce(|all, part| all.union(&part)) {
                arrows.push(entry(&all, at));
            }
        }
        Self {
            nodes: RTree::bulk_load(nodes),
            arrows: RTree::bulk_load(arrows),
            strokes: RTree::bulk_load(strokes),
        }
    }

    /// The deepest box at a point: a card before its subnet, a subnet before its VPC.
    pub fn hit(&self, point: Point) -> Option<usize> {
        locate(&self.nodes, &point_rect(point)).max()
    }

    /// Every box at a point, the deepest first.
    pub fn hits(&self, point: Point) -> Vec<usize> {
        let mut found: Vec<usize> = locate(&self.nodes, &point_rect(point)).collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        found
    }

    /// The arrow whose line or label is within `reach` of a point; the last painted where there are
    /// several.
    pub fn hit_arrow(&self, point: Point, reach: f32) -> Option<usize> {
        locate(&self.strokes, &point_rect(point).expand(reach)).max()
    }

    /// The badge at a point: the position of its box, and its position in [`Node::badges`].
    pub fn badge_at(&self, scene: &Scene, point: Point) -> Option<(usize, usize)> {
        let at = self.hit(point)?;
        let badges = marks::badge_rects(scene.nodes.get(at)?);
        let (badge, _) = badges.into_iter().find(|(_, rect)| rect.contains(point))?;
        Some((at, badge))
    }

    /// The innermost frame whose border is within `reach` of a point.
    pub fn border_at(&self, scene: &Scene, point: Point, reach: f32) -> Option<usize> {
        let near = |node: &Node| {
            node.shape == Shape::Frame
                && node.rect.expand(reach).contains(point)
                && !node.rect.expand(-reach).contains(point)
        };
        let window = point_rect(point).expand(reach);
        locate(&self.nodes, &window).filter(|at| scene.nodes.get(*at).is_some_and(near)).max()
    }

    /// The boxes that touch a rectangle, in the order of painting.
    pub fn in_rect(&self, rect: &Rect) -> Vec<usize> {
        let mut found: Vec<usize> = locate(&self.nodes, rect).collect();
        found.sort_unstable();
        found
    }

    /// The arrows whose line or label touches a rectangle, in the order of painting. What is around an
    /// arrow says little: one to the internet may reach around the whole picture.
    pub fn arrows_in_rect(&self, scene: &Scene, rect: &Rect) -> Vec<usize> {
        let touches = |at: &usize| {
            scene.arrows.get(*at).is_some_and(|arrow| parts(arrow).any(|part| part.intersects(rect)))
        };
        let mut found: Vec<usize> = locate(&self.arrows, rect).filter(touches).collect();
        found.sort_unstable();
        found
    }
}

/// The straight pieces of an arrow and its label.
fn parts(arrow: &Arrow) -> impl Iterator<Item = Rect> {
    let pieces = arrow.points.iter().zip(arrow.points.iter().skip(1)).map(|(a, b)| span(*a, *b));
    pieces.chain(draw::label_rect(arrow))
}

fn entry(rect: &Rect, at: usize) -> Entry {
    GeomWithData::new(Rectangle::from_corners([rect.left, rect.top], [rect.right, rect.bottom]), at)
}

fn locate<'a>(tree: &'a RTree<Entry>, rect: &Rect) -> impl Iterator<Item = usize> + use<'a> {
    let window = AABB::from_corners([rect.left, rect.top], [rect.right, rect.bottom]);
    tree.locate_in_envelope_intersecting(window).map(|entry| entry.data)
}

fn point_rect(point: Point) -> Rect {
    Rect { left: point.x, top: point.y, right: point.x, bottom: point.y }
}

fn span(a: Point, b: Point) -> Rect {
    point_rect(a).union(&point_rect(b))
}

#[cfg(test)]
mod tests;
