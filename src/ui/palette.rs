//! The kinds that can be drawn, to be dragged onto the canvas or chosen by a click or a key.

use eframe::egui::{
    Align2, Event, FontId, Id, PointerButton, Response, ScrollArea, Sense, StrokeKind, Ui, WidgetInfo,
    WidgetType, pos2, vec2,
};

use super::{
    canvas::{CanvasState, Place, Tool},
    icons,
    outline::tree::kind_name as name,
    widgets,
};
use crate::{
    model::Kind,
    scene::{Icon, Theme},
    session::{Intent, Session},
    t,
};

/// Height of a row.
const ROW: f32 = 26.0;
/// Side of an icon.
const ICON: f32 = 18.0;
/// From this width on the kinds stand in two columns.
const TWO_COLUMNS: f32 = 300.0;

/// What a kind is and where it goes, in one line.
fn tip(kind: Kind) -> String {
    match kind {
        Kind::Vpc => t!("canvas-tip-vpc"),
        Kind::Subnet => t!("canvas-tip-subnet"),
        Kind::RouteTable => t!("canvas-tip-route-table"),
        Kind::InternetGateway => t!("canvas-tip-internet-gateway"),
        Kind::NatGateway => t!("canvas-tip-nat-gateway"),
        Kind::ElasticIp => t!("canvas-tip-elastic-ip"),
        Kind::NetworkAcl => t!("canvas-tip-network-acl"),
        Kind::SecurityGroup => t!("canvas-tip-security-group"),
        Kind::Instance => t!("canvas-tip-instance"),
        Kind::KeyPair => t!("canvas-tip-key-pair"),
        Kind::GatewayEndpoint => t!("canvas-tip-gateway-endpoint"),
        Kind::InterfaceEndpoint => t!("canvas-tip-interface-endpoint"),
        Kind::NetworkInterface => t!("canvas-tip-network-interface"),
        Kind::EgressOnlyInternetGateway => t!("canvas-tip-egress-only-internet-gateway"),
        Kind::RegionalNatGateway => t!("canvas-tip-regional-nat-gateway"),
        Kind::VpcPeeringConnection => t!("canvas-tip-vpc-peering-connection"),
        Kind::TransitGateway => t!("canvas-tip-transit-gateway"),
        Kind::TransitGatewayVpcAttachment => t!("canvas-tip-transit-gateway-vpc-attachment"),
        Kind::TransitGatewayPeeringAttachment => t!("canvas-tip-transit-gateway-peering-attachment"),
        Kind::TransitGatewayRouteTable => t!("canvas-tip-transit-gateway-route-table"),
        Kind::VpnGateway => t!("canvas-tip-vpn-gateway"),
        Kind::VpnConnection => t!("canvas-tip-vpn-connection"),
        Kind::ManagedPrefixList => t!("canvas-tip-managed-prefix-list"),
        Kind::InstanceConnectEndpoint => t!("canvas-tip-instance-connect-endpoint"),
        Kind::DhcpOptions => t!("canvas-tip-dhcp-options"),
        Kind::FlowLog => t!("canvas-tip-flow-log"),
        Kind::VpcBlockPublicAccess => t!("canvas-tip-vpc-block-public-access"),
        Kind::LoadBalancer => t!("canvas-tip-load-balancer"),
        Kind::TargetGroup => t!("canvas-tip-target-group"),
        Kind::Other => t!("canvas-tip-other"),
    }
}

/// The most of the panel's height that the palette takes; the rest is the outline's.
const SHARE: f32 = 0.55;

/// The kinds by what one looks for them as.
fn groups() -> [(String, &'static [Kind]); 6] {
    [
        (
            t!("canvas-group-network"),
            &[Kind::Vpc, Kind::Subnet, Kind::RouteTable, Kind::ElasticIp, Kind::DhcpOptions],
        ),
        (
            t!("canvas-group-gateways"),
            &[
                Kind::InternetGateway,
                Kind::NatGateway,
                Kind::RegionalNatGateway,
                Kind::EgressOnlyInternetGateway,
                Kind::GatewayEndpoint,
                Kind::InterfaceEndpoint,
                Kind::VpnGateway,
            ],
        ),
        (
            t!("canvas-group-compute"),
            &[Kind::Instance, Kind::NetworkInterface, Kind::KeyPair, Kind::LoadBalancer, Kind::TargetGroup],
        ),
        (
            t!("canvas-group-security"),
            &[Kind::SecurityGroup, Kind::NetworkAcl, Kind::ManagedPrefixList, Kind::InstanceConnectEndpoint],
        ),
        (
            t!("canvas-group-connections"),
            &[
                Kind::VpcPeeringConnection,
                Kind::TransitGateway,
                Kind::TransitGatewayVpcAttachment,
                Kind::TransitGatewayRouteTable,
                Kind::TransitGatewayPeeringAttachment,
                Kind::VpnConnection,
            ],
        ),
        (t!("canvas-group-account"), &[Kind::FlowLog, Kind::VpcBlockPublicAccess]),
    ]
}

/// Draws the palette. What is taken from it hangs on the canvas's pointer from then on.
pub fn show(ui: &mut Ui, _: &Session, canvas: &mut CanvasState, _: &mut [Intent]) {
    let height = (ui.available_height() * SHARE).floor();
    let area = ScrollArea::vertical().id_salt("palette").max_height(height).min_scrolled_height(ROW);
    area.auto_shrink([false, true]).show(ui, |ui| {
        let columns = if ui.available_width() >= TWO_COLUMNS { 2 } else { 1 };
        let gap = ui.spacing().item_spacing.x;
        let width = ((ui.available_width() - gap * (columns - 1) as f32) / columns as f32).floor();
        ui.spacing_mut().item_spacing.y = 2.0;
        for (name, kinds) in groups() {
            widgets::faint(ui, name);
            for row in kinds.chunks(columns) {
                ui.horizontal(|ui| {
                    for kind in row {
                        item(ui, canvas, *kind, width);
                    }
                });
            }
        }
    });
}

fn item(ui: &mut Ui, canvas: &mut CanvasState, kind: Kind, width: f32) {
    let (_, rect) = ui.allocate_space(vec2(width, ROW));
    let id = Id::new(("palette", kind.as_str()));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let chosen = canvas.placing() == Some(kind);
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, ui.is_enabled(), chosen, name(kind)));
    ui.ctx().accesskit_node_builder(id, |node| node.set_author_id(format!("palette/{}", kind.as_str())));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    paint(ui, &response, kind, chosen);
    take(ui, &response, canvas, kind);
    response.on_hover_text(tip(kind));
}

/// The raw press is what counts: a quick hand presses, moves and lets go within one frame, and the
/// canvas, which is laid out later, sees the rest of it. A click without a pointer chooses too.
fn take(ui: &Ui, response: &Response, canvas: &mut CanvasState, kind: Kind) {
    let pressed = ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::PointerButton { pos, button: PointerButton::Primary, pressed: true, .. } => Some(*pos),
            _ => None,
        })
    });
    let ours = |pos| ui.ctx().layer_id_at(pos).is_none_or(|layer| layer == ui.layer_id());
    let visible = response.rect.intersect(ui.clip_rect());
    if let Some(pos) = pressed.filter(|pos| visible.contains(*pos) && ours(*pos) && ui.is_enabled()) {
        if ui.ctx().current_pass_index() == 0 {
            canvas.take_tool(Tool::Place(Place::dragged(kind, pos)));
        }
    } else if response.clicked() && canvas.placing() != Some(kind) {
        canvas.take_tool(Tool::Place(Place::chosen(kind)));
    }
}

fn paint(ui: &Ui, response: &Response, kind: Kind, chosen: bool) {
    let rect = response.rect;
    if !ui.is_rect_visible(rect) {
        return;
    }
    let visuals = ui.style().interact_selectable(response, chosen);
    if chosen || response.hovered() || response.has_focus() {
        let stroke = if response.has_focus() { ui.visuals().selection.stroke } else { visuals.bg_stroke };
        ui.painter().rect(rect, visuals.corner_radius, visuals.weak_bg_fill, stroke, StrokeKind::Inside);
    }
    let square = eframe::egui::Rect::from_center_size(
        pos2(rect.left() + 6.0 + ICON / 2.0, rect.center().y),
        vec2(ICON, ICON),
    );
    let theme = if ui.visuals().dark_mode { Theme::Dark } else { Theme::Light };
    if let Some(texture) = icons::texture(ui.ctx(), Icon::of(kind), theme, ICON) {
        let whole = eframe::egui::Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter().image(texture.id(), square, whole, eframe::egui::Color32::WHITE);
    }
    let at = pos2(square.right() + 8.0, rect.center().y);
    ui.painter().text(at, Align2::LEFT_CENTER, name(kind), FontId::proportional(13.0), visuals.text_color());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_in_one_group() {
        let mut shown: Vec<Kind> = groups().iter().flat_map(|(_, kinds)| kinds.iter().copied()).collect();
        shown.sort_unstable();
        assert_eq!(shown, Kind::ALL);
    }
}
