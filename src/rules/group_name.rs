//! Names and descriptions of security groups.

use std::collections::BTreeMap;

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, ResourceId, SecurityGroup},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "group-name",
    severity: Severity::Error,
    summary: || t!("rule-group-name-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
    rows: &["SG4"],
    check,
};

const MAX_CHARS: usize = 255;
const MARKS: &str = " ._-:/()#,@[]+=&;{}!$*";

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut first: BTreeMap<(&ResourceId, String), &ResourceId> = BTreeMap::new();
    for (id, group) in context.security_groups() {
        name(context, findings, id, group);
        description(context, findings, id, group);
        let key = (&group.vpc_id, group.group_name.to_lowercase());
        if let Some(other) = first.get(&key) {
            let message = t!(
                "rule-group-name-twice",
                text = &group.group_name,
                name = context.label(id),
                other = context.label(other)
            );
            let field = || Some(Field::new("group_name"));
            findings
                .report(id, field(), message, t!("rule-group-name-twice-help"))
                .also_field(other, field());
        } else {
            first.insert(key, id);
        }
    }
}

fn is_legal(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= MAX_CHARS
        && text.chars().all(|c| c.is_ascii_alphanumeric() || MARKS.contains(c))
}

fn name(context: &Context<'_>, findings: &mut Findings<'_>, id: &ResourceId, group: &SecurityGroup) {
    let text = &group.group_name;
    let taken = text.eq_ignore_ascii_case("default") && !group.is_default;
    let starts = text.to_ascii_lowercase().starts_with("sg-");
    if is_legal(text) && !starts && !taken {
        return;
    }
    let message = t!("rule-group-name", text = text, name = context.label(id));
    findings.report(id, Some(Field::new("group_name")), message, t!("rule-group-name-help"));
}

fn description(context: &Context<'_>, findings: &mut Findings<'_>, id: &ResourceId, group: &SecurityGroup) {
    if is_legal(&group.description) {
        return;
    }
    let message = t!("rule-group-name-description", text = &group.description, name = context.label(id));
    findings.report(id, Some(Field::new("description")), message, t!("rule-group-name-description-help"));
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};

    fn rename(n: &mut Network, name: &str) {
        n.group("sg-private", |it| name.clone_into(&mut it.group_name));
    }

    #[test]
    fn bad_names_and_descriptions() {
        let place = ("sg-private", Some("group_name"));
        for name in ["sg-web", "", "웹", "default"] {
            let message = format!("AWS refuses the name `{name}` of security group `sg-private`");
            finds(&RULE, place, &message, |n| {
                n.put("sg-default", crate::model::SecurityGroup::new(id("vpc-main"), "kept", "kept"));
                rename(n, name);
            });
        }
        let message = "security group `sg-private` is named `Bastion` like `sg-bastion` of the same VPC";
        finds(&RULE, place, message, |n| rename(n, "Bastion"));
        let message = "AWS refuses the description `` of security group `sg-private`";
        finds(&RULE, ("sg-private", Some("description")), message, |n| {
            n.group("sg-private", |it| it.description.clear());
        });
    }

    #[test]
    fn marks_are_allowed_and_another_vpc_has_its_own_names() {
        silent(&RULE, |n| rename(n, "app (blue) #1"));
        silent(&RULE, Network::other_vpc);
    }
}
