//! What every form begins and ends with: kind, name, id; tags.

use eframe::egui::{Button, RichText, Ui};

use super::{
    draft::Line,
    form::{Form, show_problems},
};
use crate::{
    edit::Command,
    model::{Kind, ResourceId, Tags},
    session::Intent,
    t,
    ui::{outline::tree::kind_name, theme, widgets},
};

/// A tag that is not added yet.
#[derive(Debug, Default)]
pub struct NewTag {
    key: String,
    value: String,
}

/// What the name field's draft is kept under.
pub fn name_key(id: &ResourceId) -> String {
    format!("{id}/name")
}

/// Kind, name, id, and the findings that name no field.
pub fn head(ui: &mut Ui, form: &mut Form<'_>) {
    let resource = form.resource;
    ui.horizontal(|ui| {
        ui.heading(kind_name(resource.kind.kind()));
        ui.label(RichText::new(resource.id.as_str()).small().color(theme::of(ui).faint))
            .on_hover_text(t!("panel-form-id-tip"));
    });
    let key = name_key(&resource.id);
    let made = form.drafts.edit(
        ui,
        form.session,
        Line::new(&key, &t!("panel-field-name"), &resource.name),
        |text| Ok(Intent::Edit(Command::Rename { id: resource.id.clone(), name: text.trim().to_owned() })),
    );
    form.intents.extend(made);
    show_problems(ui, form.session, &resource.id, |field| {
        field.is_none_or(|field| matches!(field.as_str(), "name" | "tags"))
    });
    ui.separator();
}

/// A choice of the VPC for what stands in one; `asked` makes the command of the new VPC.
pub fn vpc_field(
    ui: &mut Ui,
    form: &mut Form<'_>,
    vpc: &ResourceId,
    asked: impl FnOnce(ResourceId) -> Command,
) {
    let options = super::form::required(super::form::options(form.session, Kind::Vpc, |_| true));
    let field = crate::model::Field::new("vpc_id");
    if let Some(Some(new)) = form.pick(ui, &field, &t!("panel-field-vpc"), &options, Some(vpc)) {
        let command = asked(new);
        form.ask(command);
    }
}

/// The tags without Name, each with two fields and a button that removes it.
pub fn tags(ui: &mut Ui, form: &mut Form<'_>, new: &mut NewTag) {
    ui.separator();
    widgets::title(ui, t!("panel-tags-title"));
    for (key, value) in &form.resource.tags {
        ui.push_id(("tag", key), |ui| tag(ui, form, key, value));
    }
    ui.horizontal(|ui| {
        let room = (ui.available_width() - 70.0).max(80.0) / 2.0;
        for (text, label) in
            [(&mut new.key, t!("panel-tags-new-key")), (&mut new.value, t!("panel-tags-new-value"))]
        {
            let edit = eframe::egui::TextEdit::singleline(text).hint_text(&label).desired_width(room - 14.0);
            widgets::name_it(&ui.add(edit), &label);
        }
        let key = new.key.trim();
        let free = !key.is_empty() && key != "Name" && !form.resource.tags.contains_key(key);
        let button = ui.add_enabled(free, Button::new(t!("panel-tags-add")));
        if button.on_disabled_hover_text(t!("panel-tags-add-tip")).clicked() {
            let mut tags = form.resource.tags.clone();
            tags.insert(key.to_owned(), new.value.clone());
            set_tags(form, tags);
            *new = NewTag::default();
        }
    });
}

fn tag(ui: &mut Ui, form: &mut Form<'_>, key: &str, value: &str) {
    ui.horizontal(|ui| {
        if widgets::sign_button(ui, "✖", &t!("panel-tags-remove", key = key)).clicked() {
            let mut tags = form.resource.tags.clone();
            tags.remove(key);
            set_tags(form, tags);
        }
        ui.label(key);
        let resource = form.resource;
        let draft = format!("{}/tags/{key}", resource.id);
        let label = t!("panel-tags-value", key = key);
        let made = form.drafts.edit(ui, form.session, Line::new(&draft, &label, value).bare(), |text| {
            let mut tags = resource.tags.clone();
            tags.insert(key.to_owned(), text.to_owned());
            Ok(Intent::Edit(Command::SetTags { id: resource.id.clone(), tags }))
        });
        form.intents.extend(made);
    });
}

fn set_tags(form: &mut Form<'_>, tags: Tags) {
    let id = form.id().clone();
    form.ask(Command::SetTags { id, tags });
}
