//! A route to a peering connection leads to addresses of the other side, and only there.

use ipnet::IpNet;

use super::{Context, Findings, Rule, peering_overlap, route_duplicate::field_name, without_route};
use crate::{
    model::{Field, ResourceId, Route, RouteDestination, RouteTable, RouteTarget, VpcPeeringConnection},
    problem::Severity,
    t,
};

/// The rule. A peering connection takes packets between its two VPCs and nothing else: not to a third
/// VPC, and not to the gateways of the other side.
pub const RULE: Rule = Rule {
    code: "peering-route",
    severity: Severity::Error,
    summary: || t!("rule-peering-route-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-limitations",
    rows: &["X3", "X5"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.route_tables() {
        for (at, route) in table.routes.iter().enumerate() {
            let RouteTarget::VpcPeeringConnection(target) = &route.target else {
                continue;
            };
            if let Some(peering) = context.kind(target).and_then(|it| it.as_vpc_peering_connection()) {
                look(context, findings, (id, table), (at, route), (target, peering));
            }
        }
    }
}

fn look(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    (id, table): (&ResourceId, &RouteTable),
    (at, route): (usize, &Route),
    (target, peering): (&ResourceId, &VpcPeeringConnection),
) {
    let (name, pcx, to) = (context.label(id), context.label(target), route.destination.to_string());
    let own = table.vpc_id == peering.vpc_id;
    let (label, command) = without_route(id, table, at);
    if !own && peering.peer_vpc_id.as_ref() != Some(&table.vpc_id) {
        let vpc = context.label(&table.vpc_id);
        let message =
            t!("rule-peering-route-foreign", destination = to, name = name, peering = pcx, vpc = vpc);
        let field = Some(Field::item("routes", at, "vpc_peering_connection_id"));
        let help = t!("rule-peering-route-foreign-help");
        findings.report(id, field, message, help).also(target).fix(label, command);
        return;
    }
    if !peering.auto_accept {
        let message = t!("rule-peering-route-pending", destination = &to, name = &name, peering = &pcx);
        let field = Some(Field::item("routes", at, "vpc_peering_connection_id"));
        let help = t!("rule-peering-route-pending-help");
        let finding = findings.report(id, field, message, help).severity(Severity::Warning);
        finding.also_field(target, Some(Field::new("auto_accept")));
    }
    let there: Vec<IpNet> = if own {
        peering_overlap::other_blocks(context, peering)
    } else {
        context.vpc(&peering.vpc_id).into_iter().flat_map(crate::model::Vpc::all_cidr_blocks).collect()
    };
    let destination = match route.destination {
        RouteDestination::Ipv4(net) => IpNet::V4(net),
        RouteDestination::Ipv6(net) => IpNet::V6(net),
        RouteDestination::PrefixList(_) | RouteDestination::ManagedPrefixList(_) => return,
    };
    if there.is_empty() || there.iter().any(|block| peering_overlap::overlap(block, &destination)) {
        return;
    }
    let message = t!("rule-peering-route", destination = to, name = name, peering = pcx);
    let field = Some(Field::item("routes", at, field_name(&route.destination)));
    findings.report(id, field, message, t!("rule-peering-route-help")).also(target).fix(label, command);
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{Route, RouteDestination, RouteTable, RouteTarget, Vpc, VpcPeeringConnection};

    fn route(n: &mut Network, table: &str, destination: &str) {
        n.other_vpc();
        n.put("pcx", VpcPeeringConnection::new(id("vpc-main"), id("vpc-other")));
        let destination = RouteDestination::Ipv4(net(destination));
        let target = RouteTarget::VpcPeeringConnection(id("pcx"));
        n.table(table, |it| it.routes.push(Route { destination, target }));
    }

    fn to_a_third(n: &mut Network) {
        route(n, "rtb-main", "10.2.0.0/16");
    }

    fn from_a_third(n: &mut Network) {
        n.put("vpc-third", Vpc::new(net("10.2.0.0/16")));
        n.put("rtb-third", RouteTable::new(id("vpc-third")));
        route(n, "rtb-third", "10.1.0.0/16");
    }

    #[test]
    fn to_a_third_network_and_from_a_third_vpc() {
        let message = "the route to 10.2.0.0/16 in table `rtb-main` leads to peering connection `pcx`, and the other side has none of these addresses";
        let place = ("rtb-main", Some("routes[1].destination_cidr_block"));
        finds(&RULE, place, message, to_a_third);
        let message = "the route to 10.1.0.0/16 in table `rtb-third` leads to peering connection `pcx`, of which VPC `vpc-third` is not a side";
        let place = ("rtb-third", Some("routes[0].vpc_peering_connection_id"));
        finds(&RULE, place, message, from_a_third);
    }

    #[test]
    fn to_a_connection_that_is_pending() {
        let message = "the route to 10.1.0.0/16 in table `rtb-main` leads to peering connection `pcx`, which is not accepted";
        let place = ("rtb-main", Some("routes[1].vpc_peering_connection_id"));
        finds(&RULE, place, message, |n| {
            route(n, "rtb-main", "10.1.0.0/16");
            n.change("pcx", |kind| kind.as_vpc_peering_connection_mut().unwrap().auto_accept = false);
        });
    }

    #[test]
    fn to_the_other_side_from_either() {
        silent(&RULE, |n| {
            route(n, "rtb-main", "10.1.0.0/16");
            route(n, "rtb-other", "10.0.1.0/24");
        });
    }

    #[test]
    fn the_fix_removes_the_route() {
        fixes(&RULE, 1, to_a_third);
        fixes(&RULE, 1, from_a_third);
    }
}
