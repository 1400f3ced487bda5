//! Both sides of a peering connection have routes to it.

use ipnet::{IpNet, Ipv4Net};

use super::{Context, Findings, Rule, set};
use crate::{
    model::{
        Field, ResourceId, Route, RouteDestination, RouteTable, RouteTarget, VpcPeeringConnection, routing,
    },
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "peering-return-route",
    severity: Severity::Warning,
    summary: || t!("rule-peering-return-route-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html",
    rows: &["X4"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, peering) in context.peerings() {
        let Some(peer) = peering.peer_vpc_id.as_ref().filter(|peer| **peer != peering.vpc_id) else {
            continue;
        };
        let users: Vec<&ResourceId> = tables(context, id).map(|(_, table)| &table.vpc_id).collect();
        let (here, there) = (users.contains(&&peering.vpc_id), users.contains(&peer));
        let name = context.label(id);
        if !here && !there {
            let message = t!("rule-peering-unrouted", name = name);
            findings.report(id, None, message, t!("rule-peering-unrouted-help"));
            continue;
        }
        if here && there {
            continue;
        }
        let (with, without) = if here { (&peering.vpc_id, peer) } else { (peer, &peering.vpc_id) };
        let message = t!(
            "rule-peering-return-route",
            name = name,
            with = context.label(with),
            without = context.label(without)
        );
        let finding =
            findings.report(id, None, message, t!("rule-peering-return-route-help")).also(without).also(with);
        if let Some((label, command)) = fix(context, (id, peering), with, without) {
            finding.fix(label, command);
        }
    }
}

/// The tables with a route to the connection that route for some subnet: one that nobody uses carries
/// nothing back.
fn tables<'a>(
    context: &Context<'a>,
    peering: &ResourceId,
) -> impl Iterator<Item = (&'a ResourceId, &'a RouteTable)> {
    let users = context.index.users(peering, "routes");
    let tables = users.filter_map(|id| Some((id, context.kind(id)?.as_route_table()?)));
    tables.filter(|(id, table)| context.routes_for_subnets(id, table))
}

/// The main table of the side without routes gets one back, where that is simple and safe.
fn fix(
    context: &Context<'_>,
    (id, _): (&ResourceId, &VpcPeeringConnection),
    with: &ResourceId,
    without: &ResourceId,
) -> Option<(String, crate::edit::Command)> {
    let main = context.index.main_route_table(without)?;
    let table = context.kind(main)?.as_route_table()?;
    let block: Ipv4Net = context.vpc(with)?.cidr_block;
    let is_own = |own: IpNet| own.contains(&IpNet::V4(block)) || IpNet::V4(block).contains(&own);
    if context.vpc(without)?.all_cidr_blocks().any(is_own) {
        return None;
    }
    let destination = RouteDestination::from(IpNet::V4(block));
    let taken = routing::effective_routes(context.topology, context.index, main);
    if taken.iter().any(|route| route.destination == destination) {
        return None;
    }
    let mut to = table.clone();
    to.routes.push(Route { destination, target: RouteTarget::VpcPeeringConnection(id.clone()) });
    let label = t!("rule-peering-return-route-fix", block = block, table = context.label(main));
    Some((label, set(main, Field::new("routes"), to)))
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{Route, RouteDestination, RouteTarget, VpcPeeringConnection};

    fn peered(n: &mut Network) {
        n.other_vpc();
        n.put("pcx", VpcPeeringConnection::new(id("vpc-main"), id("vpc-other")));
    }

    fn route(n: &mut Network, table: &str, destination: &str) {
        let destination = RouteDestination::Ipv4(net(destination));
        let target = RouteTarget::VpcPeeringConnection(id("pcx"));
        n.table(table, |it| it.routes.push(Route { destination, target }));
    }

    fn one_way(n: &mut Network) {
        peered(n);
        route(n, "rtb-main", "10.1.0.0/16");
    }

    #[test]
    fn routes_on_one_side_only_and_on_none() {
        let message = "VPC `vpc-main` has routes to peering connection `pcx` and VPC `vpc-other` has none, so nothing comes back";
        finds(&RULE, ("pcx", None), message, one_way);
        let message = "no route table leads to peering connection `pcx`, so nothing uses it";
        finds(&RULE, ("pcx", None), message, peered);
    }

    #[test]
    fn routes_on_both_sides() {
        silent(&RULE, |n| {
            one_way(n);
            route(n, "rtb-other", "10.0.0.0/16");
        });
    }

    #[test]
    fn the_fix_adds_the_way_back() {
        fixes(&RULE, 1, one_way);
    }
}
