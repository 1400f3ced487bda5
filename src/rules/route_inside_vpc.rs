//! A route inside the VPC's own block matches a whole subnet and leads to a NAT gateway or an
//! instance.

use super::{Context, Findings, Rule, route_duplicate::field_name};
use crate::{
    model::{Field, ResourceId, Route, RouteDestination, RouteTable, RouteTarget},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "route-inside-vpc",
    severity: Severity::Error,
    summary: || t!("rule-route-inside-vpc-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html",
    rows: &["V4", "R8"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.route_tables() {
        for (at, route) in table.routes.iter().enumerate() {
            if !is_inside(context, table, route) || is_allowed(context, &table.vpc_id, route) {
                continue;
            }
            let destination = route.destination.to_string();
            let message = t!("rule-route-inside-vpc", name = context.label(id), destination = destination);
            let field = Field::item("routes", at, field_name(&route.destination));
            findings.report(id, Some(field), message, t!("rule-route-inside-vpc-help"));
        }
    }
}

fn is_inside(context: &Context<'_>, table: &RouteTable, route: &Route) -> bool {
    let Some(vpc) = context.vpc(&table.vpc_id) else {
        return false;
    };
    match &route.destination {
        RouteDestination::Ipv4(net) => vpc.cidr_blocks().any(|block| block.contains(net) && block != *net),
        RouteDestination::Ipv6(net) => {
            vpc.ipv6_cidr_blocks.iter().any(|block| block.contains(net) && block != net)
        }
        RouteDestination::PrefixList(_) | RouteDestination::ManagedPrefixList(_) => false,
    }
}

/// A whole subnet through an appliance. A Gateway Load Balancer endpoint is among the targets that the
/// model keeps by their AWS ids.
fn is_allowed(context: &Context<'_>, vpc: &ResourceId, route: &Route) -> bool {
    let forwards = match route.target {
        RouteTarget::NatGateway(_)
        | RouteTarget::Instance(_)
        | RouteTarget::NetworkInterface(_)
        | RouteTarget::Other(_)
        | RouteTarget::Blackhole(_) => true,
        RouteTarget::Gateway(_)
        | RouteTarget::EgressOnlyGateway(_)
        | RouteTarget::VpcPeeringConnection(_)
        | RouteTarget::TransitGateway(_) => false,
    };
    forwards
        && context.subnets_of(vpc).any(|(_, subnet)| match &route.destination {
            RouteDestination::Ipv4(net) => subnet.cidr_block == *net,
            RouteDestination::Ipv6(net) => subnet.ipv6_cidr_block == Some(*net),
            RouteDestination::PrefixList(_) | RouteDestination::ManagedPrefixList(_) => false,
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
    fn a_whole_subnet_to_a_transit_gateway() {
        let message = "the route to 10.0.1.0/24 in table `rtb-public` lies inside the VPC's own block and is not \
                       the block of a subnet towards a NAT gateway or an instance";
        let place = ("rtb-public", Some("routes[1].destination_cidr_block"));
        finds(&RULE, place, message, |n| add(n, "10.0.1.0/24", RouteTarget::TransitGateway(id("tgw"))));
    }

    #[test]
    fn a_whole_subnet_to_an_instance_is_a_middlebox() {
        silent(&RULE, |n| add(n, "10.0.1.0/24", RouteTarget::Instance(id("i-bastion"))));
    }
}
