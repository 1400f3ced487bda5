//! Destinations that AWS keeps for its own services.

use std::net::{Ipv4Addr, Ipv6Addr};

use ipnet::{Ipv4Net, Ipv6Net};

use super::{Context, Findings, Rule};
use crate::{
    edit::Command,
    model::{Field, ResourceKind, RouteDestination},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "route-reserved",
    severity: Severity::Error,
    summary: || t!("rule-route-reserved-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html#route-table-routes",
    rows: &["R9"],
    check,
};

const IPV4: Ipv4Net = Ipv4Net::new_assert(Ipv4Addr::new(169, 254, 168, 0), 22);
const IPV6: Ipv6Net = Ipv6Net::new_assert(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0), 32);

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.route_tables() {
        for (at, route) in table.routes.iter().enumerate() {
            let reserved = match &route.destination {
                RouteDestination::Ipv4(net) if IPV4.contains(net) => IPV4.to_string(),
                RouteDestination::Ipv6(net) if IPV6.contains(net) => IPV6.to_string(),
                _ => continue,
            };
            let destination = route.destination.to_string();
            let message = t!(
                "rule-route-reserved",
                destination = &destination,
                name = context.label(id),
                reserved = reserved
            );
            let mut to = table.clone();
            to.routes.remove(at);
            let command = Command::Set {
                id: id.clone(),
                field: Field::new("routes"),
                to: Box::new(ResourceKind::RouteTable(to)),
            };
            findings
                .report(id, Some(Field::item("routes", at, "")), message, t!("rule-route-reserved-help"))
                .fix(t!("rule-fix-remove-route", destination = destination), command);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{Route, RouteDestination, RouteTarget};

    fn route(n: &mut Network, destination: &str) {
        let destination = RouteDestination::Ipv4(net(destination));
        n.table("rtb-main", |it| {
            it.routes.push(Route { destination, target: RouteTarget::NatGateway(id("nat-main")) });
        });
    }

    #[test]
    fn inside_the_reserved_range() {
        let message = "the route to 169.254.169.0/24 in table `rtb-main` lies in 169.254.168.0/22, which AWS keeps for its services";
        finds(&RULE, ("rtb-main", Some("routes[1]")), message, |n| route(n, "169.254.169.0/24"));
    }

    #[test]
    fn a_larger_destination_is_accepted() {
        silent(&RULE, |n| route(n, "169.254.0.0/16"));
    }

    #[test]
    fn the_fix_removes_the_route() {
        fixes(&RULE, 1, |n| route(n, "169.254.168.0/22"));
    }
}
