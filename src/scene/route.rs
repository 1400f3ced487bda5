//! Ways for the arrows.

use super::{
    arrows::Wanted,
    draw,
    geometry::Point,
    node::{Arrow, Scene},
};

/// Finds a way for every arrow.
pub(super) fn route(scene: &Scene, wanted: Vec<Wanted>) -> Vec<Arrow> {
    wanted
        .into_iter()
        .filter_map(|wanted| elbow(scene, wanted))
        .collect()
}

fn elbow(scene: &Scene, wanted: Wanted) -> Option<Arrow> {
    let from = draw::anchor(scene.node(&wanted.from)?);
    let to_id = wanted.to.unwrap_or_else(|| wanted.from.clone());
    let to = draw::anchor(scene.node(&to_id)?);
    let upwards = to.center().y < from.center().y;
    let start = Point::new(from.center().x, if upwards { from.top } else { from.bottom });
    let end = Point::new(to.center().x, if upwards { to.bottom } else { to.top });
    let middle = f32::midpoint(start.y, end.y);
    let points = vec![start, Point::new(start.x, middle), Point::new(end.x, middle), end];
    Some(Arrow {
        from: wanted.from,
        to: to_id,
        kind: wanted.kind,
        points,
        label: wanted.label,
        label_at: Point::new(f32::midpoint(start.x, end.x), middle),
        route_table: wanted.route_table,
        count: wanted.count,
    })
}
