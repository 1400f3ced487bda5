//! Draws an arrow from a box to a target: lights up what takes it, says why not.

use eframe::egui::Pos2;

use super::{Around, CLICK_REACH, Input, Outcome, Preview, Tool};
use crate::{
    edit::{self, Command, ConnectTarget},
    model::{Kind, ResourceId},
    scene::{Node, NodeId, NodeKind, Point},
    session::Intent,
    t,
    ui::canvas::drop::Aim,
};

/// An arrow in the making.
#[derive(Debug, Clone, PartialEq)]
pub enum Connect {
    /// No start yet.
    Idle,
    /// It has a start.
    Aiming(Aiming),
}

/// An arrow with a start.
#[derive(Debug, Clone, PartialEq)]
pub struct Aiming {
    from: ResourceId,
    from_node: NodeId,
    /// Where the button went down; empty while no button is held.
    pressed: Option<Pos2>,
    pointer: Option<Pos2>,
    aim: Option<Aim>,
}

/// The kinds from which an arrow can start.
pub fn can_start(kind: NodeKind) -> bool {
    match kind {
        NodeKind::PublicSubnet | NodeKind::PrivateSubnet | NodeKind::EndpointInterface => true,
        NodeKind::Resource(kind) => matches!(
            kind,
            Kind::Instance
                | Kind::NatGateway
                | Kind::ElasticIp
                | Kind::RouteTable
                | Kind::GatewayEndpoint
                | Kind::InterfaceEndpoint
                | Kind::InternetGateway
                | Kind::Vpc
                | Kind::NetworkInterface
                | Kind::InstanceConnectEndpoint
                | Kind::TransitGateway
                | Kind::TransitGatewayVpcAttachment
                | Kind::TransitGatewayPeeringAttachment
                | Kind::TransitGatewayRouteTable
                | Kind::VpnGateway
                | Kind::VpnConnection
                | Kind::DhcpOptions
                | Kind::LoadBalancer
                | Kind::TargetGroup
        ),
        NodeKind::Internet | NodeKind::Region | NodeKind::Lane | NodeKind::Service => false,
    }
}

impl Connect {
    /// An arrow from a resource whose end follows the pointer; with `pressed`, the button is held.
    pub fn from(node: &Node, pressed: Option<Pos2>) -> Self {
        match node.id.resource().filter(|_| can_start(node.kind)) {
            Some(id) => Self::Aiming(Aiming {
                from: id.clone(),
                from_node: node.id.clone(),
                pressed,
                pointer: pressed,
                aim: None,
            }),
            None => Self::Idle,
        }
    }

    /// Whether a button is held.
    pub fn is_dragging(&self) -> bool {
        matches!(self, Self::Aiming(Aiming { pressed: Some(_), .. }))
    }

    /// Whether an arrow has its start.
    pub fn is_aiming(&self) -> bool {
        matches!(self, Self::Aiming(_))
    }

    /// Where it would end.
    pub fn aim(&self) -> Option<&Aim> {
        match self {
            Self::Idle => None,
            Self::Aiming(aiming) => aiming.aim.as_ref(),
        }
    }

    /// The next state.
    pub(super) fn step(self, input: Input, around: &Around<'_>, out: &mut Outcome) -> Tool {
        if input == Input::Cancel {
            return Tool::default();
        }
        match self {
            Self::Idle => match input {
                Input::Press(pos) => Tool::Connect(start(around, pos)),
                _ => Tool::Connect(Self::Idle),
            },
            Self::Aiming(aiming) => aiming.step(input, around, out),
        }
    }

    /// What the user can do now.
    pub(super) fn hint(&self) -> String {
        match self {
            Self::Idle => t!("canvas-hint-connect-start"),
            Self::Aiming(Aiming { aim: Some(Aim { refusal: Some(reason), .. }), .. }) => reason.clone(),
            Self::Aiming(_) => t!("canvas-hint-connect-end"),
        }
    }

    /// The arrow to the pointer.
    pub(super) fn preview(&self, around: &Around<'_>) -> Preview {
        match self {
            Self::Aiming(Aiming { from_node, pointer: Some(pos), aim, .. }) => Preview::Arrow {
                from: from_node.clone(),
                pointer: around.world(*pos),
                aim: aim.clone().unwrap_or_default(),
            },
            _ => Preview::Nothing,
        }
    }
}

impl Aiming {
    fn step(mut self, input: Input, around: &Around<'_>, out: &mut Outcome) -> Tool {
        match input {
            Input::Press(pos) => {
                self.pressed = Some(pos);
                self.look(pos, around);
            }
            Input::Move(pos) => self.look(pos, around),
            Input::Release(pos) => return self.release(pos, around, out),
            Input::Cancel | Input::PressPan(_) => {}
        }
        Tool::Connect(Connect::Aiming(self))
    }

    fn look(&mut self, pos: Pos2, around: &Around<'_>) {
        self.pointer = Some(pos);
        self.aim = aim(around, &self.from, &self.from_node, around.world(pos)).map(|(aim, _)| aim);
    }

    fn release(mut self, pos: Pos2, around: &Around<'_>, out: &mut Outcome) -> Tool {
        let Some(pressed) = self.pressed.take() else {
            return Tool::Connect(Connect::Aiming(self));
        };
        let found = aim(around, &self.from, &self.from_node, around.world(pos));
        let Some((_, to)) = found else {
            // A click on the start alone: the arrow follows the pointer until the next click.
            return if pressed.distance(pos) <= CLICK_REACH {
                Tool::Connect(Connect::Aiming(self))
            } else {
                Tool::default()
            };
        };
        self.connect(to, out)
    }

    fn connect(self, to: ConnectTarget, out: &mut Outcome) -> Tool {
        out.intents.push(Intent::Edit(Command::Connect { from: self.from, to }));
        Tool::default()
    }
}

impl Connect {
    /// Ends the arrow at a box without the pointer.
    pub fn connect_to(self, target: &NodeId, out: &mut Outcome) -> Tool {
        match (self, target_of(target)) {
            (Self::Aiming(aiming), Some(to)) => aiming.connect(to, out),
            (connect, _) => Tool::Connect(connect),
        }
    }
}

/// What an arrow to a box means.
fn target_of(id: &NodeId) -> Option<ConnectTarget> {
    match id {
        NodeId::Internet => Some(ConnectTarget::Internet),
        id => id.resource().cloned().map(ConnectTarget::Resource),
    }
}

/// The target at a point: the innermost box there that takes the arrow, else the innermost with its
/// reason. Nothing over empty ground and over the start itself.
fn aim(
    around: &Around<'_>,
    from: &ResourceId,
    from_node: &NodeId,
    at: Point,
) -> Option<(Aim, ConnectTarget)> {
    let mut refused = None;
    for position in around.cache.spatial.hits(at) {
        let Some(node) = around.cache.node(position) else {
            continue;
        };
        if &node.id == from_node {
            break;
        }
        let Some(to) = target_of(&node.id) else {
            continue;
        };
        let session = around.session;
        let target = Some(node.id.clone());
        match edit::connect_verdict(session.document(), session.index(), from, &to) {
            Ok(()) => return Some((Aim { target, ..Aim::default() }, to)),
            Err(refusal) => {
                let aim = Aim { target, container: None, refusal: Some(refusal.message) };
                refused.get_or_insert((aim, to));
            }
        }
    }
    refused
}

/// The innermost box at the pointer from which an arrow can start.
fn start(around: &Around<'_>, pos: Pos2) -> Connect {
    let hits = around.cache.spatial.hits(around.world(pos));
    let node = hits.iter().filter_map(|at| around.cache.node(*at)).find(|node| can_start(node.kind));
    node.map_or(Connect::Idle, |node| Connect::from(node, Some(pos)))
}
