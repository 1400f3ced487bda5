//! Turns boxes and arrows into lines, grounds, texts and icons.

use crate::model::Kind;

use super::{
    geometry::{Point, Rect},
    icon::Icon,
    marks, measure,
    node::{Arrow, ArrowKind, BadgeKind, Node, NodeKind, Shape},
    paint::{Align, Detail, Primitive, Role},
    size,
};

/// What a box looks like, from the back to the front, in world coordinates.
pub fn node_primitives(node: &Node, detail: Detail) -> Vec<Primitive> {
    if detail == Detail::Blocks {
        return vec![block(node)];
    }
    let mut out = match (node.shape, node.kind) {
        (Shape::Frame, NodeKind::Lane) => lane(node),
        (Shape::Frame, _) => frame(node),
        (Shape::Card, _) => card(node),
        (Shape::Chip, _) => chip(node),
        (Shape::Pin, NodeKind::Service) => service(node),
        (Shape::Pin, NodeKind::Internet) => internet(node),
        (Shape::Pin, _) => pill(node),
    };
    if detail == Detail::Full {
        out.extend(badges(node));
    }
    out
}

/// The ground and line of a box.
#[derive(Debug, Clone, Copy)]
struct Look {
    line: Role,
    fill: Role,
    width: f32,
    dashed: bool,
}

fn look(node: &Node) -> Look {
    let look = |line, fill, width, dashed| Look { line, fill, width, dashed };
    match node.kind {
        NodeKind::Region => look(Role::RegionLine, Role::Background, 1.5, true),
        NodeKind::Lane => look(Role::LaneLine, Role::VpcFill, 1.25, true),
        NodeKind::PublicSubnet => look(Role::PublicLine, Role::PublicFill, 1.25, false),
        NodeKind::PrivateSubnet => look(Role::PrivateLine, Role::PrivateFill, 1.25, false),
        NodeKind::Resource(Kind::Vpc) => look(Role::VpcLine, Role::VpcFill, 1.75, false),
        NodeKind::Resource(Kind::Instance) => look(Role::CardLine, Role::CardFill, 1.0, false),
        NodeKind::Resource(_) if node.shape == Shape::Pin => look(Role::VpcLine, Role::CardFill, 1.5, false),
        NodeKind::Resource(Kind::Other) => look(Role::CardLine, Role::CardFill, 1.0, true),
        _ if node.shape == Shape::Chip => look(Role::CardLine, Role::ChipFill, 1.0, false),
        _ => look(Role::CardLine, Role::CardFill, 1.0, false),
    }
}

/// The colour of the category of a box, for the lowest detail.
fn category(node: &Node) -> Role {
    match node.kind {
        NodeKind::Region => Role::RegionLine,
        NodeKind::Lane => Role::LaneLine,
        NodeKind::PublicSubnet => Role::PublicLine,
        NodeKind::PrivateSubnet => Role::PrivateLine,
        NodeKind::Resource(Kind::Instance | Kind::InstanceConnectEndpoint) => Role::Compute,
        NodeKind::Resource(
            Kind::SecurityGroup
            | Kind::NetworkAcl
            | Kind::KeyPair
            | Kind::ManagedPrefixList
            | Kind::VpcBlockPublicAccess,
        ) => Role::Security,
        NodeKind::Resource(Kind::Other) | NodeKind::Internet => Role::ArrowOther,
        NodeKind::Service if node.icon == Some(Icon::S3) => Role::Storage,
        NodeKind::Service if node.icon == Some(Icon::DynamoDb) => Role::Database,
        NodeKind::Service | NodeKind::EndpointInterface | NodeKind::Resource(_) => Role::Networking,
    }
}

fn ground(node: &Node, radius: f32) -> Primitive {
    let look = look(node);
    let fill = if matches!(node.kind, NodeKind::Region | NodeKind::Lane) { None } else { Some(look.fill) };
    Primitive::Box { rect: node.rect, radius, fill, line: Some((look.line, look.width)), dashed: look.dashed }
}

fn block(node: &Node) -> Primitive {
    let look = look(node);
    let (fill, line) = match node.shape {
        Shape::Frame if matches!(node.kind, NodeKind::Region | NodeKind::Lane) => {
            (None, Some((look.line, look.width)))
        }
        Shape::Frame => (Some(look.fill), Some((look.line, look.width))),
        Shape::Card | Shape::Chip | Shape::Pin => (Some(category(node)), None),
    };
    Primitive::Box { rect: node.rect, radius: 2.0, fill, line, dashed: false }
}

fn text(at: Point, align: Align, size: f32, role: Role, text: &str, room: f32) -> Primitive {
    Primitive::Text { at, align, size, role, text: measure::fit(text, size, room) }
}

fn icon_at(node: &Node, left: f32, top: f32, side: f32) -> Option<Primitive> {
    node.icon.map(|icon| Primitive::Icon { rect: Rect::from_size(left, top, side, side), icon })
}

/// A frame has its icon in the very corner, its name beside it and its block after the name.
fn frame(node: &Node) -> Vec<Primitive> {
    let rect = node.rect;
    let is_subnet = matches!(node.kind, NodeKind::PublicSubnet | NodeKind::PrivateSubnet);
    let em = if is_subnet { size::TEXT_TITLE } else { size::TEXT_FRAME };
    let radius = if is_subnet { 4.0 } else { 6.0 };
    let left = rect.left + size::FRAME_ICON + 10.0;
    let room = rect.right - size::CARD_PAD - left;
    let middle = rect.top + size::FRAME_ICON / 2.0 + 1.0;
    let mut out = vec![ground(node, radius)];
    out.extend(icon_at(node, rect.left, rect.top, size::FRAME_ICON));
    let faint = measure::width(&node.subtitle, size::TEXT_FAINT);
    // A long name leaves the block its room, as long as half of the line is the name's.
    let title_room = if node.subtitle.is_empty() { room } else { (room - faint - 12.0).max(room / 2.0) };
    let title = measure::fit(&node.title, em, title_room);
    let after = left + measure::width(&title, em) + 10.0;
    out.push(Primitive::Text {
        at: Point::new(left, middle),
        align: Align::Left,
        size: em,
        role: Role::Text,
        text: title,
    });
    if !node.subtitle.is_empty() {
        let at = Point::new(after, middle + 0.5);
        out.push(text(
            at,
            Align::Left,
            size::TEXT_FAINT,
            Role::FaintText,
            &node.subtitle,
            rect.right - size::CARD_PAD - after,
        ));
    }
    out
}

/// The part of a frame's upper edge that its icon, letters and badges take: arrows keep out of it.
pub(super) fn header(node: &Node) -> Option<Rect> {
    if node.shape != Shape::Frame {
        return None;
    }
    let mut taken: Option<Rect> = None;
    let mut add = |rect: Rect| taken = Some(taken.map_or(rect, |all| all.union(&rect)));
    for primitive in node_primitives(node, Detail::Full) {
        match primitive {
            Primitive::Icon { rect, .. } => add(rect),
            Primitive::Text { at, align, size, text, .. } => {
                let width = measure::width(&text, size);
                let left = match align {
                    Align::Left => at.x,
                    Align::Center => at.x - width / 2.0,
                    Align::Right => at.x - width,
                };
                add(Rect::from_size(left, at.y - size / 2.0, width, size));
            }
            Primitive::Box { .. } | Primitive::Line { .. } => {}
        }
    }
    for (_, rect) in marks::badge_rects(node) {
        add(rect);
    }
    taken
}

fn lane(node: &Node) -> Vec<Primitive> {
    let rect = node.rect;
    let at = Point::new(rect.left + 14.0, rect.top + 22.0);
    let room = rect.width() - 28.0;
    vec![ground(node, 4.0), text(at, Align::Left, size::TEXT_TITLE, Role::FaintText, &node.title, room)]
}

/// Icon on the left, name and second line beside it.
fn card(node: &Node) -> Vec<Primitive> {
    let rect = node.rect;
    let left = rect.left + size::CARD_PAD + size::CARD_ICON + 10.0;
    let room = rect.right - size::CARD_PAD - left;
    let top = rect.top + (size::CARD_HEIGHT - size::CARD_ICON) / 2.0;
    let mut out = vec![ground(node, 6.0)];
    out.extend(icon_at(node, rect.left + size::CARD_PAD, top, size::CARD_ICON));
    out.extend(two_lines(node, left, rect.top + size::CARD_HEIGHT / 2.0, room));
    out
}

/// Name and second line around a middle; the name alone stands on it.
fn two_lines(node: &Node, left: f32, middle: f32, room: f32) -> Vec<Primitive> {
    if node.subtitle.is_empty() {
        let at = Point::new(left, middle);
        return vec![text(at, Align::Left, size::TEXT_TITLE, Role::Text, &node.title, room)];
    }
    let upper = Point::new(left, middle - 8.5);
    let lower = Point::new(left, middle + 9.0);
    vec![
        text(upper, Align::Left, size::TEXT_TITLE, Role::Text, &node.title, room),
        text(lower, Align::Left, size::TEXT_FAINT, Role::FaintText, &node.subtitle, room),
    ]
}

fn chip(node: &Node) -> Vec<Primitive> {
    let rect = node.rect;
    let inset = (rect.height() - size::CHIP_ICON) / 2.0;
    let left = rect.left + inset + size::CHIP_ICON + 8.0;
    let at = Point::new(left, rect.center().y);
    let mut out = vec![ground(node, 5.0)];
    out.extend(icon_at(node, rect.left + inset, rect.top + inset, size::CHIP_ICON));
    out.push(text(at, Align::Left, size::TEXT_FAINT, Role::Text, &node.title, rect.right - 6.0 - left));
    out
}

/// A gateway on the border of a VPC.
fn pill(node: &Node) -> Vec<Primitive> {
    let rect = node.rect;
    let inset = (rect.height() - size::PILL_ICON) / 2.0;
    let left = rect.left + inset + size::PILL_ICON + 8.0;
    let mut out = vec![ground(node, 8.0)];
    out.extend(icon_at(node, rect.left + inset, rect.top + inset, size::PILL_ICON));
    out.extend(two_lines(node, left, rect.center().y, rect.right - 8.0 - left));
    out
}

/// A service: a large icon with its name below.
fn service(node: &Node) -> Vec<Primitive> {
    let rect = node.rect;
    let middle = rect.center().x;
    let mut out = Vec::new();
    out.extend(icon_at(node, middle - size::SERVICE_ICON / 2.0, rect.top, size::SERVICE_ICON));
    let name = Point::new(middle, rect.top + size::SERVICE_ICON + 14.0);
    let note = Point::new(middle, rect.top + size::SERVICE_ICON + 31.0);
    out.push(text(name, Align::Center, size::TEXT_TITLE, Role::Text, &node.title, rect.width()));
    out.push(text(note, Align::Center, size::TEXT_FAINT, Role::FaintText, &node.subtitle, rect.width()));
    out
}

/// The internet: a large icon with its name beside it.
fn internet(node: &Node) -> Vec<Primitive> {
    let rect = node.rect;
    let left = rect.left + size::SERVICE_ICON + size::CARD_PAD;
    let at = Point::new(left, rect.center().y);
    let mut out = Vec::new();
    out.extend(icon_at(node, rect.left, rect.top, size::SERVICE_ICON));
    out.push(text(at, Align::Left, size::TEXT_FRAME, Role::Text, &node.title, f32::INFINITY));
    out
}

/// The part of a box that arrows touch: the icon of a service and of the internet, all of any other.
pub(super) fn anchor(node: &Node) -> Rect {
    let rect = node.rect;
    let side = size::SERVICE_ICON;
    match (node.shape, node.kind) {
        (Shape::Pin, NodeKind::Service) => {
            Rect::from_size(rect.center().x - side / 2.0, rect.top, side, side)
        }
        (Shape::Pin, NodeKind::Internet) => Rect::from_size(rect.left, rect.top, side, side),
        _ => rect,
    }
}

/// The icon of a badge.
pub fn badge_icon(kind: BadgeKind) -> Icon {
    match kind {
        BadgeKind::RouteTable => Icon::RouteTable,
        BadgeKind::NetworkAcl => Icon::NetworkAcl,
        BadgeKind::SecurityGroup => Icon::SecurityGroup,
        BadgeKind::PublicAddress => Icon::ElasticIp,
        BadgeKind::KeyPair => Icon::KeyPair,
        BadgeKind::DhcpOptions => Icon::DhcpOptions,
        BadgeKind::FlowLog => Icon::FlowLog,
    }
}

fn badges(node: &Node) -> Vec<Primitive> {
    let mut out = Vec::new();
    for (at, rect) in marks::badge_rects(node) {
        let Some(badge) = node.badges.get(at) else {
            continue;
        };
        let icon = badge_icon(badge.kind);
        let inset = (rect.height() - size::BADGE_ICON) / 2.0;
        let left = rect.left + inset + size::BADGE_ICON + 5.0;
        let middle = Point::new(left, rect.center().y);
        out.push(badge_ground(rect));
        let square = Rect::from_size(rect.left + inset, rect.top + inset, size::BADGE_ICON, size::BADGE_ICON);
        out.push(Primitive::Icon { rect: square, icon });
        let room = rect.right - 4.0 - left;
        out.push(text(middle, Align::Left, size::TEXT_SMALL, Role::Text, &badge.text, room));
    }
    if let Some((hidden, rect)) = marks::hidden_badges(node) {
        out.push(badge_ground(rect));
        let more = format!("+{hidden}");
        out.push(text(rect.center(), Align::Center, size::TEXT_SMALL, Role::Text, &more, rect.width()));
    }
    out
}

fn badge_ground(rect: Rect) -> Primitive {
    Primitive::Box {
        rect,
        radius: 4.0,
        fill: Some(Role::ChipFill),
        line: Some((Role::CardLine, 0.75)),
        dashed: false,
    }
}

/// The colour of an arrow and its label.
pub fn arrow_role(kind: ArrowKind) -> Role {
    match kind {
        ArrowKind::InternetGateway => Role::ArrowInternet,
        ArrowKind::NatGateway => Role::ArrowNat,
        ArrowKind::GatewayEndpoint => Role::ArrowEndpoint,
        ArrowKind::Network => Role::ArrowNetwork,
        ArrowKind::Instance | ArrowKind::Onward | ArrowKind::Other => Role::ArrowOther,
        ArrowKind::Blackhole => Role::ArrowBlackhole,
    }
}

/// The width of an arrow's line, and whether it is dashed.
pub(super) fn arrow_stroke(kind: ArrowKind) -> (f32, bool) {
    match kind {
        ArrowKind::Onward => (1.25, true),
        ArrowKind::Blackhole => (1.75, true),
        _ => (1.75, false),
    }
}

/// The three corners of the head at the end of a line of this width; nothing for a line without length.
pub fn arrow_head(points: &[Point], width: f32) -> Option<[Point; 3]> {
    let tip = *points.last()?;
    let before = points.iter().rev().find(|point| (point.x - tip.x).hypot(point.y - tip.y) > 0.01)?;
    let length = (tip.x - before.x).hypot(tip.y - before.y);
    let (dx, dy) = ((tip.x - before.x) / length, (tip.y - before.y) / length);
    let (long, wide) = (5.0 + 2.0 * width, 2.5 + width);
    let base = Point::new(tip.x - dx * long, tip.y - dy * long);
    Some([
        tip,
        Point::new(base.x - dy * wide, base.y + dx * wide),
        Point::new(base.x + dy * wide, base.y - dx * wide),
    ])
}

/// What an arrow looks like: its line, and its label on a small ground.
pub fn arrow_primitives(arrow: &Arrow) -> Vec<Primitive> {
    let role = arrow_role(arrow.kind);
    let (width, dashed) = arrow_stroke(arrow.kind);
    let mut out = vec![Primitive::Line { points: arrow.points.clone(), role, width, dashed, head: true }];
    if let Some(rect) = label_rect(arrow) {
        out.push(Primitive::Box {
            rect,
            radius: 4.0,
            fill: Some(Role::Background),
            line: Some((role, 0.75)),
            dashed: false,
        });
        out.push(Primitive::Text {
            at: arrow.label_at,
            align: Align::Center,
            size: size::TEXT_LABEL,
            role,
            text: arrow.label.clone(),
        });
    }
    out
}

/// The ground of an arrow's label.
pub fn label_rect(arrow: &Arrow) -> Option<Rect> {
    if arrow.label.is_empty() {
        return None;
    }
    let (width, height) = label_size(&arrow.label);
    Some(Rect::from_size(arrow.label_at.x - width / 2.0, arrow.label_at.y - height / 2.0, width, height))
}

/// The size of the ground of a label.
pub(super) fn label_size(label: &str) -> (f32, f32) {
    (measure::width(label, size::TEXT_LABEL).ceil() + 12.0, size::TEXT_LABEL + 6.5)
}
