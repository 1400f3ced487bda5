//! A static route of a transit gateway leads to one of its attachments, once per destination.

use std::collections::BTreeSet;

use super::{Context, Findings, Rule, set};
use crate::{
    model::{Field, ResourceId, ResourceKind, TransitGatewayRouteTable},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "transit-table-route",
    severity: Severity::Error,
    summary: || t!("rule-transit-table-route-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayRoute.html",
    rows: &["T6"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.transit_tables() {
        let mut seen = BTreeSet::new();
        for (at, route) in table.routes.iter().enumerate() {
            let (name, destination) = (context.label(id), route.destination_cidr_block);
            let target = route.transit_gateway_attachment_id.as_ref();
            let (field, message) = if !seen.insert(destination) {
                let message = t!("rule-route-duplicate", name = name, destination = destination);
                ("destination_cidr_block", message)
            } else if target.is_some() == route.blackhole {
                let message = t!("rule-transit-table-route-target", name = name, destination = destination);
                ("transit_gateway_attachment_id", message)
            } else if let Some(target) =
                target.filter(|it| !is_attached(context, it, &table.transit_gateway_id))
            {
                let message = t!(
                    "rule-transit-table-route",
                    name = name,
                    destination = destination,
                    target = context.label(target)
                );
                ("transit_gateway_attachment_id", message)
            } else {
                continue;
            };
            let mut to: TransitGatewayRouteTable = table.clone();
            to.routes.remove(at);
            let label = t!("rule-fix-remove-route", destination = destination);
            findings
                .report(
                    id,
                    Some(Field::item("routes", at, field)),
                    message,
                    t!("rule-transit-table-route-help"),
                )
                .fix(label, set(id, Field::new("routes"), to));
        }
    }
}

/// Whether this is an attachment of that transit gateway, from either side.
fn is_attached(context: &Context<'_>, attachment: &ResourceId, gateway: &ResourceId) -> bool {
    match context.kind(attachment) {
        Some(ResourceKind::TransitGatewayVpcAttachment(it)) => it.transit_gateway_id == *gateway,
        Some(ResourceKind::VpnConnection(it)) => it.transit_gateway_id.as_ref() == Some(gateway),
        Some(ResourceKind::TransitGatewayPeeringAttachment(it)) => {
            it.transit_gateway_id == *gateway || it.peer_transit_gateway_id.as_ref() == Some(gateway)
        }
        // What the program does not know may be one.
        Some(ResourceKind::Other(_)) | None => true,
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{
        TransitGateway, TransitGatewayRoute, TransitGatewayRouteTable, TransitGatewayVpcAttachment,
    };

    fn routes(n: &mut Network, gateway: &str, targets: &[Option<&str>]) {
        n.put("tgw", TransitGateway::default());
        n.put("tgw-far", TransitGateway::default());
        let subnets = vec![id("subnet-private")];
        n.put("tgw-attach", TransitGatewayVpcAttachment::new(id(gateway), id("vpc-main"), subnets));
        let mut table = TransitGatewayRouteTable::new(id("tgw"));
        for target in targets {
            table.routes.push(TransitGatewayRoute {
                destination_cidr_block: "10.9.0.0/16".parse().unwrap(),
                transit_gateway_attachment_id: target.map(id),
                blackhole: false,
            });
        }
        n.put("tgw-rtb", table);
    }

    #[test]
    fn twice_without_a_target_and_to_another_gateway() {
        let message = "route table `tgw-rtb` has two routes to 10.9.0.0/16";
        let place = ("tgw-rtb", Some("routes[1].destination_cidr_block"));
        finds(&RULE, place, message, |n| routes(n, "tgw", &[Some("tgw-attach"); 2]));
        let place = ("tgw-rtb", Some("routes[0].transit_gateway_attachment_id"));
        let message = "the route to 10.9.0.0/16 in table `tgw-rtb` has to be either a blackhole or lead to an attachment";
        finds(&RULE, place, message, |n| routes(n, "tgw", &[None]));
        let message = "the route to 10.9.0.0/16 in table `tgw-rtb` leads to `tgw-attach`, which is no attachment of this transit gateway";
        finds(&RULE, place, message, |n| routes(n, "tgw-far", &[Some("tgw-attach")]));
    }

    #[test]
    fn to_an_attachment_of_its_own() {
        silent(&RULE, |n| routes(n, "tgw", &[Some("tgw-attach")]));
    }

    #[test]
    fn the_fix_removes_the_route() {
        fixes(&RULE, 1, |n| routes(n, "tgw", &[None]));
    }
}
