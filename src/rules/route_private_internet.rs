//! An internet gateway forwards nothing to private addresses.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::{Context, Findings, Rule, without_route};
use crate::{
    model::{Field, ResourceKind, RouteDestination, RouteTarget},
    problem::Severity,
    t,
};

/// The rule. AWS takes the route; the gateway drops what it leads there.
pub const RULE: Rule = Rule {
    code: "route-private-internet",
    severity: Severity::Error,
    summary: || t!("rule-route-private-internet-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html",
    rows: &["G3"],
    check,
};

/// RFC 1918 and RFC 6598.
const PRIVATE: [Ipv4Net; 4] = [
    Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), 8),
    Ipv4Net::new_assert(Ipv4Addr::new(172, 16, 0, 0), 12),
    Ipv4Net::new_assert(Ipv4Addr::new(192, 168, 0, 0), 16),
    Ipv4Net::new_assert(Ipv4Addr::new(100, 64, 0, 0), 10),
];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.route_tables() {
        for (at, route) in table.routes.iter().enumerate() {
            let (RouteDestination::Ipv4(net), RouteTarget::Gateway(gateway)) =
                (&route.destination, &route.target)
            else {
                continue;
            };
            let is_internet = matches!(context.kind(gateway), Some(ResourceKind::InternetGateway(_)));
            if !is_internet || !PRIVATE.iter().any(|range| range.contains(net)) {
                continue;
            }
            let message = t!(
                "rule-route-private-internet",
                destination = net,
                name = context.label(id),
                gateway = context.label(gateway)
            );
            let field = Some(Field::item("routes", at, "gateway_id"));
            let (label, command) = without_route(id, table, at);
            findings
                .report(id, field, message, t!("rule-route-private-internet-help"))
                .also(gateway)
                .fix(label, command);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{Route, RouteDestination, RouteTarget};

    fn add(n: &mut Network, destination: &str, target: RouteTarget) {
        let destination = RouteDestination::Ipv4(net(destination));
        n.table("rtb-public", |it| it.routes.push(Route { destination, target }));
    }

    fn outside(n: &mut Network) {
        add(n, "192.168.7.0/24", RouteTarget::Gateway(id("igw-main")));
    }

    #[test]
    fn a_network_at_home_behind_an_internet_gateway() {
        let message = "the route to 192.168.7.0/24 in table `rtb-public` leads to internet gateway `igw-main`, which drops what goes to private addresses";
        finds(&RULE, ("rtb-public", Some("routes[1].gateway_id")), message, outside);
    }

    #[test]
    fn a_public_network_and_another_target_are_fine() {
        silent(&RULE, |n| add(n, "198.51.100.0/24", RouteTarget::Gateway(id("igw-main"))));
        silent(&RULE, |n| add(n, "192.168.7.0/24", RouteTarget::NatGateway(id("nat-main"))));
    }

    #[test]
    fn the_fix_removes_the_route() {
        fixes(&RULE, 1, outside);
    }
}
