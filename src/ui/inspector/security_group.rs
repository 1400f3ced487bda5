//! The form of a security group with its rules.

use eframe::egui::{Frame, Ui};

use super::{
    common::vpc_field,
    draft::Line,
    form::{Form, options_in_vpc, required},
    parse,
    rule_card::{self, Direction, Part},
};
use crate::{
    edit::Command,
    model::{Field, Kind, ResourceKind, SecurityGroup, SecurityGroupRule, SecurityGroupRulePeer},
    net::Protocol,
    t,
    ui::widgets,
};

/// Draws the form.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, group: &SecurityGroup) {
    if group.is_default {
        form.note(ui, t!("panel-group-default"));
    } else {
        let (id, mut to) = (form.id().clone(), group.clone());
        vpc_field(ui, form, &group.vpc_id, |vpc| {
            to.vpc_id = vpc;
            Command::Set { id, field: Field::new("vpc_id"), to: Box::new(ResourceKind::SecurityGroup(to)) }
        });
    }
    form.text(
        ui,
        Field::new("group_name"),
        &t!("panel-field-group-name"),
        &group.group_name,
        |text, kind| {
            let name = parse::filled(text)?;
            if let Some(group) = kind.as_security_group_mut() {
                group.group_name = name;
            }
            Ok(())
        },
    );
    form.text(
        ui,
        Field::new("description"),
        &t!("panel-field-description"),
        &group.description,
        |text, kind| {
            let description = parse::filled(text)?;
            if let Some(group) = kind.as_security_group_mut() {
                group.description = description;
            }
            Ok(())
        },
    );
    rules(ui, form, group, Direction::Inbound);
    rules(ui, form, group, Direction::Outbound);
    form.note(ui, t!("panel-group-note"));
}

fn list(group: &SecurityGroup, direction: Direction) -> &[SecurityGroupRule] {
    match direction {
        Direction::Inbound => &group.ingress,
        Direction::Outbound => &group.egress,
    }
}

fn list_mut(kind: &mut ResourceKind, direction: Direction) -> Option<&mut Vec<SecurityGroupRule>> {
    let group = kind.as_security_group_mut()?;
    Some(match direction {
        Direction::Inbound => &mut group.ingress,
        Direction::Outbound => &mut group.egress,
    })
}

fn rule_mut(kind: &mut ResourceKind, direction: Direction, at: usize) -> Option<&mut SecurityGroupRule> {
    list_mut(kind, direction)?.get_mut(at)
}

fn rules(ui: &mut Ui, form: &mut Form<'_>, group: &SecurityGroup, direction: Direction) {
    let (title, add) = match direction {
        Direction::Inbound => (t!("panel-rules-inbound"), t!("panel-rules-add-inbound")),
        Direction::Outbound => (t!("panel-rules-outbound"), t!("panel-rules-add-outbound")),
    };
    widgets::title(ui, title);
    for (at, rule) in list(group, direction).iter().enumerate() {
        ui.push_id((direction.list(), at), |ui| {
            Frame::group(ui.style()).show(ui, |ui| card(ui, form, direction, at, rule, group));
        });
    }
    form.problems(ui, &Field::new(direction.list()));
    if ui.button(add).clicked() {
        let rule = new_rule(form, group);
        form.set(Field::new(direction.list()), |kind| {
            if let Some(rules) = list_mut(kind, direction) {
                rules.push(rule);
            }
        });
    }
}

/// A new rule opens HTTPS to the VPC itself: harmless until someone says more.
fn new_rule(form: &Form<'_>, group: &SecurityGroup) -> SecurityGroupRule {
    let block = form.topology().kind(&group.vpc_id).and_then(ResourceKind::as_vpc).map(|vpc| vpc.cidr_block);
    SecurityGroupRule::tcp(443, SecurityGroupRulePeer::Ipv4(block.unwrap_or_default()))
}

fn card(
    ui: &mut Ui,
    form: &mut Form<'_>,
    direction: Direction,
    at: usize,
    rule: &SecurityGroupRule,
    group: &SecurityGroup,
) {
    if rule_card::head(ui, direction, at, &t!("panel-rule-title", number = at + 1)) {
        form.set(Field::new(direction.list()), |kind| {
            if let Some(rules) = list_mut(kind, direction) {
                rules.remove(at);
            }
        });
        return;
    }
    let now = rule.ip_protocol;
    let picked = rule_card::labelled(ui, &t!("panel-rule-protocol"), |ui| {
        rule_card::protocol(ui, form, direction, at, now)
    });
    if let Some(protocol) = picked {
        form.set(Field::item(direction.list(), at, "ip_protocol"), |kind| {
            if let Some(rule) = rule_mut(kind, direction, at) {
                parse::set_group_protocol(rule, protocol);
            }
        });
    }
    other_protocol(ui, form, direction, at, rule);
    range(ui, form, direction, at, rule);
    let side = match direction {
        Direction::Inbound => t!("panel-rule-source"),
        Direction::Outbound => t!("panel-rule-destination"),
    };
    rule_card::labelled(ui, &side, |ui| {
        peer_type(ui, form, direction, at, rule, group);
        peer(ui, form, direction, at, rule, group);
    });
    let word = t!("panel-field-description");
    rule_card::labelled(ui, &word, |ui| description(ui, form, direction, at, rule));
}

fn range(ui: &mut Ui, form: &mut Form<'_>, direction: Direction, at: usize, rule: &SecurityGroupRule) {
    let protocol = rule.ip_protocol;
    if !protocol.has_ports() && !protocol.is_icmp() {
        return;
    }
    let field = Field::item(direction.list(), at, "from_port");
    let (key, label) = (form.key(&field), rule_card::name(direction, Part::Range, at));
    let value = parse::show_range(protocol, rule.from_port, rule.to_port);
    let hint = if protocol.is_icmp() { t!("panel-rule-icmp-hint") } else { t!("panel-rule-ports-hint") };
    let line = Line::new(&key, &label, &value).bare().hint(&hint);
    let parse = |text: &str, kind: &mut ResourceKind| {
        let (from, to) = if protocol.is_icmp() {
            let (message, code) = parse::icmp(text)?;
            (i32::from(message), i32::from(code))
        } else {
            let (from, to) = parse::ports(text)?;
            (i32::from(from), i32::from(to))
        };
        if let Some(rule) = rule_mut(kind, direction, at) {
            (rule.from_port, rule.to_port) = (Some(from), Some(to));
        }
        Ok(())
    };
    rule_card::labelled(ui, &rule_card::range_word(protocol), |ui| form.line(ui, &field, line, parse));
}

fn peer_type(
    ui: &mut Ui,
    form: &mut Form<'_>,
    direction: Direction,
    at: usize,
    rule: &SecurityGroupRule,
    group: &SecurityGroup,
) {
    let lists = form.all(Kind::ManagedPrefixList);
    let mut options = vec![t!("panel-peer-block"), t!("panel-peer-group")];
    let now = match rule.peer {
        SecurityGroupRulePeer::Group(_) => 1,
        SecurityGroupRulePeer::ManagedPrefixList(_) => 2,
        _ => 0,
    };
    if now == 2 || !lists.is_empty() {
        options.push(t!("panel-peer-list"));
    }
    let shown = options.get(now).map_or("", String::as_str);
    let salt = (form.id(), direction.list(), at, "peer type");
    let (response, picked) = widgets::choose(ui, salt, shown, options.iter().map(String::as_str), Some(now));
    widgets::name_it(&response, &rule_card::name(direction, Part::PeerType, at));
    let peer = match picked {
        None => return,
        Some(0) => new_rule(form, group).peer,
        Some(2) => match lists.first() {
            Some((list, _)) => SecurityGroupRulePeer::ManagedPrefixList(list.clone()),
            None => return,
        },
        Some(_) => SecurityGroupRulePeer::Group(form.id().clone()),
    };
    form.set(Field::item(direction.list(), at, ""), |kind| {
        if let Some(rule) = rule_mut(kind, direction, at) {
            rule.peer = peer;
        }
    });
}

fn peer(
    ui: &mut Ui,
    form: &mut Form<'_>,
    direction: Direction,
    at: usize,
    rule: &SecurityGroupRule,
    group: &SecurityGroup,
) {
    let label = rule_card::name(direction, Part::Peer, at);
    if let SecurityGroupRulePeer::Group(id) = &rule.peer {
        let field = Field::item(direction.list(), at, "referenced_security_group_id");
        let options = required(options_in_vpc(form.session, Kind::SecurityGroup, &group.vpc_id));
        let picked =
            form.pick_bare(ui, &field, &options, Some(id), |response| widgets::name_it(&response, &label));
        if let Some(Some(chosen)) = picked {
            form.set(field, |kind| {
                if let Some(rule) = rule_mut(kind, direction, at) {
                    rule.peer = SecurityGroupRulePeer::Group(chosen);
                }
            });
        }
        return;
    }
    if let SecurityGroupRulePeer::ManagedPrefixList(id) = &rule.peer {
        let field = Field::item(direction.list(), at, "managed_prefix_list_id");
        let options = required(form.all(Kind::ManagedPrefixList));
        let picked =
            form.pick_bare(ui, &field, &options, Some(id), |response| widgets::name_it(&response, &label));
        if let Some(Some(chosen)) = picked {
            form.set(field, |kind| {
                if let Some(rule) = rule_mut(kind, direction, at) {
                    rule.peer = SecurityGroupRulePeer::ManagedPrefixList(chosen);
                }
            });
        }
        return;
    }
    let field = Field::item(direction.list(), at, "cidr_ipv4");
    let (key, value, hint) = (form.key(&field), rule.peer.to_string(), t!("panel-rule-peer-hint"));
    form.line(ui, &field, Line::new(&key, &label, &value).bare().hint(&hint), |text, kind| {
        let peer = parse::peer(text)?;
        if let Some(rule) = rule_mut(kind, direction, at) {
            rule.peer = peer;
        }
        Ok(())
    });
}

fn description(ui: &mut Ui, form: &mut Form<'_>, direction: Direction, at: usize, rule: &SecurityGroupRule) {
    let field = Field::item(direction.list(), at, "description");
    let (key, hint) = (form.key(&field), t!("panel-rule-description-hint"));
    let label = rule_card::name(direction, Part::Description, at);
    form.line(ui, &field, Line::new(&key, &label, &rule.description).bare().hint(&hint), |text, kind| {
        if let Some(rule) = rule_mut(kind, direction, at) {
            text.trim().clone_into(&mut rule.description);
        }
        Ok(())
    });
}

/// A protocol that the list does not offer is typed as its number.
fn other_protocol(
    ui: &mut Ui,
    form: &mut Form<'_>,
    direction: Direction,
    at: usize,
    rule: &SecurityGroupRule,
) {
    if !matches!(rule.ip_protocol, Protocol::Number(_)) {
        return;
    }
    let field = Field::item(direction.list(), at, "ip_protocol");
    let (key, value) = (form.key(&field), rule.ip_protocol.to_string());
    let label = rule_card::name(direction, Part::ProtocolNumber, at);
    form.line(ui, &field, Line::new(&key, &label, &value).bare(), |text, kind| {
        let protocol = parse::protocol(text)?;
        if let Some(rule) = rule_mut(kind, direction, at) {
            parse::set_group_protocol(rule, protocol);
        }
        Ok(())
    });
}
