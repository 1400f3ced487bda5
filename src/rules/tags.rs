//! How many tags a resource may have, and how they may look.

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{Field, Resource},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "tags",
    severity: Severity::Error,
    summary: || t!("rule-tags-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions",
    rows: &["Q4"],
    check,
};

const MAX: usize = 50;
/// `Name`, and the three by which a deploy finds its own objects again.
const OURS: usize = 4;
const MAX_KEY: usize = 128;
const MAX_VALUE: usize = 256;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for resource in context.resources() {
        // Bytes are never fewer than characters.
        if resource.name.len() > MAX_VALUE && resource.name.chars().count() > MAX_VALUE {
            let message = t!("rule-tags-name", id = &resource.id);
            findings.report(&resource.id, Some(Field::new("name")), message, t!("rule-tags-value-help"));
        }
        if !resource.tags.is_empty() {
            look(findings, resource);
        }
    }
}

fn look(findings: &mut Findings<'_>, resource: &Resource) {
    let (id, name, field) = (&resource.id, resource.label(), Some(Field::new("tags")));
    let count = resource.tags.len();
    if count + OURS > MAX {
        let message = t!("rule-tags-count", name = name, count = count);
        findings.report(id, field.clone(), message, t!("rule-tags-count-help", most = MAX - OURS));
    }
    for (key, value) in &resource.tags {
        let mut tags = resource.tags.clone();
        tags.remove(key);
        let remove = Command::SetTags { id: id.clone(), tags };
        let label = t!("rule-tags-fix", key = key);
        if key.is_empty() || key.chars().count() > MAX_KEY {
            let message = t!("rule-tags-key", key = key, name = name);
            findings.report(id, field.clone(), message, t!("rule-tags-key-help")).fix(label, remove);
        } else if key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:")) {
            let message = t!("rule-tags-reserved", key = key, name = name);
            findings.report(id, field.clone(), message, t!("rule-tags-reserved-help")).fix(label, remove);
        } else if value.chars().count() > MAX_VALUE {
            let message = t!("rule-tags-value", key = key, name = name);
            findings.report(id, field.clone(), message, t!("rule-tags-value-help"));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{super::testing::*, RULE};

    fn tag(n: &mut Network, key: &str, value: &str) {
        let resource = n.0.topology.resources.get_mut(&id("vpc-main")).unwrap();
        Arc::make_mut(resource).tags.insert(key.to_owned(), value.to_owned());
    }

    #[test]
    fn reserved_long_and_too_many() {
        let place = ("vpc-main", Some("tags"));
        let message = "the tag `aws:owner` of `vpc-main` begins with aws:, which AWS keeps for itself";
        finds(&RULE, place, message, |n| tag(n, "aws:owner", "me"));
        let message = "the value of tag `note` of `vpc-main` has more than 256 characters";
        finds(&RULE, place, message, |n| tag(n, "note", &"é".repeat(257)));
        let key = "k".repeat(129);
        let message = format!("the tag key `{key}` of `vpc-main` does not have 1 to 128 characters");
        finds(&RULE, place, &message, |n| tag(n, &key, "x"));
        let message = "`vpc-main` has 47 tags, which with Name and those of a deploy are more than 50";
        finds(&RULE, place, message, |n| (0..47).for_each(|at| tag(n, &format!("key-{at}"), "x")));
    }

    #[test]
    fn a_name_is_a_tag_too() {
        let message =
            "the name of `vpc-main` has more than 256 characters, which is no value for the tag Name";
        finds(&RULE, ("vpc-main", Some("name")), message, |n| {
            let resource = n.0.topology.resources.get_mut(&id("vpc-main")).unwrap();
            Arc::make_mut(resource).name = "x".repeat(257);
        });
    }

    #[test]
    fn the_limits_themselves_are_fine() {
        silent(&RULE, |n| {
            (0..45).for_each(|at| tag(n, &format!("key-{at}"), "x"));
            tag(n, &"k".repeat(128), &"é".repeat(256));
        });
    }

    #[test]
    fn the_fix_removes_the_tag() {
        fixes(&RULE, 1, |n| tag(n, "AWS:owner", "me"));
    }
}
