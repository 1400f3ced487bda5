//! Small round marks on boxes: findings on the upper right corner, the deploy's progress on the left one.

use std::collections::BTreeMap;

use eframe::egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use super::{cache::Cache, look::Look, viewport::Lens};
use crate::{
    model::ResourceId,
    scene::Node,
    session::{DeployPhase, RowStatus, Session},
};

/// Radius of a mark that can be read.
const RADIUS: f32 = 8.5;
/// Radius of a mark on a box that is too small for a readable one.
const DOT: f32 = 3.5;

/// The progress of the deploy by resource; empty where none is shown.
pub fn progress(session: &Session) -> BTreeMap<&ResourceId, RowStatus> {
    let deploy = session.deploy();
    if matches!(deploy.phase, DeployPhase::Idle | DeployPhase::Planning) {
        return BTreeMap::new();
    }
    let mut all: BTreeMap<&ResourceId, RowStatus> = BTreeMap::new();
    for row in &deploy.rows {
        if let Some(id) = &row.resource {
            let worse = |status: &mut RowStatus| {
                if weight(row.status) > weight(*status) {
                    *status = row.status;
                }
            };
            all.entry(id).and_modify(worse).or_insert(row.status);
        }
    }
    all
}

/// Of several actions on one resource the one is shown that the user waits for or must know.
fn weight(status: RowStatus) -> u8 {
    match status {
        RowStatus::Done => 0,
        RowStatus::Skipped => 1,
        RowStatus::Waiting => 2,
        RowStatus::Running => 3,
        RowStatus::Failed => 4,
    }
}

/// Where the mark of findings of a box is on the screen, and its radius.
pub fn findings_at(lens: &Lens, node: &Node) -> (Pos2, f32) {
    let rect = lens.screen_rect(&node.rect);
    let radius = radius(rect);
    (pos2(rect.right() - radius * 0.6, rect.top() + radius * 0.2), radius)
}

fn radius(rect: Rect) -> f32 {
    if rect.height() >= 20.0 && rect.width() >= 40.0 { RADIUS } else { DOT }
}

/// Paints the marks of one box.
pub fn paint(
    painter: &Painter,
    lens: &Lens,
    look: &Look,
    cache: &Cache,
    node: &Node,
    progress: &BTreeMap<&ResourceId, RowStatus>,
) {
    let Some(id) = node.id.resource() else {
        return;
    };
    if let Some(findings) = cache.findings.get(id) {
        let (at, radius) = findings_at(lens, node);
        disc(painter, at, radius, look.severity(findings.worst), look);
        if radius > DOT {
            let text = if findings.count > 9 { "9+".to_owned() } else { findings.count.to_string() };
            painter.text(at, Align2::CENTER_CENTER, text, FontId::proportional(11.0), look.on_color);
        }
    }
    if let Some(status) = progress.get(id) {
        let rect = lens.screen_rect(&node.rect);
        let radius = radius(rect);
        let at = pos2(rect.left() + radius * 0.6, rect.top() + radius * 0.2);
        disc(painter, at, radius, look.status(*status), look);
        if radius > DOT {
            glyph(painter, at, *status, look.on_color);
        }
    }
}

fn disc(painter: &Painter, at: Pos2, radius: f32, color: Color32, look: &Look) {
    painter.circle(at, radius, color, Stroke::new(1.5, look.paper));
}

/// What a step is doing, as a drawing: colours alone do not tell everyone.
fn glyph(painter: &Painter, at: Pos2, status: RowStatus, color: Color32) {
    let stroke = Stroke::new(1.75, color);
    let at = |x: f32, y: f32| at + vec2(x, y);
    match status {
        RowStatus::Waiting => {
            for x in [-3.5, 0.0, 3.5] {
                painter.circle_filled(at(x, 0.0), 1.25, color);
            }
        }
        RowStatus::Running => {
            painter.add(Shape::convex_polygon(
                vec![at(-2.5, -4.0), at(4.5, 0.0), at(-2.5, 4.0)],
                color,
                Stroke::NONE,
            ));
        }
        RowStatus::Done => {
            painter.line(vec![at(-4.0, 0.0), at(-1.0, 3.0), at(4.0, -3.5)], stroke);
        }
        RowStatus::Failed => {
            painter.line_segment([at(-3.0, -3.0), at(3.0, 3.0)], stroke);
            painter.line_segment([at(-3.0, 3.0), at(3.0, -3.0)], stroke);
        }
        RowStatus::Skipped => {
            painter.line_segment([at(-4.0, 0.0), at(4.0, 0.0)], stroke);
        }
    }
}
