//! What the forms of all kinds are made of.

use std::collections::BTreeMap;

use eframe::egui::{ComboBox, PopupCloseBehavior, Ui};

use super::draft::{Drafts, Line};
use crate::{
    edit::Command,
    model::{Field, Index, Kind, Resource, ResourceId, ResourceKind, Topology},
    problem::Problem,
    session::{Intent, Session},
    t,
    ui::{theme, widgets},
};

/// The form of one resource while it is being drawn.
#[derive(Debug)]
pub struct Form<'a> {
    /// What is read.
    pub session: &'a Session,
    /// The resource.
    pub resource: &'a Resource,
    /// The texts that are being typed.
    pub drafts: &'a mut Drafts,
    /// Where wishes go.
    pub intents: &'a mut Vec<Intent>,
}

/// One line of a choice; `None` is the choice of nothing.
pub type Choice = (Option<ResourceId>, String);

impl<'a> Form<'a> {
    /// The network.
    pub fn topology(&self) -> &'a Topology {
        &self.session.document().topology
    }

    /// Its look-ups.
    pub fn index(&self) -> &'a Index {
        self.session.index()
    }

    /// The resource's id.
    pub fn id(&self) -> &'a ResourceId {
        &self.resource.id
    }

    /// Asks for a change of the document.
    pub fn ask(&mut self, command: Command) {
        self.intents.push(Intent::Edit(command));
    }

    /// Changes one field: `change` gets a copy of all fields. Nothing happens when it changes nothing.
    pub fn set(&mut self, field: Field, change: impl FnOnce(&mut ResourceKind)) {
        let mut to = self.resource.kind.clone();
        change(&mut to);
        if to != self.resource.kind {
            self.ask(Command::Set { id: self.resource.id.clone(), field, to: Box::new(to) });
        }
    }

    /// A text field with its label above. `parse` puts the text into a copy of all fields, or says in
    /// one sentence why it does not do.
    pub fn text(
        &mut self,
        ui: &mut Ui,
        field: Field,
        label: &str,
        value: &str,
        parse: impl Fn(&str, &mut ResourceKind) -> Result<(), String>,
    ) {
        let key = self.key(&field);
        self.line(ui, &field, Line::new(&key, label, value), parse);
        self.problems(ui, &field);
    }

    /// What a field's draft is kept under.
    pub fn key(&self, field: &Field) -> String {
        format!("{}/{field}", self.resource.id)
    }

    /// A text field of any shape, without the field's problems.
    pub fn line(
        &mut self,
        ui: &mut Ui,
        field: &Field,
        line: Line<'_>,
        parse: impl Fn(&str, &mut ResourceKind) -> Result<(), String>,
    ) {
        let resource = self.resource;
        let made = self.drafts.edit(ui, self.session, line, |text| {
            let mut to = resource.kind.clone();
            parse(text, &mut to)?;
            let command = Command::Set { id: resource.id.clone(), field: field.clone(), to: Box::new(to) };
            Ok(Intent::Edit(command))
        });
        self.intents.extend(made);
    }

    /// A switch.
    pub fn toggle(
        &mut self,
        ui: &mut Ui,
        field: Field,
        label: &str,
        value: bool,
        apply: impl FnOnce(&mut ResourceKind, bool),
    ) {
        let mut now = value;
        if ui.checkbox(&mut now, label).changed() {
            self.set(field.clone(), |kind| apply(kind, now));
        }
        self.problems(ui, &field);
    }

    /// A choice among a few values.
    pub fn choice<T: PartialEq + Clone>(
        &mut self,
        ui: &mut Ui,
        field: Field,
        label: &str,
        options: &[(T, String)],
        value: &T,
        apply: impl FnOnce(&mut ResourceKind, T),
    ) {
        let head = ui.label(label);
        let at = options.iter().position(|(option, _)| option == value);
        let shown = at.and_then(|at| options.get(at)).map_or("", |(_, text)| text);
        let texts = options.iter().map(|(_, text)| text.as_str());
        let (response, picked) = widgets::choose(ui, self.key(&field), shown, texts, at);
        response.labelled_by(head.id);
        if let Some((option, _)) = picked.and_then(|at| options.get(at)) {
            self.set(field.clone(), |kind| apply(kind, option.clone()));
        }
        self.problems(ui, &field);
    }

    /// A choice of another resource; returns the new choice. A reference that leads nowhere is shown
    /// as such.
    pub fn pick(
        &mut self,
        ui: &mut Ui,
        field: &Field,
        label: &str,
        options: &[Choice],
        value: Option<&ResourceId>,
    ) -> Option<Option<ResourceId>> {
        let head = ui.label(label);
        let picked =
            self.pick_bare(ui, field, options, value, |response| drop(response.labelled_by(head.id)));
        self.problems(ui, field);
        picked
    }

    /// The same without a visible label; `name` gives the box its name.
    pub fn pick_bare(
        &mut self,
        ui: &mut Ui,
        field: &Field,
        options: &[Choice],
        value: Option<&ResourceId>,
        name: impl FnOnce(eframe::egui::Response),
    ) -> Option<Option<ResourceId>> {
        let at = options.iter().position(|(option, _)| option.as_ref() == value);
        let shown = match (at.and_then(|at| options.get(at)), value) {
            (Some((_, text)), _) => text.clone(),
            (None, Some(id)) => t!("panel-form-missing", id = id),
            (None, None) => t!("panel-form-choose"),
        };
        let key = self.key(field);
        ui.horizontal(|ui| {
            let target = value.filter(|id| self.topology().get(id).is_some());
            if let Some(id) = target {
                self.go_to(ui, id);
            }
            let texts = options.iter().map(|(_, text)| text.as_str());
            let (response, picked) = widgets::choose(ui, key, &shown, texts, at);
            name(response);
            picked.and_then(|at| options.get(at)).map(|(id, _)| id.clone())
        })
        .inner
    }

    /// A small button that shows another resource.
    pub fn go_to(&mut self, ui: &mut Ui, id: &ResourceId) {
        let name = t!("panel-form-show", what = label_of(self.topology(), id));
        if widgets::sign_button(ui, "➡", &name).clicked() {
            self.intents.push(Intent::Reveal(vec![id.clone()]));
        }
    }

    /// A choice of several resources, by a box that stays open while entries are switched.
    pub fn pick_many(
        &mut self,
        ui: &mut Ui,
        field: Field,
        label: &str,
        options: &[(ResourceId, String)],
        value: &[ResourceId],
        apply: impl FnOnce(&mut ResourceKind, Vec<ResourceId>),
    ) {
        let head = ui.label(label);
        let names: Vec<String> = value.iter().map(|id| label_of(self.topology(), id)).collect();
        let shown = if names.is_empty() { t!("panel-form-none") } else { names.join(", ") };
        let mut chosen = value.to_vec();
        let response = ComboBox::from_id_salt(self.key(&field))
            .selected_text(shown)
            .width(ui.available_width().max(60.0))
            .truncate()
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .show_ui(ui, |ui| {
                for (id, text) in options {
                    let mut on = chosen.contains(id);
                    if ui.checkbox(&mut on, text).changed() {
                        if on { chosen.push(id.clone()) } else { chosen.retain(|it| it != id) }
                    }
                }
                if options.is_empty() {
                    ui.label(t!("panel-form-nothing-to-choose"));
                }
            })
            .response;
        response.labelled_by(head.id);
        if chosen != value {
            self.set(field.clone(), |kind| apply(kind, chosen));
        }
        self.problems(ui, &field);
    }

    /// The findings about one field, or about an entry of it.
    pub fn problems(&self, ui: &mut Ui, field: &Field) {
        show_problems(ui, self.session, self.id(), |place| {
            place.is_some_and(|place| {
                let rest = place.as_str().strip_prefix(field.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
            })
        });
    }

    /// A line that only explains.
    pub fn note(&self, ui: &mut Ui, text: impl Into<String>) {
        widgets::faint(ui, text);
    }
}

/// Draws the findings about the places of a resource that `here` accepts.
pub fn show_problems(ui: &mut Ui, session: &Session, id: &ResourceId, here: impl Fn(Option<&Field>) -> bool) {
    let concerns = |problem: &&Problem| {
        problem.subjects.iter().any(|subject| subject.id == *id && here(subject.field.as_ref()))
    };
    for problem in session.problems().iter().filter(concerns) {
        let color = theme::severity_color(theme::of(ui), problem.severity);
        let text = format!("{} {}", theme::severity_mark(problem.severity), problem.message);
        let response =
            ui.add(eframe::egui::Label::new(eframe::egui::RichText::new(text).small().color(color)).wrap());
        if let Some(help) = &problem.help {
            response.on_hover_text(help);
        }
    }
}

/// What a resource is called; the id where there is no such resource.
pub fn label_of(topology: &Topology, id: &ResourceId) -> String {
    topology.get(id).map_or_else(|| id.to_string(), |resource| resource.label().to_owned())
}

/// The resources of a kind that `fits` accepts, with names that tell them apart.
pub fn options(session: &Session, kind: Kind, fits: impl Fn(&Resource) -> bool) -> Vec<(ResourceId, String)> {
    let topology = &session.document().topology;
    let found: Vec<&Resource> = session
        .index()
        .of_kind(kind)
        .iter()
        .filter_map(|id| topology.get(id))
        .filter(|resource| fits(resource))
        .collect();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for resource in &found {
        *names.entry(resource.label()).or_default() += 1;
    }
    found
        .iter()
        .map(|resource| {
            let twice = names.get(resource.label()).is_some_and(|count| *count > 1);
            let text = if twice {
                format!("{} ({})", resource.label(), resource.id)
            } else {
                resource.label().to_owned()
            };
            (resource.id.clone(), text)
        })
        .collect()
}

/// The resources of a kind in the same VPC.
pub fn options_in_vpc(session: &Session, kind: Kind, vpc: &ResourceId) -> Vec<(ResourceId, String)> {
    options(session, kind, |resource| session.document().topology.vpc_of(&resource.id) == Some(vpc))
}

/// Options for a field that must have a value.
pub fn required(options: Vec<(ResourceId, String)>) -> Vec<Choice> {
    options.into_iter().map(|(id, text)| (Some(id), text)).collect()
}

/// Options for a field that may be empty; `nothing` says what that means.
pub fn optional(nothing: String, options: Vec<(ResourceId, String)>) -> Vec<Choice> {
    std::iter::once((None, nothing)).chain(required(options)).collect()
}
