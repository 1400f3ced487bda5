//! The main route table does not make forgotten subnets public.

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, ResourceKind},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "main-table-public",
    severity: Severity::Warning,
    summary: || t!("rule-main-table-public-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html#main-route-table",
    rows: &["R3"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.route_tables().filter(|(_, table)| table.main) {
        let public = table.routes.iter().position(|route| {
            let target = route.target.resource().and_then(|target| context.kind(target));
            matches!(target, Some(ResourceKind::InternetGateway(_)))
        });
        let Some(at) = public else { continue };
        let message =
            t!("rule-main-table-public", name = context.label(id), vpc = context.label(&table.vpc_id));
        let field = Field::item("routes", at, "gateway_id");
        findings.report(id, Some(field), message, t!("rule-main-table-public-help"));
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::RouteTarget;

    #[test]
    fn a_main_table_with_an_internet_route() {
        let message = "the main route table `rtb-main` of VPC `vpc-main` has a route to an internet gateway, \
                       so that every subnet without a table of its own is public";
        finds(&RULE, ("rtb-main", Some("routes[0].gateway_id")), message, |n| {
            n.table("rtb-main", |it| it.routes = vec![default_route(RouteTarget::Gateway(id("igw-main")))]);
        });
    }

    #[test]
    fn another_table_may_be_public() {
        silent(&RULE, |n| n.table("rtb-main", |it| it.routes.clear()));
    }
}
