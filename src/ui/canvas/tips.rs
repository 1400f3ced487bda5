//! What appears beside the pointer while it rests on a mark or on an arrow.

use eframe::egui::{Id, Pos2, Rect, Tooltip, Ui, Vec2, vec2};

use super::{
    CanvasState, marks,
    tools::{Around, select},
};
use crate::{problem::Problem, scene::Shape, t};

/// The most findings that are listed.
const MOST: usize = 5;

/// Shows the findings of the box whose mark is under the pointer, or where an arrow comes from.
pub fn show(ui: &Ui, state: &CanvasState, around: &Around<'_>) {
    // Without a hovered box the pointer is beside the drawing, or over something that covers it.
    let (Some(pos), Some(_), false) = (state.pointer, around.hover, state.tool.is_dragging()) else {
        return;
    };
    let lines = findings(around, pos).or_else(|| arrow(around, pos));
    let Some(lines) = lines else {
        return;
    };
    let at = pos + vec2(10.0, 10.0);
    Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), Id::new("canvas-tip"), at).show(|ui| {
        ui.set_max_width(360.0);
        for line in lines {
            ui.label(line);
        }
    });
}

fn findings(around: &Around<'_>, pos: Pos2) -> Option<Vec<String>> {
    let cache = around.cache;
    let near = around.lens.world_rect(Rect::from_center_size(pos, Vec2::splat(24.0)));
    let nodes = cache.spatial.in_rect(&near);
    let marked = nodes.iter().rev().filter_map(|at| cache.node(*at)).find(|node| {
        let (at, radius) = marks::findings_at(&around.lens, node);
        let has_findings = node.id.resource().is_some_and(|id| cache.findings.contains_key(id));
        has_findings && at.distance(pos) <= radius + 1.0
    });
    let id = marked?.id.resource()?;
    let mine = |problem: &&Problem| problem.subjects.first().is_some_and(|it| &it.id == id);
    Some(around.session.problems().iter().filter(mine).take(MOST).map(|it| it.message.clone()).collect())
}

fn arrow(around: &Around<'_>, pos: Pos2) -> Option<Vec<String>> {
    let at = around.world(pos);
    let cache = around.cache;
    let front = cache.spatial.hit(at).and_then(|at| cache.node(at));
    if front.is_some_and(|node| node.shape != Shape::Frame) {
        return None;
    }
    let found = cache.spatial.hit_arrow(at, select::ARROW_REACH / around.lens.zoom())?;
    let arrow = cache.scene.arrows.get(found)?;
    let table = around.session.document().topology.get(arrow.route_table.as_ref()?)?;
    Some(vec![t!("canvas-arrow-tip", destination = &arrow.label, table = table.label())])
}
