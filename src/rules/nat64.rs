//! DNS64 answers with addresses that need a route to a NAT gateway.

use super::{Context, Findings, Rule, route_family::NAT64, set};
use crate::{
    model::{Field, ResourceId, Route, RouteDestination, RouteTable, RouteTarget},
    problem::Severity,
    t,
};

/// The rule.
pub const RULE: Rule = Rule {
    code: "nat64",
    severity: Severity::Warning,
    summary: || t!("rule-nat64-summary"),
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html",
    rows: &["N10"],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (id, subnet) in context.subnets().filter(|(_, subnet)| subnet.enable_dns64) {
        let Some((table_id, table)) = context.effective_table(id) else {
            continue;
        };
        if table.routes.iter().any(is_nat64) {
            continue;
        }
        let message = t!("rule-nat64", name = context.label(id), table = context.label(table_id));
        let field = Some(Field::new("enable_dns64"));
        let mut finding = findings
            .report(id, field, message, t!("rule-nat64-help"))
            .also_field(table_id, Some(Field::new("routes")));
        if let Some(nat) = super::context::nat_of_table(table).filter(|_| subnet.ipv6_cidr_block.is_some()) {
            let label = t!("rule-nat64-fix", table = context.label(table_id), nat = context.label(nat));
            finding = finding.fix(label, with_route(table_id, table, nat));
        }
        let mut to = subnet.clone();
        to.enable_dns64 = false;
        finding.fix(t!("rule-nat64-off-fix"), set(id, Field::new("enable_dns64"), to));
    }
}

fn is_nat64(route: &Route) -> bool {
    let covers = matches!(&route.destination, RouteDestination::Ipv6(net) if *net == NAT64);
    covers && !matches!(route.target, RouteTarget::Gateway(_) | RouteTarget::EgressOnlyGateway(_))
}

fn with_route(id: &ResourceId, table: &RouteTable, nat: &ResourceId) -> crate::edit::Command {
    let mut to = table.clone();
    let destination = RouteDestination::Ipv6(NAT64);
    to.routes.push(Route { destination, target: RouteTarget::NatGateway(nat.clone()) });
    set(id, Field::new("routes"), to)
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, NAT64, RULE};
    use crate::model::{Route, RouteDestination, RouteTarget};

    fn dns64(n: &mut Network) {
        n.vpc(|it| it.ipv6_cidr_blocks = vec!["2001:db8::/56".parse().unwrap()]);
        n.subnet("subnet-private", |it| {
            it.ipv6_cidr_block = Some("2001:db8::/64".parse().unwrap());
            it.enable_dns64 = true;
        });
    }

    #[test]
    fn without_the_route() {
        let message = "subnet `subnet-private` has DNS64, and its table `rtb-main` has no route for 64:ff9b::/96 to a NAT gateway";
        finds(&RULE, ("subnet-private", Some("enable_dns64")), message, dns64);
    }

    #[test]
    fn with_the_route() {
        silent(&RULE, |n| {
            dns64(n);
            let target = RouteTarget::NatGateway(id("nat-main"));
            n.table("rtb-main", |it| {
                it.routes.push(Route { destination: RouteDestination::Ipv6(NAT64), target });
            });
        });
    }

    #[test]
    fn the_fixes_add_the_route_or_switch_it_off() {
        fixes(&RULE, 2, dns64);
    }
}
