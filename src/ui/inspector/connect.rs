//! How to get to a shell on the instance that is shown, as commands to copy; or why there is no way. Of
//! an Instance Connect Endpoint: the instances that it gets to.

use std::{collections::BTreeMap, path::Path};

use eframe::egui::{Label, RichText, TextEdit, Ui};

use super::form::Form;
use crate::{
    interop::walk_report,
    model::{Kind, ResourceId},
    net::Protocol,
    reach::{
        Flow, Network, Party, Verdict,
        connect::{self, Connection, Operator},
        walk,
    },
    session::Intent,
    t,
    ui::{theme, widgets},
};

/// The user of Amazon Linux.
const USER: &str = "ec2-user";
/// The room for the user's name.
const USER_WIDTH: f32 = 120.0;

/// What the part remembers.
#[derive(Debug)]
pub struct ConnectState {
    user: String,
    answer: Option<Answer>,
}

impl Default for ConnectState {
    fn default() -> Self {
        Self { user: USER.to_owned(), answer: None }
    }
}

/// What was found out about one resource in one version of the document.
#[derive(Debug)]
struct Answer {
    revision: u64,
    about: ResourceId,
    user: String,
    part: Part,
}

#[derive(Debug)]
enum Part {
    /// The ways to an instance.
    Instance(Ways),
    /// The instances that an endpoint gets to, with their names.
    Endpoint(Vec<(ResourceId, String)>),
}

/// The ways to an instance, in words and commands.
#[derive(Debug, Default)]
struct Ways {
    works: Vec<Way>,
    /// Why there is none.
    none: Option<String>,
    reasons: Vec<String>,
}

#[derive(Debug)]
struct Way {
    title: String,
    note: Option<String>,
    commands: String,
    config: String,
}

/// Draws the part.
pub fn show(ui: &mut Ui, form: &mut Form<'_>, state: &mut ConnectState) {
    follow(form, state);
    let Some(answer) = &state.answer else { return };
    match &answer.part {
        Part::Instance(ways) => {
            widgets::title(ui, t!("panel-connect-title"));
            user(ui, &mut state.user);
            instance(ui, ways);
        }
        Part::Endpoint(hosts) => {
            widgets::title(ui, t!("panel-connect-endpoint"));
            if hosts.is_empty() {
                widgets::faint(ui, t!("panel-connect-endpoint-none"));
            }
            for (id, name) in hosts {
                if ui.link(name).clicked() {
                    form.intents.push(Intent::Reveal(vec![id.clone()]));
                }
            }
        }
    }
}

fn user(ui: &mut Ui, user: &mut String) {
    let label = t!("panel-connect-user");
    ui.horizontal(|ui| {
        ui.label(&label);
        let edit = ui.add(TextEdit::singleline(user).desired_width(USER_WIDTH).id_salt("connect-user"));
        widgets::name_it(&edit, &label);
    });
    if !connect::is_user(user) {
        widgets::error(ui, &t!("cli-connect-no-user", text = user.as_str()));
    }
}

fn instance(ui: &mut Ui, ways: &Ways) {
    let tokens = theme::of(ui);
    for (at, way) in ways.works.iter().enumerate() {
        ui.push_id(("way", at), |ui| {
            ui.add_space(4.0);
            let sign = theme::check_mark(true);
            ui.add(Label::new(RichText::new(format!("{sign} {}", way.title)).color(tokens.good)).wrap());
            ui.add(Label::new(RichText::new(&way.commands).monospace().small()).wrap().selectable(true));
            ui.horizontal_wrapped(|ui| {
                copy(ui, &t!("panel-connect-copy"), &way.title, &way.commands);
                copy(ui, &t!("panel-connect-copy-config"), &way.title, &way.config);
            });
            if let Some(note) = &way.note {
                widgets::faint(ui, note);
            }
        });
    }
    if let Some(none) = &ways.none {
        widgets::error(ui, none);
        for reason in &ways.reasons {
            ui.add(Label::new(RichText::new(reason).small().color(tokens.error)).wrap());
        }
    }
}

/// A button that puts a text into the clipboard; its full name says of which way.
fn copy(ui: &mut Ui, label: &str, way: &str, text: &str) {
    let button = ui.small_button(label);
    widgets::name_it(&button, &t!("panel-connect-copy-of", what = label, way = way));
    if button.clicked() {
        ui.ctx().copy_text(text.to_owned());
    }
}

/// Finds out again where the document, the resource or the user is another one.
fn follow(form: &Form<'_>, state: &mut ConnectState) {
    let revision = form.session.revision();
    let user = if connect::is_user(&state.user) { state.user.as_str() } else { USER };
    let same = |it: &Answer| it.revision == revision && it.about == *form.id() && it.user == user;
    if state.answer.as_ref().is_some_and(same) {
        return;
    }
    let network = Network::new(form.topology(), form.index());
    let part = if form.resource.kind.kind() == Kind::InstanceConnectEndpoint {
        Part::Endpoint(hosts_of(&network, form))
    } else {
        let path = form.session.file().path.as_deref();
        let found = connect::connect(&network, form.id());
        Part::Instance(found.map(|it| ways(&network, &it, path, user)).unwrap_or_default())
    };
    state.answer = Some(Answer { revision, about: form.id().clone(), user: user.to_owned(), part });
}

fn ways(network: &Network<'_>, found: &Connection, path: Option<&Path>, user: &str) -> Ways {
    let keys = path.map(|path| connect::key_files(network, path)).unwrap_or_default();
    let live = BTreeMap::new();
    let operator = Operator { user, keys: &keys, live: &live };
    let host = &found.host;
    let works = found.works.iter().map(|access| Way {
        title: access.title(network),
        note: access.note(network, host),
        commands: connect::shell(network, host, access, &operator).join("\n"),
        config: connect::ssh_config(network, host, access, &operator).join("\n") + "\n",
    });
    let nearest = found.fails.first().filter(|_| found.works.is_empty());
    Ways {
        works: works.collect(),
        none: nearest.map(|_| walk_report::no_way(network, found)),
        reasons: nearest.map(|it| walk_report::connection_reasons(network, it)).unwrap_or_default(),
    }
}

/// The instances on which an endpoint opens a shell.
fn hosts_of(network: &Network<'_>, form: &Form<'_>) -> Vec<(ResourceId, String)> {
    let vpc = network.of_owner(form.id()).next().map(|it| it.vpc.clone());
    let inside = |id: &&ResourceId| network.of_owner(id).any(|it| Some(&it.vpc) == vpc.as_ref());
    let reached = |id: &&ResourceId| {
        let (from, to) = (Party::Resource(form.id().clone()), Party::Resource((*id).clone()));
        walk(network, &Flow::new(from, to, Protocol::Tcp, 22)).verdict() == Verdict::Reachable
    };
    let hosts = form.index().of_kind(Kind::Instance).iter();
    hosts.filter(inside).filter(reached).map(|id| (id.clone(), network.label(id))).collect()
}
