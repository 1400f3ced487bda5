//! How many blocks a VPC may have.

use super::{Context, Findings, Rule};
use crate::{model::Field, problem::Severity, t};

/// The rule. Above the default quota it warns, above what AWS ever grants it is an error.
pub const RULE: Rule = Rule {
    code: "vpc-cidr-quota",
    severity: Severity::Error,
    summary: || t!("rule-vpc-cidr-quota-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",
    rows: &["V9"],
    check,
};

const DEFAULT_QUOTA: usize = 5;
const HIGHEST_QUOTA: usize = 50;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, vpc) in context.vpcs() {
        let count = vpc.cidr_blocks().count();
        if count <= DEFAULT_QUOTA {
            continue;
        }
        let message = t!("rule-vpc-cidr-quota", count = count, name = context.label(id));
        let field = Some(Field::new("secondary_cidr_blocks"));
        let finding = findings.report(id, field, message, t!("rule-vpc-cidr-quota-help"));
        if count <= HIGHEST_QUOTA {
            finding.severity(Severity::Warning);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::problem::Severity;

    fn blocks(count: u8) -> Vec<ipnet::Ipv4Net> {
        (1..=count).map(|at| net(&format!("10.{at}.0.0/16"))).collect()
    }

    #[test]
    fn the_sixth_block_needs_a_higher_quota_and_the_51st_is_never_granted() {
        let message = "VPC `vpc-main` has 6 IPv4 blocks, the default quota is 5";
        let place = ("vpc-main", Some("secondary_cidr_blocks"));
        finds(&RULE, place, message, |n| n.vpc(|it| it.secondary_cidr_blocks = blocks(5)));
        let (problem, _) = one(&RULE, |n| n.vpc(|it| it.secondary_cidr_blocks = blocks(5)));
        assert_eq!(problem.severity, Severity::Warning);
        let (problem, _) = one(&RULE, |n| n.vpc(|it| it.secondary_cidr_blocks = blocks(50)));
        assert_eq!(problem.severity, Severity::Error);
    }

    #[test]
    fn five_are_fine() {
        silent(&RULE, |n| n.vpc(|it| it.secondary_cidr_blocks = blocks(4)));
    }
}
