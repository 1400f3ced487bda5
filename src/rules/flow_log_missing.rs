//! The traffic of a VPC is recorded.

use super::{Context, Findings, Rule};
use crate::{problem::Severity, t};

/// The rule. Only asked where the document wants it: most drawings have no flow logs.
pub const RULE: Rule = Rule {
    code: "flow-log-missing",
    severity: Severity::Info,
    summary: || t!("rule-flow-log-missing-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
    rows: &["L1"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, _) in context.vpcs() {
        if context.index.users(id, "resource_id").next().is_none() {
            let message = t!("rule-flow-log-missing", name = context.label(id));
            findings.report(id, None, message, t!("rule-flow-log-missing-help"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::FlowLog;

    #[test]
    fn a_vpc_without_one() {
        finds(&RULE, ("vpc-main", None), "VPC `vpc-main` has no flow log", |_| ());
    }

    #[test]
    fn a_vpc_with_one() {
        silent(&RULE, |n| n.put("fl", FlowLog::new(id("vpc-main"))));
    }
}
