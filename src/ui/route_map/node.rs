//! What a node of the map looks like: a small card with two lines.

use eframe::egui::{
    CornerRadius, FontFamily, FontId, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2,
    epaint::{RectShape, TextShape},
    vec2,
};
use egui_graphs::{DisplayNode, DrawContext, NodeProps};
use petgraph::{EdgeType, stable_graph::IndexType};

use super::graph::{MapNode, Place};
use crate::{
    model::Kind,
    scene::{Role, Theme},
    ui::theme,
};

/// Half the width and height of a card, in units of the graph.
pub const HALF: Vec2 = vec2(84.0, 19.0);
const TITLE_SIZE: f32 = 12.5;
const DETAIL_SIZE: f32 = 10.0;
/// Text below this size, in points, is not legible and costs as much as a legible one.
const LEGIBLE: f32 = 5.0;

/// A card on the map.
#[derive(Debug, Clone)]
pub struct Card {
    node: MapNode,
    center: Pos2,
    selected: bool,
    hovered: bool,
}

impl From<NodeProps<MapNode>> for Card {
    fn from(props: NodeProps<MapNode>) -> Self {
        let center = props.location();
        Self { node: props.payload, center, selected: props.selected, hovered: props.hovered }
    }
}

impl<E: Clone, Ty: EdgeType, Ix: IndexType> DisplayNode<MapNode, E, Ty, Ix> for Card {
    fn closest_boundary_point(&self, dir: Vec2) -> Pos2 {
        let across = if dir.x == 0.0 { f32::INFINITY } else { HALF.x / dir.x.abs() };
        let along = if dir.y == 0.0 { f32::INFINITY } else { HALF.y / dir.y.abs() };
        let scale = across.min(along);
        if scale.is_finite() { self.center + dir * scale } else { self.center }
    }

    fn shapes(&mut self, ctx: &DrawContext<'_>) -> Vec<Shape> {
        let dark = ctx.ctx.global_style().visuals.dark_mode;
        let scene_theme = if dark { Theme::Dark } else { Theme::Light };
        let tokens = theme::tokens(dark);
        let zoom = ctx.meta.zoom;
        let center = ctx.meta.canvas_to_screen_pos(self.center);
        let rect = Rect::from_center_size(center, HALF * 2.0 * zoom);
        let color = theme::role_color(role(&self.node), scene_theme);
        let line = if self.selected { Stroke::new(2.5, tokens.accent) } else { Stroke::new(1.5, color) };
        let fill = if self.selected || self.hovered { tokens.selection } else { tokens.field };
        let radius = CornerRadius::same(4);
        let mut shapes = vec![Shape::Rect(RectShape::new(rect, radius, fill, line, StrokeKind::Inside))];
        let lines = [
            (&self.node.title, TITLE_SIZE, -0.22, tokens.text),
            (&self.node.detail, DETAIL_SIZE, 0.24, tokens.faint),
        ];
        for (text, size, offset, color) in lines {
            // Every size of letters fills the font texture anew, so there are only some of them.
            let size = (size * zoom * 2.0).round() / 2.0;
            if size < LEGIBLE || text.is_empty() {
                continue;
            }
            let font = FontId::new(size, FontFamily::Proportional);
            let text = cut(text);
            let galley = ctx.painter.layout_no_wrap(text, font, color);
            let at = center + vec2(0.0, rect.height() * offset) - galley.size() / 2.0;
            shapes.push(TextShape::new(at, galley, color).into());
        }
        shapes
    }

    fn update(&mut self, state: &NodeProps<MapNode>) {
        self.center = state.location();
        self.selected = state.selected;
        self.hovered = state.hovered;
    }

    fn is_inside(&self, pos: Pos2) -> bool {
        Rect::from_center_size(self.center, HALF * 2.0).contains(pos)
    }
}

/// The beginning of a long name.
fn cut(text: &str) -> String {
    const MOST: usize = 24;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST - 1).chain(std::iter::once('…')).collect()
}

/// The colour of a node by what it stands for.
fn role(node: &MapNode) -> Role {
    match (&node.place, node.kind) {
        (Place::Unknown(_), _) => Role::ArrowBlackhole,
        (Place::Service(_), _) => Role::Storage,
        (_, Some(Kind::Subnet)) => Role::PrivateLine,
        (_, Some(Kind::Instance)) => Role::Compute,
        (_, Some(Kind::NatGateway | Kind::RegionalNatGateway)) => Role::ArrowNat,
        (_, Some(Kind::InternetGateway | Kind::EgressOnlyInternetGateway)) | (Place::Internet, _) => {
            Role::ArrowInternet
        }
        (_, Some(Kind::GatewayEndpoint | Kind::InterfaceEndpoint)) => Role::ArrowEndpoint,
        (
            _,
            Some(
                Kind::VpcPeeringConnection
                | Kind::TransitGateway
                | Kind::TransitGatewayVpcAttachment
                | Kind::VpnGateway
                | Kind::VpnConnection,
            ),
        ) => Role::ArrowNetwork,
        _ => Role::Networking,
    }
}
