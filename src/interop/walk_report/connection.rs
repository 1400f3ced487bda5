//! The ways to a shell on an instance, for people and for scripts.

use serde_json::{Value, json};

use super::blocker_value;
use crate::{
    model::ResourceId,
    reach::{
        Blocker, Network, Party,
        connect::{Access, Attempt, Connection, Operator, shell, ssh_config},
    },
    t,
};

/// The commands of every way that works, the plainest first, each with its name as a comment; where
/// none works, what stands in the way of the one that is nearest to it.
pub fn connection_text(network: &Network<'_>, found: &Connection, operator: &Operator<'_>) -> String {
    let mut lines = Vec::new();
    for access in &found.works {
        lines.push(format!("# {}", comment(&access.title(network))));
        lines.extend(access.note(network, &found.host).map(|note| format!("# {}", comment(&note))));
        lines.extend(shell(network, &found.host, access, operator));
        lines.push(String::new());
    }
    if found.works.is_empty() {
        lines.push(no_way(network, found));
        lines.extend(found.fails.first().into_iter().flat_map(|it| reasons(network, it)));
        lines.push(String::new());
    }
    lines.pop();
    lines.join("\n") + "\n"
}

/// The plainest way by SSH as a piece of `ssh_config`; `None` where none works.
pub fn ssh_config_text(network: &Network<'_>, found: &Connection, operator: &Operator<'_>) -> Option<String> {
    let access = found.works.first()?;
    let mut lines = vec![format!("# {}", comment(&access.title(network)))];
    lines.extend(ssh_config(network, &found.host, access, operator));
    Some(lines.join("\n") + "\n")
}

/// The ways as `vpcscape-connect/1`.
pub fn connection_json(network: &Network<'_>, found: &Connection, operator: &Operator<'_>) -> String {
    let way = |access: &Access| {
        let mut value = access_value(network, access);
        if let Some(map) = value.as_object_mut() {
            map.insert("commands".to_owned(), json!(shell(network, &found.host, access, operator)));
            map.insert("ssh_config".to_owned(), json!(ssh_config(network, &found.host, access, operator)));
            map.extend(access.note(network, &found.host).map(|note| ("note".to_owned(), json!(note))));
        }
        value
    };
    let blocked = |attempt: &Attempt| {
        let flows: Vec<Value> = attempt
            .blocked
            .iter()
            .map(|(flow, blockers)| {
                let blockers: Vec<Value> = blockers.iter().map(blocker_value).collect();
                json!({ "from": party_text(&flow.from), "to": party_text(&flow.to), "port": flow.port, "blockers": blockers })
            })
            .collect();
        let mut value = access_value(network, &attempt.access);
        if let Some(map) = value.as_object_mut() {
            map.insert("flows".to_owned(), json!(flows));
        }
        value
    };
    let value = json!({
        "format": "vpcscape-connect/1",
        "host": found.host.as_str(),
        "ways": found.works.iter().map(way).collect::<Vec<_>>(),
        "blocked": found.fails.iter().map(blocked).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

/// That none works, and which one is nearest to it.
pub fn no_way(network: &Network<'_>, found: &Connection) -> String {
    let name = network.label(&found.host);
    let best = found.fails.first().map(|it| it.access.title(network)).unwrap_or_default();
    t!("file-connect-none", name = name, best = best)
}

/// What stands in the way, one line each.
pub fn reasons(network: &Network<'_>, attempt: &Attempt) -> Vec<String> {
    let line = |from: &Party, to: &Party, blocker: &Blocker| {
        let (from, to) = (name(network, from), name(network, to));
        t!(
            "file-connect-reason",
            from = from,
            to = to,
            code = blocker.code.as_str(),
            detail = &blocker.detail
        )
    };
    let flows = attempt.blocked.iter();
    flows.flat_map(|(flow, blockers)| blockers.iter().map(|it| line(&flow.from, &flow.to, it))).collect()
}

fn name(network: &Network<'_>, party: &Party) -> String {
    match party {
        Party::Resource(id) => network.label(id),
        other => party_text(other),
    }
}

fn access_value(network: &Network<'_>, access: &Access) -> Value {
    let through: Vec<&str> = match access {
        Access::Direct => Vec::new(),
        Access::Jump(ids) | Access::SessionManager(ids) => ids.iter().map(ResourceId::as_str).collect(),
        Access::Endpoint(id) => vec![id.as_str()],
    };
    json!({ "kind": access.as_str(), "through": through, "title": access.title(network) })
}

fn party_text(party: &Party) -> String {
    match party {
        Party::Resource(id) => id.to_string(),
        Party::Address(address) => address.to_string(),
        Party::Internet => super::INTERNET.to_owned(),
    }
}

/// A text on one line.
fn comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
