//! Fields of the forms in few words: a text, a value that may be missing, a list, a reference, rows.

use std::fmt::Display;

use eframe::egui::{Frame, RichText, Ui};

use super::{
    draft::Line,
    form::{Form, optional, required},
    parse,
};
use crate::{
    edit::Command,
    model::{Container, Field, Kind, ResourceId, ResourceKind},
    t,
    ui::widgets,
};

/// A place of the form: the field, what it is called, and what stands in it while it is empty.
#[derive(Debug, Clone)]
pub struct Slot {
    field: Field,
    label: String,
    hint: String,
}

impl Slot {
    /// A field of the resource itself.
    pub fn new(field: &'static str, label: String) -> Self {
        Self { field: Field::new(field), label, hint: String::new() }
    }

    /// A field of an element of a list; the label counts from 1.
    pub fn item(list: &'static str, at: usize, field: &'static str, label: &str) -> Self {
        let label = t!("panel-form-numbered", what = label, number = at + 1);
        Self { field: Field::item(list, at, field), label, hint: String::new() }
    }

    /// A field of an element of a list with a label of its own.
    pub fn named(list: &'static str, at: usize, field: &'static str, label: String) -> Self {
        Self { field: Field::item(list, at, field), label, hint: String::new() }
    }

    /// The same with a word for the empty field.
    #[must_use]
    pub fn hint(mut self, hint: String) -> Self {
        self.hint = hint;
        self
    }
}

impl Form<'_> {
    fn slot(
        &mut self,
        ui: &mut Ui,
        slot: &Slot,
        value: &str,
        parse: impl Fn(&str, &mut ResourceKind) -> Result<(), String>,
    ) {
        let key = self.key(&slot.field);
        self.line(ui, &slot.field, Line::new(&key, &slot.label, value).hint(&slot.hint), parse);
        self.problems(ui, &slot.field);
    }

    /// A text that may be anything.
    pub fn plain(&mut self, ui: &mut Ui, slot: &Slot, value: &str, set: impl Fn(&mut ResourceKind, String)) {
        self.slot(ui, slot, value, |text, kind| {
            set(kind, text.trim().to_owned());
            Ok(())
        });
    }

    /// A text that may be missing.
    pub fn maybe(
        &mut self,
        ui: &mut Ui,
        slot: &Slot,
        value: Option<&str>,
        set: impl Fn(&mut ResourceKind, Option<String>),
    ) {
        self.slot(ui, slot, value.unwrap_or_default(), |text, kind| {
            set(kind, parse::optional(text.trim()));
            Ok(())
        });
    }

    /// A value that may be missing.
    pub fn maybe_value<T: Display>(
        &mut self,
        ui: &mut Ui,
        slot: &Slot,
        value: Option<T>,
        parse: impl Fn(&str) -> Result<T, String>,
        set: impl Fn(&mut ResourceKind, Option<T>),
    ) {
        let shown = value.map(|value| value.to_string()).unwrap_or_default();
        self.slot(ui, slot, &shown, |text, kind| {
            let text = text.trim();
            let value = if text.is_empty() { None } else { Some(parse(text)?) };
            set(kind, value);
            Ok(())
        });
    }

    /// A value that must be there.
    pub fn value<T: Display>(
        &mut self,
        ui: &mut Ui,
        slot: &Slot,
        value: &T,
        parse: impl Fn(&str) -> Result<T, String>,
        set: impl Fn(&mut ResourceKind, T),
    ) {
        self.slot(ui, slot, &value.to_string(), |text, kind| {
            set(kind, parse(&parse::filled(text)?)?);
            Ok(())
        });
    }

    /// Several values, with commas or blanks between them.
    pub fn values<T: Display>(
        &mut self,
        ui: &mut Ui,
        slot: &Slot,
        values: &[T],
        parse: impl Fn(&str) -> Result<T, String>,
        set: impl Fn(&mut ResourceKind, Vec<T>),
    ) {
        let shown: Vec<String> = values.iter().map(ToString::to_string).collect();
        self.slot(ui, slot, &shown.join(", "), |text, kind| {
            let parts = text.split([',', ' ', '\n']).map(str::trim).filter(|part| !part.is_empty());
            set(kind, parts.map(&parse).collect::<Result<_, _>>()?);
            Ok(())
        });
    }

    /// A switch.
    pub fn switch(
        &mut self,
        ui: &mut Ui,
        slot: &Slot,
        value: bool,
        set: impl FnOnce(&mut ResourceKind, bool),
    ) {
        self.toggle(ui, slot.field.clone(), &slot.label, value, set);
    }

    /// A choice among a few values.
    pub fn one_of<T: PartialEq + Clone>(
        &mut self,
        ui: &mut Ui,
        slot: &Slot,
        options: &[(T, String)],
        value: &T,
        set: impl FnOnce(&mut ResourceKind, T),
    ) {
        self.choice(ui, slot.field.clone(), &slot.label, options, value, set);
    }

    /// A reference that must be there.
    pub fn refer(
        &mut self,
        ui: &mut Ui,
        slot: &Slot,
        options: Vec<(ResourceId, String)>,
        value: &ResourceId,
        set: impl FnOnce(&mut ResourceKind, ResourceId),
    ) {
        let picked = self.pick(ui, &slot.field, &slot.label, &required(options), Some(value));
        if let Some(Some(chosen)) = picked {
            self.set(slot.field.clone(), |kind| set(kind, chosen));
        }
    }

    /// A reference that may be missing; the slot's hint says what that means.
    pub fn maybe_refer(
        &mut self,
        ui: &mut Ui,
        slot: &Slot,
        options: Vec<(ResourceId, String)>,
        value: Option<&ResourceId>,
        set: impl FnOnce(&mut ResourceKind, Option<ResourceId>),
    ) {
        let nothing = if slot.hint.is_empty() { t!("panel-form-none") } else { slot.hint.clone() };
        let picked = self.pick(ui, &slot.field, &slot.label, &optional(nothing, options), value);
        if let Some(chosen) = picked {
            self.set(slot.field.clone(), |kind| set(kind, chosen));
        }
    }

    /// References to several resources.
    pub fn refer_many(
        &mut self,
        ui: &mut Ui,
        slot: &Slot,
        options: &[(ResourceId, String)],
        value: &[ResourceId],
        set: impl FnOnce(&mut ResourceKind, Vec<ResourceId>),
    ) {
        self.pick_many(ui, slot.field.clone(), &slot.label, options, value, set);
    }

    /// The resources of a kind, to choose from.
    pub fn all(&self, kind: Kind) -> Vec<(ResourceId, String)> {
        super::form::options(self.session, kind, |_| true)
    }

    /// The resources of a kind in the VPC of this resource, or all where that is unknown.
    pub fn all_here(&self, kind: Kind) -> Vec<(ResourceId, String)> {
        match self.topology().vpc_of(self.id()) {
            Some(vpc) => super::form::options_in_vpc(self.session, kind, vpc),
            None => self.all(kind),
        }
    }

    /// The subnet of what stands in one; another choice moves it there.
    pub fn subnet(&mut self, ui: &mut Ui, subnet: &ResourceId) {
        let (field, options) = (Field::new("subnet_id"), required(self.all(Kind::Subnet)));
        let picked = self.pick(ui, &field, &t!("panel-field-subnet"), &options, Some(subnet));
        if let Some(Some(subnet)) = picked {
            let id = self.id().clone();
            self.ask(Command::MoveInto { id, into: Container::Subnet(subnet), at: None });
        }
    }

    /// The security groups of an interface.
    pub fn groups(
        &mut self,
        ui: &mut Ui,
        groups: &[ResourceId],
        set: impl FnOnce(&mut ResourceKind, Vec<ResourceId>),
    ) {
        let options = self.all_here(Kind::SecurityGroup);
        let slot = Slot::new("security_group_ids", t!("panel-field-security-groups"));
        self.refer_many(ui, &slot, &options, groups, set);
    }

    /// A frame around the fields of an element of a list, with a button that removes it.
    pub fn card(
        &mut self,
        ui: &mut Ui,
        (list, at): (&'static str, usize),
        title: &str,
        remove: impl FnOnce(&mut ResourceKind),
        fields: impl FnOnce(&mut Ui, &mut Self),
    ) {
        ui.push_id((list, at), |ui| {
            Frame::group(ui.style()).show(ui, |ui| {
                let title = t!("panel-form-numbered", what = title, number = at + 1);
                let pressed = ui.horizontal(|ui| {
                    ui.label(RichText::new(&title).strong());
                    widgets::sign_button(ui, "✖", &t!("panel-form-remove", what = &title)).clicked()
                });
                if pressed.inner {
                    self.set(Field::new(list), remove);
                } else {
                    fields(ui, self);
                }
            });
        });
    }

    /// The button below a list that adds an element.
    pub fn add(
        &mut self,
        ui: &mut Ui,
        list: &'static str,
        label: &str,
        push: impl FnOnce(&mut ResourceKind),
    ) {
        if ui.button(label).clicked() {
            self.set(Field::new(list), push);
        }
    }
}

/// Removes an element of a list, if it is there.
pub fn remove<T>(list: &mut Vec<T>, at: usize) {
    if at < list.len() {
        list.remove(at);
    }
}
