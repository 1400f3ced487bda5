//! What is painted over the drawing: selection, hover, handles, marks, and what a tool has in the making.

use std::collections::BTreeSet;

use eframe::egui::{
    self, Align2, Area, Color32, CornerRadius, FontId, Frame, Order, Painter, Pos2, Rect, Shape, Stroke,
    StrokeKind, Ui, Vec2, pos2, vec2,
};

use super::{
    CanvasState,
    cache::Cache,
    drop::{self, Aim},
    handles,
    look::Look,
    marks, node_widget, painter, tips,
    tools::{Around, Preview},
    viewport::Lens,
};
use crate::{
    model::{Kind, ResourceId},
    scene::{self, Detail, NodeId, Point, Role},
    session::Session,
    t,
    ui::outline::tree::kind_name,
};

/// Paints everything over the drawing.
pub fn paint(
    ui: &Ui,
    painter: &Painter,
    session: &Session,
    state: &CanvasState,
    cache: &Cache,
    look: &Look,
    visible: &[usize],
) {
    let Some(lens) = state.lens else {
        return;
    };
    let modifiers = ui.input(|input| input.modifiers);
    let around = Around { session, cache, lens, modifiers, hover: state.hover.as_ref() };
    let progress = marks::progress(session);
    let marked = painter::detail(lens.zoom()) != Detail::Blocks || visible.len() < 2000;
    let chosen: BTreeSet<&ResourceId> = session.selection().iter().collect();
    let focus = ui.memory(egui::Memory::focused);
    for node in visible.iter().filter_map(|at| cache.node(*at)) {
        let rect = lens.screen_rect(&node.rect);
        let resource = node.id.resource();
        let selected = resource.is_some_and(|id| chosen.contains(id));
        if selected {
            outline(painter, rect, Stroke::new(2.0, look.accent), 3.0);
        } else if state.hover.as_ref() == Some(&node.id) && resource.is_some() && !state.tool.is_dragging() {
            outline(painter, rect, Stroke::new(1.0, look.accent), 2.0);
        }
        // The selection is shown already; the focus matters where it is elsewhere.
        if !selected && focus.is_some() && focus == Some(node_widget(&node.id)) {
            let grown = rect.expand(5.0);
            let mut shapes = Vec::new();
            super::dashes::add(
                &mut shapes,
                &super::dashes::outline(grown),
                Stroke::new(1.0, look.accent),
                lens.canvas,
            );
            painter.extend(shapes);
        }
        if marked {
            marks::paint(painter, &lens, look, cache, node, &progress);
        }
    }
    if !state.tool.is_dragging() {
        draw_handles(painter, &around, look);
    }
    if session.document().topology.resources.is_empty() && state.placing().is_none() {
        invitation(painter, &lens, cache, look);
    }
    preview(ui, painter, state, &around, look);
    tips::show(ui, state, &around);
}

fn outline(painter: &Painter, rect: Rect, stroke: Stroke, by: f32) {
    painter.rect_stroke(rect.expand(by), CornerRadius::same(6), stroke, StrokeKind::Middle);
}

fn draw_handles(painter: &Painter, around: &Around<'_>, look: &Look) {
    let hovered = around.hover.and_then(|id| around.cache.scene.node(id));
    let selected = handles::single_selected(around);
    if let Some(node) = selected.filter(|node| handles::is_resizable(node)) {
        let rect = around.lens.screen_rect(&node.rect);
        if rect.width() >= 48.0 && rect.height() >= 48.0 {
            for corner in handles::CORNERS {
                let square =
                    Rect::from_center_size(corner.on(rect), Vec2::splat(2.0 * handles::CORNER_REACH - 2.0));
                painter.rect(square, 1.0, look.paper, Stroke::new(1.5, look.accent), StrokeKind::Middle);
            }
        }
    }
    let both = selected.into_iter().chain(hovered.filter(|node| selected.is_none_or(|it| it.id != node.id)));
    for at in both.filter_map(|node| handles::arrow(&around.lens, node)) {
        painter.circle(at, handles::ARROW_RADIUS, look.accent, Stroke::new(1.5, look.paper));
        let stroke = Stroke::new(1.75, look.on_color);
        painter.line_segment([at - vec2(4.0, 0.0), at + vec2(4.0, 0.0)], stroke);
        painter.line(vec![at + vec2(1.0, -3.0), at + vec2(4.0, 0.0), at + vec2(1.0, 3.0)], stroke);
    }
}

/// An empty drawing says how to begin.
fn invitation(painter: &Painter, lens: &Lens, cache: &Cache, look: &Look) {
    let Some(region) = cache.scene.node(&NodeId::Region) else {
        return;
    };
    let at = lens.screen_rect(&region.rect).center();
    let color = look.role(Role::FaintText);
    painter.text(
        at - vec2(0.0, 12.0),
        Align2::CENTER_CENTER,
        t!("canvas-empty"),
        FontId::proportional(16.0),
        color,
    );
    let more = t!("canvas-empty-more");
    painter.text(at + vec2(0.0, 14.0), Align2::CENTER_CENTER, more, FontId::proportional(13.0), color);
}

fn preview(ui: &Ui, painter: &Painter, state: &CanvasState, around: &Around<'_>, look: &Look) {
    let (pointer, aim) = match state.tool.preview(around) {
        Preview::Nothing => return,
        Preview::Band(rect) => return band(painter, around.lens.screen_rect(&rect), look),
        Preview::Resized { rect } => return resized(painter, around, &rect, look),
        Preview::Carried { ids, by, pointer, aim } => {
            target(painter, around, &aim, look);
            carried(ui, around, &ids, vec2(by.0, by.1) * around.lens.zoom(), look);
            (pointer, aim)
        }
        Preview::New { kind, corner, pointer, aim } => {
            target(painter, around, &aim, look);
            new_box(ui, around, kind, corner, look);
            (pointer, aim)
        }
        Preview::Arrow { from, pointer, aim } => {
            target(painter, around, &aim, look);
            arrow(painter, around, &from, pointer, &aim, look);
            (pointer, aim)
        }
    };
    if let Some(reason) = &aim.refusal {
        refusal(ui, around.lens.screen_from_world(pointer), reason, look);
    }
}

fn band(painter: &Painter, rect: Rect, look: &Look) {
    painter.rect(
        rect,
        0.0,
        look.accent.gamma_multiply(0.1),
        Stroke::new(1.0, look.accent),
        StrokeKind::Middle,
    );
}

fn resized(painter: &Painter, around: &Around<'_>, rect: &scene::Rect, look: &Look) {
    let shown = around.lens.screen_rect(rect);
    painter.rect_stroke(shown, 4.0, Stroke::new(2.0, look.accent), StrokeKind::Middle);
    let text = format!("{} × {}", rect.width().round(), rect.height().round());
    let at = shown.right_bottom() + vec2(-6.0, -6.0);
    painter.text(at, Align2::RIGHT_BOTTOM, text, FontId::proportional(11.5), look.accent);
}

/// The box that would take the drop, in green; the one that refuses, in red.
fn target(painter: &Painter, around: &Around<'_>, aim: &Aim, look: &Look) {
    let Some(rect) = aim.target.as_ref().and_then(|id| around.rect(id)) else {
        return;
    };
    let color = if aim.refusal.is_some() { look.bad } else { look.good };
    let rect = around.lens.screen_rect(&rect);
    painter.rect(rect, 5.0, color.gamma_multiply(0.10), Stroke::new(2.5, color), StrokeKind::Middle);
}

/// The boxes that follow the pointer, over every panel.
fn carried(ui: &Ui, around: &Around<'_>, ids: &BTreeSet<ResourceId>, by: Vec2, look: &Look) {
    let painter = floating(ui).with_clip_rect(around.lens.canvas);
    let visible = around.cache.spatial.in_rect(&around.lens.panned(by).on(around.lens.canvas).visible());
    for at in visible.into_iter().filter(|at| around.cache.is_within(*at, ids)) {
        if let Some(node) = around.cache.node(at) {
            painter::paint_ghost(&painter, &around.lens, look, node, by);
        }
    }
}

fn new_box(ui: &Ui, around: &Around<'_>, kind: Kind, corner: Point, look: &Look) {
    let painter = floating(ui);
    let (width, height) = drop::size_of(kind);
    let rect = around.lens.screen_rect(&scene::Rect::from_size(corner.x, corner.y, width, height));
    let is_frame = matches!(kind, Kind::Vpc | Kind::Subnet);
    // What is below a frame stays visible: that is where it goes.
    let ground = look.role(Role::CardFill).gamma_multiply(if is_frame { 0.4 } else { 0.85 });
    painter.rect(rect, 5.0, ground, Stroke::new(1.5, look.accent), StrokeKind::Middle);
    let side = 22.0;
    let left = if is_frame { rect.left() + 6.0 } else { (rect.center().x - 60.0).max(rect.left() + 4.0) };
    let middle = if is_frame { rect.top() + 16.0 } else { rect.center().y };
    let square = Rect::from_min_size(pos2(left, middle - side / 2.0), Vec2::splat(side));
    if let Some(texture) = crate::ui::icons::texture(ui.ctx(), crate::scene::Icon::of(kind), look.theme, side)
    {
        let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
        painter.image(texture.id(), square, whole, Color32::WHITE);
    }
    let text_at = pos2(square.right() + 6.0, middle);
    let font = FontId::proportional(13.0);
    painter.text(text_at, Align2::LEFT_CENTER, kind_name(kind), font, look.role(Role::Text));
}

fn arrow(painter: &Painter, around: &Around<'_>, from: &NodeId, pointer: Point, aim: &Aim, look: &Look) {
    let Some(node) = around.cache.scene.node(from) else {
        return;
    };
    let color = match (&aim.target, &aim.refusal) {
        (Some(_), None) => look.good,
        (_, Some(_)) => look.bad,
        _ => look.accent,
    };
    let rect = around.lens.screen_rect(&node.rect);
    painter.rect_stroke(rect.expand(2.0), 5.0, Stroke::new(2.0, look.accent), StrokeKind::Middle);
    let start = handles::arrow(&around.lens, node).unwrap_or_else(|| rect.center());
    let end = around.lens.screen_from_world(pointer);
    let along = (end - start).normalized();
    let stroke = Stroke::new(2.5, color);
    painter.line_segment([start, end - along * 8.0], stroke);
    let side = along.rot90() * 5.0;
    let base = end - along * 10.0;
    painter.add(Shape::convex_polygon(vec![end, base + side, base - side], color, Stroke::NONE));
}

/// A painter over every panel and below tooltips, for what hangs on the pointer.
fn floating(ui: &Ui) -> Painter {
    let layer = egui::LayerId::new(Order::Foreground, egui::Id::new("canvas-ghost"));
    ui.ctx().layer_painter(layer)
}

/// The reason of a refusal beside the pointer, as text that a screen reader finds.
fn refusal(ui: &Ui, at: Pos2, reason: &str, look: &Look) {
    Area::new(egui::Id::new("canvas-refusal"))
        .order(Order::Tooltip)
        .fixed_pos(at + vec2(16.0, 18.0))
        .constrain(true)
        .interactable(false)
        .show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).stroke(Stroke::new(1.5, look.bad)).show(ui, |ui| {
                ui.set_max_width(320.0);
                ui.label(egui::RichText::new(reason).color(look.bad));
            });
        });
}
