//! The form of a network ACL with its rules, in the order in which they decide.

use eframe::egui::{Frame, RichText, Ui};

use super::{
    common::vpc_field,
    draft::Line,
    form::Form,
    parse,
    rule_card::{self, Direction, Part},
};
use crate::{
    edit::Command,
    model::{AclRule, Field, NetworkAcl, ResourceKind, RuleAction},
    net::Protocol,
    t,
    ui::{theme, widgets},
};

/// AWS's own examples leave this much room between rules, for others in between.
const STEP: u16 = 100;
/// The highest number of a rule of the user's; 32767 is the final deny.
const HIGHEST: u16 = 32766;

/// Draws the form.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, acl: &NetworkAcl) {
    if acl.is_default {
        form.note(ui, t!("panel-acl-default"));
    } else {
        let (id, mut to) = (form.id().clone(), acl.clone());
        vpc_field(ui, form, &acl.vpc_id, |vpc| {
            to.vpc_id = vpc;
            Command::Set { id, field: Field::new("vpc_id"), to: Box::new(ResourceKind::NetworkAcl(to)) }
        });
    }
    rules(ui, form, acl, Direction::Inbound);
    rules(ui, form, acl, Direction::Outbound);
}

fn list(acl: &NetworkAcl, direction: Direction) -> &[AclRule] {
    match direction {
        Direction::Inbound => &acl.ingress,
        Direction::Outbound => &acl.egress,
    }
}

fn list_mut(kind: &mut ResourceKind, direction: Direction) -> Option<&mut Vec<AclRule>> {
    let acl = kind.as_network_acl_mut()?;
    Some(match direction {
        Direction::Inbound => &mut acl.ingress,
        Direction::Outbound => &mut acl.egress,
    })
}

fn rule_mut(kind: &mut ResourceKind, direction: Direction, at: usize) -> Option<&mut AclRule> {
    list_mut(kind, direction)?.get_mut(at)
}

fn rules(ui: &mut Ui, form: &mut Form<'_>, acl: &NetworkAcl, direction: Direction) {
    let (title, add) = match direction {
        Direction::Inbound => (t!("panel-rules-inbound"), t!("panel-rules-add-inbound")),
        Direction::Outbound => (t!("panel-rules-outbound"), t!("panel-rules-add-outbound")),
    };
    widgets::title(ui, title);
    let rules = list(acl, direction);
    let mut sorted: Vec<(usize, &AclRule)> = rules.iter().enumerate().collect();
    sorted.sort_by_key(|(at, rule)| (rule.rule_number, *at));
    for (at, rule) in sorted {
        ui.push_id((direction.list(), at), |ui| {
            Frame::group(ui.style()).show(ui, |ui| card(ui, form, direction, at, rule));
        });
    }
    let color = theme::of(ui).faint;
    ui.label(RichText::new(t!("panel-acl-final")).color(color)).on_hover_text(t!("panel-acl-final-tip"));
    form.problems(ui, &Field::new(direction.list()));
    if ui.button(add).clicked() {
        let rule = AclRule { rule_number: next_number(rules), ..AclRule::allow_all() };
        form.set(Field::new(direction.list()), |kind| {
            if let Some(rules) = list_mut(kind, direction) {
                rules.push(rule);
            }
        });
    }
}

/// The next round number behind the last rule, or the highest free one where there is no room behind.
pub fn next_number(rules: &[AclRule]) -> u16 {
    let last = rules.iter().map(|rule| rule.rule_number).max().unwrap_or(0);
    let next = (last / STEP + 1).saturating_mul(STEP);
    if next <= HIGHEST {
        return next;
    }
    let taken = |number: &u16| rules.iter().any(|rule| rule.rule_number == *number);
    (1..=HIGHEST).rev().find(|number| !taken(number)).unwrap_or(HIGHEST)
}

fn card(ui: &mut Ui, form: &mut Form<'_>, direction: Direction, at: usize, rule: &AclRule) {
    if rule_card::head(ui, direction, at, &t!("panel-acl-rule", number = u32::from(rule.rule_number))) {
        form.set(Field::new(direction.list()), |kind| {
            if let Some(rules) = list_mut(kind, direction) {
                rules.remove(at);
            }
        });
        return;
    }
    rule_card::labelled(ui, &t!("panel-rule-number"), |ui| number(ui, form, direction, at, rule));
    rule_card::labelled(ui, &t!("panel-rule-action"), |ui| action(ui, form, direction, at, rule));
    let now = rule.protocol;
    let picked = rule_card::labelled(ui, &t!("panel-rule-protocol"), |ui| {
        rule_card::protocol(ui, form, direction, at, now)
    });
    if let Some(protocol) = picked {
        form.set(Field::item(direction.list(), at, "protocol"), |kind| {
            if let Some(rule) = rule_mut(kind, direction, at) {
                parse::set_acl_protocol(rule, protocol);
            }
        });
    }
    other_protocol(ui, form, direction, at, rule);
    range(ui, form, direction, at, rule);
    let side = match direction {
        Direction::Inbound => t!("panel-rule-source"),
        Direction::Outbound => t!("panel-rule-destination"),
    };
    rule_card::labelled(ui, &side, |ui| block(ui, form, direction, at, rule));
}

fn number(ui: &mut Ui, form: &mut Form<'_>, direction: Direction, at: usize, rule: &AclRule) {
    let field = Field::item(direction.list(), at, "rule_number");
    let (key, value) = (form.key(&field), rule.rule_number.to_string());
    let label = rule_card::name(direction, Part::Number, at);
    form.line(ui, &field, Line::new(&key, &label, &value).bare(), |text, kind| {
        let number = parse::rule_number(text)?;
        if let Some(rule) = rule_mut(kind, direction, at) {
            rule.rule_number = number;
        }
        Ok(())
    });
}

fn action(ui: &mut Ui, form: &mut Form<'_>, direction: Direction, at: usize, rule: &AclRule) {
    let options = [t!("panel-acl-allow"), t!("panel-acl-deny")];
    let now = usize::from(rule.rule_action == RuleAction::Deny);
    let shown = options.get(now).map_or("", String::as_str);
    let salt = (form.id(), direction.list(), at, "action");
    let (response, picked) = widgets::choose(ui, salt, shown, options.iter().map(String::as_str), Some(now));
    widgets::name_it(&response, &rule_card::name(direction, Part::Action, at));
    if let Some(picked) = picked {
        form.set(Field::item(direction.list(), at, "rule_action"), |kind| {
            if let Some(rule) = rule_mut(kind, direction, at) {
                rule.rule_action = if picked == 0 { RuleAction::Allow } else { RuleAction::Deny };
            }
        });
    }
}

/// A protocol that the list does not offer is typed as its number.
fn other_protocol(ui: &mut Ui, form: &mut Form<'_>, direction: Direction, at: usize, rule: &AclRule) {
    if !matches!(rule.protocol, Protocol::Number(_)) {
        return;
    }
    let field = Field::item(direction.list(), at, "protocol");
    let (key, value) = (form.key(&field), rule.protocol.to_string());
    let label = rule_card::name(direction, Part::ProtocolNumber, at);
    form.line(ui, &field, Line::new(&key, &label, &value).bare(), |text, kind| {
        let protocol = parse::protocol(text)?;
        if let Some(rule) = rule_mut(kind, direction, at) {
            parse::set_acl_protocol(rule, protocol);
        }
        Ok(())
    });
}

fn range(ui: &mut Ui, form: &mut Form<'_>, direction: Direction, at: usize, rule: &AclRule) {
    let protocol = rule.protocol;
    let icmp = protocol.is_icmp();
    if !protocol.has_ports() && !icmp {
        return;
    }
    let (name, from, to, hint) = if icmp {
        (
            "icmp_type",
            rule.icmp_type.map(i32::from),
            rule.icmp_code.map(i32::from),
            t!("panel-rule-icmp-hint"),
        )
    } else {
        ("from_port", rule.from_port.map(i32::from), rule.to_port.map(i32::from), t!("panel-rule-ports-hint"))
    };
    let field = Field::item(direction.list(), at, name);
    let (key, label) = (form.key(&field), rule_card::name(direction, Part::Range, at));
    let value = parse::show_range(protocol, from, to);
    let line = Line::new(&key, &label, &value).bare().hint(&hint);
    let parse = |text: &str, kind: &mut ResourceKind| {
        let Some(rule) = rule_mut(kind, direction, at) else { return Ok(()) };
        if icmp {
            let (message, code) = parse::icmp(text)?;
            (rule.icmp_type, rule.icmp_code) = (Some(message), Some(code));
        } else {
            let (from, to) = parse::ports(text)?;
            (rule.from_port, rule.to_port) = (Some(from), Some(to));
        }
        Ok(())
    };
    rule_card::labelled(ui, &rule_card::range_word(protocol), |ui| form.line(ui, &field, line, parse));
}

fn block(ui: &mut Ui, form: &mut Form<'_>, direction: Direction, at: usize, rule: &AclRule) {
    let field = Field::item(direction.list(), at, "cidr_block");
    let (key, value) = (form.key(&field), rule.cidr_block.to_string());
    let label = rule_card::name(direction, Part::Peer, at);
    form.line(ui, &field, Line::new(&key, &label, &value).bare(), |text, kind| {
        let block = parse::block(text)?;
        if let Some(rule) = rule_mut(kind, direction, at) {
            rule.cidr_block = block;
        }
        Ok(())
    });
}
