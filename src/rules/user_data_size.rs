//! What runs at the first boot has a size limit.

use super::{Context, Findings, Rule};
use crate::{model::Field, problem::Severity, t};

/// The rule.
pub const RULE: Rule = Rule {
    code: "user-data-size",
    severity: Severity::Error,
    summary: || t!("rule-user-data-size-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html",
    rows: &["Q3"],
    check,
};

/// Bytes, before the encoding as base64.
const MAX: usize = 16 * 1024;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, instance) in context.instances() {
        let size = instance.user_data.as_ref().map_or(0, String::len);
        if size > MAX {
            let message = t!("rule-user-data-size", name = context.label(id), size = size.to_string());
            findings.report(id, Some(Field::new("user_data")), message, t!("rule-user-data-size-help"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, MAX, RULE};

    #[test]
    fn one_byte_too_much() {
        let message = "the user data of instance `i-private` has 16385 bytes, AWS takes 16384";
        finds(&RULE, ("i-private", Some("user_data")), message, |n| {
            n.instance("i-private", |it| it.user_data = Some("x".repeat(MAX + 1)));
        });
    }

    #[test]
    fn the_limit_itself_is_fine() {
        silent(&RULE, |n| n.instance("i-private", |it| it.user_data = Some("x".repeat(MAX))));
    }
}
