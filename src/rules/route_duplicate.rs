//! One route per destination, and none for what is local already.

use std::collections::BTreeMap;

use ipnet::IpNet;

use super::{Context, Findings, Rule};
use crate::{
    model::{Field, ResourceId, RouteDestination, RouteTable, RouteTarget},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "route-duplicate",
    severity: Severity::Error,
    summary: || t!("rule-route-duplicate-summary"),
    url: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html",
    rows: &["R4", "R7"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.route_tables() {
        duplicates(context, findings, id, table);
        local(context, findings, id, table);
    }
}

fn duplicates(context: &Context<'_>, findings: &mut Findings<'_>, id: &ResourceId, table: &RouteTable) {
    let mut first: BTreeMap<&RouteDestination, usize> = BTreeMap::new();
    for (at, route) in table.routes.iter().enumerate() {
        if first.insert(&route.destination, at).is_some() {
            let destination = route.destination.to_string();
            let message = t!("rule-route-duplicate", name = context.label(id), destination = destination);
            let field = Field::item("routes", at, field_name(&route.destination));
            findings.report(id, Some(field), message, t!("rule-route-duplicate-help"));
        }
    }
}

fn local(context: &Context<'_>, findings: &mut Findings<'_>, id: &ResourceId, table: &RouteTable) {
    let Some(vpc) = context.vpc(&table.vpc_id) else {
        return;
    };
    for (at, route) in table.routes.iter().enumerate() {
        let destination = match route.destination {
            RouteDestination::Ipv4(net) => IpNet::V4(net),
            RouteDestination::Ipv6(net) => IpNet::V6(net),
            RouteDestination::PrefixList(_) | RouteDestination::ManagedPrefixList(_) => continue,
        };
        // A middlebox may take over the local route itself.
        let diverted = matches!(route.target, RouteTarget::NetworkInterface(_) | RouteTarget::Other(_));
        if !diverted && vpc.all_cidr_blocks().any(|block| block == destination) {
            let message =
                t!("rule-route-duplicate-local", name = context.label(id), destination = destination);
            let field = Field::item("routes", at, field_name(&route.destination));
            findings.report(id, Some(field), message, t!("rule-route-duplicate-local-help"));
        }
    }
}

/// The file's field that holds a destination.
pub(super) fn field_name(destination: &RouteDestination) -> &'static str {
    match destination {
        RouteDestination::Ipv4(_) => "destination_cidr_block",
        RouteDestination::Ipv6(_) => "destination_ipv6_cidr_block",
        RouteDestination::PrefixList(_) => "destination_prefix_list_id",
        RouteDestination::ManagedPrefixList(_) => "destination_managed_prefix_list_id",
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{Route, RouteDestination, RouteTarget};

    fn add(n: &mut Network, destination: &str) {
        let destination = RouteDestination::Ipv4(net(destination));
        let target = RouteTarget::NatGateway(id("nat-main"));
        n.table("rtb-main", |it| it.routes.push(Route { destination, target }));
    }

    #[test]
    fn the_same_destination_twice() {
        let message = "route table `rtb-main` has two routes to 0.0.0.0/0";
        finds(&RULE, ("rtb-main", Some("routes[1].destination_cidr_block")), message, |n| {
            add(n, "0.0.0.0/0")
        });
    }

    #[test]
    fn the_block_of_the_vpc_is_local() {
        let message = "the route to 10.0.0.0/16 in table `rtb-main` repeats the local route of the VPC";
        finds(&RULE, ("rtb-main", Some("routes[1].destination_cidr_block")), message, |n| {
            add(n, "10.0.0.0/16")
        });
    }

    #[test]
    fn another_destination_is_fine() {
        silent(&RULE, |n| add(n, "198.51.100.0/24"));
    }
}
