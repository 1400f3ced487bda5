//! Gateways that serve one address family only.

use ipnet::Ipv6Net;

use super::{Context, Findings, Rule, route_duplicate::field_name, without_route};
use crate::{
    model::{AddressFamily, Field, Route, RouteDestination, RouteTarget},
    problem::Severity,
    t,
};

/// The rule. `64:ff9b::/96` stands for IPv4 addresses in IPv6 ones, which a NAT gateway translates.
pub const RULE: Rule = Rule {
    code: "route-family",
    severity: Severity::Error,
    summary: || t!("rule-route-family-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html",
    rows: &["R6", "G5", "N10"],
    check,
};

/// The prefix of NAT64 (RFC 6052).
pub(super) const NAT64: Ipv6Net =
    Ipv6Net::new_assert(std::net::Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96);

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.route_tables() {
        for (at, route) in table.routes.iter().enumerate() {
            let Some(message) = fault(context, route, &context.label(id)) else {
                continue;
            };
            let field = Field::item("routes", at, field_name(&route.destination));
            let (label, command) = without_route(id, table, at);
            let finding = findings.report(id, Some(field), message, t!("rule-route-family-help"));
            let target = route.target.resource();
            let finding = match target {
                Some(target) => finding.also(target),
                None => finding,
            };
            finding.fix(label, command);
        }
    }
}

fn fault(context: &Context<'_>, route: &Route, name: &str) -> Option<String> {
    let destination = route.destination.to_string();
    match (&route.target, family(context, &route.destination)?) {
        (RouteTarget::EgressOnlyGateway(target), AddressFamily::Ipv4) => Some(t!(
            "rule-route-family-egress",
            destination = destination,
            name = name,
            target = context.label(target)
        )),
        (RouteTarget::NatGateway(target), AddressFamily::Ipv6) if !is_nat64(&route.destination) => Some(t!(
            "rule-route-family-nat",
            destination = destination,
            name = name,
            target = context.label(target)
        )),
        _ => None,
    }
}

fn is_nat64(destination: &RouteDestination) -> bool {
    matches!(destination, RouteDestination::Ipv6(net) if NAT64.contains(net))
}

/// The family of a destination; that of a list of AWS's own is not known.
fn family(context: &Context<'_>, destination: &RouteDestination) -> Option<AddressFamily> {
    match destination {
        RouteDestination::Ipv4(_) => Some(AddressFamily::Ipv4),
        RouteDestination::Ipv6(_) => Some(AddressFamily::Ipv6),
        RouteDestination::PrefixList(_) => None,
        RouteDestination::ManagedPrefixList(id) => {
            context.kind(id)?.as_managed_prefix_list().map(|list| list.address_family)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{EgressOnlyInternetGateway, Route, RouteDestination, RouteTarget};

    fn egress(n: &mut Network, destination: RouteDestination) {
        n.put("eigw-main", EgressOnlyInternetGateway { vpc_id: id("vpc-main") });
        let target = RouteTarget::EgressOnlyGateway(id("eigw-main"));
        n.table("rtb-main", |it| it.routes.push(Route { destination, target }));
    }

    fn nat(n: &mut Network, destination: &str) {
        let destination = RouteDestination::Ipv6(destination.parse().unwrap());
        let target = RouteTarget::NatGateway(id("nat-main"));
        n.table("rtb-main", |it| it.routes.push(Route { destination, target }));
    }

    fn ipv4() -> RouteDestination {
        RouteDestination::Ipv4(net("198.51.100.0/24"))
    }

    #[test]
    fn ipv4_to_the_egress_only_gateway_and_ipv6_to_a_nat_gateway() {
        let message = "the route to 198.51.100.0/24 in table `rtb-main` leads IPv4 to egress-only internet gateway `eigw-main`";
        let place = ("rtb-main", Some("routes[1].destination_cidr_block"));
        finds(&RULE, place, message, |n| egress(n, ipv4()));
        let message = "the route to ::/0 in table `rtb-main` leads IPv6 to NAT gateway `nat-main`";
        let place = ("rtb-main", Some("routes[1].destination_ipv6_cidr_block"));
        finds(&RULE, place, message, |n| nat(n, "::/0"));
    }

    #[test]
    fn each_with_its_own_family_is_fine() {
        silent(&RULE, |n| egress(n, RouteDestination::Ipv6("::/0".parse().unwrap())));
        silent(&RULE, |n| nat(n, "64:ff9b::/96"));
    }

    #[test]
    fn the_fix_removes_the_route() {
        fixes(&RULE, 1, |n| egress(n, ipv4()));
    }
}
