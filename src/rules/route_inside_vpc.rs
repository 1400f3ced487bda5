//! A route inside the VPC's own block matches a whole subnet and leads to a NAT gateway or an
//! instance.

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, ResourceId, ResourceKind, Route, RouteDestination, RouteTable, RouteTarget},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "route-inside-vpc",
    severity: Severity::Error,
    summary: || t!("rule-route-inside-vpc-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html",
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.route_tables() {
        for (at, route) in table.routes.iter().enumerate() {
            let RouteDestination::Ipv4(destination) = route.destination else {
                continue;
            };
            if !is_inside(context, table, route) || is_allowed(context, &table.vpc_id, route) {
                continue;
            }
            let message = t!("rule-route-inside-vpc", name = context.label(id), destination = destination);
            let field = Field::item("routes", at, "destination_cidr_block");
            findings.report(id, Some(field), message, t!("rule-route-inside-vpc-help"));
        }
    }
}

fn is_inside(context: &Context<'_>, table: &RouteTable, route: &Route) -> bool {
    let (Some(vpc), RouteDestination::Ipv4(destination)) = (context.vpc(&table.vpc_id), &route.destination)
    else {
        return false;
    };
    vpc.cidr_blocks().any(|block| block.contains(destination) && block != *destination)
}

fn is_allowed(context: &Context<'_>, vpc: &ResourceId, route: &Route) -> bool {
    if matches!(route.target, RouteTarget::Gateway(_)) {
        return false;
    }
    context.index.subnets_of(context.topology, vpc).any(|subnet| {
        let block = context.kind(subnet).and_then(ResourceKind::as_subnet).map(|it| it.cidr_block);
        block.map(RouteDestination::Ipv4).as_ref() == Some(&route.destination)
    })
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{Route, RouteDestination, RouteTarget};

    fn add(n: &mut Network, destination: &str, target: RouteTarget) {
        let destination = RouteDestination::Ipv4(net(destination));
        n.table("rtb-public", |it| it.routes.push(Route { destination, target }));
    }

    #[test]
    fn part_of_a_subnet_or_towards_a_gateway() {
        let message = "the route to 10.0.1.0/25 in table `rtb-public` lies inside the VPC's own block and is not \
                       the block of a subnet towards a NAT gateway or an instance";
        let place = ("rtb-public", Some("routes[1].destination_cidr_block"));
        finds(&RULE, place, message, |n| add(n, "10.0.1.0/25", RouteTarget::NatGateway(id("nat-main"))));
        let message = "the route to 10.0.1.0/24 in table `rtb-public` lies inside the VPC's own block and is not \
                       the block of a subnet towards a NAT gateway or an instance";
        finds(&RULE, place, message, |n| add(n, "10.0.1.0/24", RouteTarget::Gateway(id("igw-main"))));
    }

    #[test]
    fn a_whole_subnet_to_an_instance_is_a_middlebox() {
        silent(&RULE, |n| add(n, "10.0.1.0/24", RouteTarget::Instance(id("i-bastion"))));
    }
}
