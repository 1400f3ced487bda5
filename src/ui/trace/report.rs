//! The answer: the way there, the way back, and what stands in the way. A click on a line shows the
//! resource that it speaks of.

use eframe::egui::{Label, RichText, ScrollArea, Ui};

use super::Answer;
use crate::{
    model::ResourceId,
    reach::{Blocker, Decision, Direction, Hop, HopKind},
    session::{Intent, Session},
    t,
    ui::{theme, widgets},
};

/// Draws the answer.
pub(super) fn show(ui: &mut Ui, session: &Session, answer: &mut Answer, intents: &mut Vec<Intent>) {
    let Answer { trace, flow, openings, .. } = answer;
    ScrollArea::vertical().id_salt("trace").auto_shrink(false).min_scrolled_height(24.0).show(ui, |ui| {
        if trace.blockers.is_empty() {
            ui.columns_const(|[there, back]| {
                way(there, session, Direction::Forward, &trace.forward, intents);
                way(back, session, Direction::Reply, &trace.reply, intents);
            });
            return;
        }
        ui.columns_const(|[wrong, there, back]| {
            widgets::title(wrong, t!("panel-trace-blockers"));
            for (at, it) in trace.blockers.iter().enumerate() {
                wrong.push_id(("blocker", at), |ui| blocker(ui, session, it, intents));
            }
            openings.show(wrong, session, flow, intents);
            way(there, session, Direction::Forward, &trace.forward, intents);
            way(back, session, Direction::Reply, &trace.reply, intents);
        });
    });
}

fn way(ui: &mut Ui, session: &Session, direction: Direction, hops: &[Hop], intents: &mut Vec<Intent>) {
    let tokens = theme::of(ui);
    let (title, color) = match direction {
        Direction::Forward => (t!("panel-trace-there"), tokens.forward),
        Direction::Reply => (t!("panel-trace-back"), tokens.reply),
    };
    ui.add_space(6.0);
    ui.label(RichText::new(title).strong().color(color));
    if hops.is_empty() {
        widgets::faint(ui, t!("panel-trace-no-way"));
    }
    for (at, it) in hops.iter().enumerate() {
        ui.push_id((direction.as_str(), at), |ui| hop(ui, session, at + 1, it, intents));
    }
}

fn hop(ui: &mut Ui, session: &Session, number: usize, hop: &Hop, intents: &mut Vec<Intent>) {
    let tokens = theme::of(ui);
    let place = match (&hop.resource, hop.kind) {
        (None, HopKind::OnPremises | HopKind::PeerVpc | HopKind::Platform) => hop.kind.title(),
        (resource, _) => name(session, resource.as_ref()),
    };
    let line = t!("panel-trace-hop", number = number, name = place, kind = kind(hop.kind));
    let response = widgets::row(ui, is_selected(session, hop.resource.as_ref()), &line, |ui| {
        widgets::row_text(ui, &line, tokens.text);
    });
    if response.on_hover_text(&line).clicked() {
        intents.extend(hop.resource.clone().map(|id| Intent::Reveal(vec![id])));
    }
    if hop.steps.is_empty() {
        return;
    }
    ui.indent("steps", |ui| {
        for step in &hop.steps {
            let color = match step.decision {
                Decision::Denied => tokens.error,
                Decision::Allowed | Decision::Delivered => tokens.good,
                Decision::Forwarded | Decision::Translated => tokens.faint,
            };
            let text = format!("{}: {}", step.title(), step.because);
            wrapped(ui, RichText::new(text).small().color(color));
        }
    });
}

fn blocker(ui: &mut Ui, session: &Session, blocker: &Blocker, intents: &mut Vec<Intent>) {
    let tokens = theme::of(ui);
    let way = match blocker.direction {
        Direction::Forward => t!("panel-trace-there"),
        Direction::Reply => t!("panel-trace-back"),
    };
    let place = name(session, blocker.resource.as_ref());
    let line = t!("panel-trace-blocker", way = way, name = place, code = blocker.code.as_str());
    let response = widgets::row(ui, is_selected(session, blocker.resource.as_ref()), &line, |ui| {
        widgets::row_text(ui, &line, tokens.error);
    });
    if response.on_hover_text(&line).clicked() {
        intents.extend(blocker.resource.clone().map(|id| Intent::Reveal(vec![id])));
    }
    wrapped(ui, RichText::new(&blocker.detail).small());
}

/// A text that is not stretched to both edges, as columns would have it.
fn wrapped(ui: &mut Ui, text: RichText) {
    ui.vertical(|ui| ui.add(Label::new(text).wrap()));
}

fn is_selected(session: &Session, id: Option<&ResourceId>) -> bool {
    id.is_some_and(|id| session.is_selected(id))
}

fn name(session: &Session, id: Option<&ResourceId>) -> String {
    let Some(id) = id else {
        return t!("panel-trace-internet");
    };
    session.document().topology.get(id).map_or_else(|| id.to_string(), |it| it.label().to_owned())
}

fn kind(kind: HopKind) -> String {
    match kind {
        HopKind::Interface => t!("panel-hop-interface"),
        HopKind::Subnet => t!("panel-hop-subnet"),
        HopKind::InternetGateway => t!("panel-hop-internet-gateway"),
        HopKind::NatGateway => t!("panel-hop-nat-gateway"),
        HopKind::GatewayEndpoint => t!("panel-hop-gateway-endpoint"),
        HopKind::Internet => t!("panel-hop-internet"),
        other => other.title(),
    }
}
