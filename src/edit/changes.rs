//! What a transaction does to the network, in words: for previews and dry runs.

use serde_json::{Map, Value};

use super::draft::kind_name;
use crate::{
    model::{Op, Resource, ResourceId, Transaction},
    t,
};

/// Longer values are cut: a preview is to be read at a glance.
const MOST_LETTERS: usize = 120;

/// What becomes of one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Added,
    /// Some of its fields change.
    Changed,
    /// It goes.
    Removed,
}

/// One resource that a transaction touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The resource.
    pub id: ResourceId,
    /// What becomes of it.
    pub fate: Fate,
    /// The same for people, one line for each field or entry that changes.
    pub lines: Vec<String>,
}

/// The resources that a transaction adds, changes or removes, in the order of its ops. Where boxes
/// stand does not count.
pub fn changes(transaction: &Transaction) -> Vec<Change> {
    let of = |op: &Op| match op {
        Op::Put { id, before, after } => change(id, before.as_deref(), after.as_deref()),
        _ => None,
    };
    transaction.ops.iter().filter_map(of).collect()
}

fn change(id: &ResourceId, before: Option<&Resource>, after: Option<&Resource>) -> Option<Change> {
    let whole = |it: &Resource| (it.label().to_owned(), kind_name(it.kind.kind()));
    let (fate, lines) = match (before, after) {
        (None, Some(it)) => {
            let (name, kind) = whole(it);
            (Fate::Added, vec![t!("edit-change-added", name = name, kind = kind)])
        }
        (Some(it), None) => {
            let (name, kind) = whole(it);
            (Fate::Removed, vec![t!("edit-change-removed", name = name, kind = kind)])
        }
        (Some(before), Some(after)) => (Fate::Changed, differences(before, after)),
        (None, None) => return None,
    };
    Some(Change { id: id.clone(), fate, lines })
}

fn differences(before: &Resource, after: &Resource) -> Vec<String> {
    let (old, new) = (fields(before), fields(after));
    let names = old.keys().chain(new.keys().filter(|name| !old.contains_key(*name)));
    let mut lines = Vec::new();
    for field in names {
        let (was, is) = (old.get(field), new.get(field));
        if was != is {
            difference(&mut lines, &format!("{}.{field}", after.label()), was, is);
        }
    }
    lines
}

/// A resource as an object of its fields, as in the file.
fn fields(resource: &Resource) -> Map<String, Value> {
    let kind = serde_json::to_value(&resource.kind).unwrap_or_default();
    let mut fields = match kind {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    fields.insert("name".to_owned(), Value::from(resource.name.as_str()));
    fields.insert("tags".to_owned(), serde_json::to_value(&resource.tags).unwrap_or_default());
    fields
}

/// Lists say which entries come and go; everything else says both values.
fn difference(lines: &mut Vec<String>, place: &str, was: Option<&Value>, is: Option<&Value>) {
    let empty = Vec::new();
    let list = |value: Option<&Value>| value.is_none_or(Value::is_array);
    if list(was) && list(is) {
        let was = was.and_then(Value::as_array).unwrap_or(&empty);
        let is = is.and_then(Value::as_array).unwrap_or(&empty);
        let gone = was.iter().filter(|it| count(was, it) > count(is, it));
        lines.extend(gone.map(|it| t!("edit-change-without", place = place, value = short(Some(it)))));
        let new = is.iter().filter(|it| count(is, it) > count(was, it));
        lines.extend(new.map(|it| t!("edit-change-with", place = place, value = short(Some(it)))));
        return;
    }
    lines.push(t!("edit-change-field", place = place, before = short(was), after = short(is)));
}

fn count(list: &[Value], value: &Value) -> usize {
    list.iter().filter(|it| *it == value).count()
}

fn short(value: Option<&Value>) -> String {
    let text = match value {
        None | Some(Value::Null) => return t!("edit-change-nothing"),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    if text.chars().count() <= MOST_LETTERS {
        return text;
    }
    text.chars().take(MOST_LETTERS).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        edit::{Command, plan},
        interop::templates,
        model::{Document, Field},
    };

    fn document() -> Document {
        templates::document("bastion-nat").unwrap()
    }

    fn said(command: &Command) -> Vec<Change> {
        let document = document();
        changes(&plan(&document, &document.topology.index(), command).unwrap().transaction)
    }

    #[test]
    fn a_changed_field_says_both_values() {
        let document = document();
        let id = ResourceId::new("subnet-private").unwrap();
        let mut to = document.topology.kind(&id).unwrap().clone();
        to.as_subnet_mut().unwrap().cidr_block = "10.0.9.0/24".parse().unwrap();
        let found = said(&Command::Set { id: id.clone(), field: Field::new("cidr_block"), to: Box::new(to) });
        let lines = vec!["~ private.cidr_block: 10.0.1.0/24 becomes 10.0.9.0/24".to_owned()];
        assert_eq!(found, [Change { id, fate: Fate::Changed, lines }]);
    }

    #[test]
    fn what_goes_takes_its_entries_along() {
        let found = said(&Command::Delete { ids: vec![ResourceId::new("nat-tutorial").unwrap()] });
        let lines: Vec<&str> = found.iter().flat_map(|it| &it.lines).map(String::as_str).collect();
        assert!(lines.contains(&"- tutorial (NAT gateway)"), "{lines:#?}");
        let route = lines.iter().find(|line| line.contains(".routes: without")).unwrap();
        assert!(route.starts_with("~ ") && route.contains("0.0.0.0/0"), "{route}");
    }
}
