//! A route whose target does not take packets still wins, and drops them.

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{Container, Field, ResourceKind, RouteTarget},
    problem::Severity,
    t,
};

/// The rule. AWS refuses a route to a gateway that is attached nowhere.
pub const RULE: Rule = Rule {
    code: "route-blackhole",
    severity: Severity::Error,
    summary: || t!("rule-route-blackhole-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html",
    rows: &["R16"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.route_tables() {
        for (at, route) in table.routes.iter().enumerate() {
            let RouteTarget::Gateway(gateway) = &route.target else {
                continue;
            };
            let Some(ResourceKind::InternetGateway(fields)) = context.kind(gateway) else {
                continue;
            };
            if fields.vpc_id.is_some() {
                continue;
            }
            let message = t!(
                "rule-route-blackhole",
                destination = route.destination.to_string(),
                name = context.label(id),
                gateway = context.label(gateway)
            );
            let field = Field::item("routes", at, "gateway_id");
            let finding = findings
                .report(id, Some(field), message, t!("rule-route-blackhole-help"))
                .also_field(gateway, Some(Field::new("vpc_id")));
            if context.index.internet_gateway(&table.vpc_id).is_none() {
                let into = Container::Vpc(table.vpc_id.clone());
                let label = t!(
                    "rule-route-blackhole-fix",
                    gateway = context.label(gateway),
                    vpc = context.label(&table.vpc_id)
                );
                finding.fix(label, Command::MoveInto { id: gateway.clone(), into, at: None });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::InternetGateway;

    fn detach(n: &mut Network) {
        n.put("igw-main", InternetGateway::default());
    }

    #[test]
    fn a_route_to_a_detached_gateway() {
        let message = "the route to 0.0.0.0/0 in table `rtb-public` leads to internet gateway `igw-main`, which is not attached";
        finds(&RULE, ("rtb-public", Some("routes[0].gateway_id")), message, detach);
    }

    #[test]
    fn a_detached_gateway_without_routes_is_fine() {
        silent(&RULE, |n| n.put("igw-spare", InternetGateway::default()));
    }

    #[test]
    fn the_fix_attaches_it() {
        fixes(&RULE, 1, detach);
    }
}
