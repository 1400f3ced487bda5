//! A VPC's tables lead to the transit gateways to which the VPC is attached, and to no other.

use super::{Context, Findings, Rule, without_route};
use crate::{
    model::{Field, Kind, RouteTarget},
    problem::Severity,
    t,
};

/// The rule. An attachment adds no route to the VPC.
pub const RULE: Rule = Rule {
    code: "transit-route",
    severity: Severity::Error,
    summary: || t!("rule-transit-route-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html",
    rows: &["T4"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if context.index.of_kind(Kind::TransitGateway).is_empty() {
        return;
    }
    for (id, table) in context.route_tables() {
        for (at, route) in table.routes.iter().enumerate() {
            let RouteTarget::TransitGateway(gateway) = &route.target else {
                continue;
            };
            if context.attachments_of(&table.vpc_id).any(|(_, it)| it.transit_gateway_id == *gateway) {
                continue;
            }
            let message = t!(
                "rule-transit-route",
                destination = route.destination.to_string(),
                name = context.label(id),
                gateway = context.label(gateway),
                vpc = context.label(&table.vpc_id)
            );
            let field = Field::item("routes", at, "transit_gateway_id");
            let (label, command) = without_route(id, table, at);
            findings
                .report(id, Some(field), message, t!("rule-transit-route-help"))
                .also(gateway)
                .fix(label, command);
        }
    }
    for (id, attachment) in context.attachments() {
        let gateway = &attachment.transit_gateway_id;
        let used = context.index.users(gateway, "routes").any(|table| {
            context
                .kind(table)
                .and_then(|it| it.as_route_table())
                .is_some_and(|it| it.vpc_id == attachment.vpc_id && context.routes_for_subnets(table, it))
        });
        if !used {
            let (name, vpc) = (context.label(id), context.label(&attachment.vpc_id));
            let message =
                t!("rule-transit-route-none", name = name, vpc = vpc, gateway = context.label(gateway));
            findings
                .report(id, None, message, t!("rule-transit-route-none-help"))
                .severity(Severity::Warning)
                .also(&attachment.vpc_id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{Route, RouteDestination, RouteTarget, TransitGateway, TransitGatewayVpcAttachment};

    fn attach(n: &mut Network) {
        n.put("tgw", TransitGateway::default());
        let subnets = vec![id("subnet-private")];
        n.put("tgw-attach", TransitGatewayVpcAttachment::new(id("tgw"), id("vpc-main"), subnets));
    }

    fn route(n: &mut Network) {
        n.put("tgw", TransitGateway::default());
        let destination = RouteDestination::Ipv4(net("10.0.0.0/8"));
        let target = RouteTarget::TransitGateway(id("tgw"));
        n.table("rtb-main", |it| it.routes.push(Route { destination, target }));
    }

    #[test]
    fn a_route_without_an_attachment_and_an_attachment_without_a_route() {
        let message = "the route to 10.0.0.0/8 in table `rtb-main` leads to transit gateway `tgw`, to which VPC `vpc-main` is not attached";
        finds(&RULE, ("rtb-main", Some("routes[1].transit_gateway_id")), message, route);
        let message = "attachment `tgw-attach` joins VPC `vpc-main` to transit gateway `tgw`, and no table of the VPC leads there";
        finds(&RULE, ("tgw-attach", None), message, attach);
    }

    #[test]
    fn both_together_are_fine() {
        silent(&RULE, |n| {
            attach(n);
            route(n);
        });
    }

    #[test]
    fn the_fix_removes_the_route() {
        fixes(&RULE, 1, route);
    }
}
