//! One internet gateway per VPC.

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{Container, Field},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "igw-second-on-vpc",
    severity: Severity::Error,
    summary: || t!("rule-igw-second-on-vpc-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
    rows: &["G1"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, gateway) in context.internet_gateways() {
        let Some(vpc) = &gateway.vpc_id else { continue };
        let Some(first) = context.index.internet_gateway(vpc).filter(|first| *first != id) else {
            continue;
        };
        let message = t!(
            "rule-igw-second-on-vpc",
            name = context.label(id),
            vpc = context.label(vpc),
            first = context.label(first)
        );
        let field = Some(Field::new("vpc_id"));
        let finding = findings.report(id, field, message, t!("rule-igw-second-on-vpc-help")).also(first);
        // The one goes to which no route leads; the user decides where both are in use.
        let spare = [id, first].into_iter().find(|it| context.index.referrers(it).is_empty());
        if let Some(spare) = spare {
            let detach = Command::MoveInto { id: spare.clone(), into: Container::Region, at: None };
            finding.fix(t!("rule-igw-second-on-vpc-fix", name = context.label(spare)), detach);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::InternetGateway;

    fn second(n: &mut Network) {
        n.put("igw-second", InternetGateway { vpc_id: Some(id("vpc-main")) });
    }

    #[test]
    fn a_second_attached_gateway() {
        let message =
            "internet gateway `igw-second` is attached to VPC `vpc-main`, which has `igw-main` already";
        finds(&RULE, ("igw-second", Some("vpc_id")), message, second);
    }

    #[test]
    fn a_second_gateway_that_is_not_attached_is_fine() {
        silent(&RULE, |n| n.put("igw-second", InternetGateway::default()));
    }

    #[test]
    fn the_fix_detaches_it() {
        fixes(&RULE, 1, second);
    }
}
