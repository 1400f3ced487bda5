//! What the cards of security group rules and of network ACL rules have in common.

use eframe::egui::{Align, Align2, Layout, RichText, Sense, TextStyle, Ui, vec2};

use super::form::Form;
use crate::{
    net::Protocol,
    t,
    ui::{theme, widgets},
};

/// The direction of a list of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// `ingress`.
    Inbound,
    /// `egress`.
    Outbound,
}

impl Direction {
    /// The name of the list in a file.
    pub fn list(self) -> &'static str {
        match self {
            Self::Inbound => "ingress",
            Self::Outbound => "egress",
        }
    }
}

/// The parts of a rule that have a name for screen readers and tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The button that removes it.
    Remove,
    /// The rule number.
    Number,
    /// The protocol.
    Protocol,
    /// A protocol by its number.
    ProtocolNumber,
    /// Ports, or ICMP type and code.
    Range,
    /// Source or destination.
    Peer,
    /// What kind of source or destination.
    PeerType,
    /// Allow or deny.
    Action,
    /// What it is for.
    Description,
}

/// The name of a part of the rule with this place in its list.
pub fn name(direction: Direction, part: Part, at: usize) -> String {
    let number = at + 1;
    let way = match direction {
        Direction::Inbound => t!("panel-rule-inbound"),
        Direction::Outbound => t!("panel-rule-outbound"),
    };
    match part {
        Part::Remove => t!("panel-rule-remove", way = way, number = number),
        Part::Number => t!("panel-rule-number-of", way = way, number = number),
        Part::Protocol => t!("panel-rule-protocol-of", way = way, number = number),
        Part::ProtocolNumber => t!("panel-rule-protocol-number-of", way = way, number = number),
        Part::Range => t!("panel-rule-ports-of", way = way, number = number),
        Part::Peer if direction == Direction::Inbound => {
            t!("panel-rule-source-of", way = way, number = number)
        }
        Part::Peer => t!("panel-rule-destination-of", way = way, number = number),
        Part::PeerType => t!("panel-rule-peer-type-of", way = way, number = number),
        Part::Action => t!("panel-rule-action-of", way = way, number = number),
        Part::Description => t!("panel-rule-description-of", way = way, number = number),
    }
}

/// The first line of a card; whether its rule is to be removed.
pub fn head(ui: &mut Ui, direction: Direction, at: usize, title: &str) -> bool {
    ui.horizontal(|ui| {
        ui.label(RichText::new(title).strong());
        let name = name(direction, Part::Remove, at);
        widgets::sign_button(ui, "✖", &name).clicked()
    })
    .inner
}

/// A field with a faint word before it. The word is not the field's name: that says which rule, too.
pub fn labelled<R>(ui: &mut Ui, word: &str, field: impl FnOnce(&mut Ui) -> R) -> R {
    let top_down = Layout::top_down(Align::Min);
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(84.0, ui.spacing().interact_size.y), Sense::hover());
        let font = TextStyle::Small.resolve(ui.style());
        ui.painter().text(rect.left_center(), Align2::LEFT_CENTER, word, font, theme::of(ui).faint);
        ui.with_layout(top_down, field).inner
    })
    .inner
}

/// What the ports, or the messages of ICMP, are called.
pub fn range_word(protocol: Protocol) -> String {
    if protocol.is_icmp() { t!("panel-rule-icmp") } else { t!("panel-rule-ports") }
}

/// A choice of the protocol; the new one, if there is one.
pub fn protocol(
    ui: &mut Ui,
    form: &Form<'_>,
    direction: Direction,
    at: usize,
    now: Protocol,
) -> Option<Protocol> {
    let mut options = vec![
        (Protocol::All, t!("panel-protocol-all")),
        (Protocol::Tcp, "TCP".to_owned()),
        (Protocol::Udp, "UDP".to_owned()),
        (Protocol::Icmp, "ICMP".to_owned()),
        (Protocol::Icmpv6, "ICMPv6".to_owned()),
        // IPsec's ESP and GRE are the two others that people open most.
        (Protocol::Number(50), t!("panel-protocol-number", number = 50_u8)),
        (Protocol::Number(47), t!("panel-protocol-number", number = 47_u8)),
    ];
    if !options.iter().any(|(protocol, _)| *protocol == now) {
        options.push((now, t!("panel-protocol-number", number = now)));
    }
    let place = options.iter().position(|(protocol, _)| *protocol == now);
    let shown = place.and_then(|place| options.get(place)).map_or("", |(_, text)| text);
    let salt = (form.id(), direction.list(), at, "protocol");
    let (response, picked) =
        widgets::choose(ui, salt, shown, options.iter().map(|(_, text)| text.as_str()), place);
    widgets::name_it(&response, &name(direction, Part::Protocol, at));
    picked.and_then(|place| options.get(place)).map(|(protocol, _)| *protocol)
}
