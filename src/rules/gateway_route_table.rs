//! The table of a gateway leads what comes in from outside through appliances, and does nothing else.

use super::{Context, Findings, Rule, route_duplicate::field_name, set, without_route};
use crate::{
    model::{Field, ResourceId, Route, RouteDestination, RouteTable, RouteTarget, Vpc},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "gateway-route-table",
    severity: Severity::Error,
    summary: || t!("rule-gateway-route-table-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html",
    rows: &["R2", "R17"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, table) in context.route_tables().filter(|(_, table)| !table.gateway_ids.is_empty()) {
        let name = || context.label(id);
        if table.main {
            let message = t!("rule-gateway-route-table-main", name = name());
            let help = t!("rule-gateway-route-table-main-help");
            findings.report(id, Some(Field::new("gateway_ids")), message, help);
        }
        if !table.propagating_vgws.is_empty() {
            let message = t!("rule-gateway-route-table-learns", name = name());
            let to = RouteTable { propagating_vgws: Vec::new(), ..table.clone() };
            let field = Field::new("propagating_vgws");
            findings
                .report(id, Some(field.clone()), message, t!("rule-gateway-route-table-learns-help"))
                .fix(t!("rule-gateway-route-table-learns-fix"), set(id, field, to));
        }
        for (at, route) in table.routes.iter().enumerate() {
            look(context, findings, (id, table), (at, route));
        }
        for (at, gateway) in table.gateway_ids.iter().enumerate() {
            if let Some(other) = context.index.users(gateway, "gateway_ids").find(|other| *other < id) {
                let message = t!(
                    "rule-gateway-route-table-twice",
                    gateway = context.label(gateway),
                    name = name(),
                    other = context.label(other)
                );
                let field = Some(Field::item("gateway_ids", at, ""));
                findings.report(id, field, message, t!("rule-gateway-route-table-twice-help")).also(other);
            }
        }
    }
}

fn look(
    context: &Context<'_>,
    findings: &mut Findings<'_>,
    (id, table): (&ResourceId, &RouteTable),
    (at, route): (usize, &Route),
) {
    let (name, destination) = (context.label(id), route.destination.to_string());
    let (field, message) = if !is_appliance(&route.target) {
        let message = t!("rule-gateway-route-table-target", destination = destination, name = name);
        (route.target.field_name(), message)
    } else if !is_whole_block(context, &table.vpc_id, &route.destination) {
        let message = t!("rule-gateway-route-table-block", destination = destination, name = name);
        (field_name(&route.destination), message)
    } else {
        return;
    };
    let (label, command) = without_route(id, table, at);
    let field = Some(Field::item("routes", at, field));
    findings.report(id, field, message, t!("rule-gateway-route-table-help")).fix(label, command);
}

/// A network interface; a Gateway Load Balancer endpoint is among the targets that the model keeps by
/// their AWS ids.
fn is_appliance(target: &RouteTarget) -> bool {
    matches!(
        target,
        RouteTarget::NetworkInterface(_)
            | RouteTarget::Instance(_)
            | RouteTarget::Other(_)
            | RouteTarget::Blackhole(_)
    )
}

fn is_whole_block(context: &Context<'_>, vpc: &ResourceId, destination: &RouteDestination) -> bool {
    let of_vpc = context.vpc(vpc).into_iter().flat_map(Vpc::all_cidr_blocks);
    let of_subnets = context.subnets_of(vpc).flat_map(|(_, subnet)| {
        let ipv6 = subnet.ipv6_cidr_block.map(ipnet::IpNet::V6);
        [Some(ipnet::IpNet::V4(subnet.cidr_block)), ipv6].into_iter().flatten()
    });
    of_vpc.chain(of_subnets).any(|block| RouteDestination::from(block) == *destination)
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, RULE};
    use crate::model::{NetworkInterface, Route, RouteDestination, RouteTable, RouteTarget};

    fn edge(n: &mut Network, destination: &str, target: RouteTarget) {
        n.put("eni-firewall", NetworkInterface::new(id("subnet-public")));
        let mut table = RouteTable::new(id("vpc-main"));
        table.gateway_ids = vec![id("igw-main")];
        table.routes = vec![Route { destination: RouteDestination::Ipv4(net(destination)), target }];
        n.put("rtb-edge", table);
    }

    fn firewall() -> RouteTarget {
        RouteTarget::NetworkInterface(id("eni-firewall"))
    }

    fn to_nat(n: &mut Network) {
        edge(n, "10.0.1.0/24", RouteTarget::NatGateway(id("nat-main")));
    }

    #[test]
    fn another_target_and_a_part_of_a_subnet() {
        let message =
            "the route to 10.0.1.0/24 in gateway route table `rtb-edge` does not lead to a network interface";
        finds(&RULE, ("rtb-edge", Some("routes[0].nat_gateway_id")), message, to_nat);
        let message =
            "10.0.1.0/25 in gateway route table `rtb-edge` is not the whole block of the VPC or of a subnet";
        let place = ("rtb-edge", Some("routes[0].destination_cidr_block"));
        finds(&RULE, place, message, |n| edge(n, "10.0.1.0/25", firewall()));
    }

    #[test]
    fn the_main_table_one_that_learns_and_two_for_one_gateway() {
        let message = "route table `rtb-edge` is the main one and cannot be that of a gateway";
        finds(&RULE, ("rtb-edge", Some("gateway_ids")), message, |n| {
            edge(n, "10.0.1.0/24", firewall());
            n.table("rtb-edge", |it| it.main = true);
        });
        let learns = |n: &mut Network| {
            edge(n, "10.0.1.0/24", firewall());
            n.put(
                "vgw-main",
                crate::model::VpnGateway { vpc_id: Some(id("vpc-main")), ..Default::default() },
            );
            n.table("rtb-edge", |it| it.propagating_vgws = vec![id("vgw-main")]);
        };
        let message = "gateway route table `rtb-edge` learns routes, which AWS refuses";
        finds(&RULE, ("rtb-edge", Some("propagating_vgws")), message, learns);
        fixes(&RULE, 1, learns);
        let message = "gateway `igw-main` has two route tables, `rtb-edge` and `rtb-edge-2`";
        finds(&RULE, ("rtb-edge-2", Some("gateway_ids[0]")), message, |n| {
            edge(n, "10.0.1.0/24", firewall());
            let mut table = RouteTable::new(id("vpc-main"));
            table.gateway_ids = vec![id("igw-main")];
            n.put("rtb-edge-2", table);
        });
    }

    #[test]
    fn whole_blocks_to_an_interface_are_fine() {
        silent(&RULE, |n| edge(n, "10.0.1.0/24", firewall()));
        silent(&RULE, |n| edge(n, "10.0.0.0/16", firewall()));
    }

    #[test]
    fn the_fix_removes_the_route() {
        fixes(&RULE, 1, to_nat);
    }
}
