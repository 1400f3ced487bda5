//! A default route through one machine.

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, ResourceId, ResourceKind, RouteDestination, RouteTarget},
    problem::Severity,
    t,
};

/// The rule, as Checkov has it (CKV2_AWS_35).
pub const RULE: Rule = Rule {
    code: "default-route-instance",
    severity: Severity::Info,
    summary: || t!("rule-default-route-instance-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-comparison.html",
    rows: &["L9"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.route_tables() {
        for (at, route) in table.routes.iter().enumerate() {
            let is_default =
                matches!(route.destination, RouteDestination::Ipv4(net) if net.prefix_len() == 0);
            let (true, Some(instance)) = (is_default, machine(context, &route.target)) else {
                continue;
            };
            let message = t!(
                "rule-default-route-instance",
                name = context.label(id),
                instance = context.label(instance)
            );
            let field = Some(Field::item("routes", at, route.target.field_name()));
            findings.report(id, field, message, t!("rule-default-route-instance-help")).also(instance);
        }
    }
}

/// The instance that a route leads to, directly or by an interface of it.
fn machine<'a>(context: &Context<'a>, target: &'a RouteTarget) -> Option<&'a ResourceId> {
    match target {
        RouteTarget::Instance(id) => Some(id),
        RouteTarget::NetworkInterface(id) => {
            context.kind(id).and_then(ResourceKind::as_network_interface)?.instance_id.as_ref()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::RouteTarget;

    #[test]
    fn an_instance_that_does_network_address_translation() {
        let message = "the default route of table `rtb-main` leads to `i-bastion`, on which all traffic of its subnets depends";
        finds(&RULE, ("rtb-main", Some("routes[0].instance_id")), message, |n| {
            n.table("rtb-main", |it| it.routes = vec![default_route(RouteTarget::Instance(id("i-bastion")))]);
        });
    }

    #[test]
    fn a_nat_gateway_is_fine() {
        silent(&RULE, |_| {});
    }
}
